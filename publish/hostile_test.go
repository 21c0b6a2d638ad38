package publish

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"dewline"

	"pgregory.net/rapid"
)

var checkers = map[string]func(string) error{"atom": validAtom, "rss": validRSS, "json": validJSON}

var nasty = []string{
	"", " ", "\n\n", "\x00\x01\x1f", "a\x08b", "\xff\xfe cut", "half \xe2\x82", "\uFFFE\uFFFF", "]]>", "<![CDATA[x]]>", "&amp;&#0;&#xD800;",
	"<script>alert(1)</script>", `"><img src=x onerror=alert(1)>`, "</div></content></entry></feed>", "<!-- ", "<?xml version='1.0'?>",
	"שלום \u202e עולם", "القوات المسلحة", "反导系统", "ПРО", "🚀👩‍🚀", "a\u2028b\u2029", "\u00ad\u200b", "{{.}} %s %00", strings.Repeat("tall ", 4000),
}

var nastyLinks = []string{
	"", "javascript:alert(1)", "http://", "https://ex ample.org/", "https://example.org/a b?q=<x> \"y\"|z#f g", "HTTPS://EXAMPLE.org", "//example.org/x",
	"mailto:a@example.org", "https://例え.jp/新聞?頁=一", "https://example.org/%zz", "https://example.org/\xff", "https://example.org/?\xff\xc3", "ftp://example.org/",
	"https://a\"b<c>/", "https://user:pass@example.org:8443/x", "https://[::1]/", "https://example.org/\x00", "data:text/html,x", "https://example.org/?a#b#c",
}

var nastyDates = []time.Time{
	{}, day, time.Unix(0, 0), time.Date(0, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(-44, 3, 15, 0, 0, 0, 0, time.UTC), time.Date(99, 1, 1, 0, 0, 0, 0, time.UTC),
	time.Date(9999, 12, 31, 23, 59, 59, 999999999, time.FixedZone("", -12*3600)), time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(123456, 1, 1, 0, 0, 0, 0, time.UTC),
	time.Date(2099, 1, 1, 0, 0, 0, 0, time.UTC), time.Unix(1<<60, 0), time.Date(1900, 1, 1, 0, 0, 0, 0, time.FixedZone("", 14*3600)), day.In(time.FixedZone("odd", 20700)),
}

func anyText() *rapid.Generator[string] {
	return rapid.OneOf(rapid.SampledFrom(nasty), rapid.String(), rapid.Map(rapid.SliceOfN(rapid.Byte(), 0, 20), func(b []byte) string { return string(b) }))
}

func drawItem(rt *rapid.T, n int) dewline.Item {
	words := anyText()
	lists := rapid.SliceOfN(words, 0, 4)
	links := rapid.OneOf(rapid.SampledFrom(nastyLinks), words)
	dates := rapid.SampledFrom(nastyDates)
	it := briefing(n)
	it.Feed = dewline.FeedRef{Name: words.Draw(rt, "feed"), URL: links.Draw(rt, "feed url"), Tags: lists.Draw(rt, "tags")}
	it.URL, it.Title, it.Summary, it.Content = links.Draw(rt, "url"), words.Draw(rt, "title"), words.Draw(rt, "summary"), words.Draw(rt, "content")
	it.HTML = dewline.UnsafeHTML(words.Draw(rt, "html"))
	it.Authors, it.Categories, it.Language = lists.Draw(rt, "authors"), lists.Draw(rt, "categories"), words.Draw(rt, "language")
	it.Published, it.Updated, it.FirstSeen, it.Changed = dates.Draw(rt, "published"), dates.Draw(rt, "updated"), dates.Draw(rt, "first seen"), dates.Draw(rt, "changed")
	return it
}

func drawHits(rt *rapid.T) []dewline.Hit {
	return rapid.SliceOfN(rapid.Custom(func(rt *rapid.T) dewline.Hit {
		return dewline.Hit{
			Term: anyText().Draw(rt, "term"), Field: anyText().Draw(rt, "field"), Text: anyText().Draw(rt, "text"),
			Start: rapid.Int().Draw(rt, "start"), End: rapid.Int().Draw(rt, "end"),
		}
	}), 0, 3).Draw(rt, "hits")
}

// Whatever a source writes, the feeds are valid.
func TestHostileItemsGiveValidFeeds(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		l := newLedger()
		for n := range rapid.IntRange(0, 3).Draw(rt, "items") {
			rules := []dewline.Rule{{Name: anti.Name, Title: anyText().Draw(rt, "rule title")}, pro}
			l.put(drawItem(rt, n), drawHits(rt), anyText().Draw(rt, "snippet"), rules[:rapid.IntRange(1, 2).Draw(rt, "rules")]...)
		}
		p := New(l, Options{BaseURL: base, Rules: []dewline.Rule{{Name: anti.Name, Title: anyText().Draw(rt, "title")}, pro}})
		for suffix, valid := range checkers {
			for _, name := range []string{all, anti.Name, pro.Name} {
				r := ask(p, http.MethodGet, "/feeds/"+name+"."+suffix)
				if err := valid(body(t, r)); err != nil {
					rt.Fatalf("%s.%s: %v", name, suffix, err)
				}
			}
		}
	})
}

