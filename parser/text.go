package parser

import (
	"bytes"
	"html"
	"strings"
	"unicode"
	"unicode/utf8"

	xhtml "golang.org/x/net/html"
	"golang.org/x/net/html/atom"
	"golang.org/x/text/encoding/charmap"
)

// Text makes plain text of HTML. Between two blocks (paragraphs, table cells, list
// items, headings, two line breaks in a row) stand two newlines, within a block words are one
// space apart. Entities are decoded; scripts, styles, templates, frames, drawings, the
// head and comments are no text. Where there is no tag at all, a blank line divides two blocks.
// A "<" that begins no HTML element, or a tag without an end, is a character. The work is linear,
// whatever the nesting.
func Text(s string) string {
	if strings.IndexByte(s, '<') < 0 {
		return plain(html.UnescapeString(s))
	}
	t := textMaker{tokens: xhtml.NewTokenizer(strings.NewReader(s)), hides: hides}
	t.run(len(s))
	if t.hidden > 0 { // an element that is no text was never closed: rather too much text than none
		t = textMaker{tokens: xhtml.NewTokenizer(strings.NewReader(s)), hides: hidesCode}
		t.run(len(s))
	}
	return t.out.String()
}

func (t *textMaker) run(size int) {
	t.out.Grow(size)
	for t.next() {
	}
}

// plain is Text for what is text already.
func plain(s string) string {
	var t textMaker
	t.out.Grow(len(s))
	t.blankLines = true
	t.write(s)
	return t.out.String()
}

// line makes one line of plain text of HTML.
func line(s string) string {
	return strings.ReplaceAll(Text(s), "\n\n", " ")
}

// textMaker collects the text of HTML.
type textMaker struct {
	tokens     *xhtml.Tokenizer
	out        strings.Builder
	gap        gap // owed before the next word
	breaks     int // <br> in a row
	hides      func(atom.Atom) bool
	hidden     int // depth in elements that are no text
	hiddenIn   atom.Atom
	raised     bool // in <sup>
	blankLines bool // a blank line divides blocks
	newlines   int
}

// gap is what stands between two words.
type gap int

const (
	gapNone gap = iota
	gapSpace
	gapBlock
)

// next reads one token; it reports whether there was one.
func (t *textMaker) next() bool {
	switch t.tokens.Next() {
	case xhtml.ErrorToken:
		t.unfinished(string(t.tokens.Raw()))
		return false
	case xhtml.CommentToken, xhtml.DoctypeToken:
		t.comment(t.tokens.Raw())
	case xhtml.TextToken:
		if t.hidden == 0 {
			t.write(string(t.tokens.Text()))
		}
	case xhtml.StartTagToken:
		t.tag(true, false)
	case xhtml.SelfClosingTagToken:
		t.tag(true, true)
	case xhtml.EndTagToken:
		t.tag(false, false)
	}
	return true
}

// tag takes a start or end tag into account.
func (t *textMaker) tag(start, selfClosing bool) {
	raw := t.tokens.Raw()
	stray := start && t.hidden == 0 && !element(raw)
	if stray {
		t.write(html.UnescapeString(string(raw)))
		return
	}
	if t.hidden == 0 && bytes.LastIndexByte(raw, '<') > 0 && (!start || t.swallows()) {
		t.unfinished(string(raw))
		return
	}
	name, _ := t.tokens.TagName()
	a := atom.Lookup(name)
	if selfClosing {
		t.tokens.NextIsNotRawText() // <iframe/> of XHTML: what follows is not its inside
	}
	switch {
	case t.hidden > 0:
		t.hide(a, start, selfClosing)
	case start && !selfClosing && t.hides(a):
		t.hidden, t.hiddenIn = 1, a
		if !reading(a) {
			t.owe(gapSpace)
		}
	case hides(a) && !reading(a):
		t.owe(gapSpace)
	default:
		t.raised = a == atom.Sup && start
		t.apart(a)
	}
}

// reading reports whether the element says how the characters before it are read (<ruby>): they are one word
// without it.
func reading(a atom.Atom) bool { return a == atom.Rt || a == atom.Rp }

// apart notes the gap that an element makes between what stands before and behind its tag.
func (t *textMaker) apart(a atom.Atom) {
	switch {
	case a == atom.Br:
		if t.breaks++; t.breaks > 1 {
			t.owe(gapBlock)
		}
		t.owe(gapSpace)
	case block(a):
		t.owe(gapBlock)
	case a == atom.Img || a == atom.Hr:
		t.owe(gapSpace)
	}
}

// hide keeps count of the elements of the same name inside a hidden one.
func (t *textMaker) hide(a atom.Atom, start, selfClosing bool) {
	switch {
	case reading(t.hiddenIn): // its end tag may be left out, and it holds no other of its kind
		if a == atom.Ruby || a == atom.Rb || reading(a) && !start || block(a) {
			t.hidden = 0
			t.apart(a)
		}
	case a != t.hiddenIn || selfClosing:
	case start:
		t.hidden++
	default:
		t.hidden--
	}
}

