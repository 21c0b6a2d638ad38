package main

import (
	"encoding/json"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"dewline"

	"github.com/mmcdole/gofeed"
)

// outlets is how many newspapers re-run what a ministry says.
const outlets = 10

// reprinted is a configuration that watches them, and the ministry.
func reprinted(src *source, first, hook string, smtp int) string {
	var b strings.Builder
	fmt.Fprintf(&b, `
store: dewline.db
http: {listen: "127.0.0.1:0"}
fetch: {schedule: "@every 1s", timeout: 5s, per_site: 16, allow_private: [127.0.0.0/8]}
rules:
  - {name: anti-missile, query: anti-missile, alert: [hook, desk], story_updates: 1d}
  - {name: football, query: football, alert: [hook, desk], stories: off}
receivers:
  - {name: hook, webhook: {url: "%s", secret: word}}
  - {name: desk, email: {to: [desk@example.org], from: dewline@example.org}}
smtp: {host: 127.0.0.1, port: %d, tls: none}
feeds:
  - {url: "%s/ministry.xml", name: Ministry, tags: [ministry], first_poll: alert}
`, hook, smtp, src.URL)
	for i := range outlets {
		fmt.Fprintf(&b, "  - {url: \"%s/%d.xml\", name: Outlet %d, tags: [press], first_poll: %s}\n", src.URL, i, i, first)
	}
	return b.String()
}

// reprint is the ministry's own text.
var reprint = entry{
	guid:  "report",
	title: "Examplia Tests Two Anti-Missile Interceptors Over the Northern Sea",
	text: "Examplia fired two anti-missile interceptors over the Northern Sea on Tuesday, the Ministry of Defence said.\n\n" +
		"The interceptors were launched from a site near the town of Hafen and met their targets at a height of 40 kilometres.\n\n" +
		"The deployment of the new system far exceeds any need of defence, the neighbouring states said after the test.",
}

// rerun is the report as an outlet prints it, with what such pages have around it.
func rerun(outlet int) entry {
	furniture := []struct{ before, after string }{
		{"", ""}, {"HAFEN, Nov. 24 (Example News) — ", ""}, {"(Example Wire) - ", "\n\nRead more"}, {"", "\n\n© 2026 Example Media. All rights reserved."}, {"HAFEN (EN) — ", ""},
	}[outlet%5]
	return entry{guid: fmt.Sprint("rerun-", outlet), title: reprint.title, text: furniture.before + reprint.text + furniture.after}
}

func (s *sink) ofRule(rule string) (list []told) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, x := range s.taken {
		if strings.Contains(x.rule, rule) { // a mail has its List-Id there
			list = append(list, x)
		}
	}
	return list
}

// Ten outlets re-run one statement: one alert for each receiver, one entry of the output feed. Another number is told,
// and says why. The ministry's own text, later, is the head and no alert.
func TestStories(t *testing.T) {
	src, hooks, mails := newSource(t), newSink(), newSink()
	src.publish("/ministry.xml")
	for i := range outlets {
		src.publish(fmt.Sprintf("/%d.xml", i), rerun(i))
	}
	cfg := configure(t, t.TempDir(), reprinted(src, "alert", hooks.hook(t), mails.post(t)))
	p := launch(t, cfg)
	at := p.at()
	for i := range outlets {
		p.polled(at, fmt.Sprint("Outlet ", i))
	}
	// Alerts go out in order, so whoever has the fence has any before it.
	fence := func(outlet, n int, others ...entry) {
		t.Helper()
		cup := entry{fmt.Sprint("cup-", n), fmt.Sprint("The army's football cup, day ", n), "Nothing else."}
		src.publish(fmt.Sprintf("/%d.xml", outlet), append(others, cup, rerun(outlet))...)
		for what, s := range map[string]*sink{"hook": hooks, "mail": mails} {
			s.alerts(t, n)
			if len(s.ofRule("football")) == 0 {
				t.Fatalf("%s: %d alerts, and no fence among them", what, n)
			}
		}
	}
	fence(1, 2)
	entries := func() []*gofeed.Item {
		t.Helper()
		feed, err := gofeed.NewParser().ParseString(p.ok("/feeds/anti-missile.atom"))
		if err != nil {
			t.Fatal(err)
		}
		return feed.Items
	}
	list := entries()
	if len(list) != 1 || !strings.Contains(list[0].Content, "Also: ") || !strings.Contains(list[0].Content, "+4") {
		t.Fatalf("entries: %+v", list)
	}

	five := rerun(3)
	five.guid, five.text = "five", strings.Replace(five.text, "fired two", "fired five", 1)
	fence(3, 4, five)
	apart := hooks.ofRule("anti-missile")
	var hook struct {
		Data struct{ Item dewline.ItemDocument }
	}
	if err := json.Unmarshal([]byte(apart[1].body), &hook); err != nil {
		t.Fatal(err)
	}
	if s := hook.Data.Item.Story; hook.Data.Item.GUID != "five" || s == nil || s.Items != outlets+1 || len(s.Differs) == 0 || s.Differs[0].New != "five" {
		t.Errorf("what is told of another number: %s", apart[1].body)
	}
	if mail := mails.ofRule("anti-missile")[1].body; !strings.Contains(mail, "differs from what ran before") {
		t.Errorf("its mail:\n%s", mail)
	}

	src.publish("/ministry.xml", reprint)
	p.waitFrom(p.at(), "the ministry's text", func(l logLine) bool { return l.is("polled") && l["feed"] == "Ministry" && l["new"] == 1.0 })
	fence(5, 5)
	if n := len(hooks.ofRule("anti-missile")); n != 2 {
		t.Errorf("%d alerts", n)
	}
	now := entries()
	first := now[len(now)-1]
	if len(now) != 2 || first.GUID != list[0].GUID || !strings.HasSuffix(first.Link, "/report") || first.Updated == list[0].Updated {
		t.Errorf("the entry that the ministry heads: %+v", first)
	}
	if page := p.ok("/"); strings.Count(page, `class="match"`) != 2+3 || !strings.Contains(page, "also: ") {
		t.Error("the front page has not one line for a story")
	}
	page := p.ok("/items/" + hook.Data.Item.ID.String())
	if !strings.Contains(page, "Where the story ran") || !strings.Contains(page, "Ministry") || !strings.Contains(page, "the head") {
		t.Errorf("the item's page:\n%s", page)
	}
	var item dewline.HistoryDocument
	if err := json.Unmarshal([]byte(p.ok("/api/v1/items/"+hook.Data.Item.ID.String())), &item); err != nil || len(item.Ran) != outlets+2 || item.Story.Items != outlets+2 {
		t.Errorf("of the API: %v, %+v", err, item.Ran)
	}
	if out := do(t, "export", "-c", cfg, "--feed", "Ministry"); !strings.Contains(out, `"story":{"id":"`+item.Story.ID.String()) {
		t.Errorf("exported: %s", out)
	}
	held := do(t, "deliveries", "list", "-c", cfg, "--state", "held")
	if n := strings.Count(held, "desk"); n != outlets {
		t.Errorf("%d updates wait for the desk:\n%s", n, held)
	}
}

