package dewline

import "time"

// ItemDocument is an item's public JSON form, as the webhook, `dewline export`
// and the API write it.
type ItemDocument struct {
	ID         Key        `json:"id"`
	GUID       string     `json:"guid"`
	URL        string     `json:"url"`
	Title      string     `json:"title"`
	Summary    string     `json:"summary"`
	Content    *string    `json:"content,omitempty"` // not in the webhook
	Authors    []string   `json:"authors"`
	Categories []string   `json:"categories"`
	Language   string     `json:"language"`
	Published  *time.Time `json:"published"` // Item.Dated; null where nobody says
	Updated    *time.Time `json:"updated"`
	FirstSeen  time.Time  `json:"first_seen"`
	Feed       FeedRef    `json:"feed"`
	AlsoIn     []FeedRef  `json:"also_in,omitempty"`  // the other feeds of the publisher that serve it
	Identity   string     `json:"identity,omitempty"` // why it is an item of its own, where that was in doubt

	Story    *StoryRef         `json:"story,omitempty"`     // absent where no rule asks for stories
	Source   *SourceDocument   `json:"source,omitempty"`    // absent where the text says nothing of it
	FullText *FullTextDocument `json:"full_text,omitempty"` // not in the webhook; absent for feeds without full_text
}

// FullTextDocument is the public JSON form of what became of an item's article.
type FullTextDocument struct {
	State  TextState `json:"state"`
	Detail string    `json:"detail"`
}

// Document is the item's public form, without its content.
func (it *Item) Document() ItemDocument {
	feeds := it.Feeds()
	for i := range feeds {
		feeds[i].Tags = orEmpty(feeds[i].Tags)
	}
	return ItemDocument{
		ID: it.Key, GUID: it.GUID, URL: it.URL, Title: it.Title, Summary: it.Summary,
		Authors: orEmpty(it.Authors), Categories: orEmpty(it.Categories), Language: it.Language,
		Published: dateOrNil(it.Dated()), Updated: dateOrNil(it.Updated), FirstSeen: it.FirstSeen.UTC(),
		Feed: feeds[0], AlsoIn: feeds[1:], Identity: it.Identity, Story: it.Story, Source: it.Source.Document(),
	}
}

// FullDocument is the item's public form with the text that was judged.
func (it *Item) FullDocument() ItemDocument {
	doc := it.Document()
	doc.Content = &it.Content
	if it.FullText.State != "" {
		doc.FullText = &FullTextDocument{State: it.FullText.State, Detail: it.FullText.Detail}
	}
	return doc
}

// EachIn is the document once for each feed that serves the item: that feed is its Feed, and the
// others are in AlsoIn.
func (doc ItemDocument) EachIn() []ItemDocument {
	all := []ItemDocument{doc}
	for i := range doc.AlsoIn {
		other := doc
		other.AlsoIn = append([]FeedRef{doc.Feed}, doc.AlsoIn...)
		other.Feed = doc.AlsoIn[i]
		other.AlsoIn = append(other.AlsoIn[:i+1], other.AlsoIn[i+2:]...)
		all = append(all, other)
	}
	return all
}

// orEmpty keeps a JSON list a list: [] and never null.
func orEmpty(s []string) []string {
	if s == nil {
		return []string{}
	}
	return s
}

func dateOrNil(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	t = t.UTC()
	return &t
}
