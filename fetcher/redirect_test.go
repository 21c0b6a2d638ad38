package fetcher

import (
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"dewline"
)

func TestRedirects(t *testing.T) {
	hops := map[string]struct {
		code int
		to   string
	}{
		"/moved": {301, "/feed"}, "/moved2": {308, "moved"}, "/now": {302, "/feed"}, "/movednow": {301, "/now"},
		"/nowmoved": {307, "/moved"}, "/loop": {302, "/loop"}, "/file": {302, "file:///etc/passwd"}, "/nowhere": {302, ""},
		"/inside": {302, "http://169.254.169.254/latest"}, "/c10": {302, "/feed"},
	}
	for i := range 10 {
		hops[fmt.Sprintf("/c%d", i)] = hops["/c10"]
		h := hops["/c10"]
		h.to = fmt.Sprintf("/c%d", i+1)
		hops[fmt.Sprintf("/c%d", i)] = h
	}
	url := serve(t, func(w http.ResponseWriter, r *http.Request) {
		h, ok := hops[r.URL.Path]
		if !ok {
			io.WriteString(w, sample)
			return
		}
		if h.to != "" {
			w.Header().Set("Location", h.to)
		}
		w.WriteHeader(h.code)
	})
	for _, c := range []struct {
		from   string
		want   dewline.Status
		n      int
		moved  string
		detail string
	}{
		{"/feed", dewline.StatusOK, 0, "", ""},
		{"/moved", dewline.StatusOK, 1, "/feed", ""},
		{"/moved2", dewline.StatusOK, 2, "/feed", ""},
		{"/now", dewline.StatusOK, 1, "", ""},
		{"/movednow", dewline.StatusOK, 2, "/now", ""},
		{"/nowmoved", dewline.StatusOK, 2, "", ""},
		{"/c1", dewline.StatusOK, 10, "", ""},
		{"/c0", dewline.StatusRedirects, 11, "", "more than 10"},
		{"/loop", dewline.StatusRedirects, 11, "", "/loop"},
		{"/file", dewline.StatusRedirects, 0, "", "file:///etc/passwd"},
		{"/nowhere", dewline.StatusRedirects, 0, "", "not an http"},
		{"/inside", dewline.StatusBlocked, 1, "", "169.254.169.254"},
	} {
		t.Run(c.from, func(t *testing.T) {
			r := get(t, newClient(t), url+c.from)
			moved := strings.TrimPrefix(r.MovedTo, url)
			if r.Status != c.want || len(r.Redirects) != c.n || moved != c.moved || !strings.Contains(r.Detail, c.detail) {
				t.Fatalf("%s (%s), %d redirects, moved to %q", r.Status, r.Detail, len(r.Redirects), moved)
			}
			if c.want == dewline.StatusOK && r.URL != url+"/feed" {
				t.Errorf("answered by %s", r.URL)
			}
		})
	}
}

// What was configured for one server is not shown to another: neither headers,
// nor the address's password, nor a Referer, nor cookies; and not on the way back.
func TestSecretsStayHome(t *testing.T) {
	var seen []http.Header
	var home string
	away := serve(t, func(w http.ResponseWriter, r *http.Request) {
		seen = append(seen, r.Header)
		http.Redirect(w, r, home+"/back", http.StatusFound)
	})
	home = serve(t, func(w http.ResponseWriter, r *http.Request) {
		seen = append(seen, r.Header)
		if r.URL.Path == "/back" {
			io.WriteString(w, sample)
			return
		}
		http.SetCookie(w, &http.Cookie{Name: "session", Value: "1"})
		http.Redirect(w, r, away, http.StatusMovedPermanently)
	})
	feed := dewline.Feed{
		URL:     strings.Replace(home, "http://", "http://desk:word@", 1),
		Headers: map[string]string{"X-Api-Key": "k", "Cookie": "a=b", "Referer": "http://x/?token=1"},
	}
	r := newClient(t).Fetch(t.Context(), feed, dewline.FeedState{})
	if r.Status != dewline.StatusOK || len(seen) != 3 {
		t.Fatalf("%s: %s; %d requests", r.Status, r.Detail, len(seen))
	}
	secret := []string{"X-Api-Key", "Cookie", "Referer", "Authorization"}
	for _, name := range secret {
		if seen[0].Get(name) == "" {
			t.Errorf("%s was not sent home", name)
		}
		if name != "Cookie" && (seen[1].Get(name) != "" || seen[2].Get(name) != "") {
			t.Errorf("%s was sent on", name)
		}
	}
	if strings.Contains(seen[1].Get("Cookie")+seen[2].Get("Cookie"), "a=b") {
		t.Error("the configured cookie was sent on")
	}
	if strings.Contains(r.URL+r.MovedTo, "word") {
		t.Error("the password is shown")
	}
}

