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

// Parse reads a query that uses no concepts. The error is a *dewline.SyntaxError.
func Parse(query string) (*Query, error) { return (*Concepts)(nil).Parse(query) }

// Warnings are the places of the query that are probably not what was meant. They
// are no errors: the query is what it says.
func (q *Query) Warnings() []*dewline.SyntaxError { return slices.Clone(q.warnings) }

// String is the query as it was understood, with every AND and bracket written.
func (q *Query) String() string {
	return q.root.String()
}

func (n *node) String() string {
	var b strings.Builder
	n.write(&b, opTerm)
	return b.String()
}
