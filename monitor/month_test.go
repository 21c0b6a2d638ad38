package monitor

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"dewline"
)

// desks are fetchers in front of publishers: each shows its newest items, as many as its window holds.
type desks struct {
	window int
	mu     sync.Mutex
	feeds  map[string][]time.Time // when each item of a feed appeared
	found  map[string][]time.Time // when each was first read
	shown  map[string]int         // items read at the last poll
	polls  map[string]int
}

// publish lets publishers publish for some days from now on; they did for two weeks before.
func publish(list []publisher, days, window int) (*desks, []dewline.Feed) {
	p := &desks{window: window, feeds: map[string][]time.Time{}, found: map[string][]time.Time{}, shown: map[string]int{}, polls: map[string]int{}}
	var feeds []dewline.Feed
	start := time.Now()
	for _, each := range list {
		feeds = append(feeds, dewline.Feed{Name: each.name, URL: "http://x.test/" + each.name})
		for t := start.AddDate(0, 0, -14); t.Before(start.AddDate(0, 0, days)); t = t.Add(time.Minute) {
			for range each.items(t) {
				p.feeds[each.name] = append(p.feeds[each.name], t.Add(time.Duration(chance(each.name+"s", t.Unix())*float64(time.Minute))))
			}
		}
		p.found[each.name] = make([]time.Time, len(p.feeds[each.name]))
	}
	return p, feeds
}

// show is a feed as it is now.
func (p *desks) show(feed dewline.Feed) dewline.Response {
	p.mu.Lock()
	defer p.mu.Unlock()
	now := time.Now()
	all := p.feeds[feed.Name]
	n, _ := slices.BinarySearchFunc(all, now, time.Time.Compare)
	p.polls[feed.Name]++
	r := resp(dewline.StatusOK)
	if n == p.shown[feed.Name] && p.polls[feed.Name] > 1 {
		r.Identical = true
		return r
	}
	p.shown[feed.Name] = n
	p.page(&r, feed, n)
	return r
}

// page shows the newest items of the first n.
func (p *desks) page(r *dewline.Response, feed dewline.Feed, n int) {
	all := p.feeds[feed.Name]
	for i := n - 1; i >= max(0, n-p.window); i-- {
		if p.found[feed.Name][i].IsZero() {
			p.found[feed.Name][i] = time.Now()
		}
		key := dewline.ItemKey(feed.Key(), dewline.Identity{Value: strconv.Itoa(i)})
		at := all[i]
		r.Entries = append(r.Entries, dewline.Entry{Key: key, Fingerprint: 1, Make: func() dewline.Item {
			return dewline.Item{Key: key, Title: key.String(), Published: at}
		}})
	}
	if strings.HasPrefix(feed.Name, "archive") {
		r.URL, r.Paging.Next = "http://x.test/", fmt.Sprint("http://x.test/?before=", n-p.window)
	}
}

func (p *desks) FetchPage(_ context.Context, feed dewline.Feed, address string) dewline.Response {
	p.mu.Lock()
	defer p.mu.Unlock()
	var before int
	r := resp(dewline.StatusOK)
	if _, err := fmt.Sscanf(address, "http://x.test/?before=%d", &before); err != nil || before <= 0 {
		return resp(dewline.StatusNotFound)
	}
	p.page(&r, feed, before)
	return r
}

func (p *desks) FetchNews(context.Context, dewline.Feed) dewline.Response {
	return resp(dewline.StatusOK)
}

// delays are how late the items that appeared since a time were found, and how many never were.
func (p *desks) delays(feed string, since time.Time) (late []time.Duration, lost int) {
	for i, at := range p.feeds[feed] {
		switch found := p.found[feed][i]; {
		case at.Before(since) || at.After(time.Now().Add(-24*time.Hour)):
		case found.IsZero():
			lost++
		default:
			late = append(late, found.Sub(at))
		}
	}
	return late, lost
}

func mean(list []time.Duration) time.Duration {
	sum := time.Duration(0)
	for _, d := range list {
		sum += d
	}
	return sum / time.Duration(max(len(list), 1))
}

func median(list []time.Duration) time.Duration {
	if len(list) == 0 {
		return 0
	}
	slices.Sort(list)
	return list[len(list)/2]
}

func (p *desks) answer(_ context.Context, f dewline.Feed) dewline.Response { return p.show(f) }

// timetable are publishers as they are: news agencies, ministries that work when their country does,
// weeklies, one that bursts, one that hardly ever says anything, and one that is dead.
var timetable = []publisher{
	{"agency", func(t time.Time) float64 { return 2 + 1.7*math.Sin(float64(t.UTC().Hour()-7)/24*2*math.Pi) }, 1},
	{"Berlin", office(1, "Europe/Berlin"), 1}, {"London", office(0.4, "Europe/London"), 1}, {"Tokyo", office(0.5, "Asia/Tokyo"), 2},
	{"Washington", office(1.5, "America/New_York"), 1}, {"Canberra", office(0.2, "Australia/Sydney"), 1},
	{"rests on Sundays", restsOn(time.Sunday, 0.5), 1}, {"weekly", weekly, 8}, {"daily", always(1. / 24), 1},
	{"bursts", bursts, 1}, {"seldom", always(1. / 200), 1}, {"dead", always(0), 1},
}

