package filter

import (
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// letterKind is what a folded character is to the edges of words; zero: no letter.
type letterKind uint8

const (
	letterOfWord letterKind = 1 << iota // of a script that writes spaces
	letterAlone                         // a word of its own: Han, Kana, Thai
	letterHangul
)

func kindOf(r rune) letterKind {
	if r < 0 || r > utf8.MaxRune {
		return 0
	}
	switch pageOf(r).glyphs[r&0xff].class() {
	case classWord:
		return letterOfWord
	case classChar:
		return letterAlone
	case classHangul:
		return letterHangul
	}
	return 0
}

// foldedText is a text as expressions see it: folded, dashes and quotation marks of
// one kind, white space as one blank, and a line break where a block ends.
type foldedText struct {
	runes    []rune
	kinds    []letterKind
	from, to []int32 // the bytes of the text that a character stands for
	newlines int     // since the last letter
	trims    bool    // white space at its beginning is left out
}

const blockEnd = '\n'

func (t *foldedText) reset() {
	t.runes, t.kinds, t.from, t.to, t.newlines = t.runes[:0], t.kinds[:0], t.from[:0], t.to[:0], 0
	t.trims = false
}

// read takes the whole text of a field in, without the white space at its ends.
func (t *foldedText) read(s string) {
	t.reset()
	t.trims = true
	t.add(s)
	if n := len(t.runes) - 1; n >= 0 && (t.runes[n] == ' ' || t.runes[n] == blockEnd) {
		t.runes, t.kinds, t.from, t.to = t.runes[:n], t.kinds[:n], t.from[:n], t.to[:n]
	}
}

// add takes a text in.
func (t *foldedText) add(s string) {
	for i := 0; i < len(s); {
		if c := asciiWord[s[i]]; c != 0 && i+1 < len(s) && s[i+1] < utf8.RuneSelf {
			t.newlines = 0
			t.put(rune(c), letterOfWord, i, i+1)
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		if i+size < len(s) && s[i+size] >= utf8.RuneSelf {
			if next, _ := utf8.DecodeRuneInString(s[i+size:]); pageOf(next).glyphs[next&0xff]&glyphJoins != 0 {
				size = t.composed(s, i, size)
				i += size
				continue
			}
		}
		t.character(s, r, i, i+size)
		i += size
	}
}

// composed takes characters that compose.
func (t *foldedText) composed(s string, i, size int) int {
	if n := norm.NFKC.NextBoundaryInString(s[i:], true); n > 0 {
		size = n
	}
	for _, r := range norm.NFKC.String(s[i : i+size]) {
		t.character(s, r, i, i+size)
	}
	return size
}

func (t *foldedText) character(s string, r rune, from, to int) {
	page := pageOf(r)
	g := page.glyphs[r&0xff]
	if g&glyphLong == 0 {
		t.glyph(s, g, from, to)
		return
	}
	for _, g := range page.long[g.rune()] {
		t.glyph(s, g, from, to)
	}
}

func (t *foldedText) glyph(s string, g glyph, from, to int) {
	switch g.class() {
	case classIgnored:
	case classWord:
		t.letter(g, letterOfWord, from, to)
	case classChar:
		t.letter(g, letterAlone, from, to)
	case classHangul:
		t.letter(g, letterHangul, from, to)
	case classNewline:
		if !(s[to-1] == '\n' && to > 1 && s[to-2] == '\r') {
			t.newlines++
		}
		if t.newlines > 1 {
			t.block(from, to)
			return
		}
		t.blank(from, to)
	case classSpace:
		t.blank(from, to)
	case classBlock:
		t.block(from, to)
	case classHyphen:
		t.put('-', 0, from, to)
	default:
		t.put(plainMark(g.rune()), 0, from, to)
	}
}

func (t *foldedText) letter(g glyph, k letterKind, from, to int) {
	t.newlines = 0
	t.put(g.rune(), k, from, to)
}

// blank takes white space: of several there is one.
func (t *foldedText) blank(from, to int) {
	if n := len(t.runes); n > 0 && (t.runes[n-1] == ' ' || t.runes[n-1] == blockEnd) {
		t.to[n-1] = int32(to)
		return
	} else if n == 0 && t.trims {
		return
	}
	t.put(' ', 0, from, to)
}

// block ends a block, if it did not end just before. White space before the end is
// part of it.
func (t *foldedText) block(from, to int) {
	if n := len(t.runes); n > 0 && (t.runes[n-1] == blockEnd || t.runes[n-1] == ' ') {
		t.runes[n-1], t.to[n-1] = blockEnd, int32(to)
		return
	} else if n == 0 && t.trims {
		return
	}
	t.put(blockEnd, 0, from, to)
}

func (t *foldedText) put(r rune, k letterKind, from, to int) {
	t.runes, t.kinds = append(t.runes, r), append(t.kinds, k)
	t.from, t.to = append(t.from, int32(from)), append(t.to, int32(to))
}

// plainMark is a quotation mark as a keyboard has it.
func plainMark(r rune) rune {
	switch r {
	case '’', '‘', '‛', '‚', 'ʼ', 'ʻ', '′', '՚', '`', '´':
		return '\''
	case '“', '”', '„', '«', '»':
		return '"'
	}
	return r
}

// kind is what stands at i; nothing does before the text and behind it.
func (t *foldedText) kind(i int) letterKind {
	if i < 0 || i >= len(t.kinds) {
		return 0
	}
	return t.kinds[i]
}

// begins reports whether a word may begin at i, in the text: not within a word, nor, in Hangul,
// behind its first syllable, nor with the ending behind an apostrophe.
func (t *foldedText) begins(i int) bool {
	return i == 0 || t.kinds[i-1]&t.kinds[i]&(letterOfWord|letterHangul) == 0 && !(t.kinds[i] == letterOfWord && t.endingAt(i))
}

// ends reports whether a word may end before i.
func (t *foldedText) ends(i int) bool {
	return t.kind(i-1)&t.kind(i)&letterOfWord == 0
}
