package filter

import (
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
			Rule: r.Ref(), Item: it.Key, Version: it.Version, Hits: hits, Snippet: snippet(it, hits), Alert: r.Alert,
		})
	}
	return out
}

// refDoc is an item in tokens.
type refDoc struct {
	it     *dewline.Item
	langs  languages
	fields [fields][]token
	env    *snowball.Env
}

func refRead(it *dewline.Item) *refDoc {
	d := &refDoc{it: it, langs: languagesOf(it.Language), env: snowball.NewEnv("")}
	for f := range field(fields) {
		cut := newTokens()
		cut.scanner.scan(fieldText(it, f), 0)
		d.fields[f] = cut.list
	}
	return d
}

func (d *refDoc) holds(n *node) bool {
	switch n.op {
	case opTerm:
		return len(d.places(n.term)) > 0
	case opNot:
		return !d.holds(n.kids[0])
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
	for f := range field(fields) {
		if !t.fields.has(f) {
			continue
		}
		tokens := d.fields[f]
		for i := range tokens {
			for _, form := range t.forms {
				if d.stands(form, tokens[i:], f) {
					out = append(out, hit{name: t.label(), field: f, start: tokens[i].start, end: tokens[i+len(form)-1].end})
				}
			}
		}
	}
	return ordered(out)
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
	return e.inflect && slices.ContainsFunc(d.langs.of(text), func(s stemmer) bool {
		return s.reads(e.text) && s.stem(d.env, e.text) == s.stem(d.env, text)
	})
}

// hits are the places of the terms because of which a query holds.
func (d *refDoc) hits(root *node) []dewline.Hit {
	var all []hit
	known := make(map[string]int32)
	var walk func(n *node, not bool)
	walk = func(n *node, not bool) {
		switch {
		case d.holds(n) == not:
		case n.op == opNot:
			walk(n.kids[0], !not)
		case n.op != opTerm:
			for _, k := range n.kids {
				walk(k, not)
			}
		case !not:
			key := n.term.key()
			if _, ok := known[key]; ok {
				return
			}
			known[key] = int32(len(known))
			for _, h := range d.places(n.term) {
				h.term = known[key]
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
