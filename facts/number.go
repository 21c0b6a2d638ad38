package facts

import (
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Numbers in figures: digits of any script in groups.
const spaces = "\u00A0\u2009\u202F"

// number takes a number in figures, a date in figures, or a time.
func (r *reader) number() {
	start := r.at
	digits, end := r.figures()
	if m := plainDate.FindString(digits); m != "" && m == digits {
		r.add(token{key: dateKey(plainDate.FindStringSubmatch(m)), kind: date, start: start, end: end})
		r.at, r.money = end, nil
		return
	}
	r.at = end
	key, value := r.valued(digits)
	if key == "" { // a time, a code: as it is written
		if len(digits) > 2 && digits[2] == ':' {
			digits = strings.TrimPrefix(digits, "0")
		}
		r.add(token{key: "#" + digits, kind: number, start: start, end: end, value: -1})
		r.money = nil
		return
	}
	if minus(r.text[:start]) {
		key, value = "-"+key, -value
	}
	r.add(token{key: "#" + key, kind: number, start: start, end: end, value: value})
	r.counted()
}

func percent(c rune) string {
	if c == '‰' {
		return "‰"
	}
	return "%"
}

// figures are the digits from here on, as ASCII, with what stands between them.
func (r *reader) figures() (digits string, end int) {
	var b strings.Builder
	end = r.at
	for i := r.at; i < len(r.text); {
		c, size := utf8.DecodeRuneInString(r.text[i:])
		if unicode.IsDigit(c) {
			b.WriteByte(byte('0' + digitValue(c)))
			i += size
			end = i
			continue
		}
		after, _ := utf8.DecodeRuneInString(r.text[i+size:])
		sep := separator(c)
		if !unicode.IsDigit(after) || sep == 0 || sep == ' ' && !r.groupAhead(c, i+size, b.String()) || sep == '-' && !isoAhead(b.String(), r.text[i+size:]) {
			break
		}
		b.WriteByte(sep)
		i += size
	}
	return b.String(), end
}

// separator is what may stand between the digits of one number, in its plain form.
func separator(c rune) byte {
	switch {
	case c == '.' || c == ',' || c == ':' || c == '-':
		return byte(c)
	case c == '٫' || c == '．':
		return '.'
	case c == '٬' || c == '，':
		return ','
	case c == '\'' || c == '’' || c == ' ' || strings.ContainsRune(spaces, c):
		return ' '
	}
	return 0
}

// groupAhead reports whether a space joins three digits to a number. A plain space
// does where the language writes so.
func (r *reader) groupAhead(space rune, at int, before string) bool {
	if space == ' ' && !spaceGroups[r.language] {
		return false
	}
	if i := strings.LastIndexAny(before, " "); len(before)-i-1 > 3 {
		return false
	}
	n := 0
	for _, c := range r.text[at:] {
		if !unicode.IsDigit(c) {
			break
		}
		n++
	}
	return n == 3
}

var (
	iso       = regexp.MustCompile(`^\d{2}-\d{2}(\D|$)|^\d{2}(\D|$)`)
	plainDate = regexp.MustCompile(`^(\d{4})-(\d{2})-(\d{2})$|^(\d{1,2})\.(\d{1,2})\.(\d{4})$`)
	groups    = regexp.MustCompile(`^\d{1,3}([., ])\d{3}(?:[., ]\d{3})*$`)
)

// isoAhead reports whether a hyphen is that of a date such as 2026-11-24.
func isoAhead(before, rest string) bool {
	return (len(before) == 4 || len(before) == 7 && before[4] == '-') && iso.MatchString(rest)
}

// valued is the value of a number, by the habits of the language.
func (r *reader) valued(s string) (key string, value float64) {
	point := byte('.')
	if commaPoint[r.language] {
		point = ','
	}
	var plain string
	switch seps := strings.Trim(s, "0123456789"); {
	case strings.Contains(s, ":"), strings.Contains(s, "-"):
		return "", 0
	case seps == "":
		plain = s
	default:
		last := s[strings.LastIndexAny(s, "., ")]
		first := s[strings.IndexAny(s, "., ")]
		grouped := groups.MatchString(s) && first == last && strings.Count(s, string(first)) == strings.Count(s, ".")+strings.Count(s, ",")+strings.Count(s, " ")
		switch {
		case grouped && (first != point || strings.Count(s, string(first)) > 1):
			plain = strings.NewReplacer(",", "", ".", "", " ", "").Replace(s)
		case last == ' ' || strings.Count(s, string(last)) > 1:
			return "", 0
		default: // what stands last is the point
			i := strings.LastIndexByte(s, last)
			plain = strings.NewReplacer(",", "", ".", "", " ", "").Replace(s[:i]) + "." + s[i+1:]
		}
	}
	value, err := strconv.ParseFloat(plain, 64)
	if err != nil {
		return "", 0
	}
	return figure(value), value
}

func figure(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }

// minus reports a sign before a number, and not a hyphen or a dash between two.
func minus(before string) bool {
	c, size := utf8.DecodeLastRuneInString(before)
	if c != '-' && c != '−' && c != '–' {
		return false
	}
	d, _ := utf8.DecodeLastRuneInString(before[:len(before)-size])
	return len(before) == size || d == ' ' || d == '('
}

// digitValue is the value of a decimal digit of any script.
func digitValue(c rune) int {
	if c <= '9' {
		return int(c - '0')
	}
	for v := 0; ; v++ { // the digits of a script stand one after another
		if !unicode.IsDigit(c-rune(v)-1) || v == 9 {
			return v
		}
	}
}

// longestMagnitude is how many bytes such a word has at most.
const longestMagnitude = 40

// magnitude multiplies the number that was just taken by the word behind it: 5
// million, 5 млн, 5万.
func (r *reader) magnitude() {
	t := r.last()
	rest := strings.TrimLeft(r.text[r.at:], " "+spaces+"-")
	skipped := len(r.text[r.at:]) - len(rest)
	if c, size := utf8.DecodeRuneInString(rest); skipped == 0 && hanMagnitudes[c] > 0 {
		t.multiply(hanMagnitudes[c], r.at+size)
		r.at += size
		r.magnitude()
		return
	}
	if c, size := utf8.DecodeRuneInString(rest); hangulMagnitudes[c] > 0 {
		r.at += skipped + size
		t.multiply(hangulMagnitudes[c], r.at)
		return
	}
	n := 0
	for _, c := range rest {
		if !unicode.IsLetter(c) && !unicode.IsMark(c) || unspaced(c) || n > longestMagnitude {
			break
		}
		n += utf8.RuneLen(c)
	}
	if by := magnitudes[fold(rest[:n])]; by > 0 {
		r.at += skipped + n
		t.multiply(by, r.at)
		if by < 1000 {
			r.magnitude()
		}
	}
}

func (t *token) multiply(by float64, end int) {
	t.value *= by
	t.key, t.end = "#"+figure(t.value), end
}

// numberWord takes a word that is a number: three, три, twenty-one.
func (r *reader) numberWord(t *token) bool {
	v, ok := numberWords(r.language)[t.key]
	if !ok {
		if l := r.last(); t.key == "cent" && l != nil && l.key == "per" { // per cent
			t.start = l.start
			r.tokens = r.tokens[:len(r.tokens)-1]
			t.key = "percent"
		}
		if percents[t.key] {
			t.key, t.kind, t.dimension = "%", number, true
			r.add(*t)
			return true
		}
		return false
	}
	if l := r.last(); l != nil && l.kind == number && l.value >= 20 && l.value < 100 && int(l.value)%10 == 0 && v < 10 && t.start-l.end == 1 {
		l.value += v
		l.key, l.end = "#"+figure(l.value), t.end
		r.counted()
		return true
	}
	t.key, t.kind, t.value = "#"+figure(v), number, v
	r.add(*t)
	r.counted()
	return true
}

// hanNumber takes a numeral in Han: 三, 二十五, 三千.
func (r *reader) hanNumber() bool {
	if c := "百分之"; strings.HasPrefix(r.text[r.at:], c) {
		r.money = &token{key: "%", kind: number, start: r.at, end: r.at + len(c), dimension: true}
		r.at += len(c)
		return true
	}
	total, part, digit := 0.0, 0.0, -1.0
	end, figures := r.at, 0
	for end < len(r.text) {
		c, size := utf8.DecodeRuneInString(r.text[end:])
		if d, ok := hanDigits[c]; ok {
			if digit >= 0 { // 二〇二六
				digit = 10*digit + d
			} else {
				digit = d
			}
		} else if by := hanMagnitudes[c]; by > 0 {
			switch {
			case by < 10_000:
				part += max(digit, 1) * by
				if digit == 0 {
					part -= by
				}
			case figures == 0:
				return false
			default:
				total += (part + max(digit, 0)) * by
				part = 0
			}
			digit = -1
		} else {
			break
		}
		figures++
		end += size
	}
	if figures == 0 {
		return false
	}
	v := total + part + max(digit, 0)
	r.add(token{key: "#" + figure(v), kind: number, start: r.at, end: end, value: v})
	r.at = end
	r.counted()
	return true
}
