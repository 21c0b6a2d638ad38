package parser

import "time"

// week reads W48, W48-1 and W481 of ISO 8601; the number of the week is at i.
func (r *dateReader) week(year, i int) bool {
	t := r.at(i)
	week, weekday := t.value, 1
	i++
	switch {
	case t.digits == 3:
		week, weekday = t.value/10, t.value%10
	case t.digits != 2:
		return false
	case r.at(i).sign == '-' && r.at(i+1).digits == 1:
		weekday = r.at(i + 1).value
		i += 2
	}
	if week < 1 || week > 53 || weekday < 1 || weekday > 7 || year < 1 || year > 9999 {
		return false
	}
	first := time.Date(year, 1, 4, 0, 0, 0, 0, time.UTC) // always in the first week
	monday := first.AddDate(0, 0, -(int(first.Weekday())+6)%7)
	at := monday.AddDate(0, 0, (week-1)*7+weekday-1)
	return r.settle(civil{at.Year(), int(at.Month()), at.Day()}, i)
}

// ofYear is a day by its number in the year; none if the year has not so many.
func ofYear(year, day int) civil {
	at := time.Date(year, 1, day, 0, 0, 0, 0, time.UTC)
	if at.Year() != year {
		return civil{}
	}
	return civil{at.Year(), int(at.Month()), at.Day()}
}

// settle takes a day for what was looked for, with the time of day behind it.
func (r *dateReader) settle(c civil, end int) bool {
	r.found, r.from, r.to, r.behind = r.calendar(c), 0, end, end
	r.clockBehind()
	return r.found.real()
}
