package dewline

import "time"

// StoredDocument is a stored item's public JSON form, with the text that was judged, what
// the source wrote in place of a date, and what matched.
type StoredDocument struct {
	ItemDocument
	PublishedAs string          `json:"published_as,omitempty"`
	UpdatedAs   string          `json:"updated_as,omitempty"`
	Version     int             `json:"version"`
	Changed     time.Time       `json:"changed"`
	Link        string          `json:"link"`
	Matches     []MatchDocument `json:"matches"`
}

// MatchDocument is a match's public JSON form, in the words of the webhook's data.
type MatchDocument struct {
	Rule    RuleRef   `json:"rule"`
	Matched time.Time `json:"matched"`
	Version int       `json:"version"`
	Snippet string    `json:"snippet"`
	Matches []Hit     `json:"matches"`
}

// VersionDocument is the public JSON form of one version of an item.
type VersionDocument struct {
	Version   int         `json:"version"`
	Stored    time.Time   `json:"stored"`
	Title     string      `json:"title"`
	Published *time.Time  `json:"published"` // as this version claims
	Updated   *time.Time  `json:"updated"`
	Diff      []FieldDiff `json:"diff"` // what differs from the version before; empty of the first
}

// PageDocument is the public JSON form of what is known of an item's page.
type PageDocument struct {
	State   string     `json:"state"`   // in words; empty: not looked at yet
	Present *time.Time `json:"present"` // last seen; null: never
	Absent  *time.Time `json:"absent"`  // first found gone; null: it was not
	Removed *time.Time `json:"removed"` // when that was certain
	Back    *time.Time `json:"back"`    // when it was found again after that
	Next    *time.Time `json:"next"`    // when it is looked at again; null: no more
}

// Document is the watch's public form.
func (w *Watch) Document() *PageDocument {
	return &PageDocument{
		State: w.String(), Present: dateOrNil(w.Present), Absent: dateOrNil(w.Absent),
		Removed: dateOrNil(w.Told), Back: dateOrNil(w.Back), Next: dateOrNil(w.Due),
	}
}

// HistoryDocument is the public JSON form of everything that is known of an item, as
// `dewline item --json` and the API write it.
type HistoryDocument struct {
	StoredDocument
	Page       *PageDocument      `json:"page,omitempty"` // where it is watched
	Ran        []RunDocument      `json:"ran,omitempty"`  // where the story ran, in the order of first sight; the first 100
	Versions   []VersionDocument  `json:"versions"`       // the oldest first
	Deliveries []DeliveryDocument `json:"deliveries"`     // the newest first
}

// StoredDocument is the item's public form with its matches. Links begin with the base URL.
func (it *Item) StoredDocument(matches []Match, baseURL string) StoredDocument {
	doc := StoredDocument{
		ItemDocument: it.FullDocument(), PublishedAs: it.PublishedAs, UpdatedAs: it.UpdatedAs,
		Version: it.Version, Changed: it.Changed.UTC(), Link: baseURL + "/items/" + it.Key.String(), Matches: []MatchDocument{},
	}
	for _, m := range matches {
		if m.Hits == nil {
			m.Hits = []Hit{}
		}
		doc.Matches = append(doc.Matches, MatchDocument{Rule: m.Rule, Matched: m.At.UTC(), Version: m.Version, Snippet: m.Snippet, Matches: m.Hits})
	}
	return doc
}

// History is the public form of an item in all its versions, the current one last.
func History(versions []Item, matches []Match, deliveries []Delivery, page Watch, ran []Member, baseURL string) HistoryDocument {
	current := &versions[len(versions)-1]
	doc := HistoryDocument{StoredDocument: current.StoredDocument(matches, baseURL), Deliveries: []DeliveryDocument{}}
	if !page.Item.IsZero() {
		doc.Page = page.Document()
	}
	doc.Ran = Runs(ran)
	for i := range versions {
		v := &versions[i]
		d := VersionDocument{
			Version: v.Version, Stored: v.Changed.UTC(), Title: v.Title,
			Published: dateOrNil(v.Dated()), Updated: dateOrNil(v.Updated), Diff: []FieldDiff{},
		}
		if i > 0 {
			d.Diff = append(d.Diff, DiffItems(&versions[i-1], v)...)
		}
		doc.Versions = append(doc.Versions, d)
	}
	for i := range deliveries {
		doc.Deliveries = append(doc.Deliveries, deliveries[i].Document(baseURL))
	}
	return doc
}
