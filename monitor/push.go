package monitor

import (
	"context"
	"errors"
	"fmt"
	"time"

	"dewline"
)

// ErrUnread is returned for a push of a feed that was not yet read by a poll: what
// it held before is not known, so nothing can be said to be new.
var ErrUnread = errors.New("the feed was not read by a poll yet")

// Push takes in what a hub sent for a feed, as a poll's response is taken in: it
// is recognised, judged and committed as one. It returns ErrBusy where the feed is
// being polled, and ErrUnread where it was never read; then nothing was taken in.
func (m *Monitor) Push(ctx context.Context, feed dewline.Key, resp dewline.Response) (out Outcome, err error) {
	src, ok := m.sources[feed]
	if !ok {
		return Outcome{}, fmt.Errorf("feed %s is not configured", feed)
	}
	now := time.Now()
	state, ok, err := m.Store.ClaimFeed(ctx, feed, now, now.Add(lease))
	if err != nil {
		return Outcome{}, err
	}
	if !ok {
		return Outcome{}, ErrBusy
	}
	defer m.release(feed, &err)
	if state.FirstRead.IsZero() {
		return Outcome{}, ErrUnread
	}
	resp.Pushed = true
	if out, err = m.settle(ctx, src, state, &resp, now); err != nil {
		return Outcome{}, fmt.Errorf("feed %q: %w", src.feed.Name, err)
	}
	m.report(out, state.Status)
	return out, nil
}

// Hasten has a feed polled at this time where it would be polled later.
func (m *Monitor) Hasten(feed dewline.Key, at time.Time) {
	m.Store.HastenFeed(feed, at)
	signal(m.wake)
}

// afterPush is the state of a feed after a push. What was pushed is what is new and
// perhaps nothing else, and its own server said nothing: health, validators, and
// when the next poll is due stay as they were.
func afterPush(st dewline.FeedState, resp *dewline.Response, b brought, at time.Time) dewline.FeedState {
	if len(b.new)+len(b.joined) == 0 {
		return st
	}
	rhythm(&st, resp, b, at)
	st.LastNew = at
	st.Total += uint64(len(b.new))
	return st
}

const (
	// netFactor is how many times its interval a feed may go unpolled while a hub
	// that can be relied upon pushes its news; in any case leastNet, and never
	// more than mostNet, nor than it takes until its items may be others.
	netFactor = 6
	leastNet  = time.Hour
	mostNet   = 6 * time.Hour
)

// relaxed is when the next poll of a pushed feed is due, which is only a safety
// net, after one that began at `began`.
func relaxed(st *dewline.FeedState, began time.Time) time.Time {
	net := min(max(netFactor*st.Due.Sub(began), leastNet), mostNet, untilFull(st))
	if at := began.Add(net); at.After(st.Due) {
		return at
	}
	return st.Due
}

// relied reports whether a poll is but a safety net.
func (m *Monitor) relied(st *dewline.FeedState, now time.Time) bool {
	return m.Relied != nil && st.Failures == 0 && m.Relied(st.Key, now)
}
