package monitor

import (
	"encoding/binary"
	"hash/fnv"
	"time"

	"dewline"

	"github.com/robfig/cron/v3"
)

const (
	// maxBackOff is the longest time between two polls of a failing feed: a
	// source that comes back is noticed within a day.
	maxBackOff = 24 * time.Hour
	// firstRetry is when a passing fault is looked at again if the feed's own
	// schedule would take longer.
	firstRetry = 5 * time.Minute
	// jitter is the part of a back-off that is spread by the feed's key, so
	// that feeds which failed together do not return together.
	jitter = 0.2
)

// next is when a feed is due again after the poll that began at `began` and
// ended at `ended` with this outcome. The state is the one after the poll.
//
// A fixed schedule is what the administrator chose, and nothing but Retry-After postpones it.
func next(sched cron.Schedule, st *dewline.FeedState, resp *dewline.Response, began, ended time.Time) time.Time {
	from := began
	due := upcoming(sched, st, resp, from)
	if !due.After(ended) { // the poll took longer than the interval
		from = ended
		due = upcoming(sched, st, resp, from)
	}
	if st.Failures > 0 {
		due = ended.Add(backOff(resp.Status, st.Key, st.Failures, due.Sub(began)))
	}
	if asked := ended.Add(min(resp.RetryAfter, maxBackOff)); resp.RetryAfter > 0 && asked.After(due) {
		due = asked
	}
	return due
}

// upcoming is the schedule's next time.
func upcoming(sched cron.Schedule, st *dewline.FeedState, resp *dewline.Response, from time.Time) time.Time {
	if a, ok := sched.(adaptive); ok {
		return from.Add(a.interval(st, resp.Fresh, from))
	}
	d := sched.Next(from).Sub(from)
	return from.Add(hastened(st, from, d))
}

// backOff doubles with every failure, from the feed's interval, or from
// firstRetry where that is sooner and the fault is likely to pass.
func backOff(status dewline.Status, feed dewline.Key, failures int, interval time.Duration) time.Duration {
	if status == dewline.StatusGone {
		return spread(maxBackOff, feed, failures)
	}
	base := interval
	if passing(status) {
		base = min(base, firstRetry)
	}
	wait := min(base, maxBackOff)
	for range failures - 1 {
		if wait >= maxBackOff {
			break
		}
		wait = min(2*wait, maxBackOff)
	}
	return spread(wait, feed, failures)
}

// passing reports whether a fault may be over in minutes. The others are
// answers of a server that is well and means what it says.
func passing(s dewline.Status) bool {
	switch s {
	case dewline.StatusTimeout, dewline.StatusDNS, dewline.StatusTLS, dewline.StatusConnection,
		dewline.StatusEncoding, dewline.StatusUnavailable, dewline.StatusServerError, dewline.StatusInternal:
		return true
	}
	return false
}

// spread shortens d by up to the jitter, by a hash of the feed and the try.
func spread(d time.Duration, feed dewline.Key, try int) time.Duration {
	return d - time.Duration(float64(d)*jitter*share(feed, try))
}

// share is a number from 0 to 1 that a hash makes of the feed and the try.
func share(feed dewline.Key, try int) float64 {
	h := fnv.New32a()
	h.Write(feed[:])
	var n [8]byte
	binary.BigEndian.PutUint64(n[:], uint64(try))
	h.Write(n[:])
	return float64(h.Sum32()) / float64(1<<32)
}

// Next is when a feed would be due after a first poll with this outcome.
func Next(feed dewline.Feed, resp *dewline.Response, now time.Time) (time.Time, error) {
	sched, err := ParseSchedule(feed.Schedule)
	if err != nil {
		return time.Time{}, err
	}
	st := dewline.FeedState{Key: feed.Key(), Items: len(resp.Entries), Hints: resp.Hints}
	if !resp.Status.Read() {
		st.Failures = 1
	}
	return next(sched, &st, resp, now, now), nil
}
