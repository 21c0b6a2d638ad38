package main

import (
	"fmt"
	"os"
	"strings"
	"syscall"
	"testing"
)

func reloadConfig(src *source, hook, more string) string {
	return fmt.Sprintf(`
http: {listen: "127.0.0.1:0"}
fetch: {schedule: "@every 1s", per_site: 16, allow_private: [127.0.0.0/8]}
rules: [{name: anti-missile, query: anti-missile, alert: [hook]}]
receivers: [{name: hook, webhook: {url: "%s"}}]
feeds:
  - {url: "%s/a.xml", name: a, first_poll: alert}
%s`, hook, src.URL, more)
}

// A bad file changes nothing and the log says why, with the place; a good one
// takes over, and nothing is lost or told twice.
func TestReload(t *testing.T) {
	src, hooks := newSource(t), newSink()
	hook := hooks.hook(t)
	one, two := entry{"1", "On the anti-missile issue", ""}, entry{"2", "Antimissile talks", ""}
	src.publish("/a.xml", one)
	src.publish("/b.xml", two)
	dir := t.TempDir()
	cfg := configure(t, dir, reloadConfig(src, hook, ""))
	p := launch(t, cfg)
	hooks.alerts(t, 1)

	configure(t, dir, reloadConfig(src, hook, "  - {url: nowhere, nam: b}\n"))
	at := p.at()
	p.signal(syscall.SIGHUP)
	refused, at := p.waitFrom(at, "the refusal", func(l logLine) bool { return l["level"] == "ERROR" })
	if why := fmt.Sprint(refused["err"]); !strings.Contains(why, "config.yaml:8") || !strings.Contains(why, "did you mean") {
		t.Errorf("the refusal does not say where and what: %v", refused)
	}
	_, at = p.polled(at, "a") // the old one stays in force

	configure(t, dir, reloadConfig(src, hook, fmt.Sprintf("  - {url: \"%s/b.xml\", name: b, first_poll: alert}\n", src.URL)))
	p.signal(syscall.SIGHUP)
	_, at = p.waitFrom(at, "the new configuration", func(l logLine) bool { return l.is("watching") && l["feeds"] == 2.0 })
	p.polled(at, "a")
	if got := hooks.alerts(t, 2); len(got) != 2 || got[0].guid != "1" || got[1].guid != "2" {
		t.Errorf("alerts: %+v", got)
	}
	if !strings.Contains(p.ok("/opml"), "/b.xml") {
		t.Error("the page knows nothing of the new feed")
	}
	p.stop()
}

// Reloaded again and again in the middle of polls and deliveries, every item
// arrives once.
func TestReloadStorm(t *testing.T) {
	src, hooks := newSource(t), newSink()
	cfg := configure(t, t.TempDir(), reloadConfig(src, hooks.hook(t), ""))
	var all []entry
	src.publish("/a.xml")
	p := launch(t, cfg)
	at := 0
	for i := range 20 {
		all = append(all, entry{fmt.Sprint(i), fmt.Sprintf("Anti-missile statement %d", i), ""})
		src.publish("/a.xml", all...)
		p.signal(syscall.SIGHUP)
		_, at = p.waitFrom(at, "a reload", func(l logLine) bool { return l.is("watching") })
	}
	got := hooks.alerts(t, len(all))
	if len(got) != len(all) {
		t.Errorf("%d alerts for %d items", len(got), len(all))
	}
	p.stop()
}

// Another store is not taken over while the daemon runs, and the address may be.
func TestReloadMovesTheListener(t *testing.T) {
	src := newSource(t)
	src.publish("/a.xml")
	dir := t.TempDir()
	cfg := configure(t, dir, reloadConfig(src, src.URL, ""))
	p := launch(t, cfg)
	for _, c := range []struct{ add, says string }{
		{"store: other.db\n", "restart"},
		{"store: [\n", "not YAML"},
	} {
		configure(t, dir, reloadConfig(src, src.URL, c.add))
		at := p.at()
		p.signal(syscall.SIGHUP)
		l, _ := p.waitFrom(at, "the refusal", func(l logLine) bool { return l["level"] == "ERROR" })
		if !strings.Contains(fmt.Sprint(l["err"]), c.says) {
			t.Errorf("%v does not say %q", l["err"], c.says)
		}
	}
	moved := strings.Replace(reloadConfig(src, src.URL, ""), "127.0.0.1:0", "localhost:0", 1)
	configure(t, dir, moved)
	at := p.at()
	p.signal(syscall.SIGHUP)
	l, _ := p.waitFrom(at, "the new address", func(l logLine) bool { return l.is("watching") })
	if l["page"] == p.page {
		t.Error("the address did not change")
	}
	p.page, _ = l["page"].(string)
	p.ok("/healthz")
	p.stop()
	if _, err := os.Stat(cfg); err != nil {
		t.Error(err)
	}
}
