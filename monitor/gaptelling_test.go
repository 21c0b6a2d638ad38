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

// overflowing are ailing sources with ten items each.
type overflowing struct {
	*ailing
	always bool           // they show others at every poll; guarded by the mutex of ailing, as the rest
	moves  map[string]int // by feed: how often its items were replaced
}

// move lets feeds show ten items that nobody has seen.
func (o *overflowing) move(feeds ...string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	for _, f := range feeds {
		o.moves[f]++
	}
}

func (o *overflowing) overflow(always bool) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.always = always
}

func (o *overflowing) answer(ctx context.Context, f dewline.Feed) dewline.Response {
	r := o.ailing.answer(ctx, f)
	if r.Status != dewline.StatusOK {
		return r
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.always {
		o.moves[f.Name]++
	}
	n := o.moves[f.Name]
	for i := range 10 {
		key := dewline.ItemKey(f.Key(), dewline.Identity{Value: fmt.Sprint(n, "/", i)})
		title := fmt.Sprintf("statement %d/%d of %s", n, i, f.Name)
		r.Entries = append(r.Entries, dewline.Entry{Key: key, Fingerprint: 1, Make: func() dewline.Item {
			return dewline.Item{Key: key, Title: title}
		}})
	}
	return r
}

// spill runs feeds that may overflow, of which ops is told.
func spill(t *testing.T, n int, schedule string) (*overflowing, func() *house) {
	t.Helper()
	feeds := feedsOf(n, schedule)
	for i := range feeds {
		feeds[i].Health = []string{"ops"}
	}
	o := &overflowing{ailing: &ailing{say: make(map[string]dewline.Status), every: dewline.StatusOK}, moves: make(map[string]int)}
	store := newMemory(feeds)
	return o, func() *house { return watchedAs(t, feeds, store, o.answer) }
}

// A gap is told once, with its bounds and what to do, and nothing is told when it lies in the past.
func TestAGapIsToldOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o, start := spill(t, 3, "@every 2h")
		h := start()
		h.pass(5 * time.Hour)
		for day := range 2 {
			o.move("1")
			h.pass(72 * time.Hour)
			h.wantNotices(slices.Repeat([]string{"feed.failing 1 gap"}, day+1)...)
			n := h.store.notices[day].About
			if g := n.Gap; n.Gaps != 1 || g == nil || g.Closed || g.To.Sub(g.From) > 2*time.Hour+time.Minute || !n.Health.Since.Equal(g.To) ||
				n.Health.State != dewline.HealthOK || !strings.Contains(n.Health.Remedy, "publisher's site") {
				t.Errorf("%+v", n)
			}
			if line := n.Headline(dewline.EventFailing); line != "items of 1 may have passed unseen "+n.Gap.Between() {
				t.Error(line)
			}
		}
		if err := h.stop(); err != nil {
			t.Fatal(err)
		}
		h = start()
		h.pass(72 * time.Hour)
		h.wantNotices("feed.failing 1 gap", "feed.failing 1 gap")
	})
}

// A source that overflows at every poll is told of once a day, with the number of gaps; none is left out, also when
// it overflows no more.
func TestAFeedThatAlwaysOverflowsIsToldOnceADay(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o, start := spill(t, 1, "@every 30m")
		h := start()
		h.pass(time.Hour)
		o.overflow(true)
		h.pass(5 * 24 * time.Hour)
		o.overflow(false)
		h.pass(48 * time.Hour)
		told, all := h.store.notices, 0
		for i, n := range told {
			all += n.About.Gaps
			if i > 0 && n.About.At.Sub(told[i-1].About.At) < 24*time.Hour {
				t.Errorf("told at %s and %s", told[i-1].About.At, n.About.At)
			}
		}
		var open uint32
		for _, c := range h.store.commits {
			open = max(open, c.State.Gaps.Open)
		}
		if len(told) != 6 || all != int(open) || open < 200 || !strings.Contains(told[3].About.Health.Detail, fmt.Sprint(told[3].About.Gaps, " times since ")) {
			t.Errorf("%d alerts on %d of %d gaps; %s", len(told), all, open, told[3].About.Health.Detail)
		}
	})
}

// dewline does not run for a weekend; all feeds have moved on. Four are told alone, and the others as one.
func TestGapsAfterAPauseAreFewAlerts(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o, start := spill(t, 100, "@every 1h")
		h := start()
		h.pass(3 * time.Hour)
		if err := h.stop(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(60 * time.Hour)
		var all []string
		for i := range 100 {
			all = append(all, fmt.Sprint(i))
		}
		o.move(all...)
		h = start()
		h.pass(72 * time.Hour)
		got := h.notices()
		if len(got) != gapsAlone+1 || got[gapsAlone] != "feed.failing 96 of 100 feeds gap" {
			t.Fatalf("told: %v", got)
		}
		if n := h.store.notices[gapsAlone].About; n.Headline(dewline.EventFailing) != "items of 96 of 100 feeds may have passed unseen" ||
			len(n.Feeds.Names) != dewline.GroupNames || n.Health.Remedy == "" {
			t.Errorf("%+v", n)
		}
	})
}

// What was missed while feeds failed together is told by the alert that they are read again.
func TestGapsOfAMassFailureAreToldWithItsEnd(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o, start := spill(t, 40, "@every 1h")
		h := start()
		h.pass(3 * time.Hour)
		o.all(dewline.StatusDNS)
		h.pass(5 * time.Hour)
		o.all(dewline.StatusOK)
		o.move("3", "7", "12", "20", "21", "22", "30")
		h.pass(72 * time.Hour)
		h.wantNotices("feed.failing 40 of 40 feeds dns", "feed.recovered 40 feeds ok")
		if d := h.store.notices[1].About.Health; !strings.Contains(d.Detail, "items of 7 of them may have passed unseen meanwhile: 12, 20, 21, 22, 3, 30, 7") ||
			!strings.Contains(d.Remedy, "publishers' sites") {
			t.Errorf("%+v", d)
		}
	})
}
