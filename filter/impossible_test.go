package filter

import (
	"testing"

	"pgregory.net/rapid"
)

// What is refused as impossible matches nothing.
func TestImpossibleIsSo(t *testing.T) {
	refused := 0
	rapid.Check(t, func(t *rapid.T) {
		query := drawQuery(t, 1) + " " + drawQuery(t, 1) + " NOT " + drawQuery(t, 1) + " NOT " + drawQuery(t, 1)
		p := newParser(query, nil)
		if p.advance() != nil {
			return
		}
		root, err := p.or()
		if err != nil || root.op != opAnd {
			return
		}
		var all []literal
		for _, k := range root.kids {
			all = append(all, literalOf(k, false))
		}
		l := &logic{}
		if l.excluded(all) == nil && l.untenable(all) == nil {
			return
		}
		refused++
		for range 5 {
			if it := drawItem(t); refRead(it).holds(root) {
				t.Fatalf("%s is impossible, but holds of %q", query, it.Content)
			}
		}
	})
	if refused == 0 {
		t.Error("nothing was refused: the generator draws too little that is impossible")
	}
}
