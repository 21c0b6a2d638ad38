package filter

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"dewline"
)

// relaxer looks for the smallest changes of a query that would make it match. All
// that might take the place of a term is judged in one reading of the item.
type relaxer struct {
	*scratch
	rules   *Rules
	numbers map[*node]int      // of the nodes that were compiled as rules
	options map[*node][]*node  // what may take the place of a term that is absent
	wider   map[*node][]link   // the links that a NEAR needs
	chosen  map[string]*chosen // what took the place of a term, by the term's name
}

// chosen is what takes the place of an absent term, and is there.
type chosen struct {
	node *node
	hits []dewline.Hit
}

// Costs of changes: the least sum is the smallest change.
const (
	costOther   = 1 // another form of a term
	costInclude = 2 // an exclusion is left out
	costLeave   = 3 // a term is left out
)

func newRelaxer(root *node, it *dewline.Item) *relaxer {
	r := &relaxer{numbers: make(map[*node]int), options: make(map[*node][]*node), wider: make(map[*node][]link), chosen: make(map[string]*chosen)}
	c := newCompiler(1)
	r.collect(c, root)
	r.rules = c.finish()
	r.scratch = r.rules.take()
	r.read(it)
	return r
}

// collect compiles the terms and NEARs, and what may take their place, as rules.
func (r *relaxer) collect(c *compiler, n *node) {
	if n.concept == "" || n.op == opTerm {
		for _, k := range n.kids {
			r.collect(c, k)
		}
	}
	if n.op == opTerm {
		for _, query := range n.term.others() {
			if q, err := Parse(query); err == nil {
				r.options[n] = append(r.options[n], q.root)
				r.add(c, q.root)
			}
		}
	}
	if n.op == opTerm || n.op == opNear || n.concept != "" {
		r.add(c, n)
	}
}

func (r *relaxer) add(c *compiler, n *node) {
	r.numbers[n] = len(c.rules)
	c.rule(dewline.Rule{}, c.expr(n, false))
}

func (r *relaxer) expr(n *node) *expr { return r.rules.exprOf(r.numbers[n]) }

// holdsNode judges a node of the query.
func (r *relaxer) holdsNode(n *node) bool {
	if _, ok := r.numbers[n]; ok {
		return r.holds(r.expr(n))
	}
	switch n.op {
	case opNot:
		return !r.holdsNode(n.kids[0])
	case opAnd:
		for _, k := range n.kids {
			if !r.holdsNode(k) {
				return false
			}
		}
		return true
	}
	return slices.ContainsFunc(n.kids, r.holdsNode)
}

// relax gives a node that holds in place of one that does not, and what the change
// costs. Nil: it is left out.
func (r *relaxer) relax(n *node) (*node, int) {
	switch {
	case r.holdsNode(n):
		return n, 0
	case n.op == opNot:
		return nil, costInclude
	case n.concept != "" && n.op != opTerm:
		return nil, costLeave
	case n.op == opTerm:
		if o := r.other(n); o != nil {
			return o.node, costOther
		}
		return nil, costLeave
	case n.op == opNear:
		return r.relaxNear(n)
	case n.op == opAnd:
		return r.relaxAll(n)
	}
	return r.relaxOne(n)
}

func (r *relaxer) relaxAll(n *node) (*node, int) {
	var kids []*node
	cost := 0
	for _, k := range n.kids {
		kid, c := r.relax(k)
		if cost += c; kid != nil {
			kids = append(kids, kid)
		}
	}
	switch len(kids) {
	case 0:
		return nil, cost
	case 1:
		return kids[0], cost
	}
	return newNode(opAnd, kids, n.start, n.end), cost
}

// relaxOne relaxes that one of several alternatives for which the least is needed.
func (r *relaxer) relaxOne(n *node) (*node, int) {
	best, cost := -1, 0
	var instead *node
	for i, k := range n.kids {
		kid, c := r.relax(k)
		if best < 0 || c < cost || c == cost && instead == nil {
			best, cost, instead = i, c, kid
		}
	}
	if instead == nil {
		return nil, cost
	}
	kids := append([]*node(nil), n.kids...)
	kids[best] = instead
	return newNode(opOr, kids, n.start, n.end), cost
}

