package stories

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"dewline"
)

// leastBody is how much of a body, in half words, bears out whatever title is put over it. Of a shorter one
// the title says most.
const leastBody = 40

// headlines compares titles, and summaries that stand beside a content. An outlet writes its own:
// they say something else only where a fact stands in them that the earlier item has not.
func (c *comparison) headlines() {
	before := c.places
	defer func() { c.headed = c.places - before }()
	if len(c.b.heads) == 0 && len(c.b.body) == 1 { // it is a title
		if d := c.likeHead(&c.b.body[0]); c.contradicts(d) {
			c.tell(d)
		}
	}
	for i := range c.b.heads {
		s := &c.b.heads[i]
		if s.line || standsIn(c.a.heads, s.key) {
			continue
		}
		d := c.likeHead(s)
		if standsIn(c.a.body, s.key) && !c.contradicts(d) {
			continue
		}
		if brief := c.same < leastBody; d != nil && (brief && !d.silent() || c.unknown(d)) {
			c.tell(d)
		} else if brief && d == nil {
			c.addition(s)
		}
		if d != nil {
			continue
		}
		if facts := c.newFacts(s); len(facts) > 0 {
			c.unnamed = append(c.unnamed, func() { c.keep(facts) })
			c.places += len(facts)
		}
	}
}

// stands reports a sentence that the statement has.
func (st *statement) stands(key uint64) bool {
	return standsIn(st.heads, key) || standsIn(st.body, key)
}

func standsIn(list []sentence, key uint64) bool {
	return slices.ContainsFunc(list, func(s sentence) bool { return s.key == key })
}

// contradicts reports a head that says something else than the one that it is an edit of, and not only more.
func (c *comparison) contradicts(d *difference) bool {
	if d == nil || d.silent() {
		return false
	}
	return c.denied(d) || slices.ContainsFunc(d.hunks, func(h hunk) bool { return len(c.telling(h.old)) > 0 && len(c.telling(h.fresh)) > 0 })
}

// likeHead is how a head differs from the earlier head that it is an edit of; nil where it is
// another one altogether.
func (c *comparison) likeHead(s *sentence) *difference {
	old := make([]*sentence, len(c.a.heads))
	for i := range c.a.heads {
		old[i] = &c.a.heads[i]
	}
	was := newPool(old).likest(s)
	if was == nil {
		return nil
	}
	least := 3.0 / 2 // of letters of Han, titles of one matter share many in any order
	if s.tokens[0].glyph {
		least = 5.0 / 4
	}
	if 2*least*float64(inCommon(was.tokens, s.tokens)) < float64(len(was.tokens)+len(s.tokens)) {
		return nil
	}
	return c.diff(was.tokens, s.tokens)
}

// inCommon is how many tokens two lists have in common.
func inCommon(a, b []token) (n int) {
	left := make(map[uint64]int, len(a))
	for i := range a {
		left[a[i].hash]++
	}
	for i := range b {
		if h := b[i].hash; left[h] > 0 {
			left[h]--
			n++
		}
	}
	return n
}

// unknown reports a difference between a head and the one that it is an edit of that brings what
// the earlier item has nowhere, or puts one word in the place of another, or the same words
// in another order.
func (c *comparison) unknown(d *difference) bool {
	if d.silent() {
		return false
	}
	if bag(d.old) == bag(d.fresh) || c.changedPlaces(d) || c.changedNames(d) || c.denied(d) {
		return true
	}
	hunks := d.hunks[:0:0]
	for _, h := range d.hunks {
		x, y := c.telling(h.old), c.telling(h.fresh)
		news := slices.ContainsFunc(y, func(t token) bool { return !c.a.holds(&t) && !c.a.stem(t.key()) })
		if len(x) > 0 && len(y) > 0 || news || denies(h.old) != denies(h.fresh) || turns(&h) {
			hunks = append(hunks, h)
		}
	}
	d.hunks = hunks
	return len(hunks) > 0
}

// changedPlaces reports a word that stands elsewhere in a head than it stood: who did it and to whom it was done may have
// changed places.
func (c *comparison) changedPlaces(d *difference) bool {
	gone := make(map[string]int)
	for i := range d.hunks {
		for _, t := range c.telling(d.hunks[i].old) {
			gone[rooted(&t)] = i + 1
		}
	}
	for i := range d.hunks {
		for _, t := range c.telling(d.hunks[i].fresh) {
			if from := gone[rooted(&t)]; from != 0 && from != i+1 && !saying[t.key()] {
				return true
			}
		}
	}
	return false
}

