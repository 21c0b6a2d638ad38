package filter

import (
	"encoding/binary"
	"hash/maphash"
	"math/bits"

	snowball "github.com/blevesearch/snowballstem"
)

// memo remembers which atoms a word satisfies: stemming costs ten times as much as
// looking up. Its size is bounded: a new word takes the place of an old one.
type memo struct {
	vocab *vocabulary
	keys  [stemmers]hashKey // by the stemmer of the text's language
	env   *snowball.Env
	sets  []memoSet // as many as a power of two
	taken int       // words that were put into them
	chars []charCell
	// lists are the distinct lists of atoms that words have; the first is
	// empty. There are no more of them than words and stems in the rules, and
	// their combinations in the languages that were read.
	lists   []part
	atoms   []atom           // of all the lists
	numbers map[string]int32 // lists by their atoms, written as bytes
	key     []byte
	found   []atom // room for those of one word
}

// memoSet are the remembered words whose hashes are alike in the lowest bits, in
// one line of the cache. A word is known by its hash alone, which depends on the
// language too: of 64 bits under a seed that nobody can guess, two words of all that
// will ever be read do not share one. No hash is 0.
type memoSet struct {
	hashes [memoWays]uint64
	lists  [memoWays]int32
	_      int32
}

const (
	memoWays = 5
	memoSets = 1 << 15 // at most: 160,000 words in 2 MB
)

// charCell is a remembered character that is a token of its own.
type charCell struct {
	char rune
	list int32
}

// charCells is a power of two, for which no two Han characters of the basic block
// share a cell.
const charCells = 1 << 15

func newMemo(v *vocabulary) memo {
	m := memo{
		vocab: v, env: snowball.NewEnv(""), sets: make([]memoSet, 1<<9),
		chars: make([]charCell, charCells), lists: make([]part, 1), numbers: map[string]int32{"": 0},
	}
	seed := maphash.MakeSeed()
	for i := range m.keys {
		m.keys[i] = hashKey{maphash.Comparable(seed, 2*i), maphash.Comparable(seed, 2*i+1) | 1}
	}
	return m
}

// hashKey makes hashes that are not guessed.
type hashKey [2]uint64

// hash is the hash of a folded word. It reads eight bytes at once, as they were
// written: a word is hashed while it is still on its way to memory.
func (key *hashKey) hash(folded []byte) uint64 {
	h := key[0] ^ uint64(len(folded))
	for len(folded) > 8 {
		h = mix(h^binary.LittleEndian.Uint64(folded), key[1])
		folded = folded[8:]
	}
	return mix(h^last(folded), key[1]) | 1<<63
}

// last are the last bytes of a word, eight at most, the first one lowest.
func last(b []byte) uint64 {
	if cap(b) >= 8 {
		return binary.LittleEndian.Uint64(b[:8]) & (1<<(8*len(b)) - 1)
	}
	var n uint64
	for i, c := range b {
		n |= uint64(c) << (8 * i)
	}
	return n
}

func mix(a, b uint64) uint64 {
	hi, lo := bits.Mul64(a, b)
	return hi ^ lo
}

// of is the number of the list of atoms that a folded word satisfies, whose hash is h.
func (m *memo) of(h uint64, folded []byte, langs *languages) int32 {
	set := m.set(h)
	if way := set.find(h); way < memoWays {
		return set.lists[way]
	}
	return m.learn(h, folded, langs)
}

// learn looks for the atoms of a word that is not known.
func (m *memo) learn(h uint64, folded []byte, langs *languages) int32 {
	m.found = m.vocab.of(m.found[:0], m.env, string(folded), langs)
	n := m.number(m.found)
	if m.taken++; m.taken > len(m.sets)*memoWays && len(m.sets) < memoSets {
		m.grow()
	}
	m.set(h).put(h, n)
	return n
}

// set are the words that this hash may be among.
func (m *memo) set(hash uint64) *memoSet { return &m.sets[hash&uint64(len(m.sets)-1)] }

// find is where in the set a hash is; memoWays where it is not. It compares without
// a branch: where the line is not in the nearest cache, the words behind this one
// are read while it comes.
func (s *memoSet) find(hash uint64) int {
	way := memoWays
	if s.hashes[0] == hash {
		way = 0
	}
	if s.hashes[1] == hash {
		way = 1
	}
	if s.hashes[2] == hash {
		way = 2
	}
	if s.hashes[3] == hash {
		way = 3
	}
	if s.hashes[4] == hash {
		way = 4
	}
	return way
}

// put puts a word in the place of the oldest of its set.
func (s *memoSet) put(hash uint64, list int32) {
	copy(s.hashes[1:], s.hashes[:])
	copy(s.lists[1:], s.lists[:])
	s.hashes[0], s.lists[0] = hash, list
}

// grow makes more room, and keeps what is known.
func (m *memo) grow() {
	old := m.sets
	m.sets, m.taken = make([]memoSet, 4*len(old)), 0
	for i := range old {
		for way := memoWays - 1; way >= 0; way-- { // the oldest first
			if h := old[i].hashes[way]; h != 0 {
				m.set(h).put(h, old[i].lists[way])
			}
		}
	}
}

// ofChar is the same for a character that is a token of its own: it has no stem.
func (m *memo) ofChar(r rune) int32 {
	c := &m.chars[r&(charCells-1)]
	if c.char != r {
		m.found = m.vocab.words.of(m.found[:0], string(r))
		*c = charCell{r, m.number(m.found)}
	}
	return c.list
}

// list are the atoms of a list. One is room for a single one.
func (m *memo) list(n int32, one *[1]atom) []atom {
	if n < 0 {
		one[0] = atom(^n)
		return one[:]
	}
	l := m.lists[n]
	return m.atoms[l.from:l.to]
}

// number numbers a list of atoms. The number of a list of one tells the atom, for
// most are such and need not be looked up.
func (m *memo) number(list []atom) int32 {
	if len(list) == 1 {
		return ^int32(list[0])
	}
	m.key = m.key[:0]
	for _, a := range list {
		m.key = append(m.key, byte(a), byte(a>>8), byte(a>>16), byte(a>>24))
	}
	n, ok := m.numbers[string(m.key)]
	if !ok {
		n = int32(len(m.lists))
		from := len(m.atoms)
		m.atoms = append(m.atoms, list...)
		m.lists, m.numbers[string(m.key)] = append(m.lists, part{int32(from), int32(len(m.atoms))}), n
	}
	return n
}
