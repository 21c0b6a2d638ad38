package filter

import (
	"cmp"
	"slices"
)

// nearVerdict is whether a NEAR holds, and where.
type nearVerdict struct {
	epoch   uint32
	holds   bool
	located uint32 // the epoch of its hits
	hits    part   // of the scratch's nearHits
}

// chain is the places of one operand of a NEAR. Those that are kept have a partner
// among the kept ones of the operand before.
type chain struct {
	spans []span // all, then the kept ones, by where they start
	byEnd []span // the kept ones, by where they end
}

// nearby reports whether a NEAR's operands stand so. It is judged once.
func (s *scratch) nearby(e *expr) bool {
	v := &s.nears[e.term]
	if v.epoch != s.epoch {
		v.epoch, v.holds = s.epoch, false
		v.holds = s.chain(e, s.rules.nears[e.term], false)
	}
	return v.holds
}

// chain gathers the places of a NEAR's operands and keeps, from left to right,
// those that the operands up to there can stand at. It reports whether some can; of
// the last operand all are kept only where they are wanted.
func (s *scratch) chain(e *expr, links []link, all bool) bool {
	for i := range e.kids {
		if !s.holds(&e.kids[i]) {
			return false
		}
	}
	s.leaf = 0
	for len(s.chains) < len(e.kids) {
		s.chains = append(s.chains, chain{})
	}
	for i := range e.kids {
		c := &s.chains[i]
		c.spans = c.spans[:0]
		s.spans(&e.kids[i], c)
		if !slices.IsSortedFunc(c.spans, byStart) {
			slices.SortFunc(c.spans, byStart)
		}
		if i == len(links) && !all {
			return c.has(&s.chains[i-1], links[i-1])
		}
		if i > 0 {
			c.keep(&s.chains[i-1], links[i-1], false)
		}
		if len(c.spans) == 0 {
			return false
		}
		c.index()
	}
	return true
}

// nearHit is a hit of an operand, and which of the NEAR's terms it is of.
type nearHit struct {
	hit
	leaf int32
}

// locateNear notes the places of a NEAR's operands. They are looked for once, for
// all the rules that have the NEAR, each with its own names for the terms.
func (s *scratch) locateNear(e *expr) {
	v := &s.nears[e.term]
	if v.located != s.epoch {
		from := len(s.nearHits)
		s.nearHits = s.locateChain(s.nearHits, e, s.rules.nears[e.term], maxHits)
		v.located, v.hits = s.epoch, part{int32(from), int32(len(s.nearHits))}
	}
	var names []string
	e.eachTerm(func(t *expr) { names = append(names, t.name) })
	for _, h := range s.nearHits[v.hits.from:v.hits.to] {
		h.name = names[h.leaf]
		s.located = append(s.located, h.hit)
	}
}

// eachTerm gives every term of an expression.
func (e *expr) eachTerm(f func(*expr)) {
	if e.op == opTerm {
		f(e)
	}
	for i := range e.kids {
		e.kids[i].eachTerm(f)
	}
}

// locateChain adds the places because of which a NEAR holds, up to most of each
// of its terms: from right to left those are left out that lead nowhere.
func (s *scratch) locateChain(hits []nearHit, e *expr, links []link, most int) []nearHit {
	if !s.chain(e, links, true) {
		return hits
	}
	counts := make(map[int32]int)
	for i := len(e.kids) - 1; i >= 0; i-- {
		c := &s.chains[i]
		if i < len(links) {
			c.keep(&s.chains[i+1], links[i], true)
			c.index()
		}
		clear(counts)
		for k := range c.spans {
			if p := &c.spans[k]; counts[p.leaf] < most {
				counts[p.leaf]++
				hits = append(hits, nearHit{p.hit, p.leaf})
			}
		}
	}
	return hits
}

// spans notes the places of an operand: a term or alternatives.
func (s *scratch) spans(e *expr, c *chain) {
	for i := range e.kids {
		s.spans(&e.kids[i], c)
	}
	if e.op != opTerm {
		return
	}
	leaf := s.leaf
	s.leaf++
	t := &s.rules.terms[e.term]
	if t.re >= 0 {
		s.spansOfExpression(e, c, leaf)
	}
	forms := s.rules.formsOf(t)
	for i := range forms {
		f := &forms[i]
		for at := s.first(f); at >= 0; at = s.places[at].next {
			if token := s.places[at].token; s.stands(f, t.fields, token) {
				first := s.start(f, token)
				last := first + int(f.n) - 1
				c.spans = append(c.spans, span{
					hit{e.term, e.name, s.fieldOf(first), s.tokens[first].start, s.tokens[last].end},
					s.tokens[first].word, s.tokens[last].word, leaf,
				})
			}
		}
	}
}

func byStart(a, b span) int {
	return cmp.Or(cmp.Compare(a.field, b.field), cmp.Compare(a.start, b.start))
}

func byEnd(a, b span) int {
	return cmp.Or(cmp.Compare(a.field, b.field), cmp.Compare(a.end, b.end))
}

// index makes the kept places findable by where they end.
func (c *chain) index() {
	c.byEnd = append(c.byEnd[:0], c.spans...)
	if !slices.IsSortedFunc(c.byEnd, byEnd) {
		slices.SortFunc(c.byEnd, byEnd)
	}
}

// keep keeps the places that have a partner among those of a neighbouring operand,
// which is the one to the right or to the left in the query.
func (c *chain) keep(o *chain, l link, right bool) {
	kept := c.spans[:0]
	for i := range c.spans {
		if o.partner(&c.spans[i], l, right) {
			kept = append(kept, c.spans[i])
		}
	}
	c.spans = kept
}

// has reports whether a place has a partner among those of the operand to the left.
func (c *chain) has(o *chain, l link) bool {
	for i := range c.spans {
		if o.partner(&c.spans[i], l, false) {
			return true
		}
	}
	return false
}

// partner reports whether one of these is a partner of p, to the right or to the
// left of it in the query. The nearest place on each side is the only one to be
// looked at.
func (c *chain) partner(p *span, l link, right bool) bool {
	return (!l.ordered || !right) && c.endsBefore(p, l.n) || (!l.ordered || right) && c.startsBehind(p, l.n)
}

// endsBefore reports whether some place ends before p, at most n words away.
func (c *chain) endsBefore(p *span, n int32) bool {
	i, _ := slices.BinarySearchFunc(c.byEnd, p, func(q span, p *span) int {
		if q.field < p.field || q.field == p.field && q.end <= p.start {
			return -1
		}
		return 1
	})
	return i > 0 && c.byEnd[i-1].before(p, n)
}

// startsBehind reports whether some place starts behind p, at most n words away.
func (c *chain) startsBehind(p *span, n int32) bool {
	i, _ := slices.BinarySearchFunc(c.spans, p, func(q span, p *span) int {
		if q.field < p.field || q.field == p.field && q.start < p.end {
			return -1
		}
		return 1
	})
	return i < len(c.spans) && p.before(&c.spans[i], n)
}
