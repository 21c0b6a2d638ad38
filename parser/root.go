package parser

import (
	"bytes"
	"net/url"
	"regexp"
	"strings"
)

// prolog passes what stands before the root: declarations, comments, junk. The
// XML declaration is left behind with its stale encoding.
func (m *mender) prolog() error {
	for {
		lt := bytes.IndexByte(m.src[m.pos:], '<')
		if lt < 0 {
			m.pos = len(m.src)
			return nil
		}
		m.pos += lt
		rest := m.src[m.pos:]
		skip := 1
		switch {
		case bytes.HasPrefix(rest, []byte("<!--")):
			skip = through(rest, "-->")
		case bytes.HasPrefix(rest, []byte("<?")):
			skip = through(rest, "?>")
		case len(rest) > 9 && bytes.EqualFold(rest[:9], []byte("<!doctype")):
			n, err := doctype(rest)
			if err != nil {
				return err
			}
			skip = n
		case len(rest) > 1 && nameStart(rest[1]):
			m.result.root = strings.ToLower(local(string(rest[1 : 1+nameLen(rest[1:])])))
			return nil
		}
		m.pos += skip
	}
}

// through is the length of the mark-up at the start of b that ends with end. Mark-up
// without an end is one character of junk.
func through(b []byte, end string) int {
	if i := bytes.Index(b, []byte(end)); i >= 0 {
		return i + len(end)
	}
	return 1
}

var (
	entityDecl = regexp.MustCompile(`<!ENTITY\s+[^%\s][^\s]*\s+(?:"([^"]*)"|'([^']*)')`)
	entityRef  = regexp.MustCompile(`&[A-Za-z_]`)
)

// doctype is the length of the document type declaration. Entities that it
// declares are never expanded, so a bomb does no harm here; a document that carries one
// is refused all the same.
func doctype(b []byte) (int, error) {
	gt := bytes.IndexByte(b, '>')
	open := bytes.IndexByte(b, '[')
	if gt < 0 {
		return len(b), nil
	}
	if open < 0 || gt < open {
		return gt + 1, nil
	}
	end := bytes.IndexByte(b[open:], ']')
	if end < 0 {
		return gt + 1, nil
	}
	subset := b[open : open+end]
	declared := entityDecl.FindAllSubmatch(subset, maxEntities+1)
	if len(declared) > maxEntities {
		return 0, hostile("a DOCTYPE with more entities than any feed declares")
	}
	for _, d := range declared {
		value := append(d[1:2:2], d[2])
		if len(entityRef.FindAllIndex(bytes.Join(value, nil), 2)) > 1 {
			return 0, hostile("a DOCTYPE whose entities multiply each other (an entity bomb)")
		}
	}
	if gt = bytes.IndexByte(b[open+end:], '>'); gt < 0 {
		return len(b), nil
	}
	return open + end + gt + 1, nil
}

// note keeps of a start tag what gofeed would drop.
func (m *mender) note(elem *open) {
	depth := len(m.stack)
	for _, a := range m.attrs {
		switch string(a.name) {
		case "xml:base":
			elem.base = join(elem.base, m.value("xml:base"))
		case "xml:lang":
			elem.lang = m.value("xml:lang")
		}
	}
	if depth == 0 || depth == 1 && bytes.EqualFold(elem.name, []byte("channel")) {
		m.result.feed = notes{lang: elem.lang, base: elem.base}
	}
	if depth != 1 && depth != 2 || m.insideItem() {
		return
	}
	switch name := local(string(elem.name)); {
	case strings.EqualFold(name, "item") || strings.EqualFold(name, "entry"):
		elem.item = true
		n := notes{about: m.about(), lang: elem.lang, base: elem.base}
		if depth == 1 {
			m.rootward = append(m.rootward, n)
		} else {
			m.nested = append(m.nested, n)
		}
	}
}

func (m *mender) insideItem() bool {
	return len(m.stack) > 1 && m.stack[1].item
}

// about is the item's rdf:about, under whatever prefix.
func (m *mender) about() string {
	for _, a := range m.attrs {
		if name := string(a.name); name == "about" || strings.HasSuffix(name, ":about") {
			return m.value(name)
		}
	}
	return ""
}

// misleadingBase reports whether the tag has an xml:base that names a file. gofeed takes
// any base for a directory.
func (m *mender) misleadingBase() bool {
	for _, a := range m.attrs {
		if string(a.name) == "xml:base" {
			v := string(a.value)
			return v != directory(v)
		}
	}
	return false
}

// directory is the part of a base that relative links are resolved against.
func directory(base string) string {
	base, _, _ = strings.Cut(base, "#")
	base, _, _ = strings.Cut(base, "?")
	host := 0
	if i := strings.Index(base, "//"); i >= 0 {
		host = i + 2
	}
	slash := strings.LastIndexByte(base[host:], '/')
	if slash < 0 {
		if host > 0 {
			return base
		}
		return ""
	}
	return base[:host+slash+1]
}

// join resolves an inner base against the outer one.
func join(outer, inner string) string {
	in, err := url.Parse(inner)
	if err != nil {
		return outer
	}
	if out, err := url.Parse(outer); err == nil && outer != "" {
		return out.ResolveReference(in).String()
	}
	return inner
}

// Name spaces that gofeed knows.
const (
	nsAtom   = "http://www.w3.org/2005/Atom"
	nsAtom03 = "http://purl.org/atom/ns#"
	nsRDF    = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
	nsRSS10  = "http://purl.org/rss/1.0/"
	nsRSS09  = "http://my.netscape.com/rdf/simple/0.9/"
	nsRSS090 = "http://channel.netscape.com/rdf/simple/0.9/"
)

// writeRoot passes the root's start tag, with a name space that gofeed takes for its
// format: undeclared prefixes and misspelt names are common.
func (m *mender) writeRoot(elem *open, end int, selfClosing, clean bool) {
	prefix, _, prefixed := strings.Cut(string(elem.name), ":")
	binding := "xmlns"
	if prefixed && m.result.root == "feed" {
		binding = "xmlns:" + prefix
	}
	had := m.value(binding)
	want := had
	switch m.result.root {
	case "feed":
		if had != nsAtom && had != nsAtom03 && had != "" || prefixed && had == "" {
			want = nsAtom
		}
	case "rdf":
		if had != nsRSS10 && had != nsRSS09 && had != nsRSS090 && had != nsRDF && had != "" {
			want = nsRSS10
		}
	case "rss":
		if had == nsAtom || had == nsAtom03 {
			want = ""
		}
	}
	if want == had {
		if clean && !m.misleadingBase() {
			m.pos = end
			return
		}
		m.writeTag(elem.name, end, selfClosing)
		return
	}
	m.bind(binding, want)
	m.writeTag(elem.name, end, selfClosing)
}

// bind sets a name space of the current tag.
func (m *mender) bind(name, uri string) {
	for i, a := range m.attrs {
		if string(a.name) == name {
			m.attrs[i].value = []byte(uri)
			return
		}
	}
	m.attrs = append(m.attrs, attr{name: []byte(name), value: []byte(uri)})
}

// local is a name without its prefix.
func local(name string) string {
	if i := strings.LastIndexByte(name, ':'); i >= 0 {
		return name[i+1:]
	}
	return name
}
