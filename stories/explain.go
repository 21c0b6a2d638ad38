package stories

import (
	"slices"
	"strings"
)

// explained reports that a place says the same in both texts: what differs comes and goes
// without a change of meaning, or is another spelling.
func (c *comparison) explained(h *hunk) bool {
	x, y := c.telling(h.old), c.telling(h.fresh)
	if len(x) == 0 && len(y) == 0 {
		return !recast(h)
	}
	if len(x) == 0 || len(y) == 0 {
		return attribution(x) || attribution(y) || inStatement(x) || inStatement(y)
	}
	if onlySaying(x) && onlySaying(y) {
		return true
	}
	if together(x) == together(y) { // anti-missile, antimissile
		return true
	}
	if phrased(x) == phrased(y) || phrased(h.old) == phrased(h.fresh) || c.abbreviated(h.old, h.fresh) {
		return true
	}
	if len(x) != len(y) {
		return false
	}
	for i := range x {
		if !c.oneWord(&x[i], &y[i]) {
			return false
		}
	}
	return true
}

// recast reports articles of two cases in the place of each other, where they say who does it and who has it
// done to him.
func recast(h *hunk) bool {
	x, y := cases(h.old), cases(h.fresh)
	return x != "" && y != "" && x != y
}

func cases(tokens []token) string {
	var b strings.Builder
	for i := range tokens {
		if k := tokens[i].key(); casing[k] {
			b.WriteString(k + " ")
		}
	}
	return b.String()
}

// telling are the tokens that say something by themselves.
func (c *comparison) telling(tokens []token) (out []token) {
	for i := range tokens {
		t := &tokens[i]
		k := t.key()
		if c.little[k] || t.glyph && passing[t.raw] {
			continue
		}
		if subject, ok := shortenedVerb(k); ok {
			if !c.little[subject] {
				out = append(out, worded(subject))
			}
			continue
		}
		if verb, ok := contracted(k); ok {
			if !c.little[verb] {
				out = append(out, worded(verb))
			}
			out = append(out, worded("not"))
			continue
		}
		out = append(out, *t)
	}
	return out
}

// shortenedVerb is the subject of "we're", "they've".
func shortenedVerb(word string) (subject string, ok bool) {
	if subject, ok = strings.CutSuffix(word, "'re"); ok {
		return subject, true
	}
	return strings.CutSuffix(word, "'ve")
}

// contracted is the verb of a word that denies it: didn't, cannot.
func contracted(word string) (verb string, ok bool) {
	switch word {
	case "cannot", "can't":
		return "can", true
	case "won't":
		return "will", true
	}
	return strings.CutSuffix(word, "n't")
}

// worded is a word as a token.
func worded(word string) token {
	s := scanner{text: word}
	t, _, _ := s.next()
	return t
}

// attribution reports words that say only by which news agency a thing is known.
func attribution(tokens []token) bool {
	if len(tokens) == 0 {
		return false
	}
	if tokens[0].glyph {
		name := strings.TrimSuffix(strings.TrimLeft(written(tokens), "据據"), "报道")
		return hanAgencies[strings.TrimSuffix(name, "報道")]
	}
	named := false
	is := func(words map[string]bool) bool {
		return slices.ContainsFunc(tokens, func(t token) bool { return words[t.key()] })
	}
	agency := is(agencyNouns) && is(citing)
	for i := range tokens {
		k := tokens[i].key()
		if agencyNames[k] || agency && outletParts[k] {
			named = true
		} else if !attributing[k] {
			return false
		}
	}
	return named
}

// inStatement reports words that say only where something is said: "in a statement", 表示. A word by
// which it is said may make a report of a fact, where it stands alone.
func inStatement(tokens []token) bool {
	return onlySaying(tokens) && (tokens[0].glyph && hanSaying[written(tokens)] || slices.ContainsFunc(tokens, func(t token) bool { return statements[t.key()] }))
}

// onlySaying reports words that say only that something is said.
func onlySaying(tokens []token) bool {
	if len(tokens) == 0 {
		return false
	}
	if tokens[0].glyph {
		return hanExchanged[written(tokens)]
	}
	for i := range tokens {
		if k := tokens[i].key(); !saying[k] && !statements[k] {
			return false
		}
	}
	return true
}

func together(tokens []token) string {
	var b []byte
	for i := range tokens {
		b = appendFolded(b, tokens[i].raw)
		if strings.HasPrefix(tokens[i].raw, "-") || tokens[i].digits && i > 0 && tokens[i-1].digits {
			b = append(b, ' ') // 1 000 is not 10 00
		}
	}
	return string(b)
}

