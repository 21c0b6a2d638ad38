package parser

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"dewline"

	"github.com/google/go-cmp/cmp"
)

// mapped reads a sitemap.
func mapped(body, match string) dewline.Parsed {
	return Parse(dewline.Document{
		Body: []byte(body), ContentType: "text/xml", URL: "https://www.mod.example/sitemap.xml",
		Feed: dewline.Feed{Name: "MOD", Sitemap: &dewline.Sitemap{Match: match}},
	})
}

const sitemapStart = `<?xml version="1.0" encoding="gbk"?><?xml-stylesheet href="x.xsl"?><!-- made by hand --><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
 xmlns:news="http://www.google.com/schemas/sitemap-news/0.9" xmlns:image="http://www.google.com/schemas/sitemap-image/1.1" xmlns:xhtml="http://www.w3.org/1999/xhtml">`

const plainSitemap = sitemapStart + `
<url><loc>https://www.mod.example/</loc><priority>1.0</priority></url>
<url><loc> https://www.mod.example/news/latest-releases/anti-missile-talks_open.html?a=1&b=2 </loc><lastmod>2026-11-23T10:00:00+08:00</lastmod><changefreq>daily</changefreq></url>
<url><loc>https://www.mod.example/news/latest-releases/20261122-exercise-north</loc><lastmod>2026-11-22</lastmod>
 <image:image><image:loc>https://www.mod.example/a.jpg</image:loc><image:title>A picture</image:title></image:image><xhtml:link rel="alternate" hreflang="zh" href="https://x.example/"/></url>
<url><loc>https://www.mod.example/news/%E6%96%B0%E9%97%BB-1/</loc></url>
<url><loc>https://www.mod.example/id/4711</loc></url>
<url><loc>javascript:x</loc></url><url></url>
</urlset>`

func TestPlainSitemap(t *testing.T) {
	p := mapped(plainSitemap, "")
	want := []dewline.Item{
		{URL: "https://www.mod.example/", Untitled: true},
		{URL: "https://www.mod.example/news/latest-releases/anti-missile-talks_open.html?a=1&b=2", Title: "anti missile talks open", Untitled: true, Updated: time.Date(2026, 11, 23, 2, 0, 0, 0, time.UTC)},
		{URL: "https://www.mod.example/news/latest-releases/20261122-exercise-north", Title: "exercise north", Untitled: true, Updated: time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)},
		{URL: "https://www.mod.example/news/%E6%96%B0%E9%97%BB-1/", Title: "新闻 1", Untitled: true},
		{URL: "https://www.mod.example/id/4711", Untitled: true},
	}
	got := made(p)
	for i := range got {
		got[i].Key, got[i].Feed, got[i].Updated = dewline.Key{}, dewline.FeedRef{}, got[i].Updated.UTC()
		if got[i].Updated.IsZero() {
			got[i].Updated = time.Time{}
		}
	}
	if diff := cmp.Diff(want, got); diff != "" || p.Status != dewline.StatusOK || p.Format != "sitemap" || p.Rejected[dewline.RejectedBlank] != 2 {
		t.Errorf("status %s %s, %q; -want +got:\n%s", p.Status, p.Detail, p.Format, diff)
	}
}

func TestNewsSitemap(t *testing.T) {
	p := mapped(sitemapStart+`<url><loc>https://www.mod.example/1</loc><news:news><news:publication><news:name>MOD</news:name><news:language>ru</news:language></news:publication>
<news:publication_date>2026-11-23T10:00:00Z</news:publication_date><news:title>Учения &amp; манёвры <![CDATA[<начались>]]></news:title><news:keywords>ПВО, учения</news:keywords></news:news></url></urlset>`, "")
	all := made(p)
	if len(all) != 1 || p.Format != "news sitemap" {
		t.Fatalf("%q: %d items: %s", p.Format, len(all), p.Detail)
	}
	it := all[0]
	if it.Title != "Учения & манёвры <начались>" || it.Untitled || it.Language != "ru" || it.Published.IsZero() || cmp.Diff([]string{"ПВО", "учения"}, it.Categories) != "" {
		t.Errorf("%+v", it)
	}
}

func TestIndexOfSitemaps(t *testing.T) {
	p := mapped(`<sitemapindex xmlns="x"><sitemap><loc>/a.xml</loc><lastmod>2026-11-23</lastmod></sitemap><sitemap><loc>b.xml.gz</loc></sitemap>
<sitemap><loc>/a.xml</loc></sitemap><sitemap><loc>mailto:x</loc></sitemap></sitemapindex>`, "")
	want := []dewline.Part{{URL: "https://www.mod.example/a.xml", LastMod: "2026-11-23", At: time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC)}, {URL: "https://www.mod.example/b.xml.gz"}}
	if diff := cmp.Diff(want, p.Parts); diff != "" || p.Status != dewline.StatusOK {
		t.Errorf("status %s %s; -want +got:\n%s", p.Status, p.Detail, diff)
	}
}

