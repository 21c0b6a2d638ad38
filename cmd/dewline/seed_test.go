package main

import (
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"syscall"
	"testing"

	"dewline"

	"github.com/mmcdole/gofeed"
)

// statement is written in the manner of the report that the project began with.
var statement = entry{
	guid:  "joint-briefing",
	title: "Examplian, Otherland Militaries Hold Joint Briefing on Anti-Missile Issue",
	text: "GENEVA --- The militaries of Examplia and Otherland held a joint briefing on global anti-missile situations on Tuesday.\n\n" +
		"The deployment of the new system far exceeds any need of defence, the two sides said.",
}

// watched is a configuration that watches a source's feed, with one rule and two
// receivers.
func watched(src *source, hook string, smtp int) string {
	return fmt.Sprintf(`
store: dewline.db
http: {listen: "127.0.0.1:0"}
fetch: {schedule: "@every 1s", timeout: 5s, per_site: 16, allow_private: [127.0.0.0/8]}
feeds:
  - {url: "%s/feed.xml", name: Examplia, tags: [ministry], first_poll: alert}
rules:
  - {name: anti-missile, title: Anti-missile issue, query: anti-missile, alert: [hook, desk]}
  - {name: football, query: football, alert: [hook, desk]}
receivers:
  - {name: hook, webhook: {url: "%s", secret: word}}
  - {name: desk, email: {to: [desk@example.org], from: dewline@example.org}}
smtp: {host: 127.0.0.1, port: %d, tls: none}
`, src.URL, hook, smtp)
}

// One statement is one alert for each receiver and one entry of the output feed:
// polled again, after a restart, after a reload, and edited.
func TestOneStatementIsOneAlert(t *testing.T) {
	for name, e := range map[string]entry{"our own": statement, "the seed": seed(t)} {
		t.Run(name, func(t *testing.T) {
			if e.title == "" {
				t.Skip("the shared test data is not here")
			}
			oneAlert(t, e)
		})
	}
}

// seed is the report itself, or nothing where the shared data is absent.
func seed(t *testing.T) (e entry) {
	t.Run("look", func(t *testing.T) {
		text, err := os.ReadFile(shared(t, "seed-article.txt"))
		if err != nil {
			t.Fatal(err)
		}
		title, rest, _ := strings.Cut(string(text), "\n")
		e = entry{guid: "seed", title: title, text: rest}
	})
	return e
}

func oneAlert(t *testing.T, e entry) {
	src, hooks, mails := newSource(t), newSink(), newSink()
	cup := entry{"cup", "The army's football cup", "Nothing else."}
	src.publish("/feed.xml", e)
	cfg := configure(t, t.TempDir(), watched(src, hooks.hook(t), mails.post(t)))
	p := launch(t, cfg)

	hook := hooks.alerts(t, 1)[0]
	mail := mails.alerts(t, 1)[0]
	checkHook(t, hook, e)
	if !strings.Contains(mail.body, e.title[:20]) {
		t.Errorf("the mail does not name the statement:\n%s", mail.body)
	}
	p.polled(p.at(), "Examplia") // again

	p.stop() // after a restart
	p = launch(t, cfg)
	_, at := p.polled(0, "Examplia")

	p.signal(syscall.SIGHUP) // after a reload
	_, at = p.waitFrom(at, "the reload", func(l logLine) bool { return l.is("watching") })
	_, at = p.polled(at, "Examplia")

	edited := e // edited
	edited.text += "\n\nCorrection: it was on Wednesday. The anti-missile issue remains."
	src.publish("/feed.xml", edited)
	p.waitFrom(at, "the edit", func(l logLine) bool { return l.is("polled") && l["changed"] == 1.0 })

	// Alerts go out in order, so whoever has this one would have any before it.
	src.publish("/feed.xml", cup, edited)
	for what, s := range map[string]*sink{"hooks": hooks, "mails": mails} {
		if got := s.alerts(t, 2); len(got) != 2 {
			t.Errorf("%d %s: %+v", len(got), what, got)
		}
	}
	for _, format := range []string{"atom", "rss", "json"} {
		feed, err := gofeed.NewParser().ParseString(p.ok("/feeds/anti-missile." + format))
		if err != nil {
			t.Fatal(err)
		}
		if len(feed.Items) != 1 || feed.Items[0].Title != e.title || !strings.Contains(strings.ToLower(feed.Items[0].Content), "<mark>anti-missile</mark>") {
			t.Errorf("%s: %d entries: %+v", format, len(feed.Items), feed.Items)
		}
	}
	p.stop()
}

// checkHook reads a hook as its receiver does.
func checkHook(t *testing.T, x told, e entry) {
	t.Helper()
	var event struct {
		Type string
		Data struct {
			Rule    dewline.RuleRef
			Item    dewline.ItemDocument
			Matches []dewline.Hit
			Snippet string
			Link    string
		}
	}
	if err := json.Unmarshal([]byte(x.body), &event); err != nil {
		t.Fatal(err)
	}
	d := event.Data
	if event.Type != "item.matched" || d.Rule.Name != "anti-missile" || d.Rule.Title != "Anti-missile issue" ||
		d.Item.GUID != e.guid || d.Item.Title != e.title || d.Item.Feed.Name != "Examplia" || !strings.HasSuffix(d.Link, "/items/"+d.Item.ID.String()) {
		t.Errorf("hook: %s", x.body)
	}
	if len(d.Matches) < 2 {
		t.Errorf("matches: %+v", d.Matches)
	}
	for _, m := range d.Matches {
		text := map[string]string{"title": d.Item.Title, "summary": d.Item.Summary}[m.Field]
		if m.Term != "anti-missile" || m.End > len(text) || text[m.Start:m.End] != m.Text {
			t.Errorf("match %+v does not stand where it says", m)
		}
	}
	if !strings.Contains(strings.ToLower(d.Snippet), "anti-missile") {
		t.Errorf("snippet: %s", d.Snippet)
	}
}