// Each nasty value in each place, so that none depends on chance.
func TestEachNastyValueGivesValidFeeds(t *testing.T) {
	l := newLedger()
	n := 0
	put := func(change func(*dewline.Item)) {
		n++
		it := briefing(n)
		change(&it)
		l.put(it, found, snippet, anti)
	}
	for _, s := range nasty {
		put(func(it *dewline.Item) { it.Title, it.Content, it.Language, it.Feed.Name = s, s, s, s })
		put(func(it *dewline.Item) {
			it.HTML, it.Authors, it.Categories, it.Feed.Tags = dewline.UnsafeHTML(s), []string{s}, []string{s}, []string{s}
		})
	}
	for _, s := range nastyLinks {
		put(func(it *dewline.Item) { it.URL, it.Feed.URL = s, s })
	}
	for _, d := range nastyDates {
		put(func(it *dewline.Item) { it.Published, it.Updated, it.FirstSeen, it.Changed = d, d, d, d })
		put(func(it *dewline.Item) { it.Published = d })
	}
	p := publisher(l)
	for suffix, valid := range checkers {
		for path := "/feeds/anti-missile." + suffix; path != ""; path = nextPage(t, suffix, read(t, p, path)) {
			if err := valid(read(t, p, path)); err != nil {
				t.Errorf("%s: %v", path, err)
			}
		}
	}
}

// The checkers themselves must be able to find a fault.
func TestCheckersFindFaults(t *testing.T) {
	p := publisher(filled(2))
	for suffix, faults := range map[string][][2]string{
		"atom": {
			{"<id>", "<id>not an iri "}, {"<title>Anti-Missile briefing 1</title>", ""}, {"T09:31:00Z</updated>", "</updated>"},
			{"<name>Press Office</name>", "<name></name>"}, {`rel="self"`, `rel="via"`}, {"<source>", "<content/><source>"},
			{entryID(anti.Name, briefing(1).Key), entryID(anti.Name, briefing(2).Key)}, {"&lt;mark&gt;", "&lt;script&gt;"},
			{`xml:lang="en-GB"`, `xml:lang="English!"`}, {"first paragraph", "first \x01 paragraph"},
		},
		"rss": {
			{`isPermaLink="false"`, `isPermaLink="true"`}, {"+0000</pubDate>", "GMT</pubDate>"}, {"<ttl>5", "<ttl>soon"},
			{`version="2.0"`, `version="0.91"`}, {"<link>https://www.gov.uk", "<link>www.gov.uk"}, {`url="https`, `url="&lt;`},
		},
		"json": {
			{"version/1.1", "version/1"}, {`"items"`, `"entries"`}, {`"authors"`, `"author"`}, {`"date_published":"2026-`, `"date_published":"26-`},
			{`"url":"https:`, `"url":"`}, {"<mark>", "<mark onclick=x>"}, {`"_dewline"`, `"dewline"`},
		},
	} {
		good := read(t, p, "/feeds/anti-missile."+suffix)
		if err := checkers[suffix](good); err != nil {
			t.Fatal(err)
		}
		for _, f := range faults {
			bad := strings.ReplaceAll(good, f[0], f[1])
			if bad == good {
				t.Errorf("%s: %q does not occur in\n%s", suffix, f[0], good)
			} else if checkers[suffix](bad) == nil {
				t.Errorf("%s: %q for %q is not found", suffix, f[1], f[0])
			}
		}
	}
}

func TestWebLink(t *testing.T) {
	for in, want := range map[string]string{
		"https://example.org/a b?q=<x> y|z": "https://example.org/a%20b?q=%3Cx%3E%20y%7Cz",
		"HTTPS://EXAMPLE.org":               "https://EXAMPLE.org",
		" https://example.org/%E6%96%B0 ":   "https://example.org/%E6%96%B0",
		"https://例え.jp/新聞?頁=一":              "https://xn--r8jz45g.jp/%E6%96%B0%E8%81%9E?%E9%A0%81=%E4%B8%80",
		"javascript:alert(1)":               "",
		"/relative":                         "",
		"https://a\"b/":                     "",
	} {
		if got := webLink(in); got != want {
			t.Errorf("webLink(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestDates(t *testing.T) {
	for _, tc := range []struct {
		in   []time.Time
		want time.Time
	}{
		{[]time.Time{day}, day},
		{[]time.Time{{}, day}, day},
		{[]time.Time{time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC), day}, day},
		{[]time.Time{time.Date(2099, 1, 1, 0, 0, 0, 0, time.UTC), day}, time.Date(2099, 1, 1, 0, 0, 0, 0, time.UTC)},
		{[]time.Time{time.Date(9999, 12, 31, 23, 0, 0, 0, time.FixedZone("", -3600*2)), day}, day},
		{nil, nothingYet},
	} {
		if got := date(tc.in...); !got.Equal(tc.want) {
			t.Errorf("date(%v) = %v, want %v", fmt.Sprint(tc.in), got, tc.want)
		}
	}
}
