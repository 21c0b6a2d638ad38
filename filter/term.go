package filter

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"dewline"

	"golang.org/x/text/unicode/norm"
)

// term is what a query asks for at one place: a word, a hyphenated term, a phrase.
type term struct {
	source  string // as the query writes it
	concept string // through which the query names it
	name    string // of its field; empty where it names none
	fields  fieldSet
	forms   []form      // it is found where one of them is
	re      *expression // in place of the forms
}

// label is the term as hits name it: as the query writes it, and of a concept the
// term that was found.
func (t *term) label() string {
	if t.concept == "" {
		return t.String()
	}
	label := "@" + t.concept + ": " + t.source
	if t.name != "" {
		label = t.name + ":" + label
	}
	return label
}

// String is the term as the query writes it, with its field.
func (t *term) String() string {
	if t.name != "" {
		return t.name + ":" + t.source
	}
	return t.source
}

// form is a sequence of tokens.
type form []element

// element is one token of a form.
type element struct {
	text    string // folded
	inflect bool   // in any inflection
	gaps    gapSet // what may stand before it; of the first element anything
	exact   string // where not empty: the spelling
	opens   bool   // begins a written word (Hangul)
	closes  bool   // ends one
}

// gapSet is a set of gaps.
type gapSet uint8

const (
	tight   gapSet = 1 << gapNone
	spaced  gapSet = 1 << gapSpace
	hyphens gapSet = 1 << gapHyphen
	marks   gapSet = 1 << gapMark
	breaks  gapSet = 1 << gapBreak
	anyGap         = tight | spaced | hyphens | marks
)

func (s gapSet) has(g gap) bool { return s&(1<<g) != 0 }

// tokens cuts the terms of a query.
type tokens struct {
	scanner  scanner
	list     []token
	warnings []*dewline.SyntaxError
}

type token struct {
	text string
	place
}

// usedTokens are kept for the next query: the scanner is the largest thing that is
// made for one.
var usedTokens = sync.Pool{New: func() any { return newTokens() }}

func takeTokens() *tokens { return usedTokens.Get().(*tokens) }

// free gives back what takeTokens gave.
func (c *tokens) free() {
	c.list, c.warnings, c.scanner.s = c.list[:0], nil, ""
	usedTokens.Put(c)
}

func newTokens() *tokens {
	t := &tokens{}
	t.scanner = newScanner(func(folded []byte, at place) { t.list = append(t.list, token{string(folded), at}) })
	return t
}

func (c *tokens) warn(start, end int, msg, hint string) {
	c.warnings = append(c.warnings, fault(start, end, msg, hint))
}

// term compiles a word or a phrase.
func (c *tokens) term(x lexeme, fields fieldSet, name, query string) (*term, *dewline.SyntaxError) {
	w, err := wildcards(x)
	if err != nil {
		return nil, err
	}
	c.list = c.list[:0]
	c.scanner.scan(w.text, 0)
	t := &term{source: query[x.start:x.end], name: name, fields: fields}
	if err := c.check(x, w); err != nil {
		return nil, err
	}
	opens, err := c.wild(x, w)
	if err != nil {
		return nil, err
	}
	inflect := !x.exact && x.kind == kindWord && name != dewline.FieldLang
	whole := make(form, len(c.list))
	for i, tok := range c.list {
		e := element{text: canonical(tok.text), inflect: inflect && tok.class == classWord && !isWild(tok.text), gaps: anyGap}
		if tok.gap == gapBreak {
			e.gaps |= breaks // "Moscow, Russia": the phrase has the mark itself
		}
		if x.exact {
			e.exact = spelling(x.text[tok.start:tok.end])
			e.gaps = sameGap(tok.gap)
		}
		whole[i] = e
	}
	c.hangul(whole, x.exact)
	whole[0].opens = whole[0].opens && opens
	t.forms = []form{whole}
	switch {
	case x.exact:
	case x.kind != kindWord:
		if f := c.initials(whole, w.text); len(f) < len(whole) {
			t.forms = append(t.forms, f)
		}
	case c.acronym(w.text):
		t.forms = acronymForms(whole)
	default:
		for _, f := range c.joined(whole) {
			t.forms = append(t.forms, c.inflected(f)...)
		}
	}
	return t, nil
}

// maxPhrase is the length of the longest term in words, and in characters of
// scripts without spaces. It bounds what one place of a text can cost.
const maxPhrase = 200

// check refuses a word or phrase that could not be found, or not as it was meant.
func (c *tokens) check(x lexeme, w *wildText) *dewline.SyntaxError {
	switch {
	case len(c.list) == 0:
		hint := "write letters, digits or characters"
		if op := map[string]string{"|": "OR", "||": "OR", "&": "AND", "&&": "AND", "!": "NOT"}[x.text]; op != "" {
			hint = "the operator is " + op
		}
		return fault(x.start, x.end, "there is no word in this", hint)
	case len(c.list) > maxPhrase:
		return fault(x.start, x.end, fmt.Sprintf("more than %d words or characters in one term", maxPhrase), "shorten it; its beginning will do")
	case x.kind == kindWord && !x.exact && c.list[0].start > 0:
		if r, size := utf8.DecodeRuneInString(x.text); isDash(r) {
			return fault(x.start, x.start+size, "a dash before a word", "to exclude the word, write a hyphen or NOT before it")
		}
	}
	for i, tok := range c.list[1:] {
		start, end := x.at+w.back(int(c.list[i].end)), x.at+w.back(int(tok.start))
		switch {
		case tok.gap == gapBlock:
			return fault(start, end, "an empty line inside a phrase, across which nothing is found", "make two phrases of it")
		case tok.gap == gapBreak && x.kind == kindWord:
			return fault(start, end, "a punctuation mark inside a word, across which nothing is found", "leave a space, or put the whole in quotes")
		}
	}
	return nil
}

