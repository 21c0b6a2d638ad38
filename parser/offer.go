package parser

import (
	"bytes"
	"net/url"
	"slices"
	"strings"

	"github.com/mmcdole/gofeed/atom"
	ext "github.com/mmcdole/gofeed/extensions"
	"golang.org/x/net/html"

	"dewline"
)

// relation is a link with what it is to the document: "hub" or "self", say.
type relation struct{ rel, href string }

// offerOf is what a feed says of push: its links to hubs and to itself (WebSub, section 4). The hubs
// may stand in the answer's headers instead, so the link to itself is kept without them.
func offerOf(doc dewline.Document, m mended, links []relation) dewline.PushOffer {
	f := fields{base: m.feed.base}
	return offerIn(links, f.from(parseBase(doc.URL)))
}

func offerIn(links []relation, base *url.URL) (o dewline.PushOffer) {
	for _, l := range links {
		for _, rel := range strings.Fields(strings.ToLower(l.rel)) {
			switch rel {
			case "hub":
				o.AddHub(hubLink(base, l.href))
			case "self":
				o.SetTopic(hubLink(base, l.href))
			}
		}
	}
	return o
}

// hubLink is a link's address; empty for a link that leads nowhere. An empty one would
// lead back to the document.
func hubLink(base *url.URL, href string) string {
	if strings.TrimSpace(href) == "" {
		return ""
	}
	return webLink(base, href)
}

func atomLinks(links []*atom.Link) (all []relation) {
	for _, l := range links {
		all = append(all, relation{l.Rel, l.Href})
	}
	return all
}

// rssLinks are the links of Atom that an RSS channel carries, under whichever prefix.
func rssLinks(e ext.Extensions) (all []relation) {
	for _, prefix := range []string{"atom", "atom10", "atom03", "a10"} {
		for _, l := range e[prefix]["link"] {
			all = append(all, relation{l.Attrs["rel"], l.Attrs["href"]})
		}
	}
	return all
}

// jsonHub is one of the hubs of a JSON Feed; those of another type than WebSub speak something else.
type jsonHub struct {
	Type text `json:"type"`
	URL  text `json:"url"`
}

func jsonOffer(base *url.URL, feed *jsonFeed) dewline.PushOffer {
	links := []relation{{"self", string(feed.FeedURL)}}
	for _, h := range feed.Hubs {
		if slices.Contains([]string{"websub", "pubsubhubbub"}, strings.ToLower(strings.TrimSpace(string(h.Type)))) {
			links = append(links, relation{"hub", string(h.URL)})
		}
	}
	return offerIn(links, base)
}

// pageOffer is what a web page's head says of push. A link in the body may be a reader's
// comment; those count for nothing.
func pageOffer(page []byte, address string) dewline.PushOffer {
	var links []relation
	base := parseBase(address)
	z := html.NewTokenizer(bytes.NewReader(page))
	for {
		switch z.Next() {
		case html.ErrorToken:
			return offerIn(links, base)
		case html.EndTagToken:
			if name, _ := z.TagName(); string(name) == "head" {
				return offerIn(links, base)
			}
		case html.StartTagToken, html.SelfClosingTagToken:
			name, more := z.TagName()
			switch string(name) {
			case "body":
				return offerIn(links, base)
			case "base":
				if href := attributes(z, more)["href"]; href != "" {
					base = parseBase(absolute(base, href))
				}
			case "link":
				a := attributes(z, more)
				links = append(links, relation{a["rel"], a["href"]})
			}
		}
	}
}
