package stories

import (
	"slices"
	"strings"

	"dewline"
)

// difference is what is left of two token lists when everything is taken out that says
// nothing.
type difference struct {
	old, fresh []token
	same       int // half words of the later list that the earlier has in their place
	hunks      []hunk
}

func (d *difference) silent() bool { return len(d.hunks) == 0 }

// hunk is a place where one list has something else than the other.
type hunk struct {
	old, fresh []token
	at         int // where it begins in the later list
	was        int // and in the earlier one
}

// places is as how many places a hunk counts: a name is a word or two.
func (h *hunk) places() int {
	const name = 4 // half words
	return max(1, (max(weigh(h.old), weigh(h.fresh))+name-1)/name)
}

// kind is the kind of fact that a place is told as where nobody names it.
func (h *hunk) kind() dewline.FactKind {
	for _, list := range [][]token{h.old, h.fresh} {
		for i := range list {
			if list[i].digits {
				return dewline.FactNumber
			}
		}
	}
	return dewline.FactName
}

// decides reports a place with a word that denies, an outcome or a numeral.
func (h hunk) decides() bool {
	return slices.ContainsFunc(slices.Concat(h.old, h.fresh), func(t token) bool {
		k := t.key()
		return verdicts[k] || outcomes[k] || numberWords[k]
	})
}

// dated reports a place that is about a day.
func (h *hunk) dated(d *difference) bool {
	near := func(all []token, from, n int) bool {
		for i := max(0, from-1); i < min(len(all), from+n+1); i++ {
			if calendar[all[i].key()] || h.kind() == dewline.FactNumber && calendarMarks[all[i].raw] {
				return true
			}
		}
		return false
	}
	year := func(list []token) bool {
		for i := range list {
			if k := list[i].raw; len(k) == 4 && list[i].digits && (k[:2] == "19" || k[:2] == "20") {
				return true
			}
		}
		return false
	}
	return near(d.fresh, h.at, len(h.fresh)) || near(d.old, h.was, len(h.old)) || year(h.old) && year(h.fresh)
}

// diff compares two lists of tokens.
func (c *comparison) diff(x, y []token) *difference {
	d := &difference{old: x, fresh: y}
	for _, run := range dewline.Compare(hashes(x), hashes(y)) {
		h := hunk{x[run.A0:run.A1], y[run.B0:run.B1], run.B0, run.A0}
		if run.Same || c.explained(&h) || c.acronym(y[:run.B0], h.old, h.fresh) || c.acronym(x[:run.A0], h.fresh, h.old) || c.number(d, &h) || d.dayWord(&h) || d.approximately(&h) || d.asSaid(&h) {
			d.same += weigh(h.fresh)
			continue
		}
		d.hunks = append(d.hunks, h)
	}
	if len(d.hunks) > 0 && c.restated(d) {
		d.hunks = nil
		d.same = weigh(y)
	}
	return d
}

// number reports a place that has one number, in figures or in words.
func (c *comparison) number(d *difference, h *hunk) bool {
	x, y := c.telling(h.old), c.telling(h.fresh)
	return numeric(x) && numeric(y) && c.oneNumber(d, h, x, y)
}

// dayWord reports words beside the name of a day that say nothing with it, "este lunes" and "el lunes", and the two words of Han
// for a day from today.
func (d *difference) dayWord(h *hunk) bool {
	if len(h.old) == 1 && len(h.fresh) == 1 && h.at > 0 && hanDays[h.old[0].raw] && hanDays[h.fresh[0].raw] {
		return strings.Contains("今昨明当當", d.fresh[h.at-1].raw)
	}
	next := h.at + len(h.fresh)
	if next >= len(d.fresh) || !calendar[d.fresh[next].key()] {
		return false
	}
	return !slices.ContainsFunc(slices.Concat(h.old, h.fresh), func(t token) bool { return !besideDays[t.key()] })
}

// acronym reports that one text only puts in what the words before it are called for
// short: "the Civil Aviation Authority (CAA)".
func (c *comparison) acronym(before, without, with []token) bool {
	if len(without) > 0 || len(with) != 1 {
		return false
	}
	letters := with[0].key()
	if len(letters) < 2 || with[0].raw != strings.ToUpper(letters) {
		return false
	}
	for i := len(before) - 1; i >= 0 && letters != ""; i-- {
		k := before[i].key()
		if before[i].capital && strings.HasSuffix(letters, k[:min(1, len(k))]) {
			letters = letters[:len(letters)-1]
		} else if !c.little[k] {
			return false
		}
	}
	return letters == ""
}

func hashes(tokens []token) []uint64 {
	all := make([]uint64, len(tokens))
	for i := range tokens {
		all[i] = tokens[i].hash
	}
	return all
}
