package stories

import (
	"math"
	"slices"

	"dewline"
)

// The keys of an item. They are stored, so they are the same for ever: the seeds are
// fixed, and a test holds what some texts give. To change them is to find no copy any more of
// what was stored before.
const (
	// MaxKeys is the most keys that an item has.
	MaxKeys = 1 + 1 + leadKeys + bands

	bands    = 12 // of the sketch; one in common makes two texts candidates
	rows     = 3  // minima that make a band
	leadKeys = 3  // sentences at the start that are keys by themselves, for a teaser has no more

	mostHashed = 2000 // words of a text that go into its sketch
	leastLead  = 16   // half words of a sentence that is a key, and of a title
	leastText  = 16   // half words of an item that has keys
)

// Kinds of keys, so that a title is not taken for a sentence.
const (
	kindText uint64 = iota + 1
	kindTitle
	kindLead
	kindBand
	kindShort
)

// Keys are by what an item's copies are found: an item that is a copy of another has, almost
// always, one key at least in common with it. There are at most MaxKeys. An item of fewer
// than eight words (sixteen letters of Han) has one, of all its words, and of fewer than four none: it is
// too short to be told from others.
func (j *Judge) Keys(it *dewline.Item) []uint64 { return read(it).keys() }

func (st *statement) keys() []uint64 {
	switch {
	case st.words < leastShort:
		return nil
	case st.words < leastText:
		return []uint64{mix(kindShort ^ st.wholeKey() ^ mix(st.headKey()))}
	}
	keys := make([]uint64, 0, MaxKeys)
	keys = append(keys, mix(kindText^st.wholeKey()))
	if len(st.heads) > 0 && weigh(st.heads[0].tokens) >= leastLead {
		keys = append(keys, mix(kindTitle^st.heads[0].key))
	}
	n := 0
	for i := range st.body {
		s := &st.body[i]
		if n < leadKeys && !s.line && weigh(s.tokens) >= leastLead {
			keys = append(keys, mix(kindLead^s.key))
			n++
		}
	}
	keys = append(keys, st.sketch()...)
	slices.Sort(keys)
	return slices.Compact(keys)
}

// wholeKey is of the body, whatever the order of its sentences.
func (st *statement) wholeKey() (sum uint64) {
	for i := range st.body {
		if !st.body[i].line {
			sum += mix(st.body[i].key)
		}
	}
	return sum
}

// sketch is a MinHash of the body's shingles, in bands (Broder 1997; Indyk and Motwani 1998):
// two texts that share half of their shingles have a band in common in four cases of five, and of
// those that share two thirds nearly all have.
func (st *statement) sketch() []uint64 {
	var least [bands * rows]uint64
	for i := range least {
		least[i] = math.MaxUint64
	}
	if st.shingles(func(h uint64) {
		for i := range least {
			// One multiplication for each function: a family that is pairwise independent
			// nearly, over hashes that are mixed well already.
			least[i] = min(least[i], (h^seeds[i])*factors[i])
		}
	}) == 0 {
		return nil
	}
	keys := make([]uint64, 0, bands)
	for b := range bands {
		h := kindBand + uint64(b)<<8
		for r := range rows {
			h = mix(h ^ least[b*rows+r])
		}
		keys = append(keys, h)
	}
	return keys
}

// seeds and factors make the hash functions of the sketch.
var seeds, factors = func() (s, f [bands * rows]uint64) {
	for i := range s {
		s[i] = mix(uint64(2*i) + 1)
		f[i] = mix(uint64(2*i)+2) | 1
	}
	return s, f
}()

// shingles gives the shingles of the body to f: three words, or four letters of a script
// without spaces. They do not reach across sentences, so that the order of those is nothing. It
// returns how many there are.
func (st *statement) shingles(f func(uint64)) (n int) {
	words := 0
	for i := range st.body {
		s := &st.body[i]
		if s.line {
			continue
		}
		for a := range s.tokens {
			width := 3
			if s.tokens[a].glyph {
				width = 4
			}
			if a+width > len(s.tokens) {
				if a > 0 || len(s.tokens) < 2 {
					break
				}
				width = len(s.tokens)
			}
			h := uint64(width)
			for k := a; k < a+width; k++ {
				h = mix(h ^ s.tokens[k].hash)
			}
			f(h)
			n++
			if words++; words >= mostHashed {
				return n
			}
		}
	}
	return n
}
