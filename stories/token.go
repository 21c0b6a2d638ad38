package stories

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/cespare/xxhash/v2"
	"golang.org/x/text/unicode/norm"

	"dewline"
)

// token is a word, a number, a sign of money or share, or a letter of a script that
// puts no space between words. Punctuation is none.
type token struct {
	hash    uint64 // of its folded form: what it is compared by
	raw     string // as it is written
	digits  bool   // it is a number, or has a digit in it
	capital bool   // it begins with a capital letter
	glyph   bool   // it is a letter of a script without spaces
}

func (t *token) key() string { return string(appendFolded(nil, t.raw)) }

// weight is how much of a statement a token is, in words: of Han two letters are a word.
func (t *token) weight() int {
	if t.glyph {
		return 1
	}
	return 2
}

func weigh(tokens []token) (half int) {
	for i := range tokens {
		half += tokens[i].weight()
	}
	return half
}

// scanner cuts a text into tokens.
type scanner struct {
	text string
	at   int
	buf  []byte
}

// next takes the next token of the text. ended says that a sentence ended before it, and
// how.
func (s *scanner) next() (t token, ended ending, ok bool) {
	gap := s.at == 0 // what stands before is no letter and no digit
	for s.at < len(s.text) {
		c, size := rune(s.text[s.at]), 1
		if c >= utf8.RuneSelf {
			c, size = utf8.DecodeRuneInString(s.text[s.at:])
		}
		switch {
		case glyph(c):
			return s.token(size+s.run(s.at+size, unicode.IsMark), token{glyph: true}), ended, true
		case wordRune(c):
			return s.word(), ended, true
		case (c == '-' || c == '−') && gap && s.digitAt(s.at+size):
			s.at += size
			t = s.word()
			t.raw, t.hash = "-"+t.raw, t.hash+1
			return t, ended, true
		case c == '%' || c == '$' || c >= utf8.RuneSelf && (c == '‰' || c == '٪' || c == '％' || unicode.Is(unicode.Sc, c)):
			return s.token(size, token{}), ended, true
		}
		ended = max(ended, s.ends(c, size))
		gap = unicode.IsSpace(c) || c == '('
		s.at += size
	}
	return t, ended, false
}

// ending says how a sentence ended.
type ending int

const (
	goesOn    ending = iota
	stopped          // by its mark
	trailsOff        // by three points
	lineEnd          // by the end of its block
)

func (s *scanner) ends(c rune, size int) ending {
	switch c {
	case '\n':
		return lineEnd
	case '!', '?', '。', '！', '？', '؟', '۔', '।':
		return stopped
	case '…':
		return trailsOff
	case '.':
		if strings.HasSuffix(s.text[:s.at], "..") {
			return trailsOff
		}
		if s.fullStop(s.at + size) {
			return stopped
		}
	}
	return goesOn
}

// fullStop reports a point that ends a sentence: white space or nothing comes behind it, no
// small letter behind that, and no initial, short word or number of a day stands before it.
func (s *scanner) fullStop(after int) bool {
	rest := s.text[after:]
	trimmed := strings.TrimLeft(rest, "\"'”’»)]")
	if trimmed == "" {
		return true
	}
	c, _ := utf8.DecodeRuneInString(trimmed)
	if !unicode.IsSpace(c) {
		return false
	}
	next, _ := utf8.DecodeRuneInString(strings.TrimLeftFunc(trimmed, unicode.IsSpace))
	if unicode.IsLower(next) {
		return false
	}
	before := s.text[max(0, after-8) : after-1]
	if figure := before[strings.LastIndexByte(before, ' ')+1:]; len(figure) <= 2 && figure != "" && figure[0] >= '0' && figure[0] <= '9' {
		return false // 4. Februar; 3. An item of a list
	}
	word := before[strings.LastIndexFunc(before, func(c rune) bool { return !unicode.IsLetter(c) && c != utf8.RuneError })+1:]
	return utf8.RuneCountInString(word) != 1 && !shortened[strings.ToLower(word)]
}

func (s *scanner) digitAt(i int) bool { return i < len(s.text) && s.text[i] >= '0' && s.text[i] <= '9' }

// run is how many bytes from a place on are of a kind.
func (s *scanner) run(from int, is func(rune) bool) int {
	rest := s.text[from:]
	return len(rest) - len(strings.TrimLeftFunc(rest, is))
}

