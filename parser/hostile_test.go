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
