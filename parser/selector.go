package parser

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"dewline"

	"github.com/andybalholm/cascadia"
)

// selector is a compiled CSS selector of a web page's list.
//
// A compound (li.news, a[href]) is matched by cascadia. How compounds are joined (div > ul li) is
// matched by tree.find, in one walk for all elements: cascadia would try every ancestor for every
// part of every selector, and a hostile page can have very many.
type selector struct {
	written   string
	paths     []path // any of them: they were joined by commas
	attribute string // what is read; empty: the text
	self      bool   // the item block itself
}

// path is a chain of compounds, such as div.list > ul li.
type path []step

// step is one compound of a path.
type step struct {
	joined   byte // to the step before it: ' ', '>', '+' or '~'
	compound cascadia.Sel
}

const (
	maxSelector = 1000
	maxSteps    = 32 // of one path
)

// CheckSelector says what is wrong with a CSS selector of `page:`; the error is a *dewline.SyntaxError.
func CheckSelector(s string) error {
	_, err := compile(s)
	return err
}

// itself is what stands for the item block itself.
const itself = ":self"

// compile reads a selector, behind which may stand @ and the attribute that is meant.
func compile(s string) (*selector, error) {
	sel := &selector{written: s}
	if len(s) > maxSelector {
		return nil, &dewline.SyntaxError{End: len(s), Msg: fmt.Sprintf("a selector of more than %d bytes", maxSelector), Hint: "shorten it"}
	}
	css, attribute, with := cutAttribute(s)
	if with {
		if attribute == "" || strings.Trim(attribute, "abcdefghijklmnopqrstuvwxyz0123456789-_:") != "" {
			return nil, &dewline.SyntaxError{Offset: len(css), End: len(s), Msg: "behind @ stands no attribute", Hint: "write, for example, a@href or time@datetime"}
		}
		sel.attribute = attribute
	}
	if strings.TrimSpace(css) == itself {
		sel.self = true
		return sel, nil
	}
	parts, err := split(css)
	if err != nil {
		return nil, err
	}
	for _, p := range parts {
		if err := sel.add(p); err != nil {
			return nil, err
		}
	}
	return sel, nil
}

// cutAttribute parts the selector and the attribute behind @. No CSS selector has an @ outside quotes.
func cutAttribute(s string) (css, attribute string, with bool) {
	at := strings.LastIndexByte(s, '@')
	if at < 0 || strings.ContainsAny(s[at:], `"'])`) {
		return s, "", false
	}
	return s[:at], strings.ToLower(strings.TrimSpace(s[at+1:])), true
}

// add compiles one compound and hangs it onto its path.
func (sel *selector) add(p part) error {
	if err := p.check(); err != nil {
		return err
	}
	compound, err := cascadia.Parse(p.text)
	if err != nil {
		return p.wrong(fmt.Sprintf("%s is no CSS selector: %v", quoted(p.text), err), "write, for example, li.news, div#list or a[href]")
	}
	if p.first {
		sel.paths = append(sel.paths, path{{compound: compound}})
		return nil
	}
	last := &sel.paths[len(sel.paths)-1]
	if len(*last) == maxSteps {
		return p.wrong(fmt.Sprintf("a selector of more than %d parts", maxSteps), "shorten it")
	}
	*last = append(*last, step{joined: p.joined, compound: compound})
	return nil
}

// part is one compound of a selector as it is written.
type part struct {
	text     string
	from, to int
	first    bool // of its path
	joined   byte
}

func (p *part) wrong(msg, hint string) error {
	return &dewline.SyntaxError{Offset: p.from, End: p.to, Msg: msg, Hint: hint}
}

// check refuses what would cost more than one look at each element inside another.
func (p *part) check() error {
	lower := strings.ToLower(p.text)
	for _, name := range []string{":matches(", ":matchesown("} {
		if strings.Contains(lower, name) {
			return p.wrong(quoted(name+"…)")+" is not supported", "choose by names, classes and attributes")
		}
	}
	for _, name := range []string{":has(", ":haschild(", ":not("} {
		for rest := lower; ; {
			_, after, ok := strings.Cut(rest, name)
			if !ok {
				break
			}
			rest = after
			if inside := inParentheses(after); !plainArgument(inside, name != ":not(") {
				return p.wrong("inside "+name+"…) stands more than names, classes, ids and attributes: "+quoted(inside), "write it with fewer parts")
			}
		}
	}
	return nil
}

// plainArgument reports whether what stands in the parentheses of a pseudo-class is looked at
// once for each element: no relation between elements and, where every element inside is tried, nothing that
// looks around.
func plainArgument(s string, tried bool) bool {
	parts, err := split(s)
	return err == nil && !slices.ContainsFunc(parts, func(p part) bool {
		return !p.first || tried && strings.Contains(withoutQuotes(p.text), ":")
	})
}