// A server that sends everyone in a circle until a cookie comes back.
func TestCookieLoop(t *testing.T) {
	url := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if _, err := r.Cookie("seen"); err != nil {
			http.SetCookie(w, &http.Cookie{Name: "seen", Value: "1", Path: "/"})
			http.Redirect(w, r, r.URL.Path, http.StatusFound)
			return
		}
		io.WriteString(w, sample)
	})
	if r := get(t, newClient(t), url); r.Status != dewline.StatusOK {
		t.Fatalf("%s: %s", r.Status, r.Detail)
	}
}

func TestSameServer(t *testing.T) {
	for _, c := range []struct {
		home, to string
		want     bool
	}{
		{"http://a.example/x", "http://A.example/y", true},
		{"http://a.example/x", "https://a.example/y", true},
		{"https://a.example/x", "https://a.example:443/y", true},
		{"https://a.example/x", "http://a.example/y", false},
		{"https://a.example/x", "https://a.example:8443/y", false},
		{"https://a.example/x", "https://www.a.example/", false},
		{"http://a.example:8080/x", "https://a.example/", false},
	} {
		if got := sameServer(parse(t, c.home), parse(t, c.to)); got != c.want {
			t.Errorf("%s to %s: %v", c.home, c.to, got)
		}
	}
}

// A validator of many kilobytes would be kept with the feed, and sent back to a server that refuses it.
func TestLongValidatorsAreNone(t *testing.T) {
	url := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("ETag", `"`+strings.Repeat("x", 60_000)+`"`)
		w.Header().Set("Last-Modified", strings.Repeat("x", maxValidator))
		io.WriteString(w, sample)
	})
	if r := get(t, newClient(t), url); r.Status != dewline.StatusOK || r.ETag != "" || len(r.LastModified) != maxValidator {
		t.Errorf("%s: an ETag of %d bytes, a date of %d", r.Status, len(r.ETag), len(r.LastModified))
	}
}

// Who gives the feed cannot ask to be left alone for it; who refuses can.
func TestRetryAfterIsOfARefusal(t *testing.T) {
	for code, want := range map[int]time.Duration{200: 0, 503: time.Hour} {
		url := serve(t, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Retry-After", "3600")
			w.WriteHeader(code)
			io.WriteString(w, sample)
		})
		if r := get(t, newClient(t), url); r.RetryAfter != want {
			t.Errorf("%d: %s, want %s", code, r.RetryAfter, want)
		}
	}
}

func TestRetryAfter(t *testing.T) {
	now := time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC)
	for header, want := range map[string]time.Duration{
		"": 0, "0": 0, "-5": 0, "120": 2 * time.Minute, "soon": 0, "99999999999999999": maxRetryAfter, "99999999999999999999": maxRetryAfter, "-99999999999999999999": 0,
		"Mon, 23 Nov 2026 10:30:00 GMT": 30 * time.Minute, "Mon, 23 Nov 2026 09:30:00 GMT": 0,
		"Mon, 23 Nov 2099 09:30:00 GMT": maxRetryAfter,
	} {
		if got := retryAfter(header, now); got != want {
			t.Errorf("%q: %s, want %s", header, got, want)
		}
	}
}
