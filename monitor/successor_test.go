package monitor

import (
	"context"
	"fmt"
	"log/slog"
	"testing"
	"testing/synctest"
	"time"

	"dewline"

	"github.com/robfig/cron/v3"
)

func after(st dewline.FeedState, r dewline.Response) dewline.FeedState {
	feed := dewline.Feed{Name: "x", URL: "http://x.test/"}
	return successor(st, feed, cron.Every(time.Minute), &r, brought{}, noon, noon)
}

func read(s dewline.Status, etag string) dewline.Response {
	r := resp(s)
	r.HTTPStatus, r.ETag, r.LastModified, r.BodyHash = 200, etag, "Mon, 23 Nov 2026 10:00:00 GMT", dewline.FeedKey(etag)
	r.Entries = make([]dewline.Entry, 3)
	return r
}

// Invariant 3, its other half: validators of a body that was not taken in whole
// would hide the rest behind a 304.
func TestValidatorsOnlyOfWholeBodies(t *testing.T) {
	whole := after(dewline.FeedState{}, read(dewline.StatusOK, "one"))
	if whole.ETag != "one" || whole.LastModified == "" || whole.BodyHash.IsZero() {
		t.Fatalf("the validators of a whole body were not kept: %+v", whole)
	}
	for _, s := range []dewline.Status{dewline.StatusCut, dewline.StatusInternal} {
		if st := after(whole, read(s, "two")); st.ETag != "" || st.LastModified != "" || !st.BodyHash.IsZero() {
			t.Errorf("%s: validators kept: %+v", s, st)
		}
	}
	for _, s := range []dewline.Status{dewline.StatusTimeout, dewline.StatusChallenge, dewline.StatusHTML, dewline.StatusNotFound} {
		if st := after(whole, read(s, "two")); st.ETag != "one" {
			t.Errorf("%s: the validators of the last good body were lost", s)
		}
	}
	bare := read(dewline.StatusOK, "")
	bare.LastModified = ""
	if st := after(whole, bare); st.ETag != "" || st.LastModified != "" {
		t.Errorf("old validators were kept beside a body that has none: %+v", st)
	}
}

func TestNotModifiedLeavesTheWord(t *testing.T) {
	same := resp(dewline.StatusOK)
	same.HTTPStatus, same.NotModified = 304, true
	empty := after(dewline.FeedState{}, read(dewline.StatusEmpty, "e"))
	if st := after(empty, same); st.Status != dewline.StatusEmpty || st.ETag != "e" {
		t.Errorf("an empty feed that is not modified is %s with ETag %q", st.Status, st.ETag)
	}
	failing := after(after(dewline.FeedState{}, read(dewline.StatusOK, "a")), resp(dewline.StatusTimeout))
	if failing.Failures != 1 {
		t.Fatalf("%d failures after one", failing.Failures)
	}
	if st := after(failing, same); st.Status != dewline.StatusOK || st.Failures != 0 || st.Items != 3 {
		t.Errorf("a 304 after a time-out: %+v", st)
	}
}

func TestStatusSinceMovesOnlyWithTheStatus(t *testing.T) {
	st := after(dewline.FeedState{Status: dewline.StatusTimeout, StatusSince: noon.Add(-time.Hour), Failures: 3}, resp(dewline.StatusTimeout))
	if !st.StatusSince.Equal(noon.Add(-time.Hour)) || st.Failures != 4 {
		t.Errorf("failing on: since %s, %d failures", st.StatusSince, st.Failures)
	}
	if st = after(st, resp(dewline.StatusDNS)); !st.StatusSince.Equal(noon) {
		t.Errorf("another failure: since %s", st.StatusSince)
	}
}

func TestFirstReadNeedsABody(t *testing.T) {
	st := after(dewline.FeedState{}, resp(dewline.StatusTimeout))
	if !st.FirstRead.IsZero() {
		t.Error("a time-out counts as the first read: the true one would alert for everything")
	}
	if st = after(st, read(dewline.StatusOK, "a")); !st.FirstRead.Equal(noon) {
		t.Error("the first body does not count as read")
	}
}

func TestMovedSinceTheFirstRedirectThere(t *testing.T) {
	to := func(address string) dewline.Response {
		r := read(dewline.StatusOK, "a")
		r.MovedTo = address
		return r
	}
	earlier := noon.Add(-time.Hour)
	st := dewline.FeedState{Status: dewline.StatusOK, MovedTo: "http://a.test/", MovedSince: earlier}
	health := func(r dewline.Response) dewline.Health {
		is := after(st, r)
		return is.Health(noon)
	}
	if h := health(to("http://a.test/")); h.State != dewline.HealthMoved || !h.Since.Equal(earlier) {
		t.Errorf("moved as before: %+v", h)
	}
	if h := health(to("http://b.test/")); !h.Since.Equal(noon) {
		t.Errorf("moved on: %+v", h)
	}
	if st = after(st, to("")); st.MovedTo != "" || !st.MovedSince.IsZero() {
		t.Errorf("back: %+v", st)
	}
	if h := health(to("http://a.test/")); !h.Since.Equal(noon) {
		t.Errorf("moved again: %+v", h)
	}
}

