package filter

import (
	"slices"
	"strings"

	"dewline"
)

const (
	maxTried    = 12     // parts that are tried in every combination of there and not there
	maxCompared = 20_000 // terms of one query that are compared with one another
)

// impossible finds parts of a query that can never hold together, beyond a term that
// is wanted and excluded. It knows only some of what one part says of another: what
// it refuses can match nothing, but not all that can match nothing is refused.
func impossible(root *node) *dewline.SyntaxError {
	if !root.excludes() {
		return nil
	}
	return (&logic{}).check(root, false)
}

// excludes reports whether there is a NOT: without one all may be there.
func (n *node) excludes() bool {
	return n.op == opNot || n.concept == "" && slices.ContainsFunc(n.kids, (*node).excludes)
}

// logic compares the parts of a query.
type logic struct {
	compared int
}

// check looks at a node and all below it. Not says that it stands under a NOT.
func (l *logic) check(n *node, not bool) *dewline.SyntaxError {
	switch {
	case n.op == opNot:
		return l.check(n.kids[0], !not)
	case n.leaf():
		return nil
	}
	for _, k := range n.kids {
		if err := l.check(k, not); err != nil {
			return err
		}
	}
	if (n.op == opAnd) == not { // one of the parts is enough
		return nil
	}
	all := make([]literal, len(n.kids))
	for i, k := range n.kids {
		all[i] = literalOf(k, not)
	}
	x := l.excluded(all)
	if x == nil {
		x = l.untenable(all)
	}
	if x == nil {
		return nil
	}
	return fault(x.start, x.end, "this excludes what is wanted beside it: the query can match nothing", "remove one of them")
}

// leaf reports whether a part is taken as a whole: a term, a NEAR, a concept.
func (n *node) leaf() bool { return n.op == opTerm || n.op == opNear || n.concept != "" }

// literal is a part that is wanted or excluded.
type literal struct {
	n   *node
	not bool
}

func literalOf(n *node, not bool) literal {
	for n.op == opNot {
		n, not = n.kids[0], !not
	}
	return literal{n, not}
}

// excluded is a part that is excluded beside one with which it always is there.
func (l *logic) excluded(all []literal) *node {
	for _, x := range all {
		for _, w := range all {
			if x.not && !w.not && l.implies(w.n, x.n) {
				return x.n
			}
		}
	}
	return nil
}

// implies reports whether it is known that where a holds, b does.
func (l *logic) implies(a, b *node) bool {
	if a.op == opTerm && b.op == opTerm {
		l.compared++
		return l.compared < maxCompared && a.term.implies(b.term)
	}
	if a.concept != "" && a.concept == b.concept && a.field == b.field {
		return true
	}
	all := func(n *node, f func(*node) bool) bool {
		return !slices.ContainsFunc(n.kids, func(k *node) bool { return !f(k) })
	}
	fromA := func(k *node) bool { return l.implies(k, b) }
	toB := func(k *node) bool { return l.implies(a, k) }
	switch {
	case a.op == opNot || b.op == opNot:
		return a.op == opNot && b.op == opNot && l.implies(b.kids[0], a.kids[0])
	case a.op == opNear && b.op == opNear:
		return l.nearer(a, b)
	case a.op == opOr:
		return all(a, fromA)
	case b.op == opAnd:
		return all(b, toB)
	case a.op == opAnd || a.op == opNear:
		return slices.ContainsFunc(a.kids, fromA) || b.op == opOr && slices.ContainsFunc(b.kids, toB)
	}
	return b.op == opOr && slices.ContainsFunc(b.kids, toB)
}

// nearer reports whether two that are as near as a asks are near enough for b.
func (l *logic) nearer(a, b *node) bool {
	if len(a.kids) != len(b.kids) {
		return false
	}
	for _, back := range [...]bool{false, true} {
		ok := true
		for i, k := range b.kids {
			from := i
			if back {
				from = len(a.kids) - 1 - i
			}
			ok = ok && l.implies(a.kids[from], k)
		}
		for i, k := range b.links {
			from := i
			if back {
				from = len(a.links) - 1 - i
			}
			ok = ok && a.links[from].n <= k.n && (!k.ordered || a.links[from].ordered && !back)
		}
		if ok {
			return true
		}
	}
	return false
}

// untenable is the first part that cannot hold with those before it, whatever of the
// terms is there.
func (l *logic) untenable(all []literal) *node {
	t := &trial{numbers: make(map[string]int), bits: make(map[*node]uint32)}
	for _, k := range all {
		if !t.gather(k.n) {
			return nil
		}
	}
	t.compare(l)
	if t.possible(all) {
		return nil
	}
	n := 1
	for n < len(all)-1 && t.possible(all[:n]) {
		n++
	}
	if t.possible(all[:n]) {
		n++
	}
	return all[n-1].n
}

// trial tries the combinations of leaves that may be there.
type trial struct {
	leaves  []*node
	numbers map[string]int
	bits    map[*node]uint32
	implied []uint32 // by leaf: those that hold where it does
}

// gather numbers the leaves, and reports whether they are few enough.
func (t *trial) gather(n *node) bool {
	if !n.leaf() {
		return !slices.ContainsFunc(n.kids, func(k *node) bool { return !t.gather(k) })
	}
	if len(t.leaves) > maxTried {
		return false
	}
	key := n.key()
	number, ok := t.numbers[key]
	if !ok {
		number = len(t.leaves)
		t.numbers[key] = number
		t.leaves = append(t.leaves, n)
	}
	t.bits[n] = 1 << number
	if n.op == opNear {
		return !slices.ContainsFunc(n.kids, func(k *node) bool { return !t.gather(k) })
	}
	return len(t.leaves) <= maxTried
}

// key is what makes two leaves the same.
func (n *node) key() string {
	if n.op == opTerm {
		return n.term.key()
	}
	var b strings.Builder
	n.write(&b, opTerm)
	return b.String()
}

func (t *trial) compare(l *logic) {
	t.implied = make([]uint32, len(t.leaves))
	for i, a := range t.leaves {
		for k, b := range t.leaves {
			if i == k || l.implies(a, b) {
				t.implied[i] |= 1 << k
			}
		}
	}
}

// possible reports whether the parts may hold together.
func (t *trial) possible(all []literal) bool {
	for there := range uint32(1) << len(t.leaves) {
		if t.consistent(there) && t.together(all, there) {
			return true
		}
	}
	return false
}

func (t *trial) consistent(there uint32) bool {
	for i, implied := range t.implied {
		if there&(1<<i) == 0 {
			continue
		}
		if n := t.leaves[i]; implied&^there != 0 || n.op == opNear && !t.operandsHold(n, there) {
			return false
		}
	}
	return true
}

func (t *trial) operandsHold(near *node, there uint32) bool {
	return !slices.ContainsFunc(near.kids, func(k *node) bool { return !t.holds(k, there) })
}

func (t *trial) together(all []literal, there uint32) bool {
	return !slices.ContainsFunc(all, func(k literal) bool { return t.holds(k.n, there) == k.not })
}

func (t *trial) holds(n *node, there uint32) bool {
	switch {
	case n.leaf():
		return there&t.bits[n] != 0
	case n.op == opNot:
		return !t.holds(n.kids[0], there)
	case n.op == opOr:
		return slices.ContainsFunc(n.kids, func(k *node) bool { return t.holds(k, there) })
	}
	return !slices.ContainsFunc(n.kids, func(k *node) bool { return !t.holds(k, there) })
}
