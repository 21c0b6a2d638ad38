package filter

import (
	"slices"
	"strings"
	"unicode/utf8"

	"dewline"

	snowball "github.com/blevesearch/snowballstem"
)

// sensible refuses a query that matches nearly everything, or nothing.
func sensible(root *node) *dewline.SyntaxError {
	if n := unanchored(root); n != nil {
		return fault(n.start, n.end, "this would match nearly everything", "write beside it what must be there")
	}
	if err := contradiction(root, false); err != nil {
		return err
	}
	return impossible(root)
}

// holdsEmpty reports whether a query holds of a text that has none of its words.
func holdsEmpty(n *node) bool {
	switch n.op {
	case opTerm:
		return false
	case opNot:
		return !holdsEmpty(n.kids[0])
	case opOr:
		return slices.ContainsFunc(n.kids, holdsEmpty)
	}
	return !slices.ContainsFunc(n.kids, func(k *node) bool { return !holdsEmpty(k) })
}

// unanchored finds the part because of which a query holds of an empty text.
func unanchored(n *node) *node {
	if !holdsEmpty(n) {
		return nil
	}
	if n.op == opOr {
		return unanchored(n.kids[slices.IndexFunc(n.kids, holdsEmpty)])
	}
	return n
}

// contradiction finds a term that is wanted and excluded side by side. Not says
// that the node stands under a NOT.
func contradiction(n *node, not bool) *dewline.SyntaxError {
	var side beside
	side.gather(n, not)
	// Long lists are not compared: a courtesy must not take seconds.
	if len(side.wanted)*len(side.excluded) <= 10_000 {
		for _, x := range side.excluded {
			if slices.ContainsFunc(side.wanted, func(w *node) bool { return w.term.implies(x.term) }) {
				return fault(x.start, x.end, "this excludes what is wanted beside it: the query can match nothing", "remove one of them")
			}
		}
	}
	for _, a := range side.choices {
		for _, k := range a.n.kids {
			if err := contradiction(k, a.not); err != nil {
				return err
			}
		}
	}
	return nil
}

// beside are the parts of a query that must all hold.
type beside struct {
	wanted, excluded []*node
	choices          []choice // of which one part must hold
}

type choice struct {
	n   *node
	not bool
}

func (b *beside) gather(n *node, not bool) {
	switch {
	case n.op == opTerm && not:
		b.excluded = append(b.excluded, n)
	case n.op == opTerm:
		b.wanted = append(b.wanted, n)
	case n.op == opNot:
		b.gather(n.kids[0], !not)
	case n.op == opNear && not:
		// that one of them is absent is not the only way
	case n.op == opNear:
		for _, k := range n.kids {
			b.gather(k, not)
		}
	case (n.op == opAnd) != not:
		for _, k := range n.kids {
			b.gather(k, not)
		}
	default:
		b.choices = append(b.choices, choice{n, not})
	}
}

// implies reports whether, where t is found, o is found too.
func (t *term) implies(o *term) bool {
	if t.fields&^o.fields != 0 {
		return false
	}
	if t.re != nil || o.re != nil {
		return t.re != nil && o.re != nil && t.re.source == o.re.source
	}
	for _, f := range t.forms {
		if !slices.ContainsFunc(o.forms, f.contains) {
			return false
		}
	}
	return true
}

// contains reports whether a text that has f has o within it.
func (f form) contains(o form) bool {
	for from := 0; from+len(o) <= len(f); from++ {
		k := 0
		for k < len(o) && f[from+k].implies(o[k], k > 0) {
			k++
		}
		if k == len(o) {
			return true
		}
	}
	return false
}

// implies reports whether a token that is e is o too, inside a form or at its
// beginning.
func (e element) implies(o element, inside bool) bool {
	switch {
	case inside && e.gaps&^o.gaps != 0, o.exact != "" && o.exact != e.exact, o.opens && !e.opens, o.closes && !e.closes:
		return false
	case e.text == o.text:
		return o.inflect || !e.inflect
	case isWild(o.text):
		return !isWild(e.text) && glob(o.text, e.text) && (!e.inflect || keepsPrefix(e.text, o.text))
	}
	return o.inflect && e.text[0] == o.text[0] && sameStem(e.text, o.text)
}

// sameStem reports whether every inflection of a is one of b. English and Russian
// are what a text without a language is read with.
func sameStem(a, b string) bool {
	env := snowball.NewEnv("")
	undeclared := languagesOf("")
	for _, s := range undeclared.of(a) {
		if !s.reads(b) {
			continue
		}
		asked := s.queryStems(env, b)
		if !slices.ContainsFunc(s.queryStems(env, a), func(stem string) bool { return !slices.Contains(asked, stem) }) {
			return true
		}
	}
	return false
}

// keepsPrefix reports whether every inflection of a word fits a pattern that is a
// beginning of a word. A stemmer changes only the last letters of some stems.
func keepsPrefix(word, pattern string) bool {
	prefix, ok := strings.CutSuffix(pattern, string(wildMany))
	if !ok || isWild(prefix) {
		return false
	}
	env := snowball.NewEnv("")
	undeclared := languagesOf("")
	stemmers := undeclared.of(word)
	for _, s := range stemmers {
		for _, stem := range s.queryStems(env, word) {
			if s == stemArabic || utf8.RuneCountInString(stem) < 5 || !strings.HasPrefix(word, stem) || !strings.HasPrefix(stem, prefix) || alters(stem) {
				return false
			}
		}
	}
	return len(stemmers) > 0
}

// alters reports endings of English stems that stand for others (visibl for visibility).
func alters(stem string) bool {
	return slices.ContainsFunc([]string{"i", "y", "e", "bl"}, func(end string) bool { return strings.HasSuffix(stem, end) })
}
