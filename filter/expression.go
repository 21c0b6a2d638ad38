package filter

import (
	"errors"
	"fmt"
	"regexp/syntax"
	"slices"
	"strings"
	"unicode"

	"dewline"
)

const (
	maxExpression = 1000 // bytes of a regular expression
	maxProgram    = 500  // steps of it, with every repetition written out
)

// expression is a regular expression, which is found as words in folded text.
type expression struct {
	source   string // without its slashes
	prog     *syntax.Prog
	first    runeSet  // with which a match can begin
	required []string // folded pieces of words, or single characters, of which one must be there; none: unknown
}

// expression compiles a regular expression.
func (c *tokens) expression(x lexeme, fields fieldSet, name, query string) (*term, *dewline.SyntaxError) {
	if len(x.text) > maxExpression {
		return nil, fault(x.start, x.end, fmt.Sprintf("the expression is longer than %d bytes", maxExpression), "make several of it, joined by OR")
	}
	re, err := syntax.Parse(x.text, syntax.Perl|syntax.FoldCase)
	if err != nil {
		return nil, badExpression(x, err)
	}
	re = foldExpression(re)
	if reachesAcross(re) {
		return nil, fault(x.start, x.end, "an empty line inside the expression, across which nothing is found", "make two expressions of it")
	}
	switch n := fewestLetters(re); {
	case n >= nothing:
		return nil, fault(x.start, x.end, "this can match nothing: its characters are dropped before texts are compared", "leave marks and invisible characters out")
	case n == 0:
		return nil, fault(x.start, x.end, "this can match a text without any letter, and so nearly everything", "write a letter or digit that must be there")
	}
	required := requiredPieces(re)
	prog, err := syntax.Compile(re.Simplify())
	if err != nil || len(prog.Inst) > maxProgram {
		return nil, fault(x.start, x.end, "the expression is too large", "write smaller repetitions, or make several of it")
	}
	e := &expression{source: x.text, prog: prog, first: firstRunesOf(prog), required: required}
	if e.takesEveryWord() {
		return nil, fault(x.start, x.end, "this matches every word of a script, and so nearly everything", "write letters that must be there")
	}
	if fields&textFields != 0 && e.takesEveryText() {
		return nil, fault(x.start, x.end, "this finds something in nearly every text", "write more letters that must be there")
	}
	return &term{source: query[x.start:x.end], name: name, fields: fields, re: e}, nil
}

// badExpression says what Go's parser says, at the part of which it says it.
func badExpression(x lexeme, err error) *dewline.SyntaxError {
	start, end, msg := x.start, x.end, err.Error()
	var bad *syntax.Error
	if errors.As(err, &bad) {
		msg = string(bad.Code)
		if i := strings.LastIndex(x.text, bad.Expr); i >= 0 && bad.Expr != "" {
			start, end = x.at+i, x.at+i+len(bad.Expr)
		}
	}
	return fault(start, end, "the expression is not valid: "+msg, "the syntax is RE2 (github.com/google/re2/wiki/Syntax); for a text with slashes write quotes")
}

// foldExpression folds the characters of an expression as those of texts are.
func foldExpression(re *syntax.Regexp) *syntax.Regexp {
	for i, sub := range re.Sub {
		re.Sub[i] = foldExpression(sub)
	}
	switch re.Op {
	case syntax.OpLiteral:
		var folded foldedText
		folded.add(string(re.Rune))
		re.Rune, re.Flags = folded.runes, re.Flags&^syntax.FoldCase
		if len(re.Rune) == 0 {
			re.Op = syntax.OpEmptyMatch
		}
	case syntax.OpCharClass:
		if re.Rune = foldClass(re.Rune); len(re.Rune) == 0 {
			re.Op = syntax.OpNoMatch
		}
	}
	return re
}

// reachesAcross reports whether the expression asks for the end of a block inside a
// match.
func reachesAcross(re *syntax.Regexp) bool {
	return re.Op == syntax.OpLiteral && slices.Contains(re.Rune, blockEnd) || slices.ContainsFunc(re.Sub, reachesAcross)
}

// maxClass is how many characters a class may have that is folded. One that has
// more is of scripts or of kinds of characters.
const maxClass = 512

