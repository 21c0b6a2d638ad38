package filter

// words are the words of a text that wait to be looked up in the memo: while they
// wait, what the memo knows of them comes from memory (see look.go).
type words struct {
	list  [maxWords]waiting
	n     int
	bytes [maxWords * 32]byte // their folded text, as long as it is needed
	used  int
}

const maxWords = 32

// waiting is a word that waits.
type waiting struct {
	hash uint64
	place
	from, to int32 // its bytes
}

// hold holds a word back, unless there is no room for it.
func (w *words) hold(folded []byte, hash uint64, at place) bool {
	if w.n == len(w.list) || len(folded) > len(w.bytes)-w.used {
		return false
	}
	to := w.used + copy(w.bytes[w.used:], folded)
	word := &w.list[w.n] // part by part: written whole, it would be copied
	word.hash, word.from, word.to = hash, int32(w.used), int32(to)
	word.start, word.end, word.gap, word.class, word.opens = at.start, at.end, at.gap, at.class, at.opens
	w.n, w.used = w.n+1, to
	return true
}

// manyRules is from how many rules on words wait: few leave the cache to the memo.
const manyRules = 5_000

// takeWord takes a word from the scanner.
func (s *scratch) takeWord(folded []byte, at place) {
	h := s.memo.hash(folded, s.langs.own())
	if !s.rules.many {
		s.token(s.memo.of(h, folded, &s.langs), at)
		return
	}
	s.touched += uint32(s.memo.set(h).hashes[0])
	if s.words.hold(folded, h, at) {
		return
	}
	s.release()
	if !s.words.hold(folded, h, at) {
		s.token(s.memo.of(h, folded, &s.langs), at)
	}
}

// release looks up the words that were held back.
func (s *scratch) release() {
	w := &s.words
	for i := range w.n {
		word := &w.list[i]
		s.token(s.memo.of(word.hash, w.bytes[word.from:word.to], &s.langs), word.place)
	}
	w.n, w.used = 0, 0
}
