package monitor

import (
	"context"
	"log/slog"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"dewline"
)

var covered = []dewline.Key{{9}}

// silencing covers what is told of one item, from a time on; asked are the items.
func silencing(title string, from time.Time) func(time.Time) Silences {
	return func(now time.Time) Silences {
		if now.Before(from) {
			return nil
		}
		return func(it *dewline.Item, rule string) []dewline.Key {
			switch {
			case it.Title == "boom":
				panic(it.Title)
			case it.Title == title && rule == "all":
				return covered
			}
			return nil
		}
	}
}

// What covers an alert is asked of the item by which it is told, at the time of the commit; a fault silences nothing.
func TestWhichAlertsAreCovered(t *testing.T) {
	items := []dewline.Item{{Key: dewline.Key{1}, Title: "a"}, {Key: dewline.Key{2}, Title: "boom"}, {Key: dewline.Key{3}, Title: "b"}}
	of := func(item, rule string, alert ...string) dewline.Match {
		i := slices.IndexFunc(items, func(it dewline.Item) bool { return it.Title == item })
		return dewline.Match{Rule: dewline.RuleRef{Name: rule}, Item: items[i].Key, Alert: alert}
	}
	from := time.Now()
	m := &Monitor{Options: Options{Silences: silencing("a", from), Log: slog.New(slog.DiscardHandler)}}
	for _, c := range []struct {
		match dewline.Match
		now   time.Time
		want  []dewline.Key
	}{
		{of("a", "all", "desk"), from, covered},
		{of("a", "all"), from, nil}, // nobody is told
		{of("a", "other", "desk"), from, nil},
		{of("b", "all", "desk"), from, nil},
		{of("boom", "all", "desk"), from, nil},
		{of("a", "all", "desk"), from.Add(-1), nil},
		{dewline.Match{Rule: dewline.RuleRef{Name: "all"}, Item: dewline.Key{7}, Alert: []string{"desk"}}, from, nil},
	} {
		matches := []dewline.Match{c.match}
		edits := []dewline.Rewritten{{Match: c.match, Alert: c.match.Alert}}
		m.silence(c.now, items, matches, edits)
		if !slices.Equal(matches[0].Silences, c.want) {
			t.Errorf("%+v: covered by %v, want %v", c.match, matches[0].Silences, c.want)
		}
		if len(c.match.Alert) > 0 && !slices.Equal(edits[0].Match.Silences, c.want) {
			t.Errorf("%+v, as an edit: covered by %v, want %v", c.match, edits[0].Match.Silences, c.want)
		}
	}
}

// Each of the three commits says which silences cover what it tells: of a poll, of a text, of a removal.
func TestCommitsSaySilences(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		feed := dewline.Feed{Name: "x", URL: "http://x.test/feed", Schedule: "@yearly", FirstPoll: dewline.FirstPollAlert, FullText: true}
		store, site := newMemory([]dewline.Feed{feed}), &pageSite{page: came("A text that is long enough to be taken for the article."), front: well}
		resp := dewline.Response{Parsed: dewline.Parsed{Status: dewline.StatusOK, Entries: []dewline.Entry{{
			Key: dewline.Key{1}, Fingerprint: 1, Make: func() dewline.Item { return dewline.Item{Key: dewline.Key{1}, Title: "a", URL: "http://x.test/1"} },
		}}}}
		h := run(t, []dewline.Feed{feed}, store, answers(resp, 0), func(o *Options) {
			o.Silences, o.Articles, o.Removals = silencing("a", time.Now()), site, map[string][]string{"all": {"desk"}}
		})
		h.pass(time.Second)
		if got := store.commits[0].Matches[0].Silences; !slices.Equal(got, covered) {
			t.Errorf("a poll: covered by %v", got)
		}
		if err := h.monitor.FetchTexts(t.Context(), feed.Key(), func(TextOutcome) {}); err != nil {
			t.Fatal(err)
		}
		if got := store.tried[0].Matches[0].Silences; !slices.Equal(got, covered) {
			t.Errorf("a text: covered by %v", got)
		}
		ctx, cancel := context.WithCancel(t.Context())
		ended := make(chan error, 1)
		go func() { ended <- h.monitor.RunWatches(ctx) }()
		h.pass(10 * time.Minute)
		site.serve(notFound, well)
		h.pass(6 * time.Hour)
		cancel()
		if err := <-ended; err != nil {
			t.Fatal(err)
		}
		if gone := store.removals(); len(gone) != 1 || !slices.Equal(gone[0].Match.Silences, covered) {
			t.Errorf("a removal: %+v", gone)
		}
	})
}
