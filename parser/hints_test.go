package parser

import (
	"testing"
	"time"

	"dewline"
)

func parsed(t *testing.T, body string) dewline.Parsed {
	t.Helper()
	return Parse(dewline.Document{Body: []byte(body), URL: "https://mod.example/feed.xml", Feed: dewline.Feed{Name: "x"}})
}

func TestHints(t *testing.T) {
	const item = `<item><title>a</title><guid>1</guid></item>`
	const ns = ` xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"`
	rss := func(inside string) string {
		return `<rss version="2.0"` + ns + `><channel><title>x</title>` + inside + item + `</channel></rss>`
	}
	for name, c := range map[string]struct {
		body string
		want dewline.Hints
	}{
		"none":        {rss(""), dewline.Hints{}},
		"ttl":         {rss("<ttl> 60 </ttl>"), dewline.Hints{Every: time.Hour}},
		"no ttl":      {rss("<ttl>often</ttl>"), dewline.Hints{}},
		"endless ttl": {rss("<ttl>1000000000</ttl>"), dewline.Hints{Every: (1<<20 - 1) * time.Minute}},
		"negative":    {rss("<ttl>-5</ttl>"), dewline.Hints{}},
		"syndication": {rss("<sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency>"), dewline.Hints{Every: 6 * time.Hour}},
		"hourly":      {rss("<sy:updatePeriod> hourly </sy:updatePeriod>"), dewline.Hints{Every: time.Hour}},
		"WordPress": {rss("<generator>https://wordpress.org/?v=6.8</generator><sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>1</sy:updateFrequency>"),
			dewline.Hints{}},
		"WordPress, chosen": {rss("<generator>https://wordpress.org/?v=6.8</generator><sy:updatePeriod>daily</sy:updatePeriod>"),
			dewline.Hints{Every: 24 * time.Hour}},
		"skips": {rss("<skipHours><hour>0</hour><hour>23</hour><hour>99</hour></skipHours><skipDays><day>Saturday</day><day>sunday</day><day>x</day></skipDays>"),
			dewline.Hints{SkipHours: 1 | 1<<23, SkipDays: 1 | 1<<6}},
		"RDF": {`<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"` + ns + `><channel><title>x</title>` +
			`<sy:updatePeriod>weekly</sy:updatePeriod></channel><item rdf:about="1"><title>a</title></item></rdf:RDF>`, dewline.Hints{Every: 7 * 24 * time.Hour}},
		"Atom": {`<feed xmlns="http://www.w3.org/2005/Atom"` + ns + `><title>x</title><sy:updatePeriod>daily</sy:updatePeriod><entry><id>1</id><title>a</title></entry></feed>`,
			dewline.Hints{Every: 24 * time.Hour}},
	} {
		if p := parsed(t, c.body); p.Hints != c.want || len(p.Entries) != 1 {
			t.Errorf("%s: %+v, %d entries, %s", name, p.Hints, len(p.Entries), p.Detail)
		}
	}
}

func TestPaging(t *testing.T) {
	for name, c := range map[string]struct {
		body string
		want dewline.Paging
	}{
		"Atom": {`<feed xmlns="http://www.w3.org/2005/Atom"><title>x</title><link rel="prev-archive" href="/2026/10.atom"/><link rel="next" href="?page=2"/><entry><id>1</id><title>a</title></entry></feed>`,
			dewline.Paging{Archive: "https://mod.example/2026/10.atom", Next: "https://mod.example/feed.xml?page=2"}},
		"RSS": {`<rss version="2.0" xmlns:a="http://www.w3.org/2005/Atom" xmlns:fh="http://purl.org/syndication/history/1.0"><channel><fh:complete/><a:link rel="next" href="https://mod.example/2.xml"/><generator>https://wordpress.org/?v=6</generator><item><guid>1</guid></item></channel></rss>`,
			dewline.Paging{Next: "https://mod.example/2.xml", Complete: true, WordPress: true}},
		"JSON Feed": {`{"version":"https://jsonfeed.org/version/1.1","title":"x","next_url":"/2.json","items":[{"id":"1"}]}`,
			dewline.Paging{Next: "https://mod.example/2.json"}},
		"none": {`<rss version="2.0"><channel><item><guid>1</guid></item></channel></rss>`, dewline.Paging{}},
		"no address": {`<feed xmlns="http://www.w3.org/2005/Atom"><link rel="next" href="javascript:x"/><entry><id>1</id></entry></feed>`,
			dewline.Paging{}},
	} {
		if p := parsed(t, c.body); p.Paging != c.want {
			t.Errorf("%s: %+v", name, p.Paging)
		}
	}
}
