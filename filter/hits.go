package filter

import (
	"cmp"
	"slices"

	"dewline"
)

// maxHits is how many hits a match lists. Of a text that has more, the first of
// each term are listed (of as many terms as there is room for), then what comes
// first in the text.
const maxHits = 100

// hit is a dewline.Hit before its text is cut out.
type hit struct {
	term       int32
	name       string
	field      field
	start, end int32
}

func (h hit) compare(o hit) int {
	switch {
	case h.field != o.field:
		return cmp.Compare(h.field, o.field)
	case h.start != o.start:
		return cmp.Compare(h.start, o.start)
	case h.end != o.end:
		return cmp.Compare(h.end, o.end)
	}
	return cmp.Compare(h.name, o.name)
}

// match notes the match of a rule that holds.
func (s *scratch) match(n int32) {
	from := len(s.listed)
	s.listed = append(s.listed, s.ruleHits(n)...)
	hits := part{int32(from), int32(len(s.listed))}
	s.matched = append(s.matched, match{n, hits, s.snippet(s.listed[from:])})
}

// match is a dewline.Match before it is written out.
type match struct {
	rule    int32
	hits    part // of the scratch's listed
	snippet part // of its shown
}

// matches are the matches that were noted. What they hold is made at once for all.
func (s *scratch) matches() []dewline.Match {
	if len(s.matched) == 0 {
		return nil
	}
	out := make([]dewline.Match, len(s.matched))
	hits, shown := s.publish(s.listed), string(s.shown)
	for i := range s.matched {
		m := &s.matched[i]
		rule := &s.rules.rules[m.rule]
		out[i] = dewline.Match{
			Rule: dewline.RuleRef{Name: s.rules.named(rule.name), Title: s.rules.named(rule.title)},
			Item: s.it.Key, Version: s.it.Version, Alert: s.rules.alerts[rule.alert],
			Hits: hits[m.hits.from:m.hits.to:m.hits.to], Snippet: shown[m.snippet.from:m.snippet.to],
		}
	}
	return out
}

// ruleHits are the places of the terms because of which a rule holds.
func (s *scratch) ruleHits(n int32) []hit {
	s.located = s.located[:0]
	switch sorted, ok := s.foundBy(s.asked[n].code); {
	case sorted:
		return s.located
	case ok:
		s.located = ordered(s.located)
		return limited(s.located)
	}
	return s.hits(s.rules.exprOf(int(n)))
}

// hits are the places of the terms because of which an expression holds.
func (s *scratch) hits(e *expr) []hit {
	s.named = s.named[:0]
	s.mark++
	s.reasons(e)
	s.located = s.located[:0]
	for _, e := range s.named {
		s.locate(e, maxHits)
	}
	s.located = ordered(s.located)
	return limited(s.located)
}

// reasons notes the terms of the parts that hold, without what NOT stands before.
func (s *scratch) reasons(e *expr) {
	if !s.holds(e) {
		return
	}
	if e.op == opNear {
		if !e.not {
			s.named = append(s.named, e)
		}
		return
	}
	if e.op == opTerm {
		if v := &s.verdicts[e.term]; !e.not && v.named != s.mark {
			v.named = s.mark
			s.named = append(s.named, e)
		}
		return
	}
	for i := range e.kids {
		s.reasons(&e.kids[i])
	}
}

// locate notes up to most places of each form of a term, or of those of a
// NEAR.
func (s *scratch) locate(e *expr, most int) {
	if e.op == opNear {
		s.locateNear(e)
		return
	}
	t := &s.rules.terms[e.term]
	if t.re >= 0 {
		s.locateExpression(e, most)
	}
	forms := s.rules.formsOf(t)
	for i := range forms {
		s.locateForm(&forms[i], t.fields, hit{term: e.term, name: e.name}, most)
	}
}

// locateForm notes up to most places of a form as hits of this kind.
func (s *scratch) locateForm(f *compiledForm, fields fieldSet, h hit, most int) {
	for at := s.first(f); at >= 0 && most > 0; at = s.places[at].next {
		token := s.places[at].token
		if h.field = s.fieldOf(int(token)); fields.has(h.field) && (f.plain || s.stands(f, fields, token)) {
			most--
			first := s.start(f, token)
			h.start, h.end = s.tokens[first].start, s.tokens[first+int(f.n)-1].end
			s.located = append(s.located, h)
		}
	}
}

// ordered sorts hits, and leaves out what two forms of one term found alike.
func ordered(hits []hit) []hit {
	if !slices.IsSortedFunc(hits, hit.compare) {
		slices.SortFunc(hits, hit.compare)
	}
	return slices.Compact(hits)
}

// limited chooses the hits to be listed.
func limited(hits []hit) []hit {
	if len(hits) <= maxHits {
		return hits
	}
	seen := make(map[int32]bool)
	var first, rest []hit
	for _, h := range hits {
		if seen[h.term] {
			rest = append(rest, h)
			continue
		}
		seen[h.term] = true
		first = append(first, h)
	}
	chosen := append(first, rest...)[:maxHits]
	slices.SortFunc(chosen, hit.compare)
	return chosen
}

// publish cuts out what stands where the hits are.
func (s *scratch) publish(hits []hit) []dewline.Hit {
	out := make([]dewline.Hit, len(hits))
	for i, h := range hits {
		out[i] = dewline.Hit{
			Term: h.name, Field: fieldNames[h.field], Text: s.fieldText(h.field)[h.start:h.end],
			Start: int(h.start), End: int(h.end),
		}
	}
	return out
}
