package demo

import (
	"bytes"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/mmcdole/gofeed"
	"golang.org/x/net/html/charset"
)

const host = "127.0.0.1:8080"

// ask makes a request; headers are names and values in turn.
func ask(t *testing.T, h http.Handler, method, path string, headers ...string) *http.Response {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), method, "http://"+host+path, nil)
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w.Result()
}

// get makes a GET that must be answered with 200.
func get(t *testing.T, h http.Handler, path string, headers ...string) ([]byte, http.Header) {
	t.Helper()
	res := ask(t, h, "GET", path, headers...)
	b, err := io.ReadAll(res.Body)
	if err != nil || res.StatusCode != http.StatusOK {
		t.Fatalf("%s: %d %v\n%s", path, res.StatusCode, err, b)
	}
	return b, res.Header
}

// readFeed reads a sample as a client does that knows nothing but what was served.
func readFeed(t *testing.T, h http.Handler, path string) *gofeed.Feed {
	t.Helper()
	b, header := get(t, h, path)
	var body io.Reader = bytes.NewReader(b)
	if _, inHeader, ok := strings.Cut(header.Get("Content-Type"), "charset="); ok {
		var err error
		if body, err = charset.NewReaderLabel(inHeader, body); err != nil {
			t.Fatal(err)
		}
	}
	feed, err := gofeed.NewParser().Parse(body)
	if err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	return feed
}

// find is the sample at a path.
func find(t *testing.T, path string) *source {
	t.Helper()
	for i := range sources {
		if sources[i].path == path {
			return &sources[i]
		}
	}
	t.Fatalf("no sample at %s", path)
	return nil
}

// whole reports whether the sample is a feed that any reader reads.
func (s *source) whole() bool { return s.readable() && s.file != "partia.xml" }
