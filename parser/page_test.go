package parser

import (
	"slices"
	"testing"

	"dewline"
)

func TestFeedsThatAPageAdvertises(t *testing.T) {
	p := parse(`<!doctype html><html><head><title>Ministry &amp; <b>news</b></title><base href="/en/">
		<link rel="alternate" type="application/rss+xml" title="News" href="rss.xml">
		<link type='application/atom+xml' rel='alternate' href='//feeds.example/atom?a=1&amp;b=2'>
		<LINK REL="Alternate Home" TYPE="application/feed+json" HREF="https://x.example/feed.json"/>
		<link rel="alternate" type="application/rss+xml" title="again" href="/en/rss.xml">
		<link rel="alternate" hreflang="fr" href="/fr/">
		<link rel="stylesheet" type="text/xml" href="/style.xml">
		<link rel="alternate" type="application/json" href="/wp-json/wp/v2/pages/2">
		<link rel="alternate" type="application/rss+xml" href="">
		<link rel="alternate" type="application/rss+xml" href="javascript:alert(1)">
		</head><body><p>No feed here`)
	want := []dewline.FeedLink{
		{URL: "https://www.mod.example/en/rss.xml", Title: "News", Type: "application/rss+xml"},
		{URL: "https://feeds.example/atom?a=1&b=2", Type: "application/atom+xml"},
		{URL: "https://x.example/feed.json", Type: "application/feed+json"},
	}
	if p.Status != dewline.StatusHTML || !slices.Equal(p.Advertised, want) {
		t.Errorf("status %s, advertised %+v", p.Status, p.Advertised)
	}
	if p.Title != "Ministry & news" {
		t.Errorf("title %q", p.Title)
	}
	if want := "the address serves a web page where a feed should be; the page advertises https://www.mod.example/en/rss.xml"; p.Detail != want {
		t.Errorf("detail %q", p.Detail)
	}
}
