package web_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"dewline/web"
)

// Hubs may post, know no account and come by any name; nobody learns from the page
// or the API what only they may know.
func TestHubs(t *testing.T) {
	s := newSample(t, time.Now())
	s.opts.Auth = &web.Auth{Username: "desk", Password: "password"}
	if res := ask(s.handler(), http.MethodPost, "/websub/token"); res.StatusCode != http.StatusMethodNotAllowed {
		t.Errorf("without push, a post is answered %s", res.Status)
	}
	s.opts.Push = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(http.StatusAccepted)
		_, _ = io.WriteString(w, r.Method+" "+r.URL.Path)
	})
	s.opts.Local = true
	h := s.handler()
	for _, method := range []string{http.MethodGet, http.MethodPost} {
		r := httptest.NewRequest(method, "/websub/token", strings.NewReader("body"))
		r.Host = "anything.example"
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		if w.Code != http.StatusAccepted || w.Body.String() != method+" /websub/token" || w.Header().Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("%s: %d %s", method, w.Code, w.Body)
		}
	}
	for _, path := range []string{"/", "/websub", "/feeds/all.atom", "/websub/../status"} {
		if res := ask(h, http.MethodPost, path); res.StatusCode == http.StatusAccepted || res.StatusCode == http.StatusOK {
			t.Errorf("POST %s: %s", path, res.Status)
		}
	}
	s.opts.Auth, s.opts.Local = nil, false
	h = s.handler()
	for _, path := range []string{"/status", "/api/v1/feeds", "/metrics"} {
		text := get(t, h, path)
		if strings.Contains(text, "s3cret") {
			t.Errorf("%s tells the secret", path)
		}
		if path != "/metrics" && !strings.Contains(text, "https://hub.example/") {
			t.Errorf("%s does not name the hub", path)
		}
	}
}
