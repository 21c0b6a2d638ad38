package notify

import (
	"strings"
	"time"

	"dewline"
)

// Telling is what is told of one event: the data of every template, built-in ones and
// those of config.yaml. It is a promise to users, described in docs/alerts.md; a test
// keeps the two in step. What an event has not is empty: an event of a feed has no
// rule, item, matches and snippet, one of an item has no health.
type Telling struct {
	Event dewline.Event   // such as item.matched
	At    time.Time       // when it happened
	Title string          // the event in a line: the item's title, or what became of the feed or receiver
	Link  string          // its page in dewline
	Feed  dewline.FeedRef // the source: Name, URL, Tags

	Rule      dewline.RuleRef      // Name, Title
	Item      dewline.ItemDocument // the members of the webhook's item
	URL       string               // the statement itself; empty where it has no address of the web
	Origin    string               // what the statement says of where it comes from
	Published time.Time            // as the source claims; zero where it does not
	FirstSeen time.Time            // when dewline first saw it
	Terms     []string             // why: each term that was found, where and how it stands there
	Matches   []dewline.Hit        // the same one by one: Term, Field, Text, Start, End
	Snippet   string               // the passage around the first matches
	Marked    []dewline.Span       // the snippet in parts: Text, Marked

	Story *dewline.StoryRef // where the statement stands among others: ID, Items; nil where it is in none

	Changes []string            // of item.changed: why the edit is told
	Diff    []dewline.FieldDiff // of item.changed: Field, Edits (Op, Text)
	Removal *dewline.Removal    // of item.removed: Present, Absent, Checks, Answer

	Health   dewline.Health     // of a feed or a receiver: State, Reason, Since, Detail, Remedy
	Feeds    *dewline.FeedGroup // of many feeds that fail at once: Failing, Of, Names
	Receiver string             // the other receiver that fails or recovered

	Held   *Held      // of a summary: Reason, Why, From, Until, Count, More, Rules
	Alerts []*Telling // of a summary: its alerts, each as by itself
}

// Held is what a summary says of all its alerts.
type Held struct {
	Reason dewline.HoldReason
	Why    string // they were held back, in a sentence
	From   time.Time
	Until  time.Time
	Count  int // of all
	More   int // that are not among Alerts
	Rules  []dewline.RuleSum
}

// telling is what a message tells.
func (m *message) telling(baseURL string) *Telling {
	t := &Telling{Event: m.event, At: m.at.UTC(), Link: m.link(baseURL)}
	if m.summary != nil {
		m.tellSummary(t, baseURL)
		return t
	}
	if m.feed != nil {
		t.Title, t.Feed, t.Health, t.Feeds = oneLine(m.feed.Headline(m.event)), m.feed.Feed, m.feed.Health, m.feed.Feeds
		return t
	}
	if m.peer != nil {
		t.Title, t.Health, t.Receiver = oneLine(m.peer.Headline()), m.peer.Health, m.peer.Receiver
		return t
	}
	it := &m.item
	t.Title, t.Feed, t.Rule, t.Item = oneLine(it.Title), it.Feed, m.match.Rule, it.Document()
	if t.Title == "" {
		t.Title = "(no title)"
	}
	if strings.HasPrefix(it.URL, "http://") || strings.HasPrefix(it.URL, "https://") {
		t.URL = it.URL
	}
	t.Origin, t.FirstSeen = oneLine(it.Source.String()), it.FirstSeen.UTC()
	if claimed := it.Claimed(); !claimed.Equal(it.FirstSeen) {
		t.Published = claimed.UTC()
	}
	t.Terms, t.Matches, t.Snippet = terms(m.match.Hits), m.match.Hits, m.match.Snippet
	t.Marked = dewline.MarkWords(m.match.Snippet, m.match.Hits)
	if m.change != nil {
		t.Diff = m.change.Diff
		for _, r := range m.change.Reasons {
			t.Changes = append(t.Changes, oneLine(r.String()))
		}
	}
	t.Removal, t.Story = m.removal, m.story
	return t
}

// subject is the telling in a line: whose alert it is, and what of.
func (t *Telling) subject() string {
	rule, title := t.Rule.Title, t.Title
	switch {
	case rule == "":
		rule = "dewline"
	case t.Event == dewline.EventChanged:
		title = "changed: " + title
	case t.Event == dewline.EventRemoved:
		title = "removed: " + title
	}
	return "[" + rule + "] " + title
}

