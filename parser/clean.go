package parser

import (
	"bytes"
	"strconv"
	"unicode/utf8"
)

// scrub takes out what XML does not allow as characters, written as they are or as
// character references. The text must be valid UTF-8 but for stray bytes. A clean text is not
// copied.
func scrub(text []byte) []byte {
	if dirty(text) {
		text = bytes.Map(func(r rune) rune {
			if allowed(r) {
				return r
			}
			return -1
		}, text)
	}
	if bytes.Contains(text, []byte("&#")) {
		return scrubReferences(text)
	}
	return text
}

func dirty(text []byte) bool {
	for _, c := range text {
		if c < ' ' && c != '\n' && c != '\r' && c != '\t' {
			return true
		}
	}
	return !utf8.Valid(text) || bytes.Contains(text, []byte("\uFFFE")) || bytes.Contains(text, []byte("\uFFFF"))
}

// allowed reports whether a character may stand in XML.
func allowed(r rune) bool {
	return r >= ' ' && r <= 0xD7FF || r == '\n' || r == '\r' || r == '\t' ||
		r >= 0xE000 && r <= 0xFFFD || r >= 0x10000 && r <= 0x10FFFF
}

// scrubReferences takes out the references to characters that XML does not allow.
func scrubReferences(text []byte) []byte {
	var out []byte
	kept := 0
	for pos := 0; ; {
		i := bytes.Index(text[pos:], []byte("&#"))
		if i < 0 {
			break
		}
		start := pos + i
		pos = start + 2
		end := pos
		for end < len(text) && (hexDigit(text[end]) || end == pos && text[end]|0x20 == 'x') {
			end++
		}
		if end == pos || end == len(text) || text[end] != ';' || reference(text[pos:end]) {
			continue
		}
		out = append(out, text[kept:start]...)
		pos = end + 1
		kept = pos
	}
	if kept == 0 {
		return text
	}
	return append(out, text[kept:]...)
}

// reference reports whether the digits of a character reference name a character that XML
// allows.
func reference(digits []byte) bool {
	base := 10
	if len(digits) > 0 && digits[0]|0x20 == 'x' {
		digits, base = digits[1:], 16
	}
	n, err := strconv.ParseUint(string(digits), base, 32)
	return err == nil && n <= utf8.MaxRune && allowed(rune(n))
}

func hexDigit(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c|0x20 && c|0x20 <= 'f'
}
