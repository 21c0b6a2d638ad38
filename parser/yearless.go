package parser

import "time"

// maxYearless is the length over which a text is more than a day, a weekday and a time.
const maxYearless = 40

// yearless reads a day without its year, as lists write those of lately: 23 Nov, 23 ноября, 11月23日, 11-23. It is the
// latest such day that is not in the future of near. The text must hold the day, and perhaps a weekday and a time of
// day; what could as well be something else (10.15, 3-4, 05/06 in a language that writes both) is none.
func yearless(s, language string, near time.Time) (t time.Time, hasTime, ok bool) {
	if near.IsZero() || len(s) > maxYearless {
		return time.Time{}, false, false
	}
	r := dateReader{tokens: dateTokens(s), language: language, strict: true}
	for i := range r.tokens {
		month, day, end, numeric := r.monthAndDay(i)
		if month == 0 {
			continue
		}
		r.from, r.to, r.behind = i, end, end
		if r.clockBehind(); r.numbersOutside() || r.wordsOutside() > maxBeside(numeric) {
			return time.Time{}, false, false
		}
		return r.lately(month, day, near)
	}
	return time.Time{}, false, false
}

// lately is the latest day of this name that is not in the future of near.
func (r *dateReader) lately(month, day int, near time.Time) (t time.Time, hasTime, ok bool) {
	const leap = 8 // years, at most, from one 29 February to the next
	for back := range leap + 2 {
		r.found = civil{near.UTC().Year() + 1 - back, month, day}
		if !r.found.real() {
			continue
		}
		if t, ok = r.time(); ok && t.Sub(near) <= aheadOf {
			return t, r.clockAt.known, true
		}
	}
	return time.Time{}, false, false
}

// maxBeside is how many words may stand beside the day. A weekday is up to three in Chinese; beside bare
// numbers a word says that they are something else.
func maxBeside(numeric bool) int {
	if numeric {
		return 0
	}
	return 3
}

// wordsOutside counts the words that the date was not read from.
func (r *dateReader) wordsOutside() (n int) {
	for i, t := range r.tokens {
		if t.word != "" && (i < r.from || i >= r.to) {
			n++
		}
	}
	return n
}

// monthAndDay reads a month and a day from token i on; month is 0 if there is none.
func (r *dateReader) monthAndDay(i int) (month, day, end int, numeric bool) {
	t := r.at(i)
	if m, next := r.monthName(i); m > 0 && m <= 12 { // Nov 23
		next = r.skip(next, '.', '-')
		if d := r.at(next); d.digits == 1 || d.digits == 2 {
			return m, d.value, r.pastSuffix(next + 1), false
		}
	}
	if t.digits != 1 && t.digits != 2 {
		return 0, 0, i, false
	}
	if m, next := r.monthName(r.pastOrdinal(i + 1)); m > 0 && m <= 12 { // 23 November
		return m, t.value, r.skip(next, '.'), false
	}
	sep, second := r.at(i+1), r.at(i+2)
	if second.digits != 1 && second.digits != 2 {
		return 0, 0, i, false
	}
	if sep.word == "月" || sep.word == "월" {
		if end := r.dayMark(i + 3); end > i+3 {
			return t.value, second.value, end, false
		}
		return 0, 0, i, false
	}
	if t.digits == 2 && second.digits == 2 {
		month, day = r.byPlace(t.value, second.value, sep.sign)
	}
	return month, day, i + 3, true
}

// pastSuffix skips what stands behind the number of a day: 23rd, 23.
func (r *dateReader) pastSuffix(i int) int {
	if ordinals[r.at(i).word] && !r.at(i).gap {
		i++
	}
	return r.skip(i, '.')
}

// byPlace tells month and day of two numbers apart; with a dot they are as often a time of day, and are not read.
func (r *dateReader) byPlace(a, b int, sep byte) (month, day int) {
	if sep != '-' && sep != '/' {
		return 0, 0
	}
	switch primary(r.language) {
	case "zh", "ja", "ko": // who write the year first leave out the first
		return a, b
	}
	if day, month, ok := order(a, b, sep, r.language); ok {
		return month, day
	}
	return 0, 0
}
