package dewline

// Run is a stretch of two lists: what both have in common, or what one has in the
// place of what the other has. The bounds are half open; one side may be empty.
type Run struct {
	A0, A1, B0, B1 int
	Same           bool
}

// Compare cuts two lists into what they have in common and what differs, in order.
// What is common is as much as can be where the lists differ in up to maxApart
// places, and so between any two things that each list holds exactly once; beyond
// that a stretch counts as replaced. So it takes time in proportion to the lists'
// length, whatever they hold, and it gives the same today and tomorrow.
func Compare[T comparable](a, b []T) []Run {
	ids := make(map[T]int32)
	c := comparison{a: numbered(ids, a), b: numbered(ids, b)}
	c.stretch(0, len(a), 0, len(b), true)
	return c.runs
}

func numbered[T comparable](ids map[T]int32, list []T) []int32 {
	out := make([]int32, len(list))
	for i, v := range list {
		id, ok := ids[v]
		if !ok {
			id = int32(len(ids)) //nolint:gosec // no list has so many elements
			ids[v] = id
		}
		out[i] = id
	}
	return out
}

// maxApart bounds the search for the longest common subsequence.
const maxApart = 1000

type comparison struct {
	a, b []int32
	runs []Run
}

// add appends a run, joined with the one before where both are of one kind.
func (c *comparison) add(r Run) {
	if r.A0 == r.A1 && r.B0 == r.B1 {
		return
	}
	if n := len(c.runs); n > 0 && c.runs[n-1].Same == r.Same {
		c.runs[n-1].A1, c.runs[n-1].B1 = r.A1, r.B1
		return
	}
	c.runs = append(c.runs, r)
}

// stretch compares a[a0:a1] with b[b0:b1]. Where they are too far apart, what each
// has once divides them, unless they are what was so divided.
func (c *comparison) stretch(a0, a1, b0, b1 int, divide bool) {
	head := 0
	for a0+head < a1 && b0+head < b1 && c.a[a0+head] == c.b[b0+head] {
		head++
	}
	c.add(Run{a0, a0 + head, b0, b0 + head, true})
	a0, b0 = a0+head, b0+head
	tail := 0
	for a0 < a1-tail && b0 < b1-tail && c.a[a1-tail-1] == c.b[b1-tail-1] {
		tail++
	}
	a1, b1 = a1-tail, b1-tail
	switch pairs, ok := c.nearest(a0, a1, b0, b1); {
	case ok:
		c.between(pairs, a0, a1, b0, b1, func(a0, a1, b0, b1 int) { c.add(Run{a0, a1, b0, b1, false}) })
	case divide:
		c.between(c.anchors(a0, a1, b0, b1), a0, a1, b0, b1, func(a0, a1, b0, b1 int) { c.stretch(a0, a1, b0, b1, false) })
	default:
		c.add(Run{a0, a1, b0, b1, false})
	}
	c.add(Run{a1, a1 + tail, b1, b1 + tail, true})
}

// pair is a place of a and the place of b with the same.
type pair struct{ a, b int }

// between gives what stands before, between and behind the pairs to f.
func (c *comparison) between(pairs []pair, a0, a1, b0, b1 int, f func(a0, a1, b0, b1 int)) {
	for _, p := range pairs {
		if p.a > a0 || p.b > b0 {
			f(a0, p.a, b0, p.b)
		}
		c.add(Run{p.a, p.a + 1, p.b, p.b + 1, true})
		a0, b0 = p.a+1, p.b+1
	}
	if a0 < a1 || b0 < b1 {
		f(a0, a1, b0, b1)
	}
}

// nearest is a longest common subsequence, by the greedy algorithm of Myers (An
// O(ND) Difference Algorithm and Its Variations, 1986); false where more than
// maxApart elements differ.
func (c *comparison) nearest(a0, a1, b0, b1 int) ([]pair, bool) {
	n, m := a1-a0, b1-b0
	if n == 0 || m == 0 {
		return nil, true
	}
	limit := min(n+m, maxApart)
	far := make([]int32, 2*limit+3) // of each diagonal, how far in a
	var steps [][]int32             // the same before each step, for the way back
	for d := 0; d <= limit; d++ {
		steps = append(steps, append([]int32(nil), far[limit+1-d-1:limit+1+d+2]...))
		for k := -d; k <= d; k += 2 {
			x := next(far, limit+1, d, k)
			for x < n && x-k < m && c.a[a0+x] == c.b[b0+x-k] {
				x++
			}
			far[limit+1+k] = int32(x) //nolint:gosec // shorter than the list
			if x >= n && x-k >= m {
				return c.back(steps, a0, b0, n, m), true
			}
		}
	}
	return nil, false
}

// next is where diagonal k begins at step d: below its upper or right of its lower
// neighbour, whichever is further.
func next(far []int32, middle, d, k int) int {
	if k == -d || k != d && far[middle+k-1] < far[middle+k+1] {
		return int(far[middle+k+1])
	}
	return int(far[middle+k-1]) + 1
}

// back walks from the end to the beginning and takes what is common.
func (c *comparison) back(steps [][]int32, a0, b0, x, y int) []pair {
	var pairs []pair
	for d := len(steps) - 1; d >= 0; d-- {
		k := x - y
		from := next(steps[d], d+1, d, k)
		for x > from {
			x, y = x-1, y-1
			if y < 0 {
				break
			}
			pairs = append(pairs, pair{a0 + x, b0 + y})
		}
		if d == 0 {
			break
		}
		if k == -d || k != d && steps[d][d+k] < steps[d][d+2+k] {
			y--
		} else {
			x--
		}
	}
	for i, j := 0, len(pairs)-1; i < j; i, j = i+1, j-1 {
		pairs[i], pairs[j] = pairs[j], pairs[i]
	}
	return pairs
}

// anchors are what both stretches hold exactly once, as many as stand in one order
// in both.
func (c *comparison) anchors(a0, a1, b0, b1 int) []pair {
	type places struct{ a, b, inA, inB int }
	once := make(map[int32]*places)
	for i := a0; i < a1; i++ {
		p := once[c.a[i]]
		if p == nil {
			p = new(places)
			once[c.a[i]] = p
		}
		p.a, p.inA = i, p.inA+1
	}
	for i := b0; i < b1; i++ {
		if p := once[c.b[i]]; p != nil {
			p.b, p.inB = i, p.inB+1
		}
	}
	var all []pair
	for i := a0; i < a1; i++ {
		if p := once[c.a[i]]; p.inA == 1 && p.inB == 1 {
			all = append(all, pair{p.a, p.b})
		}
	}
	return rising(all)
}

// rising is a longest part of the pairs, which rise in a, that rises in b too.
func rising(all []pair) []pair {
	var ends []int // of the best of each length, the last pair
	before := make([]int, len(all))
	for i, p := range all {
		lo, hi := 0, len(ends)
		for lo < hi {
			if mid := (lo + hi) / 2; all[ends[mid]].b < p.b {
				lo = mid + 1
			} else {
				hi = mid
			}
		}
		before[i] = -1
		if lo > 0 {
			before[i] = ends[lo-1]
		}
		ends = append(ends[:lo], append([]int{i}, ends[min(lo+1, len(ends)):]...)...)
	}
	if len(ends) == 0 {
		return nil
	}
	out := make([]pair, len(ends))
	for i, at := len(ends)-1, ends[len(ends)-1]; i >= 0; i, at = i-1, before[at] {
		out[i] = all[at]
	}
	return out
}
