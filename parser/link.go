package parser

import (
	"errors"
	"net/url"
	"slices"
	"strings"
	"unicode"
)

// maxBase is how long an address may be that relative links are resolved against: each of
// very many links becomes as long.
const maxBase = 2 << 10

func parseBase(base string) *url.URL {
	if len(base) > maxBase {
		return nil
	}
	u, err := url.Parse(strings.TrimSpace(base))
	if err != nil {
		return nil
	}
	return u
}

// absolute resolves a link. One that cannot be read stays as it is.
func absolute(base *url.URL, link string) string {
	link = strings.TrimSpace(link)
	if link == "" || base == nil || hasScheme(link) {
		return link
	}
	u, err := url.Parse(strings.ReplaceAll(link, " ", "%20"))
	if err != nil {
		return link
	}
	return base.ResolveReference(u).String()
}

// webLink is the absolute web address that a link means, as a browser would have it; empty
// if it means none: a javascript: or mailto: link, an id in a link's place.
func webLink(base *url.URL, link string) string {
	link = absolute(base, linkEscaper.Replace(strings.TrimSpace(strings.Map(noControl, link))))
	u, err := url.Parse(link)
	if err != nil {
		link = escapePercent(link)
		u, err = url.Parse(link)
	}
	if err != nil || u.Host == "" || !web(link) {
		return ""
	}
	return link
}

// noControl leaves out control characters, line breaks among them.
func noControl(r rune) rune {
	if unicode.IsControl(r) {
		return -1
	}
	return r
}

// escapePercent escapes each "%" that escapes nothing.
func escapePercent(link string) string {
	var b strings.Builder
	for i := range len(link) {
		b.WriteByte(link[i])
		if link[i] == '%' && !(i+2 < len(link) && hexDigit(link[i+1]) && hexDigit(link[i+2])) {
			b.WriteString("25")
		}
	}
	return b.String()
}

var linkEscaper = strings.NewReplacer(" ", "%20", "<", "%3C", ">", "%3E", `"`, "%22")

// hasScheme reports whether a link begins with a scheme, so that no base matters.
func hasScheme(link string) bool {
	for i := range len(link) {
		switch c := link[i]; {
		case c == ':':
			return i > 0
		case 'a' <= c|0x20 && c|0x20 <= 'z', i > 0 && ('0' <= c && c <= '9' || c == '+' || c == '-' || c == '.'):
		default:
			return false
		}
	}
	return false
}

// web reports whether s is an address of the web.
func web(s string) bool {
	rest, ok := cutPrefixFold(s, "https://")
	if !ok {
		rest, ok = cutPrefixFold(s, "http://")
	}
	return ok && len(rest) > 0 && !strings.ContainsAny(s, " \n\t<>\"")
}

func cutPrefixFold(s, prefix string) (string, bool) {
	if len(s) < len(prefix) || !strings.EqualFold(s[:len(prefix)], prefix) {
		return s, false
	}
	return s[len(prefix):], true
}

// tracking are the parameters that say how a reader came to a page and not which page it is.
var tracking = []string{
	"utm_*", "at_medium", "at_campaign", "at_format", "fbclid", "gclid", "dclid", "msclkid", "yclid", "ysclid", "twclid",
	"igshid", "mc_cid", "mc_eid", "_openstat", "wt.rss_*", "wt_zmc", "ns_mchannel", "ns_source", "ns_campaign",
	"ns_linkname", "ftcamp", "cmpid", "cmp_id", "from_rss", "rss_id", "xtor", "ref", "mkt_tok", "_hsenc", "_hsmi",
}

// canonical is the form of an absolute link that says which page it is: scheme and host
// in lower case, no default port, no tracking parameters. The fragment stays, for many a page
// holds several entries and the fragment says which, unless it is tracking or a time.
func canonical(link string) string {
	u, err := canonicalURL(link)
	if err != nil {
		return link
	}
	return u.String()
}

func canonicalURL(link string) (*url.URL, error) {
	u, err := url.Parse(link)
	if err != nil {
		return nil, err
	}
	if u.Host == "" {
		return nil, errNoHost
	}
	u.Host = strings.ToLower(u.Host) // the scheme is in lower case already
	if u.Scheme == "http" {
		u.Host = strings.TrimSuffix(u.Host, ":80")
	} else if u.Scheme == "https" {
		u.Host = strings.TrimSuffix(u.Host, ":443")
	}
	if isTime(u.Fragment) || isTracking(u.Fragment) {
		u.Fragment, u.RawFragment = "", ""
	}
	if u.Path == "" {
		u.Path = "/"
	}
	u.RawQuery = withoutParams(u.RawQuery, isTracking)
	u.ForceQuery = false
	return u, nil
}

var errNoHost = errors.New("no host")

// withoutParams leaves out some parameters of a query.
func withoutParams(query string, drop func(string) bool) string {
	if query == "" {
		return ""
	}
	return strings.Join(slices.DeleteFunc(strings.Split(query, "&"), drop), "&")
}

func isTracking(param string) bool { return named(param, tracking) }

// named reports whether a parameter has one of the names. A name that ends with * is a prefix.
func named(param string, names []string) bool {
	name, _, _ := strings.Cut(strings.ToLower(param), "=")
	return slices.ContainsFunc(names, func(t string) bool {
		if prefix, ok := strings.CutSuffix(t, "*"); ok {
			return strings.HasPrefix(name, prefix)
		}
		return name == t
	})
}
