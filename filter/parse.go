package filter

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"dewline"
)

const (
	maxQuery = 64 << 10 // bytes of a query
	maxDepth = 100      // brackets within brackets
	maxTerms = 5000     // terms of a query
	maxTold  = 20       // faults of a query that are told
)

// op is what a node of a query does.
type op uint8

const (
	opTerm op = iota
	opAnd
	opOr
	opNot
	opNear
)

// node is a part of a query.
type node struct {
	op         op
	kids       []*node
	links      []link // of a NEAR, between its kids
	term       *term
	concept    string // whose terms these are: an OR that the query writes as @name
	field      string // the one that is written before the concept's name
	start, end int    // bytes in the query
	height     int    // levels of nodes below
}

// parser reads a query by recursive descent:
//
//	or   = and { "OR" and }
//	and  = not { ["AND"] not }
//	not  = ("NOT" | "-") not | near
//	near = item { ("NEAR/5" | "ONEAR/5") item }
//	item = word | phrase | expression | concept | field item | "(" or ")"
type parser struct {
	lex    lexer
	x      lexeme // the one ahead
	before lexeme // the one before
	fields fieldSet
	field  string // its name; empty where none is open
	depth  int
	terms  int
	scan   *tokens
	// concept gives the terms of a concept.
	concept  func(lexeme) (*node, *dewline.SyntaxError)
	warnings []*dewline.SyntaxError
}

func newParser(query string, concepts *Concepts) *parser {
	return &parser{lex: lexer{s: query}, fields: textFields, scan: takeTokens(), concept: concepts.find}
}

// read reads the query. The faults are in its order: those of single terms, and the
// one that nothing can be read behind.
func (p *parser) read() (*node, []*dewline.SyntaxError) {
	root, err := p.parse()
	faults := p.lex.faults
	if err != nil && !errors.Is(err, errTold) {
		faults = append(faults, err)
	}
	slices.SortStableFunc(faults, func(a, b *dewline.SyntaxError) int { return cmp.Compare(a.Offset, b.Offset) })
	return root, faults
}

// errTold stands for a fault that the lexer's faults have already.
var errTold = &dewline.SyntaxError{Msg: "the query has a fault"}

// goOn notes the fault of a single term, and gives what stands for the term, so that
// the faults behind it are found too.
func (p *parser) goOn(x lexeme, err *dewline.SyntaxError) (*node, *dewline.SyntaxError) {
	if !p.lex.note(err) {
		return nil, errTold
	}
	return &node{op: opTerm, term: &term{source: x.text, fields: p.fields}, start: x.start, end: x.end}, p.advance()
}

func (p *parser) parse() (*node, *dewline.SyntaxError) {
	query := p.lex.s
	if i := strings.IndexAny(query, wilds); i >= 0 {
		return nil, fault(i, i+runeSize(query[i:]), "a character that stands in no text", "remove it")
	}
	if len(query) > maxQuery {
		return nil, fault(maxQuery, len(query), fmt.Sprintf("the query is longer than %d bytes", maxQuery), "make several rules of it")
	}
	if err := p.advance(); err != nil {
		return nil, err
	}
	if p.x.kind == kindEnd {
		return nil, fault(0, len(query), "the query is empty", "write a word")
	}
	root, err := p.or()
	if err != nil {
		return nil, err
	}
	if p.x.kind == kindClose {
		return nil, fault(p.x.start, p.x.end, "this bracket closes nothing", "remove it, or add ( before")
	}
	if root.height >= maxDepth {
		return nil, tooDeep(root.start, root.end)
	}
	if len(p.lex.faults) > 0 {
		return nil, errTold
	}
	p.warnings = append(p.warnings, p.scan.warnings...)
	return root, sensible(root)
}

func tooDeep(start, end int) *dewline.SyntaxError {
	return fault(start, end, fmt.Sprintf("more than %d brackets or NOTs within one another", maxDepth), "make several rules of it")
}

func (p *parser) advance() *dewline.SyntaxError {
	x, err := p.lex.next()
	if err != nil {
		return err
	}
	p.before, p.x = p.x, x
	return nil
}

func (p *parser) or() (*node, *dewline.SyntaxError) {
	return p.list(opOr, p.and, func() (bool, *dewline.SyntaxError) {
		if p.x.kind != kindOr {
			return false, nil
		}
		return true, p.advance()
	})
}

func (p *parser) and() (*node, *dewline.SyntaxError) {
	return p.list(opAnd, p.not, func() (bool, *dewline.SyntaxError) {
		switch p.x.kind {
		case kindAnd:
			return true, p.advance()
		case kindEnd, kindClose, kindOr:
			return false, nil
		}
		return true, nil
	})
}

// list reads one part, or several that more joins.
func (p *parser) list(o op, part func() (*node, *dewline.SyntaxError), more func() (bool, *dewline.SyntaxError)) (*node, *dewline.SyntaxError) {
	n, err := part()
	if err != nil {
		return nil, err
	}
	kids := []*node{n}
	for {
		again, err := more()
		if err != nil {
			return nil, err
		}
		if !again {
			break
		}
		if n, err = part(); err != nil {
			return nil, err
		}
		kids = append(kids, n)
	}
	if len(kids) == 1 {
		return kids[0], nil
	}
	return newNode(o, kids, kids[0].start, n.end), nil
}

