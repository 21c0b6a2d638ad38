package facts

import "strings"

// A line of the day says where and when a statement was issued and stands before it, on
// a line or as a sentence of its own: "Paris, le 24 novembre 2026". It is as much a
// dateline as one that leads into the text.

const (
	firstBlocks = 2 // it stands in one of them: further on, a date is what a table says
	longestDay  = 8 // how many words it has at most, the date as one
)

// dayLine reports a sentence that is such a line.
func dayLine(tokens []token, text string) bool {
	if len(tokens) > longestDay {
		return false
	}
	day := -1
	for i := range tokens {
		t := &tokens[i]
		switch {
		case t.kind == date && day < 0 && t.key[1] != '-': // with its year
			day = i
		case stampFill[t.key] || dayFill[t.key] || weekdays[t.key] > 0:
		case day < 0 && t.kind == word && placed(tokens[i:], text):
		case day >= 0 && t.kind == number && t.value < 0: // a time
		default:
			return false
		}
	}
	return day >= 0
}

// placed reports that a name is divided from what follows it by a comma, as a place is
// from the day, or is a part of such a name. In scripts without capitals it is one word.
func placed(tokens []token, text string) bool {
	for i := range len(tokens) - 1 {
		if between := text[min(tokens[i].end, tokens[i+1].start):tokens[i+1].start]; strings.ContainsAny(between, ",،") {
			return tokens[i].capital || tokens[i].caseless
		}
		if !tokens[i].capital || !tokens[i+1].capital {
			return false
		}
	}
	return false
}

var dayFill = set("den року р roku")

// heralds stand before or behind a headline and say how new the report is.
var heralds = set(`update updated breaking urgent exclusive flash eil eilmeldung urgente срочно молния обновлено терміново оновлено عاجل تحديث
	속보 종합 단독`)

// markHerald marks such a word: before a colon or a dash, perhaps with a number
// ("UPDATE 2 - "), or in brackets.
func (r *reader) markHerald(tokens []token) {
	for i := range tokens {
		if t := &tokens[i]; heralds[t.key] && r.bracketed(t) {
			t.stamp = true
		}
	}
	if !heralds[tokens[0].key] {
		return
	}
	n := 1
	if len(tokens) > 2 && tokens[1].kind == number && tokens[1].unit == "" {
		n = 2
	}
	if n == len(tokens) || !strings.ContainsAny(r.text[min(tokens[n-1].end, tokens[n].start):tokens[n].start], ":-–—") {
		return
	}
	for i := range n {
		tokens[i].stamp = true
	}
	tokens[n].first = true
}
