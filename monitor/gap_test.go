package monitor

import (
	"context"
	"fmt"
	"log/slog"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"dewline"
)

// wire is a source that shows its newest items, and older ones page by page.
type wire struct {
	items  int // published until now
	window int
	pages  string // how older pages are named: "next", "archive", "wordpress", "same", "broken" or ""
	asked  []string
	news   int // how often the list of the site was asked for
	change func(*dewline.Response)
}

func (w *wire) entry(n int) dewline.Entry {
	key := dewline.ItemKey(dewline.FeedKey("0"), dewline.Identity{Value: strconv.Itoa(n)})
	at := first.Add(time.Duration(n) * time.Minute)
	return dewline.Entry{Key: key, Fingerprint: 1, Make: func() dewline.Item {
		return dewline.Item{Key: key, Title: fmt.Sprint("statement ", n), Published: at}
	}}
}

// show is a page, from 1.
func (w *wire) show(page int) dewline.Response {
	r := resp(dewline.StatusOK)
	r.URL = "http://0.test/feed"
	for n := w.items - 1 - (page-1)*w.window; n >= 0 && len(r.Entries) < w.window; n-- {
		r.Entries = append(r.Entries, w.entry(n))
	}
	if len(r.Entries) == 0 {
		return resp(dewline.StatusNotFound)
	}
	next := fmt.Sprint("http://0.test/feed?paged=", page+1)
	switch w.pages {
	case "next", "deep":
		r.Paging.Next = next
	case "archive":
		r.Paging.Archive = next
	case "wordpress", "same":
		r.Paging.WordPress = true
	case "":
		r.URL = "http://0.test/x.xml"
	}
	return r
}

func (w *wire) Fetch(context.Context, dewline.Feed, dewline.FeedState) dewline.Response {
	r := w.show(1)
	if w.change != nil {
		w.change(&r)
	}
	return r
}

func (w *wire) FetchPage(_ context.Context, _ dewline.Feed, address string) dewline.Response {
	w.asked = append(w.asked, address)
	u, err := url.Parse(address)
	if err != nil {
		panic(err)
	}
	page, err := strconv.Atoi(u.Query().Get("paged"))
	if err != nil {
		panic(err)
	}
	switch w.pages {
	case "same":
		return w.show(1)
	case "deep": // all that is older
		r := resp(dewline.StatusOK)
		for n := w.items - 1 - w.window; n >= 0; n-- {
			r.Entries = append(r.Entries, w.entry(n))
		}
		return r
	case "broken":
		return resp(dewline.StatusServerError)
	}
	return w.show(page)
}

func (w *wire) FetchNews(context.Context, dewline.Feed) dewline.Response {
	w.news++
	return resp(dewline.StatusOK)
}

// polled polls a wire of 20 items, lets it publish, and polls it again.
func polled(t *testing.T, w *wire, published int) (out Outcome, store *memory) {
	synctest.Test(t, func(t *testing.T) {
		time.Sleep(time.Until(first.Add(time.Hour)))
		feeds := feedsOf(1, "@every 2h")
		feeds[0].Health = []string{"ops"}
		store = newMemory(feeds)
		m, err := New(Options{Store: store, Fetcher: w, Pages: w, Judge: judgeEach{}, Feeds: feeds, Log: slog.New(slog.DiscardHandler)})
		if err != nil {
			t.Fatal(err)
		}
		w.items = 20
		change := w.change
		w.change = nil
		if _, err := m.Poll(t.Context(), feeds[0].Key()); err != nil {
			t.Fatal(err)
		}
		time.Sleep(2 * time.Hour)
		w.items, w.change = w.items+published, change
		if out, err = m.Poll(t.Context(), feeds[0].Key()); err != nil {
			t.Fatal(err)
		}
		if err := out.Poll.Balanced(); err != nil {
			t.Error(err)
		}
	})
	return out, store
}