// relaxNear makes the distance greater, or lets the order go. Where an operand is
// absent, it is another form of it that is to be near.
func (r *relaxer) relaxNear(n *node) (*node, int) {
	near := *n
	if near.links = r.nearer(n); near.links != nil {
		return &near, costOther
	}
	near.kids, near.links = nil, n.links
	cost, lost := 0, false
	for _, k := range n.kids {
		kid, c := r.relax(k) // also of those behind a lost one: what is there is told
		lost = lost || kid == nil || operand(kid) != nil
		near.kids, cost = append(near.kids, kid), cost+c
	}
	if lost || cost == 0 { // or all are there, but never near
		return nil, costLeave
	}
	again := newRelaxer(&near, r.it)
	if again.holdsNode(&near) {
		return &near, cost
	}
	if near.links = again.nearer(&near); near.links == nil {
		return nil, costLeave
	}
	return &near, cost + costOther
}

// nearer are the links that a NEAR needs to hold.
func (r *relaxer) nearer(n *node) []link {
	links, ok := r.wider[n]
	if !ok {
		e := r.expr(n)
		if links = r.widen(e, n.links, false); links == nil {
			links = r.widen(e, n.links, true)
		}
		r.wider[n] = links
	}
	return links
}

// other is the first of what may take a term's place that is there.
func (r *relaxer) other(n *node) *chosen {
	if c, ok := r.chosen[n.term.label()]; ok {
		return c
	}
	var c *chosen
	for _, o := range r.options[n] {
		if e := r.expr(o); r.holds(e) {
			hits := r.publish(r.hits(e))
			c = &chosen{o, hits[:1]}
			if o.op == opNear {
				near := *o
				near.links = r.least(e, o.links)
				c.node, c.hits = &near, hits
			}
			break
		}
	}
	r.chosen[n.term.label()] = c
	return c
}

// others are the queries that may find what a term was meant to find.
func (t *term) others() []string {
	if t.re != nil {
		return nil
	}
	var out []string
	prefix := ""
	if t.name != "" {
		prefix = t.name + ":"
	}
	source := strings.TrimLeft(t.source, "=＝")
	if source != t.source {
		out = append(out, prefix+source)
	}
	var words []string
	for _, e := range t.forms[0] {
		words = append(words, e.text)
	}
	wild := isWild(strings.Join(words, ""))
	quoted := !t.forms[0][0].inflect && len(t.forms) == 1
	switch {
	case wild:
	case t.forms[0][0].opens:
		out = append(out, prefix+"*"+strings.Join(words, ""))
		if parts := strings.Fields(strings.Trim(source, quoteMarks)); quoted && len(parts) > 1 && len(parts) <= maxChain {
			out = append(out, nearOf(prefix, parts))
		}
	case len(words) > 1 && kindOf([]rune(words[0])[0]) == letterOfWord:
		if quoted {
			out = append(out, prefix+strings.Join(words, "-"))
		}
		if len(words) <= maxChain {
			out = append(out, nearOf(prefix, words))
		}
	case len(words) == 1:
		for _, w := range otherWords(words[0], quoted) {
			out = append(out, prefix+w)
		}
	}
	if t.name != "" && textFields&^t.fields != 0 {
		out = append(out, source)
	}
	return out
}

// quoteMarks open and close phrases.
const quoteMarks = "\"“”„«»「」"

// otherWords are the other ways to look for a word, those that change least first.
func otherWords(word string, quoted bool) (out []string) {
	if quoted && length(word) > 3 {
		out = append(out, word)
	}
	for _, first := range [...]string{"anti", "counter", "non", "анти", "противо"} {
		if rest, ok := strings.CutPrefix(word, first); ok && length(rest) > 3 {
			out = append(out, first+"-"+rest)
		}
	}
	switch first, _ := utf8.DecodeRuneInString(word); {
	case length(word) > 3:
		out = append(out, word+"*", "*"+word+"*")
	case unicode.Is(unicode.Hebrew, first) && length(word) > 1:
		out = append(out, "*"+word) // the article and its like are written with the word
	}
	return out
}

// nearOf are words near one another.
func nearOf(prefix string, words []string) string {
	return prefix + strings.Join(words, " NEAR/10 "+prefix)
}
