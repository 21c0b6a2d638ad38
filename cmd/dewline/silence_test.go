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

// summaryHook is what a hook says of several alerts.
type summaryHook struct {
	Type string
	Data struct {
		Reason  dewline.HoldReason
		Silence *dewline.Silence
		Count   int
		Alerts  []struct {
			Type string
			Data struct{ Item struct{ GUID string } }
		}
	}
}

func (x told) summary(t testing.TB) (h summaryHook, guids string) {
	t.Helper()
	if err := json.Unmarshal([]byte(x.body), &h); err != nil {
		t.Fatal(err)
	}
	for _, a := range h.Data.Alerts {
		guids += " " + a.Data.Item.GUID
	}
	return h, guids
}

func summaries(all []told) (list []told) {
	for _, x := range all {
		if strings.HasPrefix(x.body, `{"type":"summary"`) {
			list = append(list, x)
		}
	}
	return list
}

// silencedConfig has a rule, and a critical one.
func silencedConfig(src *source, hook, title string) string {
	return fmt.Sprintf(`
store: dewline.db
http: {listen: "127.0.0.1:0", base_url: "http://watch.test"}
fetch: {schedule: "@every 1s", per_site: 16, allow_private: [127.0.0.0/8]}
feeds: [{url: "%s/a.xml", name: a, first_poll: alert}]
rules:
  - {name: anti-missile, title: "%s", query: anti-missile, alert: [hook], stories: off}
  - {name: urgent, query: urgent, alert: [hook], priority: critical, stories: off}
receivers: [{name: hook, webhook: {url: "%s"}}]
`, src.URL, title, hook)
}

// pressRoom is one feed, to which each statement is added.
type pressRoom struct {
	src     *source
	entries []entry
}

func (d *pressRoom) say(guid, title string) {
	d.entries = append([]entry{{guid, title, ""}}, d.entries...)
	d.src.publish("/a.xml", d.entries...)
}

// known waits until a statement is stored, at a line of the log after the given one.
func (p *process) known(from int) int {
	p.t.Helper()
	_, at := p.waitFrom(from, "a new item", func(l logLine) bool { return l.is("polled") && l["new"] == 1.0 })
	return at
}

// silencesOf are the silences that hold.
func silencesOf(t *testing.T, cfg string) (list []dewline.SilenceDocument) {
	t.Helper()
	dec := json.NewDecoder(strings.NewReader(do(t, "silence", "list", "--json", "-c", cfg)))
	for dec.More() {
		var s dewline.SilenceDocument
		if err := dec.Decode(&s); err != nil {
			t.Fatal(err)
		}
		list = append(list, s)
	}
	return list
}

func silencedOnes(t *testing.T, cfg string) []dewline.DeliveryDocument {
	t.Helper()
	return deliveries(t, do(t, "deliveries", "list", "--state", "silenced", "--json", "-c", cfg))
}

