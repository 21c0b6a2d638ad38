package parser

import (
	"fmt"
	"strings"
	"testing"

	"dewline"
)

// read parses a document as it might be served at this address.
func parse(body string) dewline.Parsed {
	return Parse(dewline.Document{
		Body: []byte(body), ContentType: "application/xml", URL: "https://www.mod.example/news/feed.xml", Feed: dewline.Feed{Name: "MOD"},
	})
}

// items makes the items of a document that must be well.
func items(t *testing.T, body string) []dewline.Item {
	t.Helper()
	p := parse(body)
	if p.Status != dewline.StatusOK {
		t.Fatalf("status %s (%s) of %s", p.Status, p.Detail, body)
	}
	return made(p)
}

func made(p dewline.Parsed) []dewline.Item {
	var all []dewline.Item
	for _, e := range p.Entries {
		all = append(all, e.Make())
	}
	return all
}

// rssOf is an RSS document with these items.
func rssOf(items ...string) string {
	return `<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>MOD</title><link>https://www.mod.example/</link>` +
		strings.Join(items, "") + `</channel></rss>`
}

// atomOf is an Atom document with these entries.
func atomOf(entries ...string) string {
	return `<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>MOD</title><id>urn:mod</id>` +
		`<updated>2026-11-23T10:00:00Z</updated><link href="https://www.mod.example/"/>` + strings.Join(entries, "") + `</feed>`
}

const (
	itemA = `<item><title>Exercise begins</title><link>https://www.mod.example/a</link><guid isPermaLink="false">a</guid><description>North</description></item>`
	itemB = `<item><title>Exercise ends</title><link>https://www.mod.example/b</link><guid isPermaLink="false">b</guid><description>South</description></item>`
)

