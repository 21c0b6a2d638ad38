package parser

import (
	"bytes"
	"errors"
)

// Bounds of a document. They are far above any real feed and far below what
// harms: gofeed recurses once a level, and keeps a map of the name spaces for
// every element.
const (
	maxDepth      = 128
	maxElements   = 100_000
	maxAttributes = 400_000
	maxOfOneTag   = 1_000     // attributes
	maxNamespaces = 64        // in scope at one element
	maxBindings   = 4_000_000 // name spaces in scope, summed over all elements
	maxEntities   = 1_000     // declared in the DOCTYPE
	maxRepairs    = 1 << 20   // bytes of repair beyond twice the document
)

var errHostile = errors.New("refused by the guard")

// hostile says which bound a document broke.
type hostile string

func (h hostile) Error() string        { return string(h) }
func (h hostile) Is(target error) bool { return target == errHostile }

// notes are what gofeed does not pass on of an item's start tag.
type notes struct {
	about string // rdf:about, or CDF's HREF
	lang  string // xml:lang
	base  string // the xml:base in force, nearest last resolved; empty if none
	// What Atom's type says of title and summary. By RFC 4287 it is literal text where it
	// is "text" or not there.
	titleIs, summaryIs markup
	textRank           int8   // which text that is
	textLang           string // the language of the text that says most, where it is its own
	updated            string // CDF's LASTMOD
}

// mended is a document that encoding/xml will read to its end.
type mended struct {
	doc   []byte // from the root's start tag to its end tag
	root  string // local name of the root, lower case; empty if there is no element
	cut   bool   // the document ended in the middle
	feed  notes
	items []notes // in the order in which gofeed delivers the items
	// partial is the place in items of the one in which the document was cut, -1 if it was
	// cut elsewhere or is whole.
	partial int
}

// open is one element that was not closed yet.
type open struct {
	name       []byte
	as         []byte // the name that is written, if it is another
	at         int    // in the output
	content    int    // where it begins in the source: behind the start tag, or a CDATA section
	namespaces int    // in scope
	base, lang string
	item       bool
	textual    bool // its content may have to be wrapped
	wrapped    bool // its content is written as a CDATA section
}

// mender walks a document once and copies it only where it must be repaired.
type mender struct {
	src []byte
	pos int
	// What stands before kept is written to out already; as long as out is nil
	// the document needed no repair and out is src[start:kept].
	out  []byte
	kept int

	stack                          []open
	elements, attributes, bindings int
	attrs                          []attr // of the current tag; reused

	result           mended
	nested, rootward []notes // items in the channel, and beside it
	done             bool
	wrapped          bool // inside a wrapped element
}

// mend finds the root element and makes well-formed what follows: every element closed, no
// stray "<", no mark-up that encoding/xml refuses. A well-formed document is not
// copied. The error is a hostile one.
func mend(src []byte) (mended, error) {
	m := &mender{src: src, result: mended{partial: -1}}
	if err := m.prolog(); err != nil {
		return m.result, err
	}
	m.kept = m.pos
	start := m.pos
	for !m.done && m.pos < len(m.src) {
		if err := m.step(); err != nil {
			return m.result, err
		}
		if len(m.out) > 2*len(src)+maxRepairs {
			return m.result, hostile("hardly anything but faults of mark-up")
		}
	}
	m.finish(start)
	return m.result, nil
}

// step passes one piece of text and the mark-up after it.
func (m *mender) step() error {
	lt := bytes.IndexByte(m.src[m.pos:], '<')
	if lt < 0 {
		m.text(len(m.src))
		return nil
	}
	m.text(m.pos + lt)
	rest := m.src[m.pos:]
	switch {
	case bytes.HasPrefix(rest, []byte("</")):
		m.endTag()
	case bytes.HasPrefix(rest, []byte("<!--")):
		m.comment()
	case bytes.HasPrefix(rest, []byte("<![CDATA[")):
		m.cdata()
	case bytes.HasPrefix(rest, []byte("<?")):
		m.drop("?>")
	case len(rest) > 1 && nameStart(rest[1]):
		return m.startTag()
	default:
		m.escape()
	}
	return nil
}

