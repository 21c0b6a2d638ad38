package parser

import (
	"strings"
	"testing"

	"dewline"
)

const alike = `<item><guid isPermaLink="false">g1</guid><title>Exercise</title><link>http://mod.example/news/1</link>` +
	`<description>&lt;a href="http://mod.example/2"&gt;North&lt;/a&gt;</description><pubDate>Mon, 23 Nov 2026 10:00:00 GMT</pubDate></item>`

func likenessOf(t *testing.T, item string) dewline.Likeness {
	t.Helper()
	p := parse(rssOf(item))
	if len(p.Entries) != 1 {
		t.Fatalf("%d entries: %s", len(p.Entries), p.Detail)
	}
	return p.Entries[0].Likeness()
}

// What publishers change without meaning anything leaves the likeness; another page, title or text is
// another one.
func TestLikeness(t *testing.T) {
	want := likenessOf(t, alike)
	if want.Page.IsZero() {
		t.Fatal("no likeness")
	}
	for name, pairs := range map[string][]string{
		"another GUID":    {"g1", "g2"},
		"no GUID":         {`<guid isPermaLink="false">g1</guid>`, ""},
		"https":           {"http://", "https://"},
		"www":             {"http://", "https://www."},
		"a slash":         {"news/1<", "news/1/<"},
		"a port":          {"mod.example/news", "MOD.example:80/news"},
		"a session":       {"news/1<", "news/1;jsessionid=0A1B?phpsessid=7<"},
		"a token":         {"news/1<", "news/1?sid=4f2a9c<"},
		"a time":          {"news/1<", "news/1?t=1764025187&amp;_=0.3324<"},
		"tracking":        {"news/1<", "news/1?utm_source=x<"},
		"title's mark-up": {"Exercise", "&lt;b&gt;Exercise&lt;/b&gt;"},
		"another section": {"</item>", "<category>x</category></item>"},
	} {
		if likenessOf(t, strings.NewReplacer(pairs...).Replace(alike)) != want {
			t.Errorf("%s: another likeness", name)
		}
	}
	for name, pairs := range map[string][]string{
		"page":      {"news/1<", "news/11<"},
		"parameter": {"news/1<", "news/1?id=2<"},
		"a long id": {"news/1<", "news/1?id=1764025187<"},
		"a topic":   {"news/1<", "news/1?t=12&amp;sid=7<"},
		"date":      {"10:00:00", "11:00:00"},
		"no date":   {"<pubDate>Mon, 23 Nov 2026 10:00:00 GMT</pubDate>", ""},
		"fragment":  {"news/1<", "news/1#2<"},
		"host":      {"mod.example/news", "army.mod.example/news"},
		"path":      {"news/1<", "News/1<"},
		"title":     {"Exercise", "Exercise ends"},
		"text":      {"North", "South"},
		"picture":   {"North", "&lt;img src=2&gt;"},
		"place":     {"</description>", "</description><content:encoded>x</content:encoded>"},
	} {
		if likenessOf(t, strings.NewReplacer(pairs...).Replace(alike)) == want {
			t.Errorf("%s: the same likeness", name)
		}
	}
	for name, item := range map[string]string{
		"no link": `<item><guid isPermaLink="false">g</guid><title>x</title></item>`,
		"no word": `<item><guid isPermaLink="false">g</guid><link>http://mod.example/1</link></item>`,
	} {
		if a := likenessOf(t, item); !a.Page.IsZero() {
			t.Errorf("%s: likeness %v", name, a)
		}
	}
	whole := rssOf(alike, strings.Replace(alike, "g1", "g2", 1))
	cut := parse(whole[:strings.LastIndex(whole, "&gt;North")]).Entries
	if len(cut) != 2 || !cut[1].Partial || !cut[1].Likeness().Page.IsZero() {
		t.Errorf("of an entry that was cut: %+v", cut)
	}
}