// withoutQuotes leaves out what stands in quotes and brackets.
func withoutQuotes(s string) string {
	var b strings.Builder
	for sc := (scanner{s: s}); sc.next(); {
		if sc.brackets == 0 && sc.quote == 0 {
			b.WriteString(sc.char())
		}
	}
	return b.String()
}

// inParentheses is what stands before the parenthesis that closes.
func inParentheses(s string) string {
	for sc := (scanner{s: s}); sc.next(); {
		if sc.parens < 0 {
			return s[:sc.at]
		}
	}
	return s
}

// split parts a selector into its compounds.
func split(s string) ([]part, error) {
	if strings.Contains(s, "/*") {
		return nil, &dewline.SyntaxError{Offset: strings.Index(s, "/*"), End: len(s), Msg: "a selector with a comment", Hint: "write it without"}
	}
	sp := splitter{s: s, joined: ','}
	for sc := (scanner{s: s}); sc.next(); {
		if sc.inside() {
			sp.begin(sc.at)
			continue
		}
		switch c := s[sc.at]; c {
		case ' ', '\t', '\n', '\r', '\f':
			sp.end(sc.at)
		case '>', '+', '~', ',':
			sp.end(sc.at)
			if sp.joined != 0 && sp.joined != ' ' {
				return nil, sp.lone(sc.at)
			}
			sp.joined = c
		default:
			sp.begin(sc.at)
		}
	}
	sp.end(len(s))
	if sp.joined != 0 && sp.joined != ' ' {
		return nil, sp.lone(len(s))
	}
	return sp.parts, nil
}

// splitter collects the compounds of a selector.
type splitter struct {
	s      string
	parts  []part
	start  int
	open   bool // a compound has begun
	joined byte // how the next compound is joined to the last; ',': not at all; 0: unknown yet
}

func (sp *splitter) begin(at int) {
	if !sp.open {
		sp.start, sp.open = at, true
	}
}

func (sp *splitter) end(at int) {
	if !sp.open {
		return
	}
	if sp.joined == 0 {
		sp.joined = ' '
	}
	sp.parts = append(sp.parts, part{text: sp.s[sp.start:at], from: sp.start, to: at, first: sp.joined == ',', joined: sp.joined})
	sp.open, sp.joined = false, 0
}

// lone refuses a sign with nothing before or behind it.
func (sp *splitter) lone(at int) error {
	msg, hint := "the selector is empty", "write, for example, li.news"
	if strings.TrimSpace(sp.s) != "" {
		msg, hint = "something is missing beside this sign", "a selector begins and ends with an element, a class, an id or an attribute, such as div > a"
	}
	return &dewline.SyntaxError{Offset: at, End: min(at+1, len(sp.s)), Msg: msg, Hint: hint}
}

// scanner walks over the characters of a selector and knows what they stand in.
type scanner struct {
	s        string
	at, wide int
	escaped  bool
	quote    byte
	brackets int
	parens   int
	closing  bool // the character closes a quotation, a bracket or a parenthesis
}

// next goes to the next character; it reports whether there is one.
func (sc *scanner) next() bool {
	sc.at += sc.wide
	if sc.at >= len(sc.s) {
		return false
	}
	_, sc.wide = utf8.DecodeRuneInString(sc.s[sc.at:])
	c := sc.s[sc.at]
	sc.closing = false
	switch {
	case c == '\\' && sc.at+1 < len(sc.s):
		_, wide := utf8.DecodeRuneInString(sc.s[sc.at+1:])
		sc.wide, sc.escaped = 1+wide, true
		return true
	case sc.quote != 0:
		if sc.closing = c == sc.quote; sc.closing {
			sc.quote = 0
		}
	case c == '"' || c == '\'':
		sc.quote = c
	case c == '[':
		sc.brackets++
	case c == ']':
		sc.brackets, sc.closing = max(sc.brackets-1, 0), true
	case sc.brackets > 0:
	case c == '(':
		sc.parens++
	case c == ')':
		sc.parens, sc.closing = sc.parens-1, true
	}
	sc.escaped = false
	return true
}

// inside reports whether the character stands in quotes, brackets or parentheses, or is escaped.
func (sc *scanner) inside() bool {
	return sc.escaped || sc.closing || sc.quote != 0 || sc.brackets > 0 || sc.parens > 0
}

func (sc *scanner) char() string { return sc.s[sc.at : sc.at+sc.wide] }

// quoted is a text as it is shown to the administrator.
func quoted(s string) string { return "`" + s + "`" }
