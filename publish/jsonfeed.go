package publish

import (
	"bytes"
	"encoding/json"

	"dewline"

	"github.com/gorilla/feeds"
)

// JSON Feed as gorilla/feeds has it, and what that lacks. A field here stands in
// place of the embedded one of the same name.
type (
	jsonFeed struct {
		feeds.JSONFeed
		Items []jsonItem `json:"items"` // required, even when empty
	}
	jsonItem struct {
		feeds.JSONItem
		Language  string        `json:"language,omitempty"`
		Extension jsonExtension `json:"_dewline"`
	}
	// jsonExtension names things as the webhook does.
	jsonExtension struct {
		About   string                  `json:"about"`
		Item    dewline.Key             `json:"item"`
		Version int                     `json:"version"`
		Link    string                  `json:"link"`
		Feed    dewline.FeedRef         `json:"feed"`
		Source  *dewline.SourceDocument `json:"source,omitempty"`
		Story   *jsonStory              `json:"story,omitempty"`
		jsonWhy
		Also []jsonWhy `json:"also,omitempty"` // the other rules, in the feed of all
	}
	jsonStory struct {
		dewline.StoryRef
		Also []string `json:"also"` // feeds where it ran too, the first ones
	}
	jsonWhy struct {
		Rule    dewline.RuleRef `json:"rule"`
		Matches []dewline.Hit   `json:"matches"`
		Snippet string          `json:"snippet"`
	}
)

func (p *Publisher) json(pg page) ([]byte, error) {
	f := jsonFeed{
		JSONFeed: feeds.JSONFeed{
			Version: "https://jsonfeed.org/version/1.1", Title: pg.channel.title, Description: pg.channel.about,
			HomePageUrl: p.base + "/", FeedUrl: p.url(pg.address, 0), Authors: []*feeds.JSONAuthor{{Name: "dewline", Url: p.base + "/"}},
		},
		Items: []jsonItem{},
	}
	if pg.next != 0 {
		f.NextUrl = p.url(pg.address, pg.next)
	}
	for i := range pg.entries {
		f.Items = append(f.Items, p.newJSONItem(&pg.entries[i]))
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false) // half of it is HTML; the type is not text/html, and must not be guessed
	err := enc.Encode(f)
	return b.Bytes(), err
}

func (p *Publisher) newJSONItem(e *entry) jsonItem {
	j := jsonItem{
		JSONItem: feeds.JSONItem{
			Id: e.id, Url: e.link, Title: e.title, ContentHTML: e.content, Summary: dewline.Plain(e.why[0].snippet),
			PublishedDate: &e.published, ModifiedDate: &e.updated, Tags: e.categories,
		},
		Language: e.language,
		Extension: jsonExtension{
			About: p.base + "/", Item: e.item, Version: e.version, Link: e.page, Feed: e.feed, Source: e.source.Document(), jsonWhy: newJSONWhy(e.why[0]),
		},
	}
	if e.story != nil {
		j.Extension.Story = &jsonStory{*e.story, append([]string{}, e.also...)}
	}
	if j.Extension.Feed.Tags == nil {
		j.Extension.Feed.Tags = []string{}
	}
	for _, name := range e.authors {
		j.Authors = append(j.Authors, &feeds.JSONAuthor{Name: name})
	}
	for _, y := range e.why[1:] {
		j.Extension.Also = append(j.Extension.Also, newJSONWhy(y))
	}
	return j
}

func newJSONWhy(y why) jsonWhy {
	w := jsonWhy{Rule: y.rule, Matches: y.hits, Snippet: dewline.Plain(y.snippet)}
	if w.Matches == nil {
		w.Matches = []dewline.Hit{}
	}
	return w
}
