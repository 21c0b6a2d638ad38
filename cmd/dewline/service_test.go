package main

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"dewline"
	"dewline/config"
	"dewline/notify"
)

// A match reaches an ntfy server, by a courier of the daemon's and within the walls of
// fetch.allow_private; `deliveries test` reaches it too.
func TestNtfy(t *testing.T) {
	type note struct{ title, text string }
	got := make(chan note, 10)
	ntfy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		text, _ := io.ReadAll(r.Body)
		if r.Method == http.MethodPost && r.URL.Path == "/alerts" {
			got <- note{r.Header.Get("Title"), string(text)}
		}
		_, _ = io.WriteString(w, `{"id":"sPs71M8A2T","event":"message","topic":"alerts"}`)
	}))
	defer ntfy.Close()
	src := newSource(t)
	src.publish("/feed.xml", entry{"1", "On the anti-missile issue", "They met in Geneva."})
	dir := t.TempDir()
	yaml := func(allowed string) string {
		return fmt.Sprintf(`
http: {listen: "127.0.0.1:0"}
fetch: {allow_private: [%s]}
feeds: [{url: "%s/feed.xml", name: MOD, first_poll: alert}]
rules: [{name: anti-missile, title: Anti-missile issue, query: anti-missile, alert: [phone]}]
receivers:
- name: phone
  shoutrrr: {url_file: ntfy}
  template: {subject: '{{.Rule.Title}}: {{.Title}}'}
`, allowed, src.URL)
	}
	write(t, dir, "ntfy", "ntfy://"+strings.TrimPrefix(ntfy.URL, "http://")+"/alerts?scheme=http\n")

	walled := configure(t, t.TempDir(), yaml(""))
	write(t, strings.TrimSuffix(walled, "/config.yaml"), "ntfy", "ntfy://"+strings.TrimPrefix(ntfy.URL, "http://")+"/alerts?scheme=http\n")
	if _, errs, code := command(t, "dewline", "deliveries", "test", "phone", "-c", walled); code != exitFailed || len(got) > 0 {
		t.Errorf("an address that is not public was told: exit status %d, %s", code, errs)
	}

	cfg := configure(t, dir, yaml("127.0.0.0/8"))
	if out := do(t, "deliveries", "test", "phone", "-c", cfg); !strings.HasPrefix(out, "phone: 200 OK") {
		t.Error(out)
	}
	if n := <-got; n.title != "Test: A test of dewline" {
		t.Errorf("test: %+v", n)
	}
	p := launch(t, cfg)
	n := <-got
	if n.title != "Anti-missile issue: On the anti-missile issue" {
		t.Errorf("title %q", n.title)
	}
	for _, want := range []string{"Source: MOD", "First seen: ", "Rule: Anti-missile issue (anti-missile in the title", "/items/"} {
		if !strings.Contains(n.text, want) {
			t.Errorf("%q is not in\n%s", want, n.text)
		}
	}
	p.wait("the delivery's end", func(l logLine) bool { return l.is("delivered") })
	p.stop()
}

// Whatever service an address is of, what is printed of a file that cannot be read shows no token of it.
func TestNoServiceShowsItsToken(t *testing.T) {
	hint := dewline.SyntaxFaults(notify.CheckService("none://x"))[0].Hint
	_, list, _ := strings.Cut(hint, "one of ")
	list, _, _ = strings.Cut(list, ", and then")
	services := strings.Split(list, ", ")
	if len(services) < 20 {
		t.Fatalf("services: %q", services)
	}
	for _, name := range services {
		if name == "logger" || name == "smtp" { // it has none; it has a password, as any address may
			continue
		}
		cfg := write(t, t.TempDir(), "config.yaml", "receivers:\n- {name: a, shoutrrr: {url: "+name+"://token-one@host/token-two, : ]\n")
		_, _, err := config.Check(cfg, config.Checks{})
		if err == nil || !strings.Contains(err.Error(), name+"://") || strings.Contains(err.Error(), "token") {
			t.Errorf("%s: %v", name, err)
		}
	}
}
