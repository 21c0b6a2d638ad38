package filter

import (
	"slices"
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
		bare = append(bare, accusative(w)...)
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
			out = append(append(out, rest), withoutPronoun(rest, c.fewest)...)
		}
	}
	// للصاروخ: the article has lost its first letter behind to.
	if rest, ok := strings.CutPrefix(word, "لل"); ok && prep && utf8.RuneCountInString(rest) >= 3 {
		out = append(out, rest)
	}
	return out
}

// pronouns are those that are written together with the noun before them: his, her,
// their, your, our. The stemmer takes them off, but not where a clitic is left before
// an alef (واعتراضها).
var pronouns = [...]string{"هما", "ها", "هم", "هن", "كم", "نا", "ه"}

// withoutPronoun is a word behind a clitic, without the pronoun at its end. As many
// letters must be left as the clitic asks for: فريقها is no ريق.
func withoutPronoun(word string, fewest int) []string {
	for _, p := range pronouns {
		if rest, ok := strings.CutSuffix(word, p); ok && utf8.RuneCountInString(rest) >= fewest {
			return []string{rest}
		}
	}
	return nil
}

// singular is a word, and what it is one of: طائرتين are two of طائرة.
func singular(word string) []string {
	for _, dual := range [...]string{"تين", "تان"} {
		if rest, ok := strings.CutSuffix(word, dual); ok && utf8.RuneCountInString(rest) >= 3 {
			return []string{word, rest + "ة"}
		}
	}
	// وزيرا, of a noun that the stemmer takes the beginning off.
	if rest, ok := strings.CutSuffix(word, "ا"); ok && strings.ContainsAny(word[:2], "وفبكل") && !strings.HasSuffix(rest, "ي") && utf8.RuneCountInString(rest) >= 3 {
		return []string{word, rest}
	}
	return []string{word}
}

// accusative is the adjective of which a bare word is the accusative, if it may be
// one: نوويا of نووي. The stemmer leaves that alef where it is.
func accusative(word string) []string {
	rest, ok := strings.CutSuffix(word, "ا")
	if !ok || !strings.HasSuffix(rest, "ي") || utf8.RuneCountInString(rest) < 4 || slices.Contains(landsInAlef, word) {
		return nil
	}
	return []string{rest}
}

// landsInAlef are names that end like such an adjective, and whose adjective is
// another word: روسيا is Russia, and روسي Russian. As folded, alef has no hamza.
var landsInAlef = strings.Fields(`
	روسيا سوريا ليبيا تركيا كوريا اسيا المانيا ايطاليا اسبانيا بريطانيا اوكرانيا رومانيا بلغاريا البانيا
	صربيا ليتوانيا لاتفيا استونيا سلوفاكيا سلوفينيا كرواتيا مقدونيا بولونيا مولدوفيا جورجيا ارمينيا
	استراليا اندونيسيا ماليزيا منغوليا كمبوديا اثيوبيا اريتريا نيجيريا كينيا تنزانيا زامبيا ناميبيا
	غامبيا ليبيريا موريتانيا كولومبيا بوليفيا كاليفورنيا فرجينيا افريقيا بيلاروسيا`)

// askedArabic are the stems by which a word of a query is looked for. Of the bare word
// the stemmer's stem counts only where it has left the beginning alone: بكين (Beijing)
// begins with no "in". But بالصواريخ has an article behind what is joined to it.
func askedArabic(stem func(string) string, word string) []string {
	bare := strings.TrimPrefix(word, arabicArticle)
	if utf8.RuneCountInString(bare) < 3 {
		bare = word
	}
	stems := []string{stem(arabicArticle + bare)}
	if plain := stem(word); strings.HasPrefix(word, plain) || bare != word || joinedArticle(word) {
		stems = append(stems, plain)
	}
	return stems
}

// joinedArticle reports whether a word has the article behind a clitic.
func joinedArticle(word string) bool {
	_, size := utf8.DecodeRuneInString(word)
	return strings.HasPrefix(word[size:], arabicArticle) || strings.HasPrefix(word, "لل")
}