// word takes a run of letters and digits. Between two letters an apostrophe belongs to it,
// between two digits a point or a comma.
func (s *scanner) word() token {
	var t token
	n, last := 0, rune(0)
	for s.at+n < len(s.text) {
		c, size := rune(s.text[s.at+n]), 1
		if c >= utf8.RuneSelf {
			c, size = utf8.DecodeRuneInString(s.text[s.at+n:])
		}
		if !wordRune(c) || glyph(c) {
			if c == ' ' {
				break
			}
			after, _ := utf8.DecodeRuneInString(s.text[s.at+n+size:])
			if (c < utf8.RuneSelf || !unicode.Is(unicode.Cf, c)) && !joins(last, c, after) {
				break
			}
		}
		t.capital = t.capital || n == 0 && (unicode.IsUpper(c) || unicode.IsTitle(c))
		t.digits = t.digits || unicode.IsDigit(c)
		n, last = n+size, c
	}
	return s.token(n, t)
}

func (s *scanner) token(n int, t token) token {
	t.raw = s.text[s.at : s.at+n]
	s.buf = appendFolded(s.buf[:0], t.raw)
	t.hash = xxhash.Sum64(s.buf)
	s.at += n
	return t
}

func joins(before, mark, after rune) bool {
	switch mark {
	case '\'', '’', 'ʼ':
		return unicode.IsLetter(before) && unicode.IsLetter(after) && !glyph(after)
	case '.', ',', '٫', '٬':
		return unicode.IsDigit(before) && unicode.IsDigit(after)
	}
	return false
}

func wordRune(c rune) bool {
	if c < utf8.RuneSelf {
		return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9'
	}
	return unicode.IsLetter(c) || unicode.IsNumber(c) || unicode.IsMark(c) || c >= 0x3371 && c <= 0x33df // ㎞
}

// glyph reports a letter of a script that puts no space between words.
func glyph(c rune) bool {
	return c >= 0x0E00 && !unicode.IsDigit(c) && (unicode.In(c, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar) || c == 'ー')
}

// appendFolded appends a word as it is compared: small letters, compatible forms as one,
// without the points and accents that writers leave out, and without an English genitive.
func appendFolded(dst []byte, word string) []byte {
	from := len(dst)
	for i := range len(word) {
		c := word[i]
		if c >= utf8.RuneSelf {
			return trimGenitive(appendFoldedRunes(dst[:from], word))
		}
		if c >= 'A' && c <= 'Z' {
			c += 'a' - 'A'
		}
		dst = append(dst, c)
	}
	return trimGenitive(dst)
}

func trimGenitive(b []byte) []byte {
	if n := len(b); n > 3 && b[n-1] == 's' && b[n-2] == '\'' {
		return b[:n-2]
	}
	return b
}

func appendFoldedRunes(dst []byte, word string) []byte {
	for _, c := range norm.NFKC.String(word) {
		switch {
		case c == 0xAD || unicode.Is(unicode.Cf, c):
		case c == '’' || c == 'ʼ':
			dst = append(dst, '\'')
		case c == 'ё' || c == 'Ё':
			dst = utf8.AppendRune(dst, 'е')
		case c == 'ς':
			dst = utf8.AppendRune(dst, 'σ')
		case c == 'ß' || c == 'ẞ':
			dst = append(dst, 's', 's')
		case unicode.In(c, unicode.Latin, unicode.Greek):
			dst = appendBare(dst, unicode.ToLower(c))
		case unicode.In(c, unicode.Arabic, unicode.Hebrew) && unicode.Is(unicode.Mn, c), c == 'ـ': // harakat, points, tatweel
		case c == 'أ' || c == 'إ' || c == 'آ':
			dst = utf8.AppendRune(dst, 'ا')
		case unicode.IsDigit(c):
			dst = appendDigit(dst, c)
		default:
			dst = utf8.AppendRune(dst, dewline.OneHan(unicode.ToLower(c)))
		}
	}
	return dst
}

func appendBare(dst []byte, c rune) []byte {
	for _, d := range norm.NFD.String(string(c)) {
		if !unicode.Is(unicode.Mn, d) {
			dst = utf8.AppendRune(dst, d)
		}
	}
	return dst
}

// appendDigit appends a digit of any script as ASCII has it: in each script they stand
// together, from zero on.
func appendDigit(dst []byte, c rune) []byte {
	zero := c
	for unicode.IsDigit(zero-1) && c-zero < 9 {
		zero--
	}
	return append(dst, byte('0'+c-zero))
}
