package filter

import (
	"encoding/binary"
	"fmt"
	"strconv"

	"dewline"
)

// Rules are compiled rules, ready to judge items. They are safe for concurrent
// use. Where there is one thing of each rule or term, it holds numbers in place of
// pointers and strings: the garbage collector need not look at it again and again.
type Rules struct {
	rules    []rule
	terms    []compiledTerm // every term once, whatever rules use it
	forms    []compiledForm // of the terms
	elements []compiledElement
	exacts   []string      // spellings of elements; the first is empty
	required []atom        // by the expressions of terms
	regexps  []*expression // of terms
	names    string        // of rules and of terms as rules write them
	alerts   [][]string    // the lists of receivers, each once
	scopes   []*dewline.Rule
	exprs    []expr // of rules
	vocab    *vocabulary
	atoms    []seen // as before any item
	pairs    pairTable
	pairSeen []seen        // the same of the pairs
	watchers []int32       // rules that are looked at where an atom or a pair is found
	nears    [][]link      // the links of every NEAR
	nearAt   []*expr       // and the NEARs themselves, as the programs name them
	code     []instruction // the programs of the rules
	labels   []label       // of their instructions
	asked    []asked       // by rule, as before any item
	always   []int32       // rules that are looked at for every item
	fields   fieldSet      // that some rule reads
	free     freeList
}

// rule is a compiled rule.
type rule struct {
	name, title part  // of the names
	alert       int32 // of the alerts
	scope       int32 // of the scopes; -1: it asks every feed's items
	expr        int32 // of the exprs; -1: its program says all
}

// expr is a query in negation normal form: NOT stands before terms and NEARs only.
type expr struct {
	op   op
	not  bool   // of a term or a NEAR
	term int32  // its number; of a NEAR its own
	name string // of a term or NEAR, as this query writes it
	kids []expr
}

// compiledTerm is a term in atoms.
type compiledTerm struct {
	fields fieldSet
	only   atom  // where this atom is, there is the term; or -1
	forms  part  // of the rules' forms
	re     int32 // of the regexps, in place of the forms; or -1
	// required are atoms of which one must be there where the expression is
	// found; none: it is looked for in every item.
	required part
}

// compiledForm is a form with the place where it is looked for.
type compiledForm struct {
	from int32 // of the rules' elements
	n    uint8 // elements: maxPhrase at most
	// pair is the rarest two neighbours of a form of several elements, and at
	// the index of the first of them.
	at   uint8
	pair int32
	// atom is the only element's.
	atom atom
	// plain: where the only element's atom is, there is the form.
	plain bool
}

type compiledElement struct {
	atom          atom
	exact         int32 // of the exacts; 0: any spelling
	gaps          gapSet
	opens, closes bool
}

// formsOf are the forms of a term.
func (r *Rules) formsOf(t *compiledTerm) []compiledForm { return r.forms[t.forms.from:t.forms.to] }

// elementsOf are the elements of a form.
func (r *Rules) elementsOf(f *compiledForm) []compiledElement {
	return r.elements[f.from : f.from+int32(f.n)]
}

func (r *Rules) requiredBy(t *compiledTerm) []atom { return r.required[t.required.from:t.required.to] }

// Compile makes rules ready that use no concepts. The error names the rule and
// wraps the *dewline.SyntaxError of its query.
func Compile(rules []dewline.Rule) (*Rules, error) { return (*Concepts)(nil).Compile(rules) }

// Compile makes the rules ready. The error names the rule and wraps the
// *dewline.SyntaxError of its query.
func (c *Concepts) Compile(rules []dewline.Rule) (*Rules, error) {
	com := newCompiler(len(rules))
	for _, r := range rules {
		q, err := c.Parse(r.Query)
		if err != nil {
			return nil, fmt.Errorf("rule %q: %w", r.Name, err)
		}
		com.rule(r, com.expr(q.root, false))
	}
	r := com.finish()
	r.forget()
	return r, nil
}

// forget leaves out the expressions whose programs say all.
func (r *Rules) forget() {
	var kept []expr
	for i := range r.rules {
		rule := &r.rules[i]
		if r.code[r.asked[i].code].op&markTangled == 0 {
			rule.expr = -1
			continue
		}
		kept = append(kept, r.exprs[rule.expr])
		rule.expr = int32(len(kept) - 1)
	}
	r.exprs = kept
}

func (r *Rules) exprOf(rule int) *expr { return &r.exprs[r.rules[rule].expr] }

