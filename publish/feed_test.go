package publish

import (
	"encoding/json"
	"net/http"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"dewline"

	"github.com/mmcdole/gofeed"
)

func parse(t *testing.T, doc string) *gofeed.Feed {
	t.Helper()
	f, err := gofeed.NewParser().ParseString(doc)
	if err != nil {
		t.Fatalf("%v in\n%s", err, doc)
	}
	return f
}

// What a reader reads from each format, by a parser that is not ours.
func TestReadersReadTheEntry(t *testing.T) {
	l := filled(1)
	it := briefing(1)
	l.edit(it.Key, func(it *dewline.Item) { it.Changed, it.Version = day.Add(time.Hour), 2 })
	p := publisher(l)
	for suffix := range checkers {
		t.Run(suffix, func(t *testing.T) {
			feed := parse(t, read(t, p, "/feeds/anti-missile."+suffix))
			if feed.Title != "Anti-missile issue" || feed.FeedLink != base+"/feeds/anti-missile."+suffix || feed.Link != base+"/" {
				t.Errorf("the feed is %q at %q of %q", feed.Title, feed.FeedLink, feed.Link)
			}
			got := feed.Items[0]
			if want := entryID(anti.Name, it.Key); got.GUID != want {
				t.Errorf("the id is %s, want %s", got.GUID, want)
			}
			if got.Title != "Anti-Missile briefing 1" || got.Link != it.URL {
				t.Errorf("the entry is %q at %q", got.Title, got.Link)
			}
			if !got.PublishedParsed.Equal(it.Published) {
				t.Errorf("published %v, want %v", got.PublishedParsed, it.Published)
			}
			if suffix != "rss" && !got.UpdatedParsed.Equal(day.Add(time.Hour)) {
				t.Errorf("updated %v, want %v", got.UpdatedParsed, day.Add(time.Hour))
			}
			var authors []string
			for _, a := range got.Authors {
				authors = append(authors, a.Name)
			}
			want := it.Authors
			if suffix == "rss" { // of several dc:creator, this parser reads one
				want = want[:1]
			}
			if !slices.Equal(authors, want) {
				t.Errorf("authors %q, want %q", authors, want)
			}
			for _, c := range it.Categories {
				if !slices.Contains(got.Categories, c) {
					t.Errorf("categories %q lack %q", got.Categories, c)
				}
			}
			content := `<p dir="auto">A briefing on <mark>anti-missile</mark> systems &amp; more</p>` +
				`<p><small><bdi>Anti-missile issue</bdi>: <bdi>anti-missile</bdi> in the title (<bdi>Anti-Missile</bdi>); <bdi>anti-missile</bdi> in the content</small></p>` +
				`<hr><div dir="auto" lang="en-GB"><p dir="auto">The first paragraph of a &lt;statement&gt;.</p>` +
				`<p dir="auto">A briefing on anti-missile systems<br>and more &amp; more.</p></div>`
			if got.Content != content {
				t.Errorf("content\n%s\nwant\n%s", got.Content, content)
			}
		})
	}
}

func TestAtomNamesSourceAndMatch(t *testing.T) {
	feed := xmlFeed(t, "atom", read(t, publisher(filled(1)), "/feeds/anti-missile.atom"))
	e := feed.get(atomNS, "entry")
	if e.value("lang") != "en-GB" {
		t.Errorf("the language is %q", e.value("lang"))
	}
	source := e.get(atomNS, "source")
	if source.get(atomNS, "title").text != ukmd.Name || source.get(atomNS, "link").value("href") != ukmd.URL {
		t.Errorf("the source is %+v", source)
	}
	var terms, rules []string
	for _, c := range e.all(atomNS, "category") {
		if c.value("scheme") == ruleScheme {
			rules = append(rules, c.value("term"), c.value("label"))
		} else {
			terms = append(terms, c.value("term"))
		}
	}
	if !slices.Equal(terms, []string{"Defence", "Air & Space"}) || !slices.Equal(rules, []string{anti.Name, anti.Title}) {
		t.Errorf("categories %q, rules %q", terms, rules)
	}
	checkExtension(t, e)
	if got := related(e); got != base+"/items/"+briefing(1).Key.String() {
		t.Errorf("related to %q", got)
	}
}

