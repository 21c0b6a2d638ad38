package filter

// reading is what expressions need of an item: its fields folded, made when the
// first of them looks, and where the words of a field are, for NEAR.
type reading struct {
	machine machine
	texts   [fields]foldedText
	read    [fields]uint32 // the epoch of each text
	words   [fields][]wordPlace
	counted [fields]uint32
}

// wordPlace is where a token stands, and how many words into its field.
type wordPlace struct{ start, end, word int32 }

// maxPlaces is how many places of one expression in one field are looked at.
const maxPlaces = 10_000

func (s *scratch) folded(f field) *foldedText {
	t := &s.reading.texts[f]
	if s.reading.read[f] != s.epoch {
		s.reading.read[f] = s.epoch
		t.read(s.fieldText(f))
	}
	return t
}

// findExpression reports whether an expression is in the item.
func (s *scratch) findExpression(t *compiledTerm) bool {
	if !s.mayHold(t) {
		return false
	}
	for f := range field(fields) {
		if t.fields.has(f) && s.reading.machine.finds(s.rules.regexps[t.re], s.folded(f)) {
			return true
		}
	}
	return false
}

// mayHold reports whether one of the pieces is there that the expression requires.
func (s *scratch) mayHold(t *compiledTerm) bool {
	required := s.rules.requiredBy(t)
	for _, a := range required {
		if v := &s.atoms[a]; v.epoch == s.epoch && v.fields&t.fields != 0 {
			return true
		}
	}
	return len(required) == 0
}

// locateExpression notes up to most places of an expression in each field.
func (s *scratch) locateExpression(e *expr, most int) {
	t := &s.rules.terms[e.term]
	if !s.mayHold(t) {
		return
	}
	for f := range field(fields) {
		if !t.fields.has(f) {
			continue
		}
		text, n := s.folded(f), 0
		s.reading.machine.each(s.rules.regexps[t.re], text, func(start, end int) bool {
			s.located = append(s.located, hit{e.term, e.name, f, text.from[start], text.to[end-1]})
			n++
			return n < most
		})
	}
}

// spansOfExpression notes its places among the words.
func (s *scratch) spansOfExpression(e *expr, c *chain, leaf int32) {
	from := len(s.located)
	s.locateExpression(e, maxPlaces)
	for _, h := range s.located[from:] {
		first, last := s.wordsIn(h)
		c.spans = append(c.spans, span{h, first, last, leaf})
	}
	s.located = s.located[:from]
}

// wordsIn are the first and the last word of a hit.
func (s *scratch) wordsIn(h hit) (first, last int32) {
	words := s.wordsOf(h.field)
	lo, hi := 0, len(words)
	for lo < hi { // the first that ends behind the hit's start
		if mid := (lo + hi) / 2; words[mid].end > h.start {
			hi = mid
		} else {
			lo = mid + 1
		}
	}
	if lo == len(words) {
		return 0, 0
	}
	first, last = words[lo].word, words[lo].word
	for ; lo < len(words) && words[lo].start < h.end; lo++ {
		last = words[lo].word
	}
	return first, last
}

// wordsOf counts the words of a field as the item's reading did.
func (s *scratch) wordsOf(f field) []wordPlace {
	if s.reading.counted[f] == s.epoch {
		return s.reading.words[f]
	}
	s.reading.counted[f] = s.epoch
	list, word, end := s.reading.words[f][:0], int32(0), int32(0)
	var sc scanner
	sc = newScanner(func(_ []byte, at place) {
		word += sc.apart(at, end)
		end = at.end
		list = append(list, wordPlace{at.start, at.end, word})
	})
	var one [1]string
	base := 0
	for _, part := range fieldParts(s.it, f, &one) {
		sc.scan(part, base)
		base += len(part) + len(listBreak)
	}
	s.reading.words[f] = list
	return list
}
