package parser

import "time"

// civil is a day of the calendar that most feeds use.
type civil struct{ year, month, day int }

// real reports whether there is such a day.
func (c civil) real() bool {
	if c.year < 1 || c.year > 9999 || c.month < 1 || c.month > 12 || c.day < 1 || c.day > 31 {
		return false
	}
	return time.Date(c.year, time.Month(c.month), c.day, 0, 0, 0, 0, time.UTC).Day() == c.day
}

// day reads the day that is written from token i on, in whatever form, and says where it ends. A clock
// may stand inside it ("Nov 23 10:00:00 UTC 2026"); it is kept.
func (r *dateReader) day(i int) (int, bool) {
	t := r.at(i)
	if t.digits == 0 && t.word == "" || r.joined(i) {
		return i, false
	}
	for _, form := range [...]func(*dateReader, int) (civil, int, bool){
		(*dateReader).yearFirst, (*dateReader).numeric, (*dateReader).dayFirst, (*dateReader).monthFirst, (*dateReader).compact,
	} {
		r.inner = moment{}
		c, end, ok := form(r, i)
		if !ok {
			continue
		}
		if c = r.calendar(c); c.real() && (r.strict || c.year >= 1900 && c.year < 2200) {
			r.found = c
			return end, true
		}
	}
	return i, false
}

// joined reports whether the number is a part of something longer: 192.168.23.11.2026.
func (r *dateReader) joined(i int) bool {
	t, before := r.at(i), r.at(i-1)
	if t.digits == 0 || t.gap || before.gap {
		return false
	}
	return (before.sign == '.' || before.sign == '/' || before.sign == '-') && r.at(i-2).digits > 0
}

// yearFirst reads 2026-11-23, 2026. 11. 23., 2026年11月23日, 令和8年11月23日, 2026. november 23.
func (r *dateReader) yearFirst(i int) (civil, int, bool) {
	year, j, marked := r.year(i)
	if year < 0 {
		return civil{}, i, false
	}
	sign := r.at(j).sign
	if sign == '-' || sign == '/' || sign == '.' || sign == ',' {
		j++
	}
	if month, next := r.monthName(j); month > 0 {
		next = r.skip(next, '.', '-', '/', ',')
		if day := r.at(next); day.digits == 1 || day.digits == 2 {
			return civil{year, month, day.value}, r.dayMark(next + 1), true
		}
		return civil{}, i, false
	}
	month := r.at(j)
	if month.digits < 1 || month.digits > 2 || sign == 0 && !marked {
		return civil{}, i, false
	}
	j++
	switch next := r.at(j); {
	case next.word == "月" || next.word == "월":
		j++
	case sign == 0 || next.sign != sign:
		return civil{}, i, false
	default:
		j++
	}
	day := r.at(j)
	if day.digits < 1 || day.digits > 2 {
		return civil{}, i, false
	}
	return civil{year, month.value, day.value}, r.dayMark(j + 1), true
}

// year reads a year of four digits, one with its mark, or one of an era; -1 if there is none.
func (r *dateReader) year(i int) (year, next int, marked bool) {
	first, isEra := eras[r.at(i).word]
	if isEra {
		i++
	}
	t := r.at(i)
	if isEra && t.word == "元" {
		t = dateToken{value: 1, digits: 1}
	}
	after := r.at(i + 1).word
	marked = after == "年" || after == "년" || after == "m"
	next = i + 1
	if marked {
		next++
	}
	switch {
	case t.digits == 0:
	case isEra && t.digits <= 3:
		return first + t.value, next, true
	case t.digits == 4:
		return t.value, next, marked
	case t.digits == 3 && after == "年": // as Taiwan counts
		return t.value + eras["民國"], next, true
	case t.digits == 2 && (after == "年" || after == "년"):
		return fullYear(t.value), next, true
	}
	return -1, i, false
}

// dayMark skips what marks a number as a day.
func (r *dateReader) dayMark(i int) int {
	switch t := r.at(i); {
	case t.word == "日" || t.word == "일" || t.word == "号" || t.word == "號" || t.word == "d" && !t.gap:
		return i + 1
	}
	return i
}

// numeric reads 23.11.2026, 23/11/2026, 11/23/2026 and 23 tháng 11 năm 2026.
func (r *dateReader) numeric(i int) (civil, int, bool) {
	a, sep, b, year := r.at(i), r.at(i+1), r.at(i+2), r.at(i+4)
	if a.digits < 1 || a.digits > 2 || b.digits < 1 || b.digits > 2 || year.digits != 4 && year.digits != 2 {
		return civil{}, i, false
	}
	if sep.word == "thang" {
		return civil{r.written(year), b.value, a.value}, i + 5, r.at(i+3).word == "nam" || r.at(i+3).sign != 0
	}
	if sep.sign != '.' && sep.sign != '/' && sep.sign != '-' || r.at(i+3).sign != sep.sign {
		return civil{}, i, false
	}
	if year.digits == 2 && !r.strict && (year.gap || a.digits+b.digits < 4 || r.joined(i+6)) { // the number of a version
		return civil{}, i, false
	}
	day, month, ok := order(a.value, b.value, sep.sign, r.language)
	return civil{r.written(year), month, day}, i + 5, ok
}

