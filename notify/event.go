package notify

import (
	"encoding/json"
	"strings"
	"time"

	"dewline"
)

// event is the JSON that webhooks and programs get.
type event struct {
	Type      dewline.Event `json:"type"`
	Timestamp time.Time     `json:"timestamp"` // when it happened, the same over every attempt
	Data      any           `json:"data"`      // eventData, feedData, receiverData or summaryData
}

type eventData struct {
	Rule    dewline.RuleRef      `json:"rule"`
	Item    dewline.ItemDocument `json:"item"`
	Matches []dewline.Hit        `json:"matches"`
	Snippet string               `json:"snippet"`
	Link    string               `json:"link"`
	Change  *dewline.Change      `json:"change,omitempty"`  // of item.changed
	Removal *dewline.Removal     `json:"removal,omitempty"` // of item.removed
}

// feedData is what is told of a change of a feed's health.
type feedData struct {
	Feed   dewline.FeedRef    `json:"feed"`
	Feeds  *dewline.FeedGroup `json:"feeds,omitempty"`
	Gap    *dewline.Gap       `json:"gap,omitempty"`
	Gaps   int                `json:"gaps,omitempty"`
	Health dewline.Health     `json:"health"`
	Link   string             `json:"link"`
}

// receiverData is what is told of another receiver's health.
type receiverData struct {
	Receiver receiverName   `json:"receiver"`
	Health   dewline.Health `json:"health"`
	Link     string         `json:"link"`
}

type receiverName struct {
	Name string `json:"name"`
}

// payload is the event's JSON. It is made from what was frozen with the
// delivery, so every attempt sends the same bytes.
func (m *message) payload(baseURL string) ([]byte, error) {
	return json.Marshal(event{Type: m.event, Timestamp: m.at.UTC(), Data: m.data(baseURL)})
}

// data is what the event says.
func (m *message) data(baseURL string) any {
	switch {
	case m.summary != nil:
		return m.summaryData(baseURL)
	case m.feed != nil:
		ref := m.feed.Feed
		if ref.Tags == nil {
			ref.Tags = []string{}
		}
		return feedData{Feed: ref, Feeds: m.feed.Feeds, Gap: m.feed.Gap, Gaps: m.feed.Gaps, Health: m.feed.Health, Link: m.link(baseURL)}
	case m.peer != nil:
		return receiverData{Receiver: receiverName{m.peer.Receiver}, Health: m.peer.Health, Link: m.link(baseURL)}
	}
	hits := m.match.Hits
	if hits == nil {
		hits = []dewline.Hit{}
	}
	return eventData{
		Rule: m.match.Rule, Item: m.item.Document(), Matches: hits, Snippet: m.match.Snippet, Link: m.link(baseURL), Change: m.change, Removal: m.removal,
	}
}

// body is what a webhook or a program gets: the event's JSON, or what a template makes of it, and which of both.
func (m *message) body(baseURL string, f *form) (body []byte, own bool, err error) {
	t := m.telling(baseURL)
	if !f.tells(t) {
		body, err = m.payload(baseURL)
		return body, false, err
	}
	text, err := f.render(t)
	return []byte(text), true, err
}

// link is the page of the item, of the feed, or of what waits for the receiver.
func (m *message) link(baseURL string) string {
	baseURL = strings.TrimSuffix(baseURL, "/")
	switch {
	case m.summary != nil:
		return dewline.DeliveriesLink(baseURL, m.receiver)
	case m.feed != nil:
		return m.feed.Link(baseURL)
	case m.peer != nil:
		return m.peer.Link(baseURL)
	}
	return baseURL + "/items/" + m.item.Key.String()
}
