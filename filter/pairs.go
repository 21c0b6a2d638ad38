package filter

import "math/bits"

// pairTable finds the pairs of neighbours that forms are looked for by. Nearly all
// neighbours of a text are no such pair, so a bit filter that stays in the cache
// is asked before the map.
type pairTable struct {
	numbers map[[2]atom]int32 // to pairUses
	filter  []uint64
	shift   uint8
}

// bitsPerPair makes one of some sixteen strange pairs pass the filter.
const bitsPerPair = 16

// seal makes the filter of what the table holds.
func (t *pairTable) seal() {
	size := 64
	for size < len(t.numbers)*bitsPerPair {
		size *= 2
	}
	t.filter, t.shift = make([]uint64, size/64), uint8(64-bits.Len(uint(size-1)))
	for key := range t.numbers {
		n := t.hash(key[0], key[1])
		t.filter[n/64] |= 1 << (n % 64)
	}
}

func (t *pairTable) hash(a, b atom) uint64 {
	return (uint64(a)<<32 | uint64(b)) * 0x9e3779b97f4a7c15 >> t.shift
}

// find is the number of a pair, if it has one.
func (t *pairTable) find(a, b atom) (int32, bool) {
	h := t.hash(a, b)
	if t.filter[h/64]&(1<<(h%64)) == 0 {
		return 0, false
	}
	n, ok := t.numbers[[2]atom{a, b}]
	return n, ok
}
