package notify

import (
	"encoding/base64"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"dewline"

	"github.com/google/go-cmp/cmp"
	standard "github.com/standard-webhooks/standard-webhooks/libraries/go"
)

var sampleTime = time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC)

func sampleMessage() *message {
	item := dewline.Item{
		Key: dewline.Key{7}, Feed: dewline.FeedRef{Name: "UK MOD", URL: "https://mod.example/feed", Tags: []string{"uk"}},
		GUID: "g1", URL: "https://mod.example/1", Title: "Joint briefing on <anti-missile> issue", Summary: "They met.",
		Content: "The whole text, which a hook does not carry.", Language: "en", Published: sampleTime.Add(-time.Hour),
		FirstSeen: sampleTime, Version: 1,
	}
	return &message{
		key: dewline.Key{1, 2, 3}, event: dewline.EventMatched, at: sampleTime, item: item,
		match: dewline.Match{
			Rule: dewline.RuleRef{Name: "anti-missile", Title: "Anti-missile issue"}, Item: item.Key, Version: 1, At: sampleTime,
			Hits:    []dewline.Hit{{Term: "anti-missile", Field: "title", Text: "anti-missile", Start: 19, End: 31}},
			Snippet: "Joint briefing on <anti-missile> issue",
		},
	}
}

func testWebhook(t *testing.T, secret dewline.Secret, h http.HandlerFunc) *webhook {
	t.Helper()
	s := httptest.NewServer(h)
	t.Cleanup(s.Close)
	w, err := newWebhook(dewline.Webhook{URL: s.URL, Secret: secret}, "https://watch.example.org", http.DefaultTransport)
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// The hook is what the contract says, and an independent library accepts its
// signature.
func TestWebhook(t *testing.T) {
	secret := "whsec_" + base64.StdEncoding.EncodeToString([]byte("0123456789abcdef01234567"))
	verifier, err := standard.NewWebhook(secret)
	if err != nil {
		t.Fatal(err)
	}
	var bodies []string
	hook := testWebhook(t, dewline.Secret(secret), func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		if err := verifier.Verify(body, r.Header); err != nil {
			t.Error(err)
		}
		if r.Method != http.MethodPost || r.Header.Get("Content-Type") != "application/json" ||
			r.Header.Get("webhook-id") != "msg_01020300000000000000000000000000" {
			t.Errorf("%s %v", r.Method, r.Header)
		}
		bodies = append(bodies, string(body))
		w.WriteHeader(http.StatusNoContent)
	})
	for range 2 {
		if answer, err := hook.send(t.Context(), sampleMessage()); err != nil || answer != "204 No Content" {
			t.Fatal(answer, err)
		}
	}
	if bodies[0] != bodies[1] {
		t.Error("a repetition is not the same")
	}
	var got, want any
	if err := json.Unmarshal([]byte(bodies[0]), &got); err != nil {
		t.Fatal(err)
	}
	_ = json.Unmarshal([]byte(`{"type": "item.matched", "timestamp": "2026-11-23T10:00:00Z", "data": {
		"rule": {"name": "anti-missile", "title": "Anti-missile issue"},
		"item": {"id": "07000000000000000000000000000000", "guid": "g1", "url": "https://mod.example/1",
			"title": "Joint briefing on <anti-missile> issue", "summary": "They met.", "authors": [], "categories": [],
			"language": "en", "published": "2026-11-23T09:00:00Z", "updated": null, "first_seen": "2026-11-23T10:00:00Z",
			"feed": {"name": "UK MOD", "url": "https://mod.example/feed", "tags": ["uk"]}},
		"matches": [{"term": "anti-missile", "field": "title", "text": "anti-missile", "start": 19, "end": 31}],
		"snippet": "Joint briefing on <anti-missile> issue",
		"link": "https://watch.example.org/items/07000000000000000000000000000000"}}`), &want)
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

// While a secret is changed, a receiver that knows either of the two accepts the hook,
// and one that knows neither does not.
func TestRotatedSecret(t *testing.T) {
	secret := func(seed string) string { return "whsec_" + base64.StdEncoding.EncodeToString([]byte(seed)) }
	current, previous := secret("0123456789abcdef01234567"), secret("fedcba9876543210fedcba98")
	asked := 0
	s := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		asked++
		body, _ := io.ReadAll(r.Body)
		for _, c := range []struct {
			secret string
			ok     bool
		}{{current, true}, {previous, true}, {secret("another, which nobody signed"), false}} {
			verifier, err := standard.NewWebhook(c.secret)
			if err != nil {
				t.Error(err)
			} else if err := verifier.Verify(body, r.Header); (err == nil) != c.ok {
				t.Errorf("%s: %v, accepted is %v", c.secret, err, c.ok)
			}
		}
	}))
	defer s.Close()
	hook, err := newWebhook(dewline.Webhook{URL: s.URL, Secret: dewline.Secret(current), Previous: dewline.Secret(previous)}, "", http.DefaultTransport)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := hook.send(t.Context(), sampleMessage()); err != nil || asked != 1 {
		t.Fatal(err, asked)
	}
}

func TestWebhookAnswers(t *testing.T) {
	for _, c := range []struct {
		code              int
		header            string
		ok, final, isGone bool
		after             time.Duration
	}{
		{code: 200, ok: true}, {code: 202, ok: true}, {code: 299, ok: true},
		{code: 301}, {code: 307},
		{code: 400, final: true}, {code: 401, final: true}, {code: 404, final: true}, {code: 422, final: true},
		{code: 408}, {code: 425}, {code: 429, header: "120", after: 2 * time.Minute},
		{code: 410, isGone: true},
		{code: 500}, {code: 503, header: "1", after: time.Second}, {code: 503, header: "soon"}, {code: 599},
	} {
		followed := false
		hook := testWebhook(t, "", func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path == "/elsewhere" {
				followed = true
			}
			if r.Header.Get("webhook-signature") != "" {
				t.Error("signed without a secret")
			}
			w.Header().Set("Retry-After", c.header)
			w.Header().Set("Location", "/elsewhere")
			w.WriteHeader(c.code)
			io.WriteString(w, "said\nthis")
		})
		_, err := hook.send(t.Context(), sampleMessage())
		if c.ok {
			if err != nil {
				t.Errorf("%d: %v", c.code, err)
			}
			continue
		}
		f := asFailure(err)
		if f == nil || f.final != c.final || f.gone != c.isGone || f.after != c.after || !strings.Contains(f.Error(), "said this") {
			t.Errorf("%d: %+v", c.code, f)
		}
		if followed {
			t.Errorf("%d: the redirect was followed", c.code)
		}
	}
}

// An error never shows the hook's address, which may hold a token.
func TestWebhookDown(t *testing.T) {
	hook, err := newWebhook(dewline.Webhook{URL: "http://127.0.0.1:1/secret-token"}, "", http.DefaultTransport)
	if err != nil {
		t.Fatal(err)
	}
	_, err = hook.send(t.Context(), sampleMessage())
	if f := asFailure(err); err == nil || f.final || f.gone || strings.Contains(err.Error(), "secret-token") {
		t.Fatal(err)
	}
}

func TestSigningKey(t *testing.T) {
	if _, err := signingKey("whsec_???"); err == nil {
		t.Error("a broken secret was accepted")
	}
	if k, err := signingKey("any bytes"); err != nil || string(k) != "any bytes" {
		t.Error(k, err)
	}
}
