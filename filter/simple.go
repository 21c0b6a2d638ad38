package filter

import (
	"encoding/binary"
	"math/bits"
	"sync"
	"unicode/utf8"
)

// Most characters of most texts are simple: letters and digits that fold to one
// letter or digit, whatever stands beside them, and Han characters. Words of such
// letters, and runs of such characters, are taken here without a look at each
// character's neighbours; whatever else stands in a text is left to step.

// simpleLetter is the folded form of a letter of two bytes: its bytes, the first
// one lowest, and above them how many they are. It is 0 where the letter is not
// simple.
type simpleLetter uint32

const twoBytes = 0x800 // the characters below are written in two bytes

// simpleTables are what is known of characters in advance.
type simpleTables struct {
	letters [twoBytes]simpleLetter
	// closes are the characters of ASCII that end a word.
	closes [utf8.RuneSelf]bool
}

var simpleOf = sync.OnceValue(func() *simpleTables {
	t := &simpleTables{}
	for r := range rune(twoBytes) {
		g := pageOf(r).glyphs[r&0xff]
		if r < utf8.RuneSelf {
			t.closes[r] = g.closes()
			continue // in two bytes it is malformed
		}
		if g&(glyphLong|glyphJoins) != 0 || g.class() != classWord || g.rune() >= twoBytes {
			continue
		}
		b := utf8.AppendRune(nil, g.rune())
		t.letters[r] = simpleLetter(b[0]) | simpleLetter(len(b))<<16
		if len(b) > 1 {
			t.letters[r] |= simpleLetter(b[1]) << 8
		}
	}
	return t
})

// closes reports whether a character ends a word, and composes with nothing before
// it.
func (g glyph) closes() bool {
	return g&(glyphLong|glyphJoins) == 0 && g.class() != classWord && g.class() != classIgnored
}

// letter is the simple letter of two bytes at i, or 0.
func (sc *scanner) letter(i int) simpleLetter {
	s := sc.s
	if i+1 >= len(s) || s[i]&0xe0 != 0xc0 || s[i+1]&0xc0 != 0x80 {
		return 0
	}
	return sc.simples.letters[int(s[i]&0x1f)<<6|int(s[i+1]&0x3f)]
}

// simpleRoom is for a word of simple letters, and what is written behind it.
const simpleRoom = 64

// simple takes what stands at i, where no word is open, if it is simple: a space, a
// whole word, a run of characters. It returns how long it is.
func (sc *scanner) simple(i int) int {
	switch c := sc.s[i]; {
	case c == ' ':
		return sc.simpleSpace(i)
	case c < 0xe0:
		return sc.simpleWord(i)
	default:
		return sc.simpleChars(i)
	}
}

// simpleSpace takes a space that composes with nothing behind it.
func (sc *scanner) simpleSpace(i int) int {
	if i+1 < len(sc.s) && sc.s[i+1] >= utf8.RuneSelf && sc.letter(i+1) == 0 {
		return 0
	}
	if sc.s[max(0, i-1)] == ' ' && i > 0 {
		sc.blanks = append(sc.blanks, int32(i))
	}
	sc.gap = max(sc.gap, gapSpace)
	return 1
}

// simpleWord takes a word of simple letters, if that is what stands at i, and a space
// behind it.
func (sc *scanner) simpleWord(i int) int {
	if sc.cut.full() {
		sc.flush()
	}
	used := len(sc.cut.bytes)
	room := sc.cut.bytes[used : used+simpleRoom]
	end, n := sc.foldASCII(i, room)
	if n == 0 {
		end, n = sc.foldSimple(i, room)
	}
	if n == 0 || !sc.closes(end) || sc.dottedLetter(i, end) {
		return 0
	}
	sc.start, sc.end = i, end
	if sc.dot {
		sc.first, _ = utf8.DecodeRuneInString(sc.s[i:])
	}
	sc.cut.bytes = sc.cut.bytes[:used+n]
	sc.put(n)
	if end < len(sc.s) && sc.s[end] == ' ' {
		end += sc.simpleSpace(end)
	}
	return end - i
}

// dottedLetter reports whether the word is one letter before a dot, as those of an
// abbreviation are, or two equal ones.
func (sc *scanner) dottedLetter(i, end int) bool {
	return end < len(sc.s) && sc.s[end] == '.' && (end-i == 1 || end-i == 2 && (sc.s[i] >= utf8.RuneSelf || sc.doubled(i)))
}

