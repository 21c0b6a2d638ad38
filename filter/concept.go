package filter

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"dewline"

	"github.com/agnivade/levenshtein"
)

// Concepts are the named sets of terms that queries may use as @name. They do not
// change. A nil *Concepts knows no name.
type Concepts struct {
	nodes    map[string]*node // an OR of the terms
	warnings []*ConceptError
}

// ConceptError is a fault in the definition of a concept.
type ConceptError struct {
	Concept int    // index of the concept
	Term    int    // index of its term; -1: the fault is in the concept's name
	Name    string // of the concept
	Err     *dewline.SyntaxError
}

func (e *ConceptError) Error() string {
	if e.Term < 0 {
		return fmt.Sprintf("concept %q: %v", e.Name, e.Err)
	}
	return fmt.Sprintf("concept %q, term %d: %v", e.Name, e.Term+1, e.Err)
}

func (e *ConceptError) Unwrap() error { return e.Err }

// Define reads concepts, which may name one another in any order. The error joins
// (errors.Join) a *ConceptError for every fault.
func Define(concepts []dewline.Concept) (*Concepts, error) {
	d := &definer{
		Concepts: &Concepts{nodes: make(map[string]*node)}, concepts: concepts,
		numbers: make(map[string]int), broken: make(map[string]bool), open: make(map[string]int),
	}
	for i, c := range concepts {
		d.name(i, c)
	}
	for i, c := range concepts {
		if d.numbers[c.Name] == i && isConceptName(c.Name) {
			d.define(c.Name)
		}
	}
	if len(d.faults) > 0 {
		return nil, errors.Join(d.faults...)
	}
	return d.Concepts, nil
}

// Names are the names of the concepts, sorted.
func (c *Concepts) Names() []string {
	if c == nil {
		return nil
	}
	return slices.Sorted(maps.Keys(c.nodes))
}

// Warnings are the places of the concepts that are probably not what was meant.
func (c *Concepts) Warnings() []*ConceptError { return slices.Clone(c.warnings) }

// Parse reads a query that may use the concepts. The error is a
// *dewline.SyntaxError, or dewline.SyntaxErrors where there are several faults.
func (c *Concepts) Parse(query string) (*Query, error) {
	p := newParser(query, c)
	defer p.scan.free()
	root, faults := p.read()
	switch len(faults) {
	case 0:
	case 1:
		return nil, faults[0]
	default:
		return nil, dewline.SyntaxErrors(faults)
	}
	return &Query{root: root, warnings: p.warnings}, nil
}

// definer defines concepts, each after those that it names.
type definer struct {
	*Concepts
	concepts []dewline.Concept
	numbers  map[string]int  // of the concepts, by name
	broken   map[string]bool // they have a fault
	open     map[string]int  // those that are being defined, by the order in which they were begun
	faults   []error
}

func (d *definer) fault(concept, term int, err *dewline.SyntaxError) {
	name := d.concepts[concept].Name
	d.broken[name] = true
	d.faults = append(d.faults, &ConceptError{concept, term, name, err})
}

func (d *definer) name(i int, c dewline.Concept) {
	first, twice := d.numbers[c.Name]
	switch {
	case !isConceptName(c.Name):
		d.fault(i, -1, fault(0, len(c.Name), "a concept's name consists of letters, digits and hyphens", "the query writes @ before it"))
	case twice:
		d.fault(i, -1, fault(0, len(c.Name), fmt.Sprintf("concept %d has this name too", first+1), "rename one of them"))
		return
	case len(c.Terms) == 0:
		d.fault(i, -1, fault(0, len(c.Name), "the concept has no terms", "write at least one"))
	}
	d.numbers[c.Name] = i
}

// define reads the terms of a concept, and before them of those that they name.
func (d *definer) define(name string) {
	if d.nodes[name] != nil || d.broken[name] {
		return
	}
	i := d.numbers[name]
	d.open[name] = len(d.open)
	defer delete(d.open, name)
	var kids []*node
	terms := 0
	for k, t := range d.concepts[i].Terms {
		p := newParser(t.Query, d.Concepts)
		p.concept = d.named
		p.terms = terms
		n, faults := p.read()
		for _, err := range faults {
			if errors.Is(err, errBroken) { // told where it is
				d.broken[name] = true
			} else {
				d.fault(i, k, err)
			}
		}
		if len(faults) > 0 {
			continue
		}
		for _, w := range p.warnings {
			d.warnings = append(d.warnings, &ConceptError{i, k, name, w})
		}
		terms = p.terms
		kids = append(kids, n.alternatives()...)
	}
	if d.broken[name] {
		return
	}
	d.nodes[name] = newNode(opOr, kids, 0, 0)
}

