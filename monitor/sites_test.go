package monitor

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"dewline"
)

// atSite are feeds of one site.
func atSite(name string, n int, schedule string) (feeds []dewline.Feed) {
	for i := range n {
		feeds = append(feeds, dewline.Feed{
			Name: fmt.Sprintf("%s %d", name, i), URL: fmt.Sprintf("https://f%d.%s.example/feed", i, name), Schedule: schedule,
		})
	}
	return feeds
}

// More feeds of one site than there are polls at all hang for as long as a fetch may; nobody else waits for
// them, and each of them gets its turn.
func TestASiteThatHangsTakesNotAllPolls(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		hang, good := atSite("hang", maxPolls+100, "@every 15m"), atSite("good", 20, "@every 1m")
		feeds := slices.Concat(hang, good)
		h := run(t, feeds, newMemory(feeds), func(ctx context.Context, f dewline.Feed) dewline.Response {
			if strings.HasPrefix(f.Name, "hang") {
				linger(ctx, 16*time.Minute) // with the wait for its turn
				return resp(dewline.StatusTimeout)
			}
			linger(ctx, time.Second)
			return resp(dewline.StatusOK)
		})
		h.pass(50 * time.Minute)
		for _, f := range good {
			times := h.sources.requests(f.Name)
			for i := 1; i < len(times); i++ {
				if wait := times[i] - times[i-1]; wait > 2*time.Minute {
					t.Fatalf("%s waited %s", f.Name, wait)
				}
			}
			if len(times) < 40 {
				t.Fatalf("%s was polled %d times in fifty minutes", f.Name, len(times))
			}
		}
		asked := 0
		for _, f := range hang {
			asked += len(h.sources.requests(f.Name))
		}
		if asked < 3*sitePolls || asked > 5*sitePolls {
			t.Errorf("the site that hangs was asked %d times", asked)
		}
	})
}

// What a site says of its pace holds for all of its feeds: they wait, they do not fail, and come back one after another.
func TestASiteThatWantsToBeLeftAlone(t *testing.T) {
	for _, c := range []struct {
		name string
		says dewline.Response
		who  int // so many feeds hear it
		hold time.Duration
	}{
		{"429 with a time", later(dewline.StatusRateLimited, time.Hour), 1, time.Hour},
		{"429 without one", resp(dewline.StatusRateLimited), 1, firstHold},
		{"503 with a time", later(dewline.StatusUnavailable, time.Hour), 1, time.Hour},
		{"503 without one", resp(dewline.StatusUnavailable), 1, 0},
		{"403 to one feed", forbidden(), 1, 0},
		// To all of them: an answer between two refusals would say that the site does not mean its pace.
		{"403 to feeds that worked", forbidden(), 10, firstHold},
		{"for ever", later(dewline.StatusRateLimited, 1000*time.Hour), 1, maxHold},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				site, other := atSite("gov", 10, "@every 1m"), atSite("other", 1, "@every 1m")
				feeds := slices.Concat(site, other)
				var mu sync.Mutex
				saying := 0
				h := run(t, feeds, newMemory(feeds), func(ctx context.Context, f dewline.Feed) dewline.Response {
					linger(ctx, time.Second)
					mu.Lock()
					defer mu.Unlock()
					if saying > 0 && strings.HasPrefix(f.Name, "gov") {
						saying--
						return c.says
					}
					return resp(dewline.StatusOK)
				})
				h.pass(10*time.Minute + 30*time.Second)
				mu.Lock()
				saying = c.who
				mu.Unlock()
				h.pass(40 * time.Second)
				heard := time.Since(h.sources.start)
				if wait := h.monitor.Waiting(site[9].Key(), time.Now()); (c.hold > 0) != (wait != nil) {
					t.Fatalf("it waits: %+v", wait)
				}
				h.pass(c.hold - 30*time.Second)
				before, failing := 0, 0
				for _, f := range site {
					for _, at := range h.sources.requests(f.Name) {
						if at > heard && at < heard+c.hold-30*time.Second {
							before++
						}
					}
					if st := h.store.state(f); !st.Status.Read() {
						failing++
					}
				}
				if c.hold > 0 && (before > 0 || failing > c.who) {
					t.Errorf("asked %d times while it wanted to be left alone; %d of its feeds fail", before, failing)
				}
				h.pass(30 * time.Minute)
				for _, f := range site {
					if st := h.store.state(f); c.hold == time.Hour && st.Status != dewline.StatusOK {
						t.Errorf("%s is %s", f.Name, st.Status)
					}
				}
				if n := len(h.sources.requests("other 0")); n < int((h.passed()-time.Minute)/time.Minute) {
					t.Errorf("a feed of another site was asked %d times in %s", n, h.passed())
				}
			})
		})
	}
}

// A site whose refusals of one feed come and go means its pace; one that forbids a feed once and then gives it does not.
func TestAFeedThatIsForbiddenByTurns(t *testing.T) {
	for name, c := range map[string]struct {
		refuses func(poll int) bool
		waits   bool
	}{
		"once":     {func(n int) bool { return n == 5 }, false},
		"lasting":  {func(n int) bool { return n >= 5 }, false},
		"by turns": {func(n int) bool { return n >= 5 && n%2 == 1 }, true},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				site := atSite("gov", 2, "@every 10m")
				site[1].Schedule = "@daily"
				polls := 0 // of the first feed, which are one after another
				h := run(t, site, newMemory(site), func(_ context.Context, f dewline.Feed) dewline.Response {
					if f.Name == site[0].Name {
						if polls++; c.refuses(polls) {
							return forbidden()
						}
					}
					return resp(dewline.StatusOK)
				})
				waited := false
				for range 3 * 60 {
					h.pass(time.Minute)
					waited = waited || h.monitor.Waiting(site[1].Key(), time.Now()) != nil
				}
				if waited != c.waits {
					t.Errorf("the site was left alone: %v, want %v", waited, c.waits)
				}
			})
		})
	}
}

func (h *house) passed() time.Duration { return time.Since(h.sources.start) }

func forbidden() dewline.Response {
	r := resp(dewline.StatusForbidden)
	r.HTTPStatus = 403
	return r
}
