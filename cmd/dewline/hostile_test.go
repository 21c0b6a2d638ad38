package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"
)

// fault is one way in which a source is bad, and the word for it.
type fault struct {
	name   string
	serve  func(t *testing.T, w http.ResponseWriter, r *http.Request)
	status string
	read   int // entries that came out all the same
}

// limit is how long the daemon waits for the source. Where that is not what is
// tested, it is never reached.
func (f fault) limit() string {
	if f.status == "timeout" {
		return "2s"
	}
	return "1m"
}

// faults are served to a daemon whose other feeds must not notice.
var faults = []fault{
	{"slow headers", func(_ *testing.T, _ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }, "timeout", 0},
	{"slow body", func(_ *testing.T, w http.ResponseWriter, r *http.Request) {
		drip(w, r, []byte("<rss>"))
	}, "timeout", 0},
	{"endless body", func(_ *testing.T, w http.ResponseWriter, r *http.Request) {
		pour(w, r, bytes.Repeat([]byte("<rss version=\"2.0\"><channel>"), 1000))
	}, "too-large", 0},
	{"gzip bomb", func(t *testing.T, w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Encoding", "gzip")
		_, _ = w.Write(gzipped(t, make([]byte, 200<<20)))
	}, "too-large", 0},
	{"nesting bomb", func(_ *testing.T, w http.ResponseWriter, _ *http.Request) {
		_, _ = w.Write(append([]byte("<rss version=\"2.0\"><channel>"), bytes.Repeat([]byte("<a:b>"), 2<<20)...))
	}, "hostile", 0},
	{"entity bomb", func(_ *testing.T, w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(entityBomb()) }, "", 0},
	{"many elements", func(_ *testing.T, w http.ResponseWriter, _ *http.Request) {
		_, _ = w.Write(append([]byte("<rss version=\"2.0\"><channel>"), bytes.Repeat([]byte("<item/>"), 1<<20)...))
	}, "hostile", 0},
	{"redirect loop", func(_ *testing.T, w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, r.URL.Path, http.StatusFound)
	}, "redirects", 0},
	{"redirect inside", func(_ *testing.T, w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "http://169.254.169.254/latest/meta-data/", http.StatusFound)
	}, "blocked", 0},
	{"cut document", func(_ *testing.T, w http.ResponseWriter, _ *http.Request) {
		doc := rss("cut", entry{"1", "First", "x"}, entry{"2", "Second", "x"}, entry{"3", "Third", "x"})
		_, _ = w.Write(doc[:bytes.LastIndex(doc, []byte("isPermaLink"))])
	}, "cut", 2},
	{"cut transfer", func(_ *testing.T, w http.ResponseWriter, _ *http.Request) {
		doc := rss("cut", entry{"1", "First", "x"}, entry{"2", "Second", "x"}, entry{"3", "Third", "x"})
		w.Header().Set("Content-Length", strconv.Itoa(len(doc)))
		_, _ = w.Write(doc[:bytes.LastIndex(doc, []byte("isPermaLink"))])
		_ = http.NewResponseController(w).Flush()
		panic(http.ErrAbortHandler)
	}, "cut", 2},
	{"wrong charset", func(_ *testing.T, w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/rss+xml; charset=utf-8")
		_, _ = w.Write([]byte("<?xml version=\"1.0\" encoding=\"utf-8\"?><rss version=\"2.0\"><channel><title>x</title><item><guid>1</guid><title>" +
			"\xd1\xee\xe2\xec\xe5\xf1\xf2\xed\xfb\xe9 \xe1\xf0\xe8\xf4\xe8\xed\xe3 \xef\xee \xef\xf0\xee\xe1\xeb\xe5\xec\xe5 \xcf\xd0\xce</title></item></channel></rss>"))
	}, "ok", 1},
	{"a page", func(_ *testing.T, w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/rss+xml")
		_, _ = w.Write([]byte("<!doctype html><html><head><title>Ministry</title></head><body><p>Welcome</p></body></html>"))
	}, "html", 0},
	{"not found", answers(404), "not-found", 0},
	{"gone", answers(410), "gone", 0},
	{"forbidden", answers(403), "forbidden", 0},
	{"rate limited", answers(429), "rate-limited", 0},
	{"unavailable", answers(503), "unavailable", 0},
	{"broken", answers(500), "server-error", 0},
	{"broken gzip", func(t *testing.T, w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Encoding", "gzip")
		_, _ = w.Write(append(gzipped(t, nil)[:12], "this is not deflate"...))
	}, "bad-encoding", 0},
	{"reset", func(*testing.T, http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }, "connection", 0},
}

func answers(code int) func(*testing.T, http.ResponseWriter, *http.Request) {
	return func(_ *testing.T, w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Retry-After", "3600")
		http.Error(w, "no", code)
	}
}

// drip sends a byte now and then.
func drip(w http.ResponseWriter, r *http.Request, b []byte) {
	tick := time.NewTicker(100 * time.Millisecond)
	defer tick.Stop()
	for i := 0; ; i++ {
		if _, err := w.Write(b[i%len(b) : i%len(b)+1]); err != nil {
			return
		}
		_ = http.NewResponseController(w).Flush()
		select {
		case <-r.Context().Done():
			return
		case <-tick.C:
		}
	}
}

