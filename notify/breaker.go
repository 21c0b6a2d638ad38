package notify

import (
	"time"

	"dewline"
)

const (
	// trip is how many failures in a row open the breaker.
	trip = 3
	// shortestBreak is how long it is open at first; each failed probe doubles it, up to longestBreak.
	shortestBreak, longestBreak = 5 * time.Second, 5 * time.Minute
	// longestPause bounds what a receiver may ask for all its alerts by Retry-After.
	longestPause = 24 * time.Hour
)

// breaker keeps a receiver that does not answer from costing anything: after a few failures in a row it is open,
// and nothing is sent; then one alert is tried, and what comes of that opens it for longer or closes it. Retry-After
// opens it as well. It only decides; the zero value is closed.
type breaker struct {
	since  time.Time // the first failure of the run; zero: the last attempt succeeded, or there was none
	missed int       // failures of the run
	// failures are those of the missed that may pass. A receiver that refuses an alert for good is there, and
	// answers: that opens nothing.
	failures int
	opened   int       // breaks in this run
	until    time.Time // nothing is sent before
}

// wait is how long nothing may be sent.
func (b *breaker) wait(now time.Time) time.Duration { return max(b.until.Sub(now), 0) }

// probing reports that it is not known whether the receiver is back: one alert tells.
func (b *breaker) probing() bool { return b.failures >= trip }

// limit is how many alerts may be claimed at a time.
func (b *breaker) limit() int {
	if b.probing() {
		return 1
	}
	return batch
}

// failed notes an attempt that began and ended at these times. The key spreads the breaks of receivers that failed
// together.
func (b *breaker) failed(key dewline.Key, began, ended time.Time, f *failure) {
	if b.missed++; b.since.IsZero() {
		b.since = began
	}
	if f.final || f.gone {
		return
	}
	if b.failures++; b.failures >= trip {
		b.opened++
		b.until = ended.Add(spread(key, b.opened, min(shortestBreak<<min(b.opened-1, 10), longestBreak)))
	}
	if asked := ended.Add(min(f.after, longestPause)); f.after > 0 && asked.After(b.until) {
		b.until = asked
	}
}

// succeeded closes it.
func (b *breaker) succeeded() { *b = breaker{} }

// resume is the breaker of a run that is on record: what is due first tells whether it goes on.
func resume(o *dewline.Outage) breaker {
	return breaker{since: o.Since, missed: trip, failures: trip, until: o.Until}
}
