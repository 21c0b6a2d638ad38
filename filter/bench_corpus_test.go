package filter

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"

	"dewline"
)

// The corpus and the rules of the benchmarks are made: words with the frequencies
// of a language (Zipf), so that rules and texts meet as they do in the news. A
// third of the texts each, counted by documents, are English, Russian and Chinese.

// benchWords are the words of one language.
type benchWords struct {
	language string
	words    []string
	rnd      *rand.Rand
	zipf     *rand.Zipf
}

// The most frequent words are the language's own.
func newBenchWords(seed uint64, language, alphabet, frequent string, n int) *benchWords {
	rnd := rand.New(rand.NewPCG(seed, 1))
	w := &benchWords{language: language, rnd: rnd, zipf: rand.NewZipf(rnd, 1.07, 3, uint64(n-1))}
	letters := []rune(alphabet)
	known := make(map[string]bool)
	for _, word := range strings.Fields(frequent) {
		known[word] = true
		w.words = append(w.words, word)
	}
	for len(w.words) < n {
		size := 2 + int(math.Log2(float64(len(w.words)+2))/2) + rnd.IntN(4)
		if language == "zh" {
			size = 1 + min(len(w.words)/100, 1) + rnd.IntN(2)*rnd.IntN(2)
		}
		word := make([]rune, size)
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

func benchLanguages() []*benchWords {
	han := make([]rune, 3000)
	for i := range han {
		han[i] = rune(0x4e00 + i*7)
	}
	return []*benchWords{
		newBenchWords(1, "en", "eeeeetttaaaoooiiinnnssshhrrdlucmfgypwbv", "the of and to in a that for is on was with said as by it", 60_000),
		newBenchWords(2, "ru", "ооооееееаааиииннттссррввллкмдпуяыьгзбч", "и в не на что с по как это он к но его за из для", 60_000),
		newBenchWords(3, "zh", string(han), "的 了 在 是 和", 60_000),
	}
}

func (w *benchWords) word() string { return w.words[w.zipf.Uint64()] }

// rare is a word as a rule names one: seldom one of the most frequent.
func (w *benchWords) rare() string {
	for {
		if n := w.zipf.Uint64(); n >= 1350 {
			return w.words[n]
		}
	}
}

// common is a frequent word, but none of those that every text has.
func (w *benchWords) common() string {
	for {
		if n := w.zipf.Uint64(); n >= 100 {
			return w.words[n]
		}
	}
}

// rarest is a word that hardly any text has, as most names.
func (w *benchWords) rarest() string {
	if w.rnd.IntN(60) > 0 {
		return w.words[w.rnd.IntN(len(w.words))] + w.words[w.rnd.IntN(len(w.words))]
	}
	return w.rare()
}

// text writes sentences.
func (w *benchWords) text(bytes int) string {
	var b strings.Builder
	begins := true
	for b.Len() < bytes {
		word := w.word()
		if begins || w.rnd.IntN(12) == 0 {
			r := []rune(word)
			word = strings.ToUpper(string(r[:1])) + string(r[1:])
		}
		b.WriteString(word)
		begins = false
		switch n := w.rnd.IntN(60); {
		case n < 4:
			b.WriteString(w.mark(", ", "，"))
		case n < 7:
			b.WriteString(w.mark(". ", "。"))
			begins = true
		case n == 7:
			b.WriteString(".\n\n")
			begins = true
		case n == 8:
			b.WriteString("-")
		case n == 9:
			b.WriteString(w.mark(fmt.Sprint(" ", w.rnd.IntN(3000), " "), fmt.Sprint(w.rnd.IntN(3000))))
		default:
			b.WriteString(w.mark(" ", ""))
		}
	}
	return b.String()
}

func (w *benchWords) mark(spaced, chinese string) string {
	if w.language == "zh" {
		return chinese
	}
	return spaced
}

// benchItems are documents of 0.3 to 10 kB, the short ones more (log-uniform).
func benchItems(langs []*benchWords, n int) []*dewline.Item {
	var items []*dewline.Item
	for i := range n {
		w := langs[i%len(langs)]
		size := 300 * math.Pow(10_000.0/300, w.rnd.Float64())
		items = append(items, &dewline.Item{Title: w.text(60), Content: w.text(int(size)), Language: w.language})
	}
	return items
}

// benchRule is a rule and the same for a matcher that looks for each rule's words
// in the text: all of the groups, of each one of its texts; none of the last.
type benchRule struct {
	query string
	all   [][]string
	not   string
}

func (r *benchRule) contained(folded string) bool {
	for _, group := range r.all {
		found := false
		for _, s := range group {
			if found = strings.Contains(folded, s); found {
				break
			}
		}
		if !found {
			return false
		}
	}
	return r.not == "" || !strings.Contains(folded, r.not)
}

// benchRules are a third words, a third phrases or hyphenated terms, a third
// boolean. Rare gives their words.
func benchRules(langs []*benchWords, n int, rare func(*benchWords) string) []benchRule {
	rules := make([]benchRule, n)
	for i := range rules {
		w := langs[i%len(langs)]
		a, b, c, d, e, f := rare(w), rare(w), rare(w), rare(w), w.common(), w.common()
		space := w.mark(" ", "")
		var r benchRule
		switch w.rnd.IntN(9) {
		case 0, 1, 2:
			r = benchRule{query: a, all: [][]string{{a}}}
		case 3, 4:
			r = benchRule{query: `"` + e + " " + a + `"`, all: [][]string{{e + space + a}}}
		case 5:
			r = benchRule{query: e + "-" + a, all: [][]string{{e + "-" + a, e + space + a, e + a}}}
		case 6:
			r = benchRule{query: a + " (" + b + " OR " + e + ")", all: [][]string{{a}, {b, e}}}
		case 7:
			r = benchRule{query: a + " " + e + ` -"` + b + " " + f + `"`, all: [][]string{{a}, {e}}, not: b + space + f}
		case 8:
			r = benchRule{
				query: "(" + a + " OR " + b + ` OR "` + f + " " + c + `") (` + d + " OR " + e + ")",
				all:   [][]string{{a, b, f + space + c}, {d, e}},
			}
		}
		rules[i] = r
	}
	return rules
}

func asRules(made []benchRule) []dewline.Rule {
	rules := make([]dewline.Rule, len(made))
	for i, r := range made {
		rules[i] = dewline.Rule{Name: fmt.Sprint("r", i), Query: r.query}
	}
	return rules
}
