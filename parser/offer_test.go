package parser

import (
	"slices"
	"strings"
	"testing"

	"dewline"
)

func TestOffers(t *testing.T) {
	const item = "<item><guid>1</guid><title>t</title></item>"
	for name, c := range map[string]struct {
		doc   string
		page  bool
		hubs  string
		topic string
	}{
		"Atom": {doc: `<feed xmlns="http://www.w3.org/2005/Atom"><link rel="hub" href="https://hub.example/"/><link rel="self" href="https://mod.example/atom"/><entry><id>1</id><title>t</title></entry></feed>`,
			hubs: "https://hub.example/", topic: "https://mod.example/atom"},
		"Atom with a base": {doc: `<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://mod.example/x/"><link rel="hub" href="hub"/><link rel="SELF" href="/atom"/><entry><id>1</id></entry></feed>`,
			hubs: "https://mod.example/x/hub", topic: "https://mod.example/atom"},
		"several hubs, one twice, one of no web": {doc: `<feed xmlns="http://www.w3.org/2005/Atom"><link rel="hub" href="https://a.example/"/><link rel="hub" href="mailto:b@example.org"/><link rel="hub" href="https://c.example/"/><link rel="hub" href="https://a.example/"/><link rel="hub" href=""/></feed>`,
			hubs: "https://a.example/ https://c.example/"},
		"an entry's links are its own": {doc: `<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>1</id><title>t</title><link rel="hub" href="https://evil.example/"/><link rel="self" href="https://mod.example/1"/></entry></feed>`},
		"RSS with Atom's links": {doc: `<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>t</title><atom:link rel="hub" href="/hub"/><atom:link rel="self" type="application/rss+xml" href="https://mod.example/rss"/>` + item + `</channel></rss>`,
			hubs: "https://mod.example/hub", topic: "https://mod.example/rss"},
		"RSS with another prefix": {doc: `<rss version="2.0" xmlns:atom10="http://www.w3.org/2005/Atom"><channel><title>t</title><atom10:link rel="hub self" href="https://mod.example/rss"/>` + item + `</channel></rss>`,
			hubs: "https://mod.example/rss", topic: "https://mod.example/rss"},
		"RSS, an undeclared prefix": {doc: `<rss version="2.0"><channel><title>t</title><atom:link rel="hub" href="https://hub.example/"/>` + item + `</channel></rss>`,
			hubs: "https://hub.example/"},
		"JSON Feed": {doc: `{"version":"https://jsonfeed.org/version/1.1","title":"t","feed_url":"https://mod.example/feed.json","hubs":[{"type":"rssCloud","url":"https://cloud.example/"},{"type":"WebSub","url":"https://hub.example/"},null,5],"items":[{"id":"1","title":"t"}]}`,
			hubs: "https://hub.example/", topic: "https://mod.example/feed.json"},
		"a page": {page: true, doc: `<html><head><base href="https://www.mod.example/"><link rel=hub href="hub"><link rel="self" href="https://mod.example/news"></head><body><li><a href="/1">Statement one</a></li></body></html>`,
			hubs: "https://www.mod.example/hub", topic: "https://mod.example/news"},
		"what a reader wrote on a page": {page: true, doc: `<html><head><title>t</title></head><body><li><a href="/1">Statement one</a><link rel=hub href="https://evil.example/"></li></body></html>`},
	} {
		feed := dewline.Feed{Name: name, URL: "https://mod.example/feed"}
		if c.page {
			feed.Page = &dewline.PageList{Item: "li"}
		}
		p := Parse(dewline.Document{Body: []byte(c.doc), URL: feed.URL, Feed: feed})
		if !p.Status.Read() {
			t.Errorf("%s: %s %s", name, p.Status, p.Detail)
		}
		if got := strings.Join(p.Offer.Hubs, " "); got != c.hubs || p.Offer.Topic != c.topic {
			t.Errorf("%s: hubs %q, topic %q; want %q, %q", name, got, p.Offer.Topic, c.hubs, c.topic)
		}
	}
}

// A document that names very many hubs, or very long ones, does not fill the feed's state.
func TestOffersAreBounded(t *testing.T) {
	var b strings.Builder
	b.WriteString(`<feed xmlns="http://www.w3.org/2005/Atom"><link rel="hub" href="https://long.example/` + strings.Repeat("x", 1<<20) + `"/>`)
	for i := range 1000 {
		b.WriteString(`<link rel="hub" href="https://hub.example/` + strings.Repeat("y", i) + `"/>`)
	}
	b.WriteString("</feed>")
	o := Parse(dewline.Document{Body: []byte(b.String()), URL: "https://mod.example/", Feed: dewline.Feed{Name: "x"}}).Offer
	if len(o.Hubs) == 0 || len(o.Hubs) > 10 || slices.ContainsFunc(o.Hubs, func(h string) bool { return len(h) > 4096 }) {
		t.Errorf("%d hubs", len(o.Hubs))
	}
}
