package filter

import (
	"math"
	"slices"
	"sync"

	snowball "github.com/blevesearch/snowballstem"
)

// atom numbers what an element of a term asks of one token: this word, or this
// word in any inflection.
type atom int32

// atomKey is what is asked for by an atom.
type atomKey struct {
	entry   int32 // of its text, in the words or in the patterns
	length  uint8 // characters of it, for judging how rare it is
	inflect bool
}

// vocabulary knows the words of all rules. Once it is built it does not change.
type vocabulary struct {
	keys     []atomKey  // by atom
	words    *atomTable // atoms by their text, as it stands
	wild     wildTable  // atoms whose text is a pattern
	patterns *atomTable // the same by their text
	// stems are the inflected atoms by their stems, for one language after the
	// other: made when the first text of that language comes.
	stems [stemmers]func() *atomTable
}

func newVocabulary(atoms int) *vocabulary {
	v := &vocabulary{keys: make([]atomKey, 0, atoms), words: newAtomTable(atoms), patterns: newAtomTable(0)}
	for s := range stemmers {
		v.stems[s] = sync.OnceValue(func() *atomTable { return v.stemsOf(s) })
	}
	return v
}

// add gives the atom of an element: the same one for the same text, inflected or
// not.
func (v *vocabulary) add(e element) atom {
	alike := v.words
	if isWild(e.text) {
		alike = v.patterns
	}
	for n := *alike.slot(e.text); n > 0; n = alike.entries[n-1].next {
		if a := alike.entries[n-1].atom; v.keys[a].inflect == e.inflect {
			return a
		}
	}
	a := atom(len(v.keys))
	v.keys = append(v.keys, atomKey{alike.add(e.text, a), uint8(min(length(e.text), math.MaxUint8)), e.inflect})
	if alike == v.patterns {
		v.wild.add(a, e.text)
	}
	return a
}

func (v *vocabulary) stemsOf(s stemmer) *atomTable {
	t := newAtomTable(len(v.keys) / 4)
	env := snowball.NewEnv("")
	for a, k := range v.keys {
		if !k.inflect {
			continue
		}
		if text := v.words.textOf(k.entry); s.reads(text) {
			for _, stem := range s.queryStems(env, text) {
				t.add(stem, atom(a))
			}
		}
	}
	return t
}

// of adds to an empty list the atoms that a token satisfies in a text of these languages.
func (v *vocabulary) of(found []atom, env *snowball.Env, word string, langs *languages) []atom {
	found = v.words.of(found, word)
	if isEnding(word) {
		return found
	}
	found = v.wild.of(found, word)
	for _, s := range langs.of(word) {
		stems := v.stems[s]()
		for _, stem := range s.textStems(env, word) {
			found = stems.of(found, stem)
		}
	}
	slices.Sort(found)
	return slices.Compact(found)
}

// length is the number of a token's characters, for judging how rare it is.
func length(s string) int { return fixedLetters(s) }
