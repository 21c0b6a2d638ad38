package filter

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// gap is what stands between a token and the one before it.
type gap uint8

const (
	gapNone   gap = iota // nothing: the two touch
	gapSpace             // white space, one line break at most
	gapHyphen            // a dash, perhaps with space around it
	gapMark              // a mark that breaks nothing: an apostrophe, a slash, the dot of an abbreviation
	gapBreak             // the end of a sentence, a comma, a bracket: only a phrase that has one there reaches across
	gapBlock             // the end of a block or of a text: nothing reaches across
)

// scanner cuts a text into tokens. A token's text is folded; its place is in the
// text as it stands. It is used again for one text after the other.
type scanner struct {
	s    string
	base int
	emit func(*batch) // is given the tokens; they are valid during the call
	cut  batch
	key  hashKey // of the words' hashes

	simples *simpleTables

	word       []byte // the open word's folded text
	start, end int    // its place
	compose    norm.Iter

	gap      gap
	newlines int
	dot      bool // a dot that may have ended a sentence
	began    bool // a token was emitted
	hangul   bool // and the last one was a Hangul syllable
	first    rune // the open word's first character as it stands, for the end of sentences
	last     lastToken

	malformed bool // something was read that is no UTF-8
	// blanks are places of all white space but single spaces, for what is shown of
	// the text; there may be others.
	blanks []int32
}

// lastToken is what the end of a sentence is judged by.
type lastToken struct {
	end    int
	digits bool
	abbrev bool // what a dot behind it would belong to
}

// newScanner makes a scanner that gives each token to emit.
func newScanner(emit func(folded []byte, t place)) scanner {
	var char [utf8.UTFMax]byte
	return scanner{cut: newBatch(), emit: func(b *batch) {
		for i := range b.list[:b.n] {
			t := &b.list[i]
			if t.class == classWord {
				emit(b.word(t), t.place)
			} else {
				emit(utf8.AppendRune(char[:0], t.char), t.place)
			}
		}
	}}
}

// place is where a token stands.
type place struct {
	start, end int32 // bytes in the text
	gap        gap   // before it
	class      class // classWord, classChar or classHangul
	opens      bool  // a Hangul syllable that begins a written word
}

// scan cuts one text, whose first byte counts as base.
func (sc *scanner) scan(s string, base int) {
	sc.s, sc.base, sc.word = s, base, sc.word[:0]
	sc.gap, sc.newlines, sc.dot, sc.began, sc.hangul, sc.last = gapBlock, 0, false, false, false, lastToken{}
	sc.simples, sc.malformed, sc.blanks = simpleOf(), false, sc.blanks[:0]
	for i := 0; i < len(s); {
		n := 0
		if len(sc.word) == 0 {
			if n = sc.simple(i); n > 0 {
				i += n
				continue
			}
			if sc.dotted(i) || sc.doubled(i) {
				n = sc.abbreviation(i)
			}
		}
		if n == 0 {
			n = sc.run(i)
		}
		if n == 0 {
			n = sc.step(i)
		}
		i += n
	}
	sc.close()
	sc.flush()
}

// flush gives away the tokens that were cut.
func (sc *scanner) flush() {
	if sc.cut.n > 0 {
		sc.emit(&sc.cut)
		sc.cut.clear()
	}
}

// dotted reports whether a dot follows the character at i.
func (sc *scanner) dotted(i int) bool {
	switch c := sc.s[i]; {
	case c < utf8.RuneSelf:
		i++
	case c < 0xe0:
		i += 2
	case c < 0xf0:
		i += 3
	default:
		i += 4
	}
	return i < len(sc.s) && sc.s[i] == '.'
}

// asciiWord is the folded form of the ASCII characters of words; of others 0.
var asciiWord = func() (t [256]byte) {
	for c := range byte(utf8.RuneSelf) {
		switch {
		case c >= 'a' && c <= 'z', c >= '0' && c <= '9':
			t[c] = c
		case c >= 'A' && c <= 'Z':
			t[c] = c + 'a' - 'A'
		}
	}
	return t
}()

// run takes the ASCII letters and digits from i on: most of most texts.
func (sc *scanner) run(i int) int {
	s, end := sc.s, i
	for end < len(s) && asciiWord[s[end]] != 0 {
		end++
	}
	if end > i && sc.joins(end) {
		end--
	}
	if end == i {
		return 0
	}
	if len(sc.word) == 0 {
		sc.start, sc.first = i, rune(s[i])
	}
	for k := i; k < end; k++ {
		sc.word = append(sc.word, asciiWord[s[k]])
	}
	sc.end = end
	return end - i
}