func TestEveryBodyHasItsStatus(t *testing.T) {
	for name, c := range map[string]struct {
		body   string
		status dewline.Status
		detail string // a part of it
	}{
		"RSS":                    {rssOf(itemA), dewline.StatusOK, ""},
		"Atom":                   {atomOf(`<entry><id>urn:1</id><title>x</title></entry>`), dewline.StatusOK, ""},
		"a channel alone":        {`<channel><title>MOD</title>` + itemA + `</channel>`, dewline.StatusOK, ""},
		"a server's warning":     {"<b>Warning</b>: mysql_connect() in /www/db.php\n" + rssOf(itemA), dewline.StatusOK, ""},
		"blank lines in front":   {"\n\n \n" + rssOf(itemA), dewline.StatusOK, ""},
		"a root of no name":      {`<a:b:rss><![CDATA[x]]><item/></a:b:rss>`, dewline.StatusMalformed, "RSS"},
		"junk behind":            {rssOf(itemA) + "<!-- 0.3 s --><script>x</script>", dewline.StatusOK, ""},
		"an empty body":          {"", dewline.StatusNotFeed, "empty"},
		"white space":            {" \r\n\t", dewline.StatusNotFeed, "empty"},
		"an empty channel":       {rssOf(), dewline.StatusEmpty, "without a single entry"},
		"an empty Atom feed":     {atomOf(), dewline.StatusEmpty, "without a single entry"},
		"a comment in RSS":       {`<rss version="2.0"><!-- no such feed --></rss>`, dewline.StatusEmpty, "without a single entry"},
		"blank entries only":     {rssOf(`<item></item>`, `<item><title> </title></item>`), dewline.StatusEmpty, "without a single entry"},
		"a page":                 {`<!DOCTYPE html><html><head><title>News</title></head><body>No feed</body></html>`, dewline.StatusHTML, "advertises no feed"},
		"XHTML":                  {`<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><body/></html>`, dewline.StatusHTML, "web page"},
		"a page with a drawing":  {`<html><body><svg><metadata><rdf:RDF></rdf:RDF></metadata></svg></body></html>`, dewline.StatusHTML, "web page"},
		"a bot wall":             {`<html><head><title>Just a moment...</title></head><body><script>window._cf_chl_opt={}</script></body></html>`, dewline.StatusChallenge, "Cloudflare"},
		"another bot wall":       {`<html><body><script src="/_Incapsula_Resource?x"></script></body></html>`, dewline.StatusChallenge, "Imperva"},
		"an article on walls":    {`<html><body>` + strings.Repeat("<p>How px-captcha works is explained here.</p>", 60) + `</body></html>`, dewline.StatusHTML, "web page"},
		"an error in JSON":       {`{"error": "not found", "code": 404}`, dewline.StatusNotFeed, "no JSON Feed"},
		"a list in JSON":         {`[1, 2]`, dewline.StatusNotFeed, "JSON list"},
		"a sitemap":              {`<?xml version="1.0"?><urlset><url><loc>https://x.example/</loc></url></urlset>`, dewline.StatusNotFeed, "sitemap: true"},
		"plain text":             {"Service temporarily unavailable", dewline.StatusNotFeed, "no feed"},
		"binary":                 {"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", dewline.StatusNotFeed, "no feed"},
		"a broken JSON Feed":     {`{"version": "https://jsonfeed.org/version/1.1", "items": [{"id": 1}, nonsense`, dewline.StatusCut, "in the middle"},
		"a JSON Feed cut early":  {`{"version": "https://jsonfeed.org/version/1.1", "items": [{"id": "1", "ti`, dewline.StatusCut, "in the middle"},
		"RSS cut in its root":    {`<?xml version="1.0"?><rss version="2.0" xmlns:a="u`, dewline.StatusCut, "in the middle"},
		"Atom cut in its root":   {`<feed xmlns="http://www.w3.org`, dewline.StatusCut, "in the middle"},
		"a JSON Feed of no JSON": {`{"version": "https://jsonfeed.org/version/1.1", "items": nonsense}`, dewline.StatusMalformed, "JSON Feed"},
		"an empty JSON Feed":     {`{"version": "https://jsonfeed.org/version/1.1", "items": []}`, dewline.StatusEmpty, "without a single entry"},
	} {
		t.Run(name, func(t *testing.T) {
			p := parse(c.body)
			if p.Status != c.status || !strings.Contains(p.Detail, c.detail) {
				t.Errorf("status %s: %q; want %s: …%s…", p.Status, p.Detail, c.status, c.detail)
			}
			checkParsed(t, name, p)
		})
	}
}

func TestFormatsAreNamed(t *testing.T) {
	for format, body := range map[string]string{
		"RSS 2.0":        rssOf("<item><title>x</title></item>"),
		"RSS 0.91":       `<rss version="0.91"><channel><item><title>x</title></item></channel></rss>`,
		"Atom 1.0":       atomOf(`<entry><title>x</title></entry>`),
		"Atom 0.3":       `<feed version="0.3" xmlns="http://purl.org/atom/ns#"><entry><title>x</title></entry></feed>`,
		"RSS 1.0 (RDF)":  `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"><channel/><item rdf:about="https://x.example/1"><title>x</title></item></rdf:RDF>`,
		"RSS 0.90 (RDF)": `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://my.netscape.com/rdf/simple/0.9/"><channel/><item><title>x</title></item></rdf:RDF>`,
		"JSON Feed 1.1":  `{"version": "https://jsonfeed.org/version/1.1", "items": [{"id": "1", "title": "x"}]}`,
		"JSON Feed 1":    `{"version": "https://jsonfeed.org/version/1", "items": [{"id": "1", "title": "x"}]}`,
	} {
		if p := parse(body); p.Format != format || p.Status != dewline.StatusOK || len(p.Entries) != 1 || p.Entries[0].Make().Title != "x" {
			t.Errorf("format %q, status %s, %d entries; want %s", p.Format, p.Status, len(p.Entries), format)
		}
	}
}

