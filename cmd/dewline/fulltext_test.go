package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"strings"
	"sync/atomic"
	"testing"

	"dewline"

	"github.com/mmcdole/gofeed"
)

// teased is a statement whose text is behind its link; what it is about stands in the
// text alone.
type teased struct {
	path, title, teaser string
	text                []string
}

var briefing = teased{
	path: "/news/briefing.html", title: "Examplian, Otherland militaries meet in Geneva",
	teaser: "The two militaries held a joint briefing in Geneva on Tuesday.",
	text: []string{
		"(Source: Examplia Military; issued March 29, 2017)",
		"GENEVA --- The militaries of Examplia and Otherland held a joint briefing on global anti-missile situations in Geneva on Tuesday morning, on the sidelines of the conference.",
		"The deployment of the new system far exceeds any need of defence, the two sides said, and will hinder the process of disarmament and strain the strategic balance.",
		"Representatives of the countries that take part in the conference attended the briefing, which was the second of its kind.",
	},
}

// page is the report as its publisher shows it.
func (r teased) page() []byte {
	return fmt.Appendf(nil, `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>%s | Examplia</title></head><body>
<nav><a href="/">Home</a> <a href="/news/">News</a></nav><main><article><h1>%s</h1><p>%s</p></article></main>
<footer>Cookies. All rights reserved.</footer></body></html>`, r.title, r.title, strings.Join(r.text, "</p>\n<p>"))
}

// entry is the report in its publisher's feed.
func (r teased) entry(site string) string {
	return fmt.Sprintf(`<item><guid isPermaLink="false">%s</guid><link>%s%s</link><title>%s</title><description>%s</description></item>`,
		r.path, site, r.path, escape(r.title), escape(r.teaser))
}

// teasers publishes reports by their teasers.
func (s *source) teasers(path string, reports ...teased) {
	var b strings.Builder
	b.WriteString(`<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>Examplia</title><link>http://mod.test/</link><description>d</description>`)
	for _, r := range reports {
		b.WriteString(r.entry(s.URL))
	}
	b.WriteString("</channel></rss>")
	s.serve(path, "application/rss+xml", []byte(b.String()))
}

// texted is a configuration that watches feeds whose items are teasers.
func texted(src *source, hook, firstPoll string, feeds ...string) string {
	var b strings.Builder
	for _, f := range feeds {
		fmt.Fprintf(&b, "  - {url: %q, name: %s, full_text: true, first_poll: %s}\n", src.URL+"/"+f+".xml", f, firstPoll)
	}
	return fmt.Sprintf(`
store: dewline.db
http: {listen: "127.0.0.1:0"}
fetch: {schedule: "@every 1s", timeout: 5s, allow_private: [127.0.0.0/8]}
feeds:
%srules:
  - {name: anti-missile, query: anti-missile, alert: [hook]}
  - {name: meeting, query: militaries, alert: [hook]}
receivers:
  - {name: hook, webhook: {url: "%s", secret: word}}
`, b.String(), hook)
}

// storedDocs are the stored items with their texts.
func storedDocs(t testing.TB, cfg string) (docs []dewline.ItemDocument) {
	t.Helper()
	for line := range strings.Lines(do(t, "export", "-c", cfg)) {
		var doc dewline.ItemDocument
		if err := json.Unmarshal([]byte(line), &doc); err != nil {
			t.Fatal(err)
		}
		docs = append(docs, doc)
	}
	return docs
}

// textEnded waits until the text of an item came to an end.
func (p *process) textEnded(from int, path, state string) (logLine, int) {
	p.t.Helper()
	return p.waitFrom(from, "the text of "+path+" to be "+state, func(l logLine) bool {
		url, _ := l["url"].(string)
		return l.is("text") && strings.HasSuffix(url, path) && l["state"] == state
	})
}

