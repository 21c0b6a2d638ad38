package stories

import (
	"slices"
	"strings"

	"dewline"
)

// comparison is of an earlier (a) and a later (b) statement.
type comparison struct {
	a, b     *statement
	judge    *Judge
	language string
	little   map[string]bool // words that say nothing by themselves

	all         int  // half words of b's body
	same        int  // half words of b's body that stand in a in their place
	places      int  // where the two say something else in an otherwise equal sentence
	added, lost int  // sentences that b alone has, and a alone
	weightAdded int  // half words of the former
	weightLost  int  // and of the latter
	dated       bool // one of the places is about a day
	headed      int  // of the places, those in titles
	differences []dewline.Difference
	unnamed     []func() // what names the facts where the two differ, in order
}

// mostApart bounds the sentences of the later text that are compared one by one, for of a copy
// nearly all stand in the earlier text as they are; mostLikened the half words that are
// compared as a whole.
const (
	mostApart   = 100
	mostLikened = 1600
	// mostPlaces is in how many places an edition of a statement differs from it.
	mostPlaces = 4
)

// bodies compares the bodies: sentences that both have count as the same wherever they
// stand; of the others, pairs are compared word by word.
func (c *comparison) bodies() {
	old, fresh, titles := c.rest()
	old, fresh = c.regrouped(old, fresh)
	if len(fresh) > mostApart {
		c.places = mostPlaces + 1
		return // that is no edition of one statement
	}
	if len(titles) == 0 && c.resplit(old, fresh) {
		return
	}
	left := newPool(old)
	for _, s := range titles {
		if was := left.likest(s); was != nil {
			c.pair(was, s)
		} else {
			c.same += weigh(s.tokens)
		}
	}
	for _, s := range fresh {
		if c.tooMany() {
			return // nor is this one
		}
		if was := left.likest(s); was != nil {
			c.pair(was, s)
		} else {
			c.addition(s)
		}
	}
	for i, s := range left.list {
		if !left.taken[i] {
			c.lost++
			c.weightLost += weigh(s.tokens)
			c.saidAbove(s)
		}
	}
}

// saidAbove tells a sentence of the earlier text that the later one has in its title alone, and otherwise. What stands in
// a title is not taken for a sentence of the text once more.
func (c *comparison) saidAbove(was *sentence) {
	for i := range c.b.heads {
		s := &c.b.heads[i]
		if 3*inCommon(was.tokens, s.tokens) < len(was.tokens)+len(s.tokens) {
			continue
		}
		if d := c.diff(was.tokens, s.tokens); c.contradicts(d) {
			c.tell(d)
			return
		}
	}
}

// rest are the sentences of each body that the other text has not, and those of the later one that the earlier has as
// its title alone. What was cut off from one that it has says nothing, nor do lines of the page that one text alone has.
func (c *comparison) rest() (old, fresh, titles []*sentence) {
	has := func(list []sentence) map[uint64]bool {
		m := make(map[uint64]bool)
		for i := range list {
			m[list[i].key] = true
		}
		return m
	}
	inA, aboveA, inB, aboveB := has(c.a.body), has(c.a.heads), has(c.b.body), has(c.b.heads)
	for i := range c.a.body {
		if s := &c.a.body[i]; !s.line && !inB[s.key] && !aboveB[s.key] {
			old = append(old, s)
		}
	}
	for i := range c.b.body {
		s := &c.b.body[i]
		if s.line {
			continue
		}
		w := weigh(s.tokens)
		c.all += w
		switch {
		case inA[s.key], c.cutOff(i):
			c.same += w
		case aboveA[s.key]:
			titles = append(titles, s)
		default:
			fresh = append(fresh, s)
		}
	}
	return old, fresh, titles
}

// cutOff reports a sentence of the later text that is the beginning of one of the earlier text: of any, or, where it
// has but a few words, of that which follows the same sentence there.
func (c *comparison) cutOff(i int) bool {
	s := &c.b.body[i]
	if !s.open {
		return false
	}
	if i > 0 {
		before := c.b.body[i-1].key
		for k := 1; k < len(c.a.body); k++ {
			if c.a.body[k-1].key == before && s.begins(&c.a.body[k]) {
				return true
			}
		}
	}
	return beginsOne(s, c.a.body)
}

// resplit reports that the sentences which differ are the same as one text, but for what says
// nothing: where one edition ends a sentence, another one writes a comma.
func (c *comparison) resplit(old, fresh []*sentence) bool {
	x, y := joined(old), joined(fresh)
	if len(x) == 0 || len(y) == 0 || weigh(x)+weigh(y) > mostLikened || 10*inCommon(x, y) < 8*max(len(x), len(y)) {
		return false
	}
	d := c.diff(x, y)
	d.hunks = slices.DeleteFunc(d.hunks, func(h hunk) bool {
		return len(h.old) == 0 && conjunction(h.fresh) && startsAt(old, h.was) || len(h.fresh) == 0 && conjunction(h.old) && startsAt(fresh, h.at)
	})
	const most, longest = 2, 6 // as many places as one hand edits, and not whole sentences
	if len(d.hunks) > most || slices.ContainsFunc(d.hunks, func(h hunk) bool { return len(h.old)+len(h.fresh) > longest }) {
		return false
	}
	c.same += d.same
	if !d.silent() {
		c.tell(d)
	}
	return true
}

// conjunction reports a word that makes one sentence of two.
func conjunction(tokens []token) bool {
	return len(tokens) == 1 && (tokens[0].key() == "while" || tokens[0].key() == "but")
}

