package parser

import (
	"bytes"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"dewline"
)

func FuzzParse(f *testing.F) {
	for _, seed := range []string{
		rssOf(itemA, itemB), atomOf(`<entry xml:base="a/"><id>urn:1</id><title type="html">&lt;b></title><link href="1"/></entry>`),
		`<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><item rdf:about="1"><title><![CDATA[x]]></title></item>`,
		`{"version": "https://jsonfeed.org/version/1", "items": [null, {"id": 1, "authors": [null], "content_html": "<p>", "url": "%"}]}`,
		`<!DOCTYPE html><title>Just a moment...</title><link rel=alternate type=text/xml href=x>`,
		"\xFF\xFE<\x00r\x00s\x00s\x00>\x00", `<channel><item><title>&#1;` + "\x80", `<!DOCTYPE rss [<!ENTITY a "b">]><rss a=b a=c xmlns:x="y"><item/></x:item>`,
		`<rss xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><item><dc:creator>a<b/></dc:creator><pubDate>1 янв 26</pubDate></item><item><guid>1`,
		rssOf(`<item><title>Ã©Ã©Ã©</title><link>javascript:x</link><guid>x#2026-11-23</guid></item>`),
	} {
		f.Add([]byte(seed), "text/xml; charset=windows-1251")
		f.Add([]byte(seed), "")
	}
	f.Fuzz(holds)
}

// holds holds what the parser promises of every document, and that reading is repeatable.
func holds(t *testing.T, body []byte, contentType string) {
	before := bytes.Clone(body)
	p := Parse(dewline.Document{Body: body, ContentType: contentType, URL: "https://x.example/a/b", Feed: dewline.Feed{Name: "x"}})
	checkParsed(t, "document", p)
	again := Parse(dewline.Document{Body: body, ContentType: contentType, URL: "https://x.example/a/b", Feed: dewline.Feed{Name: "x"}})
	for i, e := range p.Entries {
		if again.Entries[i].Key != e.Key || again.Entries[i].Fingerprint != e.Fingerprint {
			t.Errorf("entry %d has another key or fingerprint the second time", i)
		}
	}
	if !bytes.Equal(before, body) {
		t.Error("reading the document changed it")
	}
	for _, l := range p.Advertised {
		if !web(l.URL) || foul("title", l.Title) != "" {
			t.Errorf("advertised %+v", l)
		}
	}
	for name, s := range map[string]string{
		"title": p.Title, "url": p.Link, "language": p.Language, "authors": strings.Join(p.Authors, ""), "categories": strings.Join(p.Categories, ""),
	} {
		if bad := foul(name, s); bad != "" {
			t.Errorf("the feed's %s has %s: %q", name, bad, s)
		}
	}
	if !utf8.ValidString(p.Detail) || !utf8.ValidString(p.Charset) {
		t.Errorf("detail %q, charset %q", p.Detail, p.Charset)
	}
}

func FuzzText(f *testing.F) {
	for _, seed := range []string{"<p>a</p>b", "a\n\nb", "<br><br>", "&#150;&nbsp;&amp", "<script>", "<noscript>a", "a<b", "<iframe/>x", "\xff\x85\u0085", "<![CDATA[x]]>"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		text := Text(s)
		if bad := foul("content", text); bad != "" {
			t.Errorf("the text of %q has %s: %q", s, bad, text)
		}
		if got := plain(text); got != text {
			t.Errorf("the text of %q is %q, and the text of that is %q", s, text, got)
		}
		if bad := foul("title", line(s)); bad != "" {
			t.Errorf("the line of %q has %s: %q", s, bad, line(s))
		}
	})
}

func FuzzDate(f *testing.F) {
	for _, seed := range []string{"Mon, 23 Nov 2026 10:00:00 +0300", "2026-11-23T10:00:00.5Z", "23 ноября 2026", "2026年11月23日", "1/2/3", "12h30 pm 1 jan 70 gmt+3", "9999-12-31T23:59:59-12:00",
		"发布时间：令和8年11月23日 下午3:05", "۲ آذر ۱۴۰۵ - ۱۰:۱۵", "10:15, 23. Nov '26 um 3 p. m. (GMT+3)", "2026-W48-1T1000", "23 تشرين الثاني/نوفمبر 2026"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got, ok := date(s)
		for _, language := range []string{"", "de", "fa"} {
			if found, hasTime, ok := findDate(s, language); !ok && (hasTime || !found.IsZero()) || ok && !inRange(found) {
				t.Errorf("in %q is %v, %v, %v", s, found, hasTime, ok)
			}
		}
		if !ok {
			if !got.IsZero() {
				t.Errorf("%q is no date, but %v", s, got)
			}
			return
		}
		if !inRange(got) {
			t.Errorf("%q is %v", s, got)
		}
		again, ok := date(got.Format(time.RFC3339Nano))
		if !ok || !again.Equal(got) {
			t.Errorf("%q is %v, which is read as %v", s, got, again)
		}
		if _, err := got.MarshalJSON(); err != nil {
			t.Errorf("%q is %v, which cannot be written: %v", s, got, err)
		}
	})
}
