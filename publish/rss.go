package publish

import (
	"bytes"
	"encoding/xml"
	"html"
	"time"

	"github.com/gorilla/feeds"
)

// RSS as gorilla/feeds has it, and what that lacks. A field here stands in place
// of the embedded one for the same element.
type (
	rssFile struct {
		feeds.RssFeedXml
		AtomNS      string     `xml:"xmlns:atom,attr"`
		DublinNS    string     `xml:"xmlns:dc,attr"`
		ExtensionNS string     `xml:"xmlns:dewline,attr"`
		Channel     rssChannel `xml:"channel"`
	}
	rssChannel struct {
		feeds.RssFeed
		Links []rssLink
		Items []rssItem `xml:"item"`
	}
	rssItem struct {
		feeds.RssItem
		Updated    string   `xml:"atom:updated"`
		Creators   []string `xml:"dc:creator"` // RSS's own author is a mail address
		Language   string   `xml:"dc:language,omitempty"`
		Categories []rssCategory
		Source     *rssSource `xml:"source"`
		Links      []rssLink
		Item       itemXML
		Origin     *sourceXML
		Story      *storyXML
		Matches    []matchXML
	}
	rssCategory struct {
		XMLName xml.Name `xml:"category"`
		Domain  string   `xml:"domain,attr,omitempty"`
		Name    string   `xml:",chardata"`
	}
	rssSource struct {
		URL  string `xml:"url,attr"`
		Name string `xml:",chardata"`
	}
	rssLink struct {
		XMLName xml.Name `xml:"atom:link"`
		Rel     string   `xml:"rel,attr"`
		Href    string   `xml:"href,attr"`
		Type    string   `xml:"type,attr,omitempty"`
	}
)

// FeedXml makes it writable by gorilla/feeds.
func (f *rssFile) FeedXml() any { return f }

// rssMinutes is how long a reader may keep what it has (ttl).
const rssMinutes = 5

func (p *Publisher) rss(pg page) ([]byte, error) {
	f := &rssFile{
		RssFeedXml: feeds.RssFeedXml{Version: "2.0", ContentNamespace: "http://purl.org/rss/1.0/modules/content/"},
		AtomNS:     atomNS, DublinNS: "http://purl.org/dc/elements/1.1/", ExtensionNS: extensionNS,
		Channel: rssChannel{RssFeed: feeds.RssFeed{
			Title: pg.channel.title, Link: p.base + "/", Description: html.EscapeString(pg.channel.about),
			LastBuildDate: pg.updated.Format(time.RFC1123Z), Generator: "dewline",
			Docs: "https://www.rssboard.org/rss-specification", Ttl: rssMinutes,
		}},
	}
	for _, l := range p.links(pg) {
		f.Channel.Links = append(f.Channel.Links, rssLink{Rel: l.rel, Href: l.href, Type: pg.format.mime})
	}
	for i := range pg.entries {
		f.Channel.Items = append(f.Channel.Items, newRSSItem(&pg.entries[i]))
	}
	var b bytes.Buffer
	err := feeds.WriteXML(f, &b)
	return b.Bytes(), err
}

func newRSSItem(e *entry) rssItem {
	r := rssItem{
		RssItem: feeds.RssItem{
			Title: e.title, Link: e.link, Description: e.excerpt, Content: &feeds.RssContent{Content: e.content},
			Guid: &feeds.RssGuid{Id: e.id, IsPermaLink: "false"}, PubDate: e.published.Format(time.RFC1123Z),
		},
		Updated: e.updated.Format(time.RFC3339), Creators: e.authors, Language: e.language,
		Links: []rssLink{{Rel: "related", Href: e.page, Type: "text/html"}},
		Item:  e.itemXML(), Origin: e.sourceXML(), Story: e.storyXML(), Matches: e.matchesXML(),
	}
	for _, name := range e.categories {
		r.Categories = append(r.Categories, rssCategory{Name: name})
	}
	for _, y := range e.why {
		r.Categories = append(r.Categories, rssCategory{Name: y.rule.Name, Domain: ruleScheme})
	}
	if e.feed.URL != "" { // a source must have one; dewline:item has the name in any case
		r.Source = &rssSource{URL: e.feed.URL, Name: e.feed.Name}
	}
	return r
}