// foldClass is the class of what a class's characters fold to.
func foldClass(ranges []rune) []rune {
	if classSize(ranges) > maxClass {
		return ranges
	}
	var all []rune
	for i := 0; i < len(ranges); i += 2 {
		for r := ranges[i]; r <= ranges[i+1]; r++ {
			var folded foldedText
			folded.add(string(r))
			if len(folded.runes) == 1 {
				all = append(all, folded.runes[0])
			}
		}
	}
	slices.Sort(all)
	var out []rune
	for _, r := range slices.Compact(all) {
		if n := len(out); n > 0 && r == out[n-1]+1 {
			out[n-1] = r
			continue
		}
		out = append(out, r, r)
	}
	return out
}

func classSize(ranges []rune) int {
	n := 0
	for i := 0; i < len(ranges); i += 2 {
		n += int(ranges[i+1]-ranges[i]) + 1
	}
	return n
}

// nothing is more letters than any match can have.
const nothing = 1 << 30

// fewestLetters is how many letters and digits every match has at least.
func fewestLetters(re *syntax.Regexp) int {
	switch re.Op {
	case syntax.OpNoMatch:
		return nothing
	case syntax.OpLiteral:
		n := 0
		for _, r := range re.Rune {
			if kindOf(r) != 0 {
				n++
			}
		}
		return n
	case syntax.OpCharClass:
		if onlyLetters(re.Rune) {
			return 1
		}
	case syntax.OpCapture, syntax.OpPlus:
		return fewestLetters(re.Sub[0])
	case syntax.OpRepeat:
		return re.Min * fewestLetters(re.Sub[0])
	case syntax.OpConcat:
		n := 0
		for _, sub := range re.Sub {
			n += fewestLetters(sub)
		}
		return n
	case syntax.OpAlternate:
		n := fewestLetters(re.Sub[0])
		for _, sub := range re.Sub[1:] {
			n = min(n, fewestLetters(sub))
		}
		return n
	}
	return 0
}

// onlyLetters reports whether a class has only letters and digits.
func onlyLetters(ranges []rune) bool {
	if classSize(ranges) > 1<<17 { // one that excludes something
		return false
	}
	for i := 0; i < len(ranges); i += 2 {
		for r := ranges[i]; r <= ranges[i+1]; r++ {
			if !unicode.IsLetter(r) && !unicode.IsNumber(r) {
				return false
			}
		}
	}
	return len(ranges) > 0
}

// ordinary are words that no query means all of, some of each script.
var ordinary = [][]string{
	{"a", "of", "the", "missile", "government", "x", "strengths"},
	{"и", "на", "ракета", "правительство", "щ"},
	{"的", "导", "弹", "政", "府"},
	{"و", "في", "صاروخ", "حكومة"},
	{"의", "미사일", "정부"},
}

// ordinaryTexts are ordinary ones, of several languages of each script, that have no word
// in common. An expression that finds something in each of them would in most texts.
var ordinaryTexts = [][]string{
	{
		"The minister said on Monday that the talks would go on for another week.",
		"Der Minister sagte am Montag, dass die Gespräche noch eine Woche dauern werden.",
		"Le ministre a déclaré lundi que les discussions allaient durer encore une semaine.",
		"El ministro dijo el lunes que las conversaciones seguirán una semana más.",
		"Bakan pazartesi günü görüşmelerin bir hafta daha süreceğini söyledi.",
	},
	{"Министр сообщил в понедельник, что переговоры продлятся ещё неделю.", "Речник заявив у вівторок, що консультації триватимуть ще тиждень."},
	{"قال الوزير يوم الاثنين إن المحادثات ستستمر أسبوعا آخر.", "سخنگو روز دوشنبه گفت که گفتگوها ادامه خواهد داشت."},
	{"部长在昨天表示，双方仍将继续谈判。", "大臣は協議を行うと述べた。"},
	{"장관은 월요일 회담이 한 주 더 이어질 것이라고 말했다.", "정부는 새 대책을 곧 내놓을 예정이다."},
}

// takesEveryWord reports whether the expression finds all the words of a script.
func (e *expression) takesEveryWord() bool { return e.takesAll(ordinary) }

// takesEveryText reports whether the expression finds something in nearly every text of
// a script.
func (e *expression) takesEveryText() bool { return e.takesAll(ordinaryTexts) }

// takesAll reports whether something is found in all the texts of a group.
func (e *expression) takesAll(groups [][]string) bool {
	var m machine
	return slices.ContainsFunc(groups, func(texts []string) bool {
		return !slices.ContainsFunc(texts, func(s string) bool {
			var text foldedText
			text.read(s)
			return !m.finds(e, &text)
		})
	})
}
