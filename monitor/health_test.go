package monitor

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"dewline"
)

// ailing are sources that answer as they are told to.
type ailing struct {
	mu    sync.Mutex
	say   map[string]dewline.Status // by feed; ok where it says nothing
	every dewline.Status            // of all others
}

func (a *ailing) set(feed string, s dewline.Status) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.say[feed] = s
}

func (a *ailing) all(s dewline.Status) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.every = s
}

func (a *ailing) answer(_ context.Context, f dewline.Feed) dewline.Response {
	a.mu.Lock()
	defer a.mu.Unlock()
	status := a.every
	if s, ok := a.say[f.Name]; ok {
		status = s
	}
	return resp(status)
}

// ward are feeds under watch, of which ops is told.
func ward(t *testing.T, n int, schedule string) (*ailing, []dewline.Feed, *house) {
	t.Helper()
	feeds := feedsOf(n, schedule)
	for i := range feeds {
		feeds[i].Health = []string{"ops"}
	}
	a := &ailing{say: make(map[string]dewline.Status), every: dewline.StatusOK}
	return a, feeds, watched(t, feeds, newMemory(feeds), a)
}

// watched runs a monitor with its watch over health.
func watched(t *testing.T, feeds []dewline.Feed, store *memory, a *ailing) *house {
	t.Helper()
	return watchedAs(t, feeds, store, a.answer)
}

func watchedAs(t *testing.T, feeds []dewline.Feed, store *memory, answer func(context.Context, dewline.Feed) dewline.Response) *house {
	t.Helper()
	h := run(t, feeds, store, answer)
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() {
		defer close(done)
		_ = h.monitor.RunHealth(ctx)
	}()
	before := h.stop
	h.stop = func() error { cancel(); <-done; return before() }
	t.Cleanup(func() { cancel(); <-done })
	return h
}

// notices are what was told, in a word each.
func (h *house) notices() (list []string) {
	h.store.mu.Lock()
	defer h.store.mu.Unlock()
	for _, n := range h.store.notices {
		list = append(list, fmt.Sprintf("%s %s %s", n.Event, n.About.Feed.Name, n.About.Health.Reason))
	}
	return list
}

func (h *house) wantNotices(want ...string) {
	h.Helper()
	if got := h.notices(); !slices.Equal(got, want) {
		h.Fatalf("told:\n  %s\nwant:\n  %s", strings.Join(got, "\n  "), strings.Join(want, "\n  "))
	}
}

// A blip is told to nobody; what lasts is told once, in the commit of the third poll, and its end once.
func TestFailuresAreToldOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a, feeds, h := ward(t, 4, "@every 15m")
		h.pass(time.Minute)
		a.set("0", dewline.StatusTimeout)
		h.pass(15 * time.Minute)
		a.set("0", dewline.StatusOK)
		h.pass(time.Hour)
		h.wantNotices()

		a.set("1", dewline.StatusNotFound)
		a.set("2", dewline.StatusGone)
		h.pass(16 * time.Minute)
		h.wantNotices("feed.failing 2 gone")
		h.pass(72 * time.Hour)
		h.wantNotices("feed.failing 2 gone", "feed.failing 1 not-found")
		if st := h.store.state(feeds[1]); st.Trouble.Polls < 4 {
			t.Errorf("only %d polls", st.Trouble.Polls)
		}
		a.set("1", dewline.StatusOK)
		h.pass(48 * time.Hour)
		h.wantNotices("feed.failing 2 gone", "feed.failing 1 not-found", "feed.recovered 1 ok")
	})
}

// A feed that comes and goes for a week is told of a few times, and not at every turn.
func TestAFlappingFeedDoesNotFlood(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a, _, h := ward(t, 1, "@every 5m")
		for range 7 * 24 {
			a.set("0", dewline.StatusServerError)
			h.pass(30 * time.Minute)
			a.set("0", dewline.StatusOK)
			h.pass(30 * time.Minute)
		}
		a.set("0", dewline.StatusOK)
		h.pass(48 * time.Hour)
		got := h.notices()
		if len(got) < 2 || len(got) > 8 || !strings.HasPrefix(got[len(got)-1], dewlineRecovered) {
			t.Errorf("told %d times: %v", len(got), got)
		}
	})
}

