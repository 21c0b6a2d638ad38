package main

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"dewline"
)

// changedHook is what a hook on an edit says.
type changedHook struct {
	Type string
	Data struct {
		Rule   dewline.RuleRef
		Item   dewline.ItemDocument
		Change *dewline.Change
	}
}

func (x told) changed(t testing.TB) changedHook {
	t.Helper()
	var h changedHook
	if err := json.Unmarshal([]byte(x.body), &h); err != nil {
		t.Fatal(err)
	}
	return h
}

// watchingEdits is a configuration with one rule that tells this of a feed.
func watchingEdits(src *source, hook, feed, on string) string {
	return fmt.Sprintf(`
store: dewline.db
http: {listen: "127.0.0.1:0"}
fetch: {schedule: "@every 1s", timeout: 5s, per_site: 16, allow_private: [127.0.0.0/8]}
feeds: [{url: "%s/feed.xml", name: MOD, language: en, %s}]
rules: [{name: missiles, query: missile, alert: [hook], on: %s}]
receivers: [{name: hook, webhook: {url: "%s"}}]
`, src.URL, feed, on, hook)
}

// A source rewrites what it said: every change of fact is told once, with the
// difference, over kills and a receiver that fails; what changes no fact is not told.
func TestChanged(t *testing.T) {
	t.Parallel() // most of it is waiting
	src, hooks := newSource(t), newSink()
	hooks.mood = moody
	cfg := configure(t, t.TempDir(), watchingEdits(src, hooks.hook(t), "first_poll: publish", "[new, changed]"))
	say := func(text string) { src.publish("/feed.xml", entry{"launch", "A launch", text}) }
	say("They fired 3 misiles and a missile of another kind.")

	p := launch(t, cfg)
	stored := func(version int) {
		t.Helper()
		p.wait(fmt.Sprintf("version %d", version), func(l logLine) bool {
			return l.is("polled") && (version == 1 && l["new"] == 1.0 || version > 1 && l["changed"] == 1.0)
		})
	}
	stored(1) // quietly
	var versions int
	for i, text := range []string{
		"They fired 3 missiles and a missile of another kind.", // a typo is mended
		"LONDON, Nov. 24 (Example News) — They fired three missiles, and a missile of another kind. Updated: 14:05",
		"They fired 5 missiles and a missile of another kind.", // told
		"They fired no missile of another kind.",               // told
		"They fired nothing.",                                  // told
	} {
		p.kill()
		say(text)
		p = launch(t, cfg)
		stored(i + 2)
		versions = i + 2
	}
	alerts := hooks.alerts(t, 3)
	p.stop()
	if out := do(t, "deliveries", "list", "-c", cfg); strings.Count(out, "item.changed") != 3 || strings.Contains(out, "item.matched") {
		t.Errorf("the outbox:\n%s", out)
	}
	want := map[int]string{4: "number three > 5", 5: "verdict  > no", 6: "disappears missile > "}
	for _, x := range alerts {
		h := x.changed(t)
		if h.Type != "item.changed" || h.Data.Change == nil || h.Data.Change.To != h.Data.Change.From+1 || len(h.Data.Change.Diff) != 1 {
			t.Fatalf("%s", x.body)
		}
		var reasons []string
		for _, r := range h.Data.Change.Reasons {
			reasons = append(reasons, fmt.Sprintf("%s %s > %s", r.Kind, r.Old, r.New))
		}
		if why := want[h.Data.Change.To]; why == "" || !strings.Contains(strings.Join(reasons, ", "), why) {
			t.Errorf("version %d of %d: %q, want %q", h.Data.Change.To, versions, reasons, why)
		}
	}
}

// A rule that tells edits alone tells nothing when an item comes, and that it finds an
// item when an edit brings what it asks for; one that tells both tells that once.
func TestFoundByAnEdit(t *testing.T) {
	for on, event := range map[string]string{"[changed]": "item.changed", "[new, changed]": "item.matched"} {
		t.Run(on, func(t *testing.T) {
			src, hooks := newSource(t), newSink()
			cfg := configure(t, t.TempDir(), watchingEdits(src, hooks.hook(t), "first_poll: alert", on))
			src.publish("/feed.xml", entry{"meeting", "A meeting", "They met."})
			do(t, "poll", "-c", cfg)
			src.publish("/feed.xml", entry{"meeting", "A meeting", "They met on missiles."})
			do(t, "poll", "-c", cfg)
			out := do(t, "deliveries", "list", "-c", cfg)
			if strings.Count(out, event) != 1 || strings.Count(out, "rule missiles") != 1 {
				t.Errorf("the outbox:\n%s", out)
			}
		})
	}
}

// An article that arrives is no edit; one that says something else after its entry in
// the feed changed is.
func TestChangedArticle(t *testing.T) {
	src, hooks := newSource(t), newSink()
	report := briefing
	feed := `full_text: true, first_poll: alert`
	cfg := configure(t, t.TempDir(), strings.Replace(watchingEdits(src, hooks.hook(t), feed, "[new, changed]"), "query: missile", "query: anti-missile", 1))
	publish := func() {
		src.teasers("/feed.xml", report)
		src.serve(report.path, "text/html; charset=utf-8", report.page())
	}
	publish()
	do(t, "poll", "-c", cfg)
	outbox := func() (matched, changed int) {
		out := do(t, "deliveries", "list", "-c", cfg)
		return strings.Count(out, "item.matched"), strings.Count(out, "item.changed")
	}
	if m, c := outbox(); m != 1 || c != 0 {
		t.Fatalf("of an article that arrived: %d matched, %d changed", m, c)
	}
	report.teaser = "The two militaries held their joint briefing in Geneva on Tuesday."
	publish()
	do(t, "poll", "-c", cfg)
	if m, c := outbox(); m != 1 || c != 0 {
		t.Fatalf("of the same article: %d matched, %d changed", m, c)
	}
	report.teaser = "The two militaries held a long joint briefing in Geneva on Tuesday."
	report.text = append([]string(nil), report.text...)
	report.text[1] = strings.Replace(report.text[1], "held a joint briefing", "did not hold a joint briefing", 1)
	publish()
	do(t, "poll", "-c", cfg)
	if m, c := outbox(); m != 1 || c != 1 {
		t.Fatalf("of another article: %d matched, %d changed\n%s", m, c, do(t, "deliveries", "list", "-c", cfg))
	}
}
