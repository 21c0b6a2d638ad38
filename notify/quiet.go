package notify

import (
	"time"

	"dewline"
)

// isQuiet reports whether the clock on the wall shows one of the quiet hours.
func isQuiet(q *dewline.Quiet, at time.Time) bool {
	h, m, s := at.In(q.Zone).Clock()
	clock := time.Duration(h)*time.Hour + time.Duration(m)*time.Minute + time.Duration(s)*time.Second
	if q.From < q.To {
		return q.From <= clock && clock < q.To
	}
	return clock >= q.From || clock < q.To
}

// quietUntil is when the quiet hours end in which a time lies; false: it lies in none. Where the end is an hour that
// the clock leaves out, they end with that hour; where it shows it twice, when it shows the end first.
func quietUntil(q *dewline.Quiet, now time.Time) (end time.Time, quiet bool) {
	if q == nil || !isQuiet(q, now) {
		return time.Time{}, false
	}
	local := now.In(q.Zone)
	end = time.Date(local.Year(), local.Month(), local.Day(), 0, int(q.To/time.Minute), 0, 0, q.Zone)
	if !end.After(now) {
		end = time.Date(local.Year(), local.Month(), local.Day()+1, 0, int(q.To/time.Minute), 0, 0, q.Zone)
	}
	for isQuiet(q, end) { // the clock leaves the end out
		end = end.Add(time.Minute)
	}
	return end, true
}
