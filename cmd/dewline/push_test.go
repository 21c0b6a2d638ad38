package main

import (
	"crypto/hmac"
	"crypto/sha256"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// hub is a WebSub hub on loopback, written for these tests: it verifies, fetches what
// a publisher pings for, and sends it on, signed.
type hub struct {
	*httptest.Server
	t testing.TB

	mu      sync.Mutex
	page    string                // where the daemon serves: the callbacks' host is not resolved; guarded by mu, as the rest
	members map[string]url.Values // by the callback's path
	news    *sync.Cond
}

func newHub(t testing.TB) *hub {
	h := &hub{t: t, members: make(map[string]url.Values)}
	h.news = sync.NewCond(&h.mu)
	h.Server = httptest.NewServer(http.HandlerFunc(h.serve))
	t.Cleanup(h.Close)
	return h
}

// at says where the daemon serves.
func (h *hub) at(page string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.page = page
	h.news.Broadcast()
}

func (h *hub) serve(w http.ResponseWriter, r *http.Request) {
	_ = r.ParseForm()
	if r.PostForm.Get("hub.mode") == "publish" {
		h.send(h.fetch(r.PostForm.Get("hub.url")))
		w.WriteHeader(http.StatusNoContent)
		return
	}
	w.WriteHeader(http.StatusAccepted)
	go h.verify(r.PostForm)
}

func (h *hub) verify(form url.Values) {
	callback, err := url.Parse(form.Get("hub.callback"))
	if err != nil {
		h.t.Error(err)
		return
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	for h.page == "" {
		h.news.Wait()
	}
	q := url.Values{"hub.mode": form["hub.mode"], "hub.topic": form["hub.topic"], "hub.challenge": {"challenge"}, "hub.lease_seconds": {"3600"}}
	resp, err := http.Get(h.page + callback.Path + "?" + q.Encode())
	if err != nil {
		h.t.Error(err)
		return
	}
	defer resp.Body.Close()
	body, _ := io.ReadAll(resp.Body)
	if resp.StatusCode != http.StatusOK || string(body) != "challenge" {
		h.t.Errorf("%s is answered %s %s", q.Get("hub.mode"), resp.Status, body)
	}
	if q.Get("hub.mode") == "unsubscribe" {
		delete(h.members, callback.Path)
	} else {
		h.members[callback.Path] = form
	}
	h.news.Broadcast()
}

// wait waits until so many are subscribed.
func (h *hub) wait(n int) {
	h.t.Helper()
	late := time.AfterFunc(patience, func() {
		h.mu.Lock()
		defer h.mu.Unlock()
		n = -1
		h.news.Broadcast()
	})
	defer late.Stop()
	h.mu.Lock()
	defer h.mu.Unlock()
	for n >= 0 && len(h.members) != n {
		h.news.Wait()
	}
	if n < 0 {
		h.t.Fatalf("subscribed are %v", h.members)
	}
}

func (h *hub) fetch(feed string) []byte {
	resp, err := http.Get(feed)
	if err != nil {
		h.t.Error(err)
		return nil
	}
	defer resp.Body.Close()
	body, _ := io.ReadAll(resp.Body)
	return body
}

// send pushes a body to all.
func (h *hub) send(body []byte) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for path, form := range h.members {
		mac := hmac.New(sha256.New, []byte(form.Get("hub.secret")))
		mac.Write(body)
		req, err := http.NewRequest(http.MethodPost, h.page+path, strings.NewReader(string(body)))
		if err != nil {
			h.t.Fatal(err)
		}
		req.Header.Set("X-Hub-Signature", fmt.Sprintf("sha256=%x", mac.Sum(nil)))
		req.Header.Set("Content-Type", "application/rss+xml")
		resp, err := http.DefaultClient.Do(req)
		if err != nil {
			h.t.Error(err)
			return
		}
		resp.Body.Close()
		if resp.StatusCode != http.StatusAccepted {
			h.t.Errorf("a push is answered %s", resp.Status)
		}
	}
}

// ping is what a publisher does when there are news.
func (h *hub) ping(feed string) {
	h.t.Helper()
	resp, err := http.PostForm(h.URL, url.Values{"hub.mode": {"publish"}, "hub.url": {feed}})
	if err != nil {
		h.t.Fatal(err)
	}
	resp.Body.Close()
}

// withHub publishes a feed that names the hub.
func (s *source) withHub(h *hub, path string, entries ...entry) {
	body := rss(path, entries...)
	s.handle(path, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/rss+xml")
		w.Header().Add("Link", fmt.Sprintf(`<%s>; rel="hub", <%s%s>; rel="self"`, h.URL, s.URL, path))
		_, _ = w.Write(body)
	})
}

func pushConfig(src *source, hook, more string) string {
	return fmt.Sprintf(`
http: {listen: "127.0.0.1:0", base_url: "http://watch.example"}
fetch: {schedule: "@every 12h", websub: on, allow_private: [127.0.0.0/8]}
rules: [{name: anti-missile, query: anti-missile, alert: [hook]}]
receivers: [{name: hook, webhook: {url: "%s"}}]
feeds: [{url: "%s/a.xml", name: a, first_poll: alert%s}]
`, hook, src.URL, more)
}

