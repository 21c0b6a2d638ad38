package parser

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// dateToken is a piece of a text in which a date is looked for: a number, a word or a sign.
type dateToken struct {
	word   string // folded by foldName; of Han and Hangul one character, or a unit of dateUnits
	sign   byte
	value  int  // of a number
	digits int  // of a number, 0 of anything else
	gap    bool // white space stands before it
	upper  bool // a word in capitals, as the names of zones are
}

// dateUnits are the words of two Han or Hangul characters that say something in a date.
var dateUnits = []string{
	"上午", "下午", "午前", "午後", "凌晨", "早上", "清晨", "中午", "正午", "傍晚", "晚上", "夜间", "오전", "오후", "오정",
	"令和", "平成", "昭和", "民國", "民国",
}

// maxTokenDigits is how many digits of a number are read; no date has a longer one.
const maxTokenDigits = 18

// dateTokens divides a text. Digits of every script are numbers, dashes of every kind are "-".
func dateTokens(s string) []dateToken {
	tokens := make([]dateToken, 0, 16)
	gap := false
	for s != "" {
		r, n := utf8.DecodeRuneInString(s)
		switch {
		case invisible(r):
		case unicode.IsSpace(r):
			gap = true
		default:
			var t dateToken
			t, n = oneToken(s, r, n)
			t.gap, gap = gap, false
			tokens = append(tokens, t)
		}
		s = s[n:]
	}
	return tokens
}

// oneToken is the token that s begins with, and its length; r is its first character.
func oneToken(s string, r rune, size int) (dateToken, int) {
	switch {
	case digitOf(r) >= 0:
		return numberToken(s)
	case unicode.In(r, unicode.Han, unicode.Hangul):
		for _, unit := range dateUnits {
			if strings.HasPrefix(s, unit) {
				return dateToken{word: unit}, len(unit)
			}
		}
		return dateToken{word: s[:size]}, size
	case unicode.IsLetter(r):
		n := wordLen(s)
		return dateToken{word: foldName(s[:n]), upper: strings.ToUpper(s[:n]) == s[:n]}, n
	}
	return dateToken{sign: signOf(r)}, size
}

func numberToken(s string) (dateToken, int) {
	var t dateToken
	for i, r := range s {
		d := digitOf(r)
		if d < 0 {
			return t, i
		}
		if t.digits++; t.digits <= maxTokenDigits {
			t.value = t.value*10 + d
		}
	}
	return t, len(s)
}

// wordLen is the length of the word that s begins with. The dots of an abbreviation by initials
// ("a.m.", "พ.ย.") stand inside it.
func wordLen(s string) int {
	n, initials := 0, 0 // letters since the last dot
	for n < len(s) {
		r, size := utf8.DecodeRuneInString(s[n:])
		switch {
		case unicode.In(r, unicode.Han, unicode.Hangul):
			return n
		case unicode.IsLetter(r):
			initials++
		case unicode.IsMark(r) || invisible(r):
		case r == '.' && initials == 1 && initial(s[n+1:]):
			initials = 0
		default:
			return n
		}
		n += size
	}
	return n
}

// initial reports whether s begins with one letter that stands alone.
func initial(s string) bool {
	r, n := utf8.DecodeRuneInString(s)
	if !unicode.IsLetter(r) {
		return false
	}
	next, _ := utf8.DecodeRuneInString(s[n:])
	return !unicode.IsLetter(next)
}

// digitOf is the value of a decimal digit, -1 of anything else.
func digitOf(r rune) int {
	if '0' <= r && r <= '9' {
		return int(r - '0')
	}
	for _, zero := range [...]rune{'٠', '۰', '०', '০', '๐', '０'} {
		if zero <= r && r <= zero+9 {
			return int(r - zero)
		}
	}
	return -1
}

// signOf is the ASCII sign that stands for a sign of any script.
func signOf(r rune) byte {
	switch {
	case r == '／' || r == '⁄':
		return '/'
	case r == '：' || r == '∶':
		return ':'
	case r == '．':
		return '.'
	case r == '，' || r == '،' || r == '、':
		return ','
	case r == '＋':
		return '+'
	case r == '’' || r == '‘' || r == 'ʼ':
		return '\''
	case r == '−' || unicode.Is(unicode.Pd, r):
		return '-'
	case r < utf8.RuneSelf:
		return byte(r)
	}
	return '|'
}

// invisible reports whether a character changes nothing of what is read: marks of direction, joiners.
func invisible(r rune) bool { return unicode.Is(unicode.Cf, r) }

// foldName makes one of the spellings of a name: lower case, no diacritics, one form of the Arabic
// letters that are written in several.
func foldName(w string) string {
	w = strings.ToLower(w)
	if ascii(w) {
		return w
	}
	return norm.NFC.String(strings.Map(func(r rune) rune {
		switch {
		case r >= 0x300 && r <= 0x36F, r >= 0x591 && r <= 0x5C7, r >= 0x64B && r <= 0x65F, r == 0x670, r == 'ـ', r == '.', invisible(r):
			return -1
		case r == 'ı':
			return 'i'
		case r == 'ی' || r == 'ى':
			return 'ي'
		case r == 'ک':
			return 'ك'
		case r == 'ة':
			return 'ه'
		case r == 'ς':
			return 'σ'
		}
		return r
	}, norm.NFD.String(w)))
}

// ascii reports whether there is nothing to fold but case.
func ascii(w string) bool {
	for i := range len(w) {
		if w[i] >= utf8.RuneSelf || w[i] == '.' {
			return false
		}
	}
	return true
}
