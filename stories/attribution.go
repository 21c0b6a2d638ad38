package stories

import "slices"

// attributive are words by which a sentence is put down to somebody, beside those by which a thing is said.
var attributive = set(`according laut selon según segun secondo словам словами بحسب`)

// attributiveBeside belong to such a word that stands next to them: "according to", "по словам", "wie … mitteilte".
var attributiveBeside = set(`to that dass que che что що по за wie как як
	reporters journalists журналистам журналістам periodistas`)

// mostSpeaker is how many words name who says a thing, at most.
const mostSpeaker = 14

// said is a sentence without the words that only put it down to somebody, and where those stood in what is left.
type said struct {
	words []token
	at    []int
	cited bool // it begins "according to"
}

func (c *comparison) said(tokens []token) (s said) {
	is := func(i int) bool {
		return i >= 0 && i < len(tokens) && (saying[tokens[i].key()] || attributive[tokens[i].key()])
	}
	beside := false // the word before was left out
	for i := range tokens {
		k := tokens[i].key()
		was := beside
		switch beside = false; {
		case is(i), attributiveBeside[k] && (was || is(i+1)):
			beside = true
			if n := len(s.words); len(s.at) == 0 || s.at[len(s.at)-1] != n {
				s.at = append(s.at, n)
			}
			s.cited = s.cited || len(s.words) == 0 && attributive[k]
		case !c.little[k]:
			s.words = append(s.words, tokens[i])
		}
	}
	return s
}

// reattributed reports that both sentences say the same and put it down to the same, one behind and one before it: "X said that it
// had begun", "it had begun, according to X". Without the words that put it down to somebody, one is the other
// turned round, and where it turns those words stand, or at an end.
func (c *comparison) reattributed(old, fresh []token) bool {
	const least = 4
	a, b := c.said(old), c.said(fresh)
	n := len(a.words)
	if n < least || n != len(b.words) || len(a.at) != 1 || len(b.at) != 1 {
		return false
	}
	if a.cited != b.cited && max(a.at[0], b.at[0]) <= mostSpeaker && a.at[0] < n && b.at[0] < n && c.oneWording(a.words, b.words) {
		return true // "according to X, it has", "X said it has"
	}
	if p, q := min(a.at[0], b.at[0]), max(a.at[0], b.at[0]); q == n && n-p <= mostSpeaker && p >= least-1 && c.oneWording(a.words, b.words) {
		return true // "it has, according to X", "it has, X said"
	}
	for k := 1; k < n; k++ {
		if min(k, n-k) > mostSpeaker || a.words[k].hash != b.words[0].hash || !at(a.at[0], k, n) || !at(b.at[0], n-k, n) {
			continue
		}
		if c.oneWording(slices.Concat(a.words[k:], a.words[:k]), b.words) {
			return true
		}
	}
	return false
}

// at reports an end, or the place where a sentence turns.
func at(place, turn, n int) bool { return place == turn || place == 0 || place == n }

func (c *comparison) oneWording(x, y []token) bool {
	for i := range x {
		if !c.oneWord(&x[i], &y[i]) {
			return false
		}
	}
	return true
}

// movedSpeaker reports that the words "X said" stand elsewhere in the sentence, in this order.
func movedSpeaker(moved []token) bool {
	const least = 2
	return len(moved) >= least && len(moved) <= mostSpeaker && saying[moved[len(moved)-1].key()]
}