func related(e *node) string {
	for _, l := range e.all(atomNS, "link") {
		if l.value("rel") == "related" {
			return l.value("href")
		}
	}
	return ""
}

// checkExtension checks what Atom and RSS say alike of the match.
func checkExtension(t *testing.T, e *node) {
	t.Helper()
	item, m := e.get(extensionNS, "item"), e.get(extensionNS, "match")
	if item.value("id") != briefing(1).Key.String() || item.value("version") != "1" || item.value("feed") != ukmd.Name {
		t.Errorf("dewline:item is %+v", item.attr)
	}
	if m.value("rule") != anti.Name || m.value("title") != anti.Title || m.value("at") != "2026-03-01T09:31:00Z" {
		t.Errorf("dewline:match is %+v", m.attr)
	}
	if m.get(extensionNS, "snippet").text != snippet {
		t.Errorf("the snippet is %q", m.get(extensionNS, "snippet").text)
	}
	hits := m.all(extensionNS, "hit")
	if len(hits) != 2 || hits[1].text != "anti-missile" || hits[1].value("field") != "content" || hits[1].value("start") != "53" || hits[1].value("end") != "65" {
		t.Errorf("%d hits", len(hits))
	}
}

func TestRSSNamesSourceAndMatch(t *testing.T) {
	channel := xmlFeed(t, "rss", read(t, publisher(filled(1)), "/feeds/anti-missile.rss"))
	item := channel.get("", "item")
	if s := item.get("", "source"); s.value("url") != ukmd.URL || s.text != ukmd.Name {
		t.Errorf("the source is %+v", s)
	}
	if item.get(dcNS, "language").text != "en-GB" || item.get(atomNS, "updated").text != "2026-03-01T09:31:00Z" {
		t.Errorf("language %q, updated %q", item.get(dcNS, "language").text, item.get(atomNS, "updated").text)
	}
	if got := related(item); got != base+"/items/"+briefing(1).Key.String() {
		t.Errorf("related to %q", got)
	}
	checkExtension(t, item)
}

func TestJSONNamesSourceAndMatch(t *testing.T) {
	var feed struct {
		Items []struct {
			Language, Summary string
			Tags              []string
			Extension         struct {
				Item dewline.Key
				Link string
				Feed dewline.FeedRef
				Rule dewline.RuleRef
				Also []struct {
					Rule    dewline.RuleRef
					Matches []dewline.Hit
				}
				Matches []dewline.Hit
				Snippet string
			} `json:"_dewline"`
		}
	}
	l := newLedger()
	it := briefing(1)
	l.put(it, found, snippet, anti, pro)
	if err := json.Unmarshal([]byte(read(t, publisher(l), "/feeds/all.json")), &feed); err != nil {
		t.Fatal(err)
	}
	got := feed.Items[0]
	x := got.Extension
	if x.Item != it.Key || x.Link != base+"/items/"+it.Key.String() || !reflect.DeepEqual(x.Feed, ukmd) || x.Rule != anti.Ref() || x.Snippet != snippet {
		t.Errorf("_dewline is %+v", x)
	}
	if !slices.Equal(x.Matches, found) {
		t.Errorf("matches %+v", x.Matches)
	}
	if len(x.Also) != 1 || x.Also[0].Rule != pro.Ref() || !slices.Equal(x.Also[0].Matches, found) {
		t.Errorf("also %+v", x.Also)
	}
	if got.Language != "en-GB" || got.Summary != snippet || !slices.Equal(got.Tags, it.Categories) {
		t.Errorf("%+v", got)
	}
}

