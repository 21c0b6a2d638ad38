package filter

import (
	"hash/maphash"
	"unicode/utf8"

	snowball "github.com/blevesearch/snowballstem"
)

// memo remembers which atoms a word satisfies: stemming costs ten times as much as
// looking up. Its size is bounded: a new word takes the place of an old one.
type memo struct {
	vocab *vocabulary
	seed  maphash.Seed
	env   *snowball.Env
	cells []memoCell // as many as a power of two
	taken int        // words that were put into them
	chars []charCell
	// lists are the distinct lists of atoms that words have; the first is
	// empty. There are no more of them than words and stems in the rules, and
	// their combinations in the languages that were read.
	lists   [][]atom
	numbers map[string]int32 // lists by their atoms, written as bytes
	key     []byte
}

// memoCell is a remembered word. The word is known by its hash alone: of 64 bits
// under a seed that nobody can guess, two words of all that will ever be read do
// not share one.
type memoCell struct {
	hash uint64
	list int32
	own  stemmer // of the text's language
	used bool
}

// charCell is a remembered character that is a token of its own.
type charCell struct {
	char rune
	list int32
}

const charCells = 1 << 13 // a power of two

const memoCells = 1 << 17 // at most

func newMemo(v *vocabulary) memo {
	return memo{
		vocab: v, seed: maphash.MakeSeed(), env: snowball.NewEnv(""),
		cells: make([]memoCell, 1<<11), chars: make([]charCell, charCells), lists: make([][]atom, 1), numbers: map[string]int32{"": 0},
	}
}

// of is the number of the list of atoms that a folded word satisfies.
func (m *memo) of(folded []byte, langs *languages) int32 {
	h := maphash.Bytes(m.seed, folded)
	own := langs.own()
	set := m.set(h)
	for i := range set {
		if c := &set[i]; c.hash == h && c.own == own && c.used {
			return c.list
		}
	}
	n := m.number(m.vocab.of(m.env, string(folded), langs))
	if m.taken++; m.taken > len(m.cells) && len(m.cells) < memoCells {
		m.grow()
		set = m.set(h)
	}
	put(set, memoCell{h, n, own, true})
	return n
}

// memoWays is how many cells a word may be in: those of one cache line.
const memoWays = 4

// set are the cells that the word may be in.
func (m *memo) set(hash uint64) []memoCell {
	at := hash & uint64(len(m.cells)-1) &^ (memoWays - 1)
	return m.cells[at : at+memoWays]
}

// put puts a word in the place of the oldest of its set.
func put(set []memoCell, c memoCell) {
	copy(set[1:], set)
	set[0] = c
}

// grow makes more room, and keeps what is known.
func (m *memo) grow() {
	old := m.cells
	m.cells, m.taken = make([]memoCell, 4*len(old)), 0
	for _, c := range old {
		if c.used {
			put(m.set(c.hash), c)
		}
	}
}

// ofChar is the same for a character that is a token of its own: it has no stem.
func (m *memo) ofChar(folded []byte) int32 {
	r, _ := utf8.DecodeRune(folded)
	c := &m.chars[r&(charCells-1)]
	if c.char != r {
		*c = charCell{r, m.number(m.vocab.words[string(folded)])}
	}
	return c.list
}

// number numbers a list of atoms.
func (m *memo) number(list []atom) int32 {
	m.key = m.key[:0]
	for _, a := range list {
		m.key = append(m.key, byte(a), byte(a>>8), byte(a>>16), byte(a>>24))
	}
	n, ok := m.numbers[string(m.key)]
	if !ok {
		n = int32(len(m.lists))
		m.lists, m.numbers[string(m.key)] = append(m.lists, list), n
	}
	return n
}
