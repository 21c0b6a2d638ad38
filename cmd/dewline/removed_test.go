package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"dewline"
	"dewline/store"
)

// earlier has every watched page looked at as if hours had gone by: it was seen two hours ago, and
// missed so often since, the first time forty minutes ago. It returns the watches as they stood.
func earlier(t *testing.T, cfg string, missed int) (all []dewline.Watch) {
	t.Helper()
	db, err := store.Open(filepath.Join(filepath.Dir(cfg), "dewline.db"), store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	ctx, now := context.Background(), time.Now()
	jobs, err := db.ClaimWatches(ctx, []dewline.Key{dewline.FeedKey("MOD")}, now.Add(time.Hour), now.Add(2*time.Hour))
	if err != nil {
		t.Fatal(err)
	}
	for _, j := range jobs {
		w := j.Watch
		w.Checks++
		w.Present, w.Gone, w.Due = now.Add(-2*time.Hour), missed, now
		if missed > 0 {
			w.Absent = now.Add(-40 * time.Minute)
		}
		if err := db.CommitWatch(ctx, &dewline.WatchCommit{Was: j.Watch, Now: w, At: now}); err != nil {
			t.Fatal(err)
		}
		all = append(all, w)
	}
	return all
}

// looked waits for a look at a page.
func (p *process) looked() {
	p.t.Helper()
	p.wait("a look at the page", func(l logLine) bool { return l.is("page") })
}

// A statement is taken down while its site answers: it is told once, over restarts, with when it was
// seen last and missed first; where the site itself is down nothing is told.
func TestRemoved(t *testing.T) {
	src, hooks := newSource(t), newSink()
	cfg := configure(t, t.TempDir(), strings.Replace(watchingEdits(src, hooks.hook(t), "first_poll: alert", "[removed]"), "query: missile", "query: militaries", 1))
	src.teasers("/feed.xml", briefing)
	src.serve(briefing.path, "text/html; charset=utf-8", briefing.page())
	front := func(status int) {
		src.handle("/", func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(status)
			fmt.Fprint(w, "<html><title>Examplia</title><body><p>The ministry's news of the day, and its press service.</p></body></html>")
		})
	}
	do(t, "poll", "-c", cfg)
	if all := earlier(t, cfg, 0); len(all) != 1 {
		t.Fatalf("watched: %+v", all)
	}
	at := func(missed int) []dewline.Watch { return earlier(t, cfg, missed) }

	p := launch(t, cfg) // the page is there
	p.looked()
	p.stop()
	src.serve("/feed.xml", "application/rss+xml", rss("/feed.xml")) // it rolled off
	src.handle(briefing.path, http.NotFound)

	at(5)
	front(http.StatusServiceUnavailable)
	p = launch(t, cfg)
	p.looked()
	p.stop()
	if out := do(t, "deliveries", "list", "-c", cfg); strings.Contains(out, "item.") {
		t.Fatalf("told while the site is down:\n%s", out)
	}

	front(http.StatusOK)
	want := at(2)[0]
	p = launch(t, cfg)
	told := hooks.alerts(t, 1)
	p.kill()
	p = launch(t, cfg)
	p.stop()
	var hook struct {
		Type string
		Data struct {
			Item    dewline.ItemDocument
			Removal dewline.Removal
		}
	}
	if err := json.Unmarshal([]byte(told[0].body), &hook); err != nil {
		t.Fatal(err)
	}
	r := hook.Data.Removal
	if hook.Type != "item.removed" || !r.Present.Equal(want.Present) || !r.Absent.Equal(want.Absent) || r.Checks != 3 || r.Answer != "404 Not Found" {
		t.Errorf("%s", told[0].body)
	}
	if out := do(t, "deliveries", "list", "-c", cfg); strings.Count(out, "item.removed") != 1 || strings.Contains(out, "item.matched") {
		t.Errorf("the outbox:\n%s", out)
	}
	out := do(t, "item", "-c", cfg, hook.Data.Item.ID.String())
	if !strings.Contains(out, "page        present "+want.Present.UTC().Format("2006-01-02 15:04 UTC")+", absent ") {
		t.Errorf("the item:\n%s", out)
	}
}
