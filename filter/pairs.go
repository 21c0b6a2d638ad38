package filter

import "math/bits"

// pairTable numbers the pairs of neighbours that forms are looked for by. Nearly all
// neighbours of a text are no such pair, so a bit filter that stays in the cache
// is asked before the table.
type pairTable struct {
	slots []pairSlot // open addressing; as many as a power of two, half of them free
	n     int32      // pairs
	bits  []uint64
	shift uint8 // of a hash, to a bit
}

// pairSlot is a pair and its number, counted from 1.
type pairSlot struct {
	left, right atom
	number      int32
}

// bitsPerPair makes one of some sixteen strange pairs pass the filter.
const bitsPerPair = 16

func pairHash(a, b atom) uint64 { return (uint64(a)<<32 | uint64(b)) * 0x9e3779b97f4a7c15 }

// first is the slot where a pair is looked for first.
func (t *pairTable) first(a, b atom) *pairSlot {
	return &t.slots[pairHash(a, b)>>20&uint64(len(t.slots)-1)]
}

// slot is the pair's slot, or the free one where it belongs.
func (t *pairTable) slot(a, b atom) *pairSlot {
	i := pairHash(a, b) >> 20
	for ; ; i++ {
		s := &t.slots[i&uint64(len(t.slots)-1)]
		if s.number == 0 || s.left == a && s.right == b {
			return s
		}
	}
}

// add numbers a pair, the same one always alike.
func (t *pairTable) add(a, b atom) int32 {
	if 2*int(t.n) >= len(t.slots) {
		t.resize(max(64, 2*len(t.slots)), nil)
	}
	s := t.slot(a, b)
	if s.number == 0 {
		t.n++
		*s = pairSlot{a, b, t.n}
	}
	return s.number - 1
}

// resize makes room for so many slots, and keeps the pairs that are used.
func (t *pairTable) resize(slots int, used []bool) {
	old := t.slots
	t.slots = make([]pairSlot, slots)
	for _, s := range old {
		if s.number > 0 && (used == nil || used[s.number-1]) {
			*t.slot(s.left, s.right) = s
		}
	}
}

// seal leaves out the pairs that are not used, and makes the filter of the others.
func (t *pairTable) seal(used []bool) {
	n := 0
	for _, u := range used {
		if u {
			n++
		}
	}
	t.resize(1<<bits.Len(uint(2*n)), used)
	size := max(64, 1<<bits.Len(uint(n*bitsPerPair-1)))
	t.bits, t.shift = make([]uint64, size/64), uint8(64-bits.Len(uint(size-1)))
	for _, s := range t.slots {
		if s.number > 0 {
			h := pairHash(s.left, s.right) >> t.shift
			t.bits[h/64] |= 1 << (h % 64)
		}
	}
}

// may reports whether the neighbours may be a pair.
func (t *pairTable) may(a, b atom) bool {
	h := pairHash(a, b) >> t.shift
	return t.bits[h/64]&(1<<(h%64)) != 0
}
