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
	step := min(max(at.Sub(from), 0), longestStep)
	if step == 0 && r.Found.After(at) { // the clock was set back, and a find in the future would keep a silence unseen until then
		r.Found, r.Halved = at, at
	}
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

// peak is how many items an hour a poll makes likely that brought more than half of a feed's window: they may have
// come just now. Where all were new, more may have.
func peak(window, items int, step time.Duration, gap bool) float32 {
	if window < 2 || 2*items <= window {
		return 0
	}
	n := float32(items)
	if gap {
		n *= 2
	}
	return n * min(float32(1/max(step, time.Minute).Hours()), 4)
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

// rates are a rhythm made ready to be asked: how many items an hour are likely at each hour of the week.
//
// They are made of three guesses, each finer than the one before, and each believed as far as the counts
// speak for it: that all hours are alike; that a week is made of its days and its hours of the day; and that each
// hour of the week is by itself. A source without a rhythm differs from hour to hour as well, by chance. So the
// share of a difference that is believed is what is left of it when what chance alone makes is taken off
// (James and Stein's estimator). Items that come together are one event.
type rates struct {
	average float64 // items an hour
	hours   [24]float64
	days    [7]float64 // both as factors, 1 on average
	own     [7 * 24]float64
	trust   float64 // in own, against the product of the two
}

const (
	// rateFloor is the least rate of an hour, in parts of the average: what never was may be tomorrow.
	rateFloor = 0.03
	// Before anything is known, a source is taken for one of an item in six hours; that counts as much
	// as one item seen.
	guessHours = 6.0
)

// ratesOf reads a rhythm.
func ratesOf(r *dewline.Rhythm) rates {
	var s rates
	var total float64
	for i, n := range r.Week {
		v := float64(n) / dewline.WeekUnit
		s.hours[i%24] += v
		s.days[i/24] += v
		total += v
	}
	s.average = (total + 1) / (float64(r.Hours) + guessHours)
	together := max(total/max(float64(r.Finds), 1), 1)
	believe(s.hours[:], total, together)
	believe(s.days[:], total, together)
	s.ownHours(&r.Week, total, together)
	return s
}

// believe makes counts factors, as far as their differences are more than chance.
func believe(counts []float64, total, together float64) {
	even := total / float64(len(counts))
	trust := trusted(counts, func(int) float64 { return even }, float64(len(counts)-1), together)
	for i, n := range counts {
		counts[i] = 1
		if even > 0 {
			counts[i] += trust * (n/even - 1)
		}
	}
}

// trusted is the share of the differences between counts and what was expected that chance does not explain.
func trusted(counts []float64, expected func(int) float64, free, together float64) float64 {
	far := 0.0
	for i, n := range counts {
		if e := expected(i); e > 0 {
			far += (n - e) * (n - e) / e
		}
	}
	if far == 0 {
		return 0
	}
	return max(0, 1-free*together/far)
}

// ownHours are the factors of the hours of the week by themselves, each with its neighbours: publishers are
// seldom on time, and change to summer time.
func (s *rates) ownHours(w *dewline.Week, total, together float64) {
	even := total / float64(len(w))
	if even == 0 {
		return
	}
	var counts [7 * 24]float64
	for i := range w {
		counts[i] = float64(w[i]) / dewline.WeekUnit
	}
	s.trust = trusted(counts[:], func(i int) float64 { return even * s.alike(i) }, 6*23, together)
	for i := range counts {
		s.own[i] = (counts[i]/2 + counts[(i+1)%len(w)]/4 + counts[(i+len(w)-1)%len(w)]/4) / even
	}
}

// alike is the factor of an hour of the week by its day and its hour of the day.
func (s *rates) alike(hour int) float64 { return s.hours[hour%24] * s.days[hour/24] }

// at is how many items an hour are likely at an hour of the week.
func (s *rates) at(hour int) float64 {
	factor := s.trust*s.own[hour] + (1-s.trust)*s.alike(hour)
	return s.average * max(factor, rateFloor)
}
