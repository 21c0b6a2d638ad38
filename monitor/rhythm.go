package monitor

import (
	"math"
	"slices"
	"time"

	"dewline"
)

const (
	// halfLife is after what time the sums of a rhythm are halved: a source that changes its hours is
	// known by its new ones within a month or two.
	halfLife = 21 * 24 * time.Hour
	// itemsCounted bounds what one poll adds, so that an archive which is put into a feed is no rhythm.
	itemsCounted = 50
	// longestStep is the most time that one poll adds: what was between two polls that are further apart was
	// not watched, and a clock that was set forward adds no year.
	longestStep = 7 * 24 * time.Hour
)

// learn is the rhythm after a poll that was answered well, and brought as many items. Only what was first
// seen counts; where an item gives a date that lies between this poll and the one before it, it narrows down
// when the item appeared, and else it counts evenly for the time between the two.
func learn(r dewline.Rhythm, at time.Time, items int, dates []time.Time) dewline.Rhythm {
	at = at.UTC().Truncate(time.Second)
	if r.IsZero() {
		r.Until, r.Halved = at, at
		return r
	}
	from := r.Until
	step := min(max(at.Sub(from), 0), longestStep) // a clock may be set back
	r.Until = at
	r.Hours += float32(step.Hours())
	r.Recent *= float32(math.Exp(-step.Hours()))
	if items > 0 {
		n := min(items, itemsCounted)
		found(&r, at)
		count(&r.Week, at.Add(-step), at, n, dates)
		r.Recent += float32(n)
		r.Peak = max(r.Peak, r.Recent)
	}
	return r
}

// count adds n items that appeared between two polls.
func count(w *dewline.Week, from, to time.Time, n int, dates []time.Time) {
	for _, d := range dates[:min(len(dates), n)] {
		if d.After(from) && !d.After(to) && !dayOnly(d) {
			add(&w[dewline.HourOfWeek(d)], dewline.WeekUnit)
			n--
		}
	}
	const parts = 8
	whole := n * dewline.WeekUnit
	for i := range parts {
		t := to.Add(-to.Sub(from) * time.Duration(2*i+1) / (2 * parts))
		add(&w[dewline.HourOfWeek(t)], whole*(i+1)/parts-whole*i/parts)
	}
}

// dayOnly reports a date that says nothing of the hour.
func dayOnly(d time.Time) bool { return d.Hour() == 0 && d.Minute() == 0 && d.Second() == 0 }

func add(cell *uint16, n int) { *cell = uint16(min(int(*cell)+n, math.MaxUint16)) }

// found notes that a poll brought something. The sums are halved here and nowhere else, so that what is known
// of a source that falls silent stays as it was.
func found(r *dewline.Rhythm, at time.Time) {
	longest := longestRest(r)
	for at.Sub(r.Halved) >= halfLife {
		halve(r)
	}
	if gap := at.Sub(r.Found); !r.Found.IsZero() && gap >= 0 {
		// A silence of months is no rhythm; one that lasts longer than any before is learned step by step.
		if knownWell(r) {
			gap = min(gap, 2*longest)
		}
		r.Longest[0] = max(r.Longest[0], minutes32(gap))
		follows := float32(0)
		if gap <= time.Hour {
			follows = 1
		}
		r.Follow += (follows - r.Follow) / min(r.Finds+1, 20)
	}
	r.Found = at
	r.Finds++
}

// longestRest is the longest time between two finds.
func longestRest(r *dewline.Rhythm) time.Duration { return max(r.Longest[0], r.Longest[1]).Duration() }

func minutes32(d time.Duration) dewline.Minutes {
	return dewline.Minutes(min(d/time.Minute, math.MaxInt32))
}

func halve(r *dewline.Rhythm) {
	r.Halved = r.Halved.Add(halfLife)
	r.Hours, r.Finds, r.Peak = r.Hours/2, r.Finds/2, r.Peak/2
	r.Longest = [2]dewline.Minutes{0, r.Longest[0]}
	for i := range r.Week {
		r.Week[i] /= 2
	}
}

