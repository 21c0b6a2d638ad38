package parser

import (
	"html"
	"net/url"
	"strings"
	"time"

	"dewline"
)

// maker makes the item of one entry, on demand.
type maker struct {
	*fields
	feed     dewline.Feed
	context  *context
	key      dewline.Key
	language string // the feed's
	base     *url.URL
	at       time.Time // when the document was fetched
}

// item normalises the entry. Of summary and content the summary is what the feed calls
// description or summary; content is the full text where it says anything else. A match searches
// both, so what stands in one is not repeated in the other.
func (m *maker) item() dewline.Item {
	it := dewline.Item{
		Key: m.key, Feed: m.feed.Ref(), GUID: m.guid, URL: m.url,
		Title:   strings.ReplaceAll(m.titleIs.text(m.title), "\n\n", " "),
		Summary: m.summaryIs.text(m.summary), Content: m.contentIs.text(m.content),
		Authors: tidy(m.authors, author), Categories: tidy(m.categories, line),
		Language: m.itemLanguage(), Untitled: m.untitled,
	}
	it.HTML = m.html()
	if it.Content == it.Summary {
		it.Content = ""
	}
	it.Published, it.PublishedAs = claimed(m.published, it.Language)
	it.Updated, it.UpdatedAs = claimed(m.updated, it.Language)
	it.Source = m.source(&it)
	return it
}

// source is what the texts say of their origin: the full one, else the summary.
func (m *maker) source(it *dewline.Item) dewline.Source {
	ref := it.Published
	if ref.IsZero() {
		ref = m.at
	}
	if s := sourceOf(it.Content, it.Language, ref); !s.IsZero() {
		return s
	}
	return sourceOf(it.Summary, it.Language, ref)
}

// claimed is a date, or the text that is none.
func claimed(s, language string) (time.Time, string) {
	if t, ok := dateIn(s, language); ok {
		return t, ""
	}
	return time.Time{}, line(s)
}

// text is plain text of what was served.
func (is markup) text(s string) string {
	if is.literal(s) {
		return plain(s)
	}
	return Text(s)
}

// literal reports whether what was served is text as it stands. What is said to be text and holds
// an element of HTML from its start to its end, or references, is HTML all the same.
func (is markup) literal(s string) bool {
	return is == asPlain || is == asText && !hasElement(s) && html.UnescapeString(s) == s
}

// html is the fuller of summary and content as mark-up with absolute links.
func (m *maker) html() dewline.UnsafeHTML {
	fuller, is := m.content, m.contentIs
	if len(m.summary) > len(m.content) {
		fuller, is = m.summary, m.summaryIs
	}
	if is.literal(fuller) {
		return dewline.UnsafeHTML(html.EscapeString(fuller))
	}
	return dewline.UnsafeHTML(absoluteHTML(openEnd(fuller), m.from(m.base)))
}

func (m *maker) itemLanguage() string {
	for _, l := range []string{m.feed.Language, m.fields.language, m.language} {
		if l = language(l); l != "" {
			return l
		}
	}
	return ""
}

// imageOnly reports whether HTML without text shows something all the same.
func imageOnly(s string) bool {
	lower := strings.ToLower(s)
	return strings.Contains(lower, "<img") || strings.Contains(lower, "<video") || strings.Contains(lower, "<iframe")
}