func TestSitemapsThatAreNone(t *testing.T) {
	many := sitemapStart + strings.Repeat("<url><loc>/a</loc></url>", 600_000)
	for name, c := range map[string]struct {
		body, match string
		status      dewline.Status
		detail      string
	}{
		"nothing matches": {plainSitemap, "/press/", dewline.StatusBrokenList, "of the 5 addresses in the sitemap none holds `/press/`"},
		"empty":           {sitemapStart + "</urlset>", "", dewline.StatusEmpty, ""},
		"empty index":     {"<sitemapindex></sitemapindex>", "", dewline.StatusEmpty, ""},
		"a page":          {news(), "", dewline.StatusHTML, "robots.txt"},
		"a feed":          {rssOf(itemA), "", dewline.StatusNotFeed, "remove `sitemap:`"},
		"a wall":          {`<title>Just a moment...</title>`, "", dewline.StatusChallenge, "Cloudflare"},
		"cut":             {plainSitemap[:strings.Index(plainSitemap, "<image:title>")], "", dewline.StatusCut, "the 2 entries before"},
		"misnested":       {sitemapStart + "<url><loc>/a</loc></url><url><loc>/b</url></urlset>", "", dewline.StatusCut, "the 1 entries before"},
		"elements":        {many, "", dewline.StatusHostile, "elements"},
		"nesting":         {sitemapStart + strings.Repeat("<url>", 1<<20), "", dewline.StatusHostile, "nested"},
		"entities":        {`<!DOCTYPE x [<!ENTITY a "bbbbbbb"><!ENTITY c "&a;&a;&a;">]>` + sitemapStart + "<url><loc>/&c;</loc></url></urlset>", "", dewline.StatusOK, ""},
		"long values":     {sitemapStart + "<url><loc>/" + strings.Repeat("x", 1<<20) + "</loc></url></urlset>", "", dewline.StatusEmpty, ""},
	} {
		t.Run(name, func(t *testing.T) {
			p := mapped(c.body, c.match)
			if p.Status != c.status || !strings.Contains(p.Detail, c.detail) {
				t.Errorf("status %s: %s; want %s: …%s…", p.Status, p.Detail, c.status, c.detail)
			}
			checkParsed(t, name, p)
		})
	}
	if p := parse(plainSitemap); p.Status != dewline.StatusNotFeed || !strings.Contains(p.Detail, "sitemap: true") {
		t.Errorf("a sitemap that nobody expects: %s: %s", p.Status, p.Detail)
	}
}

func TestMatch(t *testing.T) {
	for _, c := range []struct {
		pattern, address string
		want             bool
	}{
		{"", "https://x.example", true},
		{"/latest-releases/", "https://x.example/news-and-events/latest-releases/1", true},
		{"/latest-releases/", "https://latest-releases.example/", false},
		{"/news/*/releases/", "https://x.example/news/2026/releases/1", true},
		{"/news/*/releases/", "https://x.example/releases/news/1", false},
		{"/新闻/", "https://x.example/%E6%96%B0%E9%97%BB/1", true},
		{"?id=", "https://x.example/a?id=1", true},
	} {
		if matches(c.pattern, c.address) != c.want {
			t.Errorf("%q in %s: not %v", c.pattern, c.address, c.want)
		}
	}
}

// A later lastmod alone is no new version of an item.
func TestLastmodIsNoVersion(t *testing.T) {
	before, after := mapped(plainSitemap, ""), mapped(strings.ReplaceAll(plainSitemap, "2026-11-2", "2026-12-0"), "")
	for i := range before.Entries {
		a, b := before.Entries[i].Make(), after.Entries[i].Make()
		if a.Key != b.Key || a.TextHash() != b.TextHash() {
			t.Errorf("%s has another key or text", a.URL)
		}
	}
}

// A sitemap as large as the protocol allows is read.
func TestLargeSitemap(t *testing.T) {
	var b strings.Builder
	b.WriteString(sitemapStart)
	for i := range maxAddresses {
		fmt.Fprintf(&b, "<url><loc>https://www.mod.example/news/statement-number-%d</loc><lastmod>2026-11-23</lastmod></url>", i)
	}
	b.WriteString("</urlset>")
	if p := mapped(b.String(), ""); p.Status != dewline.StatusOK || len(p.Entries) != maxAddresses {
		t.Errorf("status %s, %d entries: %s", p.Status, len(p.Entries), p.Detail)
	}
}

func FuzzSitemap(f *testing.F) {
	f.Add([]byte(plainSitemap), "/news/*")
	f.Add([]byte(`<sitemapindex><sitemap><loc>//a.xml</loc><lastmod>2026</lastmod></sitemap>`), "")
	f.Add([]byte(sitemapStart+`<url><loc>http://x/a&b</loc><n:news xmlns:n="x"><n:title><![CDATA[a]]>&#1;</n:title></n:news></url>`), "a")
	f.Fuzz(func(t *testing.T, body []byte, match string) {
		p := mapped(string(body), match)
		checkParsed(t, "sitemap", p)
		for _, part := range p.Parts {
			if !web(part.URL) {
				t.Errorf("part %+v", part)
			}
		}
	})
}
