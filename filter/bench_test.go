package filter

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"dewline"
)

// benchWords are made words with the frequencies of a language (Zipf), so that
// rules and texts meet as they do in the news.
type benchWords struct {
	words []string
	rnd   *rand.Rand
	zipf  *rand.Zipf
}

func newBenchWords(seed uint64, alphabet string, n int) *benchWords {
	rnd := rand.New(rand.NewPCG(seed, 1))
	w := &benchWords{rnd: rnd, zipf: rand.NewZipf(rnd, 1.07, 3, uint64(n-1))}
	letters := []rune(alphabet)
	known := make(map[string]bool)
	for len(w.words) < n {
		word := make([]rune, 2+int(math.Log2(float64(len(w.words)+2))/2)+rnd.IntN(4))
		for i := range word {
			word[i] = letters[rnd.IntN(len(letters))]
		}
		if !known[string(word)] {
			known[string(word)] = true
			w.words = append(w.words, string(word))
		}
	}
	return w
}

func (w *benchWords) word() string { return w.words[w.zipf.Uint64()] }

// rare is a word as a rule names one: seldom one of the most frequent.
func (w *benchWords) rare() string {
	for {
		if n := w.zipf.Uint64(); n >= 1000 {
			return w.words[n]
		}
	}
}

func (w *benchWords) text(bytes int) string {
	var b strings.Builder
	for b.Len() < bytes {
		word := w.word()
		switch w.rnd.IntN(12) {
		case 0:
			b.WriteString(word + ", ")
		case 1:
			b.WriteString(word + ". ")
		case 2:
			b.WriteString(strings.ToUpper(word) + " ")
		default:
			b.WriteString(word + " ")
		}
	}
	return b.String()
}

// benchLanguages are a third each, as the measured corpus was.
func benchLanguages() []*benchWords {
	han := make([]rune, 3000)
	for i := range han {
		han[i] = rune(0x4e00 + i*7)
	}
	return []*benchWords{
		newBenchWords(1, "eeeeetttaaaoooiiinnnssshhrrdlucmfgypwbv", 60_000),
		newBenchWords(2, "ооооееееаааиииннттссррввллкмдпуяыьгзбч", 60_000),
		newBenchWords(3, string(han), 60_000),
	}
}

func benchItems(langs []*benchWords, n, bytes int) []*dewline.Item {
	var items []*dewline.Item
	for i := range n {
		w := langs[i%len(langs)]
		it := &dewline.Item{Title: w.text(60), Content: w.text(bytes), Language: []string{"en", "ru", "zh"}[i%3]}
		if i%3 == 2 {
			it.Content = strings.ReplaceAll(it.Content, " ", "")
		}
		items = append(items, it)
	}
	return items
}

// benchRules are 40 % words, 30 % phrases or hyphenated terms, 30 % boolean.
func benchRules(langs []*benchWords, n int) []dewline.Rule {
	rules := make([]dewline.Rule, n)
	for i := range rules {
		w := langs[i%len(langs)]
		var q string
		switch w.rnd.IntN(10) {
		case 0, 1, 2, 3:
			q = w.rare()
		case 4, 5:
			q = `"` + w.word() + " " + w.rare() + `"`
		case 6:
			q = w.word() + "-" + w.rare()
		case 7:
			q = w.rare() + " (" + w.rare() + " OR " + w.rare() + ")"
		case 8:
			q = w.rare() + " " + w.word() + ` -"` + w.rare() + " " + w.rare() + `"`
		case 9:
			q = "(" + w.rare() + " OR " + w.rare() + `) "` + w.rare() + " " + w.word() + `"`
		}
		rules[i] = dewline.Rule{Name: fmt.Sprint("r", i), Query: q}
	}
	return rules
}

// BenchmarkMatch prints, beside the time of an item, the time of a kilobyte of its
// text and how many times as long that is as strings.ToLower takes over it.
func BenchmarkMatch(b *testing.B) {
	langs := benchLanguages()
	items := benchItems(langs, 999, 2400)
	size := 0
	for _, it := range items {
		size += len(it.Title) + len(it.Content)
	}
	lower := lowerCost(items)
	for _, n := range []int{10, 100, 1_000, 10_000, 100_000} {
		rules, err := Compile(benchRules(langs, n))
		if err != nil {
			b.Fatal(err)
		}
		matches := 0
		for _, it := range items { // the memo learns
			matches += len(rules.Match(it))
		}
		b.Run(fmt.Sprintf("rules=%d", n), func(b *testing.B) {
			b.ReportAllocs()
			i := 0
			for b.Loop() {
				rules.Match(items[i%len(items)])
				i++
			}
			perKB := float64(b.Elapsed().Nanoseconds()) / float64(b.N) / (float64(size) / float64(len(items)) / 1000)
			b.ReportMetric(perKB, "ns/kB")
			b.ReportMetric(perKB/lower, "x-ToLower")
			b.ReportMetric(float64(matches)/float64(len(items)), "matches/item")
		})
	}
}

// BenchmarkJudge is the same without the making of matches: which rules hold.
func BenchmarkJudge(b *testing.B) {
	langs := benchLanguages()
	items := benchItems(langs, 999, 2400)
	for _, n := range []int{10, 1_000, 100_000} {
		rules, err := Compile(benchRules(langs, n))
		if err != nil {
			b.Fatal(err)
		}
		s := rules.take()
		judge := func(it *dewline.Item) {
			s.read(it)
			for _, r := range s.candidates {
				s.holds(&rules.rules[r].expr)
			}
		}
		size := 0
		for _, it := range items { // the memo learns
			judge(it)
			size += len(it.Title) + len(it.Content)
		}
		b.Run(fmt.Sprintf("rules=%d", n), func(b *testing.B) {
			b.ReportAllocs()
			i, candidates := 0, 0
			for b.Loop() {
				judge(items[i%len(items)])
				candidates += len(s.candidates)
				i++
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/(float64(size)/float64(len(items))/1000), "ns/kB")
			b.ReportMetric(float64(candidates)/float64(b.N), "candidates/item")
		})
	}
}

// lowerCost is the time of strings.ToLower over the same texts, in ns a kilobyte.
func lowerCost(items []*dewline.Item) float64 {
	size := 0
	begin := time.Now()
	for time.Since(begin) < 200*time.Millisecond {
		for _, it := range items {
			sink = strings.ToLower(it.Title)
			sink = strings.ToLower(it.Content)
			size += len(it.Title) + len(it.Content)
		}
	}
	return float64(time.Since(begin).Nanoseconds()) / (float64(size) / 1000)
}

var sink string

// BenchmarkCompile is the time to make rules ready.
func BenchmarkCompile(b *testing.B) {
	langs := benchLanguages()
	for _, n := range []int{100, 10_000, 100_000} {
		rules := benchRules(langs, n)
		b.Run(fmt.Sprintf("rules=%d", n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := Compile(rules); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
