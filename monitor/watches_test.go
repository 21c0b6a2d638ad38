package monitor

import (
	"context"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"dewline"
)

// pageSite answers for one page and the front page of its site.
type pageSite struct {
	mu    sync.Mutex
	page  dewline.Article
	front dewline.Article
	asked int // for the page
}

func (p *pageSite) FetchArticle(_ context.Context, _ dewline.Feed, it dewline.Item) dewline.Article {
	p.mu.Lock()
	defer p.mu.Unlock()
	if it.URL == "http://x.test/" {
		return p.front
	}
	p.asked++
	return p.page
}

func (p *pageSite) looks() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.asked
}

func (p *pageSite) serve(page, front dewline.Article) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.page, p.front = page, front
}

var (
	well     = dewline.Article{Status: dewline.StatusOK, HTTPStatus: 200}
	notFound = dewline.Article{Status: dewline.StatusNotFound, HTTPStatus: 404, Detail: "HTTP 404 Not Found"}
	down     = dewline.Article{Status: dewline.StatusUnavailable, HTTPStatus: 503}
)

// pressRoom is a monitor that polled an item once, and then looks after its page.
func pressRoom(t *testing.T, link string, told map[string][]string) (*memory, *pageSite, func()) {
	t.Helper()
	feed := dewline.Feed{Name: "x", URL: "http://x.test/feed", Schedule: "@yearly", FirstPoll: dewline.FirstPollAlert}
	store, p := newMemory([]dewline.Feed{feed}), &pageSite{page: well, front: well}
	resp := dewline.Response{Parsed: dewline.Parsed{Status: dewline.StatusOK, Entries: []dewline.Entry{{
		Key: dewline.Key{1}, Fingerprint: 1, Make: func() dewline.Item { return dewline.Item{Key: dewline.Key{1}, Title: "Statement", URL: link} },
	}}}}
	src := &sources{start: time.Now(), answer: answers(resp, 0), asked: make(map[string][]time.Duration), open: make(map[string]int)}
	begin := func() func() {
		m, err := New(Options{
			Store: store, Fetcher: src, Articles: p, Judge: judgeEach{}, Feeds: []dewline.Feed{feed}, Log: slog.New(slog.DiscardHandler), Removals: told,
		})
		if err != nil {
			t.Fatal(err)
		}
		if st := store.state(feed); st.LastPoll.IsZero() {
			if _, err := m.Poll(t.Context(), feed.Key()); err != nil {
				t.Fatal(err)
			}
		}
		ctx, cancel := context.WithCancel(t.Context())
		var work sync.WaitGroup
		work.Go(func() {
			if err := m.RunWatches(ctx); err != nil {
				t.Error(err)
			}
		})
		return func() { cancel(); work.Wait() }
	}
	stop := begin()
	t.Cleanup(func() { stop() })
	return store, p, func() { stop(); stop = begin() }
}

var atDesk = map[string][]string{"all": {"desk"}}

func pass(d time.Duration) {
	time.Sleep(d)
	synctest.Wait()
}

// A page that is taken down is told once, with when it was seen last and missed first, over
// restarts; that it comes back is on record.
func TestARemovalIsToldOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		store, p, restart := pressRoom(t, "http://x.test/1", atDesk)
		pass(2 * time.Hour)
		last := store.watched(dewline.Key{1}).Present
		if time.Since(last) > 70*time.Minute || last.IsZero() {
			t.Fatalf("seen last at %s", last)
		}
		p.serve(notFound, well)
		pass(70 * time.Minute) // the look after three hours, and the repetitions
		for range 3 {
			restart()
			pass(10 * time.Minute)
		}
		told := store.removals()
		if len(told) != 1 {
			t.Fatalf("%+v; the page: %+v", told, store.watched(dewline.Key{1}))
		}
		got := told[0].Removal
		if !got.Present.Equal(last) || got.Absent.Before(last) || got.Checks < 3 || got.Answer != "404 Not Found" || told[0].Alert[0] != "desk" {
			t.Errorf("%+v", got)
		}
		pass(24 * time.Hour)
		p.serve(well, well)
		pass(3 * 24 * time.Hour)
		if w := store.watched(dewline.Key{1}); !strings.Contains(w.String(), "there again") || !w.Due.IsZero() {
			t.Errorf("%s, again at %s", w.String(), w.Due)
		}
		p.serve(notFound, well)
		pass(40 * 24 * time.Hour)
		if len(store.removals()) != 1 {
			t.Errorf("told %d times", len(store.removals()))
		}
	})
}

func unfit(why dewline.Unfit) dewline.Article {
	return dewline.Article{Status: dewline.StatusOK, Unfit: why}
}

// What is no removal, whatever time goes by.
func TestNoRemoval(t *testing.T) {
	for name, c := range map[string]struct{ first, page, front dewline.Article }{
		"it stays":              {well, well, well},
		"the site fails":        {well, down, down},
		"the site is rebuilt":   {well, notFound, notFound},
		"all pages are missing": {well, unfit(dewline.UnfitMissing), unfit(dewline.UnfitMissing)},
		"all pages are shells":  {well, unfit(dewline.UnfitShell), unfit(dewline.UnfitShell)},
		"all want a login":      {well, notFound, unfit(dewline.UnfitLogin)},
		"an error":              {well, unfit(dewline.UnfitError), well},
		"a bot wall":            {well, dewline.Article{Status: dewline.StatusChallenge, HTTPStatus: 200}, well},
		"forbidden":             {well, dewline.Article{Status: dewline.StatusForbidden, HTTPStatus: 403}, well},
		"a link that is wrong":  {notFound, notFound, well},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				store, p, _ := pressRoom(t, "http://x.test/1", atDesk)
				p.serve(c.first, well)
				pass(30 * time.Minute)
				p.serve(c.page, c.front)
				pass(38 * 24 * time.Hour)
				w := store.watched(dewline.Key{1})
				if len(store.removals()) != 0 || !w.Due.IsZero() || p.looks() > 60 {
					t.Errorf("told %+v, page %q, again at %s, asked %d times", store.removals(), w.String(), w.Due, p.looks())
				}
			})
		})
	}
}

// A site that was down while the page was gone is asked until it can tell.
func TestARemovalBehindAFailure(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		store, p, _ := pressRoom(t, "http://x.test/1", atDesk)
		pass(30 * time.Minute)
		p.serve(notFound, down)
		pass(24 * time.Hour)
		if len(store.removals()) != 0 {
			t.Fatal("told while the site was down")
		}
		p.serve(notFound, well)
		pass(48 * time.Hour)
		if len(store.removals()) != 1 {
			t.Errorf("told %d times", len(store.removals()))
		}
	})
}

// Nobody is asked for what no rule tells, or for an item without a link.
func TestNotWatched(t *testing.T) {
	for name, c := range map[string]struct {
		link string
		told map[string][]string
	}{
		"no rule":      {"http://x.test/1", nil},
		"another rule": {"http://x.test/1", map[string][]string{"other": {"desk"}}},
		"no link":      {"", atDesk},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				store, p, _ := pressRoom(t, c.link, c.told)
				pass(24 * time.Hour)
				if p.looks() != 0 || store.watching() != 0 {
					t.Errorf("asked %d times, %d watched", p.looks(), store.watching())
				}
			})
		})
	}
}
