package monitor

import (
	"context"
	"errors"
	"sync"
	"time"

	"dewline"

	"golang.org/x/time/rate"
)

const (
	// maxPolls is how many polls may be under way, most of them waiting for
	// the fetcher's limits. It is high so that one slow site with many feeds
	// does not keep the others from starting.
	maxPolls = 4096
	// startsPerSecond bounds how fast polls begin, so that a start after a
	// long pause, with every feed overdue, is no herd.
	startsPerSecond = 200
	// maxNap is the longest time between two turns of the loop. The turns
	// feed the watchdog.
	maxNap = 10 * time.Second
)

// Run polls each feed when it is due, until ctx ends; then it waits for the
// polls under way to give up and returns nil.
func (m *Monitor) Run(ctx context.Context) error {
	var (
		polls sync.WaitGroup
		slots = make(chan struct{}, maxPolls)
		pace  = rate.NewLimiter(startsPerSecond, startsPerSecond/4)
		last  = time.Now()
	)
	defer polls.Wait()
	for ctx.Err() == nil {
		if m.Progress != nil {
			m.Progress()
		}
		now := time.Now()
		if by := setBack(now.Sub(last), now.Round(0).Sub(last.Round(0))); by > 0 {
			m.Log.Warn("the clock was set back; what is due in some time is so still", "by", by.Round(time.Second))
			m.Store.SetBack(by)
		}
		last = now
		allowed, wake := m.admit(now, min(maxPolls-len(slots), int(pace.TokensAt(now))))
		claimed, err := m.claim(ctx, now, allowed)
		if err != nil && ctx.Err() == nil {
			m.storeFailed(err, now)
		}
		begin := m.atTheirSites(claimed, now)
		m.began(len(begin), now)
		pace.ReserveN(now, len(begin))
		for _, state := range begin {
			slots <- struct{}{}
			polls.Go(func() {
				defer func() {
					<-slots
					m.leaveSite(state.Key)
					signal(m.wake)
				}()
				m.pollDue(ctx, state)
			})
		}
		nap(ctx, m.wake, m.wait(now, allowed, len(claimed), wake))
	}
	return nil
}

// setBack is by how much the clock was set back, of what passed between two turns and what the clock on the wall showed. One
// that is set forward, or a machine that slept, finds feeds overdue, which are polled at the pace of a start.
func setBack(passed, shown time.Duration) time.Duration {
	if by := passed - shown; by > time.Second {
		return by
	}
	return 0
}

func (m *Monitor) claim(ctx context.Context, now time.Time, limit int) ([]dewline.FeedState, error) {
	if limit <= 0 {
		return nil, nil
	}
	return m.Store.ClaimFeeds(ctx, now, now.Add(lease), limit)
}

// atTheirSites are the claimed feeds whose sites may be asked. The others wait; that is no fault of theirs, and
// nothing is written.
func (m *Monitor) atTheirSites(claimed []dewline.FeedState, now time.Time) (begin []dewline.FeedState) {
	for _, state := range claimed {
		if until, free := m.atSites.enter(m.sources[state.Key].site, state.Key, now); !free {
			m.Store.DeferFeed(state.Key, until)
			continue
		}
		begin = append(begin, state)
	}
	return begin
}

// leaveSite ends a poll at its site, and calls those that waited for its place.
func (m *Monitor) leaveSite(feed dewline.Key) {
	now := time.Now()
	for _, next := range m.atSites.leave(m.sources[feed].site, now) {
		m.Store.HastenFeed(next, now)
	}
}

func (m *Monitor) pollDue(ctx context.Context, state dewline.FeedState) {
	if _, err := m.poll(ctx, state); err != nil && !errors.Is(err, context.Canceled) {
		m.Log.Error("a poll was lost and will be repeated", "err", err)
	}
}

// wait is how long the loop may sleep: until the next feed is due, the store's
// pause ends, or the starting pace allows more.
func (m *Monitor) wait(now time.Time, allowed, began int, wake time.Time) time.Duration {
	if !wake.IsZero() {
		return min(maxNap, wake.Sub(now))
	}
	if allowed <= 0 || began == allowed {
		return time.Second / startsPerSecond * 10
	}
	due, ok := m.Store.NextFeed()
	if !ok {
		return maxNap
	}
	return min(maxNap, max(due.Sub(now), time.Millisecond))
}

// nap sleeps for d, or until something ended that may be due again at once.
func nap(ctx context.Context, freed <-chan struct{}, d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-freed:
	case <-timer.C:
	}
}

func signal(c chan<- struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}
