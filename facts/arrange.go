package facts

import (
	"math"
	"strings"
	"unicode"
)

// arranged puts together what one text writes in several ways, before two texts are
// compared.
func (r *reader) arranged(tokens []token) []token {
	tokens = datesOf(tokens)
	tokens = ordinals(tokens)
	tokens = r.unconverted(tokens)
	tokens = r.withoutAcronyms(tokens)
	return offices(tokens)
}

// ordinals makes 1st of first's figure: "5th", "5-я".
func ordinals(tokens []token) []token {
	out := tokens[:0]
	for _, t := range tokens {
		if n := len(out) - 1; n >= 0 && out[n].kind == number && out[n].value > 0 && out[n].end == t.start && ordinalEnds[t.key] {
			out[n].kind, out[n].end = word, t.end
			out[n].key = strings.TrimPrefix(out[n].key, "#") + t.key
			continue
		}
		out = append(out, t)
	}
	return out
}

var ordinalEnds = set("st nd rd th")

// alikeSizes is how much two sizes of one thing differ at most that were measured in
// two units and rounded.
const alikeSizes = 0.06

// unconverted takes out what converts the number before it: 300 km (186 miles).
func (r *reader) unconverted(tokens []token) []token {
	out := tokens[:0]
	for i := 0; i < len(tokens); i++ {
		n := len(out)
		if i+1 < len(tokens) && n >= 2 && out[n-1].dimension && tokens[i+1].dimension &&
			converts(&out[n-2], &tokens[i]) && out[n-1].key == tokens[i+1].key &&
			strings.ContainsAny(r.text[min(out[n-1].end, tokens[i].start):tokens[i].start], "(（/[") {
			i++
			continue
		}
		out = append(out, tokens[i])
	}
	return out
}

// converts reports two numbers that mean the same in different units.
func converts(a, b *token) bool {
	return a.kind == number && b.kind == number && a.unit != b.unit && a.value > 0 &&
		alikeSize(a.value, b.value)
}

func alikeSize(a, b float64) bool { return math.Abs(a-b) <= alikeSizes*a }

// withoutAcronyms takes out abbreviations that stand in brackets behind what they are
// short for: Ministry of National Defense (MND).
func (r *reader) withoutAcronyms(tokens []token) []token {
	out := tokens[:0]
	for i, t := range tokens {
		if t.kind == word && t.capital && i > 1 && r.bracketed(&t) && spells(out, capitals(r.text[t.start:t.end])) {
			continue
		}
		out = append(out, t)
	}
	return out
}

func (r *reader) bracketed(t *token) bool {
	return strings.HasSuffix(r.text[:t.start], "(") && strings.HasPrefix(r.text[t.end:], ")")
}

// capitals are the capital letters of a word; empty unless it has two.
func capitals(written string) string {
	var b strings.Builder
	for _, c := range written {
		if unicode.IsUpper(c) {
			b.WriteRune(unicode.ToLower(c))
		}
	}
	if b.Len() < 2 {
		return ""
	}
	return b.String()
}

// longestName is how many words a name has at most that is abbreviated.
const longestName = 12

// spells reports that the last words begin with the letters of an abbreviation, but
// for little words.
func spells(tokens []token, letters string) bool {
	left := []rune(letters)
	for i := len(tokens) - 1; i >= max(0, len(tokens)-longestName) && len(left) > 0; i-- {
		t := &tokens[i]
		if t.kind != word {
			return false
		}
		if strings.HasPrefix(t.key, string(left[len(left)-1])) {
			left = left[:len(left)-1]
		} else if !littleWords[t.key] {
			return false
		}
	}
	return letters != "" && len(left) == 0
}

// offices puts what an office is of before it: Ministry of Defence, Defence Ministry.
func offices(tokens []token) []token {
	for i := 0; i+2 < len(tokens); i++ {
		if !officeWords[tokens[i].key] || tokens[i+1].key != "of" {
			continue
		}
		n := i + 2
		for n < len(tokens) && n < i+5 && tokens[n].kind == word && tokens[n].capital {
			n++
		}
		if n > i+2 { // the word "of" goes to the end, where it says nothing
			office, of := tokens[i], tokens[i+1]
			copy(tokens[i:], tokens[i+2:n])
			tokens[n-2], tokens[n-1] = office, of
		}
	}
	return tokens
}

var officeWords = set("ministry department minister secretary")
