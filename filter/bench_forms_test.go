package filter

import (
	"fmt"
	"testing"

	"dewline"
)

// benchForm makes the n-th rule of one form of the language. Each is as selective
// as a rule of its kind.
var benchForms = []struct {
	name string
	rule func(w *benchWords, n int) string
}{
	{"words", func(w *benchWords, _ int) string { return w.rarest() }},
	{"near", func(w *benchWords, n int) string { return fmt.Sprintf("%s NEAR/%d %s", w.rare(), 1+n%20, w.rare()) }},
	{"near-groups", func(w *benchWords, n int) string {
		return fmt.Sprintf("(%s OR %s) ONEAR/%d (%s OR %s)", w.rare(), w.rare(), 1+n%20, w.rare(), w.rare())
	}},
	{"prefix", func(w *benchWords, _ int) string { return w.rarest() + "*" }},
	{"suffix", func(w *benchWords, _ int) string { return "*" + w.rarest() }},
	{"infix", func(w *benchWords, _ int) string { return "*" + w.rarest() + "*" }},
	{"expression", func(w *benchWords, _ int) string { return "/" + w.rarest() + "-?[0-9]*/" }},
}

// BenchmarkForms is the cost of ten thousand rules of each form of the language,
// beside that of ten: of the languages that write spaces, for in Chinese there are
// no wildcards.
func BenchmarkForms(b *testing.B) {
	langs := benchLanguages()[:2]
	items := benchItems(langs, 500)
	for _, form := range benchForms {
		for _, n := range []int{10, 10_000} {
			var rules []dewline.Rule
			for i := range n {
				rules = append(rules, dewline.Rule{Query: form.rule(langs[i%len(langs)], i)})
			}
			compiled := mustCompile(b, rules...)
			b.Run(fmt.Sprintf("%s=%d", form.name, n), func(b *testing.B) {
				benchRun(b, items, func(it *dewline.Item) int { return len(compiled.Match(it)) })
			})
		}
	}
}

// BenchmarkUnanchored is an expression that has to be looked for in every item.
func BenchmarkUnanchored(b *testing.B) {
	langs := benchLanguages()[:2]
	items := benchItems(langs, 500)
	rules := mustCompile(b, dewline.Rule{Query: "/[a-z]-[0-9]/"})
	benchRun(b, items, func(it *dewline.Item) int { return len(rules.Match(it)) })
}

// BenchmarkConcepts is a hundred rules that use concepts of three hundred terms.
func BenchmarkConcepts(b *testing.B) {
	langs := benchLanguages()[:2]
	items := benchItems(langs, 500)
	var terms []string
	for range 300 {
		terms = append(terms, langs[len(terms)%2].rarest())
	}
	c, err := Define([]dewline.Concept{concept("c", terms...)})
	if err != nil {
		b.Fatal(err)
	}
	var rules []dewline.Rule
	for i := range 100 {
		rules = append(rules, dewline.Rule{Query: "@c NEAR/20 " + langs[i%2].rare()})
	}
	compiled, err := c.Compile(rules)
	if err != nil {
		b.Fatal(err)
	}
	benchRun(b, items, func(it *dewline.Item) int { return len(compiled.Match(it)) })
}
