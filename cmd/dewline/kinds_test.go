package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// newsPage is our own statement in the list of a ministry that has no feed.
const newsPage = `<!doctype html><html lang="en"><head><title>News | MOD</title></head><body><nav><ul><li><a href="/">Home</a></li></ul></nav>
<ul class="news">
<li><a href="/news/2"><img alt="Officers at a table"></a><h3><a href="/news/2">Examplian, Otherland Militaries Hold Joint Briefing on Anti-Missile Issue</a></h3><span class="date">29 March 2017</span><p class="teaser">GENEVA --- They spoke on Tuesday.</p></li>
<li><h3><a href="/news/1">Barracks rebuilt in the north</a></h3><span class="date">28 March 2017</span><p class="teaser">Nothing else.</p></li>
</ul></body></html>`

// The examples of docs/sources.md on the kinds of source, as written there but for the addresses.
func TestExampleKinds(t *testing.T) {
	src := newSource(t)
	src.publish("/news/feed.xml", statement)
	src.serve("/news/", "text/html", []byte(newsPage))
	src.serve("/sitemap.xml", "application/xml", []byte(`<urlset><url><loc>`+src.URL+`/news/releases/anti-missile-talks</loc></url><url><loc>`+src.URL+`/about</loc></url></urlset>`))
	for heading, c := range map[string]struct{ feed, title string }{
		"A feed":                    {"MOD", statement.title},
		"A web page without a feed": {"MOD news", statement.title},
		"A sitemap":                 {"MOD releases", "anti missile talks"},
		"A file of feeds":           {"Imported", statement.title},
		"Files of sources":          {"Included", statement.title},
	} {
		t.Run(heading, func(t *testing.T) {
			dir := t.TempDir()
			opml := `<opml version="2.0"><body><outline text="Imported" xmlUrl="` + src.URL + `/news/feed.xml"/></body></opml>`
			write(t, dir, "subscriptions.opml", opml)
			if err := os.Mkdir(filepath.Join(dir, "sources"), 0o755); err != nil {
				t.Fatal(err)
			}
			write(t, filepath.Join(dir, "sources"), "a.yaml", "feeds: [{url: \""+src.URL+"/news/feed.xml?2\", name: Included}]\n")
			var moved []string
			if !strings.Contains(heading, "file of feeds") {
				moved = []string{"https://www.mod.example", src.URL}
			}
			p := launch(t, configure(t, dir, allowed(example(t, heading, moved...))))
			if l, _ := p.polled(0, c.feed); l["status"] != "ok" {
				t.Fatalf("polled: %v", l)
			}
			if page := p.ok("/api/v1/items"); !strings.Contains(page, `"title": "`+c.title+`"`) && !strings.Contains(page, `"title":"`+c.title+`"`) {
				t.Errorf("no item %q in %s", c.title, page)
			}
			p.stop()
		})
	}
}

// The statement on a page with no feed is caught by the rule, once: polled again, after a restart, and when the page changes
// around it. A page that is rebuilt is a broken source, and what was read stays.
func TestOneStatementOfAPageIsOneAlert(t *testing.T) {
	src, hooks, mails := newSource(t), newSink(), newSink()
	src.serve("/feed.xml", "text/html", []byte(newsPage))
	yaml := strings.Replace(watched(src, hooks.hook(t), mails.post(t)), "first_poll: alert}",
		`first_poll: alert, page: {item: "ul.news li", title: h3, date: span.date, summary: p.teaser}}`, 1)
	cfg := configure(t, t.TempDir(), yaml)
	p := launch(t, cfg)
	hook := hooks.alerts(t, 1)[0]
	for _, want := range []string{statement.title, `"published":"2017-03-29T00:00:00Z"`, src.URL + "/news/2"} {
		if !strings.Contains(hook.body, want) {
			t.Errorf("the hook does not hold %s: %s", want, hook.body)
		}
	}
	p.polled(p.at(), "Examplia")
	p.stop()
	p = launch(t, cfg)
	_, at := p.polled(0, "Examplia")

	src.serve("/feed.xml", "text/html", []byte(strings.Replace(newsPage, `<ul class="news">`, `<ul class="news"><li><h3><a href="/news/3">New uniforms</a></h3></li>`, 1)))
	_, at = p.waitFrom(at, "the new item", func(l logLine) bool { return l.is("polled") && l["new"] == 1.0 })

	src.serve("/feed.xml", "text/html", []byte(strings.ReplaceAll(newsPage, `class="news"`, `class="neu"`)))
	l, at := p.waitFrom(at, "the broken list", func(l logLine) bool { return l.is("polled") && l["status"] == "broken-list" })
	if detail, _ := l["detail"].(string); !strings.Contains(detail, "`ul.news li` finds nothing") || !strings.Contains(detail, "3 items when it last worked") {
		t.Errorf("detail: %s", detail)
	}

	other := strings.Replace(newsPage, "</ul></body>", `<li><h3><a href="/news/4">More on the anti-missile issue</a></h3></li></ul></body>`, 1)
	src.serve("/feed.xml", "text/html", []byte(other))
	p.waitFrom(at, "the page again", func(l logLine) bool { return l.is("polled") && l["new"] == 1.0 })
	if got := hooks.alerts(t, 2); len(got) != 2 || !strings.Contains(got[1].body, "/news/4") {
		t.Errorf("%d hooks: %+v", len(got), got)
	}
	p.stop()
}
