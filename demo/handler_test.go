package demo

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"
	"testing/synctest"
	"time"
)

// ask makes a request; headers are names and values in turn.
// get makes a GET that must be answered with 200.
// readFeed reads a sample as a client does that knows nothing but what was served.
// find is the sample at a path.
// whole reports whether the sample is a feed that any reader reads.
func TestWhatIsNotThere(t *testing.T) {
	h := Handler(time.Now)
	for _, path := range []string{
		"/formeria/rss.xml", "/formeria/news", "/muralia/news", "/examplia/none", "/bulletin/1", "/bulletin/x", "/none/feed.xml", "/examplia/feed.xml/",
		"/feeds/examplia.xml", "/handler.go",
	} {
		if res := ask(t, h, "GET", path); res.StatusCode != http.StatusNotFound {
			t.Errorf("%s: %d, want 404", path, res.StatusCode)
		}
	}
	if res := ask(t, h, "POST", "/examplia/feed.xml"); res.StatusCode != http.StatusMethodNotAllowed {
		t.Errorf("POST: %d, want 405", res.StatusCode)
	}
	if res := ask(t, h, "GET", "/examplia/"); res.StatusCode != http.StatusFound || res.Header.Get("Location") != "/" {
		t.Errorf("a feed's site: %d to %q, want the list of samples", res.StatusCode, res.Header.Get("Location"))
	}
}

func TestHeadIsGetWithoutBody(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := Handler(time.Now)
		for _, s := range sources {
			get, head := ask(t, h, "GET", s.path), ask(t, h, "HEAD", s.path)
			if get.StatusCode != head.StatusCode {
				t.Errorf("%s: GET %d, HEAD %d", s.path, get.StatusCode, head.StatusCode)
			}
			for _, name := range []string{"Content-Type", "Content-Length", "ETag", "Last-Modified", "Vary"} {
				if g, h := get.Header.Get(name), head.Header.Get(name); g != h {
					t.Errorf("%s: %s of GET %q, of HEAD %q", s.path, name, g, h)
				}
			}
			if b, _ := io.ReadAll(head.Body); len(b) > 0 && s.file != "" {
				t.Errorf("%s: HEAD has a body of %d bytes", s.path, len(b))
			}
		}
	})
}

func TestETagFollowsTheEdit(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := Handler(time.Now)
		const path = "/musterland/rss.xml"
		before, header := get(t, h, path)
		tag := header.Get("ETag")
		if tag == "" {
			t.Fatal("no ETag")
		}
		time.Sleep(30*time.Second - 1)
		res := ask(t, h, "GET", path, "If-None-Match", tag)
		if b, _ := io.ReadAll(res.Body); res.StatusCode != http.StatusNotModified || len(b) > 0 || res.Header.Get("ETag") != tag {
			t.Errorf("unchanged: %d, %d bytes, ETag %q; want 304 with the same tag", res.StatusCode, len(b), res.Header.Get("ETag"))
		}
		old := readFeed(t, h, path).Items[0]
		time.Sleep(time.Nanosecond)
		after, header := get(t, h, path, "If-None-Match", tag)
		if header.Get("ETag") == tag || bytes.Equal(before, after) {
			t.Error("the edit did not change the feed and its tag")
		}
		edited := readFeed(t, h, path).Items[0]
		if edited.GUID != old.GUID || edited.Title == old.Title || edited.Description == old.Description {
			t.Errorf("edited: %q %q, was %q %q", edited.GUID, edited.Title, old.GUID, old.Title)
		}
	})
}

func TestLastModified(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := Handler(time.Now)
		_, header := get(t, h, "/institute/feed.xml")
		time.Sleep(time.Hour)
		since := header.Get("Last-Modified")
		if res := ask(t, h, "GET", "/institute/feed.xml", "If-Modified-Since", since); since == "" || res.StatusCode != http.StatusNotModified {
			t.Errorf("Last-Modified %q: %d, want 304", since, res.StatusCode)
		}
	})
}

func TestSlowServerTakesItsTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := Handler(time.Now)
		began := time.Now()
		get(t, h, "/latia/atom.xml")
		if took := time.Since(began); took != 3*time.Second {
			t.Errorf("answered after %s", took)
		}
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		began = time.Now()
		w := httptest.NewRecorder()
		h.ServeHTTP(w, httptest.NewRequestWithContext(ctx, "GET", "/latia/atom.xml", nil))
		if took := time.Since(began); took != time.Second || w.Body.Len() > 0 {
			t.Errorf("a client that left after a second was kept for %s, and sent %d bytes", took, w.Body.Len())
		}
	})
}

// An unchanged feed is unchanged to the byte, whatever the time. Two feeds are meant to change.
// The address in links is the client's own word: it may break no document.
