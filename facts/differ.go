package facts

import (
	"cmp"
	"slices"

	"dewline"
)

// Differ lists the facts that differ between two versions of a text in a language (BCP
// 47; may be empty), in the order of the newer text. Two newlines stand between
// blocks. Sentences that both texts have count for nothing, wherever they stand.
func Differ(old, new, language string) []dewline.Difference {
	a, b := read(old, language), read(new, language)
	c := comparison{a: a, b: b, lower: a.lower}
	for w := range b.lower {
		c.lower[w] = true
	}
	for _, pair := range pairs(a.sentences, b.sentences) {
		c.sentences(pair.a, pair.b)
	}
	c.moved()
	out := c.differences()
	slices.SortStableFunc(out, func(x, y dewline.Difference) int { return cmp.Compare(x.NewStart, y.NewStart) })
	return out
}

// fact is a token, or several, that may be a fact, in one of the two texts.
type fact struct {
	kind         dewline.FactKind
	key          string
	before, next string // the words beside it
	value        float64
	unit         string
	start, end   int
	at           int  // among the tokens of its sentence
	gone         bool // it is the same in both texts after all
}

// hunk is a place where two sentences differ, with the facts that stand there.
type hunk struct{ old, new []fact }

type comparison struct {
	a, b  *reading
	lower map[string]bool // words that stand in small letters somewhere: no names
	hunks []hunk
}

// sentences compares two sentences; one of them may be nil.
func (c *comparison) sentences(a, b *sentence) {
	if a == nil || b == nil {
		c.alone(cmp.Or(a, b), a != nil)
		return
	}
	runs := dewline.Compare(tokenKeys(a.tokens), tokenKeys(b.tokens))
	c.opposed(a, b, runs)
	first := len(c.hunks)
	for _, run := range runs {
		if run.Same {
			continue
		}
		h := hunk{c.facts(a, run.A0, run.A1), c.facts(b, run.B0, run.B1)}
		h.respelled(c)
		h.shortened(c)
		h.retitled()
		c.introduced(&h, a, b, run)
		c.ideographs(&h, a, b, run)
		if len(h.old)+len(h.new) > 0 {
			c.hunks = append(c.hunks, h)
		}
	}
	c.redated(c.hunks[first:], a, b, runs)
}

// facts are the facts among some tokens of a sentence.
func (c *comparison) facts(s *sentence, from, to int) (all []fact) {
	for i := from; i < to; i++ {
		t := &s.tokens[i]
		if t.stamp || t.line {
			continue
		}
		if kind := c.kind(s, t); kind != "" && !attributed(s, i) {
			all = append(all, fact{
				kind: kind, key: t.key, at: i, start: t.start, end: t.end, value: t.value, unit: t.unit,
				before: s.beside(i, -1), next: s.beside(i, 1),
			})
		}
	}
	return all
}

// kind says what a token that differs may be.
func (c *comparison) kind(s *sentence, t *token) dewline.FactKind {
	switch {
	case t.kind == number:
		return dewline.FactNumber
	case t.kind == date:
		return dewline.FactDate
	case verdict(t.key) != "", t.key == "may" && !t.capital && c.b.language == "en":
		return dewline.FactVerdict
	case t.kind != word:
		return ""
	case weekdays[t.key] > 0: // compared as opposed words are
		return ""
	case isTitle(t.key) && t.capital:
		return dewline.FactName
	case months[t.key] > 0 && t.key != "mars" && (t.key != "may" || t.capital):
		return dewline.FactDate
	case t.caseless:
		if c.a.little(t.key) || plain(t.key) {
			return ""
		}
		return dewline.FactName
	case t.capital && !((t.first || s.titled) && (c.lower[t.key] || c.a.little(t.key))):
		return dewline.FactName
	}
	return ""
}

// moved takes out what stands elsewhere in the other text, beside the same word.
func (c *comparison) moved() {
	type place struct{ key, beside string }
	at := make(map[place][]*fact)
	for i := range c.hunks {
		for j := range c.hunks[i].new {
			f := &c.hunks[i].new[j]
			for _, p := range []place{{f.key, "<" + f.before}, {f.key, ">" + f.next}} {
				at[p] = append(at[p], f)
			}
		}
	}
	for i := range c.hunks {
		for j := range c.hunks[i].old {
			f := &c.hunks[i].old[j]
			for _, p := range []place{{f.key, "<" + f.before}, {f.key, ">" + f.next}} {
				if len(p.beside) == 1 || f.gone {
					continue
				}
				for len(at[p]) > 0 && !f.gone {
					g := at[p][0]
					at[p] = at[p][1:]
					f.gone = !g.gone && g.kind == f.kind
					g.gone = g.gone || f.gone
				}
			}
		}
	}
}

// differences puts together what is left: what stood and what stands in one place.
func (c *comparison) differences() (out []dewline.Difference) {
	for _, h := range c.hunks {
		begun := make(map[dewline.FactKind][]int) // differences that want what stands now
		for _, f := range left(h.old) {
			begun[f.kind] = append(begun[f.kind], len(out))
			out = append(out, dewline.Difference{Kind: f.kind, Old: c.a.text[f.start:f.end], OldStart: f.start, OldEnd: f.end})
		}
		for _, f := range left(h.new) {
			i := len(out)
			if open := begun[f.kind]; len(open) > 0 {
				i, begun[f.kind] = open[0], open[1:]
			} else {
				out = append(out, dewline.Difference{Kind: f.kind})
			}
			out[i].New, out[i].NewStart, out[i].NewEnd = c.b.text[f.start:f.end], f.start, f.end
		}
	}
	return out
}

func left(list []fact) (out []fact) {
	for _, f := range list {
		if !f.gone {
			out = append(out, f)
		}
	}
	return out
}