// compileQuery makes one query ready, to be explained.
func compileQuery(q *Query) *Rules {
	c := newCompiler(1)
	c.rule(dewline.Rule{}, c.expr(q.root, false))
	return c.finish()
}

// compiler gathers the terms of all rules before it chooses by which of them each
// rule is found.
type compiler struct {
	*Rules
	known     map[string]int32 // terms by their keys
	chains    map[string]int32 // NEARs by their terms and links
	uses      []int            // of terms: how many places in rules name it
	pairForms []int            // of pairs: how many forms contain it
	leaves    int              // terms of all rules
	watches   []watch
	anchors   []int32 // room for those of one rule
	marked    []int32 // terms, with the number of the last rule that asks for them
	mark      int32
	text      []byte           // becomes the rules' names
	alertOf   map[string]int32 // by the names of the receivers
	key       []byte
}

// newCompiler makes room for so many rules, and for a term and a half of each.
func newCompiler(rules int) *compiler {
	terms := rules + rules/2
	return &compiler{
		Rules: &Rules{
			vocab: newVocabulary(terms), rules: make([]rule, 0, rules), exprs: make([]expr, 0, rules), terms: make([]compiledTerm, 0, terms),
			forms: make([]compiledForm, 0, terms), elements: make([]compiledElement, 0, 2*terms), exacts: []string{""},
		},
		known: make(map[string]int32, terms), chains: make(map[string]int32), alertOf: make(map[string]int32),
		uses: make([]int, 0, terms),
	}
}

// rule adds a rule.
func (c *compiler) rule(r dewline.Rule, e expr) {
	scope := int32(-1)
	if len(r.Tags) > 0 || len(r.Feeds) > 0 {
		asks := r // r itself is not to be kept for every rule
		scope = int32(len(c.scopes))
		c.scopes = append(c.scopes, &asks)
	}
	c.rules = append(c.rules, rule{c.name(r.Name), c.name(r.Title), c.alert(r.Alert), scope, int32(len(c.exprs))})
	c.exprs = append(c.exprs, e)
}

func (c *compiler) name(s string) part {
	from := len(c.text)
	c.text = append(c.text, s...)
	return part{int32(from), int32(len(c.text))}
}

// alert numbers a list of receivers: most rules alert the same.
func (c *compiler) alert(receivers []string) int32 {
	c.key = c.key[:0]
	if receivers != nil {
		c.key = append(c.key, '|') // no list is not an empty one
	}
	for _, r := range receivers {
		c.key = append(binary.AppendUvarint(c.key, uint64(len(r))), r...)
	}
	n, ok := c.alertOf[string(c.key)]
	if !ok {
		n = int32(len(c.alerts))
		c.alertOf[string(c.key)] = n
		c.alerts = append(c.alerts, receivers)
	}
	return n
}

// expr brings a query to negation normal form.
func (c *compiler) expr(n *node, not bool) expr {
	switch n.op {
	case opTerm:
		return expr{op: opTerm, not: not, term: c.term(n.term), name: n.term.label()}
	case opNot:
		return c.expr(n.kids[0], !not)
	case opNear:
		return c.near(n, not)
	}
	e := expr{op: n.op, kids: make([]expr, 0, len(n.kids))}
	if not {
		e.op = opAnd + opOr - n.op
	}
	for _, k := range n.kids {
		kid := c.expr(k, not)
		if kid.op == e.op {
			e.kids = append(e.kids, kid.kids...)
			continue
		}
		e.kids = append(e.kids, kid)
	}
	return e
}

// near compiles a NEAR. Those that are alike have one number: they are judged once.
func (c *compiler) near(n *node, not bool) expr {
	e := expr{op: opNear, not: not, name: n.String()}
	var key []byte
	for i, k := range n.kids {
		if i > 0 {
			key = append(append(key, n.links[i-1].String()...), 0)
		}
		e.kids = append(e.kids, c.expr(k, false))
		key = e.kids[i].terms(key)
	}
	number, ok := c.chains[string(key)]
	if !ok {
		number = int32(len(c.nears))
		c.chains[string(key)] = number
		c.nears = append(c.nears, n.links)
	}
	e.term = number
	return e
}

// terms adds the numbers of all terms to a key.
func (e *expr) terms(key []byte) []byte {
	for i := range e.kids {
		key = e.kids[i].terms(key)
	}
	if e.op == opTerm {
		key = append(strconv.AppendInt(key, int64(e.term), 10), ' ')
	}
	return key
}

