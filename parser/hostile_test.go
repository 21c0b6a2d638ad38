package parser

import (
	"fmt"
	"runtime"
	"strings"
	"testing"

	"dewline"
)

// allocated is how many bytes f allocates, freed or not.
func allocated(f func()) uint64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	f()
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc
}

// What is made to harm a reader is refused with its reason, at a cost of a small multiple of its
// size.
func TestHostileDocuments(t *testing.T) {
	feed := func(inside string) string { return `<rss version="2.0"><channel><title>x</title>` + inside }
	namespaces := func(n int) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, ` xmlns:n%d="urn:%d"`, i, i)
		}
		return b.String()
	}
	json := `{"version": "https://jsonfeed.org/version/1", "items": `
	lol := `<!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol1 "&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;">` +
		`<!ENTITY lol2 "&lol1;&lol1;&lol1;&lol1;&lol1;&lol1;&lol1;&lol1;&lol1;&lol1;">]>`
	for name, c := range map[string]struct {
		body   string
		status dewline.Status
		detail string
	}{
		"a nesting bomb":            {strings.Repeat("<a:b>", 2<<20), dewline.StatusHostile, "nested"},
		"nesting in a feed":         {feed(strings.Repeat("<a:b>", 2<<20)), dewline.StatusHostile, "nested"},
		"a million items":           {feed(strings.Repeat("<item/>", 1e6)), dewline.StatusHostile, "more elements"},
		"many attributes":           {feed("<item " + strings.Repeat(`a="b" `, 1e6) + "/>"), dewline.StatusHostile, "more attributes"},
		"many different attributes": {feed("<item" + strings.ReplaceAll(namespaces(1e5), "xmlns:", "") + "/>"), dewline.StatusHostile, "more attributes"},
		"many name spaces":          {feed("<item" + namespaces(100) + "/>"), dewline.StatusHostile, "name spaces"},
		"name spaces times items":   {`<rss` + namespaces(60) + `><channel>` + strings.Repeat("<item/>", 99_000), dewline.StatusHostile, "name spaces"},
		"a billion laughs":          {`<?xml version="1.0"?>` + lol + feed(`<item><title>&lol2;</title></item></channel></rss>`), dewline.StatusHostile, "entity bomb"},
		"many entities": {`<!DOCTYPE rss [` + strings.Repeat(`<!ENTITY a "b">`, 1e5) + `]>` + feed(`</channel></rss>`),
			dewline.StatusHostile, "more entities"},
		"an external entity": {`<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>` + feed(`<item><title>&x;</title></item></channel></rss>`),
			dewline.StatusOK, ""},
		"an external DTD":      {`<!DOCTYPE rss SYSTEM "http://169.254.169.254/x.dtd">` + feed(`<item><title>y</title></item></channel></rss>`), dewline.StatusOK, ""},
		"open tags":            {feed("<item><title>" + strings.Repeat("<", 2<<20)), dewline.StatusHostile, "faults of mark-up"},
		"an endless tag":       {feed("<item " + strings.Repeat("x", 4<<20)), dewline.StatusCut, ""},
		"an endless comment":   {feed("<item/><!--" + strings.Repeat("x", 4<<20)), dewline.StatusCut, ""},
		"stray end tags":       {feed(strings.Repeat("</x>", 1e6) + "<item><title>y</title></item></channel></rss>"), dewline.StatusOK, ""},
		"quotes":               {feed(`<item a="` + strings.Repeat(`" b="<`, 1e5)), dewline.StatusHostile, "more attributes"},
		"null items":           {json + `[null, {"id": "1", "title": "y"}, null]}`, dewline.StatusOK, ""},
		"items of other types": {json + `[1, "x", [], {"id": {"a": 1}, "title": ["y"], "url": false, "content_text": "y"}]}`, dewline.StatusOK, ""},
		"null authors":         {json + `[{"id": "1", "title": "y", "author": null, "authors": [null]}]}`, dewline.StatusOK, ""},
		"items of no list":     {json + `"x"}`, dewline.StatusEmpty, ""},
		"huge numbers":         {json + `[{"id": 1e999, "title": "y", "date_published": 99999999999999999999999999}]}`, dewline.StatusOK, ""},
		"nested JSON":          {json + strings.Repeat("[", 5<<20), dewline.StatusHostile, "nested"},
		"nested JSON objects":  {json + strings.Repeat(`{"a":`, 1<<20), dewline.StatusHostile, "nested"},
		"many JSON values":     {json + "[" + strings.Repeat("0,", 2<<20) + "0]}", dewline.StatusHostile, "more values"},
		"an endless string":    {json + `[{"id": "` + strings.Repeat("x", 4<<20), dewline.StatusCut, ""},
	} {
		t.Run(name, func(t *testing.T) {
			var p dewline.Parsed
			grown := allocated(func() { p = parse(c.body) })
			if bound := uint64(24*len(c.body) + 24<<20); grown > bound {
				t.Errorf("%d kB allocated for %d kB, more than %d kB", grown>>10, len(c.body)>>10, bound>>10)
			}
			if p.Status != c.status || !strings.Contains(p.Detail, c.detail) {
				t.Errorf("status %s: %.300s; want %s: …%s…", p.Status, p.Detail, c.status, c.detail)
			}
			if p.Status == dewline.StatusHostile && len(p.Entries) > 0 {
				t.Errorf("%d entries were taken in all the same", len(p.Entries))
			}
			checkParsed(t, name, p)
			for _, it := range made(p) {
				if strings.Contains(it.Title, "root:") {
					t.Errorf("a file of this machine was read: %q", it.Title)
				}
			}
		})
	}
}

