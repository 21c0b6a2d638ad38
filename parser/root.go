package parser

import (
	"bytes"
	"cmp"
	"net/url"
	"slices"
	"strings"
)

// prolog passes what stands before the root: declarations, comments, junk. The
// XML declaration is left behind with its stale encoding. A root that has not begun
// within maxProlog is none.
func (m *mender) prolog() error {
	p := prolog{src: m.src, endless: make(map[string]bool)}
	for m.pos < maxProlog {
		lt := bytes.IndexByte(m.src[m.pos:], '<')
		if lt < 0 {
			break
		}
		m.pos += lt
		rest := m.src[m.pos:]
		to := m.pos + 1
		switch {
		case bytes.HasPrefix(rest, []byte("<!--")):
			to = p.through("-->", m.pos)
		case bytes.HasPrefix(rest, []byte("<?")):
			to = p.through("?>", m.pos)
		case len(rest) > 9 && bytes.EqualFold(rest[:9], []byte("<!doctype")):
			var err error
			if to, err = p.doctype(m.pos); err != nil {
				return err
			}
		case len(rest) > 1 && nameStart(rest[1]):
			m.result.root = strings.ToLower(local(string(rest[1 : 1+nameLen(rest[1:])])))
			m.src = expand(m.src, m.pos, p.entities)
			return nil
		}
		m.pos = to
	}
	m.pos = len(m.src)
	return nil
}

// maxProlog is how much may stand before the root, and how large the inner part of a
// DOCTYPE may be: far above any feed's.
const maxProlog = 1 << 20

// prolog finds the ends of mark-up before the root. What was once looked for in vain
// stands nowhere behind that place either and is not looked for again, so that all
// searches together pass over the document a fixed number of times, whatever it holds.
type prolog struct {
	src      []byte
	endless  map[string]bool   // the ends that no longer come
	entities map[string]string // that the DOCTYPE declares
}

// find is where mark looked for from a place on stands, -1 if nowhere.
func (p *prolog) find(mark string, from int) int {
	if p.endless[mark] {
		return -1
	}
	i := bytes.Index(p.src[from:], []byte(mark))
	if i < 0 {
		p.endless[mark] = true
		return -1
	}
	return from + i
}

// through is where the mark-up at a place ends that ends with end. Mark-up without an end
// is one character of junk.
func (p *prolog) through(end string, at int) int {
	if i := p.find(end, at); i >= 0 {
		return i + len(end)
	}
	return at + 1
}

// doctype is where the document type declaration at a place ends. Of the entities that it declares
// those are kept that are short and refer to no other (entity.go), so that a bomb does no harm here; a
// document that carries one is refused all the same.
func (p *prolog) doctype(at int) (int, error) {
	gt := p.find(">", at)
	if gt < 0 {
		return len(p.src), nil
	}
	open := bytes.IndexByte(p.src[at:gt], '[')
	if open < 0 {
		return gt + 1, nil
	}
	open += at
	end := p.find("]", open)
	if end < 0 {
		return gt + 1, nil
	}
	if err := p.declare(p.src[open:end]); err != nil {
		return 0, err
	}
	if gt = p.find(">", end); gt < 0 {
		return len(p.src), nil
	}
	return gt + 1, nil
}

// note keeps of a start tag what gofeed would drop.
func (m *mender) note(elem *open) {
	depth := len(m.stack)
	for _, a := range m.attrs {
		switch string(a.name) {
		case "xml:base":
			elem.base = join(elem.base, m.value("xml:base"))
		case "xml:lang":
			elem.lang = language(m.value("xml:lang"))
		}
	}
	if depth == 0 || depth == 1 && bytes.EqualFold(elem.name, []byte("channel")) {
		m.result.feed = notes{about: m.about(), lang: elem.lang, base: elem.base, updated: m.shouted("lastmod")}
	}
	if depth > 1 && m.stack[depth-1].item {
		m.noteText(elem)
	}
	if depth == 2 && m.insideItem() && m.result.root == "feed" {
		m.noteType(elem)
	}
	if depth != 1 && depth != 2 || m.insideItem() {
		return
	}
	switch name := local(string(elem.name)); {
	case strings.EqualFold(name, "item") || strings.EqualFold(name, "entry"):
		elem.item = true
		n := notes{about: m.about(), lang: elem.lang, base: elem.base, updated: m.shouted("lastmod")}
		if depth == 1 {
			m.rootward = append(m.rootward, n)
		} else {
			m.nested = append(m.nested, n)
		}
	}
}

