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

// Kind is what an alert of a summary is, where it is not a find: an edit or a removal.
func (t *Telling) Kind() string {
	switch t.Event {
	case dewline.EventChanged:
		return "changed"
	case dewline.EventRemoved:
		return "removed"
	}
	return ""
}

// Reason is why an edit is told, what is known of a removal, or in what a copy differs from what ran before.
func (t *Telling) Reason() string {
	switch {
	case t.Removal != nil:
		return t.Removal.String()
	case len(t.Changes) == 0 && t.Story != nil && len(t.Story.Differs) > 0:
		all := make([]string, len(t.Story.Differs))
		for i, d := range t.Story.Differs {
			all[i] = oneLine(d.String())
		}
		return "differs from what ran before: " + strings.Join(all, "; ")
	}
	return strings.Join(t.Changes, "; ")
}

// Place is where the alert leads: to the statement, or where it has no safe address to its page.
func (t *Telling) Place() string {
	if t.URL != "" {
		return t.URL
	}
	return t.Link
}

// headline is the title, with what became of it.
func (t *Telling) headline() string {
	line := t.Title
	if kind := t.Kind(); kind != "" {
		line = kind + ": " + line
	}
	if why := t.Reason(); why != "" {
		line += " (" + why + ")"
	}
	return line
}