// changedNames reports a head from which a name or a figure was taken, and to which another one was added elsewhere: who
// did it may be another, although the text names both.
func (c *comparison) changedNames(d *difference) bool {
	is := func(t token) bool { return t.digits || c.name(&t) && !c.little[t.key()] && !saying[t.key()] }
	lost, added := false, false
	for _, h := range d.hunks {
		lost = lost || slices.ContainsFunc(h.old, is)
		added = added || slices.ContainsFunc(h.fresh, is)
	}
	return lost && added
}

// rooted is a word without its ending.
func rooted(t *token) string {
	k := t.key()
	return cmp.Or(stemmed(k), k)
}

// denied reports that one of two heads denies, confirms or tells another outcome.
func (c *comparison) denied(d *difference) bool {
	return slices.ContainsFunc(c.judge.differ(written(d.old), written(d.fresh), c.language), func(f dewline.Difference) bool {
		return f.Kind == dewline.FactVerdict
	})
}

// turns reports a place at which a word was left out or put in without which the head says something else.
func turns(h *hunk) bool {
	return slices.ContainsFunc(slices.Concat(h.old, h.fresh), func(t token) bool {
		return turning[t.key()] || t.glyph && strings.Contains("将將拟擬欲疑险險被遭", t.raw)
	})
}

// bag is a hash of tokens in whatever order.
func bag(tokens []token) (sum uint64) {
	for i := range tokens {
		sum += mix(tokens[i].hash)
	}
	return sum
}

func denies(tokens []token) bool {
	for i := range tokens {
		if verdicts[tokens[i].key()] {
			return true
		}
	}
	return false
}

// newFacts are what a head says that the earlier item does not: a number, a name, a word
// of denial or outcome. Where there are no capitals any word may be a name, so fewer may be new.
func (c *comparison) newFacts(s *sentence) (facts []dewline.Difference) {
	unknown, all, most := 0, 0, 2 // more than one in so many are unknown
	titled := titleCase(s.tokens)
	for i := range s.tokens {
		t := &s.tokens[i]
		k := t.key()
		if c.little[k] || t.glyph && passing[t.raw] {
			continue
		}
		all++
		if c.a.holds(t) || c.a.stem(k) {
			continue
		}
		unknown++
		if first, _ := utf8.DecodeRuneInString(t.raw); !isCased(first) {
			most = 4
		}
		kind := dewline.FactName
		switch {
		case t.digits:
			kind = dewline.FactNumber
		case verdicts[k] || outcomes[k] || t.glyph && hanDenials[k]:
			kind = dewline.FactVerdict
		case t.capital && i > 0 && !titled && c.name(t):
		default:
			continue
		}
		facts = append(facts, dewline.Difference{Kind: kind, New: t.raw})
	}
	if len(facts) == 0 && most*unknown >= all {
		facts = append(facts, dewline.Difference{Kind: dewline.FactName, New: written(s.tokens)})
	}
	return facts
}

// stem reports that a word stands in the statement in another form.
func (st *statement) stem(word string) bool {
	if st.stems == nil {
		st.stems = make(map[string]bool)
		for s := range st.sentences() {
			for i := range s.tokens {
				st.stems[stemmed(s.tokens[i].key())] = true
			}
		}
	}
	s := stemmed(word)
	return s != "" && st.stems[s]
}

// stemmed is the beginning of a long word, or the figures of a number with the letter behind
// them.
func stemmed(word string) string {
	if n := strings.IndexFunc(word, func(c rune) bool { return c < '0' || c > '9' }); n > 0 {
		_, size := utf8.DecodeRuneInString(word[n:])
		return word[:n+size]
	}
	const letters = 5
	n := 0
	for i := range word {
		if n == letters {
			return word[:i]
		}
		n++
	}
	return ""
}

// titleCase reports a headline whose words begin with capitals.
func titleCase(tokens []token) bool {
	long, capitals := 0, 0
	for i := range tokens {
		if len(tokens[i].raw) > 3 && strings.IndexFunc(tokens[i].raw, isCased) >= 0 {
			long++
			if tokens[i].capital {
				capitals++
			}
		}
	}
	return long >= 3 && 10*capitals >= 7*long
}