// pour sends until nobody listens.
func pour(w http.ResponseWriter, r *http.Request, b []byte) {
	for r.Context().Err() == nil {
		if _, err := w.Write(b); err != nil {
			return
		}
	}
}

func entityBomb() []byte {
	var b strings.Builder
	b.WriteString(`<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "lol">`)
	for c := 'b'; c < 'k'; c++ {
		fmt.Fprintf(&b, `<!ENTITY %c "%s">`, c, strings.Repeat(fmt.Sprintf("&%c;", c-1), 10))
	}
	b.WriteString(`]><rss version="2.0"><channel><title>x</title><item><guid>1</guid><title>&j;</title></item></channel></rss>`)
	return []byte(b.String())
}

// One test for each fault: the feed's state names it, the healthy feed beside it
// is polled in time, and memory stays bounded.
func TestHostileSources(t *testing.T) {
	for _, f := range faults {
		t.Run(f.name, func(t *testing.T) { t.Parallel(); hostile(t, f) })
	}
}

func hostile(t *testing.T, f fault) {
	src, good := newSource(t), newSource(t)
	good.publish("/good.xml", entry{"1", "A statement", "On peace."})
	calm := make(chan struct{}) // closed once the bad feed may be bad
	src.handle("/bad.xml", func(w http.ResponseWriter, r *http.Request) {
		select {
		case <-calm:
			f.serve(t, w, r)
		case <-r.Context().Done():
		}
	})
	p := serving(begin(t, shipped(t), configure(t, t.TempDir(), fmt.Sprintf(`
http: {listen: "127.0.0.1:0"}
fetch: {schedule: "@every 1s", timeout: %s, max_body: 16MiB, allow_private: [127.0.0.0/8]}
feeds:
  - {url: "%s/bad.xml", name: bad}
  - {url: "%s/good.xml", name: good}
rules: [{name: anti-missile, query: anti-missile}]
`, f.limit(), src.URL, good.URL))))
	_, at := p.polled(0, "good")
	before := p.memory()
	close(calm)

	bad, after := p.polled(at, "bad")
	if f.status != "" && bad["status"] != f.status {
		t.Errorf("status %v, want %s (%v)", bad["status"], f.status, bad["detail"])
	}
	if got := bad["new"]; got != float64(f.read) {
		t.Errorf("%v entries, want %d", got, f.read)
	}
	if bad["status"] != "ok" && fmt.Sprint(bad["detail"]) == "<nil>" {
		t.Error("the state says nothing")
	}
	// While the bad feed was being asked, the good one was asked too; and after.
	p.polled(after, "good")
	if grown := p.memory() - before; grown > 64<<20 {
		t.Errorf("memory grew by %d MB at its peak", grown>>20)
	}
	if page := p.ok("/"); !strings.Contains(page, fmt.Sprint(bad["status"])) {
		t.Errorf("the page does not show the status %v", bad["status"])
	}
	p.stop()
}

// memory is the most memory that the daemon ever held, in bytes.
func (p *process) memory() int64 {
	p.t.Helper()
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", p.cmd.Process.Pid))
	if err != nil {
		p.t.Fatal(err)
	}
	for line := range strings.Lines(string(status)) {
		if f := strings.Fields(line); len(f) == 3 && f[0] == "VmHWM:" {
			kb, err := strconv.ParseInt(f[1], 10, 64)
			if err != nil {
				p.t.Fatal(err)
			}
			return kb << 10
		}
	}
	p.t.Fatal("no VmHWM in /proc")
	return 0
}

// A server that never answers holds up none of its neighbours, however many of
// its feeds hang.
func TestASlowSiteDelaysNobody(t *testing.T) {
	slow, good := newSource(t), newSource(t)
	var feeds strings.Builder
	for i := range 100 {
		path := fmt.Sprintf("/%d.xml", i)
		slow.handle(path, func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() })
		fmt.Fprintf(&feeds, "  - {url: \"%s%s\", name: slow-%d}\n", slow.URL, path, i)
	}
	good.publish("/good.xml", entry{"1", "A statement", "On peace."})
	p := launch(t, configure(t, t.TempDir(), fmt.Sprintf(`
http: {listen: "127.0.0.1:0"}
fetch: {schedule: "@every 1s", timeout: 1h, concurrency: 8, allow_private: [127.0.0.0/8]}
feeds:
%s  - {url: "%s/good.xml", name: good}
`, feeds.String(), good.URL)))
	at := 0
	for range 3 {
		_, at = p.polled(at, "good")
	}
	p.stop()
}

// The states that commands show are those of the log.
func TestFeedsListShowsTheFault(t *testing.T) {
	src := newSource(t)
	src.handle("/gone.xml", func(w http.ResponseWriter, _ *http.Request) { http.Error(w, "gone", http.StatusGone) })
	cfg := configure(t, t.TempDir(), fmt.Sprintf(`
http: {listen: "127.0.0.1:0"}
fetch: {allow_private: [127.0.0.0/8]}
feeds: [{url: "%s/gone.xml", name: old}]
`, src.URL))
	p := launch(t, cfg)
	p.polled(0, "old")
	var st struct{ Name, Status, Detail string }
	if err := json.Unmarshal([]byte(do(t, "feeds", "list", "--json", "-c", cfg)), &st); err != nil {
		t.Fatal(err)
	}
	if st.Name != "old" || st.Status != "gone" || st.Detail == "" {
		t.Errorf("%+v", st)
	}
	p.stop()
}
