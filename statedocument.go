package dewline

import "time"

// FeedDocument is a feed's public JSON form, as the API and `dewline feeds list`
// write it.
type FeedDocument struct {
	Name        string         `json:"name"`
	URL         string         `json:"url"`
	Tags        []string       `json:"tags"`
	Schedule    string         `json:"schedule"`
	Title       string         `json:"title"` // the feed's own
	Link        string         `json:"link"`
	Language    string         `json:"language"`
	Health      HealthDocument `json:"health"`
	Status      Status         `json:"status"` // of the last poll
	Healthy     bool           `json:"healthy"`
	Detail      string         `json:"detail"`
	StatusSince *time.Time     `json:"status_since"`
	Failures    int            `json:"failures"`
	HTTPStatus  int            `json:"http_status"` // 0: no answer, or never polled
	MovedTo     string         `json:"moved_to"`
	LastPoll    *time.Time     `json:"last_poll"`
	LastOK      *time.Time     `json:"last_ok"`
	LastNew     *time.Time     `json:"last_new"`
	Due         *time.Time     `json:"due"`
	Items       int            `json:"items"` // in the last body
	Total       uint64         `json:"total"` // ever stored
	List        *FoundList     `json:"list"`  // the one that was found on the page; null: none was looked for, or found yet
	Gap         *Gap           `json:"gap"`   // the last one; null: none yet
	Gaps        GapSums        `json:"gaps"`
	Wait        *Wait          `json:"wait"`            // what keeps the daemon from polling it; null: nothing, or no daemon runs
	Push        *PushDocument  `json:"push,omitempty"`  // absent: no hub was asked
	Texts       *TextSums      `json:"texts,omitempty"` // absent where the feed never had full_text
}

// HealthDocument is a health's public JSON form.
type HealthDocument struct {
	State  HealthState `json:"state"`
	Reason string      `json:"reason"`
	Since  *time.Time  `json:"since"`
	Detail string      `json:"detail"`
	Remedy string      `json:"remedy"`
}

// Document is the public form of the health.
func (h Health) Document() HealthDocument {
	return HealthDocument{State: h.State, Reason: h.Reason, Since: dateOrNil(h.Since), Detail: h.Detail, Remedy: h.Remedy}
}

// Document is the public form of the state at a time. The tags are the configuration's.
func (st *FeedState) Document(tags []string, now time.Time) FeedDocument {
	doc := FeedDocument{
		Health: st.Health(now).Document(),
		Name:   st.Name, URL: st.URL, Tags: orEmpty(tags), Schedule: st.Schedule,
		Title: st.Title, Link: st.Link, Language: st.Language,
		Status: st.Status, Healthy: st.Status.Healthy(), Detail: st.Detail, StatusSince: dateOrNil(st.StatusSince),
		Failures: st.Failures, HTTPStatus: st.HTTPStatus, MovedTo: st.MovedTo,
		LastPoll: dateOrNil(st.LastPoll), LastOK: dateOrNil(st.LastOK), LastNew: dateOrNil(st.LastNew), Due: dateOrNil(st.Due),
		Items: st.Items, Total: st.Total, List: st.List, Gap: st.Gap, Gaps: st.Gaps, Wait: st.Wait,
	}
	doc.Push = st.Push.Document()
	if st.Texts != (TextSums{}) {
		doc.Texts = &st.Texts
	}
	return doc
}

// PollDocument is a poll record's public JSON form.
type PollDocument struct {
	Feed        string            `json:"feed"`
	At          time.Time         `json:"at"`
	Took        float64           `json:"took_seconds"`
	Status      Status            `json:"status"`
	Detail      string            `json:"detail"`
	HTTPStatus  int               `json:"http_status"`
	Conditional bool              `json:"conditional"`  // the request had validators
	NotModified bool              `json:"not_modified"` // 304, or 200 with the very bytes of the last poll
	Identical   bool              `json:"identical"`    // the latter
	Bytes       int64             `json:"bytes"`
	Entries     int               `json:"entries"`
	New         int               `json:"new"`
	Changed     int               `json:"changed"`
	Seen        int               `json:"seen"`
	Rejected    map[Rejection]int `json:"rejected"`
	Matches     int               `json:"matches"`
	Older       int               `json:"older"`  // of the entries: from older pages
	Gap         *Gap              `json:"gap"`    // the one that this poll found; null: none
	Pushed      bool              `json:"pushed"` // a hub sent it
}

