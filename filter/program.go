package filter

import (
	"cmp"
	"math"
	"slices"
)

// instruction is one question of a rule's program: whether something is in the item,
// and where to go on. A program judges as holds does with the expression, but all
// that it reads stands in one place.
type instruction struct {
	arg     int32
	yes, no int32 // the next instruction, or one of the ends
	fields  fieldSet
	gaps    gapSet
	op      question
}

// question is what an instruction asks.
type question uint8

const (
	askAtom  question = iota // is this atom in the fields?
	askPair                  // is this pair, with one of the gaps between the two?
	askTerm                  // is this term?
	askNear                  // does this NEAR hold?
	askCover                 // does the rule cover the item's feed?
)

// The ends of a program.
const (
	endHolds = -1
	endFails = -2
)

// asked is whether a rule was made a candidate, and where its program begins.
type asked struct {
	epoch uint32
	code  int32
}

// run judges a rule by its program.
func (s *scratch) run(at int32) bool {
	for at >= 0 {
		in := &s.rules.code[at]
		if s.answer(in) {
			at = in.yes
		} else {
			at = in.no
		}
	}
	return at == endHolds
}

func (s *scratch) answer(in *instruction) bool {
	switch in.op {
	case askAtom:
		v := &s.atoms[in.arg]
		return v.epoch == s.epoch && v.fields&in.fields != 0
	case askPair:
		return s.paired(in)
	case askTerm:
		return s.found(in.arg)
	case askNear:
		return s.nearby(s.rules.nearAt[in.arg])
	}
	return s.rules.rules[in.arg].Covers(s.it.Feed)
}

func (s *scratch) paired(in *instruction) bool {
	for at := s.pairs[in.arg].head(s.epoch); at >= 0; at = s.places[at].next {
		token := s.places[at].token
		if in.gaps.has(s.tokens[token].gap) && in.fields.has(s.fieldOf(int(token))) {
			return true
		}
	}
	return false
}

// program writes a rule's program and returns where it begins.
func (c *compiler) program(r int32) int32 {
	rule := &c.rules[r]
	at := c.instructions(&rule.expr, endHolds, endFails)
	if len(rule.Tags) > 0 || len(rule.Feeds) > 0 {
		at = c.instruction(instruction{op: askCover, arg: r, yes: at, no: endFails})
	}
	return at
}

func (c *compiler) instruction(in instruction) int32 {
	c.code = append(c.code, in)
	return int32(len(c.code) - 1)
}

// instructions writes an expression, from its end, and returns where it begins.
func (c *compiler) instructions(e *expr, yes, no int32) int32 {
	if e.not {
		yes, no = no, yes
	}
	switch e.op {
	case opTerm:
		return c.termInstructions(e.term, yes, no)
	case opNear:
		c.nearAt[e.term] = e
		return c.instruction(instruction{op: askNear, arg: e.term, yes: yes, no: no})
	case opAnd:
		order := c.order(e)
		for _, i := range slices.Backward(order) {
			yes = c.instructions(&e.kids[i], yes, no)
		}
		return yes
	}
	for i := range slices.Backward(e.kids) {
		no = c.instructions(&e.kids[i], yes, no)
	}
	return no
}

// order is the order in which parts that must all hold are judged: the rarer first,
// but last the one by which the rule was found, for that is there.
func (c *compiler) order(e *expr) []int {
	costs := make([]float64, len(e.kids))
	order := make([]int, len(e.kids))
	for i := range e.kids {
		order[i] = i
		cost, ok := c.cost(&e.kids[i])
		if costs[i] = cost; !ok {
			costs[i] = math.Inf(1)
		}
	}
	slices.SortStableFunc(order, func(i, k int) int { return cmp.Compare(costs[i], costs[k]) })
	return append(order[1:], order[0])
}

// maxAlternatives is how many forms of a term are asked for one by one.
const maxAlternatives = 4

// termInstructions asks for a term, form by form where these are simple.
func (c *compiler) termInstructions(n, yes, no int32) int32 {
	t := &c.terms[n]
	simple := len(t.forms) > 0 && len(t.forms) <= maxAlternatives && t.re == nil
	for i := range t.forms {
		simple = simple && (t.forms[i].plain || t.forms[i].justPair())
	}
	if !simple {
		return c.instruction(instruction{op: askTerm, arg: n, yes: yes, no: no})
	}
	for i := range slices.Backward(t.forms) {
		f := &t.forms[i]
		in := instruction{op: askAtom, arg: int32(f.atom), fields: t.fields, yes: yes, no: no}
		if !f.plain {
			in.op, in.arg, in.gaps = askPair, f.pair, f.elements[1].gaps
		}
		no = c.instruction(in)
	}
	return no
}

// justPair reports whether a form stands wherever its pair does, with the right gap.
func (f *compiledForm) justPair() bool {
	return len(f.elements) == 2 && !slices.ContainsFunc(f.elements, func(e compiledElement) bool {
		return e.opens || e.closes || e.exact != ""
	})
}
