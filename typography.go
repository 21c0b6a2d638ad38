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
	eachPlain(s, func(part string) { dst = append(dst, part...) })
	return dst
}

// eachPlain gives the parts of a text as it is without all that.
func eachPlain(s string, part func(string)) {
	begun, gap := false, false // something was given; white space came behind it
	for i := 0; i < len(s); {
		n, as := plainRun(s[i:]), ""
		if n > 0 {
			as = s[i : i+n]
		} else {
			var r rune
			r, n = utf8.DecodeRuneInString(s[i:])
			if unicode.IsSpace(r) {
				gap = begun
			} else if !unseen(r) {
				as = typewritten(r, s[i:i+n])
			}
		}
		i += n
		if as == "" {
			continue
		}
		if gap {
			part(" ")
		}
		part(as)
		begun, gap = true, false
	}
}

// plainRun is how much of a text begins as it stays: words of ASCII, with one space between them.
func plainRun(s string) (n int) {
	for ; n < len(s); n++ {
		if c := s[n]; c <= ' ' || c >= utf8.RuneSelf {
			if c != ' ' || n == 0 || n+1 == len(s) || s[n+1] <= ' ' || s[n+1] >= utf8.RuneSelf {
				break
			}
		}
	}
	return n
}

// typewritten is a character as a typewriter has it.
func typewritten(r rune, as string) string {
	switch {
	case strings.ContainsRune("‘’‚‛′´ʼ", r):
		return "'"
	case strings.ContainsRune("“”„‟″«»", r):
		return `"`
	case '‐' <= r && r <= '―' || r == '−':
		return "-"
	case r == '…':
		return "..."
	}
	return as
}

// unseen reports what no reader sees: the soft hyphen, and characters of no width.
func unseen(r rune) bool { return r == '\u00AD' || unicode.Is(unicode.Cf, r) }
