package filter

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// endings are the pieces of English words that stand behind an apostrophe: the s of
// "the brigade's". Each is a token with its apostrophe before it, so that none is
// taken for a word of its own: "the brigade's 300 soldiers" has no S-300.
var endings = func() map[string][]byte {
	m := make(map[string][]byte)
	for _, e := range [...]string{"s", "t", "d", "m", "ll", "re", "ve"} {
		m[e] = []byte(endingMark + e)
	}
	return m
}()

const (
	endingMark = "'"
	maxEnding  = 2 // letters
)

// elisions are what French and Italian write before an apostrophe: what stands
// behind it is a word (l'S-400).
var elisions = map[string]bool{
	"l": true, "d": true, "qu": true, "jusqu": true, "un": true, "dell": true, "all": true, "nell": true, "sull": true, "dall": true, "coll": true, "quell": true,
}

// isApostrophe reports apostrophes, and what is typed for one.
func isApostrophe(r rune) bool {
	switch r {
	case '\'', '’', '‘', '‚', '‛', 'ʼ', 'ʻ', '＇', '`', '´', '′', '՚':
		return true
	}
	return false
}

// ending is the word with its apostrophe, if it is the ending of the token before it;
// else nil.
func (sc *scanner) ending(word []byte) []byte {
	if !sc.apostrophe(sc.start) {
		return nil
	}
	return endings[string(word)]
}

// apostrophe reports whether between i and the token before it there is an apostrophe
// and nothing else, and the token is no elision.
func (sc *scanner) apostrophe(i int) bool {
	if !sc.began || sc.gap == gapNone || sc.gap > gapMark {
		return false
	}
	r, size := utf8.DecodeRuneInString(sc.s[sc.last.end:])
	return sc.last.end+size == i && isApostrophe(r) && !elided(sc.s[:sc.last.end])
}

// elided reports whether a text ends with an elision.
func elided(s string) bool {
	s = s[max(0, len(s)-8):]
	s = s[strings.LastIndexFunc(s, func(r rune) bool { return !unicode.IsLetter(r) })+1:]
	var room [8]byte // strings.ToLower would allocate
	for i := range len(s) {
		room[i] = asciiWord[s[i]]
	}
	return elisions[string(room[:len(s)])]
}

// isEnding reports whether a folded token is an ending.
func isEnding(folded string) bool { return folded[0] == endingMark[0] }

// endingAt reports whether an ending begins at i, a letter.
func (t *foldedText) endingAt(i int) bool {
	if i < 2 || t.runes[i-1] != '\'' || t.kinds[i-2] == 0 || t.to[i-2] != t.from[i-1] || t.to[i-1] != t.from[i] {
		return false
	}
	end := i
	for end <= i+maxEnding && t.kind(end)&letterOfWord != 0 {
		end++
	}
	return endings[string(t.runes[i:end])] != nil && !elided(string(t.runes[max(0, i-9):i-1]))
}