// owe notes the gap before the next word; the wider one wins.
func (t *textMaker) owe(g gap) { t.gap = max(t.gap, g) }

// write appends text with its white space made even.
func (t *textMaker) write(s string) {
	for i := 0; i < len(s); {
		r, n := rune(s[i]), 1
		if r >= utf8.RuneSelf {
			r, n = utf8.DecodeRuneInString(s[i:])
		}
		switch {
		case r == utf8.RuneError && n == 1:
			t.word("\uFFFD")
		case r >= 0x80 && r <= 0x9F && c1[r-0x80] != 0:
			t.word(string(c1[r-0x80]))
		case unicode.IsSpace(r) || unicode.IsControl(r):
			t.space(r)
		default:
			end := wordEnd(s, i+n)
			t.word(s[i:end])
			n = end - i
		}
		i += n
	}
}

// wordEnd is where the word that i is in ends.
func wordEnd(s string, i int) int {
	for i < len(s) {
		c := s[i]
		if c <= ' ' || c == 0x7f {
			return i
		}
		if c < utf8.RuneSelf {
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		if unicode.IsSpace(r) || r <= 0x9F || r == utf8.RuneError && n == 1 {
			return i
		}
		i += n
	}
	return i
}

// c1 are the characters that windows-1252 has where Unicode has C1 controls: nobody writes
// those, but many write &#150; for a dash. 0 where there is none.
var c1 = func() (table [32]rune) {
	for i := range table {
		if r := charmap.Windows1252.DecodeByte(byte(0x80 + i)); r > 0x9F && r != utf8.RuneError {
			table[i] = r
		}
	}
	return table
}()

func (t *textMaker) space(r rune) {
	t.owe(gapSpace)
	if r == '\n' {
		if t.newlines++; t.newlines > 1 && t.blankLines {
			t.owe(gapBlock)
		}
	}
}

// word appends a word, and before it the gap that is owed.
func (t *textMaker) word(w string) {
	if t.raised && t.footnote(w) {
		t.owe(gapSpace)
	}
	if t.out.Len() > 0 {
		switch t.gap {
		case gapSpace:
			t.out.WriteByte(' ')
		case gapBlock:
			t.out.WriteString("\n\n")
		}
	}
	t.gap, t.breaks, t.newlines = gapNone, 0, 0
	t.out.WriteString(w)
}

// footnote reports whether a raised word is the number of a note, and no part of the word before it, as in 1<sup>er</sup>.
func (t *textMaker) footnote(w string) bool {
	before, _ := utf8.DecodeLastRuneInString(t.out.String())
	return unicode.IsLetter(before) && strings.Trim(w, "0123456789") == ""
}

// element reports whether a start tag is one that HTML or a word processor writes, and not
// text in pointed brackets.
func element(raw []byte) bool {
	i := 1
	for i < len(raw) && raw[i] > ' ' && raw[i] != '>' && raw[i] != '/' {
		if raw[i] == ':' || raw[i] == '-' {
			return true // <o:p>, custom elements
		}
		i++
	}
	var lower [24]byte
	if i-1 > len(lower) {
		return false
	}
	name := lower[:i-1]
	for j := range name {
		name[j] = raw[1+j]
		if 'A' <= name[j] && name[j] <= 'Z' {
			name[j] |= 0x20
		}
	}
	return atom.Lookup(name) != 0
}

// hides reports whether what is in the element is no text.
func hides(a atom.Atom) bool {
	switch a {
	case atom.Template, atom.Noscript, atom.Iframe, atom.Svg, atom.Head, atom.Rt, atom.Rp:
		return true
	}
	return hidesCode(a)
}

func hidesCode(a atom.Atom) bool { return a == atom.Script || a == atom.Style }

// block reports whether the element stands apart from the text around it.
func block(a atom.Atom) bool {
	switch a {
	case atom.P, atom.Div, atom.Li, atom.Ul, atom.Ol, atom.Dl, atom.Dt, atom.Dd, atom.Table, atom.Tr, atom.Td, atom.Th,
		atom.Thead, atom.Tbody, atom.Tfoot, atom.Caption, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Hr,
		atom.Blockquote, atom.Pre, atom.Section, atom.Article, atom.Header, atom.Footer, atom.Aside, atom.Nav, atom.Main,
		atom.Figure, atom.Figcaption, atom.Address, atom.Form, atom.Fieldset, atom.Option, atom.Body, atom.Html,
		atom.Center, atom.Details, atom.Summary, atom.Video, atom.Audio, atom.Textarea, atom.Button, atom.Title, atom.Legend:
		return true
	}
	return false
}
