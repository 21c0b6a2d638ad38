package monitor

import (
	"context"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"dewline"
)

// While the store refuses commits, polling pauses but for a probe now and then:
// a poll that cannot be committed only burdens its source. When the store takes
// commits again, every feed is polled, and what they hold arrives.
func TestAStoreThatRefuses(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		feeds := feedsOf(100, "@every 1m")
		store := newMemory(feeds)
		h := run(t, feeds, store, func(ctx context.Context, f dewline.Feed) dewline.Response {
			linger(ctx, time.Second)
			r := resp(dewline.StatusOK)
			r.Entries = []dewline.Entry{entry(f.Name, "text", 1, nil)}
			return r
		})
		h.pass(30 * time.Second)
		store.set(func(*dewline.Commit) error { return errDisk })
		h.pass(2 * time.Minute)
		if h.monitor.Ready() == nil {
			t.Error("ready, although nothing can be committed")
		}
		before := len(h.sources.requests(""))
		h.pass(10 * time.Minute)
		if probes := len(h.sources.requests("")) - before; probes < 8 || probes > 12 {
			t.Errorf("%d polls in ten minutes of a full disk, want one a minute", probes)
		}
		store.set(nil)
		h.pass(2 * time.Minute)
		if err := h.monitor.Ready(); err != nil {
			t.Errorf("not ready, although there is space: %v", err)
		}
		for _, f := range feeds {
			if st := store.state(f); time.Since(st.LastPoll) > 61*time.Second {
				t.Errorf("feed %s was last polled at %s", f.Name, st.LastPoll)
			}
		}
		if len(store.known) != len(feeds) {
			t.Errorf("%d items arrived, of %d", len(store.known), len(feeds))
		}
	})
}

// A probe that hangs is one poll, not a stream of them.
func TestAProbeThatHangs(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		feeds := feedsOf(100, "@every 1m")
		store := newMemory(feeds)
		store.fail = func(*dewline.Commit) error { return errDisk }
		h := run(t, feeds, store, answers(resp(dewline.StatusOK), 30*time.Second))
		h.pass(31 * time.Second)
		before := len(h.sources.requests(""))
		h.pass(time.Minute)
		if n := len(h.sources.requests("")) - before; n < 1 || n > 30 {
			t.Errorf("%d polls began in a minute of a full disk", n)
		}
	})
}

func (s *memory) set(fail func(*dewline.Commit) error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.fail = fail
}

// The matches of what a feed holds when it is read for the first time are
// published, and nobody is alerted, unless the feed is configured so. A
// time-out is no first reading.
func TestTheFirstPollIsQuiet(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		feeds := feedsOf(2, "@every 1m")
		feeds[1].FirstPoll = dewline.FirstPollAlert
		store := newMemory(feeds)
		polls := make(map[string]int)
		h := run(t, feeds, store, func(_ context.Context, f dewline.Feed) dewline.Response {
			store.mu.Lock()
			defer store.mu.Unlock()
			polls[f.Name]++
			if polls[f.Name] == 1 {
				return resp(dewline.StatusTimeout)
			}
			r := resp(dewline.StatusOK)
			r.Entries = []dewline.Entry{entry(f.Name, "old", 1, nil)}
			if polls[f.Name] > 2 {
				r.Entries = append(r.Entries, entry(f.Name+"new", "new", 1, nil))
			}
			return r
		})
		h.pass(10 * time.Minute)
		alerts := make(map[string][]bool)
		for _, c := range store.commits {
			for _, m := range c.Matches {
				alerts[c.State.Name] = append(alerts[c.State.Name], len(m.Alert) > 0)
			}
		}
		if !slices.Equal(alerts["0"], []bool{false, true}) || !slices.Equal(alerts["1"], []bool{true, true}) {
			t.Errorf("alerts: %v", alerts)
		}
	})
}
