package filter

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"dewline"
)

// kind is what a piece of a query is.
type kind uint8

const (
	kindEnd kind = iota
	kindOpen
	kindClose
	kindAnd
	kindOr
	kindNot
	kindField // name:
	kindWord
	kindPhrase
	kindConcept // @name
	kindNear    // NEAR/5 or ONEAR/5
	kindRegexp  // /expression/
)

// lexeme is a piece of a query.
type lexeme struct {
	kind       kind
	start, end int    // bytes in the query
	text       string // the word, the phrase between its quotes, the field's name
	at         int    // where the text begins
	exact      bool   // = before it
	glued      bool   // nothing stands between it and what follows
	link       link   // of a NEAR
	unknown    bool   // a field that does not exist
}

// fault is an error at a place of the query.
func fault(start, end int, msg, hint string) *dewline.SyntaxError {
	return &dewline.SyntaxError{Offset: start, End: end, Msg: msg, Hint: hint}
}

// lexer cuts a query.
type lexer struct {
	s      string
	i      int
	faults []*dewline.SyntaxError // behind which the query can be read on
}

// note notes a fault; false: there are so many that the rest need not be read.
func (l *lexer) note(err *dewline.SyntaxError) bool {
	l.faults = append(l.faults, err)
	return len(l.faults) < maxTold
}

func isOpen(r rune) bool  { return r == '(' || r == '（' }
func isClose(r rune) bool { return r == ')' || r == '）' }

func (l *lexer) next() (lexeme, *dewline.SyntaxError) {
	for l.i < len(l.s) {
		r, size := utf8.DecodeRuneInString(l.s[l.i:])
		if !unicode.IsSpace(r) && r != '\u200b' && r != '\ufeff' {
			break
		}
		l.i += size
	}
	start := l.i
	if start == len(l.s) {
		return lexeme{kind: kindEnd, start: start, end: start}, nil
	}
	r, size := utf8.DecodeRuneInString(l.s[start:])
	switch {
	case isOpen(r):
		return l.piece(kindOpen, start, size), nil
	case isClose(r):
		return l.piece(kindClose, start, size), nil
	case l.opensPhrase(start):
		return l.phrase(start, start, false)
	case r == '-' && l.opensNegation(start+1):
		return l.piece(kindNot, start, 1), nil
	case isExact(r):
		return l.exact(start, size)
	case r == '/':
		return l.regexp(start)
	case r == '@' || r == '＠':
		return l.concept(start, size)
	}
	return l.word(start, start, false)
}

func (l *lexer) piece(k kind, start, size int) lexeme {
	l.i = start + size
	return lexeme{kind: k, start: start, end: l.i, text: l.s[start:l.i]}
}

// opensNegation reports whether a hyphen before i excludes what stands there.
func (l *lexer) opensNegation(i int) bool {
	r, size := utf8.DecodeRuneInString(l.s[i:])
	return size > 0 && !unicode.IsSpace(r) && !isClose(r) && r != '-'
}

func isExact(r rune) bool { return r == '=' || r == '＝' }

func (l *lexer) exact(start, sign int) (lexeme, *dewline.SyntaxError) {
	from := start + sign
	r, size := utf8.DecodeRuneInString(l.s[from:])
	switch {
	case size == 0 || unicode.IsSpace(r) || isOpen(r) || isClose(r) || r == '-' || isExact(r):
		return lexeme{}, fault(start, from, "`=` stands alone", `write =WORD or ="SOME WORDS"`)
	case l.opensPhrase(from):
		return l.phrase(start, from, true)
	case r == '/' || r == '@' || r == '＠':
		return lexeme{}, fault(start, from, "`=` stands before a word or a phrase only", "leave it out; for the text itself write =\"…\"")
	}
	return l.word(start, from, true)
}

// regexp reads an expression up to the next slash that no backslash stands before.
func (l *lexer) regexp(start int) (lexeme, *dewline.SyntaxError) {
	end := start + 1
	for end < len(l.s) && l.s[end] != '/' {
		if l.s[end] == '\\' {
			end++
		}
		end++
	}
	if end >= len(l.s) {
		return lexeme{}, fault(start, start+1, "this expression is not closed", "add /; for a text with a slash write quotes")
	}
	l.i = end + 1
	if r, size := utf8.DecodeRuneInString(l.s[l.i:]); size > 0 && !unicode.IsSpace(r) && !isOpen(r) && !isClose(r) {
		return lexeme{}, fault(start, l.i+size, "something stands directly behind the expression's last /", `write \/ for a slash inside it; for a text with slashes write quotes; case does not count anyway`)
	}
	return lexeme{kind: kindRegexp, start: start, end: l.i, text: l.s[start+1 : end], at: start + 1}, nil
}

