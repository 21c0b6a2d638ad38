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
		strings.Repeat("x", 40), strings.Repeat("слово ", 9), strings.Repeat("言", 50), strings.Repeat("two words ", 12), "\u0085", "\u1680", "\u0301", "\u00a0\u0301", "\u3099",
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
		sc := newScanner(func([]byte, place) {})
		sc.scan(text, 0)
		if got := string(excerpt([]byte("before "), text, start, sc.blanks)); got != "before "+want {
			t.Fatalf("of %q at %d-%d\n%q, want\n%q", text, start, end, got[7:], want)
		}
	})
}

// The scanner sees whether a text is UTF-8 throughout.
func TestScannerSeesWhatIsMalformed(t *testing.T) {
	pieces := []string{"word ", "слово", "言", "é", "e\u0301", "한", "U.S.", ".", "\xff", "\xd0", "\xe8\xa8", "\xf0\x9f\x98", "\xc0\x80", "\xed\xa0\x80", "\u0301"}
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 0, 12).Draw(t, "text"), "")
		sc := newScanner(func([]byte, place) {})
		sc.scan(text, 0)
		if sc.malformed == utf8.ValidString(text) {
			t.Fatalf("%q: malformed %v", text, sc.malformed)
		}
	})
}
