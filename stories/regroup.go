package stories

// regrouped leaves out of the sentences that differ those that are the same words in the same order, divided
// otherwise: a heading that ran into the sentence below it, a stop behind a short word. Both divisions
// begin and end at the same words, for a part of a sentence may say the opposite of the whole.
func (c *comparison) regrouped(old, fresh []*sentence) (_, _ []*sentence) {
	if len(fresh) == 0 {
		return old, fresh
	}
	begins := make(map[uint64][]int)
	for i := range c.a.body {
		first := c.a.body[i].tokens[0].hash
		begins[first] = append(begins[first], i)
	}
	differs := make(map[*sentence]bool, len(fresh))
	for _, s := range fresh {
		differs[s] = true
	}
	gone := make(map[*sentence]bool)
	lines := c.a.lines()
	for i := 0; i < len(c.b.body); i++ {
		if !differs[&c.b.body[i]] {
			continue
		}
		for _, k := range begins[c.b.body[i].tokens[0].hash] {
			n, m := alongside(c.a.body[k:], c.b.body[i:], lines)
			if m == 0 {
				continue
			}
			for j := range n {
				gone[&c.a.body[k+j]] = true
			}
			for j := range m {
				if s := &c.b.body[i+j]; differs[s] {
					gone[s] = true
					c.same += weigh(s.tokens)
				}
			}
			i += m - 1
			break
		}
	}
	return without(old, gone), without(fresh, gone)
}

func without(list []*sentence, gone map[*sentence]bool) (out []*sentence) {
	for _, s := range list {
		if !gone[s] {
			out = append(out, s)
		}
	}
	return out
}

// alongside is how many sentences of each list hold the same words, from the start of both to an end of both, or to
// where the later text was cut off; none where there is no such end. Datelines of the earlier text may stand within
// the later one.
func alongside(a, b []sentence, lines [][]token) (n, m int) {
	var x, y []token
	for {
		if len(x) == 0 {
			if n == len(a) {
				return 0, 0
			}
			x, n = a[n].tokens, n+1
		}
		if len(y) == 0 {
			if m == len(b) {
				return 0, 0
			}
			y, m = b[m].tokens, m+1
		}
		if len(x) == len(a[n-1].tokens) {
			y = y[behind(y, lines):]
		}
		if len(y) == 0 {
			continue
		}
		open := len(y) == 1 && b[m-1].open
		if x[0].hash != y[0].hash && !(open && cutWord(&y[0], &x[0])) {
			return 0, 0
		}
		x, y = x[1:], y[1:]
		if open || len(x) == 0 && len(y) == 0 {
			return n, m
		}
	}
}

// lines are the datelines of a statement as tokens.
func (st *statement) lines() (all [][]token) {
	for _, line := range st.datelines {
		all = append(all, tokensOf(line))
	}
	return all
}

// behind is how many tokens are those of one of the datelines.
func behind(tokens []token, lines [][]token) int {
	for _, line := range lines {
		if n := len(line); n > 0 && n <= len(tokens) && keyOf(tokens[:n]) == keyOf(line) {
			return n
		}
	}
	return 0
}

// lineOf reports a sentence with which a dateline of the statement begins.
func (st *statement) lineOf(s *sentence) bool {
	for _, line := range st.lines() {
		if n := len(s.tokens); n <= len(line) && keyOf(line[:n]) == s.key {
			return true
		}
	}
	return false
}
