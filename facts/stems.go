package facts

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// stems knows words by themselves or by how they begin, and the classes of each.
type stems struct {
	whole, begin map[string][]string
}

func newStems() *stems {
	return &stems{whole: make(map[string][]string), begin: make(map[string][]string)}
}

// put adds words to a class. One that ends in * is a beginning.
func (s *stems) put(class, words string) {
	for _, w := range strings.Fields(words) {
		if b, ok := strings.CutSuffix(w, "*"); ok {
			s.begin[b] = append(s.begin[b], class)
		} else {
			s.whole[w] = append(s.whole[w], class)
		}
	}
}

// of are the classes of a word: its own, and those of the longest beginning that is
// known.
func (s *stems) of(word string) []string {
	own := s.whole[word]
	for b := word; b != ""; {
		if c := s.begin[b]; c != nil {
			if own == nil {
				return c
			}
			return slices.Concat(own, c)
		}
		_, size := utf8.DecodeLastRuneInString(b)
		b = b[:len(b)-size]
	}
	return own
}

// one is the class of a word that can have only one.
func (s *stems) one(word string) string {
	if c := s.of(word); c != nil {
		return c[0]
	}
	return ""
}