// phrased is what two or three words are replaced by: "in order to", "per cent".
func phrased(tokens []token) string {
	s := wordsOf(tokens)
	if as := class[s]; as != "" {
		return as
	}
	return s
}

// oneWord reports two spellings of a word, or two words for one thing.
func (c *comparison) oneWord(a, b *token) bool {
	if a.hash == b.hash {
		return true
	}
	if a.glyph && b.glyph {
		as := hanAlike[a.raw]
		return as != "" && as == hanAlike[b.raw]
	}
	if a.digits && b.digits && !a.glyph && !b.glyph {
		x, y := aroundThen(a.key()), aroundThen(b.key())
		return x != "" && x == y // 10분께, 10분쯤
	}
	if a.digits || b.digits || a.glyph || b.glyph {
		return false
	}
	x, y := a.key(), b.key()
	if as := class[x]; as != "" && as == class[y] {
		return true
	}
	return american(x) == american(y) || conjoined(x) == conjoined(y) || c.mistyped(a, b, x, y)
}

// aroundThen is a time of Korean without the ending that says that it is not exact; nothing where it has none.
func aroundThen(word string) string {
	for _, ending := range []string{"께", "쯤", "경"} {
		if time, ok := strings.CutSuffix(word, ending); ok && (strings.HasSuffix(time, "분") || strings.HasSuffix(time, "시")) {
			return time
		}
	}
	return ""
}

// conjoined is a word of Arabic or Hebrew without the "and" that is written as its first letter.
func conjoined(word string) string {
	const least = 8 // bytes
	for _, and := range []string{"و", "ו"} {
		if rest, ok := strings.CutPrefix(word, and); ok && len(rest) >= least {
			return rest
		}
	}
	return word
}

// mistyped reports that one of two words is the other one with a typing mistake. There is no
// list of all words, so only what nearly never makes another word of one is taken
// for a mistake: two letters that changed places, one doubled or left out within a long
// word, one wrong in a long word that is no name.
func (c *comparison) mistyped(a, b *token, x, y string) bool {
	p, q := []rune(x), []rune(y)
	if len(p) < 5 || len(q) < 5 || confused[x] != 0 && confused[x] == confused[y] || calendar[x] || calendar[y] || numberWords[x] || numberWords[y] {
		return false
	}
	name := c.name(a) && c.name(b)
	if swapped(p, q) || undoubled(p) == undoubled(q) {
		// Garnier and Granier are two people, unless one text writes both.
		return name && (c.a.holds(b) || c.b.holds(a)) || !name && (len(p) >= 6 || len(p) == len(q))
	}
	if name || abs(len(p)-len(q)) > 1 {
		return false
	}
	i, j := 0, 0
	for i < min(len(p), len(q)) && p[i] == q[i] {
		i++
	}
	for j < min(len(p), len(q))-i && p[len(p)-1-j] == q[len(q)-1-j] {
		j++
	}
	switch {
	case i+j < max(len(p), len(q))-1, i < 2, j < 1: // more than one letter, or one where prefixes and endings are
		return false
	case len(p) != len(q):
		return min(len(p), len(q)) >= 6
	}
	return j > 1 && len(p) >= 8
}

// name reports a word that may be a name: it has a capital, and nowhere in the two texts a small letter.
func (c *comparison) name(t *token) bool {
	return t.capital && !c.a.small(t) && !c.b.small(t)
}

func swapped(x, y []rune) bool {
	if len(x) != len(y) {
		return false
	}
	for i := range x {
		if x[i] != y[i] {
			return i+1 < len(x) && x[i] == y[i+1] && x[i+1] == y[i] && slices.Equal(x[i+2:], y[i+2:])
		}
	}
	return false
}

func undoubled(x []rune) string { return string(slices.Compact(slices.Clone(x))) }

func abs(n int) int { return max(n, -n) }

// restated reports that what is left of two sentences is the same after all, said in another
// place or by another numeral. Whoever does not know for certain says no.
func (c *comparison) restated(d *difference) bool {
	const most = 4
	const mostMoved = 6
	if c.reordered(d) || len(d.hunks) <= mostMoved && c.reattributed(d.old, d.fresh) {
		return true
	}
	if len(d.hunks) > most {
		return false
	}
	var x, y []token
	alone, dated := true, true
	for i := range d.hunks {
		h := &d.hunks[i]
		p, q := c.telling(h.old), c.telling(h.fresh)
		if !numeric(p) || !numeric(q) {
			return false
		}
		x, y = append(x, p...), append(y, q...)
		alone = alone && c.oneNumber(d, h, p, q)
		dated = dated && h.dated(d)
	}
	// The parts of a date stand in another order: nothing else may.
	return alone || dated && bag(x) == bag(y) && len(c.judge.differ(written(d.old), written(d.fresh), c.language)) == 0
}

