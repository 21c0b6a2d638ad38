package filter

import (
	"regexp"
	"slices"
	"strings"

	"dewline"

	snowball "github.com/blevesearch/snowballstem"
)

// refMatch judges an item as the contract reads: every rule, at every place of the
// text, with no index. What the engine finds must be this.
func refMatch(rules []dewline.Rule, it *dewline.Item) []dewline.Match {
	doc := refRead(it)
	var out []dewline.Match
	for _, r := range rules {
		q, err := Parse(r.Query)
		if err != nil {
			panic(err)
		}
		if !r.Covers(it.Feed) || !doc.holds(q.root) {
			continue
		}
		hits := doc.hits(q.root)
		out = append(out, dewline.Match{
			Rule: r.Ref(), Item: it.Key, Version: it.Version, Hits: hits, Snippet: refSnippet(it, hits), Alert: r.Alert,
		})
	}
	return out
}

// refDoc is an item in tokens.
type refDoc struct {
	it     *dewline.Item
	langs  languages
	fields [fields][]token
	words  [fields][]refWord // of the tokens
	env    *snowball.Env
}

// refWord says which word of which block a token is part of.
type refWord struct{ block, word int }

func refRead(it *dewline.Item) *refDoc {
	d := &refDoc{it: it, langs: itemLanguages(it), env: snowball.NewEnv("")}
	for f := range field(fields) {
		cut := newTokens()
		cut.scanner.scan(fieldText(it, f), 0)
		d.fields[f] = cut.list
		d.words[f] = refWords(fieldText(it, f), cut.list)
	}
	return d
}

// refWords counts the words of a text: l'OTAN and 1,000 are one.
func refWords(text string, tokens []token) (words []refWord) {
	var w refWord
	for i, t := range tokens {
		switch {
		case t.gap == gapBlock:
			w.block++
			w.word++
		case i > 0 && t.gap == gapMark && t.class == classWord && tokens[i-1].end <= t.start && slices.Contains(
			[]string{"'", "’", "‘", "ʼ", "ʻ", "＇", ".", ",", ":"}, text[tokens[i-1].end:t.start]):
		default:
			w.word++
		}
		words = append(words, w)
	}
	return words
}

func (d *refDoc) holds(n *node) bool {
	switch n.op {
	case opTerm:
		return len(d.places(n.term)) > 0
	case opNot:
		return !d.holds(n.kids[0])
	case opNear:
		return len(d.near(n)) > 0
	case opAnd:
		for _, k := range n.kids {
			if !d.holds(k) {
				return false
			}
		}
		return true
	}
	return slices.ContainsFunc(n.kids, d.holds)
}

// places are all places of a term, in order.
func (d *refDoc) places(t *term) []hit {
	var out []hit
	for _, p := range d.placed(t) {
		out = append(out, p.hit)
	}
	return ordered(out)
}

// refPlace is a hit with its first and last word.
type refPlace struct {
	hit
	first, last refWord
}

func (d *refDoc) placed(t *term) []refPlace {
	var out []refPlace
	for f := range field(fields) {
		if !t.fields.has(f) {
			continue
		}
		if t.re != nil {
			out = append(out, d.expressed(t, f)...)
		}
		tokens := d.fields[f]
		for i := range tokens {
			for _, form := range t.forms {
				if d.stands(form, tokens[i:], f) {
					last := i + len(form) - 1
					h := hit{name: t.label(), field: f, start: tokens[i].start, end: tokens[last].end}
					out = append(out, refPlace{h, d.words[f][i], d.words[f][last]})
				}
			}
		}
	}
	return out
}

// expressed are the places of an expression.
func (d *refDoc) expressed(t *term, f field) (out []refPlace) {
	var folded foldedText
	folded.read(fieldText(d.it, f))
	each := naive
	if !slices.Contains(someExpressions, t.re.source) { // of the fuzzer: at least no index is asked
		each = func(_ string, text *foldedText, yield func(start, end int)) {
			new(machine).each(t.re, text, func(start, end int) bool { yield(start, end); return true })
		}
	}
	each(t.re.source, &folded, func(start, end int) {
		h := hit{name: t.label(), field: f, start: folded.from[start], end: folded.to[end-1]}
		first, last := d.wordsIn(h)
		out = append(out, refPlace{h, first, last})
	})
	return out
}

