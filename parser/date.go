package parser

import (
	"slices"
	"strings"
	"time"
)

// maxDateLen is the length over which a text is no date.
const maxDateLen = 120

// date reads a field that holds a date, as people and programs write it: RFC 822 with whatever zone,
// ISO 8601 in its forms, asctime, month names of many languages, East Asian forms. A date that can be
// read in two ways (03/04/2026) is not read. No zone is UTC. The year is within 1..9999.
func date(s string) (time.Time, bool) { return dateIn(s, "") }

// dateIn is date for a text in a language: that decides whether 03/04/2026 begins with the day.
func dateIn(s, language string) (time.Time, bool) {
	s = strings.TrimSpace(s)
	if s == "" || len(s) > maxDateLen {
		return time.Time{}, false
	}
	if t, ok := common(s); ok {
		return t, true
	}
	r := dateReader{tokens: dateTokens(s), language: language, strict: true}
	if !r.read() && !r.vague() || r.numbersOutside() {
		return time.Time{}, false
	}
	return r.time()
}

// maxDateText is how much of a text is looked through for a date.
const maxDateText = 4 << 10

// findDate finds the first date in a text, as lists of web pages and the source lines of articles hold
// them: "发布时间：2026-11-23 10:00 来源：国防部网", "23. November 2026 | Berlin", "(issued March 29, 2017)".
// hasTime says whether a time of day was given with it; a time without its zone is taken for UTC. The
// language (BCP 47, or empty) decides whether 03/04/2026 begins with the day; without one such a date
// is not read. A date must have day, month and year: what "yesterday" or "23 November" is depends on
// the reader's calendar.
func findDate(text, language string) (t time.Time, hasTime, ok bool) {
	r := dateReader{tokens: dateTokens(text[:min(len(text), maxDateText)]), language: language}
	if !r.read() {
		return time.Time{}, false, false
	}
	t, ok = r.time()
	return t, ok && r.clockAt.known, ok
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

// inRange reports whether the year can be written. The first moment of all is the absence of a date, also
// in the programs that write it.
func inRange(t time.Time) bool {
	y := t.UTC().Year()
	return !t.IsZero() && y >= 1 && y <= 9999 && t.Year() >= 1 && t.Year() <= 9999
}

// dateReader looks for a date in the tokens of a text.
type dateReader struct {
	tokens   []dateToken
	language string
	strict   bool // the text is a field for a date, and nothing else

	found    civil
	clockAt  moment
	from, to int    // the tokens that the date, with its time of day, was read from
	behind   int    // the token behind the day
	inner    moment // a time of day that stands inside the day's form
}

// at is the token at i; the zero one outside the text.
func (r *dateReader) at(i int) dateToken {
	if i < 0 || i >= len(r.tokens) {
		return dateToken{}
	}
	return r.tokens[i]
}

// skip passes the signs that stand at i.
func (r *dateReader) skip(i int, signs ...byte) int {
	for slices.Contains(signs, r.at(i).sign) {
		i++
	}
	return i
}

// read finds the first day, and the time of day that belongs to it.
func (r *dateReader) read() bool {
	r.behind = -1
	before, beforeFrom, beforeTo := moment{}, 0, -1 // the last time of day before the day
	for i := range r.tokens {
		if end, ok := r.day(i); ok {
			r.from, r.to, r.behind = i, end, end
			switch {
			case r.inner.known:
				r.clockAt = r.inner
				r.to = r.zone(end, &r.clockAt)
			case r.clockBehind():
			case before.known && i-beforeTo <= maxBetween:
				r.clockAt, r.from = before, beforeFrom
			}
			return true
		}
		if r.at(i).digits == 0 || i < beforeTo {
			continue
		}
		if m, end, ok := r.clock(i); ok {
			before, beforeFrom = m, i
			beforeTo = r.zone(end, &before)
		}
	}
	return false
}

// maxBetween is how many words and signs may stand between a day and its time.
const maxBetween = 6

// clockBehind reads the time of day behind the day. Another number than that of an hour ends the search.
func (r *dateReader) clockBehind() bool {
	for i := r.to; i <= r.to+maxBetween; i++ {
		m, next, ok := r.clock(i)
		if !ok && i <= r.to+1 {
			m, next, ok = r.digitsOnly(i)
		}
		if ok {
			m.exact = m.exact || r.at(i-1).word == "t"
			r.to = r.zone(next, &m)
			r.clockAt = m
			return true
		}
		if r.at(i).digits > 0 {
			return false
		}
	}
	return false
}

// digitsOnly reads T100000, T1000, and 1000 GMT or 1000 hrs as armies write it.
func (r *dateReader) digitsOnly(i int) (moment, int, bool) {
	t := r.at(i)
	military := t.digits == 4 && (r.at(i+1).word == "hrs" || r.at(i+1).word == "hours" || r.at(i+1).upper && r.zone(i+1, &moment{}) > i+1)
	if !military && r.at(i-1).word != "t" {
		return moment{}, i, false
	}
	v := t.value
	switch t.digits {
	case 6:
	case 4:
		v *= 100
	default:
		return moment{}, i, false
	}
	m := moment{hour: v / 1e4, minute: v / 100 % 100, second: v % 100, known: true}
	next := i + 1
	if f := r.at(i + 2); t.digits == 6 && r.at(i+1).sign == '.' && f.digits > 0 {
		m.nano, next = nanos(f), i+3
	}
	return m, next, m.real()
}

// vague reads what is a date only in a field for dates: a year, a month, the forms of ISO 8601 by weeks
// and by days of the year.
func (r *dateReader) vague() bool {
	year, sep := r.at(0), r.at(1)
	if m, next := r.monthName(0); m > 0 { // November 2026
		next = r.skip(next, '.', ',')
		if year = r.at(next); year.digits == 4 {
			return r.settle(civil{year.value, m, 1}, next+1)
		}
		return false
	}
	if year.digits == 7 {
		return r.settle(ofYear(year.value/1000, year.value%1000), 1)
	}
	y, next, _ := r.year(0)
	if y < 0 {
		return false
	}
	if sep.sign == '-' {
		next++
	}
	switch t := r.at(next); {
	case t.word == "w":
		return r.week(y, next+1)
	case sep.sign == '-' && t.digits == 3:
		return r.settle(ofYear(y, t.value), next+1)
	case t.digits > 0 && t.digits <= 2:
		return r.settle(civil{y, t.value, 1}, next+1)
	}
	return r.settle(civil{y, 1, 1}, next)
}

// numbersOutside reports whether there is a number that the date was not read from.
func (r *dateReader) numbersOutside() bool {
	for i, t := range r.tokens {
		if t.digits > 0 && (i < r.from || i >= r.to) {
			return true
		}
	}
	return false
}

// time puts day and time of day together.
func (r *dateReader) time() (time.Time, bool) {
	c, m, zone := r.found, r.clockAt, time.UTC
	if m.offset != 0 {
		zone = time.FixedZone("", m.offset)
	}
	t := time.Date(c.year, time.Month(c.month), c.day, m.hour, m.minute, m.second, m.nano, zone)
	if !inRange(t) {
		return time.Time{}, false
	}
	return t, true
}
