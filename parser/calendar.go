package parser

import "time"

// eras are the years before the first one of an era, by its name.
var eras = map[string]int{"令和": 2018, "平成": 1988, "昭和": 1925, "民國": 1911, "民国": 1911}

// The months of other calendars are kept behind the twelve.
const (
	persianMonth = 100 // Farvardin is 101
	thaiMonth    = 200 // January is 201
)

// calendar makes a day of the common calendar of one that was written in Iran's or Thailand's. It is
// told by the names of its months, or by the language and a year that would not be of our time.
func (r *dateReader) calendar(c civil) civil {
	language := primary(r.language)
	switch {
	case c.month > thaiMonth:
		c.month -= thaiMonth
		if c.year > buddhistYears {
			c.year -= 543
		}
	case language == "th" && c.year > buddhistYears && c.year < buddhistYears+300:
		c.year -= 543
	case c.month > persianMonth:
		return fromPersian(c.year, c.month-persianMonth, c.day)
	case language == "fa" && c.year > 1300 && c.year < 1500:
		return fromPersian(c.year, c.month, c.day)
	}
	return c
}

// buddhistYears are those over which a Thai year counts from the Buddha's death.
const buddhistYears = 2400

// fromPersian converts a day of the Iranian solar calendar. A day that this calendar does not have is
// none.
func fromPersian(year, month, day int) civil {
	if year < 1200 || year > 1600 || month > 12 || day < 1 || day > persianDays(year, month) {
		return civil{}
	}
	days := (month-1)*31 + day - 1 - max(0, month-7)
	at := persianNewYear(year).AddDate(0, 0, days)
	return civil{at.Year(), int(at.Month()), at.Day()}
}

func persianDays(year, month int) int {
	switch {
	case month < 7:
		return 31
	case month < 12 || persianLeap(year):
		return 30
	}
	return 29
}

// persianLeap holds for the years 1178 to 1633, as the equinoxes fall.
func persianLeap(year int) bool { return (25*year+11)%33 < 8 }

// persianNewYear is the day on which the year begins, counted from that of 1400.
func persianNewYear(year int) time.Time {
	days := 0
	for y := min(year, 1400); y < max(year, 1400); y++ {
		days += 365
		if persianLeap(y) {
			days++
		}
	}
	if year < 1400 {
		days = -days
	}
	return time.Date(2021, 3, 21+days, 0, 0, 0, 0, time.UTC)
}
