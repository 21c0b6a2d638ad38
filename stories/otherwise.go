package stories

import (
	"strings"
	"unicode/utf8"
)

// abbreviated reports that one of two lists is the initials of the other one: JCS, the Joint Chiefs of Staff.
func (c *comparison) abbreviated(x, y []token) bool {
	if len(x) != 1 {
		x, y = y, x
	}
	if len(x) != 1 || len(y) < 2 {
		return false
	}
	short := x[0].key()
	if utf8.RuneCountInString(short) < 2 || short == x[0].raw || x[0].digits {
		return false
	}
	var telling, all strings.Builder
	for i := range y {
		k := y[i].key()
		first, _ := utf8.DecodeRuneInString(k)
		all.WriteRune(first)
		if !c.little[k] {
			if !y[i].capital {
				return false
			}
			telling.WriteRune(first)
		}
	}
	return short == telling.String() || short == all.String()
}

// approximately reports words before a number that say that it is not exact: "some 30", "about 30".
func (d *difference) approximately(h *hunk) bool {
	if len(h.old) == 0 || len(h.fresh) == 0 || !approximate[wordsOf(h.old)] || !approximate[wordsOf(h.fresh)] {
		return false
	}
	next := h.at + len(h.fresh)
	return next < len(d.fresh) && (numeric(d.fresh[next:next+1]) || currency[d.fresh[next].raw])
}

func wordsOf(tokens []token) string {
	if len(tokens) > 0 && tokens[0].glyph {
		return written(tokens)
	}
	words := make([]string, len(tokens))
	for i := range tokens {
		words[i] = tokens[i].key()
	}
	return strings.Join(words, " ")
}

// asSaid reports the word "as" beside a word by which something is said: "según informó".
func (d *difference) asSaid(h *hunk) bool {
	word := append(append([]token{}, h.old...), h.fresh...)
	if len(word) != 1 || !asSaying[word[0].key()] {
		return false
	}
	all, i := d.fresh, h.at+len(h.fresh)
	return i < len(all) && saying[all[i].key()]
}

// ofWhom reports an office and whose it is in two orders: Norvalia's government, the government of Norvalia. What
// moved stands on the other side of a name that is a genitive where it stands before it.
func (c *comparison) ofWhom(d *difference, p, q hunk) bool {
	const mostName = 3
	if between := q.at - p.at - len(p.fresh); between > 0 && between <= mostName {
		if owned(p.old, q.fresh) && len(c.telling(p.fresh))+len(c.telling(q.old)) == 0 || owned(p.fresh, q.old) && len(c.telling(p.old))+len(c.telling(q.fresh)) == 0 {
			return true
		}
	}
	owner, moved, other := d.fresh[p.at+len(p.fresh):q.at], p.old, q.fresh
	if len(c.telling(p.old)) == 0 {
		owner, moved, other = d.old[p.was+len(p.old):q.was], p.fresh, q.old
	}
	if len(c.telling(p.fresh)) > 0 && len(c.telling(p.old)) > 0 || len(c.telling(q.fresh)) > 0 && len(c.telling(q.old)) > 0 {
		return false
	}
	n := len(owner)
	if n == 0 || n > mostName || !owner[n-1].capital || !genitive(owner[n-1].raw) || len(moved) == 0 || moved[len(moved)-1].key() != "of" && (len(moved) < 2 || moved[len(moved)-2].key() != "of") {
		return false
	}
	x, y := c.telling(moved), c.telling(other)
	return len(x) == len(y) && len(x) > 0 && c.oneWording(x, y)
}

// owned reports a name as a genitive and behind "of".
func owned(before, behind []token) bool {
	return len(before) == 1 && before[0].capital && genitive(before[0].raw) && len(behind) == 2 && behind[0].key() == "of" && behind[1].hash == before[0].hash
}

func genitive(word string) bool {
	return strings.HasSuffix(word, "'s") || strings.HasSuffix(word, "’s") || strings.HasSuffix(word, "s'") || strings.HasSuffix(word, "s’")
}

// priced reports the sign of a currency before a sum and its name behind it: €410 million, 410 million euros.
func (c *comparison) priced(d *difference, p, q hunk) bool {
	x, y := c.telling(p.fresh), c.telling(q.old)
	between := d.fresh[p.at+len(p.fresh) : q.at]
	if len(p.old)+len(q.fresh) > 0 {
		if len(p.fresh)+len(q.old) > 0 {
			return false
		}
		x, y = c.telling(p.old), c.telling(q.fresh)
	}
	if len(x) != 1 || len(y) != 1 || len(between) == 0 || !numeric(between) {
		return false
	}
	name, ok := currencyNames[y[0].key()]
	return ok && name == x[0].raw
}