// A rule is silent over a reload, a kill and a poll by hand; what it held is told in one summary when it is ended, and
// what comes then alerts again.
func TestSilence(t *testing.T) {
	src, hooks := newSource(t), newSink()
	hook, dir, press := hooks.hook(t), t.TempDir(), &pressRoom{src: src}
	cfg := configure(t, dir, silencedConfig(src, hook, "One"))
	press.say("1", "On the anti-missile issue")
	p := launch(t, cfg)
	hooks.alerts(t, 1)

	if out := do(t, "silence", "anti-missile", "--for", "4h", "--comment", "exercise", "--by", "anna", "-c", cfg); !strings.Contains(out, "rule anti-missile is silent until") {
		t.Fatal(out)
	}
	if _, why, code := command(t, "dewline", "silence", "-c", cfg, "--for", "4h", "--", "-talks"); code != exitUsage || !strings.Contains(why, "\n    -talks\n    ^") {
		t.Errorf("a query at fault, by the daemon: status %d, %s", code, why)
	}
	at := p.at()
	press.say("2", "Antimissile talks")
	p.known(at)
	configure(t, dir, silencedConfig(src, hook, "Another title"))
	at = p.at()
	p.signal(syscall.SIGHUP)
	_, at = p.waitFrom(at, "the reload", func(l logLine) bool { return l.is("watching") })
	press.say("3", "Anti missile exercise")
	p.known(at)
	p.kill()
	press.say("4", "Anti-missile radars")
	do(t, "poll", "-c", cfg)
	p = launch(t, cfg)

	held := silencedOnes(t, cfg)
	if len(held) != 3 || held[0].Hold == nil || held[0].Hold.Reason != dewline.HoldSilence || len(held[0].Attempts) > 0 {
		t.Fatalf("held: %+v", held)
	}
	list := silencesOf(t, cfg)
	if len(list) != 1 || list[0].Held != 3 || list[0].By != "anna" || list[0].Key != held[0].Hold.Silence || !list[0].End.Equal(held[0].Hold.Until) {
		t.Fatalf("silences: %+v", list)
	}
	if page := p.ok("/"); !strings.Contains(page, "exercise") || !strings.Contains(page, "3 alerts held") {
		t.Error("the page does not show the silence")
	}
	if body := p.ok("/api/v1/silences"); !strings.Contains(body, list[0].Key.String()) {
		t.Error(body)
	}
	if n := len(hooks.alerts(t, 1)); n != 1 {
		t.Fatalf("%d alerts during the silence", n-1)
	}

	if out := do(t, "silence", "end", list[0].Key.String(), "-c", cfg); out != "rule anti-missile is told again; 3 alerts held\n" {
		t.Error(out)
	}
	summary, guids := hooks.alerts(t, 2)[1].summary(t)
	if summary.Type != "summary" || summary.Data.Reason != dewline.HoldSilence || summary.Data.Count != 3 || guids != " 2 3 4" {
		t.Errorf("%+v, of%s", summary, guids)
	}
	press.say("5", "Anti-missile shield")
	if last := hooks.alerts(t, 3)[2]; last.guid != "5" {
		t.Errorf("after the end: %s", last.body)
	}
	p.stop()
	for _, d := range deliveries(t, do(t, "deliveries", "list", "--json", "-c", cfg)) {
		if d.State != dewline.DeliveryDelivered {
			t.Errorf("%s is %s", d.ID, d.State)
		}
	}
	sound(t, filepath.Join(dir, "dewline.db"))
}

// What a query finds is silent until the silence ends by itself, without a daemon that would wait for it; what is
// critical passes. The summary whose answer was lost, before a kill, comes again under its id and tells the same.
func TestSilenceExpires(t *testing.T) {
	src, hooks := newSource(t), newSink()
	hooks.mood = func(string) mood { return forgets } // the first answer to anything
	dir, press := t.TempDir(), &pressRoom{src: src}
	cfg := configure(t, dir, silencedConfig(src, hooks.hook(t), "One"))
	press.say("0", "Nothing")
	do(t, "poll", "-c", cfg)
	tries := 0
	for lasts := 2 * time.Second; len(silencedOnes(t, cfg)) == 0; lasts *= 2 { // until a poll fits into the silence
		do(t, "silence", "(anti-missile)", "--for", lasts.String(), "-c", cfg)
		tries++
		press.say(fmt.Sprint(tries), "Urgent: the anti-missile issue, for the time "+fmt.Sprint(tries))
		do(t, "poll", "-c", cfg)
	}
	if waits := do(t, "deliveries", "list", "--state", "pending", "-c", cfg); strings.Count(waits, "rule urgent") != tries || strings.Count(waits, "rule anti-missile") != tries-1 {
		t.Fatalf("what waits to be sent, after %d tries:\n%s", tries, waits)
	}

	p := launch(t, cfg)
	first := summaries(hooks.alerts(t, 2*tries))
	p.kill()
	sound(t, filepath.Join(dir, "dewline.db"))
	p = launch(t, cfg)
	p.wait("the delivery", func(l logLine) bool { return l.is("delivered") && l["event"] == "summary" })
	again := summaries(hooks.alerts(t, 2*tries))
	if len(first) == 0 || len(again) <= len(first) {
		t.Fatalf("%d summaries came before the kill, %d in all", len(first), len(again))
	}
	for _, x := range again {
		if x.id != again[0].id || x.body != again[0].body {
			t.Errorf("the summary came as %s and again as %s:\n%s\n%s", again[0].id, x.id, again[0].body, x.body)
		}
	}
	if _, guids := again[0].summary(t); guids != fmt.Sprint(" ", tries) {
		t.Errorf("%s", again[0].body)
	}
	if list := silencesOf(t, cfg); len(list) != 0 {
		t.Errorf("silences: %+v", list)
	}
	p.stop()
	sound(t, filepath.Join(dir, "dewline.db"))
}
