package filter

import "hash/maphash"

// atomTable finds atoms by a text. A map of slices would do the same; but of a
// hundred thousand rules there are as many texts, and the garbage collector would
// follow the pointers to each of them, again and again.
type atomTable struct {
	seed    maphash.Seed
	text    []byte // of all entries
	entries []atomEntry
	slots   []int32 // open addressing: the first entry of a text, counted from 1
	texts   int
}

// atomEntry is an atom under its text.
type atomEntry struct {
	from, to int32 // of the table's text
	atom     atom
	next     int32 // entry of the same text, counted from 1
}

func newAtomTable(atoms int) *atomTable {
	t := &atomTable{seed: maphash.MakeSeed(), entries: make([]atomEntry, 0, atoms), text: make([]byte, 0, 8*atoms)}
	t.resize(atoms)
	return t
}

// resize makes room for so many texts, with half of the slots free.
func (t *atomTable) resize(texts int) {
	size := 8
	for size < 2*texts {
		size *= 2
	}
	old := t.slots
	t.slots = make([]int32, size)
	for _, first := range old {
		if first > 0 {
			*t.slot(t.textOf(first)) = first
		}
	}
}

func (t *atomTable) textOf(entry int32) string {
	e := &t.entries[entry-1]
	return string(t.text[e.from:e.to])
}

// slot is the text's slot, or the free one where it belongs.
func (t *atomTable) slot(text string) *int32 {
	mask := uint64(len(t.slots) - 1)
	for i := maphash.String(t.seed, text); ; i++ {
		first := t.slots[i&mask]
		if first == 0 {
			return &t.slots[i&mask]
		}
		if e := &t.entries[first-1]; string(t.text[e.from:e.to]) == text {
			return &t.slots[i&mask]
		}
	}
}

// add enters an atom, and returns the number of its entry.
func (t *atomTable) add(text string, a atom) int32 {
	if 2*t.texts >= len(t.slots) {
		t.resize(2 * t.texts)
	}
	e := atomEntry{atom: a}
	first := t.slot(text)
	if e.next = *first; e.next > 0 {
		e.from, e.to = t.entries[e.next-1].from, t.entries[e.next-1].to
	} else {
		e.from = int32(len(t.text))
		t.text = append(t.text, text...)
		e.to = int32(len(t.text))
		t.texts++
	}
	t.entries = append(t.entries, e)
	*first = int32(len(t.entries))
	return *first
}

// of adds the atoms of a text to a list.
func (t *atomTable) of(list []atom, text string) []atom {
	for n := *t.slot(text); n > 0; n = t.entries[n-1].next {
		list = append(list, t.entries[n-1].atom)
	}
	return list
}
