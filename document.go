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
	Published  *time.Time `json:"published"` // null where the source gives none
	Updated    *time.Time `json:"updated"`
	FirstSeen  time.Time  `json:"first_seen"`
	Feed       FeedRef    `json:"feed"`
}

// Document is the item's public form, without its content.
func (it *Item) Document() ItemDocument {
	feed := it.Feed
	feed.Tags = orEmpty(feed.Tags)
	return ItemDocument{
		ID: it.Key, GUID: it.GUID, URL: it.URL, Title: it.Title, Summary: it.Summary,
		Authors: orEmpty(it.Authors), Categories: orEmpty(it.Categories), Language: it.Language,
		Published: dateOrNil(it.Published), Updated: dateOrNil(it.Updated), FirstSeen: it.FirstSeen.UTC(),
		Feed: feed,
	}
}

// FullDocument is the item's public form with the text that was judged.
func (it *Item) FullDocument() ItemDocument {
	doc := it.Document()
	doc.Content = &it.Content
	return doc
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