// What left a feed unseen is found on its older pages, wherever they are named; what cannot be found stays on
// record, with the times between which it was lost.
func TestGaps(t *testing.T) {
	for _, c := range []struct {
		name      string
		wire      wire
		published int
		gap       bool
		closed    bool
		new       int
		why       string
	}{
		{"nothing new", wire{window: 10, pages: "next"}, 0, false, false, 0, ""},
		{"some new", wire{window: 10, pages: "next"}, 9, false, false, 9, ""},
		{"the window to its end, by next", wire{window: 10, pages: "next"}, 10, true, true, 10, ""},
		{"25 through a window of 10, by next", wire{window: 10, pages: "next"}, 25, true, true, 25, ""},
		{"by archives", wire{window: 10, pages: "archive"}, 25, true, true, 25, ""},
		{"by WordPress", wire{window: 10, pages: "wordpress"}, 25, true, true, 25, ""},
		{"no pages", wire{window: 10}, 25, true, false, 10, "names no older pages"},
		{"the same page for each", wire{window: 10, pages: "same"}, 25, true, false, 10, "same items"},
		{"a page that fails", wire{window: 10, pages: "broken"}, 25, true, false, 10, "server-error"},
		{"more than is read", wire{window: 10, pages: "next"}, 500, true, false, 110, "10 newest"},
		{"complete", wire{window: 10, change: func(r *dewline.Response) { r.Paging.Complete = true }}, 25, false, false, 10, ""},
		{"cut", wire{window: 10, change: func(r *dewline.Response) { r.Status = dewline.StatusCut }}, 25, false, false, 10, ""},
		{"one at a time", wire{window: 1}, 5, false, false, 1, ""},
		{"an item that is pinned", wire{window: 10, change: func(r *dewline.Response) {
			r.Entries = append([]dewline.Entry{(&wire{}).entry(15)}, r.Entries...)
		}}, 25, true, false, 10, "names no older pages"},
		{"an item that is pinned, no dates", wire{window: 10, change: pinned(func(it *dewline.Item, _ int) { it.Published = time.Time{} })}, 25, true, false, 10, "names no older pages"},
		{"an item that is pinned, all of one day", wire{window: 10, change: pinned(func(it *dewline.Item, _ int) {
			it.Published = it.Published.Truncate(24 * time.Hour)
		})}, 25, true, false, 10, "names no older pages"},
		{"an item that was brought up", wire{window: 10, change: among(5, 15)}, 25, true, false, 10, "names no older pages"},
		{"three that were brought up", wire{window: 10, change: among(2, 12, 15, 11)}, 25, true, false, 10, "names no older pages"},
		{"more than three", wire{window: 10, change: among(2, 12, 15, 11, 13)}, 25, false, false, 10, ""},
		{"one that is where it was", wire{window: 9, change: among(9, 19)}, 9, false, false, 9, ""},
		{"one that is where it was, before an old one", wire{window: 10, change: among(10, -100)}, 9, false, false, 10, ""},
		{"the oldest first", wire{window: 10, change: pinned(func(it *dewline.Item, i int) {
			it.Published = it.Published.Add(time.Duration(i) * 24 * time.Hour)
		})}, 25, false, false, 10, ""},
		{"items from long ago", wire{window: 10, change: func(r *dewline.Response) {
			for i := range r.Entries {
				make := r.Entries[i].Make
				r.Entries[i].Make = func() dewline.Item {
					it := make()
					it.Published = it.Published.AddDate(0, -1, 0)
					return it
				}
			}
		}}, 25, false, false, 10, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			out, store := polled(t, &c.wire, c.published)
			gap := out.Poll.Gap
			if open := c.gap && !c.closed; (len(store.notices) == 1) != open || len(store.notices) > 1 {
				t.Errorf("told: %+v", store.notices)
			}
			if (gap != nil) != c.gap || out.Poll.New != c.new {
				t.Fatalf("gap %v, %d new, want %v, %d (%s)", gap, out.Poll.New, c.gap, c.new, out.State.Detail)
			}
			if gap == nil {
				return
			}
			if gap.Closed != c.closed || !strings.Contains(gap.Why, c.why) || !strings.Contains(out.State.Detail, "between 2026-09-07 01:00 and 03:00 UTC") {
				t.Errorf("%+v, want closed %v; %s", *gap, c.closed, out.State.Detail)
			}
			if c.closed && len(store.items) != 10+c.published && len(store.items) != 20+c.published {
				t.Errorf("%d items are stored", len(store.items))
			}
			if st := out.State; st.Gap != gap || st.Gaps.Open+st.Gaps.Closed != 1 || st.Items > 13 {
				t.Errorf("state: %+v, %+v, window %d", st.Gap, st.Gaps, st.Items)
			}
			if wait := out.State.Due.Sub(out.Poll.At); wait != 30*time.Minute {
				t.Errorf("after a gap the next poll is after %s", wait)
			}
			if len(c.wire.asked) > maxPages {
				t.Errorf("%d pages were asked for", len(c.wire.asked))
			}
		})
	}
}

