package fetcher

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"dewline"
)

// mapSite serves an index of sitemaps and what it names. Its parser knows two words: "part PATH LASTMOD" in an index,
// and "item NAME" in a sitemap.
type mapSite struct {
	mu    sync.Mutex
	files map[string]string
	asked []string
}

func (s *mapSite) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.asked = append(s.asked, r.URL.Path)
	body, ok := s.files[r.URL.Path]
	if !ok {
		w.WriteHeader(http.StatusNotFound)
		return
	}
	w.Header().Set("ETag", fmt.Sprintf("%q", dewline.BodyKey([]byte(body))))
	if r.Header.Get("If-None-Match") == w.Header().Get("ETag") {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	_, _ = w.Write([]byte(body))
}

// set changes files; it returns what was asked for since the last time, in order.
func (s *mapSite) set(files map[string]string) []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	maps.Copy(s.files, files)
	asked := s.asked
	s.asked = nil
	return asked
}

func readMap(doc dewline.Document) dewline.Parsed {
	p := dewline.Parsed{Status: dewline.StatusOK}
	for line := range strings.Lines(string(doc.Body)) {
		f := strings.Fields(line)
		switch {
		case len(f) > 1 && f[0] == "part" && !doc.Part:
			part := dewline.Part{URL: strings.TrimSuffix(doc.URL, "/index") + f[1]}
			if strings.HasPrefix(f[1], "http") {
				part.URL = f[1]
			}
			if len(f) > 2 {
				part.LastMod = f[2]
				part.At, _ = time.Parse(time.DateOnly, f[2])
			}
			p.Parts = append(p.Parts, part)
		case len(f) > 1 && f[0] == "item":
			p.Entries = append(p.Entries, dewline.Entry{Key: dewline.FeedKey(f[1])})
		default:
			return dewline.Parsed{Status: dewline.StatusMalformed, Detail: "no sitemap"}
		}
	}
	return p
}

// poll fetches the index and returns the successor of the state.
func poll(t *testing.T, c *Client, feed dewline.Feed, st dewline.FeedState) (dewline.Response, dewline.FeedState) {
	t.Helper()
	resp := c.Fetch(t.Context(), feed, st)
	st.URL, st.Reading = feed.URL, feed.Reading()
	if !resp.NotModified && !resp.Identical && resp.Status.Read() {
		st.Index, st.ETag, st.LastModified, st.BodyHash = resp.Index, resp.ETag, resp.LastModified, resp.BodyHash
	}
	return resp, st
}

func TestIndex(t *testing.T) {
	site := &mapSite{files: map[string]string{}}
	base := serve(t, site.ServeHTTP)
	feed := dewline.Feed{Name: "x", URL: base + "/index", Sitemap: &dewline.Sitemap{}}
	c := newClient(t, func(o *Options) { o.Parse = readMap })
	index := func(parts ...string) string { return "part " + strings.Join(parts, "\npart ") }

	var old []string
	for i := range 12 {
		old = append(old, fmt.Sprintf("/%02d 2026-01-%02d", i, i+1))
		site.set(map[string]string{fmt.Sprintf("/%02d", i): fmt.Sprintf("item %d", i)})
	}
	var st dewline.FeedState
	check := func(what string, asked []string, items int, quiet bool) {
		t.Helper()
		var resp dewline.Response
		site.set(nil)
		resp, st = poll(t, c, feed, st)
		if got := site.set(nil); !slices.Equal(got, asked) {
			t.Errorf("%s: asked for %q, want %q", what, got, asked)
		}
		if resp.Status != dewline.StatusOK || len(resp.Entries) != items {
			t.Errorf("%s: status %s, %d items: %s", what, resp.Status, len(resp.Entries), resp.Detail)
		}
		for _, e := range resp.Entries {
			if e.Old != quiet {
				t.Errorf("%s: old %v, want %v", what, e.Old, quiet)
			}
		}
	}

	site.set(map[string]string{"/index": index(old...)})
	check("the first time", []string{"/index", "/11", "/10", "/09", "/08", "/07", "/06", "/05", "/04", "/03", "/02"}, 10, false)
	check("nothing changed", []string{"/index"}, 0, false)

	old[11] = "/11 2026-02-01"
	site.set(map[string]string{"/index": index(old...), "/11": "item 11\nitem news"})
	check("a part changed", []string{"/index", "/11"}, 2, false)

	old[0] = "/00 2026-02-02"
	site.set(map[string]string{"/index": index(old...)})
	check("an old part changed that was never read", []string{"/index", "/00"}, 1, true)

	site.set(map[string]string{"/index": index(append(old, "/new 2026-02-03")...), "/new": "item brandnew"})
	check("a part is new", []string{"/index", "/new"}, 1, false)

	site.set(map[string]string{"/index": index(append(old, "/new 2026-02-03", "/late 2026-02-04")...)})
	resp := c.Fetch(t.Context(), feed, st)
	if resp.Status != dewline.StatusNotFound || !strings.Contains(resp.Detail, "/late could not be read: HTTP 404") {
		t.Errorf("a part that is missing: %s: %s", resp.Status, resp.Detail)
	}
	site.set(map[string]string{"/late": "item late"})
	check("and comes later", []string{"/index", "/late"}, 1, false)
}

