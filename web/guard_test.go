package web_test

import (
	"compress/gzip"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"dewline/web"
)

// everywhere are one address of every kind.
func (s *sample) everywhere() []string {
	return []string{
		"/", "/?rule=exercises", "/status", "/rules", "/deliveries", "/items/" + s.ids["zh"].String(), "/items/none", "/nowhere", "/a/b/c",
		"/opml", "/feeds/all.atom", "/feeds.opml", "/metrics", "/healthz", "/readyz", "/static/none",
		"/api/v1/items", "/api/v1/feeds", "/api/v1/rules", "/api/v1/deliveries", "/api/v1/polls", "/api/v1/openapi.json", "/api/none",
	}
}

const wantPolicy = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

func TestEveryAnswerCarriesTheOrders(t *testing.T) {
	s := newSample(t, time.Now())
	h := s.handler()
	for _, path := range s.everywhere() {
		for _, method := range []string{http.MethodGet, http.MethodHead, http.MethodPost} {
			res := ask(h, method, path)
			for name, want := range map[string]string{
				"Content-Security-Policy": wantPolicy, "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer",
				"Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Resource-Policy": "same-origin",
			} {
				if got := res.Header.Get(name); got != want {
					t.Errorf("%s %s: %s is %q, want %q", method, path, name, got, want)
				}
			}
			if method != http.MethodPost && res.Header.Get("Content-Type") == "" {
				t.Errorf("%s %s has no type", method, path)
			}
		}
	}
}

func TestOnlyReading(t *testing.T) {
	s := newSample(t, time.Now())
	h := s.handler()
	for _, path := range s.everywhere() {
		for _, method := range []string{http.MethodPost, http.MethodPut, http.MethodDelete, http.MethodOptions, "BREW"} {
			res := ask(h, method, path)
			if res.StatusCode != http.StatusMethodNotAllowed || res.Header.Get("Allow") != "GET, HEAD" {
				t.Errorf("%s %s: %s, Allow %q", method, path, res.Status, res.Header.Get("Allow"))
			}
		}
	}
}

// TestHead: over a real connection, for the server has a part in it.
func TestHead(t *testing.T) {
	s := newSample(t, time.Now())
	server := httptest.NewServer(s.handler())
	defer server.Close()
	for _, path := range s.everywhere() {
		get, err := http.Get(server.URL + path)
		if err != nil {
			t.Fatal(err)
		}
		_ = get.Body.Close()
		head, err := http.Head(server.URL + path)
		if err != nil {
			t.Fatal(err)
		}
		body, _ := io.ReadAll(head.Body)
		_ = head.Body.Close()
		if head.StatusCode != get.StatusCode || head.Header.Get("Content-Type") != get.Header.Get("Content-Type") || len(body) != 0 {
			t.Errorf("HEAD %s: %s %s, %d bytes; GET: %s %s", path, head.Status, head.Header.Get("Content-Type"), len(body), get.Status, get.Header.Get("Content-Type"))
		}
	}
}

func TestAuth(t *testing.T) {
	s := newSample(t, time.Now())
	s.opts.Auth = &web.Auth{Username: "desk", Password: "pässword: with colon"}
	h := s.handler()
	basic := func(user, password string) string {
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.SetBasicAuth(user, password)
		return r.Header.Get("Authorization")
	}
	for _, path := range s.everywhere() {
		open := path == "/healthz" || path == "/readyz"
		for name, c := range map[string]struct {
			header string
			in     bool
		}{
			"nothing":            {"", false},
			"the account":        {basic("desk", "pässword: with colon"), true},
			"another user":       {basic("desk2", "pässword: with colon"), false},
			"another password":   {basic("desk", "pässword: with colo"), false},
			"a longer password":  {basic("desk", "pässword: with colon "), false},
			"nothing in it":      {basic("", ""), false},
			"another scheme":     {"Bearer desk", false},
			"what is no base 64": {"Basic !!!", false},
		} {
			var res *http.Response
			if c.header == "" {
				res = ask(h, http.MethodGet, path)
			} else {
				res = ask(h, http.MethodGet, path, "Authorization", c.header)
			}
			refused := res.StatusCode == http.StatusUnauthorized
			if want := !open && !c.in; refused != want {
				t.Errorf("%s with %s: %s", path, name, res.Status)
			}
			if refused && res.Header.Get("WWW-Authenticate") != `Basic realm="dewline", charset="UTF-8"` {
				t.Errorf("%s: WWW-Authenticate %q", path, res.Header.Get("WWW-Authenticate"))
			}
			if text := read(t, res); refused && (strings.Contains(text, "Ministry") || strings.Contains(text, "missile")) {
				t.Errorf("%s tells a stranger %q", path, text)
			}
		}
	}
}

// TestPanic: a fault in one request is that request's alone.
func TestPanic(t *testing.T) {
	s := newSample(t, time.Now())
	s.memory.panic = "a fault that the test set off"
	server := httptest.NewServer(s.handler())
	defer server.Close()
	for path, kind := range map[string]string{"/": "text/html", "/api/v1/feeds": "application/problem+json", "/metrics": "text/plain", "/healthz": "text/plain"} {
		res, err := http.Get(server.URL + path)
		if err != nil {
			t.Fatal(err)
		}
		body, _ := io.ReadAll(res.Body)
		_ = res.Body.Close()
		want := http.StatusInternalServerError
		if path == "/healthz" {
			want = http.StatusOK
		}
		if res.StatusCode != want || !strings.HasPrefix(res.Header.Get("Content-Type"), kind) || strings.Contains(string(body), "test set off") {
			t.Errorf("%s: %s %s %s", path, res.Status, res.Header.Get("Content-Type"), body)
		}
	}
}

// TestPanicInTheMiddle: an answer that broke off must not look complete.
func TestPanicInTheMiddle(t *testing.T) {
	s := newSample(t, time.Now())
	s.opts.Feed = http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_, _ = io.WriteString(w, strings.Repeat("<entry/>", 10_000))
		panic("a fault that the test set off")
	})
	server := httptest.NewServer(s.handler())
	defer server.Close()
	res, err := http.Get(server.URL + "/feeds/all.atom")
	if err == nil {
		_, err = io.ReadAll(res.Body)
		_ = res.Body.Close()
	}
	if err == nil {
		t.Error("a feed that broke off in the middle looks complete")
	}
}

func TestGzip(t *testing.T) {
	s := newSample(t, time.Now())
	h := s.handler()
	for _, path := range []string{"/", "/api/v1/items", "/status", "/opml"} {
		res := ask(h, http.MethodGet, path, "Accept-Encoding", "gzip")
		if res.Header.Get("Content-Encoding") != "gzip" {
			t.Errorf("%s is not compressed", path)
			continue
		}
		in, err := gzip.NewReader(res.Body)
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(in)
		if err != nil {
			t.Errorf("%s: %v", path, err)
		}
		if plain := get(t, h, path); len(plain) != len(body) {
			t.Errorf("%s: %d bytes plain, %d compressed ones", path, len(plain), len(body))
		}
	}
}
