package filter

import (
	"slices"
	"sync"

	snowball "github.com/blevesearch/snowballstem"
)

// atom numbers what an element of a term asks of one token: this word, or this
// word in any inflection.
type atom int32

// atomKey is what makes two elements the same atom.
type atomKey struct {
	text    string
	inflect bool
}

// vocabulary knows the words of all rules. Once it is built it does not change.
type vocabulary struct {
	lists    arena[atom]
	keys     []atomKey         // by atom
	words    map[string][]atom // atoms by their text, as it stands
	wild     wildTable         // atoms whose text is a pattern
	patterns map[string][]atom // the same by their text
	// stems are the inflected atoms by their stems, for one language after the
	// other: made when the first text of that language comes.
	stems [stemmers]func() map[string][]atom
}

func newVocabulary(atoms int) *vocabulary {
	v := &vocabulary{keys: make([]atomKey, 0, atoms), words: make(map[string][]atom, atoms), patterns: make(map[string][]atom)}
	for s := range stemmers {
		v.stems[s] = sync.OnceValue(func() map[string][]atom { return v.stemsOf(s) })
	}
	return v
}

// add gives the atom of an element.
func (v *vocabulary) add(e element) atom {
	k := atomKey{e.text, e.inflect}
	alike := v.words
	if isWild(k.text) {
		alike = v.patterns
	}
	for _, a := range alike[k.text] {
		if v.keys[a] == k {
			return a
		}
	}
	a := atom(len(v.keys))
	v.keys = append(v.keys, k)
	if list := alike[k.text]; list != nil {
		alike[k.text] = append(list, a)
	} else {
		list = v.lists.take(1)
		list[0], alike[k.text] = a, list
	}
	if isWild(k.text) {
		v.wild.add(a, k.text)
	}
	return a
}

func (v *vocabulary) stemsOf(s stemmer) map[string][]atom {
	m := make(map[string][]atom)
	env := snowball.NewEnv("")
	for a, k := range v.keys {
		if k.inflect && s.reads(k.text) {
			for _, stem := range s.queryStems(env, k.text) {
				m[stem] = append(m[stem], atom(a))
			}
		}
	}
	return m
}

// of are the atoms that a token satisfies in a text of these languages.
func (v *vocabulary) of(env *snowball.Env, word string, langs *languages) []atom {
	if isEnding(word) {
		return v.words[word]
	}
	found := v.wild.of(slices.Clone(v.words[word]), word)
	for _, s := range langs.of(word) {
		stems := v.stems[s]()
		for _, stem := range s.textStems(env, word) {
			found = append(found, stems[stem]...)
		}
	}
	slices.Sort(found)
	return slices.Compact(found)
}

// length is the number of a token's characters, for judging how rare it is.
func length(s string) int { return fixedLetters(s) }
