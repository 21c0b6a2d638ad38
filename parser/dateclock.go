package parser

// moment is a time of day, and where it is that.
type moment struct {
	hour, minute, second, nano int
	offset                     int // seconds east of UTC
	known                      bool
	exact                      bool // seconds were given, or a "T" before it
}

// real reports whether a clock can show it; midnight may end a day.
func (m moment) real() bool {
	return m.hour <= 24 && m.minute <= 59 && m.second <= 60 && (m.hour < 24 || m.minute+m.second == 0)
}

// clock reads a time of day: 10:15, 10:15:00.5, 3:05 pm, 3 p.m., 下午3:05, 오후 3시 5분, 10h15, 10.15 Uhr.
func (r *dateReader) clock(i int) (moment, int, bool) {
	start := i
	half, i := r.half(i)
	h := r.at(i)
	if h.digits < 1 || h.digits > 2 {
		return moment{}, start, false
	}
	m := moment{hour: h.value, known: true}
	next, ok := r.minutes(i, &m)
	if after, end := r.half(next); half == 0 && after != 0 && r.says(after) {
		half, next = after, end
		ok = ok || h.value >= 1 && h.value <= 12
	}
	if !ok || !m.real() {
		return moment{}, start, false
	}
	m.hour = inHalf(m.hour, half)
	return m, next, true
}

// says reports whether the half is one: in German "am 23." is none.
func (r *dateReader) says(half int) bool {
	return half != beforeNoon || primary(r.language) != "de"
}

// minutes reads what stands behind the hour at i.
func (r *dateReader) minutes(i int, m *moment) (int, bool) {
	mark, min := r.at(i+1), r.at(i+2)
	switch {
	case mark.sign == ':' && (min.digits == 2 || min.digits == 1 && r.strict):
		m.minute = min.value
		return r.seconds(i+3, m), true
	case hourMarks[mark.word] && min.digits > 0 && min.digits <= 2:
		m.minute = min.value
		return r.minuteMark(i+3, m), true
	case hourMarks[mark.word] && (mark.word != "h" || !mark.gap):
		if r.at(i+2).word == "半" || r.at(i+2).word == "반" {
			m.minute = 30
			return i + 3, true
		}
		return i + 2, true
	case mark.sign == '.' && !mark.gap && !min.gap && min.digits == 2 && r.dotted(i):
		m.minute = min.value
		return i + 3, true
	}
	return i + 1, false
}

// dotted reports whether 10.15 at i is a time of day: "10.15 Uhr", "kl. 10.15", or right behind the day.
func (r *dateReader) dotted(i int) bool {
	after := r.at(i + 3)
	if after.sign == '.' && r.at(i+4).digits > 0 || after.digits > 0 {
		return false
	}
	before := r.at(i - 1)
	return after.word == "uhr" || clockWords[before.word] || clockWords[r.at(i-2).word] && before.sign == '.' || i == r.behind
}

// seconds reads :ss and its fraction.
func (r *dateReader) seconds(i int, m *moment) int {
	if sec := r.at(i + 1); r.at(i).sign != ':' || sec.digits < 1 || sec.digits > 2 {
		return i
	}
	m.second, m.exact = r.at(i+1).value, true
	i += 2
	if f := r.at(i + 1); (r.at(i).sign == '.' || r.at(i).sign == ',') && f.digits > 0 && !f.gap && !r.at(i).gap {
		m.nano = nanos(f)
		i += 2
	}
	return i
}

// nanos is the fraction that a number is behind a point.
func nanos(f dateToken) int {
	v, digits := f.value, min(f.digits, maxTokenDigits)
	for ; digits > 9; digits-- {
		v /= 10
	}
	for ; digits < 9; digits++ {
		v *= 10
	}
	return v
}

// minuteMark skips the mark of the minutes, and reads seconds with theirs.
func (r *dateReader) minuteMark(i int, m *moment) int {
	switch r.at(i).word {
	case "分", "분":
	case "m", "min", "мин":
		return i + 1
	default:
		return i
	}
	if s := r.at(i + 1); s.digits > 0 && s.digits <= 2 && (r.at(i+2).word == "秒" || r.at(i+2).word == "초") {
		m.second, m.exact = s.value, true
		return i + 3
	}
	return i + 1
}

// The halves of a day. At noon a Chinese day has a third one.
const (
	beforeNoon = 1 + iota
	afterNoon
	atNoon
)

// half reads which half of the day is meant; 0 if nothing says so.
func (r *dateReader) half(i int) (half, next int) {
	t := r.at(i)
	if h := halves[t.word]; h > 0 {
		return h, r.skip(i+1, '.')
	}
	if t.word != "a" && t.word != "p" { // "a. m."
		return 0, i
	}
	next = r.skip(i+1, '.')
	if r.at(next).word != "m" {
		return 0, i
	}
	if t.word == "a" {
		return beforeNoon, r.skip(next+1, '.')
	}
	return afterNoon, r.skip(next+1, '.')
}

// inHalf is the hour of the day of an hour in its half.
func inHalf(hour, half int) int {
	switch {
	case half == afterNoon && hour < 12, half == atNoon && hour < 3:
		return hour + 12
	case half == beforeNoon && hour == 12:
		return 0
	}
	return hour
}

// zone reads the zone behind a time of day: +0300, +03:00, MSK, (GMT+3).
func (r *dateReader) zone(i int, m *moment) int {
	j := i
	for range 2 {
		if t := r.at(j); t.sign == '(' || t.sign == '.' || t.word == "uhr" || t.word == "hrs" || t.word == "hours" || t.word == "час" {
			j++
		}
	}
	t := r.at(j)
	offset, named := zones[t.word]
	named = named && (t.upper || r.strict)
	if named {
		m.offset = offset
		j = j + 1
	}
	if end, ok := r.offset(j, m, named); ok {
		return r.skip(end, ')')
	}
	if named {
		return r.skip(j, ')')
	}
	return i
}

// offset reads +0300, +03:00, +03, -3. In running text 10:00-11:00 is a time and another.
func (r *dateReader) offset(i int, m *moment, named bool) (int, bool) {
	sign, n := r.at(i), r.at(i+1)
	if sign.sign != '+' && sign.sign != '-' || n.digits == 0 || n.digits > 4 || n.gap && !r.strict {
		return i, false
	}
	if !r.strict && !named && sign.sign == '-' && !sign.gap && !m.exact {
		return i, false
	}
	next, hours, minutes := i+2, n.value, 0
	if n.digits >= 3 {
		hours, minutes = n.value/100, n.value%100
	} else if r.at(next).sign == ':' && (r.at(next+1).digits == 2 || r.at(next+1).digits == 1 && r.strict) {
		minutes = r.at(next + 1).value
		next += 2
	}
	if hours > 15 || minutes > 59 {
		return i, false
	}
	m.offset = hours*3600 + minutes*60
	if sign.sign == '-' {
		m.offset = -m.offset
	}
	return next, true
}