// What is not well-formed in daily use is read all the same.
func TestMending(t *testing.T) {
	for name, item := range map[string]string{
		"raw ampersands":         `<item><title>R&D & Q&A: AT&T</title><link>https://x.example/?a=1&b=2</link></item>`,
		"an undeclared prefix":   `<item><title>R&amp;D &amp; Q&amp;A: AT&amp;T</title><link>https://x.example/?a=1&amp;b=2</link><nato:code>1</nato:code></item>`,
		"an unclosed element":    `<item><title>R&amp;D &amp; Q&amp;A: AT&amp;T</title><link>https://x.example/?a=1&amp;b=2</link><description>x</item>`,
		"a stray end tag":        `<item></b><title>R&amp;D &amp; Q&amp;A: AT&amp;T</title></i><link>https://x.example/?a=1&amp;b=2</link></item>`,
		"a duplicate attribute":  `<item><title type="text" type="text">R&amp;D &amp; Q&amp;A: AT&amp;T</title><link>https://x.example/?a=1&amp;b=2</link></item>`,
		"attributes unquoted":    `<item><title type=text>R&amp;D &amp; Q&amp;A: AT&amp;T</title><link nofollow>https://x.example/?a=1&amp;b=2</link></item>`,
		"control characters":     "<item><title>R&amp;D \x01&amp;\x0b Q&amp;A:\x1f AT&amp;T\x00</title><link>https://x.example/?a=1&amp;b=2</link></item>",
		"references to controls": `<item><title>R&amp;D &#1;&amp;&#x1F; Q&amp;A: AT&amp;T&#0;&#xFFFF;</title><link>https://x.example/?a=1&amp;b=2</link></item>`,
		"other case at the end":  `<item><title>R&amp;D &amp; Q&amp;A: AT&amp;T</TITLE><link>https://x.example/?a=1&amp;b=2</link></ITEM>`,
		"a bad comment":          `<item><!-- a -- b --><title>R&amp;D &amp; Q&amp;A: AT&amp;T</title><!----><link>https://x.example/?a=1&amp;b=2</link></item>`,
		"CDATA":                  `<item><title><![CDATA[R&D & Q&A: AT&T]]></title><link><![CDATA[https://x.example/?a=1&b=2]]></link></item>`,
		"HTML entities":          `<item><title>R&amp;D&nbsp;&amp; Q&amp;A: AT&amp;T</title><link>https://x.example/?a=1&amp;b=2</link></item>`,
	} {
		t.Run(name, func(t *testing.T) {
			got := items(t, rssOf(item, itemB))
			if len(got) != 2 {
				t.Fatalf("%d items", len(got))
			}
			if got[0].Title != "R&D & Q&A: AT&T" || got[0].URL != "https://x.example/?a=1&b=2" || got[1].Title != "Exercise ends" {
				t.Errorf("title %q, link %q, second %q", got[0].Title, got[0].URL, got[1].Title)
			}
		})
	}
}

func TestUnknownEntitiesStand(t *testing.T) {
	for in, want := range map[string]string{
		`1 &lt; 2 &amp;gt; 0`:  "1 < 2 > 0",
		`caf&eacute; &hellip;`: "café …",
		`x &unknown; y`:        "x &unknown; y",
		`&#8220;q&#8221;`:      "“q”",
		`don&#146;t`:           "don’t",
		`1 < 2`:                "1 < 2",
	} {
		if got := items(t, rssOf("<item><title>"+in+"</title></item>")); got[0].Title != want {
			t.Errorf("%s is %q, want %q", in, got[0].Title, want)
		}
	}
}