// A rule that finds its word in the text behind the link alone alerts once, when the
// text is there; one that found it in the teaser is not told again.
func TestATextAlertsOnce(t *testing.T) {
	src, hooks := newSource(t), newSink()
	src.teasers("/Examplia.xml", briefing)
	src.serve(briefing.path, "text/html", briefing.page())
	cfg := configure(t, t.TempDir(), texted(src, hooks.hook(t), "alert", "Examplia"))
	p := launch(t, cfg)

	told := hooks.alerts(t, 2)
	if told[0].rule != "meeting" || told[1].rule != "anti-missile" {
		t.Errorf("told: %s, %s", told[0].rule, told[1].rule)
	}
	p.textEnded(0, briefing.path, "fetched")
	p.polled(p.at(), "Examplia") // again
	p.stop()                     // after a restart
	p = launch(t, cfg)
	_, at := p.polled(0, "Examplia")

	edited := briefing // and edited
	edited.teaser += " More was said on Wednesday."
	edited.text = append(edited.text, "The anti-missile issue was spoken of on Wednesday too.")
	src.serve(briefing.path, "text/html", edited.page())
	src.teasers("/Examplia.xml", edited)
	p.textEnded(at, briefing.path, "fetched")
	last := teased{path: "/news/last.html", title: "The last of the militaries", teaser: "Nothing else."}
	src.teasers("/Examplia.xml", last, edited)
	if got := hooks.alerts(t, 3); len(got) != 3 || got[2].guid != last.path {
		t.Errorf("%d hooks: %+v", len(got), got)
	}

	docs := storedDocs(t, cfg)
	if len(docs) != 2 || !strings.Contains(*docs[0].Content, "on Wednesday too") || docs[0].FullText.State != dewline.TextFetched {
		t.Errorf("exported: %+v", docs)
	}
	feed, err := gofeed.NewParser().ParseString(p.ok("/feeds/anti-missile.atom"))
	if err != nil || len(feed.Items) != 1 || !strings.Contains(feed.Items[0].Content, "<mark>anti-missile</mark>") {
		t.Errorf("the output feed: %+v, %v", feed, err)
	}
	if page := p.ok("/items/" + docs[0].ID.String()); !strings.Contains(page, "letters from a page") {
		t.Errorf("the item's page says nothing of the text:\n%s", page)
	}
	p.stop()
}

// The seed, as a teaser whose text is behind the link.
func TestTheSeedBehindItsLink(t *testing.T) {
	text, err := os.ReadFile(shared(t, "seed-article.txt"))
	if err != nil {
		t.Fatal(err)
	}
	title, rest, _ := strings.Cut(string(text), "\n")
	seed := teased{path: "/seed", title: title, teaser: "The militaries held a joint briefing.", text: strings.Split(rest, "\n")}
	src, hooks := newSource(t), newSink()
	src.teasers("/Examplia.xml", seed)
	src.serve(seed.path, "text/html", seed.page())
	cfg := configure(t, t.TempDir(), texted(src, hooks.hook(t), "alert", "Examplia"))
	p := launch(t, cfg)
	hooks.alerts(t, 2)
	p.textEnded(0, seed.path, "fetched")
	docs := storedDocs(t, cfg)
	if len(docs) != 1 || !strings.Contains(*docs[0].Content, "Seventh Xiangshan Forum") || docs[0].Source == nil || docs[0].Source.Name != "China Military" ||
		docs[0].Source.Place != "Geneva" || docs[0].Published.Format("2006-01-02") != "2017-03-29" {
		t.Errorf("%+v", docs)
	}
	p.stop()
}

// A first poll is quiet for its texts too: what they match is published, and nobody
// is alerted.
func TestQuietTexts(t *testing.T) {
	src, hooks := newSource(t), newSink()
	src.teasers("/Examplia.xml", briefing)
	src.serve(briefing.path, "text/html", briefing.page())
	cfg := configure(t, t.TempDir(), texted(src, hooks.hook(t), "publish", "Examplia"))
	p := launch(t, cfg)
	p.textEnded(0, briefing.path, "fetched")
	last := teased{path: "/news/last.html", title: "The last of the militaries", teaser: "Nothing else."}
	src.teasers("/Examplia.xml", last, briefing)
	if got := hooks.alerts(t, 1); got[0].guid != last.path {
		t.Errorf("an alert of what was there before: %+v", got)
	}
	if feed := p.ok("/feeds/anti-missile.json"); !strings.Contains(feed, "joint briefing on global") {
		t.Errorf("it is not published: %s", feed)
	}
	p.stop()
}

