package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// ofFeed is a hook on a feed's health.
type ofFeed struct {
	Type string
	Data struct {
		Feed   struct{ Name, URL string }
		Health struct{ State, Reason, Detail, Remedy string }
		Gap    *struct{ From, To time.Time }
		Gaps   int
		Link   string
	}
}

func (h ofFeed) String() string {
	return fmt.Sprintf("%s %s %s %s", h.Type, h.Data.Feed.Name, h.Data.Health.State, h.Data.Health.Reason)
}

// feedHooks are the hooks that came.
type feedHooks chan ofFeed

func (hooks feedHooks) next(t *testing.T) ofFeed {
	t.Helper()
	select {
	case h := <-hooks:
		return h
	case <-time.After(patience):
		t.Fatal("no hook came")
		return ofFeed{}
	}
}

// opsHook is a receiver of health alerts.
func opsHook(t *testing.T) (*httptest.Server, feedHooks) {
	hooks := make(feedHooks, 100)
	hook := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		var h ofFeed
		if err := json.NewDecoder(r.Body).Decode(&h); err != nil {
			t.Error(err)
		}
		hooks <- h
	}))
	t.Cleanup(hook.Close)
	return hook, hooks
}

// A source dies, in each of the ways in which sources die; one hook says so, with what to do. It comes back: one
// hook says so. A daemon that was killed in between tells nothing a second time.
func TestHealthIsToldOnce(t *testing.T) {
	t.Parallel() // most of it is waiting
	hook, hooks := opsHook(t)
	src := newSource(t)
	deaths := map[string]struct {
		die           http.HandlerFunc
		state, reason string
	}{
		"lost": {http.NotFound, "failing", "not-found"},
		"gone": {func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusGone) }, "gone", "gone"},
		"html": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/html")
			fmt.Fprint(w, "<!doctype html><html><head><title>Ministry</title></head><body><p>Welcome to our new site.</p></body></html>")
		}, "not-a-feed", "html"},
		"wall": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/html")
			fmt.Fprint(w, "<!doctype html><html><head><title>Just a moment...</title></head><body><script>window._cf_chl_opt={}</script></body></html>")
		}, "challenged", "challenge"},
	}
	var yaml strings.Builder
	fmt.Fprintf(&yaml, `
http: {listen: "127.0.0.1:0"}
fetch: {schedule: "@every 1s", allow_private: [127.0.0.0/8]}
health: {alert: [ops]}
receivers: [{name: ops, webhook: {url: %q}}]
feeds:
  - {url: "%s/quiet.xml", name: quiet, health: off}
`, hook.URL, src.URL)
	for name := range deaths {
		src.publish("/"+name+".xml", statement)
		fmt.Fprintf(&yaml, "  - {url: \"%s/%s.xml\", name: %s}\n", src.URL, name, name)
	}
	dir := t.TempDir()
	cfg := configure(t, dir, yaml.String())
	p := launch(t, cfg)
	for name := range deaths {
		p.polled(0, name)
	}
	for name, d := range deaths {
		src.handle("/"+name+".xml", d.die)
	}
	for range deaths {
		h := hooks.next(t)
		want := deaths[h.Data.Feed.Name]
		if h.Type != "feed.failing" || h.Data.Health.State != want.state || h.Data.Health.Reason != want.reason ||
			h.Data.Health.Remedy == "" || !strings.Contains(h.Data.Link, "/status/") {
			t.Errorf("%s: %+v", h, h.Data)
		}
	}
	out := do(t, "deliveries", "list", "-c", cfg)
	if strings.Count(out, "feed.failing") != len(deaths) {
		t.Errorf("the outbox holds\n%s", out)
	}
	if page := p.ok("/deliveries"); !strings.Contains(page, "lost is failing: not-found") {
		t.Error("the page of the outbox does not say what was told")
	}
	p.kill()
	sound(t, filepath.Join(dir, "dewline.db"))
	p = launch(t, cfg)
	_, at := p.polled(0, "lost")
	src.publish("/lost.xml", statement)
	do(t, "poll", "lost", "-c", cfg)
	p.polled(at, "lost")
	if h := hooks.next(t); h.Type != "feed.recovered" || h.Data.Feed.Name != "lost" || !strings.Contains(h.Data.Health.Detail, "failing (not-found)") {
		t.Errorf("after the restart: %s %+v", h, h.Data)
	}
	if page := p.ok("/status"); !strings.Contains(page, "To do:") {
		t.Error("the page does not say what to do")
	}
	p.stop()
	if out := do(t, "deliveries", "list", "-c", cfg); strings.Count(out, "  ops  ") != len(deaths)+1 || len(hooks) > 0 {
		t.Errorf("told in all:\n%s", out)
	}
	if out := do(t, "polls", "lost", "--json", "-c", cfg); strings.Count(out, "not-found") < 3 || !strings.Contains(out, `"status":"ok"`) {
		t.Errorf("the ledger:\n%s", out)
	}
}

