package filter

import (
	"fmt"
	"strings"

	"dewline"
)

// Explanation says why a query matches an item, or why it does not.
type Explanation struct {
	Query   string // as it was understood
	Matches bool
	Terms   []TermFound
	Failed  []string // the smallest parts because of which it does not match
	Relaxed string   // the query with the least changes by which it would match; may be empty
}

// TermFound is where a term of the query stands in the item.
type TermFound struct {
	Term     string
	Excluded bool // it stands under a NOT
	Hits     []dewline.Hit
	Apart    int // places that count for nothing: what NEAR asks for is not beside them
	// Excerpts are the passages around the first hits, the words in brackets.
	Excerpts []string
}

const (
	explainHits  = 1000 // of a term, that are counted
	explainShown = 5    // of a term, that are shown
	excerptWidth = 80   // characters
)

// Explain judges one item by the query, and says what was found where.
func (q *Query) Explain(it *dewline.Item) Explanation {
	r := compileQuery(q)
	s := r.take()
	s.read(it)
	root := r.exprOf(0)
	x := explainer{scratch: s, Explanation: Explanation{Query: q.String(), Matches: s.holds(root)}}
	x.places(root)
	s.mark++
	x.terms(root)
	if !x.Matches {
		x.relaxer = newRelaxer(q.root, it)
		if n, _ := x.relaxer.relax(q.root); n != nil && sensible(n) == nil {
			x.Relaxed = n.String()
		}
		x.Failed = x.failed(root)
	}
	return x.Explanation
}

type explainer struct {
	*scratch
	Explanation
	relaxer *relaxer // where it does not match
	nearPlaces
}

// terms lists every term once, in the order of the query.
func (x *explainer) terms(e *expr) {
	for i := range e.kids {
		x.terms(&e.kids[i])
	}
	if e.op != opTerm || x.verdicts[e.term].named == x.mark {
		return
	}
	x.verdicts[e.term].named = x.mark
	hits := x.hitsOf(e, explainHits)
	t := TermFound{Term: e.name, Excluded: e.not, Hits: hits}
	if !x.free[e.term] {
		t.Hits = x.publish(x.beside[e.term])
		t.Apart = max(len(hits)-len(t.Hits), 0)
	}
	for _, h := range t.Hits[:min(len(t.Hits), explainShown)] {
		t.Excerpts = append(t.Excerpts, x.excerpt(h))
	}
	x.Terms = append(x.Terms, t)
}

func (x *explainer) hitsOf(e *expr, most int) []dewline.Hit {
	x.located = x.located[:0]
	x.locate(e, most)
	hits := ordered(x.located)
	return x.publish(hits[:min(len(hits), most)])
}

// excerpt is the passage around a hit.
func (x *explainer) excerpt(h dewline.Hit) string { return x.excerptOf([]dewline.Hit{h}) }

// failed says which parts of an expression that does not hold fail.
func (x *explainer) failed(e *expr) []string {
	switch {
	case x.holds(e):
		return nil
	case (e.op == opTerm || e.op == opNear) && e.not:
		return []string{x.excluded(e)}
	case e.op == opNear:
		return x.notNear(e)
	case e.op == opTerm:
		return []string{e.name + " is not in " + x.where(e) + x.almost(e)}
	case e.op == opAnd:
		var parts []string
		for i := range e.kids {
			parts = append(parts, x.failed(&e.kids[i])...)
		}
		return parts
	}
	return x.noneOf(e)
}

// noneOf says that every alternative fails: in one line where they are terms that
// are not there, else with the reason of each. A concept is not told term by term.
func (x *explainer) noneOf(e *expr) []string {
	var names, parts []string
	terms := make(map[string]int) // of concepts
	for i := range e.kids {
		k := &e.kids[i]
		if name := k.concept(); name != "" {
			if terms[name]++; terms[name] == 1 {
				names = append(names, name)
			}
			continue
		}
		if k.op == opTerm && !k.not {
			if almost := x.almost(k); almost != "" {
				parts = append(parts, k.name+" is not there"+almost)
				continue
			}
			names = append(names, k.name)
			continue
		}
		parts = append(parts, strings.Join(x.failed(k), ", and "))
	}
	switch len(names) {
	case 0:
	case 1:
		if terms[names[0]] > 1 {
			parts = append([]string{"no term of " + names[0] + " is in " + x.where(e)}, parts...)
			break
		}
		parts = append([]string{names[0] + " is not in " + x.where(e)}, parts...)
	default:
		parts = append([]string{"none of " + strings.Join(names, ", ") + " is in " + x.where(e)}, parts...)
	}
	if len(parts) == 1 {
		return parts
	}
	return []string{"no alternative holds: " + strings.Join(parts, "; or ")}
}

