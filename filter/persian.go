package filter

import (
	"strings"
	"unicode/utf8"
)

// There is no stemmer for Persian, and the Arabic one does harm to it: it takes the
// end of موشک, a missile, for "your", and leaves موش, a mouse. So of a Persian word
// only what is surely no part of it is left out: the plural ها with what is joined
// behind it. An ی behind a word of a text, which makes "a missile" or "of the
// missile", may be left out too; that of a query may not, for نظامی (military) is
// another word than نظام.
var persianPlurals = []string{"هايشان", "هايمان", "هايتان", "هايش", "هايم", "هايت", "هايي", "هاي", "ها"}

const persianYeh = "ي"

func persianStem(folded string) string {
	for _, e := range persianPlurals {
		if rest, ok := strings.CutSuffix(folded, e); ok && utf8.RuneCountInString(rest) >= 2 {
			return rest
		}
	}
	return folded
}

// spokenPersian are the stems that a word of a text may have.
func spokenPersian(folded string) []string {
	stem := persianStem(folded)
	if rest, ok := strings.CutSuffix(stem, persianYeh); ok && stem == folded && utf8.RuneCountInString(rest) >= 3 {
		return []string{stem, rest}
	}
	return []string{stem}
}

// persian are the languages that are written with Arabic letters and are not Arabic.
var persian = map[string]bool{"fa": true, "prs": true, "ps": true, "ur": true, "ckb": true, "ku": true, "sd": true, "ug": true, "pnb": true, "pa": true, "ks": true}

// persianText reports by its letters whether a text of Arabic script is Persian, or
// another language than Arabic; otherwise is what is said where no letter tells.
func persianText(s string, otherwise bool) bool {
	const lead = 0xd8 // of alef and most of its like: without it this is another script
	if strings.IndexByte(s, lead) < 0 {
		return otherwise
	}
	own, arabic := 0, 0
	for i := 0; i+1 < len(s); i++ {
		switch c, d := s[i], s[i+1]; {
		case c == lead && (d == 0xa9 || d == 0xa3 || d == 0xa5): // ة أ إ
			arabic++
		case c == 0xd9 && d >= 0xb2, c == 0xda, c == 0xdb && d <= 0x93: // پ چ ژ گ ک ی, and those of Urdu
			own++
		}
	}
	if own == arabic {
		return otherwise
	}
	return own > arabic
}