// step takes one character, or a sequence of characters that compose, or a run of
// letters or characters beyond ASCII.
func (sc *scanner) step(i int) int {
	s := sc.s
	if c := s[i]; c < utf8.RuneSelf && !sc.joins(i+1) {
		sc.take(pageOf(0).glyphs[c], i, i+1)
		return 1
	}
	g, r, size := sc.glyphAt(i)
	for from := i; ; {
		next := i + size
		nextGlyph, nextRune, nextSize := sc.glyphAt(next)
		if nextGlyph&glyphJoins != 0 {
			if i == from {
				return sc.composed(i, size)
			}
			return i - from
		}
		sc.character(g, r, i, next)
		if !continues(g, nextGlyph) {
			return next - from
		}
		i, g, r, size = next, nextGlyph, nextRune, nextSize
	}
}

// continues reports whether a run goes on, in which neither abbreviations nor gaps
// need be looked for.
func continues(g, next glyph) bool {
	return (g|next)&glyphLong == 0 && g.class() == next.class() && (g.class() == classWord || g.class() == classChar)
}

// glyphAt is the fold of the character at i; nothing at the end of the text.
func (sc *scanner) glyphAt(i int) (glyph, rune, int) {
	if i >= len(sc.s) {
		return 0, 0, 0
	}
	r, size := utf8.DecodeRuneInString(sc.s[i:])
	if r == utf8.RuneError && size == 1 {
		sc.malformed = true
	}
	return pageOf(r).glyphs[r&0xff], r, size
}

// composed takes the characters from i on that compose.
func (sc *scanner) composed(i, size int) int {
	n := norm.NFKC.NextBoundaryInString(sc.s[i:], true)
	if n <= 0 {
		n = size
	}
	sc.malformed = sc.malformed || !utf8.ValidString(sc.s[i:i+n])
	sc.blanks = append(sc.blanks, int32(i)) // it may be white space with a mark
	for sc.compose.InitString(norm.NFKC, sc.s[i:i+n]); !sc.compose.Done(); {
		for b := sc.compose.Next(); len(b) > 0; {
			r, size := utf8.DecodeRune(b)
			sc.character(pageOf(r).glyphs[r&0xff], r, i, i+n)
			b = b[size:]
		}
	}
	return n
}

// joins reports whether the character at i may compose with the one before it.
func (sc *scanner) joins(i int) bool {
	if i >= len(sc.s) || sc.s[i] < utf8.RuneSelf {
		return false
	}
	r, _ := utf8.DecodeRuneInString(sc.s[i:])
	return pageOf(r).glyphs[r&0xff]&glyphJoins != 0
}

// character takes a character that composes with nothing.
func (sc *scanner) character(g glyph, r rune, from, to int) {
	if g&glyphLong == 0 {
		sc.take(g, from, to)
		return
	}
	for _, g := range pageOf(r).long[g.rune()] {
		sc.take(g, from, to)
	}
}

// take takes a folded character.
func (sc *scanner) take(g glyph, from, to int) {
	switch g.class() {
	case classIgnored:
	case classWord:
		if len(sc.word) == 0 {
			sc.start = from
			sc.first, _ = utf8.DecodeRuneInString(sc.s[from:])
		}
		if r := g.rune(); r < utf8.RuneSelf {
			sc.word = append(sc.word, byte(r))
		} else {
			sc.word = utf8.AppendRune(sc.word, r)
		}
		sc.end = to
	case classChar, classHangul:
		sc.close()
		sc.start, sc.end = from, to
		sc.char(g.rune(), g.class())
	default:
		sc.close()
		sc.between(g.class(), to)
	}
}

// close ends the open word.
func (sc *scanner) close() {
	if len(sc.word) == 0 {
		return
	}
	if sc.cut.full() {
		sc.flush()
	}
	sc.cut.bytes = append(sc.cut.bytes, sc.word...)
	sc.put(len(sc.word))
	sc.word = sc.word[:0]
}

