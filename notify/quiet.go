package notify

import (
	"time"

	"dewline"
)

// isQuiet reports whether the clock on the wall shows one of the quiet hours.
func isQuiet(q *dewline.Quiet, at time.Time) bool {
	clock := wallClock(q, at)
	if q.From < q.To {
		return q.From <= clock && clock < q.To
	}
	return clock >= q.From || clock < q.To
}

// wallClock is what the clock of the zone shows, as the time since its midnight.
func wallClock(q *dewline.Quiet, at time.Time) time.Duration {
	h, m, s := at.In(q.Zone).Clock()
	return time.Duration(h)*time.Hour + time.Duration(m)*time.Minute + time.Duration(s)*time.Second
}

// changing is more than a clock is set forward at one time.
const changing = 3 * time.Hour

// quietUntil is when the quiet hours end in which a time lies; false: it lies in none. Whatever the zone does to its
// clock, it is looked at until it shows no quiet hour: where the end is left out, that is the first moment behind the
// gap.
func quietUntil(q *dewline.Quiet, now time.Time) (end time.Time, quiet bool) {
	if q == nil || !isQuiet(q, now) {
		return time.Time{}, false
	}
	left := (q.To - wallClock(q, now) + 24*time.Hour) % (24 * time.Hour)
	end = now.Add(max(left-changing, 0)).Truncate(time.Minute).Add(time.Minute)
	for isQuiet(q, end) {
		end = end.Add(time.Minute)
	}
	return end, true
}