// errBroken stands for a fault that was told at another concept.
var errBroken = &dewline.SyntaxError{Msg: "a concept that this one names has a fault"}

// named gives what a concept's term names.
func (d *definer) named(x lexeme) (*node, *dewline.SyntaxError) {
	if _, ok := d.numbers[x.text]; !ok {
		return nil, unknownConcept(x, slices.Sorted(maps.Keys(d.numbers)))
	}
	if from, ok := d.open[x.text]; ok {
		path := make([]string, len(d.open))
		for name, n := range d.open {
			path[n] = "@" + name
		}
		path = append(path[from:], "@"+x.text)
		return nil, fault(x.start, x.end, "concepts that name each other in a circle: "+strings.Join(path, " → "), "take one of them out")
	}
	d.define(x.text)
	if d.broken[x.text] {
		return nil, errBroken
	}
	return d.nodes[x.text], nil
}

// alternatives are the parts of an OR that has no name of its own.
func (n *node) alternatives() []*node {
	if n.op == opOr && n.concept == "" {
		return n.kids
	}
	return []*node{n}
}

// find gives what a query names.
func (c *Concepts) find(x lexeme) (*node, *dewline.SyntaxError) {
	if c != nil && c.nodes[x.text] != nil {
		return c.nodes[x.text], nil
	}
	return nil, unknownConcept(x, c.Names())
}

func unknownConcept(x lexeme, known []string) *dewline.SyntaxError {
	hint := `for the text itself, put it in quotes`
	if near := nearest(x.text, known, 1+len(x.text)/3); near != "" {
		hint = "did you mean @" + near + "?"
	} else if len(known) > 0 && len(known) <= 20 {
		hint = "the concepts are @" + strings.Join(known, ", @") + "; " + hint
	}
	return fault(x.start, x.end, "there is no concept `@"+x.text+"`", hint)
}

// nearest is the name that was probably meant: of those within the distance the
// nearest.
func nearest(name string, names []string, distance int) string {
	best := ""
	for _, n := range names {
		if d := levenshtein.ComputeDistance(strings.ToLower(name), n); d <= distance {
			best, distance = n, d-1
		}
	}
	return best
}

// isConceptName reports whether a name can be written behind an @.
func isConceptName(s string) bool {
	return s != "" && conceptName(s) == len(s)
}

// conceptName is the length of the concept's name that a text begins with.
func conceptName(s string) int {
	n := 0
	for n < len(s) {
		r, size := utf8.DecodeRuneInString(s[n:])
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) && r != '-' && r != '_' {
			break
		}
		n += size
	}
	return n
}

// conceptItem reads @name: the concept's terms, in the fields that are open.
func (p *parser) conceptItem() (*node, *dewline.SyntaxError) {
	x := p.x
	n, err := p.concept(x)
	if err != nil {
		return p.goOn(x, err)
	}
	found := &expander{at: x, fields: p.fields, field: p.field}
	kids := n.alternatives()
	expanded := make([]*node, len(kids))
	for i, k := range kids {
		expanded[i] = found.expand(k)
	}
	if found.own != "" && p.field != "" {
		return nil, fault(x.start, x.end, fmt.Sprintf("`@%s` stands inside `%s:`, and its term `%s` has a field of its own", x.text, p.field, found.own),
			"write the field before the other terms only")
	}
	if p.terms += found.terms; p.terms > maxTerms {
		return nil, tooManyTerms(x)
	}
	c := newNode(opOr, expanded, x.start, x.end)
	c.concept, c.field = x.text, p.field
	return c, p.advance()
}

// expander writes a concept's terms into a query.
type expander struct {
	at     lexeme // where the query names the concept
	fields fieldSet
	field  string
	terms  int
	own    string // a term that has a field of its own
}

func (e *expander) expand(n *node) *node {
	c := *n
	c.field, c.start, c.end = e.field, e.at.start, e.at.end
	if n.op == opTerm {
		t := *n.term
		e.terms++
		if t.name != "" {
			e.own = t.String()
		} else {
			t.fields, t.name = e.fields, e.field
		}
		t.concept = e.at.text
		c.term = &t
		return &c
	}
	c.kids = make([]*node, len(n.kids))
	for i, k := range n.kids {
		c.kids[i] = e.expand(k)
	}
	return &c
}
