package main

import (
	"encoding/json"
	"fmt"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"dewline"
)

// holdingConfig is a configuration with a receiver for each control, and one rule that passes them.
func holdingConfig(src *source, hook, night string, smtp int, controls bool) string {
	digest, budget, quiet := "", "", ""
	if controls {
		digest, budget = `, digest: "@every 2s"`, ", budget: 2/h"
		now := time.Now().UTC()
		quiet = fmt.Sprintf(`, quiet: {from: "%s", to: "%s", zone: UTC}`, now.Add(-2*time.Hour).Format("15:04"), now.Add(2*time.Hour).Format("15:04"))
	}
	return fmt.Sprintf(`
store: dewline.db
http: {listen: "127.0.0.1:0"}
fetch: {schedule: "@every 1s", timeout: 5s, allow_private: [127.0.0.0/8]}
rules:
  - {name: anti-missile, query: anti-missile, alert: [desk, hook, night]}
  - {name: launch, query: launch, alert: [night], priority: critical}
receivers:
  - {name: desk, email: {to: [desk@example.org], from: dewline@example.org%s}}
  - {name: hook, webhook: {url: "%s"}%s}
  - {name: night, webhook: {url: "%s"}%s}
smtp: {host: 127.0.0.1, port: %d, tls: none}
feeds: [{url: "%s/a.xml", name: a, first_poll: alert}]
`, digest, hook, budget, night, quiet, smtp, src.URL)
}

// A digest is a mail, a budget lets through what it says, quiet hours are quiet but for what is critical; and what is
// held goes out when the controls are taken out of the configuration.
func TestControls(t *testing.T) {
	src, hooks, nights, mails := newSource(t), newSink(), newSink(), newSink()
	dir := t.TempDir()
	hook, night, smtp := hooks.hook(t), nights.hook(t), mails.post(t)
	cfg := configure(t, dir, holdingConfig(src, hook, night, smtp, true))
	var entries []entry
	for i := range 4 {
		entries = append(entries, entry{guid: fmt.Sprint("guid-", i), title: fmt.Sprintf("Statement number-%d.", i), text: "On the anti-missile issue."})
	}
	src.publish("/a.xml", append(entries, entry{guid: "urgent", title: "A launch", text: "Now."})...)
	p := launch(t, cfg)

	digest := mails.alerts(t, 1)[0]
	if !strings.Contains(digest.guid, "[anti-missile] Digest: 4 alerts") || digest.rule != "<digest.dewline.example.org>" {
		t.Errorf("the digest: %q, list %s", digest.guid, digest.rule)
	}
	for i, e := range entries {
		if strings.Count(unfolded(digest.body), e.title) < 2 { // plain and HTML
			t.Errorf("the digest does not tell of %d:\n%s", i, digest.body)
		}
	}
	if got := hooks.alerts(t, 2); got[0].rule != "anti-missile" || got[1].rule != "anti-missile" {
		t.Errorf("within the budget: %+v", got)
	}
	if got := nights.alerts(t, 1); got[0].guid != "urgent" {
		t.Errorf("at night: %+v", got)
	}
	do(t, "deliveries", "test", "-c", cfg, "night")
	if got := nights.alerts(t, 2); got[1].guid != "test" {
		t.Errorf("a test in the night: %+v", got)
	}
	awaitSums(t, cfg, map[string]dewline.Sums{
		"desk": {Receiver: "desk", Due: 4, Delivered: 4}, "hook": {Receiver: "hook", Due: 4, Delivered: 2, Held: 2}, "night": {Receiver: "night", Due: 5, Delivered: 1, Held: 4},
	})
	list := do(t, "deliveries", "list", "-c", cfg, "--state", "held")
	if strings.Count(list, "held (quiet) until") != 4 || strings.Count(list, "held (budget) until") != 2 {
		t.Errorf("held:\n%s", list)
	}
	if page := p.ok("/deliveries?state=held"); strings.Count(page, "(quiet)") != 4 {
		t.Errorf("the page does not say what is held:\n%s", page)
	}

	configure(t, dir, holdingConfig(src, hook, night, smtp, false))
	p.signal(syscall.SIGHUP)
	summary := hooks.alerts(t, 3)[2]
	var event struct {
		Type string
		Data struct {
			Reason string
			Count  int
		}
	}
	if err := json.Unmarshal([]byte(summary.body), &event); err != nil {
		t.Fatal(err)
	}
	if event.Type != "summary" || event.Data.Reason != "budget" || event.Data.Count != 2 {
		t.Errorf("what the budget held: %s", summary.body)
	}
	for i, x := range nights.alerts(t, 6)[2:] {
		if x.guid != entries[i].guid {
			t.Errorf("%d: what was held in the night came as %s", i, x.guid)
		}
	}
	awaitSums(t, cfg, map[string]dewline.Sums{
		"desk": {Receiver: "desk", Due: 4, Delivered: 4}, "hook": {Receiver: "hook", Due: 4, Delivered: 4}, "night": {Receiver: "night", Due: 5, Delivered: 5},
	})
	p.stop()
	sound(t, filepath.Join(dir, "dewline.db"))
}

