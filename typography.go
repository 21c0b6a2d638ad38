package dewline

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// AppendPlain appends a text without what publishers' systems change and no reader
// minds: white space is one space, quotation marks, apostrophes, dashes and
// ellipses are those of a typewriter, and what is not seen is left out.
func AppendPlain(dst []byte, s string) []byte {
	gap := true // at the start too
	for i := 0; i < len(s); {
		if c := s[i]; c < utf8.RuneSelf {
			i++
			if c == ' ' || '\t' <= c && c <= '\r' {
				if !gap {
					dst, gap = append(dst, ' '), true
				}
				continue
			}
			dst, gap = append(dst, c), false
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		switch {
		case unicode.IsSpace(r):
			if !gap {
				dst, gap = append(dst, ' '), true
			}
		case unseen(r):
		default:
			dst, gap = appendRune(dst, r, s[i:i+n]), false
		}
		i += n
	}
	if gap && len(dst) > 0 && dst[len(dst)-1] == ' ' {
		dst = dst[:len(dst)-1]
	}
	return dst
}

func appendRune(dst []byte, r rune, as string) []byte {
	switch {
	case strings.ContainsRune("‘’‚‛′´ʼ", r):
		return append(dst, '\'')
	case strings.ContainsRune("“”„‟″«»", r):
		return append(dst, '"')
	case '‐' <= r && r <= '―' || r == '−':
		return append(dst, '-')
	case r == '…':
		return append(dst, "..."...)
	}
	return append(dst, as...)
}

// unseen reports what no reader sees: the soft hyphen, and characters of no width.
func unseen(r rune) bool { return r == '\u00AD' || unicode.Is(unicode.Cf, r) }