// A feed that overflows at every poll, and whose site has no list of news, asks for one now and then only.
func TestAFeedThatAlwaysOverflowsAsksForNewsNowAndThen(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		time.Sleep(time.Until(first.Add(time.Hour)))
		feeds, w := feedsOf(1, "@every 1h"), &wire{window: 10, items: 20}
		m, err := New(Options{Store: newMemory(feeds), Fetcher: w, Pages: w, Judge: judgeEach{}, Feeds: feeds, Log: slog.New(slog.DiscardHandler)})
		if err != nil {
			t.Fatal(err)
		}
		poll := func() {
			if _, err := m.Poll(t.Context(), feeds[0].Key()); err != nil {
				t.Fatal(err)
			}
			w.items += 25
		}
		for range 1 + 2*newsEvery {
			poll()
			time.Sleep(time.Hour)
		}
		if w.news != 2 {
			t.Errorf("asked %d times in %d gaps", w.news, 2*newsEvery)
		}
		time.Sleep(2 * newsForget)
		if poll(); w.news != 3 {
			t.Error("not asked after days without a gap")
		}
	})
}

// What stands on an older page behind the items that are known, and was never read, alerts nobody.
func TestOlderPagesAlertNoOldNews(t *testing.T) {
	out, _ := polled(t, &wire{window: 10, pages: "deep"}, 15)
	loud, quiet := 0, 0
	for _, m := range out.Matches {
		if m.Alert != nil {
			loud++
		} else {
			quiet++
		}
	}
	if loud != 15 || quiet != 10 || out.Poll.New != 25 || out.Poll.Gap.Found != 5 || !out.Poll.Gap.Closed {
		t.Errorf("%d alerts and %d quiet matches, %+v, %d new", loud, quiet, out.Poll.Gap, out.Poll.New)
	}
}

// The first poll reads no older pages.
func TestFirstPollReadsNoPages(t *testing.T) {
	w := &wire{window: 10, pages: "next"}
	if polled(t, w, 3); len(w.asked) != 0 {
		t.Errorf("asked for %v", w.asked)
	}
}

// A fixed schedule that is too slow for a feed is told, before anything is lost.
func TestATooSlowScheduleIsTold(t *testing.T) {
	out, _ := polled(t, &wire{window: 10}, 6)
	if !strings.Contains(out.State.Detail, "6 of the 10 items") || out.Poll.Gap != nil {
		t.Errorf("%q", out.State.Detail)
	}
	if out, _ := polled(t, &wire{window: 10}, 5); out.State.Detail != "" {
		t.Errorf("%q", out.State.Detail)
	}
}

// A feed that changes its GUIDs wholesale is told as what it is: no gap, and no second alert.
func TestGUIDsThatAllChange(t *testing.T) {
	like := func(guids string) func(r *dewline.Response) {
		return func(r *dewline.Response) {
			for i := range r.Entries {
				title := r.Entries[i].Make().Title
				r.Entries[i] = statement(guids+title, title, nil)
			}
		}
	}
	synctest.Test(t, func(t *testing.T) {
		time.Sleep(time.Until(first.Add(time.Hour)))
		feeds := feedsOf(1, "@every 2h")
		w := &wire{window: 10, items: 20, pages: "next", change: like("a")}
		store := newMemory(feeds)
		m, err := New(Options{Store: store, Fetcher: w, Pages: w, Judge: judgeEach{}, Feeds: feeds, Log: slog.New(slog.DiscardHandler)})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := m.Poll(t.Context(), feeds[0].Key()); err != nil {
			t.Fatal(err)
		}
		w.change = like("other ")
		out, err := m.Poll(t.Context(), feeds[0].Key())
		if err != nil {
			t.Fatal(err)
		}
		if out.Poll.Gap != nil || out.Poll.New != 0 || len(out.Matches) != 0 || len(w.asked) != 0 || !strings.Contains(out.State.Detail, "other GUIDs") {
			t.Errorf("%d new, %d matches, gap %v: %q", out.Poll.New, len(out.Matches), out.Poll.Gap, out.State.Detail)
		}
	})
}

// among puts known items at a place among the others.
func among(at int, known ...int) func(*dewline.Response) {
	return func(r *dewline.Response) {
		for _, n := range known {
			r.Entries = slices.Insert(r.Entries, at, (&wire{}).entry(n))
		}
	}
}

// pinned puts a known item before the others, and changes those at their places.
func pinned(change func(it *dewline.Item, i int)) func(*dewline.Response) {
	return func(r *dewline.Response) {
		for i := range r.Entries {
			make := r.Entries[i].Make
			r.Entries[i].Make = func() dewline.Item {
				it := make()
				change(&it, i)
				return it
			}
		}
		r.Entries = append([]dewline.Entry{(&wire{}).entry(15)}, r.Entries...)
	}
}
