package filter

import (
	"slices"

	"dewline"
)

// Match gives the matches of an item: one of each rule that covers the item's
// feed and holds, in the order of the rules.
func (r *Rules) Match(it *dewline.Item) []dewline.Match {
	if len(r.rules) == 0 {
		return nil
	}
	s := r.take()
	defer r.put(s)
	s.read(it)
	held := s.candidates[:0]
	for _, n := range s.candidates {
		if s.run(s.asked[n].code) {
			held = append(held, n)
		}
	}
	slices.Sort(held)
	s.touchMatched(held)
	for _, n := range held {
		s.match(n)
	}
	return s.matches()
}

// holds judges an expression of the item that was read.
func (s *scratch) holds(e *expr) bool {
	switch e.op {
	case opTerm:
		return s.found(e.term) != e.not
	case opNear:
		return s.nearby(e) != e.not
	case opAnd:
		for i := range e.kids {
			if !s.holds(&e.kids[i]) {
				return false
			}
		}
		return true
	}
	for i := range e.kids {
		if s.holds(&e.kids[i]) {
			return true
		}
	}
	return false
}

// found reports whether a term is in the item. It is judged once.
func (s *scratch) found(n int32) bool {
	t := &s.rules.terms[n]
	if t.only >= 0 {
		v := &s.atoms[t.only]
		return v.epoch == s.epoch && v.fields&t.fields != 0
	}
	v := &s.verdicts[n]
	if v.epoch != s.epoch {
		v.epoch, v.found = s.epoch, s.find(t)
	}
	return v.found
}

func (s *scratch) find(t *compiledTerm) bool {
	if t.re >= 0 {
		return s.findExpression(t)
	}
	forms := s.rules.formsOf(t)
	for i := range forms {
		f := &forms[i]
		if f.plain {
			if v := &s.atoms[f.atom]; v.epoch == s.epoch && v.fields&t.fields != 0 {
				return true
			}
			continue
		}
		for at := s.first(f); at >= 0; at = s.places[at].next {
			if s.stands(f, t.fields, s.places[at].token) {
				return true
			}
		}
	}
	return false
}

// first is the first noted place of what a form is found by, or -1.
func (s *scratch) first(f *compiledForm) int32 {
	if f.pair >= 0 {
		return s.pairs[f.pair].head(s.epoch)
	}
	return s.atoms[f.atom].head(s.epoch)
}

// stands reports whether a form stands where what it is found by ends: at the
// token, which is its only one, or the second of its pair.
func (s *scratch) stands(f *compiledForm, fields fieldSet, token int32) bool {
	first := s.start(f, token)
	last := first + int(f.n) - 1
	if first < 0 || last >= len(s.tokens) || !fields.has(s.fieldOf(int(token))) {
		return false
	}
	s.checks++
	elements := s.rules.elementsOf(f)
	for i := range elements {
		if !s.satisfies(&elements[i], first+i, i > 0) {
			return false
		}
	}
	return true
}

// start is the token at which a form begins.
func (s *scratch) start(f *compiledForm, token int32) int {
	if f.pair >= 0 {
		return int(token) - 1 - int(f.at)
	}
	return int(token)
}

func (s *scratch) satisfies(e *compiledElement, i int, inside bool) bool {
	s.checks++
	t := &s.tokens[i]
	var one [1]atom
	switch {
	case inside && !e.gaps.has(t.gap),
		!slices.Contains(s.memo.list(t.atoms, &one), e.atom),
		e.opens && !t.opens,
		e.closes && t.followed:
		return false
	}
	if e.exact == 0 {
		return true
	}
	exact := s.rules.exacts[e.exact]
	return exact == s.text(i) || exact == spelling(s.text(i))
}