// The daemon is killed while the outlets print, one after another: each receiver gets one alert of each statement
// under one id, and the store is sound.
func TestStoriesSurviveKill(t *testing.T) {
	t.Parallel() // most of it is waiting
	src, hooks, mails := newSource(t), newSink(), newSink()
	var temper temper
	hooks.mood, mails.mood = temper.mood, temper.mood
	dir := t.TempDir()
	cfg := configure(t, dir, reprinted(src, "alert", hooks.hook(t), mails.post(t)))
	src.publish("/ministry.xml")
	const lives = 6
	printed := make([][]entry, outlets)
	for life := range lives {
		for i := range outlets {
			e := rerun(i)
			e.guid = fmt.Sprint("life-", life, "-", i)
			of := strings.NewReplacer("Northern Sea", fmt.Sprintf("%s Sea", seas[life]), "Hafen", towns[life], "HAFEN", strings.ToUpper(towns[life]))
			e.title, e.text = of.Replace(e.title), of.Replace(e.text)
			printed[i] = append(printed[i], e)
			src.publish(fmt.Sprintf("/%d.xml", i), printed[i]...)
		}
		p := begin(t, "dewline", cfg)
		p.killWithin(1500*time.Millisecond, dir)
	}
	temper.calm.Store(true)
	p := launch(t, cfg)
	at := p.at()
	for i := range outlets {
		p.polled(at, fmt.Sprint("Outlet ", i))
	}
	for i := range outlets {
		src.publish(fmt.Sprintf("/%d.xml", i), append(printed[i], entry{fmt.Sprint("cup-", i), "The army's football cup", fmt.Sprint("Day ", i)})...)
	}
	for what, s := range map[string]*sink{"hook": hooks, "mail": mails} {
		s.alerts(t, lives+outlets)
		statements := 0
		for alert, ids := range s.ids() {
			if strings.Contains(alert, "football") {
				continue
			}
			statements++
			if len(ids) != 1 {
				t.Errorf("%s: %s came under %d ids", what, alert, len(ids))
			}
		}
		if statements != lives {
			t.Errorf("%s: %d alerts of %d statements", what, statements, lives)
		}
	}
	p.stop()
	sound(t, filepath.Join(dir, "dewline.db"))
}

// Names that make one statement another one.
var (
	seas  = []string{"Northern", "Amber", "Southern", "Yellow", "Inner", "Western"}
	towns = []string{"Hafen", "Ostburg", "Velden", "Marisk", "Tarnau", "Lindort"}
)

// What is there at a quiet first poll is told to nobody, so the first copy elsewhere is news, and the next is not.
func TestAQuietStoryIsToldByItsCopy(t *testing.T) {
	src, hooks, mails := newSource(t), newSink(), newSink()
	src.publish("/ministry.xml")
	for i := range outlets {
		src.publish(fmt.Sprintf("/%d.xml", i), rerun(i))
	}
	p := launch(t, configure(t, t.TempDir(), reprinted(src, "publish", hooks.hook(t), mails.post(t))))
	at := p.at()
	for i := range outlets {
		p.polled(at, fmt.Sprint("Outlet ", i))
	}
	src.publish("/ministry.xml", reprint)
	hooks.alerts(t, 1)
	again := reprint
	again.guid = "again"
	src.publish("/7.xml", again, entry{"cup", "The army's football cup", "Nothing else."}, rerun(7))
	told := hooks.alerts(t, 2)
	if len(told) != 2 || told[0].guid != "report" || told[1].guid != "cup" {
		t.Errorf("told: %+v", told)
	}
}
