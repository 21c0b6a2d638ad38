package parser

import (
	"bytes"
	"html"
	"slices"
	"strings"
)

// attr is one attribute as it stands in a tag: its value still escaped.
type attr struct{ name, value []byte }

// startTag passes a start tag, or rewrites one that encoding/xml would refuse.
func (m *mender) startTag() error {
	name := m.src[m.pos+1 : m.pos+1+nameLen(m.src[m.pos+1:])]
	if bytes.Count(name, []byte(":")) > 1 { // before its attributes are read: they would be read again
		m.escape()
		return nil
	}
	end, selfClosing, clean, ok := m.scanTag()
	if len(m.attrs) > maxOfOneTag {
		return hostile("more attributes than any feed has")
	}
	if !ok {
		m.cutHere()
		return nil
	}
	if m.src[end-1] != '>' && len(m.stack) > 0 && m.bare() { // all of it at once: nothing is read twice
		m.replace(m.pos, end, textEscaper.Replace(string(m.src[m.pos:end])))
		return nil
	}
	m.closeItem(name)
	elem := open{name: name, at: m.written()}
	m.inherit(&elem)
	if err := m.count(&elem); err != nil {
		return err
	}
	m.note(&elem)
	m.writeStart(&elem, end, selfClosing, clean)
	if !selfClosing {
		m.stack = append(m.stack, elem)
	} else if len(m.stack) == 0 {
		m.done = true
	}
	return nil
}

// writeStart writes the start tag that was read, or lets it stand.
func (m *mender) writeStart(elem *open, end int, selfClosing, clean bool) {
	if len(m.stack) == 0 {
		m.writeRoot(elem, end, selfClosing, clean)
		return
	}
	m.wrap()
	elem.at = m.written()
	elem.textual, elem.content = m.textual(elem), end
	elem.as = m.commonName(elem)
	clean = m.evenNamespaces() && clean && !m.misleadingBase() && !m.ends(end)
	switch {
	case !selfClosing && m.decode64(elem, end):
	case elem.as != nil:
		m.writeTag(elem.as, end, selfClosing)
	case !clean:
		m.writeTag(elem.name, end, selfClosing)
	default:
		m.pos = end
	}
}

// closeItem closes the item before an item that begins right in it, or in an element of it that was not
// closed. What an extension holds (another version of an item, say) stays where it is.
func (m *mender) closeItem(name []byte) {
	if !bytes.EqualFold(name, []byte("item")) && !bytes.EqualFold(name, []byte("entry")) {
		return
	}
	for i := len(m.stack) - 1; i > 0; i-- {
		switch {
		case m.stack[i].item:
			for len(m.stack) > i {
				m.closeTop()
			}
			return
		case bytes.IndexByte(m.stack[i].name, ':') >= 0:
			return
		}
	}
}

// endTag closes an element: the innermost of its name, and with it what was left
// open inside. An end tag that closes nothing is dropped.
func (m *mender) endTag() {
	n := nameLen(m.src[m.pos+2:])
	if n == 0 && m.pos+2 < len(m.src) { // before its end is looked for: it would be looked for again
		m.escape()
		return
	}
	name := m.src[m.pos+2 : m.pos+2+n]
	gt := bytes.IndexByte(m.src[m.pos:], '>')
	if gt < 0 {
		m.cutHere()
		return
	}
	end := m.pos + gt + 1
	depth := m.innermost(name)
	if depth < 0 {
		m.replace(m.pos, end, "")
		return
	}
	for len(m.stack) > depth+1 {
		m.closeTop()
	}
	top := &m.stack[depth]
	if top.wrapped || top.as != nil || !bytes.Equal(name, top.name) || len(bytes.TrimSpace(m.src[m.pos+2+n:end-1])) > 0 {
		m.replace(m.pos, end, m.endMark(top))
	}
	m.pos = end
	m.stack = m.stack[:depth]
	m.done = depth == 0
}

// innermost is the depth of the open element that an end tag of this name closes.
func (m *mender) innermost(name []byte) int {
	for i := len(m.stack) - 1; i >= 0; i-- {
		if bytes.EqualFold(m.stack[i].name, name) {
			return i
		}
	}
	return -1
}

// scanTag reads the start tag at pos into m.attrs. A clean tag may stand as it is.
func (m *mender) scanTag() (end int, selfClosing, clean, ok bool) {
	m.attrs = m.attrs[:0]
	clean = true
	src := m.src
	i := m.pos + 1
	i += nameLen(src[i:])
	for i < len(src) && len(m.attrs) <= maxOfOneTag {
		switch c := src[i]; {
		case c == '>':
			return i + 1, false, clean, true
		case c == '/' && i+1 < len(src) && src[i+1] == '>':
			return i + 2, true, clean, true
		case space(c):
			i++
		case c == '<': // the tag was never closed; the next one begins
			return i, false, false, true
		case nameStart(c):
			var fine bool
			i, fine = m.scanAttr(i)
			clean = clean && fine
		default:
			clean = false
			i++
		}
	}
	return 0, false, false, false
}

