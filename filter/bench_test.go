package filter

import (
	"fmt"
	"runtime"
	"strings"
	"testing"
	"time"

	"dewline"
)

// Every benchmark says how much of the processor's time a kilobyte of text took (the
// garbage collector's work for it included), and how many times as much that is as
// strings.ToLower takes over the same texts, which is measured between the passes
// over them: other work on the machine slows both.
//
//	go test ./filter -run '^$' -bench 'Match|Judge|Equal|Contains' -benchtime 2s

// benchRun measures what does something with one item.
func benchRun(b *testing.B, items []*dewline.Item, do func(*dewline.Item) int) {
	for _, it := range items { // the memo learns
		do(it)
	}
	b.ReportAllocs()
	var took, lower time.Duration
	i, size, found, lowered := 0, 0, 0, 0
	measure := func() { // and begin again
		b.StopTimer()
		took += cpuTime()
		lower -= cpuTime()
		lowered += lowerAll(items)
		lower += cpuTime()
		took -= cpuTime()
		b.StartTimer()
	}
	took -= cpuTime()
	for b.Loop() {
		it := items[i%len(items)]
		found += do(it)
		size += len(it.Title) + len(it.Content)
		if i++; i%len(items) == 0 {
			measure()
		}
	}
	if lowered == 0 {
		measure()
	}
	took += cpuTime()
	perKB := float64(took.Nanoseconds()) / float64(size) * 1000
	lowerPerKB := float64(lower.Nanoseconds()) / float64(lowered) * 1000
	b.ReportMetric(perKB, "ns/kB")
	b.ReportMetric(lowerPerKB, "ToLower-ns/kB")
	b.ReportMetric(perKB/lowerPerKB, "x-ToLower")
	b.ReportMetric(float64(found)/float64(i), "found/item")
}

// lowerAll makes the texts of the items lower case, and says how many bytes.
func lowerAll(items []*dewline.Item) (size int) {
	for _, it := range items {
		for _, text := range []string{it.Title, it.Content} {
			lowered = strings.ToLower(text)
		}
		size += len(it.Title) + len(it.Content)
	}
	return size
}

var lowered string

// BenchmarkMatch is what the daemon does with an item: its matches, with their hits
// and snippets.
func BenchmarkMatch(b *testing.B) {
	langs := benchLanguages()
	items := benchItems(langs, 999)
	for _, n := range []int{10, 100, 1_000, 10_000, 100_000} {
		rules := mustCompile(b, asRules(benchRules(langs, n, (*benchWords).rare))...)
		b.Run(fmt.Sprintf("rules=%d", n), func(b *testing.B) {
			benchRun(b, items, func(it *dewline.Item) int { return len(rules.Match(it)) })
		})
	}
}

// BenchmarkJudge is the same without the making of matches: which rules hold.
func BenchmarkJudge(b *testing.B) {
	langs := benchLanguages()
	items := benchItems(langs, 999)
	for _, n := range []int{10, 100, 1_000, 10_000, 100_000} {
		rules := mustCompile(b, asRules(benchRules(langs, n, (*benchWords).rare))...)
		b.Run(fmt.Sprintf("rules=%d", n), func(b *testing.B) {
			benchRun(b, items, judge(rules))
		})
	}
}

func judge(rules *Rules) func(*dewline.Item) int {
	s := rules.take()
	return func(it *dewline.Item) (held int) {
		s.read(it)
		for _, r := range s.candidates {
			if s.run(s.asked[r].code) {
				held++
			}
		}
		return held
	}
}

// BenchmarkLanguage is the judgement of the texts of one language, with few rules:
// the reading of the text.
func BenchmarkLanguage(b *testing.B) {
	langs := benchLanguages()
	rules := mustCompile(b, asRules(benchRules(langs, 100, (*benchWords).rare))...)
	for i, w := range langs {
		items := benchItems(langs[i:i+1], 333)
		b.Run(w.language, func(b *testing.B) { benchRun(b, items, judge(rules)) })
	}
}

// BenchmarkEqual is what the number of rules costs where it does not change the
// number of matches: the words of the 100,000 are so rare that an item matches as
// many of them as of the 1,000.
func BenchmarkEqual(b *testing.B) {
	langs := benchLanguages()
	items := benchItems(langs, 999)
	for _, c := range []struct {
		n    int
		word func(*benchWords) string
	}{{1_000, (*benchWords).rare}, {100_000, (*benchWords).rarest}} {
		rules := mustCompile(b, asRules(benchRules(langs, c.n, c.word))...)
		b.Run(fmt.Sprintf("rules=%d", c.n), func(b *testing.B) {
			benchRun(b, items, func(it *dewline.Item) int { return len(rules.Match(it)) })
		})
	}
}

// BenchmarkContains is what one would write first: the words of each rule looked
// for in the text, which is folded once for all rules. A rule takes one and a half to
// two searches, which the standard library does with vector instructions, many bytes
// at once; it finds what stands inside other words, too, and no inflections.
func BenchmarkContains(b *testing.B) {
	langs := benchLanguages()
	items := benchItems(langs, 99)
	rules := benchRules(langs, 1_000, (*benchWords).rare)
	b.Run("rules=1000", func(b *testing.B) {
		benchRun(b, items, func(it *dewline.Item) (found int) {
			folded := strings.ToLower(it.Title + "\n\n" + it.Content)
			for i := range rules {
				if rules[i].contained(folded) {
					found++
				}
			}
			return found
		})
	})
}

// BenchmarkCompile is the time to make rules ready, and what they hold then.
func BenchmarkCompile(b *testing.B) {
	langs := benchLanguages()
	for _, n := range []int{100, 10_000, 100_000} {
		rules := asRules(benchRules(langs, n, (*benchWords).rare))
		b.Run(fmt.Sprintf("rules=%d", n), func(b *testing.B) {
			b.ReportAllocs()
			var kept *Rules
			before := liveHeap()
			for b.Loop() {
				kept = mustCompile(b, rules...)
			}
			b.ReportMetric(float64(liveHeap()-before)/1e6, "live-MB")
			runtime.KeepAlive(kept)
		})
	}
}

func liveHeap() int64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}