// Document is the public form of the record of the feed with this name.
func (p *Poll) Document(feed string) PollDocument {
	doc := PollDocument{
		Feed: feed, At: p.At.UTC(), Took: p.Took.Seconds(), Status: p.Status, Detail: p.Detail, HTTPStatus: p.HTTPStatus,
		Conditional: p.Conditional, NotModified: p.NotModified, Identical: p.Identical(), Bytes: p.Bytes, Entries: p.Entries, New: p.New, Changed: p.Changed, Seen: p.Seen,
		Rejected: p.Rejected, Matches: p.Matches, Older: p.Older, Gap: p.Gap, Pushed: p.Pushed,
	}
	if doc.Rejected == nil {
		doc.Rejected = map[Rejection]int{}
	}
	return doc
}

// DeliveryDocument is a delivery's public JSON form, as the API and `dewline
// deliveries list` write it.
type DeliveryDocument struct {
	ID       Key               `json:"id"` // the webhook-id
	Receiver string            `json:"receiver"`
	Event    Event             `json:"event"`
	State    DeliveryState     `json:"state"`
	Queued   time.Time         `json:"queued"`
	Next     *time.Time        `json:"next"`           // null unless pending
	Hold     *Hold             `json:"hold,omitempty"` // why it waits, or waited
	In       Key               `json:"in,omitzero"`    // the summary in which it is
	Summary  *SummaryDocument  `json:"summary,omitempty"`
	Since    time.Time         `json:"since"`
	Tries    int               `json:"tries"`
	Rule     *RuleRef          `json:"rule"`              // null but for an event of an item
	Item     *Key              `json:"item"`              // the same
	Version  int               `json:"version"`           // 0 but for an event of an item
	Change   *Change           `json:"change,omitempty"`  // of item.changed
	Removal  *Removal          `json:"removal,omitempty"` // of item.removed
	Feed     *FeedEvent        `json:"feed"`              // null but for an event of a feed
	Peer     *ReceiverEvent    `json:"peer,omitempty"`    // of receiver.failing and receiver.recovered
	Link     string            `json:"link"`
	Snippet  string            `json:"snippet"`
	Matches  []Hit             `json:"matches"`
	Attempts []AttemptDocument `json:"attempts"`
}

// SummaryDocument is the public JSON form of what a summary says of its alerts.
type SummaryDocument struct {
	Summary
	Count int `json:"count"`
}

// AttemptDocument is an attempt's public JSON form.
type AttemptDocument struct {
	At     time.Time `json:"at"`
	Took   float64   `json:"took_seconds"`
	Answer string    `json:"answer"`
	Error  string    `json:"error"` // empty: delivered
}

// Document is the public form of the delivery. Links begin with the base URL.
func (d *Delivery) Document(baseURL string) DeliveryDocument {
	doc := DeliveryDocument{
		ID: d.Key, Receiver: d.Receiver, Event: d.Event, State: d.State, Queued: d.Queued.UTC(), Next: dateOrNil(d.Next), Hold: d.Hold, In: d.In,
		Since: d.Since.UTC(), Tries: d.Tries, Feed: d.Feed, Peer: d.Peer, Change: d.Change, Removal: d.Removal, Attempts: []AttemptDocument{},
	}
	switch {
	case d.Feed != nil:
		doc.Link, doc.Snippet = d.Feed.Link(baseURL), d.Feed.Headline(d.Event)
	case d.Peer != nil:
		doc.Link, doc.Snippet = d.Peer.Link(baseURL), d.Peer.Headline()
	case d.Summary != nil:
		doc.Summary = &SummaryDocument{*d.Summary, len(d.Parts)}
		doc.Link, doc.Snippet = DeliveriesLink(baseURL, d.Receiver), d.Summary.Headline(len(d.Parts))
	default:
		doc.Rule, doc.Item, doc.Version = &d.Match.Rule, &d.Match.Item, d.Match.Version
		doc.Link, doc.Snippet, doc.Matches = baseURL+"/items/"+d.Match.Item.String(), d.Match.Snippet, d.Match.Hits
	}
	if doc.Matches == nil {
		doc.Matches = []Hit{}
	}
	for _, a := range d.Attempts {
		doc.Attempts = append(doc.Attempts, AttemptDocument{At: a.At.UTC(), Took: a.Took.Seconds(), Answer: a.Answer, Error: a.Error})
	}
	return doc
}
