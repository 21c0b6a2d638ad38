package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"dewline"

	webhooks "github.com/standard-webhooks/standard-webhooks/libraries/go"
)

// A receiver that says that it is gone is disabled, and says so everywhere; a
// retry by the administrator, while the daemon runs, enables it.
func TestDeadLettersAndRetry(t *testing.T) {
	var gone atomic.Bool
	gone.Store(true)
	got := make(chan *http.Request, 10)
	hook := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if gone.Load() {
			http.Error(w, "nobody lives here any more", http.StatusGone)
			return
		}
		got <- r
	}))
	defer hook.Close()
	src := newSource(t)
	src.publish("/a.xml", entry{"1", "On the anti-missile issue", ""}, entry{"2", "Antimissile talks", ""})
	cfg := configure(t, t.TempDir(), reloadConfig(src, hook.URL, ""))
	p := launch(t, cfg)
	p.wait("the receiver to be disabled", func(l logLine) bool { return strings.Contains(fmt.Sprint(l["msg"]), "it is disabled") })
	var dead []dewline.DeliveryDocument
	for deadline := time.Now().Add(patience); len(dead) < 2; { // the second one follows at once, and nothing is sent of it
		if dead = deliveries(t, do(t, "deliveries", "list", "--dead", "--json", "-c", cfg)); time.Now().After(deadline) {
			t.Fatalf("dead letters: %+v", dead)
		}
	}
	if !strings.Contains(fmt.Sprint(dead[1].Attempts), "410") {
		t.Errorf("the answer is not on record: %+v", dead[1].Attempts)
	}
	if page := p.ok("/"); !strings.Contains(page, "410") {
		t.Error("the page does not say that the receiver is gone")
	}

	gone.Store(false)
	res, err := http.Post(p.page+"/api/v1/deliveries/"+dead[0].ID.String()+"/retry", "", nil)
	if err != nil || res.StatusCode != http.StatusOK {
		t.Fatal(res, err)
	}
	res.Body.Close()
	ids := map[string]bool{(<-got).Header.Get("webhook-id"): true}
	if !ids["msg_"+dead[0].ID.String()] {
		t.Errorf("another one was sent: %v", ids)
	}
	if out := do(t, "deliveries", "retry", "--receiver", "hook", "-c", cfg); !strings.HasPrefix(out, "1 dead letter ") {
		t.Error(out)
	}
	ids[(<-got).Header.Get("webhook-id")] = true
	for _, d := range dead {
		if !ids["msg_"+d.ID.String()] {
			t.Errorf("%s was sent under another id: %v", d.ID, ids)
		}
	}
	p.stop()
}

func deliveries(t *testing.T, lines string) (list []dewline.DeliveryDocument) {
	t.Helper()
	dec := json.NewDecoder(strings.NewReader(lines))
	for dec.More() {
		var d dewline.DeliveryDocument
		if err := dec.Decode(&d); err != nil {
			t.Fatal(err)
		}
		list = append(list, d)
	}
	return list
}

// A hook is signed as the independent library of Standard Webhooks wants it, and
// so is a test event.
func TestSignedHook(t *testing.T) {
	const secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
	verifier, err := webhooks.NewWebhook(secret)
	if err != nil {
		t.Fatal(err)
	}
	type outcome struct {
		kind string
		err  error
	}
	got := make(chan outcome, 10)
	hook := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var body json.RawMessage
		var event struct{ Type string }
		_ = json.NewDecoder(r.Body).Decode(&body)
		_ = json.Unmarshal(body, &event)
		got <- outcome{event.Type, verifier.Verify(body, r.Header)}
	}))
	defer hook.Close()
	src := newSource(t)
	src.publish("/feed.xml", statement)
	yaml := strings.Replace(watched(src, hook.URL, 1), "secret: word", "secret_file: hook-secret", 1)
	dir := t.TempDir()
	cfg := configure(t, dir, yaml)
	write(t, dir, "hook-secret", secret+"\n")
	if out := do(t, "deliveries", "test", "hook", "-c", cfg); !strings.HasPrefix(out, "hook: 200") {
		t.Error(out)
	}
	if o := <-got; o.kind != "test" || o.err != nil {
		t.Errorf("test event: %+v", o)
	}
	p := launch(t, cfg)
	if o := <-got; o.kind != "item.matched" || o.err != nil {
		t.Errorf("event: %+v", o)
	}
	p.stop()
	if _, errs, code := command(t, "dewline", "deliveries", "test", "desk", "-c", cfg); code != exitFailed || !strings.Contains(errs, "127.0.0.1:1") {
		t.Errorf("a mail server that is down: exit status %d, %s", code, errs)
	}
	if _, errs, code := command(t, "dewline", "deliveries", "test", "nobody", "-c", cfg); code != exitUsage || !strings.Contains(errs, `there are ["hook" "desk"]`) {
		t.Errorf("an unknown receiver: exit status %d, %s", code, errs)
	}
}
