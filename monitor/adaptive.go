package monitor

import (
	"fmt"
	"math"
	"strings"
	"time"

	"dewline"
)

// adaptive is the schedule that follows the source's own rhythm, within bounds.
type adaptive struct{ least, most time.Duration }

// usual are the bounds of `adaptive` alone.
var usual = adaptive{least: 2 * time.Minute, most: 6 * time.Hour}

// Next is a fair guess where nothing is known.
func (a adaptive) Next(t time.Time) time.Time {
	return t.Add(min(max(15*time.Minute, a.least), a.most))
}

// parseAdaptive reads `adaptive`, or `adaptive LEAST..MOST`.
func parseAdaptive(expr string) (adaptive, error) {
	bounds := strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(expr), "adaptive"))
	if bounds == "" {
		return usual, nil
	}
	from, to, ok := strings.Cut(bounds, "..")
	least, err1 := time.ParseDuration(strings.TrimSpace(from))
	most, err2 := time.ParseDuration(strings.TrimSpace(to))
	switch {
	case !ok || err1 != nil || err2 != nil:
		return adaptive{}, badSchedule(expr, "adaptive takes the shortest and the longest interval, such as adaptive 2m..6h")
	case least < minInterval || most < least:
		return adaptive{}, badSchedule(expr, fmt.Sprintf("adaptive %s..%s: the shortest interval is at least %s and at most the longest", least, most, minInterval))
	}
	return adaptive{least: least, most: most}, nil
}

const (
	// eagerness is how often a source of one item an hour is asked in an hour. The number of polls grows
	// with the square root of the rate: of all ways to spend the same number of requests, that one finds items
	// soonest on average.
	eagerness = 6.0
	// windowShare is the part of a feed's window that may fill up between two polls at the greatest
	// rate that was seen.
	windowShare = 0.7
	// maxHint is the longest time that a feed's wish (a ttl, a max-age) keeps an adaptive schedule away: some
	// ask for a year. No wish of any kind keeps it away for more than its longest interval.
	maxHint = 4 * time.Hour
)

// interval is the time from a poll to the next one, by what is known after it. It is a pure function.
func (a adaptive) interval(st *dewline.FeedState, fresh time.Duration, now time.Time) time.Duration {
	d := min(untilLikely(&st.Rhythm, st, now, a.most), a.most)
	d = max(spread(d, st.Key, int(now.Unix())), a.least)
	d = max(d, min(max(st.Hints.Every, fresh), maxHint, a.most))
	d = skipped(st.Hints, now, d, a.most)
	return max(min(d, untilFull(st), afterGap(st.Gap, now)), a.least)
}

// afterGap is half the time in which a feed overflowed, for an hour: one that overflows again is halved again, until
// the burst is followed. What is learned of it counts by the hour, and is no measure of a rate that lasts minutes.
func afterGap(g *dewline.Gap, now time.Time) time.Duration {
	if g == nil || now.Before(g.To) || now.Sub(g.To) >= time.Hour {
		return math.MaxInt64
	}
	return g.To.Sub(g.From) / 2
}

// untilLikely is after how long the next poll is worth its request: the time in which a source of this rate
// gets one.
func untilLikely(r *dewline.Rhythm, st *dewline.FeedState, now time.Time, most time.Duration) time.Duration {
	s := ratesOf(r)
	fade := 1.0
	if now.Sub(r.Found) > longestRest(r) {
		if since, limit, silent := fellSilent(*st, now); silent { // it may be dead
			fade = limit.Hours() / now.Sub(since).Hours()
		}
	}
	more := -math.Log(1 - min(float64(r.Follow), 0.95)) // an hour, after a find
	share, t := 0.0, now
	for t.Sub(now) < most {
		end := t.Truncate(time.Hour).Add(time.Hour)
		rate := s.at(dewline.HourOfWeek(t)) * fade
		if calm := r.Found.Add(time.Hour); t.Before(calm) {
			rate = max(rate, more)
			if calm.Before(end) {
				end = calm
			}
		}
		polls := eagerness * math.Sqrt(rate) // an hour
		if add := polls * end.Sub(t).Hours(); share+add < 1 {
			share, t = share+add, end
			continue
		}
		return t.Add(time.Duration((1 - share) / polls * float64(time.Hour))).Sub(now)
	}
	return most
}

// untilFull is how long it takes until the items that the feed shows at once may be others, at the greatest rate that was seen.
func untilFull(st *dewline.FeedState) time.Duration {
	if st.Items == 0 || st.Rhythm.Peak == 0 {
		return math.MaxInt64
	}
	return time.Duration(min(windowShare*float64(st.Items)/float64(st.Rhythm.Peak), 1e6) * float64(time.Hour))
}

// skipped is d, or longer where the feed asks not to be read then.
func skipped(h dewline.Hints, now time.Time, d, most time.Duration) time.Duration {
	if h.SkipHours == 0 && h.SkipDays == 0 {
		return d
	}
	for at := now.Add(d); at.Sub(now) < most; at = at.Truncate(time.Hour).Add(time.Hour) {
		if !h.Skips(at) {
			return at.Sub(now)
		}
	}
	return max(d, most)
}
