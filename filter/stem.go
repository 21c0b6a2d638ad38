package filter

import (
	"strings"
	"unicode"
	"unicode/utf8"

	snowball "github.com/blevesearch/snowballstem"
	"github.com/blevesearch/snowballstem/arabic"
	"github.com/blevesearch/snowballstem/danish"
	"github.com/blevesearch/snowballstem/dutch"
	"github.com/blevesearch/snowballstem/english"
	"github.com/blevesearch/snowballstem/finnish"
	"github.com/blevesearch/snowballstem/french"
	"github.com/blevesearch/snowballstem/german"
	"github.com/blevesearch/snowballstem/hungarian"
	"github.com/blevesearch/snowballstem/italian"
	"github.com/blevesearch/snowballstem/norwegian"
	"github.com/blevesearch/snowballstem/portuguese"
	"github.com/blevesearch/snowballstem/romanian"
	"github.com/blevesearch/snowballstem/russian"
	"github.com/blevesearch/snowballstem/spanish"
	"github.com/blevesearch/snowballstem/swedish"
	"github.com/blevesearch/snowballstem/turkish"
)

// stemmer is one language's way to leave inflections out (snowballstem.org).
type stemmer uint8

const (
	stemEnglish stemmer = iota
	stemRussian
	stemArabic
	stemDanish
	stemDutch
	stemFinnish
	stemFrench
	stemGerman
	stemHungarian
	stemItalian
	stemNorwegian
	stemPortuguese
	stemRomanian
	stemSpanish
	stemSwedish
	stemTurkish
	stemPersian // not one of Snowball's
	stemmers
)

var stemFuncs = [stemmers]func(*snowball.Env) bool{
	english.Stem, russian.Stem, arabic.Stem, danish.Stem, dutch.Stem, finnish.Stem, french.Stem, german.Stem, hungarian.Stem,
	italian.Stem, norwegian.Stem, portuguese.Stem, romanian.Stem, spanish.Stem, swedish.Stem, turkish.Stem, stemPersian: nil,
}

// latin are the languages of the Latin script, by their BCP 47 language subtag.
var latin = map[string]stemmer{
	"en": stemEnglish, "da": stemDanish, "nl": stemDutch, "fi": stemFinnish, "fr": stemFrench, "de": stemGerman, "hu": stemHungarian,
	"it": stemItalian, "nb": stemNorwegian, "nn": stemNorwegian, "no": stemNorwegian, "pt": stemPortuguese, "ro": stemRomanian,
	"es": stemSpanish, "sv": stemSwedish, "tr": stemTurkish,
}

// stem leaves the inflection of a folded word out. The result may be shared with
// env; it is valid until env's next use.
func (s stemmer) stem(env *snowball.Env, folded string) string {
	switch s {
	case stemPersian:
		return persianStem(folded)
	case stemRussian:
		folded = russianEnding(folded)
	case stemTurkish:
		folded = turkishLetters(folded)
	}
	env.SetCurrent(folded)
	stemFuncs[s](env)
	stem := foldStem(env.Current())
	switch {
	case s == stemEnglish:
		return designation(stem)
	case len(stem) < shortestStem:
		return folded
	}
	return stem
}

// shortestStem is in bytes. Less tells one word from another no more: of Iron Beam the
// Hungarian stemmer leaves ir and be.
const shortestStem = 3

// queryStems are the stems by which a word of a query is looked for.
func (s stemmer) queryStems(env *snowball.Env, folded string) []string {
	stem := func(word string) string { return strings.Clone(s.stem(env, word)) }
	switch s {
	case stemRussian:
		return askedRussian(stem, folded)
	case stemArabic:
		return askedArabic(stem, folded)
	case stemTurkish:
		return append(askedTurkish(folded), stem(folded))
	}
	return []string{stem(folded)}
}

// textStems are the stems that a word of a text has. A query's word is found where
// one of its own is among them.
func (s stemmer) textStems(env *snowball.Env, folded string) []string {
	stem := func(word string) string { return strings.Clone(s.stem(env, word)) }
	switch s {
	case stemRussian:
		return russianStems(stem, folded)
	case stemArabic:
		return each(spokenArabic(folded), stem)
	case stemPersian:
		return spokenPersian(folded)
	case stemTurkish:
		return turkishNouns([]string{stem(folded)}, folded)
	}
	return []string{stem(folded)}
}

