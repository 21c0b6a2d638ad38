package monitor

import (
	"context"
	"sync"
	"time"

	"dewline"
)

// longNap is the longest time between two looks at what is owed. What is queued meanwhile wakes who waits, or is due later.
const longNap = time.Minute

// errands are work of one kind that is owed beside the polls: articles to fetch, pages to look
// at again. The store hands them out, one of a feed at a time.
type errands[J any] struct {
	feeds []dewline.Key
	claim func(ctx context.Context, feeds []dewline.Key, now, until time.Time) ([]J, error)
	next  func(ctx context.Context, feeds []dewline.Key) (time.Time, bool, error)
	do    func(ctx context.Context, job J) // ends the claim
	wake  chan struct{}
}

// run does what is owed, until ctx ends; then it waits for what is under way to give up and
// returns nil.
func (e *errands[J]) run(ctx context.Context, m *Monitor) error {
	var work sync.WaitGroup
	defer work.Wait()
	for ctx.Err() == nil {
		jobs, wait := e.due(ctx, m, time.Now())
		for _, job := range jobs {
			work.Go(func() {
				defer signal(e.wake)
				e.do(ctx, job)
			})
		}
		nap(ctx, e.wake, wait)
	}
	return nil
}

// due claims what is due, and says how long to wait for more. While the store refuses commits
// nothing is fetched: a poll is its probe.
func (e *errands[J]) due(ctx context.Context, m *Monitor, now time.Time) ([]J, time.Duration) {
	if m.Ready() != nil {
		return nil, firstStorePause
	}
	jobs, err := e.claim(ctx, e.feeds, now, now.Add(lease))
	if err == nil && len(jobs) == 0 {
		var next time.Time
		var ok bool
		if next, ok, err = e.next(ctx, e.feeds); err == nil && ok {
			return nil, min(longNap, max(next.Sub(now), time.Millisecond))
		}
	}
	if err != nil && ctx.Err() == nil {
		m.storeFailed(err, now)
		return nil, firstStorePause
	}
	return jobs, longNap
}