// word reads up to a space, a bracket or a quotation mark. A name before a colon
// is a field.
func (l *lexer) word(start, from int, exact bool) (lexeme, *dewline.SyntaxError) {
	end := from
	for end < len(l.s) {
		r, size := utf8.DecodeRuneInString(l.s[end:])
		if unicode.IsSpace(r) || isOpen(r) || isClose(r) || (quotes[r] != "" && !isSingle(r) && end > from && !gershayim(l.s, end)) {
			break
		}
		end += size
		if (r == ':' || r == '：') && !exact {
			name := strings.ToLower(l.s[from : end-size])
			_, known := fieldNumbers[name]
			switch {
			case isName(l.s[from : end-size]):
				return l.field(start, end-size, end)
			case known:
				return l.noField(start, end, name, fault(start, end, "a field in capitals", "write "+name+":"))
			}
		}
	}
	l.i = end
	text := l.s[from:end]
	x := lexeme{kind: kindWord, start: start, end: end, text: text, at: from, exact: exact}
	if exact {
		return x, nil
	}
	switch halfWidth(text) {
	case "AND":
		x.kind = kindAnd
	case "OR":
		x.kind = kindOr
	case "NOT":
		x.kind = kindNot
	}
	near, ok, bad := nearOperator(x)
	if ok {
		x.kind, x.link = kindNear, near
	}
	if bad != nil {
		return x, bad
	}
	return x, nil
}

// halfWidth is a word as a keyboard for Latin letters writes it: operators may be
// written ＯＲ.
func halfWidth(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= '！' && r <= '～' {
			return r - '！' + '!'
		}
		return r
	}, s)
}

func isName(s string) bool {
	for i := range len(s) {
		if s[i] < 'a' || s[i] > 'z' {
			return false
		}
	}
	return s != ""
}

// elsewhere are fields as other programs name them.
var elsewhere = map[string]string{
	"intitle": "title:", "headline": "title:", "inurl": "url:", "link": "url:", "site": "url: or feed:", "domain": "url:", "source": "feed:", "intext": "content:", "text": "content:",
	"body": "content:", "language": "lang:", "by": "author:", "byline": "author:",
}

func (l *lexer) field(start, end, next int) (lexeme, *dewline.SyntaxError) {
	name := l.s[start:end]
	if _, ok := fieldNumbers[name]; !ok {
		hint := `a text with a colon goes in quotes; the fields are ` + strings.Join(fieldNames[:], ", ")
		switch near := nearestField(name); {
		case elsewhere[name] != "":
			hint = "here it is " + elsewhere[name]
		case near != "":
			hint = "did you mean " + near + ":?"
		}
		return l.noField(start, next, name, fault(start, next, "there is no field `"+name+":`", hint))
	}
	l.i = next
	r, size := utf8.DecodeRuneInString(l.s[next:])
	return lexeme{kind: kindField, start: start, end: next, text: name, glued: size > 0 && !unicode.IsSpace(r)}, nil
}

// noField notes that a field does not exist, and reads on where a term stands behind
// it. What stands behind http: is none.
func (l *lexer) noField(start, next int, name string, err *dewline.SyntaxError) (lexeme, *dewline.SyntaxError) {
	r, _ := utf8.DecodeRuneInString(l.s[next:])
	if !unicode.IsLetter(r) && !isOpen(r) && quotes[r] == "" && r != '@' {
		return lexeme{}, err
	}
	if !l.note(err) {
		return lexeme{}, errTold
	}
	l.i = next
	return lexeme{kind: kindField, start: start, end: next, text: name, glued: true, unknown: true}, nil
}

// concept reads the name of a concept behind its @.
func (l *lexer) concept(start, size int) (lexeme, *dewline.SyntaxError) {
	from := start + size
	n := conceptName(l.s[from:])
	if n == 0 {
		return lexeme{}, fault(start, from, "`@` stands alone", "write @NAME for a concept; for the sign itself there is no term")
	}
	l.i = from + n
	return lexeme{kind: kindConcept, start: start, end: l.i, text: l.s[from:l.i], at: from}, nil
}
