package monitor

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"dewline"
)

func minutes(list ...int) (d []time.Duration) {
	for _, n := range list {
		d = append(d, time.Duration(n)*time.Minute)
	}
	return d
}

// A new feed is polled at once, and from then on by its schedule, counted from
// the beginning of each poll: what a poll takes does not add up.
func TestDueTimes(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		feeds := feedsOf(1, "@every 15m")
		h := run(t, feeds, newMemory(feeds), answers(resp(dewline.StatusOK), 20*time.Second))
		h.pass(50 * time.Minute)
		if got := h.sources.requests("0"); !slices.Equal(got, minutes(0, 15, 30, 45)) {
			t.Errorf("polled at %v", got)
		}
	})
}

// A feed that is slower than its interval is polled at the next slot after each
// poll, and never twice at once.
func TestAPollLongerThanItsInterval(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		feeds := feedsOf(1, "@every 5m")
		h := run(t, feeds, newMemory(feeds), answers(resp(dewline.StatusOK), 12*time.Minute))
		h.pass(40 * time.Minute)
		if got := h.sources.requests("0"); !slices.Equal(got, minutes(0, 17, 34)) {
			t.Errorf("polled at %v", got)
		}
	})
}

// Invariant 8: feeds that hang for an hour hold up nobody else.
func TestASlowFeedDelaysNobody(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		feeds := feedsOf(50, "@every 1m")
		quick := resp(dewline.StatusOK)
		h := run(t, feeds, newMemory(feeds), func(ctx context.Context, f dewline.Feed) dewline.Response {
			if f.Name != "0" {
				linger(ctx, 59*time.Minute)
			}
			return quick
		})
		h.pass(59*time.Minute + 30*time.Second)
		var want []int
		for i := range 60 {
			want = append(want, i)
		}
		if got := h.sources.requests("0"); !slices.Equal(got, minutes(want...)) {
			t.Errorf("polled at %v", got)
		}
	})
}

// Invariant 8: a panic in one feed's fetch is that feed's state, and nobody
// else's; the feed is tried again.
func TestAPanicIsTheFeedsOwn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		feeds := feedsOf(2, "@every 1m")
		h := run(t, feeds, newMemory(feeds), func(_ context.Context, f dewline.Feed) dewline.Response {
			if f.Name == "0" {
				panic("boom")
			}
			return resp(dewline.StatusOK)
		})
		h.pass(10 * time.Minute)
		if st := h.store.state(feeds[0]); st.Status != dewline.StatusInternal || !strings.Contains(st.Detail, "boom") || st.Failures < 2 {
			t.Errorf("status %s (%s), %d failures", st.Status, st.Detail, st.Failures)
		}
		if n := len(h.sources.requests("1")); n != 11 {
			t.Errorf("the other feed was polled %d times", n)
		}
	})
}

// A commit that the store refuses for its own sake, over and over, is that
// feed's state too: polling does not pause, and the source is not pestered.
func TestARefusedCommitIsTheFeedsOwn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		feeds := feedsOf(2, "@every 1m")
		store := newMemory(feeds)
		store.fail = func(c *dewline.Commit) error {
			if c.State.Key == feeds[0].Key() && c.State.Status == dewline.StatusOK {
				return fmt.Errorf("a date that cannot be written: %w", dewline.ErrRefused)
			}
			return nil
		}
		h := run(t, feeds, store, answers(resp(dewline.StatusOK), time.Second))
		h.pass(10 * time.Minute)
		if st := h.store.state(feeds[0]); st.Status != dewline.StatusInternal || !strings.Contains(st.Detail, "a date that cannot be written") {
			t.Errorf("status %s (%s)", st.Status, st.Detail)
		}
		if n := len(h.sources.requests("0")); n > 5 {
			t.Errorf("the source was asked %d times in ten minutes", n)
		}
		if n := len(h.sources.requests("1")); n != 10 && n != 11 {
			t.Errorf("the other feed was polled %d times", n)
		}
		if err := h.monitor.Ready(); err != nil {
			t.Errorf("the store is well: %v", err)
		}
	})
}

// A claim that went stale costs its poll, and no pause.
func TestAStaleClaim(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		feeds := feedsOf(1, "@every 1m")
		store := newMemory(feeds)
		first := true
		h := run(t, feeds, store, func(ctx context.Context, f dewline.Feed) dewline.Response {
			if first { // somebody else commits meanwhile
				first = false
				store.mu.Lock()
				st := store.states[f.Key()]
				st.Revision++
				store.states[f.Key()] = st
				store.mu.Unlock()
			}
			linger(ctx, time.Second)
			return resp(dewline.StatusOK)
		})
		h.pass(1500 * time.Millisecond)
		if err := h.monitor.Ready(); err != nil {
			t.Errorf("the store is well: %v", err)
		}
		h.pass(10 * time.Second)
		if st := h.store.state(feeds[0]); st.Status != dewline.StatusOK || h.monitor.Ready() != nil {
			t.Errorf("status %s, %v", st.Status, h.monitor.Ready())
		}
		if n := len(h.sources.requests("0")); n != 2 {
			t.Errorf("asked %d times", n)
		}
	})
}