// What is killed between the commit of an item and that of its text goes on after it.
func TestATextSurvivesKill(t *testing.T) {
	src, hooks := newSource(t), newSink()
	src.teasers("/Examplia.xml", briefing)
	asked := make(chan struct{}, 1)
	var there atomic.Bool
	src.handle(briefing.path, func(w http.ResponseWriter, r *http.Request) {
		if !there.Load() {
			select {
			case asked <- struct{}{}:
			default:
			}
			<-r.Context().Done()
			return
		}
		w.Header().Set("Content-Type", "text/html")
		_, _ = w.Write(briefing.page())
	})
	cfg := configure(t, t.TempDir(), texted(src, hooks.hook(t), "alert", "Examplia"))
	p := launch(t, cfg)
	<-asked
	p.kill()
	there.Store(true)
	p = launch(t, cfg)
	p.textEnded(0, briefing.path, "fetched")
	hooks.alerts(t, 2)
	p.stop()
}

// `dewline poll` fetches the texts of what it brought.
func TestPollFetchesTexts(t *testing.T) {
	src := newSource(t)
	src.teasers("/Examplia.xml", briefing)
	src.serve(briefing.path, "text/html", briefing.page())
	cfg := configure(t, t.TempDir(), texted(src, "http://127.0.0.1:1/", "alert", "Examplia"))
	out := do(t, "poll", "-c", cfg)
	if !strings.Contains(out, "text fetched: Examplian, Otherland") || !strings.Contains(out, "! anti-missile: ") {
		t.Errorf("%s", out)
	}
	if list := do(t, "feeds", "list", "-c", cfg); !strings.Contains(list, "of its articles 0 are to be fetched, 1 were") {
		t.Errorf("%s", list)
	}
	if again := do(t, "poll", "-c", cfg); strings.Contains(again, "text ") {
		t.Errorf("it was fetched again: %s", again)
	}
}

// statementPDF is a PDF of these lines.
func statementPDF(lines ...string) []byte {
	var content, b strings.Builder
	content.WriteString("BT /F1 12 Tf 72 760 Td")
	for _, l := range lines {
		fmt.Fprintf(&content, " (%s) Tj 0 -14 Td", l)
	}
	content.WriteString(" ET")
	var offsets []int
	object := func(format string, args ...any) {
		offsets = append(offsets, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n"+format+"\nendobj\n", append([]any{len(offsets)}, args...)...)
	}
	b.WriteString("%PDF-1.4\n")
	object("<< /Type /Catalog /Pages 2 0 R >>")
	object("<< /Type /Pages /Kids [3 0 R] /Count 1 >>")
	object("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>")
	object("<< /Length %d >>\nstream\n%s\nendstream", content.Len(), content.String())
	object("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>")
	at := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(offsets)+1)
	for _, o := range offsets {
		fmt.Fprintf(&b, "%010d 00000 n \n", o)
	}
	fmt.Fprintf(&b, "trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n", len(offsets)+1, at)
	return []byte(b.String())
}

// A statement that is a PDF is read by its text; one of pictures is left at its title, and
// its item says so.
func TestPDFStatements(t *testing.T) {
	src, hooks := newSource(t), newSink()
	scan := teased{path: "/scan.pdf", title: "A scan", teaser: "Nothing else."}
	pdf := briefing
	pdf.path = "/briefing.pdf"
	src.teasers("/Examplia.xml", scan, pdf)
	src.serve(scan.path, "application/pdf", statementPDF())
	src.serve(pdf.path, "application/octet-stream", statementPDF("The militaries of Examplia and Otherland held a joint", "briefing in Geneva on the anti-missile issue."))
	cfg := configure(t, t.TempDir(), texted(src, hooks.hook(t), "alert", "Examplia"))
	p := launch(t, cfg)
	hooks.alerts(t, 2)
	p.textEnded(0, pdf.path, "fetched")
	p.textEnded(0, scan.path, "kept")
	for _, doc := range storedDocs(t, cfg) {
		want := "letters from a PDF"
		if doc.GUID == scan.path {
			want = "without text that can be read"
		}
		if !strings.Contains(doc.FullText.Detail, want) {
			t.Errorf("%s: %+v", doc.GUID, doc.FullText)
		}
	}
	p.stop()
}

