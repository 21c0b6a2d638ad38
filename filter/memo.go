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
	cells []memoCell
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

const memoCells = 1 << 17 // a power of two

func newMemo(v *vocabulary) memo {
	return memo{
		vocab: v, seed: maphash.MakeSeed(), env: snowball.NewEnv(""),
		cells: make([]memoCell, memoCells), chars: make([]charCell, charCells), lists: make([][]atom, 1), numbers: map[string]int32{"": 0},
	}
}

// of is the number of the list of atoms that a folded word satisfies.
func (m *memo) of(folded []byte, langs *languages) int32 {
	h := maphash.Bytes(m.seed, folded)
	own := langs.own()
	at := h & (memoCells - 1)
	c, other := &m.cells[at], &m.cells[at^1]
	if c.hash == h && c.own == own && c.used {
		return c.list
	}
	if other.hash == h && other.own == own && other.used {
		return other.list
	}
	*other = *c
	*c = memoCell{h, m.number(m.vocab.of(m.env, string(folded), langs)), own, true}
	return c.list
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
