package monitor

import (
	"context"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"dewline"
)

// rebuilt is a page whose list was found, and what it shows.
type rebuilt struct {
	list  string // the selector
	items []shown
}

// shown is an item of a page: how long before the second poll it is dated; none where negative.
type shown struct {
	n   int
	age time.Duration
}

const undatedAge = -1

func (p *rebuilt) Fetch(context.Context, dewline.Feed, dewline.FeedState) dewline.Response {
	r := resp(dewline.StatusOK)
	r.List = &dewline.PageList{Item: p.list}
	for _, s := range p.items {
		key := dewline.ItemKey(dewline.FeedKey("0"), dewline.Identity{Value: fmt.Sprint(s.n)})
		it := dewline.Item{Key: key, Title: fmt.Sprint("statement ", s.n)}
		if s.age != undatedAge {
			it.Published = first.Add(3*time.Hour - s.age)
		}
		r.Entries = append(r.Entries, dewline.Entry{Key: key, Fingerprint: 1, Make: func() dewline.Item { return it }})
	}
	return r
}

// series shows items from one number up to another, all of one age.
func series(from, to int, age time.Duration) (all []shown) {
	for n := from; n < to; n++ {
		all = append(all, shown{n, age})
	}
	return all
}

// Where another list is found on a page, what is new on it is told, and its past is not told again.
func TestAnotherListOfAPage(t *testing.T) {
	const day = 24 * time.Hour
	for name, c := range map[string]struct {
		list   string
		items  []shown
		told   []int
		quiet  int
		detail string
	}{
		"the same list":                        {"li", append(series(20, 21, undatedAge), series(0, 10, undatedAge)...), []int{20}, 0, ""},
		"rebuilt, all known":                   {"div", series(0, 10, 5*day), nil, 0, "the page was rebuilt: the list is now item `div`, since 2026-09-07 03:00 UTC; before, it was item `li`"},
		"rebuilt, with one that is new":        {"div", append(series(20, 21, time.Hour), series(0, 10, 5*day)...), []int{20}, 0, "rebuilt"},
		"rebuilt, with one without a date":     {"div", append(series(20, 21, undatedAge), series(0, 10, undatedAge)...), []int{20}, 0, "rebuilt"},
		"rebuilt, showing more of the past":    {"div", append(series(0, 10, 5*day), series(20, 30, 9*day)...), nil, 10, "10 of its items are old"},
		"other addresses, dated":               {"div", append(series(20, 21, time.Hour), series(21, 30, 5*day)...), []int{20}, 9, "9 of its items are old"},
		"other addresses, dated of yesterday":  {"div", series(20, 23, 20*time.Hour), []int{20, 21, 22}, 0, "rebuilt"},
		"another list, without dates":          {"div", series(20, 30, undatedAge), nil, 10, "10 of its items are old, or may be"},
		"another list, one of which was known": {"div", append(series(0, 1, undatedAge), series(20, 29, undatedAge)...), nil, 9, "9 of its items"},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				time.Sleep(time.Until(first.Add(time.Hour)))
				feeds := feedsOf(1, "@every 2h")
				feeds[0].Page = &dewline.PageList{Auto: true}
				page := &rebuilt{"li", series(0, 10, undatedAge)}
				m, err := New(Options{Store: newMemory(feeds), Fetcher: page, Judge: judgeEach{}, Feeds: feeds, Log: slog.New(slog.DiscardHandler)})
				if err != nil {
					t.Fatal(err)
				}
				poll := func() Outcome {
					out, err := m.Poll(t.Context(), feeds[0].Key())
					if err != nil {
						t.Fatal(err)
					}
					time.Sleep(2 * time.Hour)
					return out
				}
				if out := poll(); out.State.List == nil || out.State.List.Item != "li" || out.State.List.Was != nil || out.State.Detail != "" {
					t.Errorf("at first: %+v %s", out.State.List, out.State.Detail)
				}
				page.list, page.items = c.list, c.items
				out := poll()
				told, quiet := map[string]bool{}, 0
				for _, match := range out.Matches {
					if match.Quiet {
						quiet++
						continue
					}
					told[match.Item.String()] = true
				}
				for _, n := range c.told {
					key := dewline.ItemKey(dewline.FeedKey("0"), dewline.Identity{Value: fmt.Sprint(n)})
					if !told[key.String()] {
						t.Errorf("statement %d is not told", n)
					}
				}
				if len(told) != len(c.told) || quiet != c.quiet {
					t.Errorf("%d told, %d quiet, want %v and %d", len(told), quiet, c.told, c.quiet)
				}
				if (out.State.Detail == "") != (c.detail == "") || !strings.Contains(out.State.Detail, c.detail) {
					t.Errorf("detail: %s, want %s", out.State.Detail, c.detail)
				}
				if c.list == "div" && out.Poll.Gap != nil && quiet > 0 {
					t.Errorf("a gap is told: %s", out.Poll.Gap)
				}
			})
		})
	}
}

// A list that was pushed aside for a while is taken again, and is no rebuilt page any more; after a week it is
// forgotten.
func TestAListThatIsBack(t *testing.T) {
	a, b := dewline.PageList{Item: "li"}, dewline.PageList{Item: "div"}
	var l *dewline.FoundList
	if l.Kept(first) != nil || l.News(first) != "" {
		t.Error("something is known of nothing")
	}
	l = l.Next(a, first)
	if same := l.Next(a, first.Add(time.Hour)); same != l {
		t.Errorf("read again, it is another: %+v", same)
	}
	l = l.Next(b, first.Add(time.Hour))
	if kept := l.Kept(first.Add(2 * time.Hour)); len(kept) != 2 || kept[0] != a || kept[1] != b {
		t.Errorf("kept: %v", kept)
	}
	if back := l.Next(a, first.Add(2*time.Hour)); back.PageList != a || back.Was != nil || back.News(first.Add(2*time.Hour)) != "" {
		t.Errorf("back: %+v", back)
	}
	week := first.Add(8 * 24 * time.Hour)
	if kept := l.Kept(week); len(kept) != 1 || kept[0] != b || l.News(week) != "" {
		t.Errorf("after a week: %v %s", kept, l.News(week))
	}
}
