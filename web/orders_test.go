package web_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"dewline"
	"dewline/web"
)

// post sends a form, or nothing, to a path.
func post(h http.Handler, path string, form url.Values, headers ...string) *http.Response {
	r := httptest.NewRequest(http.MethodPost, path, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w.Result()
}

func (s *sample) stateOf(key dewline.Key) dewline.DeliveryState {
	for _, d := range s.deliveries {
		if d.Key == key {
			return d.State
		}
	}
	return ""
}

// A dead letter is retried by the button of its row, which leads back to what was shown.
func TestRetryOfAPage(t *testing.T) {
	s := newSample(t, time.Now())
	h := s.handler()
	dead := s.dead()
	page := get(t, h, "/deliveries?state=dead")
	for _, want := range []string{`action="./deliveries/retry" method="post"`, `name="id" value="` + dead.String() + `"`, "Retry the dead letter", `<meta name="referrer" content="same-origin">`} {
		if !strings.Contains(page, want) {
			t.Errorf("the page does not hold %s", want)
		}
	}
	res := post(h, "/deliveries/retry", url.Values{"id": {dead.String()}, "state": {"dead"}, "receiver": {""}})
	if res.StatusCode != http.StatusSeeOther || res.Header.Get("Location") != "../deliveries?receiver=&retried=1&state=dead" {
		t.Fatalf("%s to %s", res.Status, res.Header.Get("Location"))
	}
	if got := s.stateOf(dead); got != dewline.DeliveryPending {
		t.Errorf("it is %s", got)
	}
	if page := get(t, h, "/deliveries?state=dead&retried=1"); !strings.Contains(page, "1 dead letter was put back") || strings.Contains(page, "deliveries/retry") {
		t.Error("the page does not say what was done, or offers it again")
	}
	if res := post(h, "/deliveries/retry", url.Values{"id": {dead.String()}}); res.StatusCode != http.StatusNotFound {
		t.Errorf("a second time: %s", res.Status)
	}
}

func TestRetryOfAll(t *testing.T) {
	s := newSample(t, time.Now())
	h := s.handler()
	for path, want := range map[string]string{
		"/api/v1/deliveries/retry?receiver=desk":                   `{"retried":0}`,
		"/api/v1/deliveries/retry?receiver=nose":                   "no receiver is called",
		"/api/v1/deliveries/none/retry":                            "32 hexadecimal digits",
		"/api/v1/deliveries/" + dewline.Key{9}.String() + "/retry": "no dead letter has the id",
	} {
		if got := read(t, post(h, path, nil)); !strings.Contains(got, want) {
			t.Errorf("%s: %s", path, got)
		}
	}
	dead := s.dead()
	if got := read(t, post(h, "/api/v1/deliveries/retry?receiver=hook", nil)); strings.TrimSpace(got) != `{"retried":1}` || s.stateOf(dead) != dewline.DeliveryPending {
		t.Errorf("%s, and it is %s", got, s.stateOf(dead))
	}
}

// Another site's page cannot give an order in the name of who reads it; a program can, and so can our own page.
func TestOrdersComeFromOurOwnPages(t *testing.T) {
	for _, c := range []struct {
		headers []string
		want    int
	}{
		{nil, http.StatusOK},
		{[]string{"Sec-Fetch-Site", "same-origin"}, http.StatusOK},
		{[]string{"Sec-Fetch-Site", "cross-site"}, http.StatusForbidden},
		{[]string{"Sec-Fetch-Site", "same-site"}, http.StatusForbidden},
		{[]string{"Origin", "http://example.com"}, http.StatusOK}, // httptest's Host
		{[]string{"Origin", "https://watch.example.org"}, http.StatusOK},
		{[]string{"Origin", "https://watch.example.org", "Sec-Fetch-Site", "cross-site"}, http.StatusOK},
		{[]string{"Origin", "https://evil.test"}, http.StatusForbidden},
		{[]string{"Origin", "null"}, http.StatusForbidden},
	} {
		s := newSample(t, time.Now())
		dead := s.dead()
		if got := post(s.handler(), "/api/v1/deliveries/retry", nil, c.headers...).StatusCode; got != c.want {
			t.Errorf("%v: %d, want %d", c.headers, got, c.want)
		}
		if again := s.stateOf(dead) == dewline.DeliveryPending; again != (c.want == http.StatusOK) {
			t.Errorf("%v: retried %v", c.headers, again)
		}
	}
}

// Where nothing can be retried, everything can only be read, and the page offers nothing.
func TestNoOrders(t *testing.T) {
	s := newSample(t, time.Now())
	s.opts.Retry = nil
	h := s.handler()
	for _, path := range []string{"/deliveries/retry", "/api/v1/deliveries/retry", "/api/v1/deliveries/" + s.dead().String() + "/retry"} {
		if res := post(h, path, nil); res.StatusCode != http.StatusMethodNotAllowed || res.Header.Get("Allow") != "GET, HEAD" {
			t.Errorf("%s: %s, Allow %q", path, res.Status, res.Header.Get("Allow"))
		}
	}
	if page := get(t, h, "/deliveries"); strings.Contains(page, "deliveries/retry") {
		t.Error("the page offers what is refused")
	}
	s = newSample(t, time.Now())
	if res := ask(s.handler(), http.MethodPut, "/deliveries/retry"); res.StatusCode != http.StatusMethodNotAllowed || res.Header.Get("Allow") != "POST" {
		t.Errorf("PUT: %s, Allow %q", res.Status, res.Header.Get("Allow"))
	}
}

// Who may order is who may read: the account is asked for.
func TestOrdersAskForTheAccount(t *testing.T) {
	s := newSample(t, time.Now())
	dead := s.dead()
	s.opts.Auth = &web.Auth{Username: "desk", Password: "word"}
	h := s.handler()
	if res := post(h, "/deliveries/retry", nil); res.StatusCode != http.StatusUnauthorized || s.stateOf(dead) != dewline.DeliveryDead {
		t.Errorf("%s, %s", res.Status, s.stateOf(dead))
	}
}