// A statement that two rules found is one entry in the feed of all, and names both.
func TestAllNamesEveryRule(t *testing.T) {
	l := newLedger()
	l.put(briefing(1), found, snippet, anti, pro)
	e := xmlFeed(t, "atom", read(t, publisher(l), "/feeds/all.atom")).all(atomNS, "entry")
	if len(e) != 1 || len(e[0].all(extensionNS, "match")) != 2 {
		t.Fatalf("%d entries", len(e))
	}
	if content := e[0].get(atomNS, "content").text; strings.Count(content, "<mark>") != 1 || !strings.Contains(content, "<bdi>Anti-missile issue</bdi>") || !strings.Contains(content, "<bdi>ПРО</bdi>") {
		t.Errorf("the content is %s", content)
	}
}

// Nothing that happens to an item or to the daemon changes an entry's id.
func TestIDsAreStable(t *testing.T) {
	l := newLedger()
	it := briefing(1)
	l.put(it, found, snippet, anti, pro)
	gather := func(p *Publisher) map[string]string {
		got := map[string]string{}
		for _, name := range []string{all, anti.Name, pro.Name} {
			for suffix := range checkers {
				doc := read(t, p, "/feeds/"+name+"."+suffix)
				got[name+"."+suffix] = strings.Join(ids(t, suffix, doc), " ")
				if suffix == "atom" {
					got[name] = xmlFeed(t, suffix, doc).get(atomNS, "id").text
				}
			}
		}
		return got
	}
	before := gather(publisher(l))
	l.edit(it.Key, func(it *dewline.Item) {
		it.Title, it.Content, it.URL, it.Published = "Another title", "Another text", "https://elsewhere.example.org/", day
		it.Version, it.Changed = 2, day.Add(48*time.Hour)
	})
	l.put(briefing(1), found, "another snippet") // no further match
	moved := New(l, Options{BaseURL: "http://[::1]:8423/", Rules: []dewline.Rule{{Name: anti.Name, Title: "Another name"}, pro}})
	if after := gather(moved); !reflect.DeepEqual(before, after) {
		t.Errorf("ids were %v, are %v", before, after)
	}
	if before["all"] == before["pro"] || before["all.atom"] == before["pro.atom"] || before["anti-missile.atom"] == before["pro.atom"] {
		t.Errorf("different things have one id: %v", before)
	}
	// A change of how ids are made would show every entry again in every reader.
	for key, want := range map[string]string{
		"anti-missile.atom": "urn:uuid:642a9c7e-167a-8cad-8ebc-13507ecb18ef", "all.rss": "urn:uuid:cb96b9ec-9d44-8f2d-a36e-a3c0e520fdae", "pro": "urn:uuid:d78f0efa-8874-8fcd-9ac1-08b243d44a88",
	} {
		if before[key] != want {
			t.Errorf("the id of %s is %s, was %s", key, before[key], want)
		}
	}
}

func TestUpdatedMovesWithTheText(t *testing.T) {
	l := filled(2)
	p := publisher(l)
	updated := func() (feed, entry string) {
		f := xmlFeed(t, "atom", read(t, p, "/feeds/anti-missile.atom"))
		return f.get(atomNS, "updated").text, f.all(atomNS, "entry")[1].get(atomNS, "updated").text
	}
	if feed, entry := updated(); feed != "2026-03-01T09:32:00Z" || entry != "2026-03-01T09:31:00Z" {
		t.Fatalf("feed %s, entry %s", feed, entry)
	}
	l.edit(briefing(1).Key, func(it *dewline.Item) { it.Title, it.Changed = "Corrected", day.Add(24*time.Hour) })
	if feed, entry := updated(); feed != "2026-03-02T09:30:00Z" || entry != "2026-03-02T09:30:00Z" {
		t.Errorf("feed %s, entry %s", feed, entry)
	}
}