// A document cut anywhere gives the items before the cut, and says that it was cut.
func TestCutAtEveryByte(t *testing.T) {
	for name, c := range map[string]struct{ whole, closing string }{
		"RSS":  {rssOf(itemA, itemB), "</item>"},
		"Atom": {atomOf(`<entry><id>urn:1</id><title>x</title><content type="html">&lt;p>y</content></entry>`, `<entry><id>urn:2</id><title>z</title></entry>`), "</entry>"},
		"RDF": {`<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"><channel/>` +
			`<item rdf:about="https://x.example/1"><title>x</title></item><item rdf:about="https://x.example/2"><title><![CDATA[y]]></title></item></rdf:RDF>`, "</item>"},
		"JSON": {`{"version": "https://jsonfeed.org/version/1.1", "items": [{"id": "1", "title": "x \"[{"}, {"id": "2", "tags": ["a"], "title": "y"}], "title": "after"}`, "},"},
	} {
		t.Run(name, func(t *testing.T) {
			whole := parse(c.whole)
			if len(whole.Entries) != 2 {
				t.Fatalf("%d entries in the whole document, %s", len(whole.Entries), whole.Detail)
			}
			for n := range len(c.whole) {
				p := parse(c.whole[:n])
				checkParsed(t, fmt.Sprintf("cut at %d", n), p)
				before := strings.Count(c.whole[:n], c.closing)
				if len(p.Entries) < before {
					t.Fatalf("cut at %d: %d entries of the %d before the cut; %s", n, len(p.Entries), before, p.Detail)
				}
				if before > 0 && p.Status != dewline.StatusCut {
					t.Fatalf("cut at %d: status %s: %s", n, p.Status, p.Detail)
				}
				for i, e := range p.Entries {
					if e.Key != whole.Entries[i].Key {
						t.Fatalf("cut at %d: entry %d has another identity than in the whole document: %+v", n, i, e.Make())
					}
					if e.Partial != (i >= before && e.Fingerprint != whole.Entries[i].Fingerprint) && i < before {
						t.Fatalf("cut at %d: entry %d is partial %v", n, i, e.Partial)
					}
				}
			}
		})
	}
}

// The entry at the cut counts where what is left of it identifies it for certain.
func TestTheEntryAtTheCut(t *testing.T) {
	noGUID := `<item><title>x</title><link>https://x.example/1</link></item>`
	for name, c := range map[string]struct {
		cut     string
		partial string // the title of the partial item; empty if there is none
	}{
		"the GUID came":             {rssOf(itemA, `<item><guid>b</guid><title>y</title><link>https://x.example/2</link><description>half`), "y"},
		"the GUID may follow":       {rssOf(itemA, `<item><title>y</title><link>https://x.example/2</link><description>half`), ""},
		"nobody has a GUID":         {rssOf(noGUID, `<item><title>y</title><link>https://x.example/2</link><description>half`), "y"},
		"the first, without GUID":   {rssOf(`<item><title>y</title><link>https://x.example/2</link><description>half`), ""},
		"one GUID on all":           {rssOf(`<item><guid>1</guid><title>v</title></item><item><guid>1</guid><title>w</title></item>`, `<item><guid>1</guid><title>y</title><description>half`), ""},
		"the whole one came before": {rssOf(itemA, `<item><guid>a</guid><title>y</title><description>half`), ""},
		"a half title is no title":  {rssOf(itemA, `<item><guid>b</guid><link>https://x.example/2</link><description>d</description><title>anti-mis`), "-"},
	} {
		t.Run(name, func(t *testing.T) {
			body, _, _ := strings.Cut(c.cut, "</channel>")
			p := parse(body)
			if p.Status != dewline.StatusCut {
				t.Fatalf("status %s", p.Status)
			}
			got := ""
			for _, e := range p.Entries {
				if e.Partial {
					got = e.Make().Title
					if got == "" {
						got = "-"
					}
					if it := e.Make(); strings.Contains(it.Summary, "half") {
						t.Errorf("half an element is part of the item: %+v", it)
					}
				}
			}
			if got != c.partial {
				t.Errorf("partial item %q, want %q", got, c.partial)
			}
		})
	}
}