// scanAttr reads the attribute at i; it returns where it ends and whether it is
// well-formed.
func (m *mender) scanAttr(i int) (int, bool) {
	src := m.src
	a := attr{name: src[i : i+nameLen(src[i:])]}
	fine := bytes.Count(a.name, []byte(":")) <= 1
	i += len(a.name)
	for i < len(src) && space(src[i]) {
		i++
	}
	if i >= len(src) || src[i] != '=' {
		m.attrs = append(m.attrs, a)
		return i, false
	}
	i++
	for i < len(src) && space(src[i]) {
		i++
	}
	if i < len(src) && (src[i] == '"' || src[i] == '\'') {
		if n := bytes.IndexByte(src[i+1:], src[i]); n >= 0 {
			a.value = src[i+1 : i+1+n]
			m.attrs = append(m.attrs, a)
			return i + n + 2, fine && bytes.IndexByte(a.value, '<') < 0
		}
		i++
	}
	start := i
	for i < len(src) && !space(src[i]) && src[i] != '>' {
		i++
	}
	a.value = src[start:i]
	m.attrs = append(m.attrs, a)
	return i, false
}

// bare reports whether one of the tag's attributes has no value. A tag that ends where the next one
// begins is then text: "range <THAAD launchers</title>".
func (m *mender) bare() bool {
	return slices.ContainsFunc(m.attrs, func(a attr) bool { return a.value == nil })
}

// count holds the element against the bounds.
func (m *mender) count(elem *open) error {
	m.elements++
	m.attributes += len(m.attrs)
	for _, a := range m.attrs {
		if bytes.HasPrefix(a.name, []byte("xmlns")) {
			elem.namespaces++
		}
	}
	m.bindings += elem.namespaces
	switch {
	case len(m.stack) >= maxDepth:
		return hostile("elements nested deeper than any feed's")
	case m.elements > maxElements:
		return hostile("more elements than any feed has")
	case m.attributes > maxAttributes:
		return hostile("more attributes than any feed has")
	case elem.namespaces > maxNamespaces || m.bindings > maxBindings:
		return hostile("more name spaces than any feed declares")
	}
	return nil
}

// inherit takes over what an element has from the one around it.
func (m *mender) inherit(elem *open) {
	if n := len(m.stack); n > 0 {
		outer := &m.stack[n-1]
		elem.namespaces, elem.base, elem.lang = outer.namespaces, outer.base, outer.lang
	}
}

// writeTag writes the tag anew from its attributes.
func (m *mender) writeTag(name []byte, end int, selfClosing bool) {
	var b strings.Builder
	b.WriteByte('<')
	b.Write(name)
	for i, a := range m.attrs {
		based := string(a.name) == "xml:base"
		if bytes.Count(a.name, []byte(":")) > 1 || m.repeated(i) || based && len(m.src) > maxBased {
			continue
		}
		b.WriteByte(' ')
		b.Write(a.name)
		b.WriteString(`="`)
		value := string(a.value)
		if based {
			value = directory(value)
		}
		attrEscaper.WriteString(&b, value) //nolint:errcheck // a strings.Builder does not fail
		b.WriteByte('"')
	}
	if selfClosing {
		b.WriteByte('/')
	}
	b.WriteByte('>')
	m.replace(m.pos, end, b.String())
}

var textEscaper = strings.NewReplacer("<", "&lt;", "]]>", "]]&gt;")

var attrEscaper = strings.NewReplacer(`"`, "&quot;", "<", "&lt;", ">", "&gt;")

// repeated reports whether the attribute stands in the tag already. Where a tag has
// very many attributes nobody looks.
func (m *mender) repeated(i int) bool {
	if i > 64 {
		return false
	}
	for _, a := range m.attrs[:i] {
		if bytes.Equal(a.name, m.attrs[i].name) {
			return true
		}
	}
	return false
}

// value is the unescaped value of an attribute of the current tag.
func (m *mender) value(name string) string {
	for _, a := range m.attrs {
		if string(a.name) == name {
			return strings.TrimSpace(html.UnescapeString(string(a.value)))
		}
	}
	return ""
}

// nameLen is the length of the XML name that b begins with. Names of other than
// ASCII letters belong to no feed format.
func nameLen(b []byte) int {
	if len(b) == 0 || !nameStart(b[0]) {
		return 0
	}
	for i, c := range b {
		if !nameStart(c) && !('0' <= c && c <= '9') && c != '-' && c != '.' {
			return i
		}
	}
	return len(b)
}

func nameStart(c byte) bool {
	return 'a' <= c|0x20 && c|0x20 <= 'z' || c == '_' || c == ':'
}

func space(c byte) bool { return c == ' ' || c == '\n' || c == '\t' || c == '\r' }
