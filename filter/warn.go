package filter

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"dewline"
)

// warn notes what of a term was probably not meant so. Before and after are what
// stands beside it.
func (p *parser) warn(x lexeme, t *term, before, after kind) {
	if x.kind != kindWord || x.exact {
		return
	}
	between := before.endsTerm() && after.beginsTerm()
	switch word := strings.ToLower(halfWidth(x.text)); {
	case between && (word == "or" || word == "and"), word == "not" && after.beginsTerm():
		p.warning(x, "`"+x.text+"` is looked for as a word", "operators are written in capitals: "+strings.ToUpper(word)+`; for the word write "`+word+`"`)
	case between && isNearWord(word):
		p.warning(x, "`"+x.text+"` is looked for as a word", "operators are written in capitals: "+strings.ToUpper(word))
	case between && nearWithoutSlash.MatchString(word):
		op := strings.ToUpper(strings.TrimRight(word, "0123456789"))
		p.warning(x, "`"+x.text+"` is looked for as a word", "the operator has a slash: "+op+"/"+word[len(op):])
	case between && foreignOperators[word] != "" && (x.text == word || utf8.RuneCountInString(word) > 1):
		p.warning(x, "`"+x.text+"` is looked for as a word", "the operator is "+foreignOperators[word]+` in every language; for the word write "`+x.text+`"`)
	case between && otherNear.MatchString(word), x.text == "AROUND" && after == kindOpen:
		p.warning(x, "`"+x.text+"` is looked for as a word", "how near two terms must be is written a NEAR/5 b, and in this order a ONEAR/5 b")
	case p.looksQuoted(x):
		p.warning(x, "an apostrophe opens no phrase: each word is looked for by itself", `write the phrase in quotation marks: "…"`)
	case after.beginsTerm() && strings.HasSuffix(x.text, ","):
		p.warning(x, "the comma means nothing: both words must be there", "write OR between alternatives")
	case p.foreignSign(x):
	case mixed(x.text):
		p.warning(x, "`"+x.text+"` mixes letters of two scripts that look alike", "write it in one of them, or both words with OR")
	case t.name == dewline.FieldLang && longTag(t):
		p.warning(x, "no language tag begins with `"+x.text+"`", "tags are short: lang:en, lang:ru, lang:zh")
	}
}

// foreignSign warns of the signs of other query languages, which mean nothing here, and
// reports whether there is one.
func (p *parser) foreignSign(x lexeme) bool {
	var msg, hint string
	switch first := x.text[0]; {
	case first == '!':
		msg, hint = "the ! means nothing: the word must be there", "to exclude the word, write a hyphen or NOT before it"
	case first == '+':
		msg, hint = "the + means nothing: terms side by side must all be there", "leave it out"
	case first == '[' || first == '{':
		msg, hint = "the "+x.text[:1]+" means nothing: the word must be there", "alternatives are grouped in round brackets: (a OR b)"
	case first == '~':
		msg, hint = "`"+x.text+"` is looked for as a word", "how near two terms must be is written between them: a NEAR/5 b"
	case first == '^':
		msg, hint = "`"+x.text+"` is looked for as a word", "no term weighs more than another: leave it out"
	case strings.Contains(x.text, "~"):
		msg, hint = "the ~ means nothing: the word is looked for as it is written", "for other spellings write a wildcard, or the words with OR"
	case strings.Contains(x.text, "^"):
		msg, hint = "the ^ means nothing: the word is looked for as it is written", "no term weighs more than another: leave it out"
	default:
		return false
	}
	p.warning(x, msg, hint)
	return true
}

var nearWithoutSlash = regexp.MustCompile(`^o?near[0-9]+$`)

// otherNear is how other programs write NEAR: w/5, pre/5, adj5, n5.
var otherNear = regexp.MustCompile(`^(w|n|pre|adj|near:)/?[0-9]{1,3}$`)

// foreignOperators are the words for OR, AND and NOT in other languages.
var foreignOperators = func() map[string]string {
	m := make(map[string]string)
	for op, words := range map[string]string{
		"OR":  "или либо або чи oder ou o veya lub albo 或 或者 または 또는 أو او یا או",
		"AND": "и та і und et y e ve oraz i 和 及 및 و",
		"NOT": "не nicht pas değil nie 非 不",
	} {
		for _, word := range strings.Fields(words) {
			m[word] = op
		}
	}
	return m
}()

// looksQuoted reports whether an apostrophe before a word and one behind it, or behind
// a later one, are meant as quotation marks.
func (p *parser) looksQuoted(x lexeme) bool {
	r, size := utf8.DecodeRuneInString(x.text)
	return isApostrophe(r) && closingSingle(p.lex.s[x.at+size:], string(r)) > 1
}

func (p *parser) warning(x lexeme, msg, hint string) {
	p.warnings = append(p.warnings, fault(x.start, x.end, msg, hint))
}

func (k kind) endsTerm() bool {
	return k == kindWord || k == kindPhrase || k == kindRegexp || k == kindConcept || k == kindClose
}

func (k kind) beginsTerm() bool {
	return k == kindWord || k == kindPhrase || k == kindRegexp || k == kindConcept || k == kindOpen || k == kindNot || k == kindField
}

// isNearWord reports whether a word in lower case looks like NEAR/5.
func isNearWord(word string) bool {
	_, ok, _ := nearOperator(lexeme{text: strings.ToUpper(word)})
	return ok
}

// mixed reports whether letters of Latin and Cyrillic, or Latin and Greek, touch
// one another in a word.
func mixed(s string) bool {
	last := scriptOther
	for _, r := range s {
		script := scriptOther
		if unicode.IsLetter(r) {
			script = lookalike(r)
		}
		if script != scriptOther && last != scriptOther && script != last {
			return true
		}
		last = script
	}
	return false
}

// lookalike is the script of a letter, of those whose capitals look alike.
func lookalike(r rune) script {
	switch {
	case unicode.Is(unicode.Latin, r):
		return scriptLatin
	case unicode.Is(unicode.Cyrillic, r):
		return scriptCyrillic
	case unicode.Is(unicode.Greek, r):
		return scriptGreek
	}
	return scriptOther
}

func longTag(t *term) bool {
	return len(t.forms) > 0 && !isWild(t.forms[0][0].text) && utf8.RuneCountInString(t.forms[0][0].text) > 3
}