// After a long pause all feeds are overdue. They are polled soon, but not at
// once; and those that are not due are left alone.
func TestARestartIsNoHerd(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		feeds := feedsOf(2000, "@every 15m")
		store := newMemory(feeds)
		for key, st := range store.states {
			st.Due = time.Now().Add(-time.Hour)
			if st.Name == "7" {
				st.Due = time.Now().Add(14 * time.Minute)
			}
			store.states[key] = st
		}
		h := run(t, feeds, store, answers(resp(dewline.StatusOK), 100*time.Millisecond))
		h.pass(time.Minute)
		all := h.sources.requests("")
		slices.Sort(all)
		if len(all) != 1999 || all[len(all)-1] > 15*time.Second {
			t.Errorf("%d of 1999 overdue feeds were polled, the last one after %s", len(all), all[len(all)-1])
		}
		for i, at := range all {
			if i >= 300 && at-all[i-300] < time.Second {
				t.Fatalf("300 polls began within %s", at-all[i-300])
			}
		}
		h.pass(13*time.Minute + time.Second)
		if got := h.sources.requests("7"); !slices.Equal(got, minutes(14)) {
			t.Errorf("the feed that was not due was polled at %v", got)
		}
	})
}

// When the daemon is stopped, requests are given up, their feeds stay due, and
// nothing is said of their sources; what was fetched already is committed.
func TestStopping(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		feeds := feedsOf(2, "@hourly")
		store := newMemory(feeds)
		fetched := make(chan struct{})
		store.fail = func(*dewline.Commit) error {
			fetched <- struct{}{}
			time.Sleep(time.Second) // the disk is slow
			return nil
		}
		h := run(t, feeds, store, func(ctx context.Context, f dewline.Feed) dewline.Response {
			if f.Name == "0" {
				<-ctx.Done()
				return resp(dewline.StatusTimeout)
			}
			return resp(dewline.StatusOK)
		})
		<-fetched
		if err := h.stop(); err != nil {
			t.Errorf("Run: %v", err)
		}
		if st := store.state(feeds[0]); st.Status != dewline.StatusNew || !st.LastPoll.IsZero() {
			t.Errorf("the poll that was given up is recorded as %s", st.Status)
		}
		if _, ok, _ := store.ClaimFeed(t.Context(), feeds[0].Key(), time.Now(), time.Now()); !ok {
			t.Error("its claim was kept")
		}
		if st := store.state(feeds[1]); st.Status != dewline.StatusOK {
			t.Errorf("the poll that was fetched is recorded as %s", st.Status)
		}
	})
}

// Invariant 7: while nothing is due, nothing is written. The loop turns
// nevertheless, for the watchdog.
func TestAQuietLoop(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		feeds := feedsOf(100, "0 12 1 1 *")
		store := newMemory(feeds)
		for key, st := range store.states {
			st.Due = time.Now().Add(1000 * time.Hour)
			store.states[key] = st
		}
		h := run(t, feeds, store, answers(resp(dewline.StatusOK), 0))
		h.pass(10 * time.Hour)
		if n := len(store.commits); n != 0 {
			t.Errorf("%d commits", n)
		}
		h.stop()
		for i := 1; i < len(h.turns); i++ {
			if gap := h.turns[i].Sub(h.turns[i-1]); gap > maxNap {
				t.Fatalf("the loop stood still for %s", gap)
			}
		}
		if len(h.turns) > 2*10*3600/int(maxNap/time.Second) {
			t.Errorf("%d turns in ten quiet hours", len(h.turns))
		}
	})
}

// A clock that is set back is noticed; that it drifts, or was set forward, is nothing.
func TestSetBack(t *testing.T) {
	for _, c := range []struct{ passed, shown, want time.Duration }{
		{10 * time.Second, 10 * time.Second, 0},
		{10 * time.Second, 9500 * time.Millisecond, 0},
		{10 * time.Second, 10*time.Second - 24*time.Hour, 24 * time.Hour},
		{10 * time.Second, 24 * time.Hour, 0},
	} {
		if by := setBack(c.passed, c.shown); by != c.want {
			t.Errorf("%s passed, the clock showed %s: set back by %s, want %s", c.passed, c.shown, by, c.want)
		}
	}
}
