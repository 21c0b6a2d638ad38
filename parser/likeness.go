package parser

import (
	"net/url"
	"regexp"
	"slices"
	"strings"

	"dewline"

	"github.com/cespare/xxhash/v2"
)

// context is what all entries of a document have in common. It is made once an entry is asked
// for its likeness, which is rare.
type context struct {
	feed    dewline.Feed
	entries []told
	made    bool
	site    string
	shared  []string // parameters that all links have, and that look made for one request
}

func (c *context) make() {
	if c.made {
		return
	}
	c.made = true
	if u, err := url.Parse(c.feed.URL); err == nil {
		c.site = dewline.Site(u)
	}
	for i := range c.entries {
		params := params(c.entries[i].url)
		if i == 0 {
			c.shared = slices.DeleteFunc(params, func(p string) bool { return len(p) < 12 || !momentary(p) })
			continue
		}
		c.shared = slices.DeleteFunc(c.shared, func(p string) bool { return !slices.Contains(params, p) })
	}
	if len(c.entries) < 2 { // of one alone nothing tells a session from the number of a page
		c.shared = nil
	}
}

func params(link string) []string {
	_, query, ok := strings.Cut(link, "?")
	if !ok {
		return nil
	}
	query, _, _ = strings.Cut(query, "#")
	return strings.Split(query, "&")
}

// likeness is by what an entry is known again that comes with another GUID, from another form of its
// address, or in another feed. An entry without a link, without a word, or cut in the middle has none.
func (m *maker) likeness() (like dewline.Likeness) {
	if m.url == "" || m.partial || m.title == "" && m.summary == "" && m.content == "" {
		return like
	}
	m.context.make()
	page, query := page(m.url)
	if m.summary != "" || m.content != "" { // one that says its title alone may be told again and again
		query = withoutParams(query, func(p string) bool { return slices.Contains(m.context.shared, p) })
	}
	like.Page, like.Front = dewline.PageKey(m.context.site, page), query == "" && isFront(page)
	like.Title = xxhash.Sum64(dewline.AppendPlain(nil, m.titleIs.text(m.title)))
	like.Query = uint32(xxhash.Sum64String(query)) //nolint:gosec // half of a hash is a hash
	if when := m.when(); strings.Contains(when, ":") {
		like.Date = uint32(xxhash.Sum64String(when)) | 1 //nolint:gosec // half of a hash is a hash; 0 is none
	}
	var d xxhash.Digest
	d.Reset()
	hashMoved(&d, m.summary)
	hashMoved(&d, m.content)
	like.Text = d.Sum64()
	return like
}

// hashMoved hashes a text without what changes in its links when a publisher moves from one form of an
// address to another: the scheme and "www.".
func hashMoved(d *xxhash.Digest, s string) {
	n := 0
	for {
		i := strings.Index(s, "://")
		if i < 0 {
			break
		}
		before := strings.TrimSuffix(strings.TrimSuffix(s[:i], "s"), "http")
		if len(before) == i || len(before) == i-1 { // another scheme
			before = s[:i+1]
		}
		d.WriteString(before) //nolint:errcheck // a hash does not fail
		n += len(before)
		s = strings.TrimPrefix(s[i+3:], "www.")
	}
	d.WriteString(s) //nolint:errcheck // a hash does not fail
	hashLen(d, n+len(s))
}

// pathSession is a session that servers write into the path to tell visitors apart.
var pathSession = regexp.MustCompile(`(?i);(jsessionid|phpsessid|sid)=[^/?#]*`)

// page is a link without what may change while it leads to the same page, and apart from it the parameters
// that may choose the page. Left out are, besides what canonical leaves out, the scheme, "www.", the default
// port of either scheme, sessions, and a slash at the end.
func page(link string) (page, query string) {
	u, err := canonicalURL(link)
	if err != nil {
		return link, ""
	}
	host := strings.TrimPrefix(u.Host, "www.")
	host = strings.TrimSuffix(strings.TrimSuffix(host, ":80"), ":443")
	path := u.EscapedPath()
	if strings.IndexByte(path, ';') >= 0 {
		path = pathSession.ReplaceAllString(path, "")
	}
	return host + strings.TrimRight(path, "/") + "#" + u.EscapedFragment(), withoutParams(u.RawQuery, isSession)
}

// isFront reports whether a page without parameters is the front page of its site.
func isFront(page string) bool {
	path, fragment, _ := strings.Cut(page, "#")
	_, path, _ = strings.Cut(path, "/")
	name, _, _ := strings.Cut(path, ".")
	return fragment == "" && (path == "" || name == "index" || name == "default" || name == "home")
}

// sessions are the parameters that servers tell visitors apart by. A name that ends with * is a prefix.
var sessions = []string{
	"jsessionid", "phpsessid", "aspsessionid*", "sessionid", "session_id", "session", "sessid", "sess", "cfid", "cftoken",
	"oscsid", "zenid", "cachebuster", "nocache", "cache_bust*",
}

// perhaps are parameters that are sessions, or against caches, in one place, and choose a page in another: a
// topic is "t=12", and the time of a request "t=1764025187". What their value looks like decides.
var perhaps = []string{
	"sid", "s", "t", "ts", "time", "timestamp", "_", "r", "rnd", "rand", "random", "cb", "cache", "nc", "tok", "token", "sig",
	"signature", "expires", "hash", "uid", "v", "ver",
}

func isSession(param string) bool {
	return named(param, sessions) || named(param, perhaps) && momentary(param)
}

// momentary reports whether a parameter's value looks as if it was made for one request: a time, a random
// number, a token of letters and digits. The number of a page is shorter, and its name is a word.
func momentary(param string) bool {
	_, value, _ := strings.Cut(param, "=")
	digits, letters := 0, 0
	for i := range len(value) {
		switch c := value[i]; {
		case '0' <= c && c <= '9':
			digits++
		case 'a' <= c|0x20 && c|0x20 <= 'z':
			letters++
		}
	}
	if digits == len(value) {
		return digits >= 10
	}
	return digits > 0 && letters > 0 || strings.HasPrefix(value, "0.")
}
