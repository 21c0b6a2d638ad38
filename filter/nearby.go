package filter

import (
	"cmp"
	"slices"
)

// nearVerdict is whether a NEAR holds.
type nearVerdict struct {
	epoch uint32
	holds bool
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
		v.holds = s.chain(e, s.rules.nears[e.term])
	}
	return v.holds
}

// chain gathers the places of a NEAR's operands and keeps, from left to right,
// those that the operands up to there can stand at. It reports whether some can.
func (s *scratch) chain(e *expr, links []link) bool {
	for i := range e.kids {
		if !s.holds(&e.kids[i]) {
			return false
		}
	}
	for len(s.chains) < len(e.kids) {
		s.chains = append(s.chains, chain{})
	}
	for i := range e.kids {
		c := &s.chains[i]
		c.spans = c.spans[:0]
		s.spans(&e.kids[i], c)
		slices.SortFunc(c.spans, byStart)
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

// locateNear notes the places of the operands because of which a NEAR holds:
// from right to left those are left out that lead nowhere.
func (s *scratch) locateNear(e *expr, links []link) {
	if !s.chain(e, links) {
		return
	}
	for i := len(e.kids) - 1; i >= 0; i-- {
		c := &s.chains[i]
		if i < len(links) {
			c.keep(&s.chains[i+1], links[i], true)
			c.index()
		}
		for k := range c.spans {
			s.located = append(s.located, c.spans[k].hit)
		}
	}
}

// spans notes the places of an operand: a term or alternatives.
func (s *scratch) spans(e *expr, c *chain) {
	for i := range e.kids {
		s.spans(&e.kids[i], c)
	}
	if e.op != opTerm {
		return
	}
	t := &s.rules.terms[e.term]
	if t.re != nil {
		s.spansOfExpression(e, c)
	}
	for i := range t.forms {
		f := &t.forms[i]
		for at := s.first(f); at >= 0; at = s.places[at].next {
			if token := s.places[at].token; s.stands(f, t.fields, token) {
				first := s.start(f, token)
				last := first + len(f.elements) - 1
				c.spans = append(c.spans, span{
					hit{e.term, e.name, s.fieldOf(first), s.tokens[first].start, s.tokens[last].end},
					s.tokens[first].word, s.tokens[last].word,
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
	slices.SortFunc(c.byEnd, byEnd)
}

// keep keeps the places that have a partner among those of a neighbouring operand,
// which is the one to the right or to the left in the query. The nearest place on
// each side is the only one to be looked at.
func (c *chain) keep(o *chain, l link, right bool) {
	kept := c.spans[:0]
	for _, p := range c.spans {
		if (!l.ordered || !right) && o.endsBefore(&p, l.n) || (!l.ordered || right) && o.startsBehind(&p, l.n) {
			kept = append(kept, p)
		}
	}
	c.spans = kept
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
