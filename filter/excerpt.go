package filter

import (
	"math/bits"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"dewline"
)

// passage cuts the passage around the hits, all of one field, from its text. Only
// as much of the text is marked as the passage can show, and a little more, by
// which it is seen that it goes on.
func passage(text string, hits []dewline.Hit, width int) []dewline.Span {
	var first dewline.Hit
	if len(hits) > 0 {
		first = hits[0]
	}
	from := back(text, first.Start, width/3+2)
	to := max(ahead(text, first.Start, width+2), ahead(text, first.End, 2))
	moved := make([]dewline.Hit, len(hits))
	for i, h := range hits {
		h.Start, h.End = h.Start-from, h.End-from
		moved[i] = h
	}
	return dewline.Excerpt(dewline.Mark(text[from:to], first.Field, moved), width)
}

// back is the place n characters before at.
func back(text string, at, n int) int {
	for ; n > 0 && at > 0; n-- {
		_, size := utf8.DecodeLastRuneInString(text[:at])
		at -= size
	}
	return at
}

// ahead is the place n characters behind at.
func ahead(text string, at, n int) int {
	for ; n > 0 && at < len(text); n-- {
		_, size := utf8.DecodeRuneInString(text[at:])
		at += size
	}
	return at
}

// excerpt adds the passage around the place start of a text as passage and
// dewline.Plain give it, with no white space at its ends, but makes no spans: an item
// has dozens of them where there are many rules. The text is well-formed, and blanks
// are those that the scanner noted in it. A test holds the two together.
func excerpt(b []byte, text string, start int, blanks []int32) []byte {
	const before, tail = snippetWidth / 3, 24
	lo := skipBack(text, start, before)
	if i := lastBlock(text[lo:start]); i >= 0 {
		lo += i
	} else if lo > 0 {
		if i := strings.IndexByte(text[lo:start], ' '); i >= 0 {
			lo += i + 1
		}
	}
	hi := skip(text, lo, snippetWidth)
	if low := max(lo, hi-tail); hi < len(text) {
		if i := strings.LastIndexByte(text[low:hi], ' '); i > 0 {
			hi = low + i
		}
	}
	began := len(b)
	if lo > 0 && text[lo-1] != '\n' {
		b = append(b, "… "...)
	}
	b = oneLine(b, text[:hi], lo, blanks)
	if hi < len(text) {
		if len(b) > began && b[len(b)-1] != ' ' {
			b = append(b, ' ')
		}
		b = append(b, "…"...)
	}
	for len(b) > began && b[len(b)-1] == ' ' {
		b = b[:len(b)-1]
	}
	return b
}

// lastBlock is where the last block of a text begins, if there are several; or -1.
func lastBlock(s string) int {
	if strings.IndexByte(s, '\n') < 0 { // most often, and much faster
		return -1
	}
	if i := strings.LastIndex(s, "\n\n"); i >= 0 {
		return i + 2
	}
	return -1
}

// oneLine adds a text, from some place on, with a single space for every run of white
// space, and none at its beginning. Blanks are where to look for such runs.
func oneLine(b []byte, text string, from int, blanks []int32) []byte {
	for size, space := spaceAt(text, from); space; size, space = spaceAt(text, from) {
		from += size
	}
	i, _ := slices.BinarySearch(blanks, int32(from))
	for ; i < len(blanks) && int(blanks[i]) < len(text); i++ {
		if run := spaceAround(text, from, int(blanks[i])); run.from < run.to && text[run.from:run.to] != " " {
			b = append(append(b, text[from:run.from]...), ' ')
			from = int(run.to)
		}
	}
	return append(b, text[from:]...)
}

// spaceAround is the white space around a place of a text, behind from.
func spaceAround(text string, from, at int) part {
	if at < from {
		return part{}
	}
	for at > from && !utf8.RuneStart(text[at]) {
		at--
	}
	to := at
	for size, space := spaceAt(text, to); space; size, space = spaceAt(text, to) {
		to += size
	}
	for at > from {
		r, size := utf8.DecodeLastRuneInString(text[from:at])
		if !unicode.IsSpace(r) {
			break
		}
		at -= size
	}
	return part{int32(at), int32(to)}
}

// spaceAt is the size of the character at i, and whether it is white space. There is
// none at the end of the text.
func spaceAt(text string, i int) (size int, space bool) {
	if i >= len(text) {
		return 0, false
	}
	r, size := utf8.DecodeRuneInString(text[i:])
	return size, unicode.IsSpace(r)
}

// skip is the place n characters behind at, in a text that is well-formed.
func skip(text string, at, n int) int {
	for at+8 <= len(text) {
		starts := runeStarts(eight(text[at : at+8]))
		if starts > n {
			break
		}
		at, n = at+8, n-starts
	}
	for ; at < len(text); at++ {
		if utf8.RuneStart(text[at]) {
			if n == 0 {
				break
			}
			n--
		}
	}
	return at
}

// skipBack is the place n characters before at, in a text that is well-formed.
func skipBack(text string, at, n int) int {
	for at >= 8 {
		starts := runeStarts(eight(text[at-8 : at]))
		if starts >= n {
			break
		}
		at, n = at-8, n-starts
	}
	for n > 0 && at > 0 {
		at--
		if utf8.RuneStart(text[at]) {
			n--
		}
	}
	return at
}

// runeStarts counts the bytes that begin a character.
func runeStarts(b uint64) int { return 8 - bits.OnesCount64(b&^(b<<1)&highBits) }
