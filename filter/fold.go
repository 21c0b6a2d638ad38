package filter

import (
	"strings"
	"sync/atomic"
	"unicode"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"

	"dewline"
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
	glyphLong  glyph = 1 << 31 // folds to several characters; the number of them in the page's long
	glyphJoins glyph = 1 << 30 // may compose with what stands before
)

func newGlyph(r rune, c class) glyph { return glyph(r) | glyph(c)<<21 }

func (g glyph) rune() rune   { return rune(g & (1<<21 - 1)) }
func (g glyph) class() class { return class(g >> 21 & 0xf) }

// foldPage holds the folds of 256 neighbouring characters.
type foldPage struct {
	glyphs [256]glyph
	long   [][]glyph
}

// foldPages are made when a character of theirs first comes: a page costs a
// millisecond, and the texts of a feed use a few dozen.
var foldPages [(unicode.MaxRune + 1) >> 8]atomic.Pointer[foldPage]

func pageOf(r rune) *foldPage {
	if p := foldPages[r>>8].Load(); p != nil {
		return p
	}
	return newPage(r)
}

func newPage(r rune) *foldPage {
	p := &foldPage{}
	for i := range p.glyphs {
		p.glyphs[i] = p.fold(r&^0xff + rune(i))
	}
	foldPages[r>>8].Store(p) // another may have been faster: they are equal
	return p
}

// fold folds one character that stands alone.
func (p *foldPage) fold(r rune) glyph {
	switch {
	case r >= 0xd800 && r < 0xe000:
		return newGlyph(unicode.ReplacementChar, classSoft)
	case r == '´': // by NFKC a blank with an accent; it is typed for an apostrophe
		return newGlyph(r, classSoft)
	case r == '™' || r == '℠': // their letters would become part of the word before them
		return newGlyph(r, classSoft)
	}
	s := string(r)
	var joins glyph
	if !norm.NFKC.PropertiesString(s).BoundaryBefore() {
		joins = glyphJoins
	}
	folded := foldString(s)
	switch len(folded) {
	case 0:
		return newGlyph(0, classIgnored) | joins
	case 1:
		return folded[0] | joins
	}
	p.long = append(p.long, folded)
	return glyph(len(p.long)-1) | glyphLong | joins
}

var fullFold = cases.Fold()

// ligatures are letters that Unicode does not take apart, but keyboards do: manoeuvre.
var ligatures = strings.NewReplacer("œ", "oe", "Œ", "oe", "æ", "ae", "Æ", "ae")

// foldString folds a text by the slow and complete way: NFKC, full case folding,
// then what is dropped and what is alike.
func foldString(s string) []glyph {
	var out []glyph
	for _, r := range norm.NFKC.String(fullFold.String(ligatures.Replace(norm.NFKC.String(s)))) {
		if r = foldMarks(r); ignored(r) {
			continue
		}
		out = append(out, newGlyph(r, classOf(r)))
	}
	return out
}

// foldMarks takes the marks off Latin and Greek letters and the stress off Cyrillic
// ones, makes ё an е, and each Han character the one that stands for its class.
func foldMarks(r rune) rune {
	if r < 0x80 {
		return r
	}
	if to, ok := bare[r]; ok {
		return to
	}
	switch {
	case unicode.Is(unicode.Nd, r):
		return digit(r)
	case unicode.In(r, unicode.Latin, unicode.Greek):
		base := []rune(norm.NFD.String(string(r)))[0]
		if to, ok := bare[base]; ok { // ǿ
			return to
		}
		if unicode.In(base, unicode.Latin, unicode.Greek) {
			return base
		}
	case unicode.Is(unicode.Han, r):
		return dewline.OneHan(r)
	}
	return r
}

// digit is a decimal digit of any script as ASCII has it: ٤٠٠ is 400. Unicode keeps
// the ten of a script together, from a multiple of ten code points on or not.
func digit(r rune) rune {
	zero := r
	for zero > r-9 && unicode.Is(unicode.Nd, zero-1) {
		zero--
	}
	return '0' + r - zero
}

// bare are letters whose mark is no combining one, or is left out in much of what
// is written.
var bare = map[rune]rune{
	'ё': 'е', 'ѐ': 'е', 'ѝ': 'и', 'ł': 'l', 'ø': 'o', 'đ': 'd', 'ħ': 'h', 'ŧ': 't', 'ı': 'i',
	// Arabic, as keyboards of Persian and Urdu have it, and with its hamza on alef.
	'ک': 'ك', 'ی': 'ي', 'ى': 'ي', 'أ': 'ا', 'إ': 'ا', 'آ': 'ا', 'ٱ': 'ا', 'ہ': 'ه', 'ە': 'ه', 'ۀ': 'ه', 'ۂ': 'ه',
}

// ignored reports what is dropped: what cannot be seen, and the marks of letters
// that are alike without them.
func ignored(r rune) bool { return invisible(r) || accent(r) || pointing(r) }

// invisible reports default-ignorable characters, and controls that separate
// nothing.
func invisible(r rune) bool {
	switch {
	case r < 0x20:
		return r != '\n' && r != '\t' && r != '\r' && r != '\v' && r != '\f'
	case r < 0xad:
		return r >= 0x7f && r < 0xa0 && r != 0x85
	}
	return unicode.Is(unicode.Cf, r) || unicode.In(r, unicode.Other_Default_Ignorable_Code_Point, unicode.Variation_Selector)
}

// accent reports marks that composed with no letter: of Latin and Greek, and the
// stress marks of Cyrillic. The breve of й and the dots of ї have composed.
func accent(r rune) bool {
	switch {
	case r >= 0x300 && r <= 0x36f, r >= 0x1ab0 && r <= 0x1aff, r >= 0x1dc0 && r <= 0x1dff, r >= 0x20d0 && r <= 0x20ff, r >= 0xfe20 && r <= 0xfe2f:
		return unicode.Is(unicode.M, r)
	}
	return r == 0x3099 || r == 0x309a // of Kana
}

// pointing reports harakat, tatweel, and their like in Hebrew, which a text may
// write or leave out.
func pointing(r rune) bool {
	switch {
	case r >= 0x591 && r <= 0x5c7, r >= 0x610 && r <= 0x61a, r >= 0x64b && r <= 0x65f, r == 0x670, r >= 0x6d6 && r <= 0x6ed:
		return unicode.Is(unicode.Mn, r)
	}
	return r == 0x640
}

// unspaced are the scripts that write no spaces between words.
var unspaced = []*unicode.RangeTable{
	unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Bopomofo, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar,
}

func classOf(r rune) class {
	switch {
	case r >= 'a' && r <= 'z', r >= '0' && r <= '9', r == wildMany, r == wildOne:
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
	case r == 'ʼ' || r == 'ʻ': // apostrophes that Unicode counts as letters: комп'ютер has several spellings
		return classSoft
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
