package filter

import (
	"slices"
	"strings"
	"sync"

	"dewline"
)

// scratch is the room in which one item is judged. One goroutine has it at a
// time; it is used again for item after item. What belongs to an item carries its
// epoch, so that nothing need be cleared.
type scratch struct {
	rules   *Rules
	scanner scanner
	memo    memo
	langs   languages
	epoch   uint32

	it        *dewline.Item
	joined    [fields]string  // texts of the item's lists, made when they are wanted
	field     field           // the one that is being read
	ends      [fields]int     // tokens up to the end of each field
	malformed fieldSet        // fields that are not UTF-8 throughout
	blanks    [fields][]int32 // white space of the fields, see scanner

	tokens     []docToken
	looked     int         // tokens whose atoms were looked at
	adjoining  []adjoining // pairs of neighbours that may be pairs of the rules
	called     []part      // of the rules' watchers: those of what was found
	touched    uint32      // see look.go
	parted     bool        // a token that was not kept stands behind the last one
	word       int32       // how many words into the field the scanner is; and
	wordEnd    int32       // the end of the last token
	counts     bool        // the words, because some rule has a NEAR
	chains     []chain     // room for the operands of one NEAR
	nears      []nearVerdict
	nearHits   []nearHit
	leaf       int32   // counts the terms of one NEAR
	reading    reading // of the item by expressions
	atoms      []seen
	pairs      []seen
	places     []spot
	verdicts   []verdict
	asked      []asked // by rule
	candidates []int32

	// Of the matches of the item, one after the other.
	mark    uint32 // counts the matches
	named   []*expr
	located []hit

	// Of all its matches.
	matched []match
	listed  []hit
	shown   []byte // snippets
	cuts    [1 << cutBits]cut

	checks int // comparisons of elements; for the test of their number
}

// docToken is a token of the item that some term asks for.
type docToken struct {
	place
	atoms    int32 // index of the list of the atoms that it satisfies
	followed bool  // a Hangul syllable touches it
	word     int32 // how many words into its field it is
}

// seen is where an atom or a pair was found in the item, beside what the rules want
// of it: the two are read together.
type seen struct {
	epoch       uint32
	first, last int32 // noted places
	// The watchers: rules to be looked at where it is found.
	from, watchers int32
	// after and before are the neighbours that an atom has in pairs, as bits of a
	// filter: most neighbours in a text are none.
	after, before atomBits
	fields        fieldSet
	located       bool // its places are noted; those of a pair always
}

// atomBits are a set of atoms that may hold others, too.
type atomBits uint32

func bitOf(a atom) atomBits { return 1 << (uint32(a) * 0x9e3779b1 >> 27) }

// spot is a noted place of an atom or pair: a token, and the next place of the same.
type spot struct{ token, next int32 }

// verdict is whether a term was found.
type verdict struct {
	epoch uint32
	found bool
	named uint32 // the mark of the match that last named it
}

func (v *seen) head(epoch uint32) int32 {
	if v.epoch != epoch {
		return -1
	}
	return v.first
}

func newScratch(r *Rules) *scratch {
	s := &scratch{
		rules: r, atoms: slices.Clone(r.atoms), pairs: slices.Clone(r.pairSeen),
		verdicts: make([]verdict, len(r.terms)), asked: slices.Clone(r.asked),
	}
	s.memo = newMemo(r.vocab)
	s.nears, s.counts = make([]nearVerdict, len(r.nears)), len(r.nears) > 0
	s.scanner = scanner{cut: newBatch(), emit: s.takeBatch}
	return s
}

// read takes an item in: its tokens, what of the rules' vocabulary they are, and
// the rules to be looked at.
func (s *scratch) read(it *dewline.Item) {
	s.begin(it)
	var one [1]string
	for f := range field(fields) {
		if s.rules.fields.has(f) {
			s.field, s.word = f, 0
			base := 0
			s.scanner.blanks = s.blanks[f]
			for _, part := range fieldParts(it, f, &one) {
				s.scanner.scan(part, base)
				s.look()
				base += len(part) + len(listBreak)
				s.blanks[f] = s.scanner.blanks
				if s.scanner.malformed {
					s.malformed |= 1 << f
				}
			}
		}
		s.ends[f] = len(s.tokens)
	}
	s.summon()
}

