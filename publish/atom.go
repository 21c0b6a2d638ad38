package publish

import (
	"bytes"
	"encoding/xml"
	"time"

	"dewline"

	"github.com/gorilla/feeds"
)

const atomNS = "http://www.w3.org/2005/Atom"

// Atom as gorilla/feeds has it, and what that lacks. A field here stands in
// place of the embedded one for the same element.
type (
	atomFeed struct {
		feeds.AtomFeed
		ExtensionNS string `xml:"xmlns:dewline,attr"`
		Generator   string `xml:"generator"`
		Links       []feeds.AtomLink
		Entries     []atomEntry `xml:"entry"`
	}
	atomEntry struct {
		feeds.AtomEntry
		Lang       string             `xml:"xml:lang,attr,omitempty"`
		Authors    []feeds.AtomPerson `xml:"author"`
		Categories []atomCategory     `xml:"category"`
		Source     atomSource         `xml:"source"`
		Item       itemXML
		Origin     *sourceXML
		Story      *storyXML
		Matches    []matchXML
	}
	atomCategory struct {
		Term   string `xml:"term,attr"`
		Scheme string `xml:"scheme,attr,omitempty"`
		Label  string `xml:"label,attr,omitempty"`
	}
	atomSource struct {
		ID         string `xml:"id"`
		Title      string `xml:"title"`
		Updated    string `xml:"updated"`
		Links      []feeds.AtomLink
		Categories []atomCategory `xml:"category"`
	}
)

// FeedXml makes it writable by gorilla/feeds.
func (f *atomFeed) FeedXml() any { return f }

// ruleScheme says that a category is a rule.
const ruleScheme = "urn:dewline:rule"

func (p *Publisher) atom(pg page) ([]byte, error) {
	f := &atomFeed{
		AtomFeed: feeds.AtomFeed{
			XMLName: xml.Name{Local: "feed"}, Xmlns: atomNS,
			Title: pg.channel.title, Subtitle: pg.channel.about, Id: channelID(pg.channel.rule), Updated: pg.updated.Format(time.RFC3339),
			Author: &feeds.AtomAuthor{AtomPerson: feeds.AtomPerson{Name: "dewline", Uri: p.base + "/"}},
		},
		ExtensionNS: extensionNS, Generator: "dewline",
		Links: []feeds.AtomLink{{Href: p.base + "/", Rel: "alternate", Type: "text/html"}},
	}
	for _, l := range p.links(pg) {
		f.Links = append(f.Links, feeds.AtomLink{Href: l.href, Rel: l.rel, Type: pg.format.mime})
	}
	for i := range pg.entries {
		f.Entries = append(f.Entries, newAtomEntry(&pg.entries[i]))
	}
	var b bytes.Buffer
	err := feeds.WriteXML(f, &b)
	return b.Bytes(), err
}

func newAtomEntry(e *entry) atomEntry {
	a := atomEntry{
		AtomEntry: feeds.AtomEntry{
			Title: e.title, Id: e.id, Updated: e.updated.Format(time.RFC3339), Published: e.published.Format(time.RFC3339),
			Links:   []feeds.AtomLink{{Href: e.link, Rel: "alternate"}, {Href: e.page, Rel: "related", Type: "text/html"}},
			Summary: &feeds.AtomSummary{Type: "html", Content: e.excerpt},
			Content: &feeds.AtomContent{Type: "html", Content: e.content},
		},
		Lang: e.language, Source: newAtomSource(e), Item: e.itemXML(), Origin: e.sourceXML(), Story: e.storyXML(), Matches: e.matchesXML(),
	}
	for _, name := range e.authors {
		a.Authors = append(a.Authors, feeds.AtomPerson{Name: name})
	}
	for _, term := range e.categories {
		a.Categories = append(a.Categories, atomCategory{Term: term})
	}
	for _, y := range e.why {
		a.Categories = append(a.Categories, atomCategory{Term: y.rule.Name, Scheme: ruleScheme, Label: y.rule.Title})
	}
	return a
}

// newAtomSource names the feed that the entry comes from. A feed's identity is
// its name, not its address, which may move; of its changes we know this one.
func newAtomSource(e *entry) atomSource {
	s := atomSource{ID: urn(dewline.FeedKey(e.feed.Name)), Title: e.feed.Name, Updated: e.updated.Format(time.RFC3339)}
	if e.feed.URL != "" {
		s.Links = []feeds.AtomLink{{Href: e.feed.URL, Rel: "self"}}
	}
	for _, tag := range e.feed.Tags {
		s.Categories = append(s.Categories, atomCategory{Term: tag})
	}
	return s
}
