package filter

import (
	"slices"
	"strings"

	"dewline"
)

// Query is a parsed query.
type Query struct {
	root     *node
	warnings []*dewline.SyntaxError
}

// Parse reads a query that uses no concepts. The error is a *dewline.SyntaxError, or
// dewline.SyntaxErrors.
func Parse(query string) (*Query, error) { return (*Concepts)(nil).Parse(query) }

// Warnings are the places of the query that are probably not what was meant. They
// are no errors: the query is what it says.
func (q *Query) Warnings() []*dewline.SyntaxError { return slices.Clone(q.warnings) }

// String is the query as it was understood, with every AND and bracket written.
func (q *Query) String() string {
	return q.root.String()
}

// Expanded is the same with the terms of every concept written out.
func (q *Query) Expanded() string { return q.root.expanded().String() }

func (n *node) expanded() *node {
	e := *n
	if n.op != opTerm && n.concept != "" {
		e.concept = ""
	}
	e.kids = nil
	for _, k := range n.kids {
		k = k.expanded()
		if n.op == opOr && k.op == opOr {
			e.kids = append(e.kids, k.kids...)
			continue
		}
		e.kids = append(e.kids, k)
	}
	if e.op == opOr && len(e.kids) == 1 {
		return e.kids[0]
	}
	return &e
}

func (n *node) String() string {
	var b strings.Builder
	n.write(&b, opTerm)
	return b.String()
}
