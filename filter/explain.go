package filter

import "dewline"

// Explanation says why a query matches an item, or why not.
type Explanation struct{ text string }

func (e Explanation) String() string { return e.text }

// Explain judges one item by the query, and says what was found where.
func (q *Query) Explain(it *dewline.Item) Explanation {
	r := compileQuery(q)
	if len(r.Match(it)) > 0 {
		return Explanation{"match\n"}
	}
	return Explanation{"no match\n"}
}