func TestWhatAnEntryFallsBackOn(t *testing.T) {
	l := newLedger()
	it := briefing(1)
	it.Title, it.URL, it.Authors, it.Published, it.Language = "", "javascript:alert(1)", nil, time.Time{}, "English, mostly"
	l.put(it, nil, "", anti)
	p := publisher(l)
	page := base + "/items/" + it.Key.String()
	for suffix := range checkers {
		got := parse(t, read(t, p, "/feeds/anti-missile."+suffix)).Items[0]
		if got.Title != "(no title)" || got.Link != page || got.Authors[0].Name != ukmd.Name || !got.PublishedParsed.Equal(it.FirstSeen) {
			t.Errorf("%s: %q at %q by %q on %v", suffix, got.Title, got.Link, got.Authors[0].Name, got.PublishedParsed)
		}
	}
	if doc := read(t, p, "/feeds/anti-missile.atom"); strings.Contains(doc, "mostly") || strings.Contains(doc, "javascript") {
		t.Error(doc)
	}
}

func TestArticle(t *testing.T) {
	long := strings.Repeat("文", maxArticle/3+10)
	for name, tc := range map[string]struct {
		item dewline.Item
		want string
		not  string
	}{
		"mark-up is made safe": {dewline.Item{HTML: `<p onclick="x()">Text <script>bad()</script><a href="javascript:x">link</a></p>`}, "<p>Text ", "script"},
		"text of no mark-up":   {dewline.Item{HTML: "<script>x</script>", Summary: "a < b\n\nc"}, `<p dir="auto">a &lt; b</p><p dir="auto">c</p>`, "script"},
		"content over summary": {dewline.Item{Summary: "short", Content: "long"}, "long", "short"},
		"nothing":              {dewline.Item{}, "</small></p>", "<hr>"},
		"too long":             {dewline.Item{Content: long, HTML: dewline.UnsafeHTML(long)}, ` …</p><p><a href="` + base + `/items/`, long},
		"control characters":   {dewline.Item{HTML: "<p>a\x00\x0bb</p>"}, "b</p>", "\x0b"},
	} {
		l := newLedger()
		it := tc.item
		it.Key, it.FirstSeen, it.Changed = briefing(1).Key, day, day
		l.put(it, found, snippet, anti)
		got := parse(t, read(t, publisher(l), "/feeds/anti-missile.atom")).Items[0].Content
		if !strings.Contains(got, tc.want) || strings.Contains(got, tc.not) {
			t.Errorf("%s: %.300s", name, got)
		}
	}
}

func TestEmptyFeedsAreValid(t *testing.T) {
	p := publisher(newLedger())
	for suffix, valid := range checkers {
		doc := read(t, p, "/feeds/pro."+suffix)
		if err := valid(doc); err != nil {
			t.Errorf("%s: %v", suffix, err)
		}
		if again := read(t, publisher(newLedger()), "/feeds/pro."+suffix); again != doc {
			t.Errorf("%s: an empty feed is not the same twice", suffix)
		}
	}
}

func TestTypes(t *testing.T) {
	p := publisher(filled(1))
	for path, want := range map[string]string{
		"/feeds/all.atom":         "application/atom+xml; charset=utf-8",
		"/feeds/anti-missile.rss": "application/rss+xml; charset=utf-8",
		"/feeds/pro.json":         "application/feed+json; charset=utf-8",
		"/feeds.opml":             "text/x-opml; charset=utf-8",
	} {
		if got := ask(p, http.MethodGet, path).Header.Get("Content-Type"); got != want {
			t.Errorf("%s is %s, want %s", path, got, want)
		}
	}
}

func TestOPML(t *testing.T) {
	outlines, skipped, err := dewline.ReadOPML(strings.NewReader(read(t, publisher(newLedger()), "/feeds.opml")))
	if err != nil || len(skipped) > 0 {
		t.Fatal(err, skipped)
	}
	var got []string
	for _, o := range outlines {
		got = append(got, o.Title+" "+o.URL)
	}
	want := []string{"All matches " + base + "/feeds/all.atom", "Anti-missile issue " + base + "/feeds/anti-missile.atom", "ПРО " + base + "/feeds/pro.atom"}
	if !slices.Equal(got, want) {
		t.Errorf("outlines %q, want %q", got, want)
	}
}