func isDash(r rune) bool { return pageOf(r).glyphs[r&0xff].class() == classHyphen }

// sameGap is what may stand where the query has this gap, where its spelling counts.
func sameGap(g gap) gapSet {
	switch g {
	case gapSpace:
		return spaced | marks // the dot of an abbreviation stands before the space
	case gapMark:
		return tight | spaced | marks
	}
	return 1 << g
}

// spelling is a token as it is compared where its spelling counts: compatible
// forms made one, what cannot be seen left out, and the dots of U. S. too.
func spelling(s string) string {
	return strings.Map(func(r rune) rune {
		if r == '.' || unicode.IsSpace(r) || invisible(r) || pointing(r) {
			return -1
		}
		return r
	}, norm.NFKC.String(s))
}

// hangul sets what stands where between syllables. A written word begins with the
// term's first syllable. A space in the query is optional in the text; one that
// the query has not may part a compound whose two parts have two syllables each.
func (c *tokens) hangul(f form, exact bool) {
	for i := 0; i < len(f); {
		if c.list[i].class != classHangul {
			i++
			continue
		}
		end := i + 1
		for end < len(f) && c.list[end].class == classHangul && c.list[end].gap == gapNone {
			end++
		}
		f[i].opens = i == 0 || (exact && c.list[i].gap != gapNone)
		for k := i + 1; k < end; k++ {
			f[k].gaps = tight
			if k-i >= 2 && end-k >= 2 && !exact {
				f[k].gaps |= spaced
			}
		}
		f[end-1].closes = exact
		i = end
	}
}

// initials is a phrase with its single capitals joined, as a text has them that writes
// dots behind them: "J K Rowling" finds J. K. Rowling.
func (c *tokens) initials(whole form, text string) form {
	var f form
	joins := false
	for i, e := range whole {
		first, size := utf8.DecodeRuneInString(text[c.list[i].start:c.list[i].end])
		single := size == int(c.list[i].end-c.list[i].start) && unicode.IsUpper(first)
		if joins && single && c.list[i].gap == gapSpace {
			f[len(f)-1].text += e.text
			continue
		}
		f, joins = append(f, e), single
	}
	return f
}

// maxJoints bounds the ways to write a term with many hyphens.
const maxJoints = 4

// joined are the forms in which parts of a hyphenated word are written as one.
func (c *tokens) joined(whole form) []form {
	var joints []int // elements that may join the one before
	for i := 1; i < len(whole); i++ {
		if c.list[i].gap == gapHyphen && c.list[i].class == classWord && c.list[i-1].class == classWord {
			joints = append(joints, i)
		}
	}
	if len(joints) == 0 {
		return nil
	}
	choices := 1<<len(joints) - 1
	if len(joints) > maxJoints { // all of them or none
		return []form{join(whole, joints, choices)}
	}
	var forms []form
	for choice := 1; choice <= choices; choice++ {
		forms = append(forms, join(whole, joints, choice))
	}
	return forms
}

// maxAcronym is the length of the longest abbreviation that is taken for no word of a
// language: C-RAM is not C-ramming, nor cramming.
const maxAcronym = 6

// acronym reports whether a term is short, of two parts of Latin letters that a hyphen
// joins, and has a part that the query writes in capitals.
func (c *tokens) acronym(text string) bool {
	if len(c.list) != 2 || c.list[1].gap != gapHyphen {
		return false
	}
	letters, capitals := 0, false
	for _, t := range c.list {
		part := text[t.start:t.end]
		if strings.ContainsFunc(part, func(r rune) bool { return !unicode.Is(unicode.Latin, r) }) {
			return false
		}
		n := utf8.RuneCountInString(part)
		letters += n
		capitals = capitals || n > 1 && !strings.ContainsFunc(part, func(r rune) bool { return !unicode.IsUpper(r) })
	}
	return capitals && letters <= maxAcronym
}

// acronymForms are an abbreviation and its plural, with the hyphen and without.
func acronymForms(whole form) []form {
	first, last := whole[0], whole[1]
	first.inflect, last.inflect = false, false
	one := join(form{first, last}, []int{1}, 1)[0]
	forms := []form{{first, last}, {one}}
	last.text, one.text = last.text+"s", one.text+"s"
	return append(forms, form{first, last}, form{one})
}

// minInflected is how many letters the last part of a term must have to be inflected when
// it is joined: sol-air is not solo, of which some language makes solair.
const minInflected = 4

// inflected is a form with joined parts; in place of inflections it has a plural where
// its last part is short.
func (c *tokens) inflected(f form) []form {
	part := c.list[len(c.list)-1]
	last := &f[len(f)-1]
	if !last.inflect || length(part.text) >= minInflected || last.text == part.text {
		return []form{f}
	}
	last.inflect = false
	if scriptOf(last.text) != scriptLatin {
		return []form{f}
	}
	plural := slices.Clone(f)
	plural[len(f)-1].text += "s"
	return []form{f, plural}
}

// join writes the elements of the chosen joints together with those before them.
func join(whole form, joints []int, choice int) form {
	chosen := make(map[int]bool)
	for k, at := range joints {
		if k >= 63 || choice&(1<<k) != 0 {
			chosen[at] = true
		}
	}
	var f form
	for i, e := range whole {
		if chosen[i] {
			last := &f[len(f)-1]
			last.text = canonical(last.text + e.text)
			last.inflect = last.inflect && !isWild(last.text)
			continue
		}
		f = append(f, e)
	}
	return f
}
