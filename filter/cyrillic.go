package filter

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// The Russian stemmer takes what ends like a verb for one: Иран for a past tense, so
// that its stem is another than that of Иране, and систем for an adjective. So each
// Cyrillic word has a second stem, by which it is a noun; and nouns in -ние, which
// look like participles without their ending (учения and учёный, вооружения and
// вооружённые), have that one alone.

// ukrainianEndings have letters that Russian has not; the longer come first. There
// is no Ukrainian stemmer, and the other endings are alike.
var ukrainianEndings = []struct{ own, russian string }{
	{"ією", "ией"}, {"іми", "ими"}, {"єю", "ей"}, {"ої", "ой"}, {"ії", "ии"}, {"ій", "ий"}, {"ів", "ов"}, {"їв", "ев"}, {"ію", "ию"},
	{"ія", "ия"}, {"ім", "им"}, {"іх", "их"}, {"єм", "ем"}, {"і", "и"}, {"ї", "и"}, {"є", "е"},
}

// russianEnding writes an ending that only Ukrainian has as its Russian kin.
func russianEnding(folded string) string {
	for _, e := range ukrainianEndings {
		if rest, ok := strings.CutSuffix(folded, e.own); ok {
			return rest + e.russian
		}
	}
	// протиповітряна: an adjective, where Russian would have a participle.
	for _, e := range [...]string{"на", "не"} {
		if strings.HasSuffix(folded, e) && strings.ContainsAny(folded, "іїєґ") {
			return strings.TrimSuffix(folded, e) + "ная"
		}
	}
	return folded
}

// verbalEndings stand behind the н of nouns in -ние and -ния.
var verbalEndings = []string{"и", "ие", "ия", "ию", "ий", "ии", "ием", "ией", "иям", "иями", "иях"}

// verbalNoun is the stem of a noun in -ание, -ение, -яние.
func verbalNoun(folded string) (string, bool) {
	for _, e := range verbalEndings[1:] {
		rest, ok := strings.CutSuffix(folded, e)
		if ok && (strings.HasSuffix(rest, "ан") || strings.HasSuffix(rest, "ен") || strings.HasSuffix(rest, "ян")) && len(rest) >= 2*3 {
			return rest + "и", true
		}
	}
	return "", false
}

// nounStem is a word without its vowel of case, which stands behind a consonant; of one
// that ends with a consonant the word itself. It is empty where that tells nothing.
func nounStem(folded string) string {
	if stem := vowelStem(folded); stem != "" {
		return stem
	}
	stem := withoutVowel(folded)
	r, _ := utf8.DecodeLastRuneInString(stem)
	if r == 'й' || strings.ContainsRune(cyrillicVowels, r) || utf8.RuneCountInString(stem) < 3 {
		return ""
	}
	return stem
}

// vowelStem is the stem of a noun that ends with a vowel: батаре of батарея and
// батарей, Кита of Китай and Китая. It is empty where the word is no such noun.
func vowelStem(folded string) string {
	for _, e := range [...]string{"я", "и", "е", "ю", "й", "ем", "ей", "ев", "ям", "ями", "ях"} {
		stem, ok := strings.CutSuffix(folded, e)
		if !ok {
			continue
		}
		letters := utf8.RuneCountInString(stem)
		switch r, _ := utf8.DecodeLastRuneInString(stem); r {
		case 'е':
			ok = letters >= 4 // not своей
		case 'а', 'о', 'у', 'ю':
			ok = letters >= 3
		default:
			ok = false
		}
		if ok {
			return stem
		}
	}
	return ""
}

const cyrillicVowels = "аеиоуыэюяіїє"

// withoutVowel is a word without the vowel, or soft sign, that it ends with.
func withoutVowel(folded string) string {
	r, size := utf8.DecodeLastRuneInString(folded)
	if r == 'ь' || strings.ContainsRune(cyrillicVowels, r) {
		return folded[:len(folded)-size]
	}
	return folded
}

// russianStems are the two stems of a word.
func russianStems(stem func(string) string, folded string) []string {
	if s, ok := verbalNoun(folded); ok {
		return []string{s}
	}
	stems := []string{stem(folded)}
	if noun := nounStem(russianEnding(folded)); noun != "" && noun != stems[0] {
		stems = append(stems, noun)
	}
	return stems
}

// askedRussian are the stems by which a word of a query is looked for: its own, and
// those of the forms in which a vowel comes or goes.
func askedRussian(stem func(string) string, folded string) []string {
	stems := russianStems(stem, folded)
	if len(stems) > 1 && looksPast(folded) {
		stems = stems[1:]
	}
	for _, form := range fleeting(folded) {
		stems = append(stems, russianStems(stem, form)...)
	}
	slices.Sort(stems)
	return slices.Compact(stems)
}

// looksPast reports endings that the stemmer takes for those of a verb: a query asks
// for Иран, генерал, ураган.
func looksPast(folded string) bool {
	for _, e := range [...]string{"ан", "ян", "ал", "ял"} {
		if strings.HasSuffix(folded, e) {
			return true
		}
	}
	return false
}

// fleeting are forms of a noun in which a vowel fleets: боеголовка, боеголовок; боец,
// бойца; огонь, огня. Most are no word at all: they do no harm.
func fleeting(folded string) (forms []string) {
	if utf8.RuneCountInString(folded) < 4 {
		return nil
	}
	base := withoutVowel(folded)
	for _, f := range fleetings {
		if rest, ok := strings.CutSuffix(folded, f.with); ok && f.fits(rest) {
			forms = append(forms, rest+f.without)
		}
		if rest, ok := strings.CutSuffix(base, withoutVowel(f.without)); ok && f.fits(rest) && base != folded {
			forms = append(forms, rest+f.with)
		}
	}
	return forms
}

// fleet is an ending with and without its vowel.
type fleet struct {
	with, without string
	vowel         bool // stands behind a vowel; else behind a consonant
}

var fleetings = []fleet{
	{"ок", "ка", false}, {"ек", "ка", false}, {"ек", "ька", false}, {"ек", "йка", true},
	{"ец", "ца", false}, {"ец", "ьца", false}, {"ец", "йца", true}, {"ець", "ця", false}, {"єць", "йця", true},
	{"онь", "ня", false}, {"ень", "ня", false},
}

func (f fleet) fits(rest string) bool {
	r, size := utf8.DecodeLastRuneInString(rest)
	return size > 0 && strings.ContainsRune(cyrillicVowels, r) == f.vowel
}
