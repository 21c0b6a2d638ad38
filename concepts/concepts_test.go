package concepts

import (
	"strings"
	"testing"

	"golang.org/x/text/language"
)

// languages are those in which every concept has terms.
var languages = strings.Fields("en ru uk zh ko ja ar he fa tr de fr es pl")

// Every file is a concept of its name, with terms in every language, none twice,
// each with its source. That the terms are queries, and what they find, is tested
// in cmd, which knows the query language too.
func TestBuiltin(t *testing.T) {
	all, err := Builtin()
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, c := range all {
		names = append(names, c.Name)
		if c.Title == "" || c.Description == "" {
			t.Errorf("%s has no title or no description", c.Name)
		}
		seen, langs := make(map[string]bool), make(map[string]bool)
		for _, term := range c.Terms {
			if term.Source == "" {
				t.Errorf("%s: %s has no source", c.Name, term.Query)
			}
			if _, err := language.Parse(term.Lang); err != nil {
				t.Errorf("%s: %s: language %q: %v", c.Name, term.Query, term.Lang, err)
			}
			if seen[term.Query] {
				t.Errorf("%s: %s stands there twice", c.Name, term.Query)
			}
			seen[term.Query], langs[term.Lang] = true, true
		}
		for _, lang := range languages {
			if !langs[lang] {
				t.Errorf("%s has no term in %s", c.Name, lang)
			}
		}
	}
	const want = "air-defence arms-control ballistic-missile hypersonic military-exercise missile-defence nuclear-weapons space-weapons"
	if got := strings.Join(names, " "); got != want {
		t.Errorf("concepts: %s, want %s", got, want)
	}
}

func BenchmarkBuiltin(b *testing.B) {
	for b.Loop() {
		if _, err := readAll(); err != nil {
			b.Fatal(err)
		}
	}
}
