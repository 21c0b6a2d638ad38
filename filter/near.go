package filter

import (
	"fmt"
	"strconv"
	"strings"

	"dewline"
)

const (
	maxNear  = 100 // words
	maxChain = 20  // operands of one chain of NEARs
)

// link is how two neighbouring operands of a chain of NEARs must stand.
type link struct {
	n       int32 // words apart, at most
	ordered bool  // the left one first
}

func (l link) String() string {
	if l.ordered {
		return "ONEAR/" + strconv.Itoa(int(l.n))
	}
	return "NEAR/" + strconv.Itoa(int(l.n))
}

// nearOperator reads NEAR/5 and ONEAR/5. It is no operator where neither an
// operator nor a fault comes back.
func nearOperator(x lexeme) (l link, ok bool, bad *dewline.SyntaxError) {
	text := halfWidth(x.text)
	rest, ordered := strings.CutPrefix(text, "O")
	rest, found := strings.CutPrefix(rest, "NEAR")
	if !found || rest != "" && rest[0] != '/' {
		return l, false, nil
	}
	op := text[:len(text)-len(rest)]
	n, err := strconv.Atoi(strings.TrimPrefix(rest, "/"))
	switch {
	case len(rest) < 2:
		return l, false, fault(x.start, x.end, "`"+op+"` does not say how near", fmt.Sprintf("write %s/5, say, for at most 5 words apart; for the word itself write %q", op, strings.ToLower(op)))
	case err != nil || n < 1 || n > maxNear:
		number := x.start + len(op) + 1
		if text != x.text {
			number = x.start
		}
		return l, false, fault(number, x.end, fmt.Sprintf("the distance of `%s` is a number from 1 to %d", op, maxNear), "neighbours are 1 apart")
	}
	return link{int32(n), ordered}, true, nil
}

// near reads a chain of NEARs, or what stands alone.
func (p *parser) near() (*node, *dewline.SyntaxError) {
	n, err := p.item()
	if err != nil || p.x.kind != kindNear {
		return n, err
	}
	kids := []*node{n}
	var links []link
	for p.x.kind == kindNear {
		op := p.x
		if len(kids) == maxChain {
			return nil, fault(op.start, op.end, fmt.Sprintf("more than %d operands of one NEAR", maxChain), "join some of them by AND")
		}
		if err := p.advance(); err != nil {
			return nil, err
		}
		if p.x.kind == kindNot {
			return nil, fault(p.x.start, p.x.end, "`"+op.text+"` cannot have `"+p.x.text+"` beside it", "write the exclusion apart: a "+op.text+" b -c")
		}
		if n, err = p.item(); err != nil {
			return nil, err
		}
		kids, links = append(kids, n), append(links, op.link)
	}
	for _, k := range kids {
		if err := operand(k); err != nil {
			return nil, err
		}
	}
	near := newNode(opNear, kids, kids[0].start, n.end)
	near.links = links
	return near, inOneField(near)
}

// operand refuses what is no term and no group of alternatives.
func operand(n *node) *dewline.SyntaxError {
	if n.op == opTerm {
		return nil
	}
	if n.op != opOr {
		what := map[op]string{opAnd: "AND", opNot: "NOT", opNear: "NEAR"}[n.op]
		return fault(n.start, n.end, what+" inside an operand of NEAR", "beside NEAR stands a term, a phrase, or a bracket with OR; a chain is written a NEAR/5 b NEAR/5 c")
	}
	for _, k := range n.kids {
		switch err := operand(k); {
		case err != nil && n.concept != "":
			return fault(n.start, n.end, fmt.Sprintf("`@%s` stands beside NEAR, and its term `%s` has an operator of its own", n.concept, k.String()),
				"define a concept that has single terms and phrases only, and write that one beside NEAR")
		case err != nil:
			return err
		}
	}
	return nil
}

// inOneField refuses neighbours that no field can hold both.
func inOneField(near *node) *dewline.SyntaxError {
	for i, k := range near.kids[1:] {
		if near.kids[i].fieldsOf()&k.fieldsOf() == 0 {
			return fault(near.kids[i].start, k.end, "the two stand in different fields: the query can match nothing", "join them by AND")
		}
	}
	return nil
}

// fieldsOf are the fields that some term below reads.
func (n *node) fieldsOf() (f fieldSet) {
	if n.op == opTerm {
		return n.term.fields
	}
	for _, k := range n.kids {
		f |= k.fieldsOf()
	}
	return f
}

// span is a hit with its place among the words of its field.
type span struct {
	hit
	first, last int32 // words
	leaf        int32 // which of the terms of its NEAR it is of
}

// before reports whether the span ends before the other begins, in the same field
// and at most n words before it.
func (s *span) before(o *span, n int32) bool {
	return s.field == o.field && s.end <= o.start && o.first-s.last <= n
}

// blockStep is added to the count of words where a block begins, so that no two
// blocks are near each other.
const blockStep = maxNear + 1

// apart is how much farther a token is than the one before it, which ended at
// prior: what an apostrophe or the point of a number joins is one word.
func (sc *scanner) apart(at place, prior int32) int32 {
	switch {
	case at.gap == gapBlock:
		return 1 + blockStep
	case at.gap == gapMark && at.class == classWord && prior <= at.start && joinsWord(sc.s[int(prior)-sc.base:int(at.start)-sc.base]):
		return 0
	}
	return 1
}

// joinsWord reports whether what stands between two tokens makes one word of them.
func joinsWord(between string) bool {
	switch between {
	case "'", "’", "‘", "ʼ", "ʻ", "＇", ".", ",", ":":
		return true
	}
	return false
}
