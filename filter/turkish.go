package filter

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// The Turkish stemmer goes by vowel harmony, and knows ı from i and ö from o. A folded
// word has lost them: savunması is savunmasi. They are put back as the harmony has
// them; what a stem ends with matters, not whether the letters before are right, for
// stems are folded again.
func turkishLetters(folded string) string {
	letters := []rune(folded)
	front := frontVowels(letters)
	for i, r := range letters {
		switch {
		case r == 'i' && !front[i]:
			letters[i] = 'ı'
		case r == 'o' && front[i]:
			letters[i] = 'ö'
		case r == 'u' && front[i]:
			letters[i] = 'ü'
		case r == 'g' && i > 0 && turkishVowel(letters[i-1]):
			letters[i] = 'ğ' // uçağı, of uçak
		}
	}
	return string(letters)
}

func turkishVowel(r rune) bool { return strings.ContainsRune("aeiouıöü", r) }

// frontVowels says which vowels are front: i by the vowel before it, the first vowels,
// and o and u, by the next that tells.
func frontVowels(letters []rune) []bool {
	front := make([]bool, len(letters))
	next, known := false, false
	for i := len(letters) - 1; i >= 0; i-- {
		switch letters[i] {
		case 'a':
			next, known = false, true
		case 'e':
			front[i], next, known = true, true, true
		case 'o', 'u':
			front[i] = known && next
		case 'i':
			front[i] = !known || next
		}
	}
	before, seen := false, false
	for i, r := range letters {
		switch r {
		case 'a', 'e', 'o', 'u':
			before, seen = front[i], true
		case 'i':
			if seen {
				front[i] = before
			}
			before, seen = front[i], true
		}
	}
	return front
}

// The stemmer takes the end of many a bare noun for an ending (füze, sistem), so a
// word of a text has other stems, too: what is left when a noun's endings are taken
// off, of its case, of whose it is, and of the plural.
var (
	turkishCases = []string{
		"", "i", "u", "yi", "yu", "ni", "nu", "e", "a", "ye", "ya", "ne", "na", "de", "da", "te", "ta", "nde", "nda", "den", "dan", "ten", "tan",
		"nden", "ndan", "in", "un", "nin", "nun", "le", "la", "yle", "yla",
	}
	turkishOwners  = []string{"", "i", "u", "si", "su", "im", "um", "imiz", "umuz", "iniz", "unuz"}
	turkishPlurals = []string{"", "ler", "lar"}
)

// turkishNouns adds the stems of a folded word as a noun.
func turkishNouns(stems []string, folded string) []string {
	for _, c := range turkishCases {
		cased, ok := strings.CutSuffix(folded, c)
		if !ok {
			continue
		}
		for _, o := range turkishOwners {
			owned, ok := strings.CutSuffix(cased, o)
			if !ok {
				continue
			}
			for _, p := range turkishPlurals {
				if stem, ok := strings.CutSuffix(owned, p); ok && turkishStem(stem, len(folded)-len(stem)) {
					stems = append(stems, stem, hardened(stem))
				}
			}
		}
	}
	slices.Sort(stems)
	return slices.Compact(stems)
}

// turkishStem reports whether a stem is long enough for the endings taken off it.
func turkishStem(stem string, endings int) bool {
	return endings == 0 || len(stem) > 3 || len(stem) == 3 && endings > 2
}

// hardened is a stem as it is without endings: its last consonant was softened before
// a vowel (uçağı, of uçak).
func hardened(stem string) string {
	end := len(stem) - 1
	switch stem[end] {
	case 'g':
		return stem[:end] + "k"
	case 'b':
		return stem[:end] + "p"
	case 'd':
		return stem[:end] + "t"
	}
	return stem
}

// askedTurkish are the stems by which a word of a query is looked for: itself, and what
// it is the plural of.
func askedTurkish(folded string) []string {
	for _, p := range [...]string{"ler", "lar", "leri", "lari"} {
		if stem, ok := strings.CutSuffix(folded, p); ok && len(stem) >= 3 {
			return []string{folded, stem}
		}
	}
	return []string{folded}
}

// turkishText reports whether a text of a few words is Turkish by its letters, or by an
// ending that no other language has: from or of several (füzelerden).
func turkishText(s string) bool {
	if strings.ContainsAny(s, "ığİĞ") {
		return true
	}
	begin := 0 // of the word
	for i := 0; i <= len(s); i++ {
		if i < len(s) && (s[i] >= utf8.RuneSelf || asciiWord[s[i]] >= 'a') {
			continue
		}
		if manyOf(s[begin:i]) {
			return true
		}
		begin = i + 1
	}
	return false
}

// manyOf reports whether a word ends so.
func manyOf(word string) bool {
	for _, plural := range [...]string{"lerden", "lardan", "lerinden", "lerinin"} {
		if n := len(word) - len(plural); n >= 3 && strings.EqualFold(word[n:], plural) {
			return true
		}
	}
	return false
}
