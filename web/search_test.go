package web_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"dewline"
	"dewline/web"

	"golang.org/x/net/html"
)

// search stands for the query language and the store: a query is words that all
// stand in an item. A page of the walk holds two items. A bracket is a fault, and
// "or" is a warning. That the real ones answer so is tested in cmd/dewline.
func (s *sample) search(query string) (*web.Search, error) {
	if at := strings.IndexAny(query, "("); at >= 0 {
		return nil, &dewline.SyntaxError{Offset: at, End: at + 1, Msg: "this bracket is not closed", Hint: "add )"}
	}
	q := &web.Search{}
	if at := strings.Index(query, " or "); at >= 0 {
		q.Warnings = []*dewline.SyntaxError{{Offset: at + 1, End: at + 3, Msg: `"or" is a word here`, Hint: "write OR"}}
	}
	q.Sift = func(ctx context.Context, before uint64, since time.Time) (page dewline.Sifted, err error) {
		items, err := s.LatestItems(ctx, before, since, 3)
		for i := range items[:min(2, len(items))] {
			page.Looked++
			if f, ok := foundIn(&items[i], strings.Fields(query)); ok {
				page.Found = append(page.Found, f)
			}
		}
		if len(items) == 3 {
			page.Next = items[1].Seq
		}
		return page, err
	}
	return q, nil
}

func foundIn(it *dewline.Item, words []string) (f dewline.Found, ok bool) {
	f = dewline.Found{Item: *it, Snippet: it.Summary}
	for _, w := range words {
		before := len(f.Hits)
		for _, field := range []string{dewline.FieldTitle, dewline.FieldSummary, dewline.FieldContent} {
			if at := strings.Index(it.Text(field), w); at >= 0 {
				f.Hits = append(f.Hits, dewline.Hit{Term: w, Field: field, Text: w, Start: at, End: at + len(w)})
			}
		}
		if len(f.Hits) == before {
			return f, false
		}
	}
	return f, true
}

type searchList struct {
	Items []struct {
		ID    dewline.Key
		Found *struct {
			Snippet string
			Matches []dewline.Hit
		}
	}
	NextCursor string `json:"next_cursor"`
	Warnings   []struct {
		Detail   string
		Position struct{ Offset, End, Character int }
	}
}

// TestAPISearch walks a search to its end, by pages of every size: what is wanted
// is there once, the newest first, and the last page has no cursor.
func TestAPISearch(t *testing.T) {
	s := newSample(t, time.Now())
	s.many(57)
	h := s.handler()
	for query, items := range map[string]int{"exercise": 59, "number exercise": 57, "missile defence": 1, "ракета": 0, "Report 5": 9} {
		var want []dewline.Key
		for _, it := range slices.Backward(s.items) {
			if _, ok := foundIn(&it, strings.Fields(query)); ok {
				want = append(want, it.Key)
			}
		}
		if len(want) < items {
			t.Fatalf("%s stands in %d items", query, len(want))
		}
		for _, limit := range []int{1, 2, 7, 57, 58, 500} {
			var got []dewline.Key
			for cursor := ""; ; {
				page := decode[searchList](t, h, fmt.Sprintf("/api/v1/items?query=%s&limit=%d&cursor=%s", url.QueryEscape(query), limit, cursor))
				for _, it := range page.Items {
					got = append(got, it.ID)
					if it.Found == nil || len(it.Found.Matches) == 0 {
						t.Fatalf("%s: found by nothing: %+v", query, it)
					}
				}
				if cursor = page.NextCursor; cursor == "" {
					break
				}
				if len(page.Items) != limit {
					t.Fatalf("%s: a page of %d before the end, limit %d", query, len(page.Items), limit)
				}
			}
			if !slices.Equal(got, want) {
				t.Errorf("%s, limit %d: %d items, want %d", query, limit, len(got), len(want))
			}
		}
	}
	few := decode[searchList](t, h, "/api/v1/items?query=exercise&since=20s&limit=3")
	if len(few.Items) != 3 || few.NextCursor == "" {
		t.Fatalf("%d items, cursor %q", len(few.Items), few.NextCursor)
	}
	s.many(3)
	rest := decode[searchList](t, h, "/api/v1/items?query=exercise&limit=500&cursor="+few.NextCursor)
	if len(rest.Items) > 17 || rest.NextCursor != "" {
		t.Errorf("the cursor forgot since: %d more items", len(rest.Items))
	}
}

