package parser

import (
	"bytes"
	"net/url"
	"strings"

	"golang.org/x/net/html"

	"dewline"
)

// pageBytes is how much of a web page is looked through.
const pageBytes = 1 << 20

// readPage reads a body that is a web page: a bot wall, or a page that may say where its
// feeds are.
func readPage(doc dewline.Document, text []byte) dewline.Parsed {
	if wall := wallOf(text); wall != "" {
		return challenge(wall)
	}
	title, feeds := advertised(text[:min(len(text), pageBytes)], doc.URL)
	p := dewline.Parsed{Status: dewline.StatusHTML, Format: "HTML", Title: title, Advertised: feeds}
	p.Detail = "the address serves a web page where a feed should be"
	if len(feeds) > 0 {
		p.Detail += "; the page advertises " + feeds[0].URL
	} else {
		p.Detail += ", and the page advertises no feed; look for its new address"
	}
	return p
}

// advertised is a page's title, and the feeds that it links to.
func advertised(page []byte, base string) (title string, feeds []dewline.FeedLink) {
	from := parseBase(base)
	seen := map[string]bool{}
	z := html.NewTokenizer(bytes.NewReader(page))
	for {
		switch z.Next() {
		case html.ErrorToken:
			return title, feeds
		case html.StartTagToken, html.SelfClosingTagToken:
			name, more := z.TagName()
			switch string(name) {
			case "title":
				if title == "" && z.Next() == html.TextToken {
					title = line(string(z.Text()))
				}
			case "base":
				if href := attributes(z, more)["href"]; href != "" {
					from = parseBase(absolute(from, href))
				}
			case "link":
				link, ok := feedLink(attributes(z, more), from)
				if ok && !seen[link.URL] && len(feeds) < 50 {
					seen[link.URL] = true
					feeds = append(feeds, link)
				}
			}
		}
	}
}

// feedLink is the feed that a <link> advertises.
func feedLink(a map[string]string, from *url.URL) (dewline.FeedLink, bool) {
	kind := strings.ToLower(strings.TrimSpace(a["type"]))
	switch kind {
	case "application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/feed+json", "application/json", "application/xml", "text/xml":
	default:
		return dewline.FeedLink{}, false
	}
	if !strings.Contains(" "+strings.ToLower(a["rel"])+" ", "alternate") || webLink(from, a["href"]) == "" || strings.TrimSpace(a["href"]) == "" {
		return dewline.FeedLink{}, false
	}
	if kind == "application/json" && strings.Contains(a["href"], "wp-json") {
		return dewline.FeedLink{}, false // WordPress's API, on every page of it
	}
	return dewline.FeedLink{URL: webLink(from, a["href"]), Title: line(a["title"]), Type: kind}, true
}

// attributes reads a tag's attributes; of a repeated one the first counts.
func attributes(z *html.Tokenizer, more bool) map[string]string {
	a := map[string]string{}
	for more {
		var k, v []byte
		k, v, more = z.TagAttr()
		if _, again := a[string(k)]; !again {
			a[string(k)] = string(v)
		}
	}
	return a
}
