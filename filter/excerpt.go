package filter

import (
	"cmp"
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
// has dozens of them where there are many rules. The text is well-formed. A test
// holds the two together.
func excerpt(b []byte, text string, start int, runs []part) []byte {
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
	b = oneLine(b, began, text, part{int32(lo), int32(hi)}, runs)
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

// oneLine adds a part of a text with a single space for every run of white space.
// White space at the beginning goes, where nothing or a space was added since began.
func oneLine(b []byte, began int, text string, p part, runs []part) []byte {
	blank := func() bool { return len(b) == began || b[len(b)-1] == ' ' }
	if p.from < p.to && text[p.from] == ' ' && blank() {
		p.from++
	}
	i, _ := slices.BinarySearchFunc(runs, p.from, func(r part, from int32) int { return cmp.Compare(r.to, from+1) })
	for ; i < len(runs) && runs[i].from < p.to; i++ {
		b = append(b, text[p.from:max(p.from, runs[i].from)]...)
		if !blank() {
			b = append(b, ' ')
		}
		p.from = min(runs[i].to, p.to)
	}
	return append(b, text[p.from:p.to]...)
}

// spacing is what is known of the white space of a field's text.
type spacing struct {
	epoch      uint32
	known      part   // of the text
	wellFormed bool   // it is UTF-8 throughout; of others no more is known
	runs       []part // of white space, but for single spaces
}

// around learns what an excerpt around start needs to know: the first time of its
// surroundings, the second time of the whole text.
func (sp *spacing) around(text string, start int, epoch uint32) {
	const back, ahead = (snippetWidth/3 + 2) * utf8.UTFMax, (snippetWidth + 2) * utf8.UTFMax
	need := part{int32(max(0, start-back)), int32(min(len(text), start+ahead))}
	if sp.epoch != epoch {
		sp.epoch = epoch
		for need.from > 0 && !utf8.RuneStart(text[need.from]) {
			need.from--
		}
		for int(need.to) < len(text) && !utf8.RuneStart(text[need.to]) {
			need.to++
		}
		sp.read(text, need)
	} else if need.from < sp.known.from || need.to > sp.known.to {
		sp.read(text, part{0, int32(len(text))})
	}
}

func (sp *spacing) read(text string, p part) {
	sp.known, sp.runs = p, sp.runs[:0]
	text = text[:p.to]
	if sp.wellFormed = utf8.ValidString(text[p.from:]); !sp.wellFormed {
		return
	}
	from := -1 // of the run that is open
	for i := int(p.from); i < len(text); {
		if from < 0 && i+9 <= len(text) && tidy(eight(text[i:i+8]), eight(text[i+1:i+9])) {
			i += 8
			continue
		}
		size, space := spaceAt(text, i)
		if !space && from >= 0 {
			sp.add(text, from, i)
			from = -1
		} else if space && from < 0 {
			from = i
		}
		i += size
	}
	if from >= 0 {
		sp.add(text, from, len(text))
	}
}

func (sp *spacing) add(text string, from, to int) {
	if text[from:to] != " " {
		sp.runs = append(sp.runs, part{int32(from), int32(to)})
	}
}

// spaceAt is the size of the character at i of a well-formed text, or of the rest of
// it, and whether it is white space.
func spaceAt(s string, i int) (size int, space bool) {
	switch c := s[i]; {
	case c < utf8.RuneSelf:
		return 1, c == ' ' || c >= '\t' && c <= '\r'
	case c == 0xc2, c >= 0xe1 && c <= 0xe3: // these begin all others
		r, size := utf8.DecodeRuneInString(s[i:])
		return size, unicode.IsSpace(r)
	}
	return 1, false
}

// tidy reports whether eight bytes surely begin no white space but single spaces;
// next are the eight from the second on.
func tidy(b, next uint64) bool {
	odd := below(b, ' ')
	odd |= zero((b ^ ' '*eachByte) | (next ^ ' '*eachByte))
	odd |= zero(b ^ 0xc2*eachByte)
	odd |= zero(b&^(3*eachByte) ^ 0xe0*eachByte)
	return odd == 0
}

// below is not 0 where a byte is less than n, of ASCII.
func below(b uint64, n uint64) uint64 { return (b - n*eachByte) &^ b & highBits }

// zero is not 0 where a byte is.
func zero(b uint64) uint64 { return (b - eachByte) &^ b & highBits }

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