// TestAPISearchFault: a program learns where the query is at fault.
func TestAPISearchFault(t *testing.T) {
	s := newSample(t, time.Now())
	h := s.handler()
	res := ask(h, http.MethodGet, "/api/v1/items?query="+url.QueryEscape("反导 (x"))
	var p struct {
		Status   int
		Detail   string
		Position struct{ Offset, End, Character int }
	}
	if err := json.Unmarshal([]byte(read(t, res)), &p); err != nil {
		t.Fatal(err)
	}
	if p.Status != 400 || res.StatusCode != 400 || p.Detail != "query, character 4: this bracket is not closed (add ))" ||
		p.Position.Offset != 7 || p.Position.End != 8 || p.Position.Character != 4 {
		t.Errorf("%s: %+v", res.Status, p)
	}
	list := decode[searchList](t, h, "/api/v1/items?query=missile+or+radar")
	if len(list.Warnings) != 1 || list.Warnings[0].Position.Character != 9 || !strings.Contains(list.Warnings[0].Detail, "write OR") {
		t.Errorf("warnings: %+v", list.Warnings)
	}
	s.fault = fmt.Errorf("read /var/lib/secret.db: input/output error")
	for _, path := range []string{"/api/v1/items", "/search"} {
		res := ask(h, http.MethodGet, path+"?query=missile")
		if text := read(t, res); res.StatusCode != 500 || strings.Contains(text, "secret") {
			t.Errorf("%s: %s %s", path, res.Status, text)
		}
	}
}

// TestSearchEndsInTime: one answer takes some seconds at most, and says where to go
// on; a client that goes on comes to the end, also where no page finds anything.
func TestSearchEndsInTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newSample(t, time.Now())
		s.many(40)
		s.opts.Search = func(query string) (*web.Search, error) {
			q, err := s.search(query)
			sift := q.Sift
			q.Sift = func(ctx context.Context, before uint64, since time.Time) (dewline.Sifted, error) {
				time.Sleep(time.Second)
				return sift(ctx, before, since)
			}
			return q, err
		}
		h := s.handler()
		pages, found := 0, 0
		for cursor := ""; ; pages++ {
			began := time.Now()
			page := decode[searchList](t, h, "/api/v1/items?query=harbour&cursor="+cursor)
			if took := time.Since(began); took > 5*time.Second {
				t.Fatalf("an answer took %v", took)
			}
			found += len(page.Items)
			if cursor = page.NextCursor; cursor == "" {
				break
			}
		}
		if pages < 2 || found != 1 {
			t.Errorf("%d items in %d pages; the oldest item has the word", found, pages+1)
		}
		page := get(t, h, "/search?query=harbour")
		mustHold(t, "a page that ends before its time", page, "Nothing was found yet", "go on →")
		if walked := walk(t, h, "/search?query=harbour", "/search"); len(walked) < 2 || !strings.Contains(walked[len(walked)-1], "<mark>harbour</mark>") {
			t.Errorf("the page's links lead to the end in %d pages", len(walked))
		}
	})
}

// TestSearchesAtOnce: many searches cannot pile up, and one that nobody waits for
// ends.
func TestSearchesAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newSample(t, time.Now())
		ctx, leave := context.WithCancel(t.Context())
		free := make(chan struct{})
		s.opts.Search = func(string) (*web.Search, error) {
			return &web.Search{Sift: func(ctx context.Context, _ uint64, _ time.Time) (page dewline.Sifted, err error) {
				select {
				case <-ctx.Done():
					err = ctx.Err()
				case <-free:
				}
				return page, err
			}}, nil
		}
		h := s.handler()
		const hung = 4
		for range hung {
			go h.ServeHTTP(httptest.NewRecorder(), httptest.NewRequestWithContext(ctx, http.MethodGet, "/search?query=x", nil))
		}
		synctest.Wait()
		for _, path := range []string{"/api/v1/items", "/search"} {
			res := ask(h, http.MethodGet, path+"?query=x")
			if text := read(t, res); res.StatusCode != http.StatusServiceUnavailable || res.Header.Get("Retry-After") == "" || !strings.Contains(text, "other searches are under way") {
				t.Errorf("%s: %s, Retry-After %q, %s", path, res.Status, res.Header.Get("Retry-After"), text)
			}
		}
		get(t, h, "/api/v1/items") // all else goes on
		leave()                    // whoever asked goes away
		synctest.Wait()
		close(free)
		get(t, h, "/search?query=x")
	})
}