const dewlineRecovered = string(dewline.EventRecovered)

// Our own network fails: 320 feeds fail at once, and one alert says so, and one that they are read again. A
// restart in the middle tells nothing anew.
func TestAMassFailureIsOneAlert(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a, feeds, h := ward(t, 320, "@every 1h")
		for i := range 8 {
			a.set(fmt.Sprint(i), dewline.StatusOK)
		}
		h.pass(time.Hour + time.Minute)
		a.all(dewline.StatusDNS)
		h.pass(90 * time.Minute)
		h.wantNotices("feed.failing 312 of 320 feeds dns")
		about := h.store.notices[0].About
		if about.Feeds.Failing != 312 || len(about.Feeds.Names) != dewline.GroupNames || !strings.Contains(about.Health.Detail, "this machine's network") ||
			!slices.Equal(h.store.notices[0].Alert, []string{"ops"}) {
			t.Errorf("%+v", about)
		}
		if err := h.stop(); err != nil {
			t.Fatal(err)
		}
		h = watched(t, feeds, h.store, a)
		h.pass(3 * time.Hour)
		h.wantNotices("feed.failing 312 of 320 feeds dns")

		a.all(dewline.StatusOK)
		a.set("100", dewline.StatusNotFound)
		h.pass(45 * time.Minute)
		h.wantNotices("feed.failing 312 of 320 feeds dns", "feed.recovered 312 feeds ok")
		if g := h.store.notices[1].About.Feeds; g.Failing != 1 || g.Of != 312 {
			t.Errorf("%+v", g)
		}
		// What is left of it are single feeds: each that comes back is told.
		a.set("100", dewline.StatusOK)
		h.pass(26 * time.Hour)
		got := h.notices()
		if !slices.Contains(got, "feed.recovered 100 ok") {
			t.Errorf("told: %v", got)
		}
	})
}

// The feeds of one site fail together: one alert names it, and a feed elsewhere has its own.
// A failure that waits for its likes goes on waiting over a restart: a daemon that is restarted again and again tells of it
// all the same.
func TestAMassFailureIsToldOverRestarts(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a, feeds, h := ward(t, 20, "@every 15m")
		h.pass(time.Hour + time.Minute)
		a.all(dewline.StatusDNS)
		for !slices.ContainsFunc(feeds, func(f dewline.Feed) bool { st := h.store.state(f); return st.Health(time.Now()).State.Failing() }) {
			h.pass(time.Second)
		}
		for range 8 {
			if err := h.stop(); err != nil {
				t.Fatal(err)
			}
			h = watched(t, feeds, h.store, a)
			h.pass(time.Minute)
		}
		if got := h.notices(); len(got) != 1 || !strings.HasSuffix(got[0], " of 20 feeds dns") {
			t.Errorf("told: %v", got)
		}
	})
}

func TestASiteIsOneAlert(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		feeds := feedsOf(40, "@every 15m")
		a := &ailing{say: make(map[string]dewline.Status), every: dewline.StatusOK}
		for i := range feeds {
			feeds[i].Health = []string{"ops"}
			if i < 9 {
				feeds[i].URL = fmt.Sprintf("https://www.nato.example.org/%d", i)
				a.set(feeds[i].Name, dewline.StatusGone)
			}
		}
		a.set("20", dewline.StatusGone)
		h := watched(t, feeds, newMemory(feeds), a)
		h.pass(time.Hour)
		got := h.notices()
		alone := 0
		for _, n := range got {
			if strings.HasSuffix(n, " gone") && !strings.Contains(n, "of 9 feeds of example.org") {
				alone++
			}
		}
		if len(got) > 6 || alone > massLeast || !slices.ContainsFunc(got, func(n string) bool { return strings.Contains(n, "of 9 feeds of example.org") }) ||
			!slices.Contains(got, "feed.failing 20 gone") {
			t.Errorf("told: %v", got)
		}
	})
}

// Four feeds that fail at once are four failures: nothing waits for more of them for long.
func TestAFewFailuresAreToldOneByOne(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a, _, h := ward(t, 100, "@every 15m")
		h.pass(time.Hour)
		for i := range 4 {
			a.set(fmt.Sprint(i), dewline.StatusTimeout)
		}
		h.pass(90 * time.Minute)
		if got := h.notices(); len(got) != 4 {
			t.Errorf("told: %v", got)
		}
	})
}

