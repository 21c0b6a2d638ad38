package web_test

import (
	"net/http"
	"net/http/httptest"
	"testing"
	"time"
)

// On loopback without an account, a foreign name that resolves to us is refused.
func TestForeignNames(t *testing.T) {
	s := newSample(t, time.Now())
	s.opts.BaseURL = "https://watch.example.org"
	guarded := s.handler()
	s.opts.Local = true
	open := s.handler()
	for host, want := range map[string]int{
		"127.0.0.1:8423": http.StatusOK, "[::1]:8423": http.StatusOK, "[::1]": http.StatusOK, "localhost:8423": http.StatusOK, "LOCALHOST.": http.StatusOK,
		"watch.example.org": http.StatusOK, "Watch.Example.Org:443": http.StatusOK,
		"evil.test": http.StatusMisdirectedRequest, "evil.test:8423": http.StatusMisdirectedRequest, "localhost.evil.test": http.StatusMisdirectedRequest,
		"127.0.0.1.evil.test:8423": http.StatusMisdirectedRequest,
	} {
		for _, c := range []struct {
			handler http.Handler
			want    int
		}{{open, want}, {guarded, http.StatusOK}} {
			r := httptest.NewRequest(http.MethodGet, "/api/v1/rules", nil)
			r.Host = host
			w := httptest.NewRecorder()
			c.handler.ServeHTTP(w, r)
			if w.Code != c.want {
				t.Errorf("%s: %d, want %d", host, w.Code, c.want)
			}
		}
	}
}
