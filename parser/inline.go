package parser

import (
	"bytes"
	"html"
	"strings"
)

// Of the elements inside an element that RSS does not know, gofeed keeps the texts without their order.
// Where such an element carries an item's text, as XHTML's <body> does, the mender makes a text of what
// is in it, mark-up and all.

// textual reports whether the element that begins in an item of RSS may hold its text in XHTML.
func (m *mender) textual(elem *open) bool {
	if m.result.root == "feed" || len(m.stack) == 0 || !m.stack[len(m.stack)-1].item {
		return false
	}
	prefix, name, prefixed := strings.Cut(string(elem.name), ":")
	if !prefixed {
		prefix, name = "", prefix
	}
	switch strings.ToLower(name) {
	case "body", "div", "fullitem", "fulltext", "full-text", "summary", "text", "abstract":
		return true
	case "content":
		return prefix != "media"
	case "description":
		return prefixed
	}
	return false
}

// wrap begins a CDATA section where the innermost element's content begins, or behind what of it was
// written out already.
func (m *mender) wrap() {
	top := &m.stack[len(m.stack)-1]
	if !top.textual || m.wrapped {
		return
	}
	top.wrapped, m.wrapped = true, true
	at, pos := max(top.content, m.kept), m.pos
	m.pos = at
	m.replace(at, at, "<![CDATA[")
	m.pos = pos
}

// endMark closes an element of a name, and the CDATA section in it.
func (m *mender) endMark(elem *open) string {
	name := elem.name
	if elem.as != nil {
		name = elem.as
	}
	if elem.wrapped {
		m.wrapped = false
		return "]]></" + string(name) + ">"
	}
	return "</" + string(name) + ">"
}

// cdata passes a CDATA section. Inside a wrapped element it becomes text.
func (m *mender) cdata() {
	if !m.wrapped {
		m.pass("]]>")
		if n := len(m.stack); n > 0 {
			m.stack[n-1].content = m.pos // what is wrapped later begins behind it
		}
		return
	}
	if end := m.find("]]>"); end >= 0 {
		m.replace(m.pos, end, html.EscapeString(string(m.src[m.pos+len("<![CDATA["):end-len("]]>")])))
	}
}

// ends reports whether the tag up to end would end a CDATA section around it.
func (m *mender) ends(end int) bool {
	return m.wrapped && bytes.Contains(m.src[m.pos:end], []byte("]]>"))
}
