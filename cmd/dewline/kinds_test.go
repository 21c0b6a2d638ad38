package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
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
	src.serve("/news/", "text/html", []byte(strings.Replace(newsPage, "</ul></body>", `<li><h3><a href="/news/0">The harbour of the coast guard opens</a></h3><span class="date">27 March 2017</span></li></ul></body>`, 1)))
	src.serve("/sitemap.xml", "application/xml", []byte(`<urlset><url><loc>`+src.URL+`/news/releases/anti-missile-talks</loc></url><url><loc>`+src.URL+`/about</loc></url></urlset>`))
	for heading, c := range map[string]struct{ feed, title string }{
		"A feed":                         {"MOD", statement.title},
		"A web page without a feed":      {"MOD news", statement.title},
		"A web page whose list is found": {"MOD news", statement.title},
		"A sitemap":                      {"MOD releases", "anti missile talks"},
		"A file of feeds":                {"Imported", statement.title},
		"Files of sources":               {"Included", statement.title},
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

// listOf is a page with a list of news in mark-up of its own, the newest first, and the rest of a site around it.
func listOf(block string, items ...string) []byte {
	return []byte(`<!doctype html><html lang="en"><head><title>News | MOD</title></head><body><nav><ul><li><a href="/about">About the ministry and its departments</a></li>` +
		`<li><a href="/jobs">Careers in the armed forces of Examplia</a></li><li><a href="/contact">The press office and its spokesmen</a></li></ul></nav><main>` +
		strings.ReplaceAll(block, "…", strings.Join(items, "\n")) + `</main></body></html>`)
}

// listItem is one item of such a list.
func listItem(form, path, title, day string) string {
	return strings.NewReplacer("{path}", path, "{title}", title, "{day}", day).Replace(form)
}

// The list of a page of which nobody said where it stands is found, and its statement caught; when the page is rebuilt, the list
// is found again, what is new is told, and what was there is not told again. A page with nothing is a broken source.
func TestAPageFoundByItself(t *testing.T) {
	const (
		before = `<li><h3><a href="/news/{path}">{title}</a></h3><span class="date">{day}</span></li>`
		after  = `<article class="card"><time datetime="{day}">{day}</time><a class="head" href="/news/{path}"><h2>{title}</h2></a></article>`
	)
	old := func(form string) []string {
		return []string{
			listItem(form, "2", statement.title, "2017-03-29"), listItem(form, "1", "Barracks rebuilt in the north of the country", "2017-03-28"),
			listItem(form, "a", "Talks on anti-missile cooperation adjourned", "2017-03-27"), listItem(form, "b", "The minister visits the shipyard at Northhaven", "2017-03-26"),
			listItem(form, "c", "A new commander of the air defence brigade", "2017-03-25"),
		}
	}
	src, hooks, mails := newSource(t), newSink(), newSink()
	src.serve("/feed.xml", "text/html", listOf(`<ul class="news">…</ul>`, old(before)...))
	yaml := strings.Replace(watched(src, hooks.hook(t), mails.post(t)), "first_poll: alert}", `first_poll: alert, page: auto}`, 1)
	cfg := configure(t, t.TempDir(), yaml)
	p := launch(t, cfg)
	all := hooks.alerts(t, 2)
	for _, want := range []string{statement.title, `"published":"2017-03-29T00:00:00Z"`, src.URL + "/news/2"} {
		if !strings.Contains(all[0].body+all[1].body, want) {
			t.Errorf("the hooks do not hold %s: %+v", want, all)
		}
	}
	if out := do(t, "feeds", "list", "-c", cfg); !strings.Contains(out, "list found: item `") || !strings.Contains(out, "news") {
		t.Errorf("feeds list: %s", out)
	}
	p.stop()

	p = launch(t, cfg) // what was found is kept over a restart
	_, at := p.polled(0, "Examplia")
	src.serve("/feed.xml", "text/html", []byte("<html><body><p>The page is being rebuilt.</p></body></html>"))
	l, at := p.waitFrom(at, "the broken list", func(l logLine) bool { return l.is("polled") && l["status"] == "broken-list" })
	if detail, _ := l["detail"].(string); !strings.Contains(detail, "5 items when it last worked") || !strings.Contains(detail, "no other list was found") {
		t.Errorf("detail: %s", detail)
	}

	items := append([]string{listItem(after, "3", "More on the anti-missile issue from the ministry", time.Now().UTC().Format(time.DateOnly))}, old(after)...)
	items = append(items, listItem(after, "older", "An anti-missile exercise of the year before", "2016-03-25"))
	src.serve("/feed.xml", "text/html", listOf(`<div class="cards">…</div>`, items...))
	l, at = p.waitFrom(at, "the list that was found again", func(l logLine) bool { return l.is("polled") && l["new"] == 2.0 })
	if detail, _ := l["detail"].(string); l["status"] != "ok" || !strings.Contains(detail, "the page was rebuilt: the list is now") {
		t.Errorf("rebuilt: %v", l)
	}
	if got := hooks.alerts(t, 3); len(got) != 3 || !strings.Contains(got[2].body, "/news/3") {
		t.Errorf("%d hooks: %+v", len(got), got)
	}
	if feeds := p.ok("/api/v1/feeds"); !strings.Contains(feeds, `"was"`) {
		t.Errorf("the API does not say what the list was: %s", feeds)
	}

	src.serve("/feed.xml", "text/html", listOf(`<ul class="news">…</ul>`, old(before)...)) // it comes back as it was
	l, _ = p.waitFrom(at, "the page as it was", func(l logLine) bool { return l.is("polled") && l["status"] == "ok" && l["detail"] == nil })
	if l["new"] != 0.0 {
		t.Errorf("as it was: %v", l)
	}
	p.stop()
}

// What is not surely the list of statements is not read.
func TestAPageWithNothingToFind(t *testing.T) {
	src := newSource(t)
	src.serve("/feed.xml", "text/html", listOf(`<ul class="links">…</ul>`,
		`<li><a href="/a">Organisation of the ministry</a></li>`, `<li><a href="/b">Anti-missile systems of the forces</a></li>`, `<li><a href="/c">History of the ministry</a></li>`))
	yaml := strings.Replace(watched(src, "http://127.0.0.1:1/", 1), "first_poll: alert}", `first_poll: alert, page: auto}`, 1)
	cfg := configure(t, t.TempDir(), yaml)
	out, errs, code := command(t, "dewline", "poll", "-c", cfg)
	if !strings.Contains(out+errs, "broken-list") || strings.Contains(out, "Anti-missile systems") {
		t.Errorf("poll: %d %s%s", code, out, errs)
	}
	out, errs, code = command(t, "dewline", "feeds", "check", "-c", cfg, src.URL+"/feed.xml")
	if code != 1 || !strings.Contains(out, "no list of statements was found") {
		t.Errorf("check: %d %s%s", code, out, errs)
	}
}

// A page that nobody configured is told by its exit status to be one that page: auto reads.
func TestCheckOfAPage(t *testing.T) {
	src := newSource(t)
	src.serve("/news/", "text/html", listOf(`<ul class="news">…</ul>`, listItem(`<li><a href="{path}">{title}</a> {day}</li>`, "1", "Barracks rebuilt in the north", "2026-11-01"),
		listItem(`<li><a href="{path}">{title}</a> {day}</li>`, "2", "The minister visits the shipyard", "2026-11-02"),
		listItem(`<li><a href="{path}">{title}</a> {day}</li>`, "3", "A new commander of the brigade", "2026-11-03")))
	cfg := configure(t, t.TempDir(), watched(src, "http://127.0.0.1:1/", 1))
	out, errs, code := command(t, "dewline", "feeds", "check", "-c", cfg, src.URL+"/news/")
	if code != 0 || !strings.Contains(out, "With `page: auto`") {
		t.Errorf("%d %s%s", code, out, errs)
	}
}
