package parser

import (
	"bytes"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// minDoubled is how many characters must be encoded twice before a text is taken for one
// that was.
const minDoubled = 2

// undouble repairs UTF-8 that was taken for windows-1252 and made UTF-8 again ("Ã©" for "é"):
// common in feeds that come out of a database. A text counts as such only if next to every
// letter that may begin such a sequence does, so that French, German or Portuguese text in
// which one does by chance (a "ß" before a closing quotation mark) stays as it is. A text that
// needs no repair is not copied.
func undouble(text []byte) ([]byte, bool) {
	doubled, single := 0, 0
	scanDoubled(text, func(_, _ int, r rune) {
		if r == utf8.RuneError {
			single++
		} else {
			doubled++
		}
	})
	if doubled < minDoubled || single*10 > doubled {
		return text, false
	}
	out := make([]byte, 0, len(text))
	kept := 0
	scanDoubled(text, func(from, to int, r rune) {
		if r != utf8.RuneError {
			out = append(out, text[kept:from]...)
			out = utf8.AppendRune(out, r)
			kept = to
		}
	})
	return append(out, text[kept:]...), true
}

// scanDoubled reports every letter that may begin a sequence encoded twice: where the sequence
// stands and what it means, utf8.RuneError if nothing.
func scanDoubled(text []byte, report func(from, to int, r rune)) {
	for at := 0; ; {
		i := bytes.IndexByte(text[at:], 0xC3) // U+00C0 to U+00FF, Â to ô among them
		if i < 0 {
			return
		}
		at += i
		if blunted(text[at:]) {
			at += 2
			continue
		}
		r, n := once(text[at:])
		report(at, at+n, r)
		at += n
	}
}

// blunted recognises a doubled no-break space of which somebody made a space: it says neither
// that a text is encoded twice nor that it is not.
func blunted(b []byte) bool {
	return bytes.HasPrefix(b, []byte("Â ")) || bytes.HasPrefix(b, []byte("Â<"))
}

// once decodes the sequence at the start of b, of which every byte was made a character; n is its
// length. What is none is RuneError and the length of one character.
func once(b []byte) (r rune, n int) {
	var seq [utf8.UTFMax]byte
	first, size := utf8.DecodeRune(b)
	seq[0] = byte(first) // b begins with C3: U+00C0 to U+00FF
	length := 1
	switch {
	case seq[0] >= 0xC2 && seq[0] <= 0xDF:
		length = 2
	case seq[0] >= 0xE0 && seq[0] <= 0xEF:
		length = 3
	case seq[0] >= 0xF0 && seq[0] <= 0xF4:
		length = 4
	}
	n = size
	for i := 1; i < length; i++ {
		c, size := utf8.DecodeRune(b[n:])
		var ok bool
		if seq[i], ok = charmap.Windows1252.EncodeRune(c); !ok {
			seq[i] = byte(c) // five bytes have no character there; they are taken for C1 controls
			ok = c >= 0x80 && c < 0xA0
		}
		if !ok || seq[i]&0xC0 != 0x80 {
			return utf8.RuneError, 2
		}
		n += size
	}
	if r, _ = utf8.DecodeRune(seq[:length]); length == 1 || r == utf8.RuneError || !written(r) {
		return utf8.RuneError, 2
	}
	return r, n
}

// written reports whether feeds are written in the character's script.
func written(r rune) bool {
	return unicode.In(r, unicode.Latin, unicode.Common, unicode.Inherited, unicode.Cyrillic, unicode.Greek, unicode.Arabic, unicode.Hebrew,
		unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul, unicode.Thai, unicode.Devanagari, unicode.Armenian, unicode.Georgian)
}
