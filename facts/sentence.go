package facts

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// sentence is a sentence, or what stands in a block without an end.
type sentence struct {
	tokens []token
	titled bool // its words begin with capitals, as in a headline
	soft   bool // a caption
	line   bool // it stands without an end, and is no title
}

func tokenKeys(tokens []token) []string {
	keys := make([]string, len(tokens))
	for i, t := range tokens {
		keys[i] = t.one()
	}
	return keys
}

func (s *sentence) key() string { return strings.Join(tokenKeys(s.tokens), " ") }

// beside is the nearest word on one side that is no number, as far as inflection
// leaves it.
func (s *sentence) beside(i, step int) string {
	const farthest = 16
	last := i + step*farthest
	for i += step; i >= 0 && i < len(s.tokens) && i != last; i += step {
		if t := &s.tokens[i]; t.kind == word || t.kind == ideograph {
			return stem(t.key)
		}
	}
	return ""
}

// stem is the beginning of a word.
func stem(w string) string {
	const letters = 5
	n := 0
	for i := range w {
		if n == letters {
			return w[:i]
		}
		n++
	}
	return w
}

type sentencePair struct{ a, b *sentence }

// alikeEnough is how much two sentences must have in common to be taken for one that
// was edited.
const alikeEnough = 0.4

// mostCompared is among how many sentences the likest one is sought.
const mostCompared = 50

// pairs finds, for each sentence that the other text has not, the one there that it is
// an edit of: the likest one, the nearest of several.
func pairs(a, b []sentence) (all []sentencePair) {
	x, y := without(a, b), without(b, a)
	used := make([]bool, len(y))
	bags := make([]map[string]int, len(y))
	for i := range y {
		bags[i] = bag(y[i])
	}
	from := 0
	for _, s := range x {
		best, most := -1, alikeEnough
		of := bag(s)
		for n := range min(len(y), mostCompared) {
			j := (from + n) % len(y)
			if used[j] {
				continue
			}
			if share := common(of, bags[j], len(s.tokens), len(y[j].tokens)); share > most {
				best, most = j, share
			}
		}
		if best < 0 {
			all = append(all, sentencePair{a: s})
			continue
		}
		used[best], from = true, best+1
		all = append(all, sentencePair{s, y[best]})
	}
	for j, s := range y {
		if !used[j] {
			all = append(all, sentencePair{b: s})
		}
	}
	return all
}

// without are the sentences of a text that the other text has not, each once.
func without(a, b []sentence) (all []*sentence) {
	has := make(map[string]bool, len(b))
	for i := range b {
		has[b[i].key()] = true
	}
	for i := range a {
		if key := a[i].key(); !has[key] {
			has[key] = true
			all = append(all, &a[i])
		}
	}
	return all
}

func bag(s *sentence) map[string]int {
	b := make(map[string]int, len(s.tokens))
	for _, t := range s.tokens {
		b[t.one()]++
	}
	return b
}

// common is which part of the shorter and longer sentence together is the same.
func common(a, b map[string]int, n, m int) float64 {
	same := 0
	for w, k := range a {
		same += min(k, b[w])
	}
	return 2 * float64(same) / float64(n+m)
}

// ends reports whether a full stop behind a word ends the sentence.
func ends(last *token, text string, at int) bool {
	if last != nil && last.kind == word && (utf8.RuneCountInString(last.key) == 1 || abbreviations[last.key]) {
		return false
	}
	rest := text[at:]
	if last != nil && last.kind == number && last.value <= 31 { // 24. November
		name := strings.TrimLeft(rest, " \u00A0")
		if i := strings.IndexFunc(name, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsMark(r) }); i >= 0 {
			name = name[:i]
		}
		if months[fold(name)] > 0 {
			return false
		}
	}
	trimmed := strings.TrimLeft(rest, " \t\u00A0\n\"'”’»)]")
	if trimmed == rest { // "3.5", "mod.example"
		return rest == ""
	}
	r, _ := utf8.DecodeRuneInString(trimmed)
	return !isLower(r)
}
