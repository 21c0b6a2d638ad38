package main

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"dewline"

	"github.com/mmcdole/gofeed"
)

// twoFeeds is a configuration that watches two feeds of one publisher, with a rule for all and one for the second.
func twoFeeds(src *source, hook string) string {
	return fmt.Sprintf(`
store: dewline.db
http: {listen: "127.0.0.1:0"}
fetch: {schedule: "@every 1s", timeout: 5s, per_site: 16, allow_private: [127.0.0.0/8]}
feeds:
  - {url: "%[1]s/news.xml", name: News, first_poll: alert}
  - {url: "%[1]s/statements.xml", name: Statements, first_poll: alert}
rules:
  - {name: anti-missile, query: anti-missile, alert: [hook]}
  - {name: second, query: far exceeds, feeds: [Statements], alert: [hook]}
  - {name: football, query: football, alert: [hook]}
receivers:
  - {name: hook, webhook: {url: "%[2]s", secret: word}}
`, src.URL, hook)
}

// One statement in two feeds of a publisher, a teaser in the one and the full text in the other: each rule alerts
// once, by the same item, and the output feed has one entry.
func TestOneStatementInTwoFeeds(t *testing.T) {
	src, hooks := newSource(t), newSink()
	teaser, full := statement, statement
	teaser.text, _, _ = strings.Cut(statement.text, "\n\n")
	src.publish("/news.xml", teaser)
	src.serve("/statements.xml", "application/rss+xml", []byte(strings.ReplaceAll(string(rss("s", full)), ">joint-briefing<", ">another-guid<")))
	p := launch(t, configure(t, t.TempDir(), twoFeeds(src, hooks.hook(t))))

	hooks.alerts(t, 2)
	_, at := p.polled(p.at(), "News")
	p.polled(at, "Statements")
	cup := entry{"cup", "The army's football cup", "Nothing else."}
	src.publish("/news.xml", cup, teaser)
	// Alerts go out in order, so whoever has the last one has any before it.
	told := hooks.alerts(t, 3)
	if len(told) != 3 {
		t.Errorf("%d alerts: %+v", len(told), told)
	}
	rules := map[string]int{}
	for _, x := range told {
		rules[x.rule]++
	}
	if rules["anti-missile"] != 1 || rules["second"] != 1 || rules["football"] != 1 {
		t.Errorf("told by rule: %v", rules)
	}
	for _, name := range []string{"anti-missile", "second"} {
		feed, err := gofeed.NewParser().ParseString(p.ok("/feeds/" + name + ".atom"))
		if err != nil || len(feed.Items) != 1 {
			t.Fatalf("the feed of %q: %v, %v", name, feed, err)
		}
	}

	var list struct{ Items []dewline.ItemDocument }
	if err := json.Unmarshal([]byte(p.ok("/api/v1/items")), &list); err != nil {
		t.Fatal(err)
	}
	if len(list.Items) != 2 {
		t.Fatalf("%d items", len(list.Items))
	}
	it := list.Items[1]
	if names := it.Feed.Name + " " + it.AlsoIn[0].Name; names != "News Statements" && names != "Statements News" {
		t.Errorf("the item is in %s", names)
	}
	for _, feed := range []string{"News", "Statements"} {
		if out := p.ok("/api/v1/items?query=feed:" + feed + "+anti-missile"); strings.Count(out, `"also_in"`) != 1 {
			t.Errorf("a search in the feed %s: %s", feed, out)
		}
	}
	if page := p.ok("/items/" + it.ID.String()); !strings.Contains(page, "also in") {
		t.Error("the item's page does not say that it is in two feeds")
	}
}
