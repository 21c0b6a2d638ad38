package filter

import (
	"strings"
	"unicode/utf8"
)

// The Arabic stemmer knows an article and some prefixes, but not those that are
// joined: والصاروخ is "and the missile". And it takes the beginning of a bare noun
// for a prefix (باليستي), which it does not where the noun has its article. So the
// stems of a word are that of the word as it stands, and those of the word without
// what may be joined to it, each with the article.
const arabicArticle = "ال"

// clitics are words of one letter that are written together with the next: and,
// so; in, as, to. Fewest is how many letters there must be behind them, for they
// are the beginnings of other words, too.
var clitics = []struct {
	letter string
	fewest int
	prep   bool // stands behind the others
}{
	{"و", 3, false}, {"ف", 4, false}, {"ب", 4, true}, {"ك", 4, true}, {"ل", 4, true},
}

// spokenArabic are the words of which a token of a text may be an inflection.
func spokenArabic(word string) []string {
	bare := singular(word)
	for _, prep := range []bool{false, true} {
		for _, w := range bare {
			bare = append(bare, withoutClitic(w, prep)...)
		}
	}
	for _, w := range bare {
		if rest, ok := strings.CutPrefix(w, arabicArticle); ok && utf8.RuneCountInString(rest) >= 3 {
			bare = append(bare, rest)
		}
	}
	for i, w := range bare {
		bare[i] = arabicArticle + w
	}
	return append(bare, word)
}

func withoutClitic(word string, prep bool) (out []string) {
	for _, c := range clitics {
		if rest, ok := strings.CutPrefix(word, c.letter); ok && c.prep == prep && utf8.RuneCountInString(rest) >= c.fewest {
			out = append(out, rest)
		}
	}
	// للصاروخ: the article has lost its first letter behind to.
	if rest, ok := strings.CutPrefix(word, "لل"); ok && prep && utf8.RuneCountInString(rest) >= 3 {
		out = append(out, rest)
	}
	return out
}

// singular is a word, and what it is one of: طائرتين are two of طائرة.
func singular(word string) []string {
	for _, dual := range [...]string{"تين", "تان"} {
		if rest, ok := strings.CutSuffix(word, dual); ok && utf8.RuneCountInString(rest) >= 3 {
			return []string{word, rest + "ة"}
		}
	}
	return []string{word}
}

// askedArabic are the forms that a word of a query is looked for by.
func askedArabic(word string) []string {
	bare := strings.TrimPrefix(word, arabicArticle)
	if utf8.RuneCountInString(bare) < 3 {
		bare = word
	}
	return []string{word, arabicArticle + bare}
}