// naive finds an expression at every edge of a word: the longest stretch of the
// block, up to an edge, of which package regexp says that it is one.
func naive(source string, text *foldedText, yield func(start, end int)) {
	begin, whole := refExpression(source)
	for i := 0; i < len(text.runes); {
		next := i + 1
		block := i + slices.Index(append(text.runes[i:len(text.runes):len(text.runes)], blockEnd), blockEnd)
		if text.begins(i) && begin.MatchString(string(text.runes[i:block])) {
			for k := block; k > i; k-- {
				if text.ends(k) && whole.MatchString(string(text.runes[i:k])) {
					yield(i, k)
					next = k
					break
				}
			}
		}
		i = next
	}
}

// wordsIn are the first and the last word that a hit touches.
func (d *refDoc) wordsIn(h hit) (first, last refWord) {
	for i, t := range d.fields[h.field] {
		if t.end > h.start && t.start < h.end {
			if first == (refWord{}) {
				first = d.words[h.field][i]
			}
			last = d.words[h.field][i]
		}
	}
	return first, last
}

// refExpression is one of the tests' expressions for package regexp.
func refExpression(source string) (begin, whole *regexp.Regexp) {
	e, ok := refExpressions[source]
	if !ok {
		folded := strings.ToLower(source)
		e = [2]*regexp.Regexp{regexp.MustCompile(`\A(?:` + folded + `)`), regexp.MustCompile(`\A(?:` + folded + `)\z`)}
		refExpressions[source] = e
	}
	return e[0], e[1]
}

var refExpressions = make(map[string][2]*regexp.Regexp)

// near are the places of the operands of a NEAR that are part of some way in which
// it holds.
func (d *refDoc) near(n *node) []refPlace {
	var operands [][]refPlace
	for _, k := range n.kids {
		operands = append(operands, d.operand(k))
	}
	used := make(map[refPlace]bool)
	type step struct {
		i int
		p refPlace
	}
	known := make(map[step]bool)
	var leads func(i int, p refPlace) bool // from p, of operand i, to the last
	leads = func(i int, p refPlace) bool {
		if any, ok := known[step{i, p}]; ok {
			return any
		}
		any := i == len(operands)-1
		if i < len(operands)-1 {
			for _, q := range operands[i+1] {
				if refNear(n.links[i], p, q) && leads(i+1, q) {
					any = true
				}
			}
		}
		if any {
			used[p] = true
		}
		known[step{i, p}] = any
		return any
	}
	for _, p := range operands[0] {
		leads(0, p)
	}
	var out []refPlace
	for p := range used {
		out = append(out, p)
	}
	return out
}

func refNear(l link, a, b refPlace) bool {
	if a.field != b.field || a.first.block != b.first.block {
		return false
	}
	return a.end <= b.start && b.first.word-a.last.word <= int(l.n) ||
		!l.ordered && b.end <= a.start && a.first.word-b.last.word <= int(l.n)
}

func (d *refDoc) operand(n *node) (out []refPlace) {
	for _, k := range n.kids {
		out = append(out, d.operand(k)...)
	}
	if n.op == opTerm {
		out = append(out, d.placed(n.term)...)
	}
	return out
}

func (d *refDoc) stands(f form, tokens []token, in field) bool {
	if len(f) > len(tokens) {
		return false
	}
	for k, e := range f {
		tok := tokens[k]
		raw := fieldText(d.it, in)[tok.start:tok.end]
		if k > 0 && !e.gaps.has(tok.gap) || !d.word(e, tok.text) || e.exact != "" && spelling(raw) != e.exact || e.opens && !tok.opens {
			return false
		}
		if e.closes && k+1 < len(tokens) && tokens[k+1].class == classHangul && tokens[k+1].gap == gapNone {
			return false
		}
	}
	return true
}