const (
	// seedLimit is how far back the dates of a first body count.
	seedLimit = 4 * 7 * 24 * time.Hour
	// seedWeight is what they count beside what was seen: they may be anything.
	seedWeight = 2 // one half
)

// seed is the first guess at a rhythm, from the dates that a body claims when it is read for the first
// time. What is seen later soon outweighs it.
func seed(r dewline.Rhythm, dates []time.Time, now time.Time) dewline.Rhythm {
	dates = slices.DeleteFunc(slices.Clone(dates), func(d time.Time) bool {
		return d.After(now) || now.Sub(d) > seedLimit
	})
	if len(dates) < 3 {
		return r
	}
	slices.SortFunc(dates, time.Time.Compare)
	span := now.Sub(dates[0])
	if span < 24*time.Hour { // the times of one day may be those of one import
		return r
	}
	last := dates[0]
	for i, d := range dates {
		if gap := d.Sub(last); gap > 0 {
			r.Longest[0] = max(r.Longest[0], minutes32(gap))
			r.Finds += 1. / seedWeight
			last = d
		}
		if dayOnly(d) {
			for h := range 24 {
				add(&r.Week[dewline.HourOfWeek(d.Add(time.Duration(h)*time.Hour))], dewline.WeekUnit/seedWeight/16)
			}
			continue
		}
		add(&r.Week[dewline.HourOfWeek(d)], dewline.WeekUnit/seedWeight)
		r.Peak = max(r.Peak, float32(withinAnHour(dates[i:])))
	}
	r.Hours += float32(span.Hours()) / seedWeight
	return r
}

// withinAnHour is how many of the dates, which are in order, are within an hour of the first.
func withinAnHour(dates []time.Time) int {
	n, _ := slices.BinarySearchFunc(dates, dates[0].Add(time.Hour), time.Time.Compare)
	return n
}

// rates are a rhythm made ready to be asked.
type rates struct {
	week    *dewline.Week
	hours   [24]float64 // items of each hour of the day; smoothed sums
	days    [7]float64  // items of each day of the week; sums
	total   float64     // items; a sum
	weeks   float64     // watched
	average float64     // items an hour
}

const (
	// trust is after how many weeks an hour of the week counts by itself as much as what its hour of the day
	// and its day of the week make likely.
	trust = 2.0
	// rateFloor is the least rate of an hour, in parts of the average: what never was may be tomorrow.
	rateFloor = 0.04
	// Before anything is known, a source is taken for one of an item in six hours; that counts as much
	// as one item seen.
	guessHours = 6.0
)

// ratesOf reads a rhythm.
func ratesOf(r *dewline.Rhythm) rates {
	s := rates{week: &r.Week, weeks: float64(r.Hours) / (7 * 24)}
	var hours [24]float64
	for i, n := range r.Week {
		v := float64(n) / dewline.WeekUnit
		hours[i%24] += v
		s.days[i/24] += v
		s.total += v
	}
	for h := range hours {
		s.hours[h] = hours[h]/2 + (hours[(h+1)%24]+hours[(h+23)%24])/4
	}
	s.average = (s.total + 1) / (float64(r.Hours) + guessHours)
	return s
}

// at is how many items an hour are likely at an hour of the week: what that hour was like, and, as long as it
// was seen seldom, what its hour of the day and its day of the week are like.
func (s *rates) at(hour int) float64 {
	const weight = 2 // items, by which hours and days of which nothing is known are like the others
	h := (s.hours[hour%24] + weight/24.) / (s.total + weight)
	d := (s.days[hour/24] + weight/7.) / (s.total + weight)
	alike := s.average * 7 * 24 * h * d
	week := len(s.week)
	own := float64(s.week[hour])/2 + float64(s.week[(hour+1)%week])/4 + float64(s.week[(hour+week-1)%week])/4
	rate := (own/dewline.WeekUnit + trust*alike) / (s.weeks + trust)
	return max(rate, rateFloor*s.average)
}