// samples are messages of every event, with all that one may have and with as little as
// one may have: what tells these tells everything.
func samples() []*message {
	at := time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC)
	item := dewline.Item{
		Key: dewline.Key{1}, Feed: dewline.FeedRef{Name: "Ministry", URL: "https://ministry.example/feed", Tags: []string{"ministry"}},
		GUID: "1", URL: "https://ministry.example/1", Title: "A sample of \"dewline\"", Summary: "A sample.", Language: "en",
		Authors: []string{"Press office"}, Categories: []string{"Samples"}, Published: at.Add(-time.Hour), Updated: at, FirstSeen: at,
		Source: dewline.Source{Name: "Ministry", Place: "Geneva", Issued: at.Truncate(24 * time.Hour)}, Version: 2,
		Also: []dewline.FeedRef{{Name: "All news", URL: "https://ministry.example/all"}},
	}
	match := dewline.Match{
		Rule: dewline.RuleRef{Name: "sample", Title: "Sample"}, Item: item.Key, Version: 2, At: at, Snippet: "A sample.",
		Hits: []dewline.Hit{{Term: "sample", Field: dewline.FieldTitle, Text: "sample", Start: 2, End: 8}},
	}
	bare := dewline.Item{Key: dewline.Key{2}, Feed: dewline.FeedRef{Name: "Ministry"}, FirstSeen: at, Version: 1}
	feed := func(state dewline.HealthState, group *dewline.FeedGroup) *dewline.FeedEvent {
		return &dewline.FeedEvent{Feed: item.Feed, Feeds: group, At: at, Health: dewline.Health{State: state, Reason: "timeout", Since: at, Detail: "no answer", Remedy: "wait"}}
	}
	return []*message{
		{event: dewline.EventMatched, at: at, match: match, item: item, story: &dewline.StoryRef{ID: dewline.StoryKey(item.Key), Items: 3}},
		{event: dewline.EventMatched, at: at, match: dewline.Match{Rule: match.Rule, At: at}, item: bare},
		{event: dewline.EventChanged, at: at, match: match, item: item, change: &dewline.Change{
			From: 1, To: 2, Reasons: []dewline.Reason{{Kind: dewline.ReasonAppears, New: "sample"}},
			Diff: []dewline.FieldDiff{{Field: dewline.FieldTitle, Edits: []dewline.Edit{{Op: dewline.EditInsert, Text: "A sample"}}}},
		}},
		{event: dewline.EventRemoved, at: at, match: match, item: item, removal: &dewline.Removal{Present: at, Absent: at, Checks: 3, Answer: "404 Not Found"}},
		{event: dewline.EventFailing, at: at, feed: feed(dewline.HealthFailing, nil)},
		{event: dewline.EventFailing, at: at, feed: feed(dewline.HealthFailing, &dewline.FeedGroup{Failing: 2, Of: 3, Names: []string{"Ministry", "Navy"}})},
		{event: dewline.EventSilent, at: at, feed: feed(dewline.HealthSilent, nil)},
		{event: dewline.EventRecovered, at: at, feed: feed(dewline.HealthOK, nil)},
		{event: dewline.EventReceiverFailing, at: at, peer: &dewline.ReceiverEvent{Receiver: "desk", At: at, Health: dewline.Health{State: dewline.HealthFailing, Since: at, Detail: "no answer", Remedy: "wait"}}},
		{event: dewline.EventReceiverRecovered, at: at, peer: &dewline.ReceiverEvent{Receiver: "desk", At: at, Health: dewline.Health{State: dewline.HealthOK, Since: at}}},
		testMessage("sample", at),
		sampleSummary(at, &message{event: dewline.EventMatched, at: at, match: match, item: item}),
	}
}

func sampleSummary(at time.Time, part *message) *message {
	return &message{
		event: dewline.EventSummary, at: at, match: dewline.Match{At: at}, receiver: "desk", count: 2, parts: []*message{part},
		summary: &dewline.Summary{Reason: dewline.HoldDigest, From: at.Add(-time.Hour), Until: at, Sums: []dewline.RuleSum{{Rule: part.match.Rule, Count: 2}}},
	}
}