// shouted is an attribute of CDF, whose root is a channel; it writes names in capitals.
func (m *mender) shouted(name string) string {
	if m.result.root != "channel" {
		return ""
	}
	return cmp.Or(m.value(strings.ToUpper(name)), m.value(name))
}

// noteText keeps the language of an item's text where it is not that of the item. Of several texts the
// one that says most counts.
func (m *mender) noteText(elem *open) {
	outer := &m.stack[len(m.stack)-1]
	if elem.lang == "" && outer.lang == "" {
		return
	}
	rank := int8(slices.Index(textRanks, strings.ToLower(local(string(elem.name)))))
	items := &m.nested
	if len(m.stack) == 2 {
		items = &m.rootward
	}
	item := &(*items)[len(*items)-1]
	if rank < item.textRank {
		return
	}
	if item.textRank, item.textLang = rank, elem.lang; elem.lang == outer.lang {
		item.textLang = ""
	}
}

// textRanks are the elements with an item's text, the one that says least first.
var textRanks = []string{"title", "summary", "description", "body", "encoded", "content"}

// commonName is the name by which gofeed knows what another format calls otherwise: CDF's abstract, the
// author of a channel, and the date on which an entry of Atom 0.3 was created.
func (m *mender) commonName(elem *open) []byte {
	if len(m.stack) == 0 {
		return nil
	}
	outer := &m.stack[len(m.stack)-1]
	switch {
	case m.result.root == "feed":
		if string(elem.name) == "created" && (outer.item || len(m.stack) == 1) {
			return []byte("dcterms:created")
		}
	case m.result.root == "channel" && bytes.EqualFold(elem.name, []byte("abstract")) && (outer.item || len(m.stack) == 1):
		return []byte("description")
	case bytes.EqualFold(elem.name, []byte("author")) && bytes.EqualFold(outer.name, []byte("channel")):
		return []byte("managingEditor")
	}
	return nil
}

// noteType keeps what a title or summary of an Atom entry is.
func (m *mender) noteType(elem *open) {
	is := asHTML
	if t := strings.ToLower(m.value("type")); t == "" || t == "text" || t == "text/plain" {
		is = asText
	}
	entry := &m.rootward[len(m.rootward)-1]
	switch local(string(elem.name)) {
	case "title":
		entry.titleIs = is
	case "summary":
		entry.summaryIs = is
	}
}

func (m *mender) insideItem() bool {
	return len(m.stack) > 1 && m.stack[1].item
}

// about is the item's rdf:about, under whatever prefix, or CDF's link.
func (m *mender) about() string {
	if href := m.shouted("href"); href != "" {
		return href
	}
	for _, a := range m.attrs {
		if name := string(a.name); name == "about" || strings.HasSuffix(name, ":about") {
			return m.value(name)
		}
	}
	return ""
}

// maxBased is the size over which a document's xml:base is not shown to gofeed: it would make
// a tree of every text of HTML, to make the links in it absolute. The bases of feed and
// entries are noted and hold all the same.
const maxBased = 1 << 20

// misleadingBase reports whether the tag has an xml:base that gofeed must not see as it is: one
// that names a file, for gofeed takes any base for a directory.
func (m *mender) misleadingBase() bool {
	for _, a := range m.attrs {
		if string(a.name) == "xml:base" {
			v := string(a.value)
			return v != directory(v) || len(m.src) > maxBased
		}
	}
	return false
}

// directory is the part of a base that relative links are resolved against; empty if the
// base is too long to be one.
func directory(base string) string {
	if len(base) > maxBase {
		return ""
	}
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

// join resolves an inner base against the outer one. One that is too long counts for nothing.
func join(outer, inner string) string {
	if len(inner) > maxBase {
		return outer
	}
	in, err := url.Parse(inner)
	if err != nil {
		return outer
	}
	if out, err := url.Parse(outer); err == nil && outer != "" {
		inner = out.ResolveReference(in).String()
	}
	if len(inner) > maxBase {
		return outer
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
	clean = m.evenNamespaces() && clean
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