// put makes a token of the word whose n bytes are the last of the batch.
func (sc *scanner) put(n int) {
	if sc.dot && !unicode.IsLower(sc.first) {
		sc.gap = max(sc.gap, gapBreak)
	}
	b := &sc.cut
	from := len(b.bytes) - n
	folded := b.bytes[from:]
	end := folded[n-1]
	abbrev := sc.end < len(sc.s) && sc.s[sc.end] == '.' && abbreviated(folded)
	if n <= maxEnding {
		if ending := sc.ending(folded); ending != nil {
			b.bytes, abbrev = append(b.bytes[:from], ending...), false
		}
	}
	t := &b.list[b.n] // part by part: written whole, it would be copied
	b.n++
	t.start, t.end, t.gap, t.class, t.opens = int32(sc.base+sc.start), int32(sc.base+sc.end), sc.gap, classWord, false
	t.from, t.to, t.hash = int32(from), int32(len(b.bytes)), sc.key.hash(b.bytes[from:])
	sc.last.end, sc.last.digits, sc.last.abbrev = sc.end, end >= '0' && end <= '9', abbrev
	sc.gap, sc.newlines, sc.dot, sc.began, sc.hangul = gapNone, 0, false, true, false
}

// char makes a token of a character, where no word is open. It has no case: it may
// begin a sentence.
func (sc *scanner) char(r rune, c class) {
	if sc.dot {
		sc.gap = max(sc.gap, gapBreak)
	}
	if sc.cut.full() {
		sc.flush()
	}
	t := &sc.cut.list[sc.cut.n]
	sc.cut.n++
	t.start, t.end, t.gap, t.class, t.char = int32(sc.base+sc.start), int32(sc.base+sc.end), sc.gap, c, r
	// 北미사일 and KN-23미사일 begin a word too: only another syllable may not touch it.
	t.opens = c == classHangul && !(sc.hangul && sc.gap == gapNone)
	sc.last = lastToken{end: sc.end}
	sc.gap, sc.newlines, sc.dot, sc.began, sc.hangul = gapNone, 0, false, true, c == classHangul
}

// between notes a character that is no token.
func (sc *scanner) between(c class, to int) {
	if c == classSpace || c == classNewline || c == classBlock {
		sc.blanks = append(sc.blanks, int32(to-1))
	}
	switch c {
	case classSpace:
		sc.gap = max(sc.gap, gapSpace)
	case classNewline:
		// CR LF is one line break.
		if !(sc.s[to-1] == '\n' && to > 1 && sc.s[to-2] == '\r') {
			sc.newlines++
		}
		sc.gap = max(sc.gap, gapSpace)
		if sc.newlines > 1 {
			sc.gap = gapBlock
		}
	case classHyphen:
		sc.gap = max(sc.gap, gapHyphen)
	case classDot:
		sc.gap = max(sc.gap, gapMark)
		if ellipsis(sc.s[:to]) {
			sc.gap = max(sc.gap, gapBreak)
		}
		sc.dot = sc.dot || !sc.last.abbrev && (to == len(sc.s) || !sc.touchesWord(to))
	case classColon:
		sc.gap = max(sc.gap, gapMark)
		if !(sc.last.digits && sc.last.end == to-1 && to < len(sc.s) && sc.s[to] >= '0' && sc.s[to] <= '9') {
			sc.gap = max(sc.gap, gapBreak)
		}
	case classBreak:
		if sc.last.digits && sc.last.end == to-1 && sc.s[to-1] == ',' && to < len(sc.s) && sc.s[to] >= '0' && sc.s[to] <= '9' {
			sc.gap = max(sc.gap, gapMark) // 1,000
			return
		}
		sc.gap = max(sc.gap, gapBreak)
	case classBlock:
		sc.gap = gapBlock
	case classSoft:
		sc.gap = max(sc.gap, gapMark)
	}
}

// ellipsis reports whether a text ends with more than one dot.
func ellipsis(s string) bool {
	return strings.HasSuffix(s, "..") || strings.HasSuffix(s, "…") || strings.HasSuffix(s, "‥")
}

// touchesWord reports whether a letter or digit stands at i.
func (sc *scanner) touchesWord(i int) bool {
	r, _ := utf8.DecodeRuneInString(sc.s[i:])
	return unicode.IsLetter(r) || unicode.IsDigit(r)
}

// doubled reports two equal capitals before a dot, as in EE.UU., the plural of an
// abbreviation.
func (sc *scanner) doubled(i int) bool {
	s := sc.s
	return i+2 < len(s) && s[i] == s[i+1] && s[i+2] == '.' && s[i] >= 'A' && s[i] <= 'Z'
}

