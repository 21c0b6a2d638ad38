package filter

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"dewline"

	"pgregory.net/rapid"
)

// A pattern is matched as the expression that it abbreviates.
func TestGlob(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		letters := []string{"a", "b", "ж", string(wildMany), string(wildOne)}
		draw := func(from []string) string {
			return strings.Join(rapid.SliceOfN(rapid.SampledFrom(from), 0, 12).Draw(t, "letters"), "")
		}
		pattern, word := draw(letters), draw(letters[:3])
		like := strings.NewReplacer(string(wildMany), ".*", string(wildOne), ".").Replace(pattern)
		want := regexp.MustCompile("^(" + like + ")$").MatchString(word)
		if got := glob(pattern, word); got != want {
			t.Fatalf("%s in %s: %v", like, word, got)
		}
		if got := glob(canonical(pattern), word); got != want {
			t.Fatalf("%s in %s, written %q: %v", like, word, canonical(pattern), got)
		}
	})
}

// The table finds every pattern that a word fits, and tries few others.
func TestWildTable(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var table wildTable
		var patterns []string
		for range rapid.IntRange(1, 20).Draw(t, "patterns") {
			p := canonical(strings.Join(rapid.SliceOfN(rapid.SampledFrom([]string{"a", "b", "ж", string(wildMany), string(wildOne)}), 0, 8).Draw(t, "p"), "") + string(wildMany))
			table.add(atom(len(patterns)), p)
			patterns = append(patterns, p)
		}
		word := strings.Join(rapid.SliceOfN(rapid.SampledFrom([]string{"a", "b", "ж"}), 1, 10).Draw(t, "word"), "")
		found := make(map[atom]bool)
		for _, a := range table.of(nil, word) {
			found[a] = true
		}
		for a, p := range patterns {
			if found[atom(a)] != glob(p, word) {
				t.Fatalf("%q in %q: found %v", p, word, found[atom(a)])
			}
		}
	})
}

// A pattern and a word that are made for it to take long do not.
func TestGlobIsBounded(t *testing.T) {
	pattern := strings.Repeat("a"+string(wildMany), 100) + "b"
	if glob(pattern, strings.Repeat("a", 10_000)) {
		t.Error("it matches")
	}
}

// Of ten thousand rules with wildcards those that a word fits are found.
func TestManyWildcards(t *testing.T) {
	var queries []string
	for i := range 10_000 {
		queries = append(queries, fmt.Sprintf([]string{"x%dy*", "*x%dy", "*x%dy*", "x%d*z", "x%d?y"}[i%5], i))
	}
	n, matches := checks(t, &dewline.Item{Content: "x0yes nox1y anx2yes x3andz x4ay test"}, queries...)
	if matches != 5 || n > 20 {
		t.Errorf("%d matches by %d comparisons", matches, n)
	}
}
