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

// crowd answers as sources do in a bad week. Feeds are told apart by the first word of their names.
func crowd(ctx context.Context, f dewline.Feed) dewline.Response {
	kind, _, _ := strings.Cut(f.Name, " ")
	switch kind {
	case "hangs":
		linger(ctx, 10*time.Minute)
		return resp(dewline.StatusTimeout)
	case "slow":
		linger(ctx, 25*time.Second)
		return resp(dewline.StatusOK)
	case "fails":
		linger(ctx, time.Second)
		if chance(f.Name, time.Now().Unix()/3600) < 0.5 {
			return resp(dewline.StatusServerError)
		}
	case "lies": // nothing ever changes, it says
		r := resp(dewline.StatusOK)
		r.NotModified = true
		return r
	case "moves":
		linger(ctx, time.Second)
		r := resp(dewline.StatusOK)
		r.MovedTo = fmt.Sprint("https://new.example/", time.Now().Unix()/86400)
		return r
	case "limits": // for the half of each hour
		linger(ctx, time.Second)
		if time.Now().Minute() < 30 {
			return later(dewline.StatusRateLimited, time.Duration(30-time.Now().Minute())*time.Minute)
		}
	case "gone":
		return resp(dewline.StatusGone)
	}
	linger(ctx, time.Second)
	return resp(dewline.StatusOK)
}

// In a bad week, with a restart, a day without the machine, and the end of summer time in it, each healthy feed
// is polled within twice its interval, a site that limits is left alone, and no start is a storm.
func TestABadWeek(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		time.Sleep(time.Until(time.Date(2026, 10, 22, 0, 0, 0, 0, time.UTC))) // Thursday before the clocks change
		var feeds []dewline.Feed
		for kind, n := range map[string]int{"hangs": 70, "slow": 5, "fails": 5, "lies": 2, "moves": 2, "gone": 2} {
			feeds = append(feeds, atSite(kind, n, "@every 15m")...)
		}
		good := slices.Concat(atSite("good", 6, "@every 15m"), atSite("hourly", 2, "CRON_TZ=Europe/Berlin 30 * * * *"))
		feeds = append(feeds, good...)
		limits := atSite("limits", 12, "") // due one after another, so that each would be told by itself
		for i := range limits {
			limits[i].Schedule = fmt.Sprintf("%d-59/15 * * * *", i+1)
		}
		feeds = append(feeds, limits...)
		store := newMemory(feeds)
		for _, part := range []struct {
			run, sleep time.Duration
		}{{2 * 24 * time.Hour, 0}, {2 * 24 * time.Hour, 24 * time.Hour}, {2 * 24 * time.Hour, 0}} {
			h := run(t, feeds, store, crowd)
			h.pass(part.run)
			if err := h.stop(); err != nil {
				t.Fatal(err)
			}
			h.inTime(good)
			h.noStorm()
			h.leftAlone()
			time.Sleep(part.sleep) // the machine sleeps, or its clock is set forward
		}
	})
}

// inTime holds feeds to twice their interval.
func (h *house) inTime(feeds []dewline.Feed) {
	for _, f := range feeds {
		times := h.sources.requests(f.Name)
		interval := 15 * time.Minute
		if strings.HasPrefix(f.Name, "hourly") {
			interval = time.Hour
		}
		last := time.Duration(0)
		for _, at := range append(times, h.passed()) {
			if at-last > 2*interval {
				h.Errorf("%s was not polled from %s to %s after the start", f.Name, last, at)
			}
			last = at
		}
		if want := int(h.passed() / interval); len(times) > want+2 {
			h.Errorf("%s was polled %d times instead of %d", f.Name, len(times), want)
		}
	}
}

// noStorm looks at how fast polls began.
func (h *house) noStorm() {
	all := h.sources.requests("")
	slices.Sort(all)
	for i := startsPerSecond * 3 / 2; i < len(all); i++ {
		if within := all[i] - all[i-startsPerSecond*3/2]; within < time.Second {
			h.Fatalf("%d polls began within %s", startsPerSecond*3/2, within)
		}
	}
}

// leftAlone counts what the site that limits was asked while it did: the first feed hears it for all, once in an hour.
func (h *house) leftAlone() {
	asked := make(map[time.Time]int)
	for name, times := range h.sources.asked {
		if !strings.HasPrefix(name, "limits") {
			continue
		}
		for _, at := range times {
			if t := h.sources.start.Add(at); t.Minute() < 30 && t.Minute() > 0 { // at a start all are due
				asked[t.Truncate(time.Hour)]++
			}
		}
	}
	for hour, n := range asked {
		if n > 2 {
			h.Errorf("the site that wanted to be left alone was asked %d times in the first half of the hour from %s", n, hour)
		}
	}
}