// An index whose dates never change is believed for a time. Then its newest part is asked for all the same, and what
// that brings is news.
func TestIndexWithDatesThatStandStill(t *testing.T) {
	site := &mapSite{files: map[string]string{
		"/index": "part /old 2026-01-01\npart /new 2026-01-02\n", "/old": "item 1\n", "/new": "item 2\n",
	}}
	feed := dewline.Feed{Name: "x", URL: serve(t, site.ServeHTTP) + "/index", Sitemap: &dewline.Sitemap{}}
	c := newClient(t, func(o *Options) { o.Parse = readMap })
	_, st := poll(t, c, feed, dewline.FeedState{})
	site.set(map[string]string{"/new": "item 2\nitem news\n"})
	for _, want := range [][]string{{"/index"}, {"/index", "/new"}, {"/index"}} {
		site.set(nil)
		var resp dewline.Response
		resp, st = poll(t, c, feed, st)
		if asked := site.set(nil); !slices.Equal(asked, want) {
			t.Errorf("asked for %q, want %q", asked, want)
		}
		if len(want) == 2 && (len(resp.Entries) != 2 || resp.Entries[0].Old || resp.Entries[1].Old) {
			t.Errorf("the grown part brought %+v", resp.Entries)
		}
		if len(want) == 1 && st.Index[strings.TrimSuffix(feed.URL, "/index")+"/old"].Read.IsZero() {
			t.Error("a part was never read")
		}
		for name, part := range st.Index { // six hours pass, once
			if len(want) == 1 {
				part.Read = part.Read.Add(-datesBelieved)
				st.Index[name] = part
			}
		}
	}
}

// Parts of which the index does not say when they were changed are asked for at every poll, in turn, by their validators;
// the index with them.
func TestIndexWithoutDates(t *testing.T) {
	site := &mapSite{files: map[string]string{}}
	base := serve(t, site.ServeHTTP)
	feed := dewline.Feed{Name: "x", URL: base + "/index", Sitemap: &dewline.Sitemap{}}
	c := newClient(t, func(o *Options) { o.Parse = readMap })
	var parts strings.Builder
	for i := range 15 {
		fmt.Fprintf(&parts, "part /%02d\n", i)
		site.set(map[string]string{fmt.Sprintf("/%02d", i): fmt.Sprintf("item %d", i)})
	}
	site.set(map[string]string{"/index": parts.String()})
	_, st := poll(t, c, feed, dewline.FeedState{})
	if asked := site.set(nil); len(asked) != 11 || asked[1] != "/14" {
		t.Errorf("the first time: %q", asked)
	}
	resp, st := poll(t, c, feed, st)
	if asked := site.set(nil); len(asked) != 11 || !slices.Equal(asked[1:6], []string{"/04", "/03", "/02", "/01", "/00"}) || len(resp.Entries) != 5 || !resp.Entries[0].Old {
		t.Errorf("the second time: %q, %d items", asked, len(resp.Entries))
	}
	site.set(map[string]string{"/13": "item 13\nitem news"})
	found := false
	for range 3 {
		resp, st = poll(t, c, feed, st)
		for _, e := range resp.Entries {
			found = found || e.Key == dewline.FeedKey("news") && !e.Old
		}
	}
	if !found {
		t.Error("what a part without a date brings was not found")
	}
}

// What an index names elsewhere is not asked for, and a part may be a compressed file.
func TestIndexNamesOthers(t *testing.T) {
	var zipped bytes.Buffer
	z := gzip.NewWriter(&zipped)
	_, _ = z.Write([]byte("item a\nitem b"))
	_ = z.Close()
	site := &mapSite{files: map[string]string{"/a.xml.gz": zipped.String(), "/b": "item b\nitem c"}}
	base := serve(t, site.ServeHTTP)
	other := serve(t, func(http.ResponseWriter, *http.Request) { t.Error("another site was asked") })
	site.set(map[string]string{"/index": "part " + other + "/x 2026-01-01\npart /a.xml.gz 2026-01-01\npart /b 2026-01-01"})
	resp, _ := poll(t, newClient(t, func(o *Options) { o.Parse = readMap }), dewline.Feed{Name: "x", URL: base + "/index", Sitemap: &dewline.Sitemap{}}, dewline.FeedState{})
	if resp.Status != dewline.StatusOK || len(resp.Entries) != 3 || resp.Rejected[dewline.RejectedDuplicate] != 1 || !strings.Contains(resp.Detail, "of another site") {
		t.Errorf("status %s, %d items, rejected %v: %s", resp.Status, len(resp.Entries), resp.Rejected, resp.Detail)
	}
}
