package publish

import (
	"compress/gzip"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"dewline"
)

const base = "https://watch.example.org/dew"

var (
	day  = time.Date(2026, 3, 1, 9, 30, 0, 0, time.UTC)
	ukmd = dewline.FeedRef{Name: "UK MOD", URL: "https://www.gov.uk/mod.atom", Tags: []string{"uk", "ministry"}}
	anti = dewline.Rule{Name: "anti-missile", Title: "Anti-missile issue"}
	pro  = dewline.Rule{Name: "pro", Title: "ПРО"}
)

// ledger holds matches in the order of their recording, as the store does.
type ledger struct {
	mu       sync.Mutex
	items    map[dewline.Key]dewline.Item
	matches  []dewline.Match
	of       map[dewline.Key][]dewline.Match // by item
	revision uint64
	reads    int
}

func newLedger() *ledger {
	return &ledger{items: make(map[dewline.Key]dewline.Item), of: make(map[dewline.Key][]dewline.Match)}
}

func (l *ledger) Revision() uint64 {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.revision
}

func (l *ledger) Matches(ctx context.Context, rule string, before uint64, limit int) ([]dewline.Matched, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.reads++
	var out []dewline.Matched
	for i := len(l.matches) - 1; i >= 0 && len(out) < limit; i-- {
		m := l.matches[i]
		if before != 0 && m.Seq >= before || rule != "" && m.Rule.Name != rule {
			continue
		}
		var of []dewline.Match
		for _, o := range l.of[m.Item] {
			if rule == "" || o.Rule.Name == rule {
				of = append(of, o)
			}
		}
		if of[0].Seq == m.Seq {
			out = append(out, dewline.Matched{Item: l.items[m.Item], Matches: of, Seq: m.Seq, First: m.Item})
		}
	}
	return out, ctx.Err()
}

// put commits an item and a match of each rule.
func (l *ledger) put(it dewline.Item, hits []dewline.Hit, snippet string, rules ...dewline.Rule) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.revision++
	l.items[it.Key] = it
	for _, r := range rules {
		m := dewline.Match{
			Rule: r.Ref(), Item: it.Key, Version: it.Version, Hits: hits, Snippet: snippet, At: it.FirstSeen, Seq: uint64(len(l.matches) + 1),
		}
		l.matches = append(l.matches, m)
		l.of[it.Key] = append(l.of[it.Key], m)
	}
}

// edit commits another version of an item.
func (l *ledger) edit(key dewline.Key, change func(*dewline.Item)) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.revision++
	it := l.items[key]
	change(&it)
	l.items[key] = it
}

// touch commits something that no feed shows.
func (l *ledger) touch() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.revision++
}

// briefing is the n-th statement of a source.
func briefing(n int) dewline.Item {
	guid := fmt.Sprintf("https://www.gov.uk/news/%d", n)
	at := day.Add(time.Duration(n) * time.Minute)
	return dewline.Item{
		Key:  dewline.ItemKey(dewline.FeedKey(ukmd.Name), dewline.Identity{Kind: dewline.IdentityGUID, Value: guid}),
		Feed: ukmd, GUID: guid, URL: guid,
		Title:   fmt.Sprintf("Anti-Missile briefing %d", n),
		Content: "The first paragraph of a <statement>.\n\nA briefing on anti-missile systems\nand more & more.",
		Authors: []string{"Press Office", "J. Doe"}, Categories: []string{"Defence", "Air & Space"}, Language: "en-GB",
		Published: at.Add(-time.Hour), FirstSeen: at, Changed: at, Version: 1,
	}
}

var found = []dewline.Hit{
	{Term: "anti-missile", Field: "title", Text: "Anti-Missile", Start: 0, End: 12},
	{Term: "anti-missile", Field: "content", Text: "anti-missile", Start: 53, End: 65},
}

const snippet = "A briefing on anti-missile systems & more"

func filled(n int) *ledger {
	l := newLedger()
	for i := range n {
		l.put(briefing(i+1), found, snippet, anti)
	}
	return l
}

func publisher(s Store) *Publisher {
	return New(s, Options{BaseURL: base, Rules: []dewline.Rule{anti, pro}})
}

// ask sends a request and returns the answer. Headers are name, value pairs.
func ask(h http.Handler, method, path string, headers ...string) *http.Response {
	r := httptest.NewRequest(method, path, nil)
	for i := 0; i < len(headers); i += 2 {
		r.Header.Add(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w.Result()
}

// read is the body of what must be a 200.
func read(t testing.TB, h http.Handler, path string) string {
	t.Helper()
	return body(t, ask(h, http.MethodGet, path))
}

func body(t testing.TB, r *http.Response) string {
	t.Helper()
	var in io.Reader = r.Body
	if r.Header.Get("Content-Encoding") == "gzip" {
		z, err := gzip.NewReader(r.Body)
		if err != nil {
			t.Fatal(err)
		}
		in = z
	}
	b, err := io.ReadAll(in)
	if err != nil {
		t.Fatal(err)
	}
	if r.StatusCode != http.StatusOK {
		t.Fatalf("status %d: %s", r.StatusCode, b)
	}
	return string(b)
}

// below turns an absolute address of ours into a path.
func below(t testing.TB, url string) string {
	t.Helper()
	path, ok := strings.CutPrefix(url, base)
	if !ok {
		t.Fatalf("%q is not below %s", url, base)
	}
	return path
}