// A server that says "as before" for ever is asked without validators now and
// then; a body that is the same is as good as a new one.
func TestAsBeforeIsNotBelievedForEver(t *testing.T) {
	st := after(dewline.FeedState{}, read(dewline.StatusOK, "one"))
	if got := asked(st, noon.Add(believed-1)); got.ETag != "one" || got.LastModified == "" {
		t.Errorf("asked without validators too soon: %+v", got)
	}
	if got := asked(st, noon.AddDate(-1, 0, 0)); got.ETag != "" {
		t.Errorf("after the clock was set back by a year: %+v", got)
	}
	same := resp(dewline.StatusOK)
	same.NotModified = true
	if st = after(st, same); !st.LastBody.Equal(noon) {
		t.Errorf("a 304 counts as a body: %+v", st)
	}
	if got := asked(st, noon.Add(believed)); got.ETag != "" || got.LastModified != "" || got.BodyHash != st.BodyHash {
		t.Errorf("asked with validators for too long: %+v", got)
	}
	cut := after(st, read(dewline.StatusCut, "two"))
	if !cut.LastBody.Equal(st.LastBody) {
		t.Error("a cut body counts as a whole one")
	}
}

// What follows the part of a document that a first poll got is as old as the part.
func TestAFirstPollThatIsCutStaysQuiet(t *testing.T) {
	took := func(st dewline.FeedState, r dewline.Response, count int) dewline.FeedState {
		return successor(st, dewline.Feed{Name: "x", URL: "http://x.test/"}, cron.Every(time.Minute), &r, brought{new: make([]dewline.Item, count)}, noon, noon)
	}
	part, none := read(dewline.StatusCut, ""), read(dewline.StatusCut, "")
	none.Entries = nil
	salvaged := read(dewline.StatusTimeout, "")
	for name, c := range map[string]struct {
		polls []dewline.Response
		over  bool
	}{
		"cut":                         {[]dewline.Response{part}, false},
		"cut, then whole":             {[]dewline.Response{part, read(dewline.StatusOK, "")}, true},
		"cut, then nothing":           {[]dewline.Response{part, resp(dewline.StatusTimeout)}, false},
		"cut before any entry, twice": {[]dewline.Response{none, none}, false},
		"cut before any entry, cut":   {[]dewline.Response{none, part}, false},
		"cut twice":                   {[]dewline.Response{part, part}, true},
		"cut, down, cut":              {[]dewline.Response{part, resp(dewline.StatusDNS), part}, true},
		"broken off":                  {[]dewline.Response{salvaged}, false},
		"broken off twice":            {[]dewline.Response{salvaged, salvaged}, true},
	} {
		var st dewline.FeedState
		for _, r := range c.polls {
			if !st.FirstRead.IsZero() {
				t.Errorf("%s: over too early", name)
			}
			st = took(st, r, len(r.Entries))
		}
		if st.FirstRead.IsZero() == c.over {
			t.Errorf("%s: first read %v, want over: %v", name, st.FirstRead, c.over)
		}
	}
}

// lying is a server whose validator does not move with its content.
type lying struct{ full, notModified int }

func (l *lying) Fetch(_ context.Context, _ dewline.Feed, st dewline.FeedState) dewline.Response {
	if st.ETag != "" {
		l.notModified++
		return dewline.Response{HTTPStatus: 304, NotModified: true, ETag: "same", Parsed: dewline.Parsed{Status: dewline.StatusOK}}
	}
	l.full++
	e := entry(fmt.Sprint(l.full), "", 1, nil)
	return dewline.Response{HTTPStatus: 200, ETag: "same", Parsed: dewline.Parsed{Status: dewline.StatusOK, Entries: []dewline.Entry{e}}}
}

func TestA304ForEverIsNotBelieved(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		feeds, server := feedsOf(1, "@every 1h"), &lying{}
		store := newMemory(feeds)
		m, err := New(Options{Store: store, Fetcher: server, Judge: judgeEach{}, Feeds: feeds, Log: slog.New(slog.DiscardHandler)})
		if err != nil {
			t.Fatal(err)
		}
		for range 13 {
			if _, err := m.Poll(t.Context(), feeds[0].Key()); err != nil {
				t.Fatal(err)
			}
			time.Sleep(time.Hour)
		}
		if server.full != 3 || server.notModified != 10 || len(store.known) != 3 {
			t.Errorf("%d bodies and %d answers of 304 in 13 hours, %d items; want 3, 10, 3", server.full, server.notModified, len(store.known))
		}
	})
}
