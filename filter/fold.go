package filter

import (
	"sync"
	"unicode"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// class says what a folded character is to the scanner.
type class uint8

const (
	classIgnored class = iota // dropped
	classWord                 // part of a word of a script that writes spaces
	classChar                 // a token of its own: Han, Kana, Thai and their like
	classHangul               // a token of its own that knows where its word began
	classSpace
	classNewline
	classHyphen
	classDot   // the end of a sentence, of an abbreviation, or neither
	classColon // a break, but between digits
	classBreak // the end of a sentence or of a part of it
	classBlock // the end of a block
	classSoft  // any other mark: no break
)

// glyph is a folded character, its class, and whether more must be looked at.
type glyph uint32

const (
	glyphSlow  glyph = 1 << 31 // folds to several characters, or composes with what follows
	glyphJoins glyph = 1 << 30 // may compose with what stands before
)

func newGlyph(r rune, c class) glyph { return glyph(r) | glyph(c)<<21 }

func (g glyph) rune() rune   { return rune(g & (1<<21 - 1)) }
func (g glyph) class() class { return class(g >> 21 & 0xf) }

// bmp is the fold of every character of the basic plane. It is made once, in some
// hundredths of a second.
var bmp = sync.OnceValue(func() *[1 << 16]glyph {
	var table [1 << 16]glyph
	for r := rune(0); r < 1<<16; r++ {
		table[r] = glyphOf(r)
	}
	return &table
})

// glyphOf folds one character that stands alone.
func glyphOf(r rune) glyph {
	if r >= 0xd800 && r < 0xe000 {
		return newGlyph(unicode.ReplacementChar, classSoft)
	}
	s := string(r)
	var joins glyph
	if p := norm.NFKC.PropertiesString(s); !p.BoundaryBefore() {
		joins = glyphJoins
	}
	folded := foldSegment(nil, s)
	switch len(folded) {
	case 0:
		return newGlyph(0, classIgnored) | joins
	case 1:
		return folded[0] | joins
	}
	return glyphSlow | joins
}

var fullFold = cases.Fold()

// foldSegment folds a text by the slow and complete way: NFKC, full case folding,
// then what is dropped and what is alike (contract §3).
func foldSegment(out []glyph, s string) []glyph {
	for _, r := range norm.NFKC.String(fullFold.String(norm.NFKC.String(s))) {
		if r = foldMarks(r); ignored(r) {
			continue
		}
		out = append(out, newGlyph(r, classOf(r)))
	}
	return out
}

// foldMarks takes the marks off Latin and Greek letters, makes ё an е, and each
// Han character the one that stands for its class.
func foldMarks(r rune) rune {
	switch {
	case r < 0x80:
		return r
	case r == 'ё':
		return 'е'
	case unicode.In(r, unicode.Latin, unicode.Greek):
		base := []rune(norm.NFD.String(string(r)))[0]
		if unicode.In(base, unicode.Latin, unicode.Greek) {
			return base
		}
	case unicode.Is(unicode.Han, r):
		if to, ok := han()[r]; ok {
			return to
		}
	}
	return r
}

var han = sync.OnceValue(func() map[rune]rune {
	m := make(map[rune]rune)
	var from rune
	for _, r := range hanVariants {
		if from == 0 {
			from = r
			continue
		}
		m[from], from = r, 0
	}
	return m
})

// ignored reports what is dropped: default-ignorable characters, marks that were
// left by Latin and Greek letters, stress marks, harakat and tatweel, niqqud, and
// control characters that separate nothing.
func ignored(r rune) bool {
	switch {
	case r < 0x20:
		return r != '\n' && r != '\t' && r != '\r' && r != '\v' && r != '\f'
	case r < 0xad:
		return r >= 0x7f && r < 0xa0 && r != 0x85
	case r >= 0x300 && r <= 0x36f:
		return r != 0x306 && r != 0x308 // of й and ї, where they did not compose
	case r >= 0x591 && r <= 0x5bd, r >= 0x610 && r <= 0x61a, r == 0x640, r >= 0x64b && r <= 0x65f, r == 0x670, r >= 0x6d6 && r <= 0x6ed && unicode.Is(unicode.Mn, r):
		return true
	}
	return unicode.Is(unicode.Cf, r) || unicode.In(r, unicode.Other_Default_Ignorable_Code_Point, unicode.Variation_Selector) ||
		r == 0x3099 || r == 0x309a
}

// unspaced are the scripts that write no spaces between words.
var unspaced = []*unicode.RangeTable{
	unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Bopomofo, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar,
}

func classOf(r rune) class {
	switch {
	case r >= 'a' && r <= 'z', r >= '0' && r <= '9':
		return classWord
	case r == '\n' || r == '\v' || r == '\f' || r == '\r' || r == 0x85 || r == 0x2028:
		return classNewline
	case r == 0x2029:
		return classBlock
	case r == 'ー' || r == '々' || r == '〆' || r == '〇':
		return classChar
	case unicode.Is(unicode.Hangul, r):
		return classHangul
	case unicode.In(r, unspaced...) && (unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsNumber(r)):
		return classChar
	case unicode.IsLetter(r), unicode.IsNumber(r), unicode.IsMark(r):
		return classWord
	case unicode.IsSpace(r):
		return classSpace
	case unicode.Is(unicode.Pd, r), r == '−', r == '⁃', r == '‐':
		return classHyphen
	}
	return classOfMark(r)
}

// classOfMark says which marks nothing reaches across.
func classOfMark(r rune) class {
	switch r {
	case '.':
		return classDot
	case ':':
		return classColon
	case ',', ';', '!', '?', '。', '۔', '।', '॥', '።', '、', '،', '؛', '؟', '|', '•', '¶', '；', '：':
		return classBreak
	case '„', '‚', '「', '」', '『', '』': // these open and close quotations
		return classSoft
	}
	if unicode.In(r, unicode.Ps, unicode.Pe) {
		return classBreak
	}
	return classSoft
}
