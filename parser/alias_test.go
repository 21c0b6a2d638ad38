package parser

import (
	"strings"
	"testing"

	"dewline"
)

const aliased = `<item><guid isPermaLink="false">g1</guid><title>Exercise</title><link>http://mod.example/news/1</link>` +
	`<description>&lt;a href="http://mod.example/2"&gt;North&lt;/a&gt;</description><pubDate>Mon, 23 Nov 2026 10:00:00 GMT</pubDate></item>`

func aliasOf(t *testing.T, item string) dewline.Key {
	t.Helper()
	p := parse(rssOf(item))
	if len(p.Entries) != 1 {
		t.Fatalf("%d entries: %s", len(p.Entries), p.Detail)
	}
	return p.Entries[0].Alias()
}

// What publishers change without meaning anything leaves the alias; another page, title or text is
// another one.
func TestAliases(t *testing.T) {
	want := aliasOf(t, aliased)
	if want.IsZero() {
		t.Fatal("no alias")
	}
	for name, pairs := range map[string][]string{
		"another GUID":    {"g1", "g2"},
		"no GUID":         {`<guid isPermaLink="false">g1</guid>`, ""},
		"another date":    {"10:00:00", "11:00:00"},
		"no date":         {"<pubDate>Mon, 23 Nov 2026 10:00:00 GMT</pubDate>", ""},
		"https":           {"http://", "https://"},
		"www":             {"http://", "https://www."},
		"a slash":         {"news/1<", "news/1/<"},
		"a port":          {"mod.example/news", "MOD.example:80/news"},
		"a session":       {"news/1<", "news/1;jsessionid=0A1B?phpsessid=7<"},
		"tracking":        {"news/1<", "news/1?utm_source=x<"},
		"another section": {"</item>", "<category>x</category></item>"},
	} {
		if aliasOf(t, strings.NewReplacer(pairs...).Replace(aliased)) != want {
			t.Errorf("%s: another alias", name)
		}
	}
	for name, pairs := range map[string][]string{
		"page":      {"news/1<", "news/11<"},
		"parameter": {"news/1<", "news/1?id=2<"},
		"fragment":  {"news/1<", "news/1#2<"},
		"host":      {"mod.example/news", "army.mod.example/news"},
		"path":      {"news/1<", "News/1<"},
		"title":     {"Exercise", "Exercise ends"},
		"text":      {"North", "South"},
		"picture":   {"North", "&lt;img src=2&gt;"},
		"place":     {"</description>", "</description><content:encoded>x</content:encoded>"},
	} {
		if aliasOf(t, strings.NewReplacer(pairs...).Replace(aliased)) == want {
			t.Errorf("%s: the same alias", name)
		}
	}
	for name, item := range map[string]string{
		"no link": `<item><guid isPermaLink="false">g</guid><title>x</title></item>`,
		"no word": `<item><guid isPermaLink="false">g</guid><link>http://mod.example/1</link></item>`,
	} {
		if a := aliasOf(t, item); !a.IsZero() {
			t.Errorf("%s: alias %s", name, a)
		}
	}
	whole := rssOf(aliased, strings.Replace(aliased, "g1", "g2", 1))
	cut := parse(whole[:strings.LastIndex(whole, "&gt;North")]).Entries
	if len(cut) != 2 || !cut[1].Partial || !cut[1].Alias().IsZero() {
		t.Errorf("of an entry that was cut: %+v", cut)
	}
}