// concept is the concept through which the query names all the terms of a part that
// asks for at least one of them; empty where there is none.
func (e *expr) concept() string {
	name, wanted, mixed := "", false, false
	e.eachTerm(func(t *expr) {
		concept, _ := conceptOf(t.name)
		mixed = mixed || concept == "" || name != "" && concept != name
		name, wanted = concept, wanted || !t.not
	})
	if mixed || !wanted {
		return ""
	}
	return name
}

func (x *explainer) excluded(e *expr) string {
	hits := x.hitsOf(e, 1)
	name := e.name
	if e.op == opNear {
		name = "(" + name + ")"
	}
	return fmt.Sprintf("excluded by NOT %s, which is in %s at %d-%d: %s", name, hits[0].Field, hits[0].Start, hits[0].End, x.excerpt(hits[0]))
}

// where is what the terms of an expression are looked for in.
func (x *explainer) where(e *expr) string {
	if f := x.fieldsOf(e); f != textFields {
		for i, name := range fieldNames {
			if f == 1<<i {
				if textFields.has(field(i)) {
					return "the " + name
				}
				return "the field " + name
			}
		}
	}
	return "the text"
}

func (x *explainer) fieldsOf(e *expr) fieldSet {
	var f fieldSet
	if e.op == opTerm {
		return x.rules.terms[e.term].fields
	}
	for i := range e.kids {
		f |= x.fieldsOf(&e.kids[i])
	}
	return f
}

// almost says what is there in place of an absent term.
func (x *explainer) almost(e *expr) string {
	c := x.relaxer.chosen[e.name]
	if c == nil {
		return ""
	}
	return ", but " + c.node.String() + " is: " + x.excerptOf(c.hits)
}

// String is the explanation for people.
func (e Explanation) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "query: %s\n", e.Query)
	if e.Matches {
		b.WriteString("it matches\n")
	} else {
		b.WriteString("it does not match:\n")
		for _, f := range e.Failed {
			fmt.Fprintf(&b, "  %s\n", f)
		}
		if e.Relaxed != "" {
			fmt.Fprintf(&b, "it would match as: %s\n", e.Relaxed)
		}
	}
	for _, t := range e.Terms {
		if len(t.Hits) > 0 {
			t.write(&b)
		}
	}
	if apart := e.apart(); len(apart) > 0 {
		fmt.Fprintf(&b, "found, but not beside what NEAR asks for: %s\n", strings.Join(apart, ", "))
	}
	if absent := e.absent(); len(absent) > 0 {
		fmt.Fprintf(&b, "not found: %s\n", strings.Join(absent, ", "))
	}
	return b.String()
}

// absent are the terms that were not found. Those of a concept are not told one by
// one: dewline concepts lists them.
func (e Explanation) absent() (names []string) {
	told, found := make(map[string]bool), make(map[string]bool)
	for _, t := range e.Terms {
		name, ok := conceptOf(t.Term)
		switch {
		case len(t.Hits) > 0:
			found[name] = ok
			continue
		case t.Apart > 0:
			continue
		case !ok:
			name = t.Term
		}
		if !told[name] {
			told[name] = true
			names = append(names, name)
		}
	}
	for i, name := range names {
		if found[name] {
			names[i] = "other terms of " + name
		}
	}
	return names
}

// conceptOf is the concept through which a query names a term, by the term's label.
func conceptOf(label string) (string, bool) {
	name, _, ok := strings.Cut(label, ": ")
	if !ok || !isConcept(name) {
		return "", false
	}
	return name, true
}

// isConcept reports whether a label is @name, with a field or without.
func isConcept(label string) bool {
	if field, rest, ok := strings.Cut(label, ":"); ok && isName(field) {
		label = rest
	}
	return strings.HasPrefix(label, "@")
}

func (t TermFound) write(b *strings.Builder) {
	fmt.Fprintf(b, "%s: found %s", t.Term, times(len(t.Hits)))
	if t.Excluded {
		b.WriteString(" (excluded)")
	}
	b.WriteByte('\n')
	for i, excerpt := range t.Excerpts {
		h := t.Hits[i]
		fmt.Fprintf(b, "  %s %d-%d: %s\n", h.Field, h.Start, h.End, excerpt)
	}
	if more := len(t.Hits) - len(t.Excerpts); more > 0 {
		fmt.Fprintf(b, "  and %d more\n", more)
	}
	if t.Apart > 0 {
		fmt.Fprintf(b, "  and %d too far from what NEAR asks for\n", t.Apart)
	}
}

func times(n int) string {
	switch {
	case n == 1:
		return "once"
	case n >= explainHits:
		return fmt.Sprintf("at least %d times", n)
	}
	return fmt.Sprintf("%d times", n)
}
