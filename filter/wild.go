package filter

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"dewline"
)

// Inside a term the wildcards are two characters that no text has (Unicode keeps
// them for a program's own use), which the scanner takes for letters.
const (
	wildMany = '\ufdd0' // *, any letters or none
	wildOne  = '\ufdd1' // ?, exactly one
	wilds    = string(wildMany) + string(wildOne)
)

func isWild(text string) bool { return strings.ContainsAny(text, wilds) }

func wildcardOf(r rune) rune {
	switch r {
	case '*', '＊':
		return wildMany
	case '?', '？':
		return wildOne
	}
	return 0
}

// wildText is a word or phrase with its wildcards as the scanner takes them. Back
// gives for a byte of it the byte of what was written.
type wildText struct {
	text string
	from []int // by wildcard: where it begins in the text
	less []int // how many bytes longer the text is up to behind it
}

func (w *wildText) back(i int) int {
	less := 0
	for k, from := range w.from {
		if from >= i {
			break
		}
		less = w.less[k]
	}
	return i - less
}

// wildcards reads the wildcards of a word or phrase. In a phrase a question mark
// that ends a word is a question mark.
func wildcards(x lexeme) (*wildText, *dewline.SyntaxError) {
	if !strings.ContainsAny(x.text, "*?＊？") {
		return &wildText{text: x.text}, nil
	}
	w := &wildText{}
	var b strings.Builder
	before := rune(' ')
	for i := 0; i < len(x.text); {
		r, size := utf8.DecodeRuneInString(x.text[i:])
		after, _ := utf8.DecodeRuneInString(x.text[i+size:])
		to := wildcardOf(r)
		switch {
		case to == 0, x.kind == kindPhrase && to == wildOne && !(inWord(before) && inWord(after)):
			b.WriteString(x.text[i : i+size])
		case x.exact:
			return nil, fault(x.at+i, x.at+i+size, "a wildcard in a spelling that counts", "leave the = out, or write the spellings with OR")
		case x.kind == kindPhrase && !inWord(before) && !inWord(after):
			return nil, fault(x.at+i, x.at+i+size, "`"+string(r)+"` alone in a phrase would match every word", "write the two parts joined by ONEAR/2")
		default:
			w.from = append(w.from, b.Len())
			b.WriteRune(to)
			w.less = append(w.less, b.Len()-i-size)
		}
		before = r
		i += size
	}
	w.text = b.String()
	return w, nil
}

func runeSize(s string) int {
	_, size := utf8.DecodeRuneInString(s)
	return size
}

// inWord reports whether a character may be part of a word.
func inWord(r rune) bool {
	return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsMark(r)) || wildcardOf(r) != 0
}

// minFixed is how many letters of a term with wildcards must be fixed.
const minFixed = 2

// wild judges the wildcards of a term that was scanned. At the edge of Chinese,
// Japanese, Thai or Korean text, which is found inside running text anyway, they
// are dropped: opens says that the first written word is found at its end, too.
func (c *tokens) wild(x lexeme, w *wildText) (opens bool, bad *dewline.SyntaxError) {
	if len(w.from) == 0 {
		return true, nil
	}
	opens = true
	fixed := 0
	for _, t := range c.list {
		fixed += fixedLetters(t.text)
	}
	for i := 0; i < len(c.list); i++ {
		t := c.list[i]
		if t.class != classWord || fixedLetters(t.text) > 0 {
			continue
		}
		start, end := x.at+w.back(int(t.start)), x.at+w.back(int(t.end))
		left := i > 0 && t.gap == gapNone && c.list[i-1].class != classWord
		right := i+1 < len(c.list) && c.list[i+1].gap == gapNone && c.list[i+1].class != classWord
		hangul := left && c.list[i-1].class == classHangul || right && c.list[i+1].class == classHangul
		switch {
		case hangul && (strings.ContainsRune(t.text, wildOne) || left && right):
			return false, fault(start, end, "a wildcard inside a Korean word, whose syllables are looked for one by one", "write the words with OR; a * may stand before or behind them")
		case strings.ContainsRune(t.text, wildOne) && (left || right), left && right:
			return false, fault(start, end, "a wildcard inside a script that writes no spaces", "write the parts on both sides, joined by NEAR/3, say")
		case left || right:
			// Behind such text anything may stand; before Hangul now too.
			if right && c.list[i+1].class == classHangul {
				opens = false
			} else {
				c.warn(start, end, "this wildcard changes nothing: such text is found inside running text anyway", "leave it out")
			}
			c.list = append(c.list[:i], c.list[i+1:]...)
			if i < len(c.list) && right {
				c.list[i].gap = t.gap
			}
			i--
		case len(c.list) == 1:
			return false, fault(start, end, "`"+x.text+"` alone would match everything", "write a word")
		default:
			return false, fault(start, end, "this part of the term would match every word", "write at least one letter of it, or use ONEAR/2")
		}
	}
	if fixed < minFixed && len(c.list) > 0 && c.anyWild() {
		return false, fault(x.start, x.end, "a wildcard with fewer than two fixed letters would match nearly everything", "write more of the word")
	}
	return opens, nil
}

func (c *tokens) anyWild() bool {
	for _, t := range c.list {
		if isWild(t.text) {
			return true
		}
	}
	return false
}

// fixedLetters counts what is no wildcard.
func fixedLetters(text string) int {
	n := 0
	for _, r := range text {
		if r != wildMany && r != wildOne {
			n++
		}
	}
	return n
}