// byChance are those without a rhythm: any rest may be longer than twice those before.
var byChance = map[string]bool{"daily": true, "bursts": true, "seldom": true}

// month runs publishers for a month.
func month(t *testing.T, list []publisher, schedule func(i int) string) (p *desks) {
	synctest.Test(t, func(t *testing.T) {
		time.Sleep(time.Until(first))
		var feeds []dewline.Feed
		p, feeds = publish(list, 31, 20)
		for i := range feeds {
			feeds[i].Schedule = schedule(i)
		}
		store := newMemory(feeds)
		run(t, feeds, store, p.answer).pass(31 * 24 * time.Hour)
		for _, c := range store.commits {
			if c.State.Stillness != nil && !byChance[c.State.Name] {
				t.Fatalf("%s was called silent on %s, since %s, although it lives", c.State.Name, c.Poll.At, c.State.Stillness.Since)
			}
		}
	})
	return p
}

// For the same number of requests, a schedule that follows each source's rhythm finds what is new at least twice as
// soon as a fixed interval.
func TestAMonthOfPublication(t *testing.T) {
	follows := month(t, timetable, func(int) string { return "adaptive" })
	polls := 0
	for _, n := range follows.polls {
		polls += n
	}
	between := func(polls, feeds int) time.Duration {
		return (31 * 24 * time.Hour * time.Duration(feeds) / time.Duration(polls)).Round(time.Second)
	}
	every := fmt.Sprint("@every ", between(polls, len(timetable)))
	fixed := month(t, timetable, func(int) string { return every })
	var a, f []time.Duration
	for _, p := range timetable {
		la, lost := follows.delays(p.name, first)
		lf, _ := fixed.delays(p.name, first)
		t.Logf("%-16s %4d items in %5d polls: after %s; with one interval for all %s, with the best one for it alone %s",
			p.name, len(la), follows.polls[p.name], late(la), late(lf), between(follows.polls[p.name], 1)/2)
		if lost > 0 {
			t.Errorf("%s: %d items were never found", p.name, lost)
		}
		a, f = append(a, la...), append(f, lf...)
	}
	t.Logf("all in %d polls: %s after publication; %s: %s", polls, late(a), every, late(f))
	if 2*mean(a) > mean(f) || 2*median(a) > median(f) {
		t.Errorf("%s, and fixed %s: not twice as soon", late(a), late(f))
	}
}

func late(list []time.Duration) string {
	return fmt.Sprintf("%s (median %s)", mean(list).Round(time.Second), median(list).Round(time.Second))
}

// A source that moves 25 items through a window of 10 loses nothing where it has an archive; elsewhere, every item that
// was lost lies in a gap that is on record.
func TestAMonthOfGaps(t *testing.T) {
	morning := func(t time.Time) float64 {
		if t.Weekday()%6 != 0 && t.Hour() == 9 && t.Minute() < 5 {
			return 60
		}
		return 0
	}
	list := []publisher{{"archive", morning, 5}, {"none", morning, 5}, {"archive at once", weekly, 25}, {"none at once", weekly, 25}}
	synctest.Test(t, func(t *testing.T) {
		time.Sleep(time.Until(first))
		p, feeds := publish(list, 31, 10)
		for i := range feeds {
			feeds[i].Schedule = "adaptive"
		}
		store := newMemory(feeds)
		run(t, feeds, store, p.answer, func(o *Options) { o.Pages = p }).pass(31 * 24 * time.Hour)
		gaps := make(map[dewline.Key][]*dewline.Gap)
		for _, c := range store.commits {
			if c.Poll.Gap != nil {
				gaps[c.State.Key] = append(gaps[c.State.Key], c.Poll.Gap)
			}
		}
		for _, f := range feeds {
			p.account(t, f, gaps[f.Key()])
		}
	})
}

// account looks whether what was lost is on record.
func (p *desks) account(t *testing.T, f dewline.Feed, gaps []*dewline.Gap) {
	open, lost, untold := 0, 0, 0
	for _, g := range gaps {
		if !g.Closed {
			open++
		}
	}
	for i, at := range p.feeds[f.Name] {
		if !p.found[f.Name][i].IsZero() || at.Before(first) || at.After(time.Now().Add(-24*time.Hour)) {
			continue
		}
		lost++
		if !slices.ContainsFunc(gaps, func(g *dewline.Gap) bool { return !g.Closed && !at.Before(g.From) && !at.After(g.To) }) {
			untold++
		}
	}
	t.Logf("%-16s %d items, %d lost, %d gaps, %d of them open, %d polls", f.Name, len(p.feeds[f.Name]), lost, len(gaps), open, p.polls[f.Name])
	archived := strings.HasPrefix(f.Name, "archive")
	if untold > 0 || archived && (lost > 0 || open > 0) || lost == 0 && len(gaps) == 0 {
		t.Errorf("%s: %d items were lost, %d of them in no gap on record; %d gaps, %d open", f.Name, lost, untold, len(gaps), open)
	}
}
