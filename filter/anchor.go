package filter

import (
	"cmp"
	"math"
	"slices"
)

// place chooses what a form is found by: its rarest pair, or its only atom.
func (c *compiler) place(f *compiledForm) {
	if f.n == 1 {
		c.atoms[f.atom].located = true
		return
	}
	best := math.Inf(1)
	for i := range int(f.n) - 1 {
		n := c.pair(f, i)
		if cost := c.pairCost(f, i) * float64(c.pairForms[n]); cost < best {
			best, f.pair, f.at = cost, n, uint8(i)
		}
	}
	e := c.elementsOf(f)
	a, b := e[f.at].atom, e[f.at+1].atom
	c.atoms[a].after |= bitOf(b)
	c.atoms[b].before |= bitOf(a)
}

// dropPairs forgets the pairs that no form is found by, and closes the table.
func (c *compiler) dropPairs() {
	used := make([]bool, len(c.pairForms))
	for _, f := range c.forms {
		if f.pair >= 0 {
			used[f.pair] = true
		}
	}
	c.pairs.seal(used)
}

// rarity is how often a word is met, guessed by its length.
var rarity = func() (t [15]float64) {
	for n := range t {
		t[n] = math.Pow(0.6, float64(n))
	}
	return t
}()

// atomCost guesses how often a token is in a text: short words are frequent, and
// characters that are tokens of their own more so.
func (c *compiler) atomCost(a atom) float64 {
	n := int(c.vocab.keys[a].length)
	if n == 1 {
		return 1.0 / 32
	}
	return rarity[min(n, len(rarity)-1)]
}

func (c *compiler) pairCost(f *compiledForm, i int) float64 {
	e := c.elementsOf(f)
	return c.atomCost(e[i].atom) * c.atomCost(e[i+1].atom)
}

// cost guesses how often an expression would make its rule be looked at. None is
// known of one that holds in an empty text.
func (c *compiler) cost(e *expr) (cost float64, ok bool) {
	switch {
	case e.op == opTerm:
		return c.termCost(e.term), !e.not
	case e.op == opNear && e.not:
		return 0, false
	case e.op == opAnd || e.op == opNear:
		i := c.rarest(e)
		if i < 0 {
			return 0, false
		}
		return c.cost(&e.kids[i])
	}
	for i := range e.kids {
		k, ok := c.cost(&e.kids[i])
		if !ok {
			return 0, false
		}
		cost += k
	}
	return cost, true
}

// rarest is the part, of those that must all hold, by which they are looked for;
// -1 if there is none.
func (c *compiler) rarest(e *expr) int {
	best, least := -1, 0.0
	for i := range e.kids {
		if k, ok := c.cost(&e.kids[i]); ok && (best < 0 || k < least) {
			best, least = i, k
		}
	}
	return best
}

// anchor adds terms of which at least one must be found where the expression holds.
// There is none for one that holds in an empty text.
func (c *compiler) anchor(terms []int32, e *expr) []int32 {
	switch {
	case e.op == opTerm:
		return append(terms, e.term)
	case e.op == opAnd || e.op == opNear:
		return c.anchor(terms, &e.kids[c.rarest(e)])
	}
	for i := range e.kids {
		terms = c.anchor(terms, &e.kids[i])
	}
	return terms
}

const (
	everyItem      = 1e6  // the cost of a term that is looked for in every item
	expressionCost = 0.01 // of a piece: what it costs to look, beside how often
)

// termCost guesses how often a term would make its rule be looked at, for all the
// rules that name it.
func (c *compiler) termCost(n int32) float64 {
	cost := 0.0
	t := &c.terms[n]
	if t.re >= 0 {
		if len(c.requiredBy(t)) == 0 {
			return everyItem
		}
		for _, a := range c.requiredBy(t) {
			cost += c.atomCost(a) + expressionCost
		}
	}
	forms := c.formsOf(t)
	for i := range forms {
		f := &forms[i]
		if f.pair >= 0 {
			cost += c.pairCost(f, int(f.at))
		} else {
			cost += c.atomCost(f.atom)
		}
	}
	return cost * float64(c.uses[n])
}

// watch is that a rule is looked at where an atom or a pair is found.
type watch struct {
	at   *seen
	rule int32
}

// watch notes that a rule is looked at where its anchor's forms are found.
func (c *compiler) watch(r int32, terms []int32) {
	slices.SortFunc(terms, cmp.Compare)
	for _, n := range slices.Compact(terms) {
		t := &c.terms[n]
		if t.re >= 0 && len(c.requiredBy(t)) == 0 && (len(c.always) == 0 || c.always[len(c.always)-1] != r) {
			c.always = append(c.always, r)
		}
		for _, a := range c.requiredBy(t) {
			c.watchAt(&c.atoms[a], r)
		}
		for _, f := range c.formsOf(t) {
			if f.pair >= 0 {
				c.watchAt(&c.pairSeen[f.pair], r)
			} else {
				c.watchAt(&c.atoms[f.atom], r)
			}
		}
	}
}

func (c *compiler) watchAt(v *seen, r int32) {
	if v.last == r+1 { // last is free until the rules are ready
		return
	}
	v.last = r + 1
	v.watchers++
	c.watches = append(c.watches, watch{v, r})
}

// enter makes the lists of the watchers, in the order of the rules.
func (c *compiler) enter() {
	to := int32(0)
	for _, all := range [][]seen{c.atoms, c.pairSeen} {
		for i := range all {
			v := &all[i]
			v.from, to = to, to+v.watchers
			v.last, v.watchers = 0, 0
		}
	}
	c.watchers = make([]int32, to)
	for _, w := range c.watches {
		c.watchers[w.at.from+w.at.watchers] = w.rule
		w.at.watchers++
	}
}
