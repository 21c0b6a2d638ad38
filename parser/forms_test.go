package parser

import (
	"encoding/base64"
	"slices"
	"strings"
	"testing"
	"time"

	"dewline"
)

// Forms in which feeds write what they say, and the item that each must yield.
func TestForms(t *testing.T) {
	base := base64.StdEncoding.EncodeToString
	for name, c := range map[string]struct {
		body string
		want dewline.Item
	}{
		"XHTML in RSS keeps its order": {
			rssOf(`<item><title>x</title><body xmlns="http://www.w3.org/1999/xhtml"><p>One <b>two</b> three</p> four &amp; <i>f&lt;ive</i><script>six</script></body></item>`),
			dewline.Item{Title: "x", Summary: "One two three\n\nfour & f<ive"}},
		"XHTML with a prefix nobody declared": {
			rssOf(`<item><title>x</title><xhtml:div>One <b>two <![CDATA[<i>& three]]></b> <!-- -- ]]> --> four<br></xhtml:div></item>`),
			dewline.Item{Title: "x", Summary: "One two <i>& three four"}},
		"a text behind CDATA's end": {
			rssOf(`<item><title>x</title><fullitem>a <b title="]]>">b</b> ]]> c</fullitem></item>`),
			dewline.Item{Title: "x", Summary: "a b ]]> c"}},
		"a section before the first element": {
			rssOf(`<item><title>x</title><body><![CDATA[a <b>]]> b <i>c</i> <![CDATA[d]]></body></item>`),
			dewline.Item{Title: "x", Summary: "a b c d"}},
		"media in an item is none of its text": {
			rssOf(`<item><title>x</title><media:content><media:description>caption</media:description></media:content></item>`),
			dewline.Item{Title: "x", Summary: "caption"}},
		"base64, by mode": {
			atomOf(`<entry><title type="text/html" mode="base64">` + base([]byte("<b>a</b> &lt; b")) + `</title><content mode="base64" type="text/plain">` + "\n" + base([]byte("c & d")) + `</content></entry>`),
			dewline.Item{Title: "a < b", Content: "c & d"}},
		"base64, by type": {
			atomOf(`<entry><title>x</title><summary type="application/octet-stream">` + base([]byte("a")) + `</summary><content type="image/png">` + base([]byte("\x89PNG\xff")) + `</content></entry>`),
			dewline.Item{Title: "x", Summary: "a"}},
		"base64 that is none": {
			atomOf(`<entry><title mode="base64">THAAD!</title></entry>`),
			dewline.Item{Title: "THAAD!"}},
		"an entity of the DOCTYPE": {
			`<!DOCTYPE rss [<!ENTITY mod "Ministry &#38; Defence <b>"><!ENTITY twice "&mod;">]>` + rssOf(`<item><title>&mod; &twice; &eacute;</title></item>`),
			dewline.Item{Title: "Ministry & Defence &twice; é"}},
		"name spaces written otherwise": {
			`<rss version="2.0" xmlns:d="https://purl.org/dc/elements/1.1" xmlns:c="http://purl.org/rss/1.0/modules/Content"><channel><item><title>x</title><d:creator>Ann Lee</d:creator><c:encoded>long</c:encoded></item></channel></rss>`,
			dewline.Item{Title: "x", Summary: "long", Authors: []string{"Ann Lee"}}},
		"categories of media and podcasts": {
			`<rss version="2.0" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" xmlns:media="http://search.yahoo.com/mrss/"><channel><item><title>x</title>` +
				`<media:category label="Navy">n</media:category><itunes:category text="Arms"><itunes:category text="Missiles"/></itunes:category><itunes:keywords>a, b</itunes:keywords></item></channel></rss>`,
			dewline.Item{Title: "x", Categories: []string{"Navy", "Arms", "Missiles", "a", "b"}}},
		"the language of the text": {
			atomOf(`<entry xml:lang="en"><summary xml:lang="fr">a</summary><content xml:lang="ko">b</content><title xml:lang="de">x</title></entry>`),
			dewline.Item{Title: "x", Summary: "a", Content: "b", Language: "ko"}},
		"the language of the item, whose text has no other": {
			atomOf(`<entry xml:lang="en"><title xml:lang="de">x</title><content>b</content></entry>`),
			dewline.Item{Title: "x", Content: "b", Language: "en"}},
		"Atom 0.3's date of creation": {
			`<feed version="0.3" xmlns="http://purl.org/atom/ns#"><entry><title>x</title><created>2026-11-23T10:00:00Z</created></entry></feed>`,
			dewline.Item{Title: "x", Published: time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC)}},
		"CDF": {
			`<CHANNEL HREF="http://x.example/"><ITEM HREF="1" LASTMOD="2026-11-23T10:00Z"><TITLE>x</TITLE><ABSTRACT>a</ABSTRACT></ITEM></CHANNEL>`,
			dewline.Item{GUID: "1", URL: "https://www.mod.example/news/1", Title: "x", Summary: "a", Updated: time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC)}},
	} {
		it := items(t, c.body)[0]
		it.Key, it.Feed, it.HTML = dewline.Key{}, dewline.FeedRef{}, ""
		if it.GUID != c.want.GUID || it.URL != c.want.URL || it.Title != c.want.Title || it.Summary != c.want.Summary || it.Content != c.want.Content ||
			it.Language != c.want.Language || !it.Updated.Equal(c.want.Updated) || !it.Published.Equal(c.want.Published) || !slices.Equal(it.Authors, c.want.Authors) || !slices.Equal(it.Categories, c.want.Categories) {
			t.Errorf("%s:\n%+v, want\n%+v", name, it, c.want)
		}
	}
}