// startsAt reports that one of the sentences, but the first, begins behind so many tokens.
func startsAt(list []*sentence, at int) bool {
	n := 0
	for _, s := range list {
		if n == at && n > 0 {
			return true
		}
		n += len(s.tokens)
	}
	return false
}

// lines compares the lines of the page that the later text alone has with those most like them: a sentence
// that is taken for one may be a report all the same, so what it denies, or how much it says, counts.
func (c *comparison) lines() {
	lines := func(st, other *statement) (all []*sentence) {
		for i := range st.body {
			if s := &st.body[i]; s.line && !other.stands(s.key) {
				all = append(all, s)
			}
		}
		return all
	}
	fresh := lines(c.b, c.a)
	if len(fresh) == 0 || len(fresh) > mostApart {
		return
	}
	left := newPool(lines(c.a, c.b))
	for _, s := range fresh {
		was := left.likest(s)
		if was == nil {
			continue
		}
		if d := c.diff(was.tokens, s.tokens); slices.ContainsFunc(d.hunks, hunk.decides) {
			c.tell(d)
		}
	}
}

func joined(list []*sentence) (all []token) {
	for _, s := range list {
		all = append(all, s.tokens...)
	}
	return all
}

// pair compares a sentence with what it was.
func (c *comparison) pair(was, s *sentence) {
	d := c.diff(was.tokens, s.tokens)
	c.same += d.same
	if d.silent() {
		return
	}
	if rest := s.tokens[min(len(was.tokens), len(s.tokens)):]; len(rest) > 0 && was.open && beginsOne(was, []sentence{*s}) {
		c.addition(&sentence{tokens: rest}) // a teaser that was cut goes on
		return
	}
	c.tell(d)
}

// tell keeps what differs in two sentences.
func (c *comparison) tell(d *difference) {
	for _, h := range d.hunks {
		c.places += h.places()
	}
	c.unnamed = append(c.unnamed, func() {
		facts := c.judge.differ(written(d.old), written(d.fresh), c.language)
		if len(facts) == 0 {
			for _, h := range d.hunks {
				facts = append(facts, dewline.Difference{Kind: h.kind(), Old: written(h.old), New: written(h.fresh)})
			}
		}
		c.keep(facts)
		for _, h := range d.hunks {
			c.dated = c.dated || h.dated(d)
		}
		for _, f := range facts {
			c.dated = c.dated || f.Kind == dewline.FactDate
		}
	})
}

// nameFacts names the facts where the two differ.
func (c *comparison) nameFacts() {
	for _, f := range c.unnamed {
		f()
	}
	c.unnamed = nil
}

// mostTold bounds the differences that are listed.
const mostTold = 10

func (c *comparison) keep(facts []dewline.Difference) {
	for _, f := range facts {
		if len(c.differences) < mostTold {
			c.differences = append(c.differences, dewline.Difference{Kind: f.Kind, Old: f.Old, New: f.New})
		}
	}
}

// addition is a sentence that the earlier text has not: whatever it says is new.
func (c *comparison) addition(s *sentence) {
	if ofPage(s.tokens) || c.a.lineOf(s) || attribution(c.telling(s.tokens)) {
		return
	}
	c.added++
	c.weightAdded += weigh(s.tokens)
	c.unnamed = append(c.unnamed, func() {
		if len(c.differences) >= mostTold {
			return
		}
		facts := c.judge.differ("", written(s.tokens), c.language)
		if len(facts) == 0 {
			const head = 12
			facts = []dewline.Difference{{Kind: dewline.FactName, New: written(s.tokens[:min(head, len(s.tokens))])}}
		}
		c.keep(facts[:1])
	})
}

// written are tokens as a text.
func written(tokens []token) string {
	var b strings.Builder
	for i := range tokens {
		if i > 0 && !tokens[i].glyph && !tokens[i-1].glyph {
			b.WriteByte(' ')
		}
		b.WriteString(tokens[i].raw)
	}
	return b.String()
}

// pool are the sentences of the earlier text that are not paired yet.
type pool struct {
	list  []*sentence
	with  map[uint64][]int // by a token, the sentences that hold it
	taken map[int]bool
}

func newPool(list []*sentence) *pool {
	p := &pool{list: list, with: make(map[uint64][]int), taken: make(map[int]bool)}
	for i, s := range list {
		for k := range s.tokens {
			h := s.tokens[k].hash
			if of := p.with[h]; len(of) == 0 || of[len(of)-1] != i {
				p.with[h] = append(of, i)
			}
		}
	}
	return p
}

// likest takes the sentence that has most in common with this one, if that is half of both.
func (p *pool) likest(s *sentence) *sentence {
	const mostHolders = 40 // a word of more sentences tells none of them apart
	common := make(map[int]int)
	once := make(map[uint64]bool, len(s.tokens))
	for i := range s.tokens {
		h := s.tokens[i].hash
		if once[h] {
			continue
		}
		once[h] = true
		if of := p.with[h]; len(of) <= mostHolders {
			for _, k := range of {
				common[k]++
			}
		}
	}
	best, most := -1, 0
	for k, n := range common {
		if better := n > most || n == most && k < best; !p.taken[k] && better && (4*n >= len(s.tokens)+len(p.list[k].tokens) || s.open && 5*n >= 4*len(s.tokens)) {
			best, most = k, n
		}
	}
	if best < 0 {
		return nil
	}
	p.taken[best] = true
	return p.list[best]
}
