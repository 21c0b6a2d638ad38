package config

import (
	"fmt"
	"strings"
	"testing"

	"dewline"

	"pgregory.net/rapid"
)

// A fault inside a query is shown where it was written, however YAML let it be
// written.
func TestPlaceInsideScalar(t *testing.T) {
	tests := []struct{ name, query, want string }{
		{"plain", `a BAD b`, "3:12"},
		{"plain over lines", "a OR\n      反导 BAD b", "4:10"},
		{"single quotes", `'it''s ''x'' BAD'`, "3:23"},
		{"single quotes over lines", "'a\n\n     b''\n     BAD'", "6:6"},
		{"double quotes", `"a\tb \u0041\x41 \"BAD"`, "3:29"},
		{"double quotes over lines", "\"a \\\n      反 BAD\"", "4:9"},
		{"folded", ">-\n      a OR\n      反导 OR BAD\n", "5:13"},
		{"folded with a blank line", ">-\n      a OR\n\n\n      BAD\n", "7:7"},
		{"folded with deeper lines", ">\n      a OR\n        b BAD\n", "5:11"},
		{"literal", "|\n      a OR\n       (b BAD)\n", "5:11"},
		{"literal with a comment", "| # why\n      BAD\n", "4:7"},
		{"variable before", "a ${DEWLINE_TEST} BAD", "3:28"},
		{"variable is wrong", "a ${DEWLINE_BAD} b", "3:12"},
		{"escaped variable before", "a $${x} BAD", "3:18"},
		{"anchor", "&q BAD", "3:13"},
	}
	t.Setenv("DEWLINE_TEST", "something else")
	t.Setenv("DEWLINE_BAD", "very BAD")
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			src := "feeds: [{url: 'https://a.example/'}]\nrules:\n- query: " + tt.query + "\n  name: x\n"
			got := faultsOf(src)
			if len(got) != 1 || got[0] != tt.want+" bad word" {
				t.Errorf("faults %q, want %s in\n%s", got, tt.want, src)
			}
		})
	}
}

// The same, for any words in any style: the character at the place is the
// first of the fault.
func TestPlaceInsideAnyScalar(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		before := rapid.SliceOfN(rapid.StringMatching(`[a-z反导ёé'"]{1,5}`), 0, 8).Draw(t, "before")
		after := rapid.SliceOfN(rapid.StringMatching(`[a-z反导]{1,5}`), 0, 4).Draw(t, "after")
		parts := append(append([]string{"x"}, before...), append([]string{"BAD"}, after...)...)
		style := rapid.SampledFrom([]string{"plain", "single", "double", "folded", "literal"}).Draw(t, "style")
		breaks := rapid.SliceOfN(rapid.Bool(), len(parts), len(parts)).Draw(t, "breaks")
		doc, faults := parse([]byte("k:\n  query: " + styled(style, parts, breaks) + "\n"))
		if faults != nil {
			t.Fatalf("%s: %+v", style, faults)
		}
		d := decoder{document: doc, nodes: 100}
		outer := d.entries(doc.root, 0)[0]
		inner := d.entries(outer.value, 0)[0]
		var s scalar
		d.readScalar(inner.value, inner.key, kindText, &s)
		at := doc.inside(s, strings.Index(s.value, "BAD"))
		line := []rune(doc.line(at.line))
		if at.column < 1 || at.column > len(line) || !strings.HasPrefix(string(line[at.column-1:]), "BAD") {
			t.Fatalf("%s: place %+v of %q in\n%s", style, at, s.value, strings.Join(doc.lines, "\n"))
		}
	})
}

// styled writes words as a YAML scalar, with line breaks where breaks says.
func styled(style string, words []string, breaks []bool) string {
	quote, begin := "", ""
	switch style {
	case "single":
		quote = "'"
	case "double":
		quote = `"`
	case "folded":
		begin = ">-\n    "
	case "literal":
		begin = "|-\n    "
	}
	var b strings.Builder
	b.WriteString(begin + quote)
	for i, w := range words {
		switch {
		case i == 0:
		case breaks[i]:
			b.WriteString("\n    ")
		default:
			b.WriteString(" ")
		}
		switch style {
		case "single":
			w = strings.ReplaceAll(w, "'", "''")
		case "double":
			w = strings.ReplaceAll(w, `"`, `\"`)
		}
		b.WriteString(w)
	}
	return b.String() + quote
}

// A check that points outside its expression does no harm.
func TestPlaceOutside(t *testing.T) {
	for _, offset := range []int{-5, 0, 3, 999} {
		check := Checks{Queries: queriesBy(func(string) error { return &dewline.SyntaxError{Offset: offset, End: offset - 2, Msg: "m"} })}
		_, err := load("c", []byte(oneFeed+"rules: [{name: x, query: abc}]"), check)
		if err == nil || !strings.HasPrefix(err.Error(), "c:2:") {
			t.Errorf("offset %d: %v", offset, fmt.Sprint(err))
		}
	}
}