// term numbers a term.
func (c *compiler) term(t *term) int32 {
	c.leaves++
	c.key = t.appendKey(c.key[:0])
	if n, ok := c.known[string(c.key)]; ok {
		c.uses[n]++
		return n
	}
	n := int32(len(c.terms))
	c.known[string(c.key)] = n
	c.uses = append(c.uses, 1)
	ct := compiledTerm{fields: t.fields, only: -1, re: -1, forms: part{from: int32(len(c.forms))}}
	for _, f := range t.forms {
		c.forms = append(c.forms, c.form(f))
	}
	ct.forms.to = int32(len(c.forms))
	if f := c.formsOf(&ct); len(f) == 1 && f[0].plain {
		ct.only = f[0].atom
	}
	if t.re != nil {
		ct.re = int32(len(c.regexps))
		c.regexps = append(c.regexps, t.re)
		ct.required.from = int32(len(c.required))
		for _, piece := range t.re.required {
			c.required = append(c.required, c.piece(piece))
		}
		ct.required.to = int32(len(c.required))
	}
	c.terms = append(c.terms, ct)
	c.fields |= t.fields
	return n
}

// piece gives the atom of a required piece of an expression: a character that is a
// token, or letters within a word.
func (c *compiler) piece(piece string) atom {
	if r := []rune(piece); kindOf(r[0]) == letterOfWord {
		piece = string(wildMany) + piece + string(wildMany)
	}
	return c.vocab.add(element{text: piece})
}

func (c *compiler) form(f form) compiledForm {
	cf := compiledForm{pair: -1, from: int32(len(c.elements)), n: uint8(len(f))}
	for _, e := range f {
		exact := int32(0)
		if e.exact != "" {
			exact = int32(len(c.exacts))
			c.exacts = append(c.exacts, e.exact)
		}
		c.elements = append(c.elements, compiledElement{c.vocab.add(e), exact, e.gaps, e.opens, e.closes})
	}
	for i := 1; i < len(f); i++ {
		c.pairForms[c.pair(&cf, i-1)]++
	}
	e := f[0]
	cf.atom = c.elements[cf.from].atom
	cf.plain = len(f) == 1 && e.exact == "" && !e.opens && !e.closes
	return cf
}

// pair numbers the neighbours at i and i+1.
func (c *compiler) pair(f *compiledForm, i int) int32 {
	e := c.elementsOf(f)
	n := c.pairs.add(e[i].atom, e[i+1].atom)
	if int(n) == len(c.pairForms) {
		c.pairForms = append(c.pairForms, 0)
	}
	return n
}

// finish chooses where each form and each rule is looked for.
func (c *compiler) finish() *Rules {
	c.atoms, c.pairSeen = make([]seen, len(c.vocab.keys)), make([]seen, len(c.pairForms))
	for i := range c.forms {
		c.place(&c.forms[i])
	}
	c.dropPairs()
	c.nearAt = make([]*expr, len(c.nears))
	c.asked, c.watches = make([]asked, len(c.rules)), make([]watch, 0, c.leaves)
	c.code, c.labels = make([]instruction, 0, c.leaves*5/4), make([]label, 0, c.leaves*5/4)
	c.marked = make([]int32, len(c.terms))
	for i := range c.rules {
		e := c.exprOf(i)
		c.anchors = c.anchor(c.anchors[:0], e)
		c.watch(int32(i), c.anchors)
		c.asked[i].code = c.program(int32(i))
	}
	c.enter()
	c.names = string(c.text)
	return c.Rules
}

// key is what makes two terms the same.
func (t *term) key() string { return string(t.appendKey(nil)) }

func (t *term) appendKey(b []byte) []byte {
	b = append(b, byte(t.fields), byte(t.fields>>8))
	if t.re != nil {
		b = append(append(b, '/'), t.re.source...)
	}
	b = append(b, '|')
	for _, f := range t.forms {
		b = binary.AppendUvarint(b, uint64(len(f)))
		for _, e := range f {
			b = append(binary.AppendUvarint(b, uint64(len(e.text))), e.text...)
			b = append(binary.AppendUvarint(b, uint64(len(e.exact))), e.exact...)
			b = append(b, byte(e.gaps), flag(e.inflect)+flag(e.opens)<<1+flag(e.closes)<<2)
		}
	}
	return b
}

func flag(b bool) byte {
	if b {
		return 1
	}
	return 0
}