// text passes the text up to end. "]]>" may not stand in it.
func (m *mender) text(end int) {
	for {
		i := bytes.Index(m.src[m.pos:end], []byte("]]>"))
		if i < 0 {
			break
		}
		m.replace(m.pos+i+2, m.pos+i+3, "&gt;")
	}
	m.pos = end
}

// escape makes a "<" that starts no mark-up a character.
func (m *mender) escape() { m.replace(m.pos, m.pos+1, "&lt;") }

// replace writes with in place of src[from:to], and goes on after it.
func (m *mender) replace(from, to int, with string) {
	if m.out == nil {
		m.out = make([]byte, 0, len(m.src)-m.kept+64)
	}
	m.out = append(m.out, m.src[m.kept:from]...)
	m.out = append(m.out, with...)
	m.kept, m.pos = to, to
}

// written is the length of the output if all before pos were written.
func (m *mender) written() int { return len(m.out) + m.pos - m.kept }

// pass keeps mark-up up to its end mark.
func (m *mender) pass(end string) {
	if i := m.find(end); i >= 0 {
		m.pos = i
	}
}

// drop leaves mark-up out.
func (m *mender) drop(end string) {
	if i := m.find(end); i >= 0 {
		m.replace(m.pos, i, "")
	}
}

// find is where the mark-up at pos ends, -1 and the cut noted if it does not.
func (m *mender) find(end string) int {
	i := bytes.Index(m.src[m.pos:], []byte(end))
	if i < 0 {
		m.cutHere()
		return -1
	}
	return m.pos + i + len(end)
}

// comment keeps a comment that is well-formed and drops any other.
func (m *mender) comment() {
	end := m.find("-->")
	if end < 0 {
		return
	}
	if inner := m.src[m.pos+4 : max(m.pos+4, end-3)]; m.wrapped || bytes.Contains(inner, []byte("--")) || bytes.HasSuffix(inner, []byte("-")) || end < m.pos+7 {
		m.replace(m.pos, end, "")
		return
	}
	m.pos = end
}

// cutHere ends the document before the mark-up that has no end.
func (m *mender) cutHere() {
	m.result.cut = true
	m.done = true
	m.src = m.src[:m.pos]
}

// finish closes what is open. Of the item in which a document was cut, the elements that are
// whole are kept.
func (m *mender) finish(start int) {
	r := &m.result
	if len(m.stack) > 0 {
		r.cut = true
		m.pos = len(m.src)
		m.dropPartialElement()
		for len(m.stack) > 0 {
			m.closeTop()
		}
	}
	r.doc = m.src[start:m.pos]
	if m.out != nil {
		m.out = append(m.out, m.src[m.kept:m.pos]...)
		r.doc = m.out
	}
	r.items = append(m.nested, m.rootward...)
}

// dropPartialElement takes what the cut left of an element of the open item, if there is
// one, off the output.
func (m *mender) dropPartialElement() {
	for i, e := range m.stack {
		if !e.item {
			continue
		}
		if len(m.stack) > i+1 {
			m.replace(m.pos, m.pos, "")
			m.out = m.out[:m.stack[i+1].at]
			m.stack = m.stack[:i+1]
			m.wrapped = false
		}
		m.result.partial = len(m.nested) - 1
		if i == 1 {
			m.result.partial = len(m.nested) + len(m.rootward) - 1
		}
		return
	}
}

// closeTop writes the end tag of the innermost element before pos.
func (m *mender) closeTop() {
	m.replace(m.pos, m.pos, m.endMark(&m.stack[len(m.stack)-1]))
	m.stack = m.stack[:len(m.stack)-1]
}