// awaitSums waits until `dewline deliveries sums` says so: an attempt is recorded after its answer.
func awaitSums(t *testing.T, cfg string, want map[string]dewline.Sums) {
	t.Helper()
	var got map[string]dewline.Sums
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
		got = make(map[string]dewline.Sums)
		for line := range strings.Lines(do(t, "deliveries", "sums", "-c", cfg, "--json")) {
			var s dewline.Sums
			if err := json.Unmarshal([]byte(line), &s); err != nil {
				t.Fatal(err)
			}
			got[s.Receiver] = s
		}
		if fmt.Sprint(got) == fmt.Sprint(want) {
			return
		}
	}
	t.Fatalf("sums %+v, want %+v", got, want)
}

// The daemon is killed at random moments while it makes digests and summaries, and receivers fail, hang, or take one
// without an answer. Every alert is told in one of them, and what comes again under an id has the same content.
func TestCrashWithHolds(t *testing.T) {
	if testing.Short() {
		t.Skip("takes half a minute")
	}
	t.Parallel() // most of it is waiting
	const lives, feeds = 20, 3
	src, hooks, mails := newSource(t), newSink(), newSink()
	hooks.mood, mails.mood = moody, moody
	dir := t.TempDir()
	yaml := crashConfig(src, feeds, hooks.hook(t), mails.post(t))
	yaml = strings.Replace(yaml, "from: dewline@example.org}", `from: dewline@example.org, digest: "@every 1s"}`, 1)
	yaml = strings.Replace(yaml, "{name: hook,", "{name: hook, group: 1s, budget: 1000/h,", 1)
	cfg := configure(t, dir, yaml)
	press := &press{src: src, feeds: feeds}
	for life := range lives {
		p := begin(t, "dewline", cfg)
		for i := range 3 {
			press.issue(3*life + i)
		}
		p.killWithin(1500*time.Millisecond, dir)
	}
	p := launch(t, cfg)
	awaitSums(t, cfg, map[string]dewline.Sums{
		"desk": {Receiver: "desk", Due: 3 * lives, Delivered: 3 * lives}, "hook": {Receiver: "hook", Due: 3 * lives, Delivered: 3 * lives},
	})
	p.stop()
	sound(t, filepath.Join(dir, "dewline.db"))
	for what, s := range map[string]*sink{"hook": hooks, "mail": mails} {
		contents := s.contents(press.matching)
		for id, versions := range contents {
			if len(versions) != 1 {
				t.Errorf("%s: %s came with %d contents: %v", what, id, len(versions), versions)
			}
		}
		for _, e := range press.matching {
			if n := mentions(contents, e.title); n != 1 {
				t.Errorf("%s: %s was told under %d ids", what, e.title, n)
			}
		}
	}
}

// unfolded is the body of a mail with its lines as long as they were written.
func unfolded(body string) string { return strings.ReplaceAll(body, "=\r\n", "") }

// contents are the statements that were told under each id, each time that it came.
func (s *sink) contents(of []entry) map[string]map[string]bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	all := make(map[string]map[string]bool)
	for _, x := range s.taken {
		body, told := unfolded(x.body), ""
		for _, e := range of {
			if strings.Contains(body, e.title) {
				told += e.title
			}
		}
		if all[x.id] == nil {
			all[x.id] = make(map[string]bool)
		}
		all[x.id][told] = true
	}
	return all
}

// mentions is under how many ids a statement was told.
func mentions(contents map[string]map[string]bool, title string) (n int) {
	for _, versions := range contents {
		for told := range versions {
			if strings.Contains(told, title) {
				n++
				break
			}
		}
	}
	return n
}