// The work is in proportion to the size, whatever the bytes are. Each of these documents would keep
// a reader busy for an hour or more that looks for the same end, or compares the same names, again
// and again: it is as large as a body may be, and the test ends.
func TestTheWorkIsLinear(t *testing.T) {
	const size = 4 << 20
	fill := func(s string) string { return strings.Repeat(s, size/len(s)) }
	half := func(s string) string { return strings.Repeat(s, size/2/len(s)) }
	rss := func(inside string) string {
		return `<rss version="2.0"><channel><title>x</title>` + inside + `</channel></rss>`
	}
	var categories strings.Builder
	for i := 0; categories.Len() < size/2; i++ {
		fmt.Fprintf(&categories, "<category>%d</category>", i)
	}
	for name, c := range map[string]struct {
		body    string
		status  dewline.Status
		entries int
	}{
		"comments without an end before the root":     {"<a" + fill("<!--"), dewline.StatusNotFeed, 0},
		"comments without an end":                     {fill("<!--"), dewline.StatusNotFeed, 0},
		"instructions without an end":                 {fill("<?a "), dewline.StatusNotFeed, 0},
		"both":                                        {fill("<!-- <? "), dewline.StatusNotFeed, 0},
		"both, then a feed":                           {strings.Repeat("<!-- <? ", 5000) + rss("<item><title>y</title></item>"), dewline.StatusOK, 1},
		"document types":                              {fill("<!doctype x>"), dewline.StatusNotFeed, 0},
		"document types without an end":               {fill("<!doctype x [>"), dewline.StatusNotFeed, 0},
		"a document type of faults":                   {"<!DOCTYPE rss [" + fill("<!ELEMENT a '") + "]>" + rss(""), dewline.StatusHostile, 0},
		"end tags without a name":                     {rss(fill("</")), dewline.StatusHostile, 0},
		"names of many colons, each behind another":   {rss(strings.Repeat("<a::b"+strings.Repeat(` x="<a::b"`, 990)+">", 400)), dewline.StatusEmpty, 0},
		"authors of the feed times entries":           {`<feed xmlns="http://www.w3.org/2005/Atom">` + strings.Repeat("<author><name>a</name></author>", 15_000) + strings.Repeat("<entry><title>y</title></entry>", 30_000) + "</feed>", dewline.StatusOK, 1},
		"categories":                                  {rss("<item><title>y</title>" + categories.String()[:2<<20] + "</category></item>"), dewline.StatusOK, 1},
		"a long base times entries":                   {`<rss xml:base="http://x.example/` + half("a/") + `"><channel>` + strings.Repeat(`<item xml:base="b"><link>a</link><title>b</title></item>`, 30_000) + "</channel></rss>", dewline.StatusOK, 0},
		"a long language times entries":               {`<rss xml:lang="` + half("en-") + `"><channel>` + strings.Repeat(`<item><title>b</title></item>`, 30_000) + "</channel></rss>", dewline.StatusOK, 0},
		"a comment of dashes":                         {rss("<item><title>y</title><description><![CDATA[<!" + fill("-") + "]]></description></item>"), dewline.StatusOK, 1},
		"comments of dashes":                          {rss("<item><title>y</title><description><![CDATA[" + fill("<!---") + "]]></description></item>"), dewline.StatusOK, 1},
		"what begins comments":                        {rss("<item><title>y</title><description><![CDATA[" + half("<!") + half("-") + "]]></description></item>"), dewline.StatusOK, 1},
		"entities of its own":                         {`<!DOCTYPE rss [<!ENTITY a "` + strings.Repeat("&#38;", 50) + `">]>` + rss("<item><title>y"+half("&a;")+"</title></item>"), dewline.StatusOK, 1},
		"base64 without an end":                       {`<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>y</title>` + strings.Repeat(`<a mode="base64">AAAA`, 120) + half("A") + "</entry></feed>", dewline.StatusOK, 1},
		"XHTML of sections":                           {rss("<item><title>y</title><body>" + strings.Repeat("<b><![CDATA[]]>", 100) + half("]]>") + "</body></item>"), dewline.StatusOK, 1},
		"bytes of no charset":                         {rss("<item><title>y</title><description>" + fill("\x81\xFE\xA4\x7F") + "</description></item>"), dewline.StatusOK, 1},
		"keywords":                                    {rss("<item><title>y</title><itunes:keywords>" + fill("a,") + "</itunes:keywords></item>"), dewline.StatusOK, 1},
		"a long link, compared with that of each one": {rss(`<item><guid>1</guid><title>b</title><link>http://x.example/` + half("a/") + `</link></item>` + strings.Repeat(`<item><guid>1</guid><title>b</title><link>http://x.example/1</link></item>`, 20_000)), dewline.StatusOK, 0},
	} {
		t.Run(name, func(t *testing.T) {
			p := parse(c.body)
			if p.Status != c.status || c.entries > 0 && len(p.Entries) != c.entries {
				t.Errorf("status %s, %d entries: %.300s; want %s, %d", p.Status, len(p.Entries), p.Detail, c.status, c.entries)
			}
			for _, e := range p.Entries {
				e.Make()
			}
		})
	}
}

// Authors that the feed names are those of each entry that names none; very many are not.
func TestManyNames(t *testing.T) {
	var names strings.Builder
	for i := range 5000 {
		fmt.Fprintf(&names, "<author><name>Author %d</name></author>", i)
	}
	entry := strings.Repeat("<entry><id>%d</id><title>y</title></entry>", 5000)
	for i, it := range made(parse(atomOf(names.String() + strings.Replace(entry, "%d", "x", 1) + `<entry><id>z</id>` + names.String() + `</entry>`))) {
		if n := len(it.Authors); n == 0 || n > maxNames {
			t.Errorf("item %d has %d authors", i, n)
		}
	}
}

// A legitimate feed far larger than any that was seen passes the guard.
func TestLargeFeedsPass(t *testing.T) {
	var b strings.Builder
	for i := range 5000 {
		fmt.Fprintf(&b, `<item><title>Report %d</title><link>https://x.example/%d</link><guid>%d</guid><description>&lt;p>text&lt;/p></description><category>a</category></item>`, i, i, i)
	}
	if p := parse(rssOf(b.String())); p.Status != dewline.StatusOK || len(p.Entries) != 5000 {
		t.Errorf("status %s, %d entries: %s", p.Status, len(p.Entries), p.Detail)
	}
}