// each stems every form of a word.
func each(forms []string, stem func(string) string) []string {
	for i, form := range forms {
		forms[i] = stem(form)
	}
	return forms
}

// designation takes the plural off what the English stemmer takes for no word:
// F-16s, SLBMs.
func designation(stem string) string {
	n := len(stem) - 1
	if n < 1 || stem[n] != 's' || stem[n-1] == 's' {
		return stem
	}
	if c := stem[n-1]; c >= '0' && c <= '9' || n >= 3 && !strings.ContainsAny(stem, "aeiouy") {
		return stem[:n]
	}
	return stem
}

// foldStem folds again what a stemmer wrote: some write letters with marks.
func foldStem(stem string) string {
	for i := range len(stem) {
		if stem[i] >= utf8.RuneSelf {
			if r, _ := utf8.DecodeRuneInString(stem[i:]); r < 0x250 {
				var b strings.Builder
				for _, r := range stem {
					b.WriteRune(foldMarks(r))
				}
				return b.String()
			}
			return stem
		}
	}
	return stem
}

// maxStemmed is the length of the longest word that is stemmed. Longer ones are no
// words of a language, and are found as they are written.
const maxStemmed = 64

// script says whose stemmers a word is for.
type script uint8

const (
	scriptOther script = iota // has no stemmer
	scriptLatin
	scriptCyrillic
	scriptArabic
	scriptGreek
)

func scriptOf(folded string) script {
	if len(folded) > maxStemmed {
		return scriptOther
	}
	r, _ := utf8.DecodeRuneInString(folded)
	switch {
	case r >= '0' && r <= '9' || r >= 'a' && r <= 'z', unicode.Is(unicode.Latin, r):
		return scriptLatin
	case unicode.Is(unicode.Cyrillic, r):
		return scriptCyrillic
	case unicode.Is(unicode.Arabic, r):
		return scriptArabic
	}
	return scriptOther
}

// reads reports whether the stemmer is for words of this one's script.
func (s stemmer) reads(folded string) bool {
	switch scriptOf(folded) {
	case scriptLatin:
		return s != stemRussian && s != stemArabic && s != stemPersian
	case scriptCyrillic:
		return s == stemRussian
	case scriptArabic:
		return s == stemArabic || s == stemPersian
	}
	return false
}

// languages are the stemmers that a text's words are looked at with, by script.
type languages struct {
	latin [2]stemmer // English, which is quoted everywhere, and the text's own
	n     int
	// persian says that words of the Arabic script are not Arabic ones.
	persian bool
}

// languagesOf reads an item's language. A text that claims none, or one of another
// script, may hold English words; a Cyrillic word is stemmed as Russian, and
// Ukrainian as its kin.
func languagesOf(tag string) languages {
	if own, ok := latin[baseTag(tag)]; ok && own != stemEnglish {
		return languages{latin: [2]stemmer{stemEnglish, own}, n: 2}
	}
	return languages{latin: [2]stemmer{stemEnglish}, n: 1, persian: persian[baseTag(tag)]}
}

// baseTag is the language of a tag: of en-GB it is en.
func baseTag(tag string) string {
	base, _, _ := strings.Cut(tag, "-")
	base, _, _ = strings.Cut(base, "_")
	return strings.ToLower(base)
}

// own is the stemmer of the text's language, by which texts differ.
func (l *languages) own() stemmer {
	if l.persian {
		return stemPersian
	}
	return l.latin[l.n-1]
}

// of are the stemmers for a word of this text.
func (l *languages) of(folded string) []stemmer {
	switch scriptOf(folded) {
	case scriptLatin:
		return l.latin[:l.n]
	case scriptCyrillic:
		return russianOnly
	case scriptArabic:
		if l.persian {
			return persianOnly
		}
		return arabicOnly
	}
	return nil
}

var (
	russianOnly = []stemmer{stemRussian}
	arabicOnly  = []stemmer{stemArabic}
	persianOnly = []stemmer{stemPersian}
)