// foldASCII folds a word of ASCII letters and digits into the room, eight bytes at
// once. It returns where the word ends and how long it is; nothing where the word has
// other letters, there is not room enough, or the text ends.
func (sc *scanner) foldASCII(i int, into []byte) (end, n int) {
	s := sc.s
	for end = i; n <= len(into)-8 && end+8 <= len(s); {
		b := eight(s[end : end+8])
		// What is behind the word's end is written too: nobody reads it.
		binary.LittleEndian.PutUint64(into[n:n+8], b|lowerBits)
		k := bits.TrailingZeros64(strangeBytes(b)) / 8
		n, end = n+k, end+k
		if k < 8 {
			if n == 0 || s[end] >= utf8.RuneSelf && sc.letter(end) != 0 {
				return 0, 0
			}
			return end, n
		}
	}
	return 0, 0
}

// eight are eight bytes, the first one lowest.
func eight(s string) uint64 {
	_ = s[7]
	return uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 |
		uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
}

const (
	eachByte  = 0x0101010101010101
	highBits  = 0x80 * eachByte
	lowerBits = 0x20 * eachByte // makes ASCII letters lower case, and leaves digits
)

// strangeBytes has the high bit of each byte set that is no ASCII letter or digit.
func strangeBytes(b uint64) uint64 {
	low := b &^ highBits
	lower := low | lowerBits
	letters := (lower + (0x80-'a')*eachByte) &^ (lower + (0x7f-'z')*eachByte)
	digits := (low + (0x80-'0')*eachByte) &^ (low + (0x7f-'9')*eachByte)
	return ^(letters|digits)&highBits | b&highBits
}

// foldSimple is the same for any simple letters, and to the end of the text.
func (sc *scanner) foldSimple(i int, into []byte) (end, n int) {
	s := sc.s
	var open uint64 // the bytes that are not written yet
	filled := 0     // bits of it
	for i < len(s) {
		f, room, size := uint64(asciiWord[s[i]]), 8, 1
		if s[i] >= utf8.RuneSelf {
			letter := sc.letter(i)
			f, room, size = uint64(letter&0xffff), int(letter>>16)*8, 2
		}
		if f == 0 {
			break
		}
		i += size
		open |= f << filled
		if filled += room; filled >= 64 {
			if n > len(into)-16 {
				return 0, 0
			}
			binary.LittleEndian.PutUint64(into[n:n+8], open)
			n += 8
			filled -= 64
			open = f >> (room - filled)
		}
	}
	binary.LittleEndian.PutUint64(into[n:n+8], open)
	return i, n + filled/8
}

// closes reports whether what stands at i ends a word.
func (sc *scanner) closes(i int) bool {
	if i >= len(sc.s) {
		return true
	}
	if c := sc.s[i]; c < utf8.RuneSelf {
		return sc.simples.closes[c]
	}
	g, _, _ := sc.glyphAt(i)
	return g.closes()
}

// simpleChars takes the characters from i on that are tokens of their own.
func (sc *scanner) simpleChars(i int) int {
	from := i
	for g := sc.wide(i); g != 0; {
		next := sc.wide(i + 3)
		if next == 0 && sc.joins(i+3) {
			break
		}
		if i == from || sc.cut.full() {
			sc.start, sc.end = i, i+3
			sc.char(g.rune(), classChar)
		} else { // it touches one of its kind: nothing stands open
			t := &sc.cut.list[sc.cut.n]
			sc.cut.n++
			t.start, t.end, t.gap, t.class, t.opens, t.char = int32(sc.base+i), int32(sc.base+i+3), gapNone, classChar, false, g.rune()
			sc.last.end = i + 3
		}
		i += 3
		g = next
	}
	return i - from
}

// wide is the simple character of three bytes at i, or 0.
func (sc *scanner) wide(i int) glyph {
	s := sc.s
	if i+2 >= len(s) || s[i] < 0xe3 || s[i] > 0xe9 || s[i+1]&0xc0 != 0x80 || s[i+2]&0xc0 != 0x80 {
		return 0
	}
	r := rune(s[i]&0xf)<<12 | rune(s[i+1]&0x3f)<<6 | rune(s[i+2]&0x3f)
	if g := pageOf(r).glyphs[r&0xff]; g&(glyphLong|glyphJoins) == 0 && g.class() == classChar {
		return g
	}
	return 0
}
