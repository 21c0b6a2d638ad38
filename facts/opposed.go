package facts

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"dewline"
)

// Opposed words are those of which one in the place of the other makes another fact:
// killed and wounded, before and after, missile and drone. Each stands on a side of an
// axis. That such a word is there or not says nothing by itself, for outlets cut and
// reword; that one text has a side which the other has not, and the other way round,
// is told.

// side is a place on an axis.
type side struct{ axis, name string }

func sideOf(class string) side {
	axis, name, _ := strings.Cut(class, "/")
	return side{axis, name}
}

// sided is an opposed word in a sentence.
type sided struct {
	side       side
	start, end int
}

// weekday is the axis of the days of the week.
const weekday = "weekday"

// opposed tells the opposed words in which two sentences differ.
func (c *comparison) opposed(a, b *sentence, runs []dewline.Run) {
	var old, fresh []sided
	for _, run := range runs {
		if run.Same {
			continue
		}
		old = append(old, c.a.sides(a, run.A0, run.A1)...)
		fresh = append(fresh, c.b.sides(b, run.B0, run.B1)...)
	}
	c.reversed(a, b, runs)
	old, fresh = beyond(old, fresh), beyond(fresh, old)
	byAxis := make(map[string][]sided)
	for _, y := range fresh {
		byAxis[y.side.axis] = append(byAxis[y.side.axis], y)
	}
	for _, x := range old {
		if ys := byAxis[x.side.axis]; len(ys) > 0 {
			c.hunks = append(c.hunks, hunk{[]fact{x.fact()}, []fact{ys[0].fact()}})
			byAxis[x.side.axis] = ys[1:]
		}
	}
}

// reversals make of a word its opposite, by language.
var reversals = map[string][]string{
	"en": {"un", "non", "dis", "in", "im", "il", "ir", "de"}, "ru": {"не", "без", "бес"}, "uk": {"не", "без"}, "de": {"un", "nicht"}, "fr": {"in", "im", "non", "de"},
	"es": {"in", "im", "des", "no"}, "pt": {"in", "im", "des", "nao"}, "it": {"in", "im", "dis", "non"}, "pl": {"nie"}, "nl": {"on"}, "ko": {"불", "비", "미", "무"},
}

// reversed tells words of which the other text has the opposite: armed, unarmed.
func (c *comparison) reversed(a, b *sentence, runs []dewline.Run) {
	old, fresh := differing(a, runs, func(r dewline.Run) (int, int) { return r.A0, r.A1 }), differing(b, runs, func(r dewline.Run) (int, int) { return r.B0, r.B1 })
	for _, prefix := range reversals[c.b.language] {
		for w, x := range old {
			if y, ok := fresh[prefix+w]; ok && utf8.RuneCountInString(w) > 3 {
				c.hunks = append(c.hunks, hunk{[]fact{x}, []fact{y}})
			}
		}
		for w, y := range fresh {
			if x, ok := old[prefix+w]; ok && utf8.RuneCountInString(w) > 3 {
				c.hunks = append(c.hunks, hunk{[]fact{x}, []fact{y}})
			}
		}
	}
}

// differing are the words of a sentence that the other one has not in their place.
func differing(s *sentence, runs []dewline.Run, of func(dewline.Run) (int, int)) map[string]fact {
	words := make(map[string]fact)
	for _, run := range runs {
		from, to := of(run)
		for i := from; i < to && !run.Same; i++ {
			if t := &s.tokens[i]; t.kind == word && !t.stamp && !t.line {
				words[t.key] = fact{kind: dewline.FactVerdict, key: t.key, start: t.start, end: t.end}
			}
		}
	}
	return words
}

func (s sided) fact() fact {
	kind := dewline.FactVerdict
	if s.side.axis == weekday {
		kind = dewline.FactDate
	}
	return fact{kind: kind, key: s.side.axis + "/" + s.side.name, start: s.start, end: s.end}
}

// beyond are those whose side the other list has not as often.
func beyond(list, other []sided) (all []sided) {
	has := make(map[side]int)
	for _, o := range other {
		has[o.side]++
	}
	for _, s := range list {
		if has[s.side]--; has[s.side] < 0 {
			all = append(all, s)
		}
	}
	return all
}

// sides are the opposed words among some tokens.
func (r *reading) sides(s *sentence, from, to int) (all []sided) {
	words := opposedWords(r.language)
	for i := from; i < to; i++ {
		t := &s.tokens[i]
		if t.kind != word || t.stamp || t.line {
			continue
		}
		if day := weekdays[t.key]; day > 0 {
			all = append(all, sided{side{weekday, strconv.Itoa(day)}, t.start, t.end})
			continue
		}
		classes := words.of(t.key)
		if classes == nil {
			classes = words.of(unprefixed(t.key))
		}
		for _, class := range classes {
			all = append(all, sided{sideOf(class), t.start, t.end})
		}
	}
	return append(all, hanSides(s, from, to)...)
}

// longestHan is how many letters the longest opposed word without spaces has.
const longestHan = 7

// hanSides are the opposed words of which some of the tokens are part: of the words
// that begin with a letter, the longest.
func hanSides(s *sentence, from, to int) (all []sided) {
	if from == to {
		return nil
	}
	for i := max(0, from-longestHan+1); i < to; {
		word, n := hanWord(s.tokens[i:], hanOpposedWords.whole)
		if n > 0 && i+n > from {
			for _, class := range hanOpposedWords.whole[word] {
				all = append(all, sided{sideOf(class), s.tokens[i].start, s.tokens[i+n-1].end})
			}
		}
		i += max(n, 1)
	}
	return all
}

// hanWord is the longest word of some that the tokens begin with, and how many they are.
func hanWord(tokens []token, words map[string][]string) (longest string, n int) {
	text := ""
	for i := range min(len(tokens), longestHan) {
		if tokens[i].kind != ideograph || tokens[i].stamp || tokens[i].line {
			break
		}
		text += tokens[i].key
		if words[text] != nil {
			longest, n = text, i+1
		}
	}
	return longest, n
}
