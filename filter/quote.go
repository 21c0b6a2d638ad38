package filter

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"dewline"
)

// quotes are what opens a phrase and what may close it. Text that was typed by a
// word processor, in another country or on an East Asian keyboard has others than ",
// and may open with one kind and close with another.
var quotes = map[rune]string{
	'"': `"”＂`, '“': `”“"`, '”': `”"`, '„': `“”"`, '‟': `”"`, '＂': `＂"`, '〝': "〞〟", '〞': "〞〟",
	'«': "»", '»': "«»", '‹': "›", '›': "‹›", '‘': "’", '‚': "‘’",
	'「': "」", '『': "』", '｢': "｣", '《': "》", '〈': "〉",
}

// isSingle reports quotation marks that are typed for apostrophes and commas, too.
func isSingle(r rune) bool { return r == '‘' || r == '‚' }

// opensPhrase reports whether a quotation mark stands at i. A single one must be
// closed, or it is an apostrophe.
func (l *lexer) opensPhrase(i int) bool {
	r, size := utf8.DecodeRuneInString(l.s[i:])
	closers := quotes[r]
	return closers != "" && (!isSingle(r) || closingSingle(l.s[i+size:], closers) >= 0)
}

// closingSingle is where the first of the marks stands that is no apostrophe within a
// word; -1: nowhere.
func closingSingle(s, closers string) int {
	for i, r := range s {
		if !strings.ContainsRune(closers, r) {
			continue
		}
		_, size := utf8.DecodeRuneInString(s[i:])
		if next, _ := utf8.DecodeRuneInString(s[i+size:]); !unicode.IsLetter(next) && !unicode.IsDigit(next) {
			return i
		}
	}
	return -1
}

// closing is where the phrase ends whose quotation mark is r; -1: nowhere. A pair of
// “ and ” may stand within "…".
func closing(s string, r rune) int {
	if isSingle(r) {
		return closingSingle(s, quotes[r])
	}
	inner := 0
	for i, c := range s {
		switch {
		case r == '"' && c == '“':
			inner++
		case inner > 0 && c == '”':
			inner--
		case gershayim(s, i):
		case strings.ContainsRune(quotes[r], c):
			return i
		}
	}
	return -1
}

// gershayim reports whether at i stands the mark of a Hebrew abbreviation, which is
// typed as a quotation mark before its last letter: צה"ל.
func gershayim(s string, i int) bool {
	if s[i] != '"' && !strings.HasPrefix(s[i:], "”") {
		return false
	}
	before, _ := utf8.DecodeLastRuneInString(s[:i])
	last := s[i+runeSize(s[i:]):]
	r, size := utf8.DecodeRuneInString(last)
	next, _ := utf8.DecodeRuneInString(last[size:])
	return unicode.Is(unicode.Hebrew, before) && unicode.Is(unicode.Hebrew, r) && !unicode.IsLetter(next)
}

func (l *lexer) phrase(start, open int, exact bool) (lexeme, *dewline.SyntaxError) {
	r, size := utf8.DecodeRuneInString(l.s[open:])
	from := open + size
	n := closing(l.s[from:], r)
	if n < 0 {
		_, first := utf8.DecodeRuneInString(quotes[r])
		return lexeme{}, fault(open, open+size, "this quotation mark is not closed", "add "+quotes[r][:first])
	}
	l.i = from + n + runeSize(l.s[from+n:])
	return lexeme{kind: kindPhrase, start: start, end: l.i, text: l.s[from : from+n], at: from, exact: exact}, nil
}