// canonical writes a pattern in one way: of neighbouring wildcards first those
// that stand for one letter, then a single one that stands for many.
func canonical(text string) string {
	if !isWild(text) {
		return text
	}
	var b strings.Builder
	ones, many := 0, false
	flush := func() {
		b.WriteString(strings.Repeat(string(wildOne), ones))
		if many {
			b.WriteRune(wildMany)
		}
		ones, many = 0, false
	}
	for _, r := range text {
		switch r {
		case wildOne:
			ones++
		case wildMany:
			many = true
		default:
			flush()
			b.WriteRune(r)
		}
	}
	flush()
	return b.String()
}

// glob reports whether a word is what a pattern says. It takes at most the product
// of their lengths.
func glob(pattern, word string) bool {
	retry, from := -1, 0 // behind the last * of the pattern, and where it was tried
	p, w := 0, 0
	for w < len(word) || p < len(pattern) {
		r, size := rune(-1), 0
		if p < len(pattern) {
			r, size = utf8.DecodeRuneInString(pattern[p:])
		}
		have, width := utf8.DecodeRuneInString(word[w:])
		switch {
		case r == wildMany:
			p += size
			retry, from = p, w
			continue
		case size > 0 && width > 0 && (r == wildOne || r == have):
			p, w = p+size, w+width
			continue
		case retry < 0 || from >= len(word):
			return false
		}
		from += runeSize(word[from:])
		p, w = retry, from
	}
	return true
}

// wildTable finds the patterns that a word fits, by their fixed letters: how the
// word begins, how it ends, or three or two neighbouring letters of it.
type wildTable struct {
	patterns []string // by atom; empty where the atom is no pattern
	starts   pieceTable
	ends     pieceTable
	within   map[string][]atom
	rest     []atom // tried with every word
}

// pieceTable are patterns by a fixed piece, whose lengths are known.
type pieceTable struct {
	pieces  map[string][]atom
	lengths []int // in bytes, ascending
}

func (t *pieceTable) add(piece string, a atom) {
	if t.pieces == nil {
		t.pieces = make(map[string][]atom)
	}
	if _, ok := t.pieces[piece]; !ok {
		at := 0
		for at < len(t.lengths) && t.lengths[at] < len(piece) {
			at++
		}
		if at == len(t.lengths) || t.lengths[at] != len(piece) {
			t.lengths = append(t.lengths[:at], append([]int{len(piece)}, t.lengths[at:]...)...)
		}
	}
	t.pieces[piece] = append(t.pieces[piece], a)
}

// add enters a pattern where the most of its letters are fixed.
func (t *wildTable) add(a atom, pattern string) {
	for len(t.patterns) <= int(a) {
		t.patterns = append(t.patterns, "")
	}
	t.patterns[a] = pattern
	start := pattern[:strings.IndexAny(pattern, wilds)]
	_, size := utf8.DecodeRuneInString(wilds)
	end := pattern[strings.LastIndexAny(pattern, wilds)+size:]
	within := longestPiece(pattern)
	switch n := utf8.RuneCountInString(within); {
	case len(start) > 0 && len(start) >= len(end) && (utf8.RuneCountInString(start) > 1 || n < 2):
		t.starts.add(start, a)
	case len(end) > 0 && (utf8.RuneCountInString(end) > 1 || n < 2):
		t.ends.add(end, a)
	case n < 2:
		t.rest = append(t.rest, a)
	default:
		if t.within == nil {
			t.within = make(map[string][]atom)
		}
		gram := firstRunes(within, min(n, 3))
		t.within[gram] = append(t.within[gram], a)
	}
}

func longestPiece(pattern string) string {
	best := ""
	for _, piece := range strings.FieldsFunc(pattern, func(r rune) bool { return r == wildMany || r == wildOne }) {
		if len(piece) > len(best) {
			best = piece
		}
	}
	return best
}

func firstRunes(s string, n int) string {
	end := 0
	for range n {
		end += runeSize(s[end:])
	}
	return s[:end]
}

// of adds the patterns that a word fits.
func (t *wildTable) of(found []atom, word string) []atom {
	if len(t.patterns) == 0 {
		return found
	}
	for _, n := range t.starts.lengths {
		if n > len(word) {
			break
		}
		found = t.fitting(found, t.starts.pieces[word[:n]], word)
	}
	for _, n := range t.ends.lengths {
		if n > len(word) {
			break
		}
		found = t.fitting(found, t.ends.pieces[word[len(word)-n:]], word)
	}
	found = t.fitting(found, t.rest, word)
	if len(t.within) == 0 {
		return found
	}
	// Each pair and each three of neighbouring letters.
	var at [3]int // where the last three letters begin
	for i, r := range word {
		at[0], at[1], at[2] = at[1], at[2], i
		end := i + utf8.RuneLen(r)
		found = t.fitting(found, t.within[word[at[1]:end]], word)
		found = t.fitting(found, t.within[word[at[0]:end]], word)
	}
	return found
}

// fitting adds those of the atoms whose pattern the word fits. One that is found
// twice does no harm: the list is made one of each.
func (t *wildTable) fitting(found, atoms []atom, word string) []atom {
	for _, a := range atoms {
		if glob(t.patterns[a], word) {
			found = append(found, a)
		}
	}
	return found
}
