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
	op      question // and the marks
}

// label is the term that an instruction asks for, as the query writes it.
type label struct {
	name part // of the rules' names
	term int32
}

func (r *Rules) named(p part) string { return r.names[p.from:p.to] }

// question is what an instruction asks.
type question uint8

const (
	askAtom  question = iota // is this atom in the fields?
	askPair                  // is this pair, with one of the gaps between the two?
	askForm                  // is this form of several tokens?
	askTerm                  // is this term?
	askNear                  // does this NEAR hold?
	askCover                 // does the rule cover the item's feed?

	questions question = 1<<3 - 1
)

// Marks of instructions.
const (
	markLast    question = 1 << (3 + iota) // the last of the program, which is its first in memory
	markSilent                             // what it finds is no reason of a match
	markTangled                            // of the one where a program begins: its reasons are not simply all that it finds
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
	switch in.op & questions {
	case askAtom:
		v := &s.atoms[in.arg]
		return v.epoch == s.epoch && v.fields&in.fields != 0
	case askPair:
		return s.paired(in)
	case askForm:
		return s.formed(in)
	case askTerm:
		return s.found(in.arg)
	case askNear:
		return s.nearby(s.rules.nearAt[in.arg])
	}
	return s.rules.scopes[in.arg].Covers(s.it.Feed)
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

func (s *scratch) formed(in *instruction) bool {
	f := &s.rules.forms[in.arg]
	for at := s.first(f); at >= 0; at = s.places[at].next {
		if s.stands(f, in.fields, s.places[at].token) {
			return true
		}
	}
	return false
}

// program writes a rule's program and returns where it begins.
func (c *compiler) program(r int32) int32 {
	rule := &c.rules[r]
	last := len(c.code)
	e := c.exprOf(int(r))
	at := c.instructions(e, endHolds, endFails)
	if rule.scope >= 0 {
		at = c.instruction(instruction{op: askCover | markSilent, arg: rule.scope, yes: at, no: endFails}, label{})
	}
	c.code[last].op |= markLast
	if c.tangled(e) {
		c.code[at].op |= markTangled
	}
	return at
}

// tangled reports whether a term can be found that is no reason of a match, or one is
// named twice: whether the query is more than alternatives that must all hold.
func (c *compiler) tangled(e *expr) bool {
	c.mark++
	if e.op == opAnd {
		return slices.ContainsFunc(e.kids, func(k expr) bool { return k.op == opOr && k.nested() || c.repeats(&k) })
	}
	return e.op == opOr && e.nested() || c.repeats(e)
}

// repeats reports whether a term was named before under the same mark, or it is a
// NEAR, whose reasons are its own.
func (c *compiler) repeats(e *expr) bool {
	switch {
	case e.op == opNear:
		return true
	case e.op == opTerm && !e.not:
		again := c.marked[e.term] == c.mark
		c.marked[e.term] = c.mark
		return again
	}
	for i := range e.kids {
		if c.repeats(&e.kids[i]) {
			return true
		}
	}
	return false
}

// nested reports whether some part is more than a term.
func (e *expr) nested() bool {
	return slices.ContainsFunc(e.kids, func(k expr) bool { return k.op != opTerm })
}

func (c *compiler) instruction(in instruction, l label) int32 {
	c.code, c.labels = append(c.code, in), append(c.labels, l)
	return int32(len(c.code) - 1)
}

// instructions writes an expression, from its end, and returns where it begins.
func (c *compiler) instructions(e *expr, yes, no int32) int32 {
	if e.not {
		yes, no = no, yes
	}
	switch e.op {
	case opTerm:
		return c.termInstructions(e, yes, no)
	case opNear:
		c.nearAt[e.term] = e
		return c.instruction(instruction{op: askNear, arg: e.term, yes: yes, no: no}, label{})
	case opAnd:
		for _, i := range slices.Backward(c.order(e)) {
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
func (c *compiler) termInstructions(e *expr, yes, no int32) int32 {
	t := &c.terms[e.term]
	in := instruction{op: askTerm, arg: e.term, yes: yes, no: no}
	if e.not {
		in.op |= markSilent
	}
	l := label{c.name(e.name), e.term}
	forms := c.formsOf(t)
	simple := len(forms) > 0 && len(forms) <= maxAlternatives && t.re < 0
	for i := range forms {
		simple = simple && (forms[i].plain || c.justPair(&forms[i]))
	}
	in.fields = t.fields
	if !simple {
		// Of a term with one form its verdict is worth its place only where other
		// rules have it, too.
		if len(forms) == 1 && c.uses[e.term] == 1 {
			in.op, in.arg = in.op&^questions|askForm, t.forms.from
		}
		return c.instruction(in, l)
	}
	for i := range slices.Backward(forms) {
		f := &forms[i]
		in.no = no
		in.op, in.arg = in.op&^questions|askAtom, int32(f.atom) //nolint:staticcheck // that the first question is 0 is no matter of this line
		if !f.plain {
			in.op, in.arg, in.gaps = in.op&^questions|askPair, f.pair, c.elementsOf(f)[1].gaps
		}
		no = c.instruction(in, l)
	}
	return no
}

// justPair reports whether a form stands wherever its pair does, with the right gap.
func (c *compiler) justPair(f *compiledForm) bool {
	return f.n == 2 && !slices.ContainsFunc(c.elementsOf(f), func(e compiledElement) bool {
		return e.opens || e.closes || e.exact != 0
	})
}

// foundBy notes what a program that holds found, and reports whether it is in order,
// each place once. A tangled program notes nothing.
func (s *scratch) foundBy(at int32) (sorted, ok bool) {
	if s.rules.code[at].op&markTangled != 0 {
		return false, false
	}
	sorted = true
	for ; ; at-- {
		in := &s.rules.code[at]
		if from := len(s.located); in.op&markSilent == 0 {
			s.locateAsked(in, &s.rules.labels[at])
			if len(s.located) > from {
				sorted = sorted && from == 0 && in.op&questions != askTerm
			}
		}
		if in.op&markLast != 0 {
			return sorted, true
		}
	}
}

// locateAsked notes up to maxHits places of what an instruction asks for.
func (s *scratch) locateAsked(in *instruction, l *label) {
	var at, before int32
	switch in.op & questions {
	case askAtom:
		at = s.atoms[in.arg].head(s.epoch)
	case askPair:
		at, before = s.pairs[in.arg].head(s.epoch), 1
	case askForm:
		s.locateForm(&s.rules.forms[in.arg], in.fields, hit{term: l.term, name: s.rules.named(l.name)}, maxHits)
		return
	default:
		s.locate(&expr{op: opTerm, term: l.term, name: s.rules.named(l.name)}, maxHits)
		return
	}
	name := s.rules.named(l.name)
	for n := 0; at >= 0 && n < maxHits; at = s.places[at].next {
		token := s.places[at].token
		t := &s.tokens[token]
		f := s.fieldOf(int(token))
		if !in.fields.has(f) || before > 0 && !in.gaps.has(t.gap) {
			continue
		}
		n++
		s.located = append(s.located, hit{term: l.term, name: name, field: f, start: s.tokens[token-before].start, end: t.end})
	}
}