func (s *scratch) begin(it *dewline.Item) {
	if s.epoch++; s.epoch == 0 { // after 2³² items
		copy(s.atoms, s.rules.atoms)
		copy(s.pairs, s.rules.pairSeen)
		clear(s.verdicts)
		clear(s.nears)
		clear(s.cuts[:])
		s.reading = reading{}
		copy(s.asked, s.rules.asked)
		s.epoch = 1
	}
	if len(s.memo.lists) > maxLists {
		s.memo = newMemo(s.rules.vocab)
	}
	s.it, s.langs = it, itemLanguages(it)
	s.scanner.key = s.memo.keys[s.langs.own()]
	s.joined = [fields]string{}
	s.parted, s.malformed = true, 0
	s.tokens, s.places, s.candidates, s.called, s.looked = s.tokens[:0], s.places[:0], s.candidates[:0], s.called[:0], 0
	s.matched, s.listed, s.shown, s.nearHits = s.matched[:0], s.listed[:0], s.shown[:0], s.nearHits[:0]
}

// token takes a token by the list of the atoms that it satisfies. One that no term
// asks for is not kept: nothing can reach across it, and so the next begins as if
// at a block.
func (s *scratch) token(n int32, at *place) {
	if s.counts {
		s.word += s.scanner.apart(*at, s.wordEnd)
		s.wordEnd = at.end
	}
	if n == 0 {
		s.parted = true
		return
	}
	if s.parted {
		s.parted, at.gap = false, gapBlock
	}
	// Part by part: written whole, it would be put together elsewhere and copied.
	s.tokens = append(s.tokens, docToken{})
	t := &s.tokens[len(s.tokens)-1]
	t.start, t.end, t.gap, t.class, t.opens = at.start, at.end, at.gap, at.class, at.opens
	t.atoms, t.word = n, s.word
	if len(s.tokens)-s.looked >= lookAt {
		s.look()
	}
}

// fieldOf is the field of a token.
func (s *scratch) fieldOf(token int) field {
	f := field(0)
	for token >= s.ends[f] {
		f++
	}
	return f
}

// text is a token as it stands.
func (s *scratch) text(token int) string {
	t := &s.tokens[token]
	return s.fieldText(s.fieldOf(token))[t.start:t.end]
}

func (s *scratch) fieldText(f field) string {
	switch f {
	case 0:
		return s.it.Title
	case 1:
		return s.it.Summary
	case 2:
		return s.it.Content
	}
	var one [1]string
	parts := fieldParts(s.it, f, &one)
	if len(parts) == 1 {
		return parts[0]
	}
	if s.joined[f] == "" {
		s.joined[f] = strings.Join(parts, listBreak)
	}
	return s.joined[f]
}

// freeList keeps scratches for reuse. Unlike a sync.Pool it does not lose what
// their memos learnt whenever memory is collected.
type freeList struct {
	mu   sync.Mutex
	list []*scratch
}

const (
	maxLists    = 1 << 16 // lists of atoms that the memo keeps from one item to the next
	maxFree     = 4       // scratches kept; each has some megabytes
	maxRetained = 1 << 18 // tokens of the largest item whose room is kept
)

func (r *Rules) take() *scratch {
	r.free.mu.Lock()
	defer r.free.mu.Unlock()
	if n := len(r.free.list); n > 0 {
		s := r.free.list[n-1]
		r.free.list = r.free.list[:n-1]
		return s
	}
	return newScratch(r)
}

func (r *Rules) put(s *scratch) {
	s.it, s.joined, s.scanner.s = nil, [fields]string{}, ""
	if cap(s.tokens) > maxRetained {
		s.tokens, s.places, s.chains, s.reading, s.blanks = nil, nil, nil, reading{}, [fields][]int32{}
	}
	r.free.mu.Lock()
	defer r.free.mu.Unlock()
	if len(r.free.list) < maxFree {
		r.free.list = append(r.free.list, s)
	}
}
