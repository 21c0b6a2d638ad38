package filter

import (
	"strings"
	"testing"
	"unicode/utf8"

	"dewline"

	"pgregory.net/rapid"
)

// An excerpt is what the passage's spans are, without their marks.
func TestExcerptIsThePassage(t *testing.T) {
	pieces := []string{
		"a", "word", "слово", "言", "é", " ", " ", " ", "  ", "\n", "\n\n", "\t", "\u00a0", "\u2028", "\u3000", "\u2009", "。", "…", "😀", "“x”", "\x1f",
		strings.Repeat("x", 40), strings.Repeat("слово ", 9), strings.Repeat("言", 50), strings.Repeat("two words ", 12), "\u0085", "\u1680",
	}
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), rapid.SampledFrom([]int{0, 30}).Draw(t, "least"), 60).Draw(t, "text"), "")
		var hits []dewline.Hit
		start := rapid.IntRange(0, len(text)).Draw(t, "start")
		end := rapid.IntRange(start, min(start+rapid.SampledFrom([]int{10, 400}).Draw(t, "most"), len(text))).Draw(t, "end")
		for start < len(text) && !utf8.RuneStart(text[start]) {
			start++
		}
		for end < len(text) && !utf8.RuneStart(text[end]) {
			end++
		}
		if start < end {
			hits = []dewline.Hit{{Term: "x", Field: dewline.FieldContent, Text: text[start:end], Start: start, End: end}}
		} else {
			start, end = 0, 0
		}
		want := strings.TrimSpace(dewline.Plain(passage(text, hits, snippetWidth)))
		var sp spacing
		for range rapid.IntRange(1, 2).Draw(t, "times") {
			sp.around(text, start, 1)
			sp.known.to /= 2 // the second time too little is known
		}
		if got := string(excerpt([]byte("before "), text, start, sp.runs)); got != "before "+want {
			t.Fatalf("of %q at %d-%d\n%q, want\n%q", text, start, end, got[7:], want)
		}
	})
}
