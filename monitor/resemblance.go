package monitor

import (
	"strings"
	"unicode"

	"dewline"
)

// How much of the shorter text's words the longer one must have.
const (
	related = 0.6 // a teaser and its article, a text and the same one mended
	alike   = 0.9 // two forms of one text
	apart   = 0.3 // and less: texts of two subjects
)

// fewWords are too few to tell anything, and manyWords enough.
const (
	fewWords  = 8
	manyWords = 20_000
)

// resemblance is the share of the words of the shorter text that the longer one has. It reports false where there
// is not enough text to tell, and it is not the same.
func resemblance(a, b *dewline.Item) (share float64, enough bool) {
	x, y := words(a.Summary+"\n"+a.Content), words(b.Summary+"\n"+b.Content)
	return shared(x, y), min(len(x), len(y)) >= fewWords
}

// headlines is the same of two titles.
func headlines(a, b string) float64 { return shared(words(a), words(b)) }

func shared(x, y map[string]bool) float64 {
	if len(x) > len(y) {
		x, y = y, x
	}
	if len(x) == 0 {
		return 0
	}
	n := 0
	for w := range x {
		if y[w] {
			n++
		}
	}
	return float64(n) / float64(len(x))
}

// words are the different words of a text; of scripts without spaces, the pairs of their characters.
func words(text string) map[string]bool {
	set := make(map[string]bool)
	for word := range strings.FieldsFuncSeq(strings.ToLower(text), func(r rune) bool { return !unicode.In(r, unicode.L, unicode.M, unicode.N) }) {
		if len(set) >= manyWords {
			break
		}
		if r := []rune(word); len(r) > 2 && unicode.In(r[0], unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai) {
			for i := range len(r) - 1 {
				set[string(r[i:i+2])] = true
			}
			continue
		}
		set[word] = true
	}
	return set
}

// plain is a text as it is compared.
func plain(s string) string { return string(dewline.AppendPlain(nil, s)) }