// order tells day and month of two numbers apart. With dots the day comes first; otherwise what is
// over 12 is the day, and where both could be the language decides. English does not: its halves
// write differently.
func order(a, b int, sep byte, language string) (day, month int, ok bool) {
	switch {
	case b > 12 && a <= 12:
		return b, a, true
	case a > 12 || a == b || sep == '.':
		return a, b, true
	}
	dayFirst, known := dayComesFirst(language)
	if known && !dayFirst {
		return b, a, true
	}
	return a, b, known
}

// dayFirst reads 23 November 2026, 23. November 2026, 23-Nov-26, 23 de noviembre de 2026.
func (r *dateReader) dayFirst(i int) (civil, int, bool) {
	day := r.at(i)
	if day.digits < 1 || day.digits > 2 {
		return civil{}, i, false
	}
	month, next := r.monthName(r.pastOrdinal(i + 1))
	if month == 0 {
		return civil{}, i, false
	}
	year, end, ok := r.yearBehind(next)
	return civil{year, month, day.value}, end, ok
}

// monthFirst reads November 23, 2026 and Nov 23 10:00:00 2026.
func (r *dateReader) monthFirst(i int) (civil, int, bool) {
	month, next := r.monthName(i)
	if month == 0 {
		return civil{}, i, false
	}
	next = r.skip(next, '.', '-', '/')
	day := r.at(next)
	if day.digits < 1 || day.digits > 2 {
		return civil{}, i, false
	}
	year, end, ok := r.yearBehind(r.pastOrdinal(next + 1))
	return civil{year, month, day.value}, end, ok
}

// pastOrdinal skips what stands between a day and its month: 1st of, 1er, 23. , 23 de, 23-.
func (r *dateReader) pastOrdinal(i int) int {
	for range 3 {
		t := r.at(i)
		if !ordinals[t.word] && t.sign != '.' && t.sign != '-' && t.sign != '/' && t.sign != '\'' {
			break
		}
		i++
	}
	return i
}

// yearBehind reads the year behind day and month. Outside a field that holds nothing but a date, two digits
// are a year only where they look like one: '26, -26, or with a clock behind them.
func (r *dateReader) yearBehind(i int) (year, next int, ok bool) {
	sign := byte(0)
	for range 4 {
		t := r.at(i)
		if !yearLinks[t.word] && t.sign != '.' && t.sign != ',' && t.sign != '-' && t.sign != '/' && t.sign != '\'' {
			break
		}
		sign = t.sign
		i++
	}
	if m, end, ok := r.clock(i); ok { // Nov 23 10:00:00 UTC 2026
		if end = r.zone(end, &m); r.at(end).digits == 4 {
			r.inner, i = m, end
		}
	}
	t := r.at(i)
	switch {
	case t.digits == 4:
		return t.value, i + 1, true
	case t.digits != 2:
		return 0, i, false
	case !r.strict && sign != '\'' && sign != '-':
		if _, _, ok := r.clock(i + 1); !ok {
			return 0, i, false
		}
	}
	if _, _, clock := r.clock(i); clock { // 23 Nov 10:15
		return 0, i, false
	}
	return fullYear(t.value), i + 1, true
}

// compact reads 20261123, 202611231000, 20261123100000 and 20261123T100000.
func (r *dateReader) compact(i int) (civil, int, bool) {
	t := r.at(i)
	if t.digits != 8 && t.digits != 12 && t.digits != 14 {
		return civil{}, i, false
	}
	v, clock := t.value, 0
	switch t.digits {
	case 14:
		v, clock = v/1e6, v%1e6
	case 12:
		v, clock = v/1e4, v%1e4*100
	}
	next := i + 1
	if t.digits > 8 {
		r.inner = moment{hour: clock / 1e4, minute: clock / 100 % 100, second: clock % 100, known: true}
		if !r.inner.real() {
			return civil{}, i, false
		}
	}
	return civil{v / 1e4, v / 100 % 100, v % 100}, next, true
}

// written is a year as it was written, of four or two digits.
func (r *dateReader) written(t dateToken) int {
	if t.digits == 2 {
		return fullYear(t.value)
	}
	return t.value
}

// fullYear is the year that two digits mean.
func fullYear(v int) int {
	if v < 70 {
		return 2000 + v
	}
	return 1900 + v
}

// monthName reads the name of a month, which may be two words (تشرين الثاني) or given in two ways
// (نوفمبر/تشرين الثاني); 0 if there is none.
func (r *dateReader) monthName(i int) (month, next int) {
	month, next = r.oneMonth(i)
	if month == 0 {
		return 0, i
	}
	if s := r.at(next).sign; s == '/' || s == '(' || s == '-' {
		if again, end := r.oneMonth(next + 1); again == month {
			next = r.skip(end, ')')
		}
	}
	return month, next
}

func (r *dateReader) oneMonth(i int) (month, next int) {
	w := r.at(i).word
	if w == "" {
		return 0, i
	}
	if m := months[w+" "+r.at(i+1).word]; m > 0 {
		return m, i + 2
	}
	if m := months[w]; m > 0 {
		return m, i + 1
	}
	return 0, i
}