func (d *refDoc) word(e element, text string) bool {
	if e.text == text {
		return true
	}
	if isWild(e.text) {
		return !isEnding(text) && refPattern(e.text).MatchString(text)
	}
	return e.inflect && slices.ContainsFunc(d.langs.of(text), func(s stemmer) bool {
		if !s.reads(e.text) {
			return false
		}
		asked := s.queryStems(d.env, e.text)
		return slices.ContainsFunc(s.textStems(d.env, text), func(stem string) bool { return slices.Contains(asked, stem) })
	})
}

// hits are the places of the terms because of which a query holds.
func (d *refDoc) hits(root *node) []dewline.Hit {
	var all []hit
	known := make(map[string]int32)  // terms by their keys
	names := make(map[string]string) // what the query first calls them
	number := func(t *term) int32 {
		key := t.key()
		if _, ok := known[key]; !ok {
			known[key] = int32(len(known))
		}
		return known[key]
	}
	var walk func(n *node, not bool)
	walk = func(n *node, not bool) {
		switch {
		case d.holds(n) == not:
		case n.op == opNot:
			walk(n.kids[0], !not)
		case n.op == opNear:
			if not {
				return
			}
			terms := make(map[string]*term) // by name
			n.eachTerm(func(t *term) { terms[t.label()] = t })
			for _, p := range d.near(n) {
				p.term = number(terms[p.name])
				all = append(all, p.hit)
			}
		case n.op != opTerm:
			for _, k := range n.kids {
				walk(k, not)
			}
		case !not:
			if _, ok := names[n.term.key()]; ok {
				return
			}
			names[n.term.key()] = n.term.label()
			for _, h := range d.places(n.term) {
				h.term = number(n.term)
				all = append(all, h)
			}
		}
	}
	walk(root, false)
	out := []dewline.Hit{}
	for _, h := range limited(ordered(all)) {
		text := fieldText(d.it, h.field)
		out = append(out, dewline.Hit{
			Term: h.name, Field: fieldNames[h.field], Start: int(h.start), End: int(h.end), Text: strings.Clone(text[h.start:h.end]),
		})
	}
	return out
}

// refSnippet is the passage that shows best why an item matched, as snippet says it,
// by way of the spans that pages are shown with.
func refSnippet(it *dewline.Item, hits []dewline.Hit) string {
	var best []dewline.Hit
	most := 0
	for i := range hits {
		if it.Text(hits[i].Field) == "" {
			continue // no text
		}
		n, terms := 0, make(map[string]bool)
		for k, h := range hits[i:] {
			if k > 0 && (h.Field != hits[i].Field || h.End > hits[i].Start+snippetWidth*2/3) {
				break
			}
			n++
			terms[h.Term] = true
		}
		worth := len(terms)
		if hits[i].Field != dewline.FieldTitle {
			worth += len(hits)
		}
		if worth > most {
			most, best = worth, hits[i:i+n]
		}
	}
	text := fieldText(it, beginning(it))
	if len(best) > 0 {
		text = it.Text(best[0].Field)
	}
	return strings.TrimSpace(dewline.Plain(passage(text, best, snippetWidth)))
}

var refPatterns = make(map[string]*regexp.Regexp)

// refPattern is a pattern as a regular expression.
func refPattern(pattern string) *regexp.Regexp {
	re, ok := refPatterns[pattern]
	if !ok {
		written := strings.NewReplacer(string(wildMany), `(?s:.*)`, string(wildOne), `(?s:.)`).Replace(regexp.QuoteMeta(pattern))
		re = regexp.MustCompile("^" + written + "$")
		refPatterns[pattern] = re
	}
	return re
}

// fieldText is the text of a field, in which hits count their bytes.
func fieldText(it *dewline.Item, f field) string {
	var one [1]string
	return strings.Join(fieldParts(it, f, &one), listBreak)
}

// eachTerm gives every term below a node.
func (n *node) eachTerm(f func(*term)) {
	if n.op == opTerm {
		f(n.term)
	}
	for _, k := range n.kids {
		k.eachTerm(f)
	}
}
