package publish

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"dewline"
)

// statements is a full page of statements of about 6 kB of mark-up each.
func statements() *ledger {
	l := newLedger()
	para := `<p>The <a href="https://example.org/x">ministry</a> announced <b>joint</b> briefings on global and regional anti-missile situations, and on “strategic stability”.</p>`
	for n := range pageSize {
		it := briefing(n)
		it.HTML = dewline.UnsafeHTML(strings.Repeat(para, 36) + fmt.Sprint(n))
		l.put(it, found, snippet, anti)
	}
	return l
}

// discard is a client that throws away what it gets.
type discard struct{ h http.Header }

func (d discard) Header() http.Header         { return d.h }
func (d discard) Write(b []byte) (int, error) { return len(b), nil }
func (d discard) WriteHeader(int)             {}

func BenchmarkPoll(b *testing.B) {
	l := statements()
	p := publisher(l)
	tag := ask(p, http.MethodGet, "/feeds/anti-missile.atom", "Accept-Encoding", "gzip").Header.Get("ETag")
	for _, tc := range []struct {
		name    string
		headers []string
		touch   bool
	}{
		{"unchanged, 304", []string{"Accept-Encoding", "gzip", "If-None-Match", tag}, false},
		{"unchanged, gzip", []string{"Accept-Encoding", "gzip"}, false},
		{"unchanged, plain", nil, false},
		{"commit elsewhere, 304", []string{"Accept-Encoding", "gzip", "If-None-Match", tag}, true},
	} {
		r := httptest.NewRequest(http.MethodGet, "/feeds/anti-missile.atom", nil)
		for i := 0; i < len(tc.headers); i += 2 {
			r.Header.Set(tc.headers[i], tc.headers[i+1])
		}
		b.Run(tc.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if tc.touch {
					l.touch()
				}
				p.ServeHTTP(discard{http.Header{}}, r)
			}
		})
	}
}

func BenchmarkRender(b *testing.B) {
	l := statements()
	for suffix := range checkers {
		b.Run(suffix, func(b *testing.B) {
			b.ReportAllocs()
			r := httptest.NewRequest(http.MethodGet, "/feeds/anti-missile."+suffix, nil)
			r.Header.Set("Accept-Encoding", "gzip")
			for b.Loop() {
				publisher(l).ServeHTTP(discard{http.Header{}}, r)
			}
		})
	}
}
