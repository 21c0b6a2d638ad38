package config

// place is a position in a file: line and column count from 1, the column in
// characters.
type place struct {
	line, column int
	in           *document // nil: the document that is being read
}

// section is embedded in every mapping of the shape.
type section struct {
	place
	set bool
}

// begin notes that the mapping is there, and where.
func (s *section) begin(at place) { *s = section{place: at, set: true} }

// scalar is one value with its place. A key that is not written has its default
// and is not set.
type scalar struct {
	place
	key   string // as written before the value; empty in a list
	value string // after ${VARIABLE} was replaced
	set   bool

	// failed: the value was written and could not be read, which was reported.
	failed bool

	// How the value came from the file, to find a part of it there again.
	written      string // before ${VARIABLE} was replaced
	replacements []replacement
}

// The kinds of values. They differ in what YAML must say for them.
type (
	text   struct{ scalar } // text
	number struct{ scalar } // a whole number
	amount struct{ scalar } // a number with its unit: text or a number
	flag   struct{ scalar } // true or false
	choice struct{ scalar } // one of some words, true and false perhaps among them
	secret struct{ scalar } // text that is never shown
)

// words is a list of texts.
type words struct {
	section
	items  []text
	failed bool // one of them, or the list itself, is of the wrong type
}

// empty reports a list that was written without anything in it.
func (w words) empty() bool { return w.set && !w.failed && len(w.items) == 0 }

// values are the texts alone.
func (w words) values() []string {
	var all []string
	for _, t := range w.items {
		all = append(all, t.value)
	}
	return all
}

// pairs is a mapping of texts to texts, in the order of the file.
type pairs struct {
	section
	items []pair
}

type pair struct{ name, value text }

// lists is a mapping of names to lists of texts, in the order of the file.
type lists struct {
	section
	items []namedWords
}

type namedWords struct {
	name  text
	words words
}

// word is embedded in a section that a single word may stand for. The section
// then is not set and the word is.
type word struct{ alone text }

// single is the word, to be read.
func (w *word) single() *text { return &w.alone }

// later is a key of the contract that this version does not have.
type later struct{ present bool }
