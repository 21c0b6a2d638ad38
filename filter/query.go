package filter

import (
	"strings"
)

// Query is a parsed query.
type Query struct {
	root *node
}

// Parse reads a query. The error is a *dewline.SyntaxError.
func Parse(query string) (*Query, error) {
	root, err := parse(query)
	if err != nil {
		return nil, err
	}
	return &Query{root: root}, nil
}

// String is the query as it was understood, with every AND and bracket written.
func (q *Query) String() string {
	var b strings.Builder
	q.root.write(&b, opTerm)
	return b.String()
}