// A source that publishes on working days, at noon, rests at weekends without a word; when it dies that is told
// once, by the commit of a poll, and its return once. A daemon that was off for a day reports nothing.
func TestASilenceIsToldOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		start, dead := time.Now(), false
		var published atomic.Int64
		feeds := feedsOf(1, "@every 1h")
		feeds[0].Health = []string{"ops"}
		store := newMemory(feeds)
		answer := func(context.Context, dewline.Feed) dewline.Response {
			r := resp(dewline.StatusOK)
			for i := range published.Load() {
				key := dewline.ItemKey(feeds[0].Key(), dewline.Identity{Value: fmt.Sprint(i)})
				r.Entries = append(r.Entries, dewline.Entry{Key: key, Fingerprint: 1, Make: func() dewline.Item {
					return dewline.Item{Key: key, Title: fmt.Sprintf("Statement %d", i)}
				}})
			}
			return r
		}
		h := run(t, feeds, store, func(ctx context.Context, f dewline.Feed) dewline.Response { return answer(ctx, f) })
		days := func(n int) {
			for range n {
				if day := time.Now().Weekday(); !dead && day != time.Saturday && day != time.Sunday {
					published.Add(1)
				}
				h.pass(24 * time.Hour)
			}
		}
		days(8 * 7)
		h.wantNotices()
		if err := h.stop(); err != nil { // a day without the daemon
			t.Fatal(err)
		}
		days(1)
		h = run(t, feeds, store, answer)
		days(2 * 7)
		h.wantNotices()

		dead = true
		days(7)
		h.wantNotices("feed.silent 0 silent")
		days(7)
		h.wantNotices("feed.silent 0 silent")
		if st := store.state(feeds[0]); st.Stillness == nil || st.Stillness.Since.Before(start.AddDate(0, 0, 8*7)) {
			t.Errorf("silence: %+v", st.Stillness)
		}
		dead = false
		days(7)
		h.wantNotices("feed.silent 0 silent", "feed.recovered 0 ok")
	})
}

// A cache that nobody renews answers well, with the very same, for ever: the feed is frozen, which is told once,
// and so is the end of it. One that only rests while its page still changes is silent.
func TestAFrozenFeedIsToldOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var days, shown atomic.Int64 // published, and as feed 0 was when it was asked last
		feeds := feedsOf(2, "@every 1h")
		for i := range feeds {
			feeds[i].Health = []string{"ops"}
		}
		store := newMemory(feeds)
		h := run(t, feeds, store, func(_ context.Context, f dewline.Feed) dewline.Response {
			r := resp(dewline.StatusOK)
			n := days.Load()
			r.Identical = f.Name == "0" && shown.Swap(n) == n
			for i := range n {
				key := dewline.ItemKey(f.Key(), dewline.Identity{Value: fmt.Sprint(i)})
				r.Entries = append(r.Entries, dewline.Entry{Key: key, Fingerprint: 1, Make: func() dewline.Item {
					return dewline.Item{Key: key, Title: fmt.Sprintf("Statement %d of %s", i, f.Name)}
				}})
			}
			if r.Identical {
				r.Parsed = dewline.Parsed{Status: dewline.StatusOK}
			}
			return r
		})
		pass := func(n int, published int64) {
			for range n {
				days.Add(published)
				h.pass(24 * time.Hour)
			}
		}
		pass(6*7, 1)
		pass(14, 0)
		got := h.notices()
		slices.Sort(got)
		if !slices.Equal(got, []string{"feed.silent 0 frozen", "feed.silent 1 silent"}) {
			t.Fatalf("told: %v", got)
		}
		for _, n := range store.notices {
			if n.About.Health.State == dewline.HealthFrozen && !strings.Contains(n.About.Health.Detail, "very same") {
				t.Errorf("%+v", n.About.Health)
			}
		}
		pass(3, 1)
		got = h.notices()
		slices.Sort(got)
		if !slices.Equal(got, []string{"feed.recovered 0 ok", "feed.recovered 1 ok", "feed.silent 0 frozen", "feed.silent 1 silent"}) {
			t.Errorf("told: %v", got)
		}
	})
}
