package filter

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"dewline"

	"pgregory.net/rapid"
)

// The pieces are few, so that terms and texts meet often, and are made to be
// confused: inflections, variants, prefixes, parts of one another.
var (
	somePieces = []string{
		"anti", "missile", "missiles", "Missile's", "antimissile", "test", "tests", "tested", "us", "US", "U.S.", "a", "b", "ab",
		"lancer", "lance", "lancent", "Rakete", "Raketen", "désarmé", "desarme",
		"ракета", "ракетой", "ПРО", "про", "анти", "ё", "е", "صاروخ", "صَارُوخ", "والصاروخ", "للصاروخ", "باليستي", "الباليستية", "the", "der", "les",
		"反", "导", "導", "弹", "反导", "ミサイル", "ﾐｻｲﾙ", "ข", "ขี", "사", "드", "사드", "사드를", "요격", "미사일", "요격미사일", "방어",
		"s", "S", "400", "400s", "s400", "F-16s", "1,000", "mr", "gen", "x\u0301", "ﬁ", "ß", "é", "𝐚", "\u200b", "™", "\xff",
	}
	someGaps = []string{
		" ", " ", " ", "-", "-", "", "", "–", " - ", ", ", ". ", ".", ": ", ":", "\n", "\r\n", "\n\n", "\u2029", "\u00ad", "'", "’", "/",
		" (", ") ", "。", "?! ", "\u00a0", "・",
	}
	someExpressions = []string{
		"s-?[34]00", "missiles?", "missile|missiles", "Anti.?Missile", "(mis|la)[a-z]*e", "test.*missile", "ракет[аы]?", "РАКЕТА|про", "导弹?", "사드",
		"요격 ?미사일", "u.s.", "[a-z]{2,3}", "mis+ile.{1,9}test", "[ab]+", "[^a]us", ".?400s?", "(a|ab)(b|us)?", "gen. (a|b)", "a b", "lance(r|nt)?", "ss",
	}
	someLanguages = []string{"", "en", "ru", "fr", "de", "fr-CA", "xx", "ar"}
)

func drawText(t *rapid.T, name string, most int) string {
	var b strings.Builder
	for range rapid.IntRange(0, most).Draw(t, name) {
		b.WriteString(rapid.SampledFrom(somePieces).Draw(t, "piece"))
		b.WriteString(rapid.SampledFrom(someGaps).Draw(t, "gap"))
	}
	return b.String()
}

func drawItem(t *rapid.T) *dewline.Item {
	it := &dewline.Item{
		Title: drawText(t, "title", 6), Summary: drawText(t, "summary", 10), Content: drawText(t, "content", 40),
		Language: rapid.SampledFrom(someLanguages).Draw(t, "language"), Version: 1,
	}
	for range rapid.IntRange(0, 3).Draw(t, "authors") {
		it.Authors = append(it.Authors, drawText(t, "author", 2))
	}
	it.Feed.Tags = []string{rapid.SampledFrom([]string{"uk", "us"}).Draw(t, "tag")}
	return it
}

func drawQuery(t *rapid.T, depth int) string {
	kind := rapid.IntRange(0, 20).Draw(t, "kind")
	if depth == 0 {
		kind %= 10
	}
	piece := func() string { return rapid.SampledFrom(somePieces).Draw(t, "word") }
	switch kind {
	case 0, 1:
		return piece()
	case 2:
		return piece() + "-" + piece()
	case 3:
		return `"` + drawText(t, "phrase", 4) + `"`
	case 4:
		return "=" + piece()
	case 5:
		return rapid.SampledFrom(fieldNames[:]).Draw(t, "field") + ":" + piece()
	case 6:
		return drawWild(t)
	case 7:
		return rapid.SampledFrom([]string{drawWild(t) + "-" + piece(), piece() + "-" + drawWild(t), `"` + drawWild(t) + " " + piece() + `"`}).Draw(t, "wild")
	case 8, 9:
		return "/" + rapid.SampledFrom(someExpressions).Draw(t, "expression") + "/"
	case 16:
		return `="` + piece() + rapid.SampledFrom(someGaps).Draw(t, "gap") + piece() + `"`
	case 17:
		return "title:(" + piece() + " OR " + piece() + ")"
	case 18, 19:
		return "(" + drawQuery(t, depth-1) + " OR " + drawQuery(t, depth-1) + ")"
	case 10, 11:
		return "(" + drawQuery(t, depth-1) + " " + drawQuery(t, depth-1) + ")"
	case 12, 13, 14, 15:
		return "(" + drawNear(t) + ")"
	}
	return "NOT " + drawQuery(t, depth-1)
}

// drawWild draws a piece with wildcards in it.
func drawWild(t *rapid.T) string {
	word := []rune(rapid.SampledFrom(somePieces).Draw(t, "word"))
	var b strings.Builder
	for i := 0; i <= len(word); i++ {
		switch rapid.IntRange(0, 5).Draw(t, "wildcard") {
		case 0:
			b.WriteRune('*')
			i += rapid.IntRange(0, 2).Draw(t, "instead of")
		case 1:
			b.WriteRune('?')
			continue
		}
		if i < len(word) {
			b.WriteRune(word[i])
		}
	}
	return b.String()
}

// drawNear draws a chain of up to four operands.
func drawNear(t *rapid.T) string {
	var b strings.Builder
	for i := range rapid.IntRange(2, 4).Draw(t, "operands") {
		if i > 0 {
			op := rapid.SampledFrom([]string{" NEAR/%d ", " NEAR/%d ", " ONEAR/%d "}).Draw(t, "near")
			fmt.Fprintf(&b, op, rapid.SampledFrom([]int{1, 1, 2, 3, 5, 20, 100}).Draw(t, "distance"))
		}
		operand := drawQuery(t, 0)
		if rapid.Bool().Draw(t, "alternatives") {
			operand = "(" + operand + " OR " + drawQuery(t, 0) + ")"
		}
		b.WriteString(operand)
	}
	return b.String()
}

func drawRules(t *rapid.T) []dewline.Rule {
	var rules []dewline.Rule
	for range rapid.IntRange(1, 12).Draw(t, "rules") {
		r := dewline.Rule{Name: string(rune('a' + len(rules))), Query: drawQuery(t, 3)}
		if rapid.IntRange(0, 4).Draw(t, "tagged") == 0 {
			r.Tags = []string{"uk"}
		}
		if _, err := Parse(r.Query); err == nil {
			rules = append(rules, r)
		}
	}
	return rules
}

// The index skips no rule that holds, finds no rule that does not, and finds the
// same words in the same places as a judgement without any index.
func TestMatchIsTheReference(t *testing.T) {
	matched := 0
	for range 10 {
		rapid.Check(t, func(t *rapid.T) {
			rules := drawRules(t)
			compiled, err := Compile(rules)
			if err != nil {
				t.Fatal(err)
			}
			for range 8 { // with one scratch
				it := drawItem(t)
				got, want := compiled.Match(it), refMatch(rules, it)
				if !reflect.DeepEqual(got, want) {
					t.Fatalf("item %+v\nrules %+v\ngot  %+v\nwant %+v", it, rules, got, want)
				}
				matched += len(want)
			}
		})
	}
	if matched < 1000 {
		t.Errorf("only %d matches were compared: the generator draws too little that meets", matched)
	}
	t.Logf("%d matches compared", matched)
}
