package parser

import (
	"regexp"
	"strings"

	"dewline"

	"github.com/cespare/xxhash/v2"
)

// alias is by what an entry is known again that comes with another GUID, or from another form of its
// address: its page, and title and texts as served. An entry without a link, without a word, or
// cut in the middle has none.
func (m *maker) alias() dewline.Key {
	if m.url == "" || m.partial || m.title == "" && m.summary == "" && m.content == "" {
		return dewline.Key{}
	}
	var d xxhash.Digest
	d.Reset()
	for _, s := range [...]string{m.title, m.summary, m.content} {
		hashMoved(&d, s)
	}
	return dewline.AliasKey(m.feed.Key(), page(m.url), d.Sum64())
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

// session is what servers write into addresses to tell visitors apart.
var session = regexp.MustCompile(`(?i);jsessionid=[^/?#]*`)

// page is a link without what may change while it leads to the same page: besides what canonical leaves
// out, the scheme, "www.", the default port of either scheme, a session, and a slash at the end.
func page(link string) string {
	u, err := canonicalURL(link)
	if err != nil {
		return link
	}
	host := strings.TrimPrefix(u.Host, "www.")
	host = strings.TrimSuffix(strings.TrimSuffix(host, ":80"), ":443")
	path := u.EscapedPath()
	if strings.IndexByte(path, ';') >= 0 {
		path = session.ReplaceAllString(path, "")
	}
	return host + strings.TrimRight(path, "/") + "?" + withoutParams(u.RawQuery, isSession) + "#" + u.EscapedFragment()
}

func isSession(param string) bool {
	name, _, _ := strings.Cut(strings.ToLower(param), "=")
	return name == "jsessionid" || name == "phpsessid"
}