func (p *parser) not() (*node, *dewline.SyntaxError) {
	if p.x.kind != kindNot {
		return p.near()
	}
	if err := p.enter(); err != nil {
		return nil, err
	}
	defer p.leave()
	start := p.x.start
	if err := p.advance(); err != nil {
		return nil, err
	}
	kid, err := p.not()
	if err != nil {
		return nil, err
	}
	return newNode(opNot, []*node{kid}, start, kid.end), nil
}

func newNode(o op, kids []*node, start, end int) *node {
	n := &node{op: o, kids: kids, start: start, end: end}
	for _, k := range kids {
		n.height = max(n.height, k.height+1)
	}
	return n
}

func (p *parser) enter() *dewline.SyntaxError {
	if p.depth++; p.depth > maxDepth {
		return tooDeep(p.x.start, p.x.end)
	}
	return nil
}

func (p *parser) leave() { p.depth-- }

func (p *parser) item() (*node, *dewline.SyntaxError) {
	switch p.x.kind {
	case kindOpen:
		return p.group()
	case kindField:
		return p.fielded()
	case kindConcept:
		return p.conceptItem()
	case kindWord, kindPhrase, kindRegexp:
		return p.leaf()
	}
	return nil, p.missing()
}

// missing says that a term was expected.
func (p *parser) missing() *dewline.SyntaxError {
	b := p.before
	switch {
	case b.kind == kindOpen && p.x.kind == kindClose:
		return fault(b.start, p.x.end, "these brackets are empty", "write a term between them, or remove them")
	case b.kind == kindOpen:
		return fault(b.start, b.end, "this bracket is not closed", "add )")
	case p.x.kind == kindAnd || p.x.kind == kindOr || p.x.kind == kindNear:
		return fault(p.x.start, p.x.end, "there is nothing before `"+p.x.text+"`", "for the word itself, write it in lower case")
	}
	return fault(b.start, b.end, "there is nothing after `"+b.text+"`", "write a term there, or remove it")
}

func (p *parser) group() (*node, *dewline.SyntaxError) {
	open := p.x
	if err := p.enter(); err != nil {
		return nil, err
	}
	defer p.leave()
	if err := p.advance(); err != nil {
		return nil, err
	}
	n, err := p.or()
	if err != nil {
		return nil, err
	}
	if p.x.kind != kindClose {
		return nil, fault(open.start, open.end, "this bracket is not closed", "add )")
	}
	n.start, n.end = open.start, p.x.end
	return n, p.advance()
}

// fielded reads what a field's name stands before.
func (p *parser) fielded() (*node, *dewline.SyntaxError) {
	x := p.x
	if p.field != "" {
		return nil, fault(x.start, x.end, fmt.Sprintf("`%s:` stands inside `%s:`", x.text, p.field), "close the bracket before it")
	}
	if !x.glued {
		return nil, fault(x.start, x.end, "there is nothing after `"+x.text+":`", "write the term behind it, without a space")
	}
	if err := p.advance(); err != nil {
		return nil, err
	}
	switch p.x.kind {
	case kindNot:
		return nil, fault(p.x.start, p.x.end, "`-` stands behind the field's name", "write -"+x.text+":…")
	case kindWord, kindPhrase, kindRegexp, kindConcept, kindOpen:
	default:
		if x.unknown {
			return nil, errTold
		}
		return nil, fault(x.start, x.end, "there is nothing after `"+x.text+":`", "write the term behind it, without a space")
	}
	if p.field, p.fields = x.text, 1<<fieldNumbers[x.text]; x.unknown {
		p.fields = anyField
	}
	n, err := p.item()
	p.field, p.fields = "", textFields
	if err == nil && n.op == opTerm {
		n.start = x.start
	}
	return n, err
}

func tooManyTerms(x lexeme) *dewline.SyntaxError {
	return fault(x.start, x.end, fmt.Sprintf("the query has more than %d terms", maxTerms), "make several rules of it")
}

func (p *parser) leaf() (*node, *dewline.SyntaxError) {
	if p.terms++; p.terms > maxTerms {
		return nil, tooManyTerms(p.x)
	}
	compile := p.scan.term
	if p.x.kind == kindRegexp {
		compile = p.scan.expression
	}
	t, err := compile(p.x, p.fields, p.field, p.lex.s)
	if err != nil {
		return p.goOn(p.x, err)
	}
	x, before := p.x, p.before.kind
	n := &node{op: opTerm, term: t, start: x.start, end: x.end}
	if err := p.advance(); err != nil {
		return nil, err
	}
	p.warn(x, t, before, p.x.kind)
	return n, nil
}

// write writes a node so that it reads the same again.
func (n *node) write(b *strings.Builder, within op) {
	switch {
	case n.concept != "":
		if n.field != "" {
			b.WriteString(n.field + ":")
		}
		b.WriteString("@" + n.concept)
		return
	case n.op == opTerm:
		b.WriteString(n.term.String())
		return
	case n.op == opNot:
		b.WriteString("NOT ")
		n.kids[0].write(b, opNot)
		return
	}
	bracketed := within != opTerm && !(n.op == opNear && (within == opAnd || within == opOr))
	if bracketed {
		b.WriteByte('(')
	}
	for i, k := range n.kids {
		if i > 0 {
			b.WriteString(n.joint(i))
		}
		k.write(b, n.op)
	}
	if bracketed {
		b.WriteByte(')')
	}
}

// joint is what stands before a node's kid.
func (n *node) joint(i int) string {
	switch n.op {
	case opOr:
		return " OR "
	case opNear:
		return " " + n.links[i-1].String() + " "
	}
	return " AND "
}
