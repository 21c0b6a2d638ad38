package config

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/agnivade/levenshtein"
)

// Nearest is the known word that was most likely meant, or nothing where none
// is near: a third of the letters may differ, at least two.
func Nearest(word string, known []string) string {
	const longest = 64
	length := utf8.RuneCountInString(word)
	if length > longest {
		return ""
	}
	best, distance := "", max(2, length/3)+1
	for _, k := range slices.Sorted(slices.Values(known)) {
		if d := levenshtein.ComputeDistance(strings.ToLower(word), strings.ToLower(k)); d < distance && d < utf8.RuneCountInString(k) {
			best, distance = k, d
		}
	}
	return best
}

// didYouMean is a hint that names the nearest known word, else all of them.
func didYouMean(word string, known []string, none string) string {
	if near := Nearest(word, known); near != "" {
		return "did you mean " + quoted(near) + "?"
	}
	if len(known) == 0 {
		return none
	}
	const shown = 20
	sortedKnown := slices.Compact(slices.Sorted(slices.Values(known)))
	list := strings.Join(sortedKnown[:min(shown, len(sortedKnown))], ", ")
	if len(sortedKnown) > shown {
		list += ", …"
	}
	return "known here: " + list
}

func quoted(s string) string { return "`" + s + "`" }
