package parser

import (
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// maxDateLen is the length over which a text is no date.
const maxDateLen = 120

// date reads a date as people and programs write it: RFC 822 with whatever zone, ISO 8601
// in its forms, asctime, month names of many languages, East Asian forms. A date that can be
// read in two ways (03/04/2026) is not read. No zone is UTC. The year is within 1..9999.
func date(s string) (time.Time, bool) {
	s = strings.TrimSpace(s)
	if s == "" || len(s) > maxDateLen {
		return time.Time{}, false
	}
	if t, ok := common(s); ok {
		return t, true
	}
	var d dateParts
	d.read(strings.ToLower(fullWidth.Replace(s)))
	return d.time()
}

// common tries the two forms that most feeds use.
func common(s string) (time.Time, bool) {
	layout := time.RFC3339
	if s[0] > '9' {
		layout = time.RFC1123Z
	}
	t, err := time.Parse(layout, s)
	if err != nil || !inRange(t) {
		return time.Time{}, false
	}
	return t, true
}

func inRange(t time.Time) bool {
	y := t.UTC().Year()
	return y >= 1 && y <= 9999 && t.Year() >= 1 && t.Year() <= 9999
}

var fullWidth = strings.NewReplacer(
	"年 ", "-", "月 ", "-", "년 ", "-", "월 ", "-",
	"年", "-", "月", "-", "日", " ", "時", ":", "时", ":", "分", ":", "秒", " ", "号", " ",
	"년", "-", "월", "-", "일", " ", "시", ":", "분", ":", "초", " ",
	"上午", " am ", "下午", " pm ", "午前", " am ", "午後", " pm ", "오전", " am ", "오후", " pm ",
	"：", ":", "，", ",", "\u00a0", " ", "\u200e", "", "\u200f", "", "−", "-", "–", "-",
	"٠", "0", "١", "1", "٢", "2", "٣", "3", "٤", "4", "٥", "5", "٦", "6", "٧", "7", "٨", "8", "٩", "9",
)

// dateParts is what was found of a date.
type dateParts struct {
	year, month, day   int
	hour, minute, sec  int
	nano               int
	offset             int // seconds east of UTC
	pm, am, bad, clock bool
	named              bool  // the month was a word
	loose              []int // numbers without a role yet, in order
}

// read goes through the text, one number, word or sign at a time.
func (d *dateParts) read(s string) {
	for s != "" && !d.bad {
		c := s[0]
		switch {
		case c >= '0' && c <= '9':
			s = d.number(s)
		case (c == '+' || c == '-') && d.clock && len(s) > 1 && digit(s[1]):
			s = d.zoneOffset(s)
		default:
			r, n := utf8.DecodeRuneInString(s)
			if unicode.IsLetter(r) || unicode.IsMark(r) {
				s = d.word(s)
			} else {
				s = s[n:]
			}
		}
	}
}

// number reads what begins with a digit: a clock, an ISO or numeric date, a number.
func (d *dateParts) number(s string) string {
	n := leading(s)
	v, rest := atoi(s[:n]), s[n:]
	switch {
	case !d.clock && n <= 2 && len(rest) > 1 && (rest[0] == ':' || rest[0] == 'h') && digit(rest[1]):
		return d.readClock(v, rest[1:])
	case n == 4 && len(rest) > 1 && separator(rest[0]) && digit(rest[1]) && d.year == 0:
		return d.yearFirst(v, rest)
	case n <= 2 && len(rest) > 1 && separator(rest[0]) && digit(rest[1]) && d.month == 0 && d.day == 0:
		return d.dayOrMonthFirst(v, rest)
	case (n == 8 || n == 14) && d.year == 0:
		d.year, d.month, d.day = v/1e4, v/100%100, v%100
		if n == 14 {
			d.year, d.month, d.day = v/1e10, v/1e8%100, v/1e6%100
			d.hour, d.minute, d.sec, d.clock = v/1e4%100, v/100%100, v%100, true
		}
		if len(rest) > 6 && rest[0] == 't' && leading(rest[1:]) == 6 {
			w := atoi(rest[1:7])
			d.hour, d.minute, d.sec, d.clock = w/1e4, w/100%100, w%100, true
			return d.fraction(rest[7:])
		}
		return rest
	case n > 4:
		d.bad = true
		return rest
	}
	d.loose = append(d.loose, v)
	if n == 4 {
		d.loose[len(d.loose)-1] += 100_000 // marks a year
	}
	return rest
}

// readClock reads the rest of hh:mm[:ss[.fff]].
func (d *dateParts) readClock(hour int, s string) string {
	d.clock, d.hour = true, hour
	n := leading(s)
	d.minute, s = atoi(s[:n]), s[n:]
	if len(s) > 1 && s[0] == ':' && digit(s[1]) {
		n = leading(s[1:])
		d.sec, s = atoi(s[1:1+n]), s[1+n:]
		s = d.fraction(s)
	}
	return strings.TrimPrefix(s, ":")
}

// fraction reads the fraction of a second.
func (d *dateParts) fraction(s string) string {
	if len(s) < 2 || s[0] != '.' && s[0] != ',' || !digit(s[1]) {
		return s
	}
	n := leading(s[1:])
	digits := s[1 : 1+min(n, 9)]
	d.nano = atoi(digits)
	for range 9 - len(digits) {
		d.nano *= 10
	}
	return s[1+n:]
}

// yearFirst reads the rest of 2026-11-23, 2026/11/23, 2026.11.23 and 2026-11.
func (d *dateParts) yearFirst(year int, s string) string {
	sep := s[0]
	n := leading(s[1:])
	d.year, d.month = year, atoi(s[1:1+n])
	s = s[1+n:]
	d.bad = n > 2 || d.month < 1
	if s = strings.TrimPrefix(s, " "); len(s) > 0 && s[0] == ' ' {
		s = s[1:]
	}
	if len(s) > 0 && s[0] == sep {
		s = strings.TrimLeft(s[1:], " ")
		n = leading(s)
		if n == 0 {
			return s
		}
		d.day, s = atoi(s[:n]), s[n:]
		d.bad = d.bad || n > 2 || d.day < 1
	}
	return strings.TrimPrefix(s, "t")
}

// dayOrMonthFirst reads the rest of 23.11.2026, 23/11/2026 and 11/23/2026. With dots the day
// comes first; otherwise it must be plain which is the day.
func (d *dateParts) dayOrMonthFirst(first int, s string) string {
	sep := s[0]
	n := leading(s[1:])
	second := atoi(s[1 : 1+n])
	s = s[1+n:]
	if len(s) < 2 || s[0] != sep || !digit(s[1]) || n > 2 {
		d.bad = true
		return s
	}
	n = leading(s[1:])
	d.year = fullYear(atoi(s[1:1+n]), n)
	switch {
	case sep == '.' || first > 12 || first == second:
		d.day, d.month = first, second
	case second > 12:
		d.day, d.month = second, first
	default:
		d.bad = true
	}
	d.bad = d.bad || n != 2 && n != 4 || d.day < 1 || d.month < 1
	return s[1+n:]
}

// word reads a month, a zone, a half of the day. Other words (weekdays) say nothing.
func (d *dateParts) word(s string) string {
	n := 0
	for n < len(s) {
		r, size := utf8.DecodeRuneInString(s[n:])
		if !unicode.IsLetter(r) && !unicode.IsMark(r) {
			break
		}
		n += size
	}
	w, rest := s[:n], s[n:]
	switch w {
	case "am", "a":
		d.am = d.clock || w == "am"
		return rest
	case "pm", "p":
		d.pm = d.clock || w == "pm"
		return rest
	}
	if offset, ok := zones[w]; ok && d.clock {
		d.offset = offset
		if len(rest) > 1 && (rest[0] == '+' || rest[0] == '-') && digit(rest[1]) {
			return d.zoneOffset(rest)
		}
		return rest
	}
	// The last name counts: "mar. 4 nov." begins with a Tuesday.
	if m := month(w); m > 0 && (d.month == 0 || d.named) {
		d.month, d.named = m, true
	}
	return rest
}

// zoneOffset reads +0300, +03:00, +03, -3.
func (d *dateParts) zoneOffset(s string) string {
	sign := 1
	if s[0] == '-' {
		sign = -1
	}
	n := leading(s[1:])
	v, rest := atoi(s[1:1+n]), s[1+n:]
	hours, minutes := v, 0
	if n >= 3 {
		hours, minutes = v/100, v%100
	} else if len(rest) > 2 && rest[0] == ':' && digit(rest[1]) {
		m := leading(rest[1:])
		minutes, rest = atoi(rest[1:1+m]), rest[1+m:]
	}
	if n > 4 || hours > 15 || minutes > 59 {
		d.bad = true
		return rest
	}
	d.offset = sign * (hours*3600 + minutes*60)
	return rest
}

// time puts the parts together.
func (d *dateParts) time() (time.Time, bool) {
	d.assign()
	if d.pm && d.hour < 12 {
		d.hour += 12
	} else if d.am && d.hour == 12 {
		d.hour = 0
	}
	ok := !d.bad && d.year >= 1 && d.year <= 9999 && d.month <= 12 && d.day <= 31 &&
		d.hour <= 24 && d.minute <= 59 && d.sec <= 60 && (d.hour < 24 || d.minute+d.sec == 0)
	if !ok {
		return time.Time{}, false
	}
	zone := time.UTC
	if d.offset != 0 {
		zone = time.FixedZone("", d.offset)
	}
	m, day := max(d.month, 1), max(d.day, 1)
	t := time.Date(d.year, time.Month(m), day, d.hour, d.minute, d.sec, d.nano, zone)
	real := time.Date(d.year, time.Month(m), day, 0, 0, 0, 0, zone).Day() == day
	if !real || !inRange(t) {
		return time.Time{}, false
	}
	return t, true
}

// assign gives the numbers without a role theirs: day and year where the month is a word, a year
// alone.
func (d *dateParts) assign() {
	for _, v := range d.loose {
		switch {
		case v >= 100_000 && d.year == 0:
			d.year = v - 100_000
		case v < 100_000 && d.day == 0 && v >= 1 && v <= 31:
			d.day = v
		case v < 100 && d.year == 0 && d.month > 0:
			d.year = fullYear(v, 2)
		case v >= 100_000 || v > 31:
			d.bad = true
		}
	}
	if d.year == 0 || d.month == 0 && (d.day != 0 || len(d.loose) != 1 || d.clock) {
		d.bad = true // no date, or a day of no month
	}
}

func fullYear(v, digits int) int {
	switch {
	case digits > 2:
		return v
	case v < 70:
		return 2000 + v
	}
	return 1900 + v
}

func separator(c byte) bool { return c == '-' || c == '/' || c == '.' }

func digit(c byte) bool { return '0' <= c && c <= '9' }

// leading is the number of digits that s begins with.
func leading(s string) int {
	n := 0
	for n < len(s) && digit(s[n]) {
		n++
	}
	return n
}

// atoi reads digits; too many of them are no date's.
func atoi(digits string) int {
	v, err := strconv.Atoi(digits)
	if err != nil {
		return 1 << 40
	}
	return v
}
