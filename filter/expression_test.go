package filter

import (
	"fmt"
	"regexp/syntax"
	"slices"
	"strings"
	"testing"

	"dewline"

	"pgregory.net/rapid"
)

// A folded text has the words that the scanner cuts, at the same places.
func TestFoldedTextIsTheScanners(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := drawText(t, "text", 30)
		var folded foldedText
		folded.add(s)
		cut := newTokens()
		cut.scanner.scan(s, 0)
		var want []rune
		for _, tok := range cut.list {
			want = append(want, []rune(strings.TrimPrefix(tok.text, endingMark))...)
		}
		var got []rune
		for i, r := range folded.runes {
			if folded.kinds[i] != 0 {
				got = append(got, r)
			}
			if folded.from[i] >= folded.to[i] || i > 0 && folded.from[i] < folded.from[i-1] {
				t.Fatalf("%q: character %d stands at %d-%d", s, i, folded.from[i], folded.to[i])
			}
		}
		if !slices.Equal(got, want) {
			t.Fatalf("%q: letters %q, want %q", s, string(got), string(want))
		}
		for _, tok := range cut.list {
			at := slices.Index(folded.from, tok.start)
			if at < 0 || folded.begins(at) == isEnding(tok.text) && tok.class != classHangul {
				t.Fatalf("%q: no word begins at %d", s, tok.start)
			}
			if tok.class == classHangul && folded.begins(at) != tok.opens {
				t.Fatalf("%q: %d opens a word: %v", s, tok.start, tok.opens)
			}
		}
	})
}

// Blocks are those of the scanner.
func TestFoldedTextBlocks(t *testing.T) {
	for s, want := range map[string]int{
		"a b": 0, "a\nb": 0, "a\r\nb": 0, "a\n\nb": 1, "a\r\n\r\nb": 1, "a \n \n b": 1, "a\u2029b": 1, "a\n-\nb": 1, "a\n.\nb\nc": 1, "a\vb\fc": 0,
	} {
		var folded foldedText
		folded.add(s)
		if got := strings.Count(string(folded.runes), string(blockEnd)); got != want {
			t.Errorf("%q: %d ends of blocks, want %d", s, got, want)
		}
	}
}

func TestRequiredPieces(t *testing.T) {
	for _, c := range []struct {
		expression string
		want       []string
	}{
		{"missile", []string{"missile"}},
		{"S-?[34]00", []string{"300", "400"}},
		{"anti-missile", []string{"missile"}},
		{"missile|rocket", []string{"missile", "rocket"}},
		{"missile|.x", nil},
		{"(anti)?missile", []string{"missile"}},
		{"(ab)+", []string{"ab"}},
		{"(ab){2,}c", []string{"ab"}},
		{"(ab){0,2}c", nil},
		{"a.b", nil},
		{"反导系统", []string{"反"}},
		{"导弹?", []string{"导"}},
		{"сам[оа]л[ёе]т", []string{"самалет", "самолет"}},
		{"missiles?", []string{"missile"}},
		{`\d{2}ab`, []string{"ab"}},
		{"[a-z]b", nil},
	} {
		re, err := syntax.Parse(c.expression, syntax.Perl|syntax.FoldCase)
		if err != nil {
			t.Fatal(err)
		}
		if got := requiredPieces(foldExpression(re)); !slices.Equal(got, c.want) {
			t.Errorf("%s requires one of %q, want %q", c.expression, got, c.want)
		}
	}
}

// Ten thousand expressions with required pieces cost what those cost whose pieces
// are there.
func TestManyExpressions(t *testing.T) {
	var queries []string
	for i := range 10_000 {
		queries = append(queries, fmt.Sprintf("/x%dy-?[0-9]+/", i))
	}
	rules := mustCompile(t, func() (r []dewline.Rule) {
		for _, q := range queries {
			r = append(r, dewline.Rule{Query: q})
		}
		return r
	}()...)
	it := &dewline.Item{Content: "x7y-400, x8y, x9y12, test"}
	if got := len(rules.Match(it)); got != 2 {
		t.Errorf("%d matches", got)
	}
	s := rules.take()
	if s.read(it); len(s.candidates) > 4 {
		t.Errorf("%d rules are looked at", len(s.candidates))
	}
}

// Texts and expressions that are made to take long do not.
func TestExpressionIsBounded(t *testing.T) {
	for _, c := range []struct{ query, text string }{
		{"/a(.*z)?/", strings.Repeat("a ", 1<<18)},
		{"/(a*)*b/", strings.Repeat("a", 1<<16)},
		{"/(a|aa)+b/", strings.Repeat("a", 1<<16)},
		{"/a.{0,200}b/", strings.Repeat("a ", 1<<14)},
	} {
		r := mustCompile(t, dewline.Rule{Query: c.query + " OR x"}, dewline.Rule{Query: "x OR " + c.query + " NEAR/5 a"})
		if got := len(r.Match(&dewline.Item{Content: c.text})); got > 2 {
			t.Errorf("%s: %d matches", c.query, got)
		}
	}
}

// An expression is looked for once, however many rules have it.
func TestExpressionIsJudgedOnce(t *testing.T) {
	r := mustCompile(t, dewline.Rule{Query: "/[a-z]-[0-9]/"}, dewline.Rule{Query: "x /[a-z]-[0-9]/"}, dewline.Rule{Query: "y OR /[a-z]-[0-9]/"})
	if len(r.terms) != 3 {
		t.Errorf("%d terms", len(r.terms))
	}
}

// ^ and $ are the ends of every block, and white space between two is part of neither.
func TestEndsOfBlocks(t *testing.T) {
	for _, c := range []struct {
		query, text string
		want        []string
	}{
		{"/test$/", "A test\n\nmore text", []string{"test"}},
		{"/test$/", "A test \r\n \r\n more text", []string{"test"}},
		{"/test$/", "A test\u2029more text", []string{"test"}},
		{"/test$/", "A test\n", []string{"test"}},
		{"/test$/", "A test\n\n", []string{"test"}},
		{"/test$/", "A test\nof it", nil},
		{"/^test$/", "x\n\ntest\n\ny", []string{"test"}},
		{"/^test/", "\n \ntest", []string{"test"}},
		{"/^test/", " \ttest", []string{"test"}},
		{"/^test/", "\n\na test", nil},
		{"/反导$/", "部署反导\n\n系统", []string{"反导"}},
		{"/test.*/", "a test of x\n\nmore", []string{"test of x"}},
		{"/test.*/", "a test of x\n", []string{"test of x"}},
		{"/.* of x/", "\n a test of x", []string{"a test of x"}},
		{`/a test\s/`, "a test\n\nb", nil},
		{"/a (test|x)/", "a\ntest", []string{"a\ntest"}},
	} {
		if got := found(t, c.query, c.text); !slices.Equal(got, c.want) {
			t.Errorf("%s in %q: found %q, want %q", c.query, c.text, got, c.want)
		}
	}
	if got := foundIn(t, "author:/doe$/", &dewline.Item{Authors: []string{"Jane Doe", "X"}}); !slices.Equal(got, []string{"Doe"}) {
		t.Errorf("found %q in two authors", got)
	}
}
