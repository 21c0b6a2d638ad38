package stories_test

import (
	"fmt"
	"strings"
	"testing"

	"dewline"
	"dewline/facts"
	"dewline/stories"
)

// report is a made-up report of about so many words.
func report(words int) string {
	var b strings.Builder
	for i := 0; i < words; i += 20 {
		fmt.Fprintf(&b, "The ministry of Norvalia said on Tuesday that battery %d had tracked %d targets near the %s range during exercise number %d. ", i, i*7%13, strings.Repeat(string(rune('a'+i%20)), 6), i+3)
		if i%60 == 40 {
			b.WriteString("\n\n")
		}
	}
	return b.String()
}

func BenchmarkKeys(b *testing.B) {
	j := stories.New(facts.Differ)
	it := &dewline.Item{Language: "en", Title: "Norvalia tests its batteries", Content: report(500)}
	b.ReportAllocs()
	for b.Loop() {
		j.Keys(it)
	}
}

func BenchmarkCompare(b *testing.B) {
	j := stories.New(facts.Differ)
	x := &dewline.Item{Language: "en", Title: "Norvalia tests its batteries", Content: report(500)}
	for _, c := range []struct{ name, text string }{
		{"copy", x.Content}, {"edited", strings.Replace(x.Content, "tracked 7", "tracked 9", 1)}, {"other", strings.ReplaceAll(strings.ReplaceAll(x.Content, "battery", "squadron"), "3", "8")},
	} {
		y := &dewline.Item{Language: "en", Title: x.Title, Content: c.text}
		b.Run(c.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				j.Compare(x, y)
			}
		})
	}
}