// Articles made to harm hold nobody up but one another: other feeds are polled and their
// articles come.
func TestHostileArticles(t *testing.T) {
	src, hooks := newSource(t), newSink()
	var bad []teased
	for path, h := range map[string]http.HandlerFunc{
		"/deep.html": func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "<html>", strings.Repeat("<div>", 1<<18)) },
		"/wide.html": func(w http.ResponseWriter, _ *http.Request) {
			fmt.Fprint(w, "<html>", strings.Repeat("<p>missile ", 1<<18))
		},
		"/large.html": func(w http.ResponseWriter, _ *http.Request) {
			fmt.Fprint(w, "<html>", strings.Repeat("missile ", 1<<22))
		},
		"/loop.html": func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, r.URL.Path, http.StatusFound) },
		"/bomb.pdf":  func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "%PDF-1.4\n", strings.Repeat("[", 1<<22)) },
		"/endless.html": func(w http.ResponseWriter, r *http.Request) {
			for r.Context().Err() == nil {
				if _, err := fmt.Fprint(w, strings.Repeat("missile ", 1<<10)); err != nil {
					return
				}
			}
		},
		"/slow.html": func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() },
	} {
		src.handle(path, h)
		bad = append(bad, teased{path: path, title: "A militaries' trap at " + path, teaser: "Nothing."})
	}
	src.teasers("/Muralia.xml", bad...)
	good := newSource(t)
	good.teasers("/Examplia.xml", briefing)
	good.serve(briefing.path, "text/html", briefing.page())
	yaml := texted(src, hooks.hook(t), "alert", "Muralia")
	yaml = strings.Replace(yaml, "feeds:\n", fmt.Sprintf("feeds:\n  - {url: %q, name: Examplia, full_text: true, first_poll: alert}\n", good.URL+"/Examplia.xml"), 1)
	cfg := configure(t, t.TempDir(), yaml)
	p := launch(t, cfg)
	p.textEnded(0, briefing.path, "fetched")
	for _, b := range bad { // each comes to an end of its own, or is to be tried again
		p.waitFrom(0, "what became of "+b.path, func(l logLine) bool {
			url, _ := l["url"].(string)
			return l.is("text") && strings.HasSuffix(url, b.path) && l["state"] != "fetched"
		})
	}
	at := p.at()
	p.polled(at, "Muralia")
	p.polled(at, "Examplia")
	p.stop()
}

// The worked example of docs/sources.md.
func TestTheExampleOfTeasers(t *testing.T) {
	src, hooks := newSource(t), newSink()
	yaml := example(t, "A feed of teasers", "https://www.mod.example/news.xml", src.URL+"/news.xml", "query: anti-missile}", "query: anti-missile, alert: [desk]}") + fmt.Sprintf(`
store: dewline.db
http: {listen: "127.0.0.1:0"}
fetch: {schedule: "@every 1s", allow_private: [127.0.0.0/8]}
receivers:
  - {name: desk, webhook: {url: "%s", secret: word}}
`, hooks.hook(t))
	src.teasers("/news.xml")
	p := launch(t, configure(t, t.TempDir(), yaml))
	_, at := p.polled(0, "MOD") // the quiet first poll
	src.serve(briefing.path, "text/html", briefing.page())
	src.teasers("/news.xml", briefing)
	p.textEnded(at, briefing.path, "fetched")
	got := hooks.alerts(t, 1)[0]
	for _, want := range []string{`"name":"Examplia Military"`, `"place":"Geneva"`, `"issued":"2017-03-29"`, `"published":"2017-03-29T00:00:00Z"`, `"field":"content"`} {
		if !strings.Contains(got.body, want) {
			t.Errorf("the hook lacks %s: %s", want, got.body)
		}
	}
	p.stop()
}
