package publish

import (
	"net/url"
	"regexp"
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/net/idna"
)

// clean drops the characters that XML 1.0 forbids, which no escape can bring
// back, and puts U+FFFD for bytes that are no UTF-8.
func clean(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\t' || r == '\n' || r == '\r':
			return r
		case r < ' ' || r == 0xFFFE || r == 0xFFFF:
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "\uFFFD"))
}

// line is clean text on one line.
func line(s string) string { return strings.Join(strings.Fields(clean(s)), " ") }

// lines are the texts that say something, each once.
func lines(all []string) []string {
	var out []string
	seen := make(map[string]bool)
	for _, s := range all {
		if s = line(s); s != "" && !seen[s] {
			seen[s] = true
			out = append(out, s)
		}
	}
	return out
}

// webLink is an address that a reader can follow, or "" for any other.
func webLink(s string) string {
	u, err := url.Parse(strings.TrimSpace(s))
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return ""
	}
	if u.Host = asciiHost(u); u.Host == "" {
		return ""
	}
	u.RawQuery = escaped(u.RawQuery)
	return u.String()
}

// asciiHost is the host as every client takes it, with its port; "" where it
// cannot be a host.
func asciiHost(u *url.URL) string {
	if strings.ContainsAny(u.Host, "\"<>\\^`{|}% ") {
		return ""
	}
	name, err := idna.Lookup.ToASCII(u.Hostname())
	switch port := u.Port(); {
	case isASCII(u.Host):
		return u.Host
	case err != nil:
		return ""
	case port != "":
		return name + ":" + port
	}
	return name
}

func isASCII(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return r >= utf8.RuneSelf }) < 0
}

// escaped writes a query with the characters that an address may have (RFC 3986).
// Percent signs stay as they are.
func escaped(query string) string {
	const hex = "0123456789ABCDEF"
	var b strings.Builder
	for i := range len(query) {
		switch c := query[i]; {
		case c <= ' ' || c >= 0x7f || strings.IndexByte("\"<>\\^`{|}#", c) >= 0:
			b.Write([]byte{'%', hex[c>>4], hex[c&15]})
		default:
			b.WriteByte(c)
		}
	}
	return b.String()
}

// languageTag is what xml:lang takes (the form of BCP 47).
var languageTag = regexp.MustCompile(`^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$`)

// language is the tag as feeds write it, or "" where it is none.
func language(s string) string {
	s = strings.ReplaceAll(strings.TrimSpace(s), "_", "-")
	if !languageTag.MatchString(s) {
		return ""
	}
	return s
}

// date is the first of the dates that every format can write, in UTC: RFC 3339
// ends with the year 9999 and RFC 5322 begins with 1900. Feeds count in seconds.
func date(all ...time.Time) time.Time {
	for _, t := range all {
		if t = t.UTC().Truncate(time.Second); t.Year() >= 1900 && t.Year() <= 9999 {
			return t
		}
	}
	return nothingYet
}
