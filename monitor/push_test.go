package monitor

import (
	"context"
	"errors"
	"slices"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"dewline"
)

// held is a response of a feed that holds these statements.
func held(titles ...string) dewline.Response {
	r := resp(dewline.StatusOK)
	r.ETag, r.BodyHash = "as-served", dewline.BodyKey([]byte("body"))
	for _, title := range titles {
		r.Entries = append(r.Entries, entry(title, "", 1, nil))
	}
	return r
}

// What a hub sends is taken in as what a poll brings, by one commit, and is told
// once, however often it comes; of the source itself it says nothing.
func TestPush(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		feeds := feedsOf(1, "@every 15m")
		h := run(t, feeds, newMemory(feeds), answers(held("one", "two"), 0))
		h.pass(time.Minute)
		before := h.store.state(feeds[0])
		for range 2 {
			pushed := held("three")
			pushed.ETag = "of the hub"
			if _, err := h.monitor.Push(t.Context(), feeds[0].Key(), pushed); err != nil {
				t.Fatal(err)
			}
		}
		first, second := h.store.commits[1], h.store.commits[2]
		if len(first.New) != 1 || len(first.Matches) != 1 || len(first.Matches[0].Alert) != 1 || !first.Poll.Pushed {
			t.Errorf("the push came to %+v", first)
		}
		if len(second.New) != 0 || second.Poll.Seen != 1 || len(second.Matches) != 0 {
			t.Errorf("its repetition came to %+v", second)
		}
		if h.store.commits[0].Poll.Pushed {
			t.Error("a poll is on record as a push")
		}
		after := h.store.state(feeds[0])
		if after.Total != before.Total+1 || !after.LastNew.After(before.LastNew) {
			t.Errorf("total %d, last new %s", after.Total, after.LastNew)
		}
		after.Total, after.LastNew, after.Revision, after.Rhythm = before.Total, before.LastNew, before.Revision, before.Rhythm
		if after.ETag != before.ETag || after.BodyHash != before.BodyHash || !after.Due.Equal(before.Due) || after.Items != 2 ||
			!after.LastPoll.Equal(before.LastPoll) || !after.LastBody.Equal(before.LastBody) || after.Status != before.Status {
			t.Errorf("the push changed the state from\n%+v to\n%+v", before, after)
		}
	})
}

// A feed that no poll has read yet has no news; and while it is polled, its
// revision is the poll's.
func TestAPushThatCannotBeTakenIn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		feeds := feedsOf(1, "@every 15m")
		h := run(t, feeds, newMemory(feeds), answers(held("one"), time.Minute))
		h.pass(time.Second)
		if _, err := h.monitor.Push(t.Context(), feeds[0].Key(), held("two")); !errors.Is(err, ErrBusy) {
			t.Errorf("while the feed was polled: %v", err)
		}
		unread, err := New(Options{Store: newMemory(feeds), Fetcher: h.sources, Judge: judgeEach{}, Feeds: feeds, Log: h.monitor.Log})
		if err != nil {
			t.Fatal(err)
		}
		for range 2 { // the second time says that the claim ended
			if _, err := unread.Push(t.Context(), feeds[0].Key(), held("two")); !errors.Is(err, ErrUnread) {
				t.Errorf("before the first poll: %v", err)
			}
		}
		if _, err := unread.Push(t.Context(), dewline.FeedKey("nobody's"), held("two")); err == nil {
			t.Error("a push of no feed was taken in")
		}
	})
}

// While a hub can be relied upon, polls are a safety net; when it cannot any more,
// or the feed fails, they come as they are configured.
func TestPollsOfAPushedFeed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		feeds := feedsOf(3, "@every 15m")
		feeds[1].Schedule = "@every 12h"
		var relied atomic.Bool
		relied.Store(true)
		h := run(t, feeds, newMemory(feeds), func(_ context.Context, f dewline.Feed) dewline.Response {
			if f.Name == "2" {
				return resp(dewline.StatusNotFound)
			}
			return held("one")
		}, func(o *Options) { o.Relied = func(dewline.Key, time.Time) bool { return relied.Load() } })
		h.pass(4 * time.Hour)
		if got := h.sources.requests("0"); !slices.Equal(got, minutes(0, 90, 180)) {
			t.Errorf("polled at %v", got)
		}
		if got := h.sources.requests("2"); len(got) < 4 || got[1] > 15*time.Minute {
			t.Errorf("the failing one was polled at %v", got)
		}
		relied.Store(false)
		h.monitor.Hasten(feeds[0].Key(), time.Now())
		h.pass(31 * time.Minute)
		if got := h.sources.requests("0"); !slices.Equal(got[3:], minutes(240, 255, 270)) {
			t.Errorf("then polled at %v", got)
		}
		h.pass(20 * time.Hour)
		if got := h.sources.requests("1"); !slices.Equal(got, minutes(0, 12*60, 24*60)) {
			t.Errorf("the slow one was polled at %v", got)
		}
	})
}

func TestRelaxed(t *testing.T) {
	for every, want := range map[time.Duration]time.Duration{
		time.Minute: time.Hour, 10 * time.Minute: time.Hour, 15 * time.Minute: 90 * time.Minute,
		time.Hour: 6 * time.Hour, 2 * time.Hour: 6 * time.Hour, 24 * time.Hour: 24 * time.Hour,
	} {
		st := dewline.FeedState{Due: noon.Add(every)}
		if got := relaxed(&st, noon); got.Sub(noon) != want {
			t.Errorf("every %s: after %s, want %s", every, got.Sub(noon), want)
		}
	}
	// A window of 10 items that has moved by 7 within an hour may be another one then.
	st := dewline.FeedState{Due: noon.Add(time.Hour), Items: 10, Rhythm: dewline.Rhythm{Peak: 3.5}}
	if got := relaxed(&st, noon).Sub(noon).Round(time.Minute); got != 2*time.Hour {
		t.Errorf("a small window is given %s", got)
	}
}
