package filter

// batch are the tokens that the scanner cut and nobody has taken yet. It gives them
// many at once: what is done with each needs memory that is far away, and what many
// need is fetched side by side (see look.go).
type batch struct {
	list  [batchTokens]scanned
	n     int
	bytes []byte // of the words, folded
}

const (
	batchTokens = 64
	batchBytes  = 16 * batchTokens
)

// scanned is a token of a batch.
type scanned struct {
	place
	char     rune   // folded, where it is a token of its own
	from, to int32  // the bytes of a word
	hash     uint64 // of a word
}

func newBatch() batch { return batch{bytes: make([]byte, 0, batchBytes)} }

// full reports whether there may be no room for one more token that is simple.
func (b *batch) full() bool {
	return b.n == len(b.list) || len(b.bytes)+simpleRoom > cap(b.bytes)
}

// word is the folded text of a token that is a word.
func (b *batch) word(t *scanned) []byte { return b.bytes[t.from:t.to] }

func (b *batch) clear() {
	b.n, b.bytes = 0, b.bytes[:0]
	if cap(b.bytes) > batchBytes { // a word had thousands of letters
		b.bytes = make([]byte, 0, batchBytes)
	}
}

// takeBatch takes tokens from the scanner.
func (s *scratch) takeBatch(b *batch) {
	list := b.list[:b.n]
	// In a loop of its own: one that also folds or hashes is too long for the
	// processor to be in several rounds of it at once.
	touched := uint64(0)
	for i := range list {
		touched += s.memo.set(list[i].hash).hashes[0]
	}
	s.touched += uint32(touched)
	for i := range list {
		t := &list[i]
		n := s.listOf(b, t)
		if n == 0 && !s.counts {
			s.parted = true
			continue
		}
		s.token(n, &t.place)
	}
}

// listOf is the number of the list of the atoms that a token satisfies.
func (s *scratch) listOf(b *batch, t *scanned) int32 {
	if t.class == classWord {
		return s.memo.of(t.hash, b.word(t), &s.langs)
	}
	if t.class == classHangul && t.gap == gapNone && !s.parted {
		s.tokens[len(s.tokens)-1].followed = true
	}
	return s.memo.ofChar(t.char)
}