// TestSearchPage: the form, what was found, and what was wrong with the query.
func TestSearchPage(t *testing.T) {
	s := newSample(t, time.Now())
	s.many(60)
	h := s.handler()
	for _, path := range []string{"/", "/status", "/rules", "/items/" + s.ids["zh"].String(), "/nowhere"} {
		page := read(t, ask(h, http.MethodGet, path))
		if !regexp.MustCompile(`<form [^>]*action="\./(\.\./)*search" method="get"[^>]*>`).MatchString(page) {
			t.Errorf("%s has no search box", path)
		}
	}
	mustHold(t, "/search", get(t, h, "/search"), `name="query"`, `name="since"`, "@missile-defence")
	page := get(t, h, "/search?query=missile+defence&since=30d")
	mustHold(t, "the page", page, `value="missile defence"`, `<option value="30d" selected>`, "<mark>missile</mark> <mark>defence</mark>", "Items found",
		`href="./items/`+s.ids["tag:mod.example.org,2026:118"].String()+`"`, "https://mod.example.org/news/joint-briefing", "first seen")
	mustNotHold(t, "the page", page, `rel="next"`)
	mustHold(t, "a search for nothing", get(t, h, "/search?query=zebra&since=3w"), "No stored item matches", `<option value="3w" selected>since 3w</option>`)

	var got []string
	for _, page := range walk(t, h, "/search?query=exercise", "/search") {
		for _, m := range itemLink.FindAllStringSubmatch(page, -1) {
			got = append(got, m[1])
		}
	}
	if len(got) != 62 || len(slices.Compact(slices.Sorted(slices.Values(got)))) != 62 {
		t.Errorf("the pages show %d items, want 62 different ones", len(got))
	}

	res := ask(h, http.MethodGet, "/search?query="+url.QueryEscape("反导 (x"))
	page = read(t, res)
	if res.StatusCode != http.StatusBadRequest {
		t.Errorf("a faulty query: %s", res.Status)
	}
	mustHold(t, "a faulty query", page, `value="反导 (x"`, "character 4: this bracket is not closed (add ))", "反导 <span class=\"at\">(</span>x\n     ^</code>", `aria-invalid="true"`)
	mustHold(t, "a query with a warning", get(t, h, "/search?query=missile+or+radar"), "Perhaps not meant", "missile <span class=\"at\">or</span> radar\n        ^</code>")
	for _, target := range []string{"/search?query=x&since=yesterday", "/search?query=x&cursor=AAAA", "/search?query=x&since=-3d"} {
		if res := ask(h, http.MethodGet, target); res.StatusCode != http.StatusBadRequest {
			t.Errorf("%s: %s", target, res.Status)
		}
	}
}

// TestHostileSearch: neither a query nor what it finds is more than text.
func TestHostileSearch(t *testing.T) {
	s := newSample(t, time.Now())
	h := s.handler()
	for _, query := range []string{
		`"><script>alert(1)</script>`, `<script>alert`, "missile or <img src=x onerror=alert(1)>", "<b>anti-missile</b>", "\u202e(", "\x00\xff\n(\t", "</code></pre><b>(",
		strings.Repeat("x", 20_000) + "(" + strings.Repeat("語", 5_000), "a or " + strings.Repeat("b", 9_000),
	} {
		for _, since := range []string{"", `3d"><b>`} {
			path := "/search?" + url.Values{"query": {query}, "since": {since}}.Encode()
			page := read(t, ask(h, http.MethodGet, path))
			if len(page) > 120_000 {
				t.Errorf("%.40q: a page of %d bytes", query, len(page))
			}
			doc, err := html.Parse(strings.NewReader(page))
			if err != nil {
				t.Fatal(err)
			}
			for n := range doc.Descendants() {
				if n.Type == html.ElementNode {
					innocent(t, path, n)
				}
			}
		}
	}
}
