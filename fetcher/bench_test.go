package fetcher

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"dewline"
)

// The bare cost of a 304 on loopback, and ours over it: compare the two figures
// of one run.
func BenchmarkNotModified(b *testing.B) {
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNotModified) }))
	defer s.Close()
	b.Run("bare", func(b *testing.B) {
		for b.Loop() {
			req, _ := http.NewRequest(http.MethodGet, s.URL, nil)
			req.Header.Set("If-None-Match", `"1"`)
			resp, err := s.Client().Do(req)
			if err != nil {
				b.Fatal(err)
			}
			io.Copy(io.Discard, resp.Body)
			resp.Body.Close()
		}
	})
	c := benchClient()
	defer c.Close()
	b.Run("fetch", func(b *testing.B) {
		for b.Loop() {
			if r := c.Fetch(b.Context(), dewline.Feed{URL: s.URL}, dewline.FeedState{URL: s.URL, ETag: `"1"`}); !r.NotModified {
				b.Fatal(r.Detail)
			}
		}
	})
}

// The cost of 200 with identical bytes.
func BenchmarkIdentical(b *testing.B) {
	body := strings.Repeat(sample, 350)
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, body) }))
	defer s.Close()
	c := benchClient()
	defer c.Close()
	state := dewline.FeedState{URL: s.URL, BodyHash: dewline.BodyKey([]byte(body))}
	for b.Loop() {
		if r := c.Fetch(b.Context(), dewline.Feed{URL: s.URL}, state); !r.Identical {
			b.Fatal(r.Detail)
		}
	}
}

func benchClient() *Client {
	return New(Options{
		Timeout: 10 * time.Second, MaxBody: 1 << 20, Concurrency: 8, PerSite: 8, UserAgent: "bench/1",
		AllowPrivate: loopback, Parse: countItems,
	})
}
