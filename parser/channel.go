package parser

import (
	"cmp"
	"strings"
	"time"

	"github.com/mmcdole/gofeed/atom"
	ext "github.com/mmcdole/gofeed/extensions"
	"github.com/mmcdole/gofeed/rss"

	"dewline"
)

// channel takes over what an RSS feed says of itself.
func channel(p *dewline.Parsed, feed *rss.Feed, m *mended) {
	e := feed.Extensions
	p.Title = line(cmp.Or(feed.Title, first(e, "dc", "title"), first(e, "atom", "title")))
	p.Language = language(cmp.Or(feed.Language, first(e, "dc", "language"), m.feed.lang))
	p.ID = cmp.Or(m.feed.about, first(e, "atom", "id"))
	p.Description = line(cmp.Or(feed.Description, first(e, "itunes", "summary"), first(e, "itunes", "subtitle"), first(e, "dc", "description"), first(e, "atom", "subtitle")))
	p.Authors = tidy(append(append(append(values(e, "dc", "creator"), values(e, "dc", "author")...), feed.ManagingEditor), values(e, "itunes", "author")...), author)
	for _, c := range feed.Categories {
		p.Categories = append(p.Categories, c.Value)
	}
	p.Categories = tidy(append(p.Categories, subjects(e)...), line)
	p.Published = claim(p.Language, feed.PubDate, first(e, "dcterms", "issued"), first(e, "dcterms", "created"))
	p.Updated = claim(p.Language, feed.LastBuildDate, first(e, "dcterms", "modified"), first(e, "dc", "date"), first(e, "atom", "updated"), m.feed.updated)
}

// about takes over what an Atom feed says of itself.
func about(p *dewline.Parsed, feed *atom.Feed, m *mended) {
	p.Title, p.ID, p.Description = line(feed.Title), line(feed.ID), line(feed.Subtitle)
	p.Language = language(cmp.Or(feed.Language, m.feed.lang))
	p.Authors = tidy(people(feed.Authors), author)
	p.Categories = tidy(append(labels(feed.Categories), subjects(feed.Extensions)...), line)
	p.Published = claim(p.Language, first(feed.Extensions, "dcterms", "created"))
	p.Updated = claim(p.Language, feed.Updated, first(feed.Extensions, "dcterms", "modified"))
}

// claim is the first of the texts that is a date.
func claim(language string, texts ...string) time.Time {
	for _, s := range texts {
		if t, ok := dateIn(s, language); ok {
			return t
		}
	}
	return time.Time{}
}

// subjects are the categories that stand in extensions: of Dublin Core, media and podcasts.
func subjects(e ext.Extensions) []string {
	out := values(e, "dc", "subject")
	for _, c := range e["media"]["category"] {
		out = append(out, cmp.Or(c.Attrs["label"], c.Value))
	}
	out = nested(out, e["itunes"]["category"], 2)
	for _, list := range append(values(e, "itunes", "keywords"), values(e, "media", "keywords")...) {
		out = append(out, strings.SplitN(list, ",", maxNames)...)
	}
	return out
}

// nested adds iTunes' categories, which hold narrower ones, to so many levels.
func nested(out []string, categories []ext.Extension, levels int) []string {
	for _, c := range categories {
		if out = append(out, c.Attrs["text"]); levels > 1 {
			out = nested(out, c.Children["category"], levels-1)
		}
	}
	return out
}

// labels are Atom's categories by the names that people see, and by the terms that programs use, where
// those are no addresses.
func labels(categories []*atom.Category) []string {
	var out []string
	for _, c := range categories {
		if out = append(out, cmp.Or(c.Label, c.Term)); c.Label != "" && !web(c.Term) {
			out = append(out, c.Term)
		}
	}
	return out
}
