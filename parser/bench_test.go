package parser

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/mmcdole/gofeed"

	"dewline"
)

// benchFeed is a feed of 20 items and 35 kB, as the ministries serve them.
func benchFeed() []byte {
	var b strings.Builder
	b.WriteString(`<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" ` +
		`xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>Ministry of Defence</title>` +
		`<atom:link href="https://www.mod.example/feed" rel="self" type="application/rss+xml"/><link>https://www.mod.example/</link>` +
		`<description>News &amp; statements</description><language>en-GB</language><lastBuildDate>Mon, 23 Nov 2026 10:00:00 +0000</lastBuildDate>`)
	text := strings.Repeat(`<p>The joint exercise tests the <a href="https://www.mod.example/defence">air defence</a> of the northern region &#8211; it lasts until Friday.</p>`, 8)
	for i := range 20 {
		fmt.Fprintf(&b, "<item>\n<title>Exercise &amp; training report No. %d</title>\n<link>https://www.mod.example/news/%d</link>\n"+
			"<dc:creator><![CDATA[Press Office]]></dc:creator>\n<pubDate>Mon, 23 Nov 2026 10:%02d:00 +0000</pubDate>\n<category><![CDATA[Exercises]]></category>\n"+
			"<guid isPermaLink=\"false\">https://www.mod.example/?p=%d</guid>\n<description><![CDATA[<p>The joint exercise tests the air defence of the northern region.</p>]]></description>\n"+
			"<content:encoded><![CDATA[%s]]></content:encoded>\n</item>\n", i, i, i, i, text)
	}
	b.WriteString("</channel></rss>")
	return []byte(b.String())
}

// The cost of reading a feed as a ratio to bare gofeed on the same bytes, measured in turns in one
// run: "unchanged" makes no item, "new" makes all.
func BenchmarkParse(b *testing.B) {
	body := benchFeed()
	doc := dewline.Document{Body: body, ContentType: "application/rss+xml; charset=utf-8", URL: "https://www.mod.example/feed", Feed: dewline.Feed{Name: "MOD"}}
	bare := func() {
		if feed, err := gofeed.NewParser().Parse(bytes.NewReader(body)); err != nil || len(feed.Items) != 20 {
			b.Fatal(err)
		}
	}
	for name, ours := range map[string]func(){
		"unchanged": func() {
			if p := Parse(doc); len(p.Entries) != 20 {
				b.Fatal(p.Detail)
			}
		},
		"new": func() {
			for _, e := range Parse(doc).Entries {
				if it := e.Make(); it.Title == "" {
					b.Fatal("no title")
				}
			}
		},
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			b.SetBytes(int64(len(body)))
			var mine, theirs time.Duration
			for b.Loop() {
				start := time.Now()
				bare()
				between := time.Now()
				ours()
				theirs += between.Sub(start)
				mine += time.Since(between)
			}
			b.ReportMetric(float64(mine)/float64(theirs), "x-gofeed")
			b.ReportMetric(float64(mine.Microseconds())/float64(b.N), "µs/feed")
		})
	}
}