// A feed moves on between two polls, and has no older pages: one hook says between which times items may have passed
// unseen, and the ledger and the page of the feed keep it.
func TestAGapIsTold(t *testing.T) {
	hook, hooks := opsHook(t)
	src := newSource(t)
	src.publish("/news.xml", entry{guid: "1", title: "First statement"}, entry{guid: "2", title: "Second statement"})
	dir := t.TempDir()
	cfg := configure(t, dir, fmt.Sprintf(`
http: {listen: "127.0.0.1:0"}
fetch: {schedule: "@every 1h", allow_private: [127.0.0.0/8]}
health: {alert: [ops]}
receivers: [{name: ops, webhook: {url: %q}}]
feeds: [{url: "%s/news.xml", name: news}]
`, hook.URL, src.URL))
	p := launch(t, cfg)
	_, at := p.polled(0, "news")
	src.publish("/news.xml", entry{guid: "8", title: "Eighth statement"}, entry{guid: "9", title: "Ninth statement"})
	do(t, "poll", "news", "-c", cfg)
	_, at = p.polled(at, "news")
	h := hooks.next(t)
	if h.Type != "feed.failing" || h.Data.Health.Reason != "gap" || h.Data.Health.State != "ok" || h.Data.Gaps != 1 || h.Data.Gap == nil ||
		!h.Data.Gap.From.Before(h.Data.Gap.To) || !strings.Contains(h.Data.Health.Remedy, "publisher's site") {
		t.Fatalf("%+v", h)
	}
	src.publish("/news.xml", entry{guid: "9", title: "Ninth statement"}, entry{guid: "10", title: "Tenth statement"})
	do(t, "poll", "news", "-c", cfg)
	_, at = p.polled(at, "news")
	do(t, "poll", "news", "-c", cfg)
	p.polled(at, "news")
	if page := p.ok(h.Data.Link[strings.Index(h.Data.Link, "/status/"):]); !strings.Contains(page, "Items may have passed unseen") {
		t.Error("the page of the feed does not say what may be missed")
	}
	if out := do(t, "polls", "news", "-c", cfg); strings.Count(out, "open: between ") != 1 || strings.Count(out, "\n") != 5 || strings.Count(out, "ok (same bytes)") != 1 {
		t.Errorf("the ledger:\n%s", out)
	}
	if out := do(t, "polls", "--gaps", "-c", cfg); !strings.Contains(out, "open: between ") || strings.Count(out, "\n") != 2 {
		t.Errorf("the gaps of the ledger:\n%s", out)
	}
	if out := do(t, "feeds", "list", "--json", "-c", cfg); !strings.Contains(out, `"gaps":{"open":1,"closed":0},"wait":null`) {
		t.Errorf("the feed:\n%s", out)
	}
	p.stop()
	if len(hooks) > 0 {
		t.Errorf("told too: %s", <-hooks)
	}
}