// oneNumber reports that a place has one number in both texts, written otherwise: in groups of
// digits, with a magnitude, in words. The place is looked at by itself, with a word on either
// side, for elsewhere in the sentence the same numbers may stand.
func (c *comparison) oneNumber(d *difference, h *hunk, x, y []token) bool {
	if len(x) == 0 || len(y) == 0 || !hasDigits(x) && !hasDigits(y) {
		return false
	}
	if !spelledOut(x) && !spelledOut(y) && figures(x) != figures(y) {
		return false
	}
	beside := func(all []token, from, n int) string {
		return written(all[max(0, from-1):min(len(all), from+n+1)])
	}
	return len(c.judge.differ(beside(d.old, h.was, len(h.old)), beside(d.fresh, h.at, len(h.fresh)), c.language)) == 0
}

func hasDigits(tokens []token) bool {
	return slices.ContainsFunc(tokens, func(t token) bool { return t.digits })
}

// spelledOut reports tokens among which a number is written as a word.
func spelledOut(tokens []token) bool {
	return slices.ContainsFunc(tokens, func(t token) bool { return numberWords[t.key()] || t.glyph && hanNumerals[t.raw] })
}

var ungrouped = strings.NewReplacer(",", "", ".", "")

// figures are the digits of tokens without the marks between them.
func figures(tokens []token) string {
	var b strings.Builder
	for i := range tokens {
		if tokens[i].digits {
			b.WriteString(ungrouped.Replace(tokens[i].raw))
		}
	}
	return b.String()
}

// numeric reports tokens of which each may be part of a number or a date.
func numeric(tokens []token) bool {
	for i := range tokens {
		t := &tokens[i]
		if !(t.digits && strings.IndexFunc(unmagnified(t.raw), notFigure) < 0) && !(t.glyph && hanNumerals[t.raw]) && !calendar[t.key()] && !numberWords[t.key()] && t.raw != "%" && t.raw != "$" && t.raw != "€" && t.raw != "£" {
			return false
		}
	}
	return true
}

// unmagnified is a number without the magnitude that is written as a part of it: 1.1bn.
func unmagnified(word string) string {
	for _, magnitude := range []string{"bn", "mn", "mln", "tn"} {
		if number, ok := strings.CutSuffix(word, magnitude); ok {
			return number
		}
	}
	return word
}

func notFigure(c rune) bool { return (c < '0' || c > '9') && c != '.' && c != ',' && c != '-' }

// reordered reports a phrase that stands elsewhere in the sentence: a day, with the little word
// before it, or the word by which something is said. Names and numbers that changed places say
// something else.
func (c *comparison) reordered(d *difference) bool {
	if len(d.hunks) != 2 {
		return false
	}
	p, q := d.hunks[0], d.hunks[1]
	if c.office(d.fresh, p, q) || c.ofWhom(d, p, q) || c.priced(d, p, q) {
		return true
	}
	moved := p.fresh
	switch {
	case len(p.old) == 0 && len(q.fresh) == 0 && keyOf(p.fresh) == keyOf(q.old):
	case len(p.fresh) == 0 && len(q.old) == 0 && keyOf(p.old) == keyOf(q.fresh):
		moved = p.old
	default:
		return false
	}
	if movedSpeaker(moved) {
		return true
	}
	day, said := false, true
	for i := range moved {
		k := moved[i].key()
		day = day || calendar[k] || movable[k]
		said = said && (saying[k] || c.little[k])
		if !calendar[k] && !movable[k] && !c.little[k] && !saying[k] && !moved[i].digits {
			return false
		}
	}
	return day || said
}

// office reports the name of an office in its two orders: the Defence Ministry, the Ministry of Defence. One word
// stands on the other side of the office, and nothing else differs.
func (c *comparison) office(fresh []token, p, q hunk) bool {
	x, y := c.telling(slices.Concat(p.old, q.old)), c.telling(slices.Concat(p.fresh, q.fresh))
	if len(x) != 1 || len(y) != 1 || x[0].glyph || !c.oneWord(&x[0], &y[0]) || q.at != p.at+len(p.fresh)+1 {
		return false
	}
	return offices[fresh[q.at-1].key()]
}
