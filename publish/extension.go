package publish

import (
	"encoding/xml"
	"strconv"
	"time"

	"dewline"
)

// extensionNS is the namespace of what the formats have no word for: why an item
// is in the feed. The name means nothing beyond that.
const extensionNS = "urn:dewline:feed:1"

// The extension in Atom and RSS. docs/feeds.md describes it.
type (
	matchXML struct {
		XMLName xml.Name `xml:"dewline:match"`
		Rule    string   `xml:"rule,attr"`
		Title   string   `xml:"title,attr"`
		At      string   `xml:"at,attr"`
		Hits    []hitXML
		Snippet string `xml:"dewline:snippet"`
	}
	hitXML struct {
		XMLName xml.Name `xml:"dewline:hit"`
		Term    string   `xml:"term,attr"`
		Field   string   `xml:"field,attr"`
		Start   string   `xml:"start,attr"`
		End     string   `xml:"end,attr"`
		Text    string   `xml:",chardata"`
	}
	sourceXML struct {
		XMLName xml.Name `xml:"dewline:source"`
		Name    string   `xml:"name,attr,omitempty"`
		Place   string   `xml:"place,attr,omitempty"`
		Issued  string   `xml:"issued,attr,omitempty"` // a day
	}
	storyXML struct {
		XMLName xml.Name `xml:"dewline:story"`
		ID      string   `xml:"id,attr"`
		Items   string   `xml:"items,attr"`
		Also    []string `xml:"dewline:also"` // feeds where it ran too, the first ones
	}
	itemXML struct {
		XMLName xml.Name `xml:"dewline:item"`
		ID      string   `xml:"id,attr"`
		Version string   `xml:"version,attr"`
		Feed    string   `xml:"feed,attr"` // its name
	}
)

func (e *entry) itemXML() itemXML {
	return itemXML{ID: e.item.String(), Version: strconv.Itoa(e.version), Feed: e.feed.Name}
}

// sourceXML is what the statement says of its own origin; nil where it says nothing.
func (e *entry) sourceXML() *sourceXML {
	if e.source.IsZero() {
		return nil
	}
	return &sourceXML{Name: e.source.Name, Place: e.source.Place, Issued: e.source.Day()}
}

// storyXML is nil where the rule asks for no stories.
func (e *entry) storyXML() *storyXML {
	if e.story == nil {
		return nil
	}
	return &storyXML{ID: e.story.ID.String(), Items: strconv.Itoa(e.story.Items), Also: e.also}
}

func (e *entry) matchesXML() []matchXML {
	var all []matchXML
	for _, y := range e.why {
		m := matchXML{Rule: y.rule.Name, Title: y.rule.Title, At: y.at.Format(time.RFC3339), Snippet: dewline.Plain(y.snippet)}
		for _, h := range y.hits {
			m.Hits = append(m.Hits, hitXML{Term: h.Term, Field: h.Field, Start: strconv.Itoa(h.Start), End: strconv.Itoa(h.End), Text: h.Text})
		}
		all = append(all, m)
	}
	return all
}
