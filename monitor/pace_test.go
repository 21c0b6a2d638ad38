package monitor

import (
	"testing"
	"time"

	"dewline"

	"github.com/robfig/cron/v3"
	"pgregory.net/rapid"
)

var noon = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

func TestNextPoll(t *testing.T) {
	day := 24 * time.Hour
	quarter, weekly := cron.Every(15*time.Minute), cron.Every(7*day)
	for _, c := range []struct {
		name     string
		sched    cron.Schedule
		resp     dewline.Response
		failures int
		took     time.Duration
		min, max time.Duration // after the beginning of the poll
	}{
		{"healthy: the schedule, from the beginning of the poll", quarter, resp(dewline.StatusOK), 0, 20 * time.Second, 15 * time.Minute, 15 * time.Minute},
		{"slower than its interval: the next slot, not at once", cron.Every(5 * time.Second), resp(dewline.StatusOK), 0, 12 * time.Second, 17 * time.Second, 17 * time.Second},
		{"a passing fault is looked at soon", quarter, resp(dewline.StatusTimeout), 1, 0, 4 * time.Minute, 5 * time.Minute},
		{"also where the schedule is weekly", weekly, resp(dewline.StatusDNS), 1, 0, 4 * time.Minute, 5 * time.Minute},
		{"and more rarely as it lasts", quarter, resp(dewline.StatusTimeout), 4, 0, 32 * time.Minute, 40 * time.Minute},
		{"up to a day", quarter, resp(dewline.StatusTimeout), 400, 0, 19 * time.Hour, day},
		{"a firm answer keeps the interval at first", quarter, resp(dewline.StatusNotFound), 1, 0, 12 * time.Minute, 15 * time.Minute},
		{"a short interval is not stretched by the first fault", cron.Every(5 * time.Second), resp(dewline.StatusServerError), 1, 0, 4 * time.Second, 5 * time.Second},
		{"gone is asked once a day", quarter, resp(dewline.StatusGone), 1, 0, 19 * time.Hour, day},
		{"Retry-After is obeyed", quarter, later(dewline.StatusUnavailable, 3*time.Hour), 1, 0, 3 * time.Hour, 3 * time.Hour},
		{"but not for ever", quarter, later(dewline.StatusRateLimited, 1000*time.Hour), 1, 0, day, day},
		{"a shorter Retry-After hastens nothing", quarter, later(dewline.StatusRateLimited, time.Second), 1, 0, 12 * time.Minute, 15 * time.Minute},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := next(c.sched, &dewline.FeedState{Key: dewline.FeedKey("x"), Failures: c.failures}, &c.resp, noon, noon.Add(c.took)).Sub(noon)
			if got < c.min || got > c.max {
				t.Errorf("due after %s, want %s to %s", got, c.min, c.max)
			}
		})
	}
}

func resp(s dewline.Status) dewline.Response {
	return dewline.Response{Parsed: dewline.Parsed{Status: s}}
}

func later(s dewline.Status, d time.Duration) dewline.Response {
	r := resp(s)
	r.RetryAfter = d
	return r
}

// Whatever happens to a feed, it is polled again: later than now, and within a
// day or its own interval.
func TestAFeedIsNeverForgotten(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		every := time.Duration(rapid.Int64Range(1, 30*24*3600).Draw(t, "seconds")) * time.Second
		r := resp(rapid.SampledFrom(dewline.Statuses).Draw(t, "status"))
		r.RetryAfter = time.Duration(rapid.Int64Range(0, 1<<40).Draw(t, "retry-after"))
		failures := 0
		if !r.Status.Read() {
			failures = rapid.IntRange(1, 1_000_000).Draw(t, "failures")
		}
		took := time.Duration(rapid.Int64Range(0, int64(time.Hour)).Draw(t, "took"))
		ended := noon.Add(took)
		due := next(cron.Every(every), &dewline.FeedState{Key: dewline.FeedKey("x"), Failures: failures}, &r, noon, ended)
		if !due.After(ended) {
			t.Fatalf("due %s, not after the end of the poll %s", due, ended)
		}
		if limit := ended.Add(max(every, maxBackOff)); due.After(limit) {
			t.Fatalf("due %s, later than %s", due, limit)
		}
	})
}

// Feeds that failed together do not return together.
func TestBackOffIsSpread(t *testing.T) {
	seen := make(map[time.Duration]bool)
	for i := range 100 {
		seen[spread(time.Hour, dewline.FeedKey(string(rune('a'+i))), 1)] = true
	}
	if len(seen) < 95 {
		t.Errorf("100 feeds share %d moments", len(seen))
	}
}