// An item that was not closed does not swallow the next one; what an extension holds is no item.
func TestUnclosedItems(t *testing.T) {
	for name, c := range map[string]struct {
		body string
		want []string
	}{
		"RSS":             {rssOf(`<item><title>a</title><item><title>b</title><link>http://x.example/b</link><item><title>c</title></item>`), []string{"a", "b", "c"}},
		"Atom":            {atomOf(`<entry><title>a</title><entry><title>b</title></entry>`), []string{"a", "b"}},
		"in an element":   {rssOf(`<item><title>a</title><description>text<item><title>b</title></item>`), []string{"a", "b"}},
		"another version": {rssOf(`<item><sx:sync><item><title>b</title></item></sx:sync><title>a</title></item>`), []string{"a"}},
	} {
		var got []string
		for _, it := range items(t, c.body) {
			got = append(got, it.Title)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

// Whatever an entry holds, if it holds anything it is an item.
func TestBareEntries(t *testing.T) {
	for _, inner := range []string{
		`<guid>1</guid>`, `<link>http://x.example/1</link>`, `<title>x</title>`, `<description>x</description>`, `<author>Ann Lee</author>`,
		`<category>Navy</category>`, `<pubDate>Mon, 23 Nov 2026 10:00:00 GMT</pubDate>`, `<pubDate>last week</pubDate>`,
	} {
		if got := items(t, rssOf(`<item>`+inner+`</item>`)); len(got) != 1 {
			t.Errorf("%s is no item", inner)
		}
	}
	for _, inner := range []string{``, `<guid> </guid>`, `<title>&amp;nbsp;</title>`, `<author/><category> </category><pubDate/>`, `<comments>http://x.example/1</comments>`} {
		if got := made(parse(rssOf(`<item>` + inner + `</item>`))); len(got) != 0 {
			t.Errorf("%s is an item: %+v", inner, got[0])
		}
	}
}

// What a feed says of itself, whatever its format.
func TestFeedsOfThemselves(t *testing.T) {
	day := time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC)
	full := dewline.Parsed{Title: "MOD & forces", Link: "https://x.example/", Language: "en", Description: "All news", Authors: []string{"Ann Lee"}, Categories: []string{"Navy"}, Updated: day}
	for name, c := range map[string]struct {
		body string
		id   string
	}{
		"RSS": {`<rss version="2.0"><channel><title>MOD &amp;amp; forces</title><link>https://x.example/</link><language>en</language><description>&lt;p>All news&lt;/p></description>` +
			`<managingEditor>a@x.example (Ann Lee)</managingEditor><category>Navy</category><lastBuildDate>Mon, 23 Nov 2026 10:00:00 GMT</lastBuildDate></channel></rss>`, ""},
		"RSS, an author": {`<rss version="2.0"><channel><title>MOD &amp;amp; forces</title><link>https://x.example/</link><language>en</language><itunes:summary>All news</itunes:summary>` +
			`<author>Ann Lee</author><itunes:category text="Navy"/><dc:date>2026-11-23T10:00:00Z</dc:date></channel></rss>`, ""},
		"RDF": {`<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="https://x.example/rss">` +
			`<title>MOD &amp;amp; forces</title><link>https://x.example/</link><dc:language>en</dc:language><description>All news</description><dc:creator>Ann Lee</dc:creator><dc:subject>Navy</dc:subject>` +
			`<dc:date>2026-11-23T10:00:00Z</dc:date></channel></rdf:RDF>`, "https://x.example/rss"},
		"Atom": {`<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><id>urn:1</id><title>MOD &amp; forces</title><link href="https://x.example/"/><subtitle>All news</subtitle>` +
			`<author><name>Ann Lee</name></author><category term="Navy"/><updated>2026-11-23T10:00:00Z</updated></feed>`, "urn:1"},
	} {
		p := parse(c.body)
		got := dewline.Parsed{Title: p.Title, Link: p.Link, Language: p.Language, Description: p.Description, Updated: p.Updated.UTC()}
		if got.Title != full.Title || got.Link != full.Link || got.Language != full.Language || got.Description != full.Description || !got.Updated.Equal(day) ||
			!slices.Equal(p.Authors, full.Authors) || !slices.Equal(p.Categories, full.Categories) || p.ID != c.id {
			t.Errorf("%s: %+v", name, p)
		}
	}
	p := parse(`{"version": "https://jsonfeed.org/version/1.1", "title": "MOD", "description": "All news", "authors": [{"name": "Ann Lee"}], "items": []}`)
	if p.Description != "All news" || strings.Join(p.Authors, "") != "Ann Lee" {
		t.Errorf("JSON: %+v", p)
	}
}