// From the publisher's ping to the webhook, once; and unsubscribed when the feed is
// not to be pushed any more.
func TestPushedNews(t *testing.T) {
	src, hooks, h := newSource(t), newSink(), newHub(t)
	dir, hook := t.TempDir(), hooks.hook(t)
	all := []entry{{"1", "On the anti-missile issue", ""}}
	src.withHub(h, "/a.xml", all...)
	cfg := configure(t, dir, pushConfig(src, hook, ""))
	p := launch(t, cfg)
	h.at(p.page)
	h.wait(1)
	hooks.alerts(t, 1)
	all = append(all, entry{"2", "Anti-missile talks", ""})
	src.withHub(h, "/a.xml", all...)
	h.ping(src.URL + "/a.xml")
	hooks.alerts(t, 2)
	h.send(rss("a diff", all[1])) // the same news again, and alone
	_, at := p.waitFrom(0, "the second push", func(l logLine) bool { return l.is("pushed") && l["new"] == 0.0 })
	all = append(all, entry{"3", "More anti-missile talks", ""})
	h.send(rss("a diff", all[2]))
	got := hooks.alerts(t, 3)
	if len(got) != 3 || got[1].guid != "2" || got[2].guid != "3" {
		t.Errorf("alerts: %+v", got)
	}
	if polls := p.ok("/api/v1/polls"); strings.Count(polls, `"pushed":true`) != 3 || strings.Count(polls, `"pushed":false`) != 1 {
		t.Errorf("polls: %s", polls)
	}
	if feeds := p.ok("/api/v1/feeds"); !strings.Contains(feeds, `"state":"active"`) {
		t.Errorf("feeds: %s", feeds)
	}
	// The first push that is no feed has the feed polled.
	src.withHub(h, "/a.xml", append(all, entry{"4", "Anti-missile news behind a thin ping", ""})...)
	h.send([]byte("ping"))
	hooks.alerts(t, 4)
	if metrics := p.ok("/metrics"); !strings.Contains(metrics, `dewline_websub_pushes_total{outcome="taken"} 4`) || !strings.Contains(metrics, `dewline_websub_subscriptions{state="active"} 1`) {
		t.Errorf("metrics: %s", metrics)
	}
	configure(t, dir, pushConfig(src, hook, ", websub: off"))
	p.signal(syscall.SIGHUP)
	p.waitFrom(at, "the reload", func(l logLine) bool { return l.is("watching") })
	h.wait(0)
	p.stop()
	sound(t, filepath.Join(dir, "dewline.db"))
}

// The daemon dies between a push and its commit, or while it is away news are
// pushed: nothing is lost, and nothing is told twice.
func TestDeathAfterAPush(t *testing.T) {
	src, hooks, h := newSource(t), newSink(), newHub(t)
	dir := t.TempDir()
	cfg := configure(t, dir, pushConfig(src, hooks.hook(t), ""))
	var all []entry
	issue := func() {
		n := len(all) + 1
		all = append(all, entry{fmt.Sprint(n), fmt.Sprintf("Anti-missile statement %d", n), ""})
		src.withHub(h, "/a.xml", all...)
	}
	issue()
	p := launch(t, cfg)
	h.at(p.page)
	h.wait(1)
	hooks.alerts(t, 1)
	for range 15 {
		issue()
		h.ping(src.URL + "/a.xml") // returns when the push was answered, and not when it was taken in
		p.kill()
		issue() // and nobody was there to be told
		sound(t, filepath.Join(dir, "dewline.db"))
		p = launch(t, cfg)
		h.at(p.page)
		hooks.alerts(t, len(all))
	}
	issue()
	h.ping(src.URL + "/a.xml") // the subscription outlived all that
	got := hooks.alerts(t, len(all))
	var guids []string
	for _, x := range got {
		guids = append(guids, x.guid)
	}
	slices.Sort(guids)
	if len(slices.Compact(guids)) != len(all) {
		t.Errorf("%d statements, %d were told: %v", len(all), len(guids), guids)
	}
	for alert, ids := range hooks.ids() {
		if len(ids) != 1 {
			t.Errorf("%s came under %d ids", alert, len(ids))
		}
	}
	p.stop()
}

// A hub is asked over guarded connections: one on a network that is not ours is not
// reached, and says so.
func TestAHubOnAForeignNetwork(t *testing.T) {
	src, hooks, h := newSource(t), newSink(), newHub(t)
	h.URL = strings.Replace(h.URL, "127.0.0.1", "127.0.0.2", 1)
	src.withHub(h, "/a.xml", entry{"1", "On the anti-missile issue", ""})
	text := strings.Replace(pushConfig(src, hooks.hook(t), ""), "127.0.0.0/8", "127.0.0.1/32", 1)
	p := launch(t, configure(t, t.TempDir(), text))
	l := p.wait("the refusal", func(l logLine) bool { return l.is("a hub did not do what it was asked") })
	if why := fmt.Sprint(l["why"]); !strings.Contains(why, "127.0.0.2") {
		t.Errorf("why: %s", why)
	}
	p.stop()
}

// BenchmarkPush is from a publisher's ping to the webhook's receiver, on loopback, by
// the daemon with its store on disk. The aim is a median under 100 ms.
func BenchmarkPush(b *testing.B) {
	src, hooks, h := newSource(b), newSink(), newHub(b)
	path := configure(b, b.TempDir(), pushConfig(src, hooks.hook(b), ""))
	var window []entry
	issue := func(n int) {
		window = append(window, entry{fmt.Sprint(n), fmt.Sprintf("Anti-missile statement number-%d.", n), strings.Repeat("Of the ministry. ", 100)})
		window = window[max(0, len(window)-20):]
		src.withHub(h, "/a.xml", window...)
	}
	issue(0)
	p := serving(begin(b, shipped(b), path))
	h.at(p.page)
	h.wait(1)
	hooks.alerts(b, 1)
	var took []time.Duration
	told := 1
	for b.Loop() {
		issue(told)
		told++
		began := time.Now()
		h.ping(src.URL + "/a.xml")
		hooks.alerts(b, told)
		took = append(took, time.Since(began))
	}
	slices.Sort(took)
	ms := func(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
	b.ReportMetric(ms(took[len(took)/2]), "median-ms")
	b.ReportMetric(ms(took[len(took)*99/100]), "p99-ms")
}