// abbreviation takes single letters with dots, U.S. or U. S. or США written С.Ш.А., as
// one word, and returns how long it is.
func (sc *scanner) abbreviation(i int) int {
	if len(sc.word) > 0 || (i > 0 && sc.gap == gapNone && sc.began) {
		return 0 // inside a word
	}
	if endings[string(asciiWord[sc.s[i]])] != nil && sc.apostrophe(i) {
		return 0
	}
	end := sc.initials(i)
	for k := i; k < end; {
		k += sc.step(k) // the dots are taken below
		if k < end && sc.s[k] == '.' {
			k++
			k += sc.blank(k)
		}
	}
	if end == 0 {
		return 0
	}
	sc.close()
	sc.last.abbrev = true
	return end - i
}

// initials is where the letters end that with their dots are one abbreviation; 0 where
// there is only one of them. Between capitals there may be blanks, if all have one.
func (sc *scanner) initials(i int) (end int) {
	letters, blank := 0, 0
	for {
		size := sc.initial(i)
		dot := i + size
		switch {
		case size == 0:
		case dot < len(sc.s) && sc.s[dot] == '.':
			letters, end, i = letters+1, dot, dot+1
			next := sc.blank(i)
			if letters == 1 {
				blank = next
			}
			if next == blank && (next == 0 || sc.spaced(i+next)) {
				i += next
				continue
			}
		case letters > 0 && blank == 0 && !sc.wordAt(dot): // U.S without its last dot
			letters, end = letters+1, dot
		}
		if letters < 2 {
			return 0
		}
		return end
	}
}

// initial is the length of the letter of an abbreviation that stands at i; two equal
// ones are that of a plural.
func (sc *scanner) initial(i int) int {
	if sc.doubled(i) {
		return 2
	}
	r, size := utf8.DecodeRuneInString(sc.s[i:])
	if g := pageOf(r).glyphs[r&0xff]; g&glyphLong != 0 || g.class() != classWord || !unicode.IsLetter(r) {
		return 0
	}
	return size
}

// blank is the length of a blank at i.
func (sc *scanner) blank(i int) int {
	switch s := sc.s[i:]; {
	case strings.HasPrefix(s, " "):
		return 1
	case strings.HasPrefix(s, "\u00a0"), strings.HasPrefix(s, "\u202f"):
		return runeSize(s)
	}
	return 0
}

// spaced reports whether at i stands a capital with a dot behind it, and no letter behind
// that: the I of "World War I. U.S. forces" is of no abbreviation.
func (sc *scanner) spaced(i int) bool {
	r, _ := utf8.DecodeRuneInString(sc.s[i:])
	size := sc.initial(i)
	return unicode.IsUpper(r) && size > 0 && strings.HasPrefix(sc.s[i+size:], ".") && !sc.wordAt(i+size+1)
}

// wordAt reports whether the word goes on at i.
func (sc *scanner) wordAt(i int) bool {
	if i >= len(sc.s) {
		return false
	}
	r, _ := utf8.DecodeRuneInString(sc.s[i:])
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r)
}

// abbreviated reports whether a dot behind this word belongs to it.
func abbreviated(folded []byte) bool {
	if len(folded) > maxAbbreviation { // most
		return false
	}
	if utf8.RuneCount(folded) == 1 {
		return folded[0] < '0' || folded[0] > '9'
	}
	return abbreviations[string(folded)]
}

const maxAbbreviation = 8 // bytes

// abbreviations are words that end with a dot inside a sentence, before a
// capital letter: ranks, titles, and what stands before names.
var abbreviations = func() map[string]bool {
	m := make(map[string]bool)
	for _, list := range [...][]string{
		{"gen", "lt", "col", "maj", "capt", "cpt", "sgt", "adm", "cmdr", "brig", "cpl", "pvt", "mr", "mrs", "ms", "dr", "prof", "st",
			"gov", "sen", "rep", "amb", "sec", "vs", "no", "mt", "ft", "hon", "rev", "fig", "vol", "jr", "sr", "dept", "asst",
			"vadm", "radm", "ltg", "ltc", "msgt", "ssgt", "cdr", "lcdr", "ens", "corp", "inc", "ltd",
			"jan", "feb", "apr", "aug", "sept", "sep", "oct", "nov", "dec"},
		{"им", "ул", "ген", "полк", "подп", "акад", "проф", "стр", "рис", "тыс", "млн", "млрд", "долл", "руб", "обл", "гг", "св", "тов", "зам", "нач"},
		{"hr", "fr", "nr", "bzw", "ggf", "bspw", "mme", "mlle", "sra", "srta", "lic", "ing", "arq", "num", "gral", "cnel", "tte", "mio", "mrd", "mjr", "kpt"},
	} {
		for _, w := range list {
			m[w] = true
		}
	}
	return m
}()
