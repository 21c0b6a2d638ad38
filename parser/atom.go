package parser

import (
	"bytes"
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/mmcdole/gofeed/atom"
	ext "github.com/mmcdole/gofeed/extensions"

	"dewline"
)

// readAtom reads Atom 1.0 and 0.3.
func readAtom(doc dewline.Document, m mended) dewline.Parsed {
	feed, err := (&atom.Parser{}).Parse(bytes.NewReader(m.doc))
	switch {
	case err != nil && m.cut:
		return cutShort("Atom")
	case err != nil:
		return malformed("Atom", err)
	}
	p := dewline.Parsed{Format: strings.TrimSpace("Atom " + cmp.Or(feed.Version, "1.0")), Link: feedLinkOf(doc, m, alternate(feed.Links))}
	about(&p, feed, &m)
	p.Offer = offerOf(doc, m, atomLinks(feed.Links))
	generator := ""
	if g := feed.Generator; g != nil {
		generator = g.Value + " " + g.URI
	}
	p.Hints.Every = syndication(feed.Extensions, isWordPress(generator))
	p.Paging = paging(doc, m, atomLinks(feed.Links), feed.Extensions, generator)
	all, authors := make([]fields, len(feed.Entries)), shared(people(feed.Authors))
	for i, entry := range feed.Entries {
		all[i] = atomFields(entry, m.noteOf(i, len(feed.Entries)))
		all[i].partial = m.partialAt(i, len(feed.Entries))
		if len(all[i].authors) == 0 {
			all[i].authors = authors
		}
	}
	collect(doc, &p, all)
	settle(&p, m.cut, len(p.Entries))
	return p
}

func atomFields(entry *atom.Entry, note notes) fields {
	e := entry.Extensions
	f := fields{
		guid: entry.ID, permalink: true, link: alternate(entry.Links), base: note.base,
		title: cmp.Or(entry.Title, first(e, "dc", "title"), first(e, "media", "title")), summary: entry.Summary,
		published: cmp.Or(entry.Published, first(e, "dc", "date"), first(e, "dcterms", "issued"), first(e, "dcterms", "created"), first(e, "atom03", "issued")),
		updated:   cmp.Or(entry.Updated, first(e, "dcterms", "modified"), first(e, "atom03", "modified")),
		authors:   append(people(entry.Authors), values(e, "dc", "creator")...),
		language:  cmp.Or(note.textLang, note.lang, first(e, "dc", "language")),
		titleIs:   note.titleIs, summaryIs: note.summaryIs,
	}
	if c := entry.Content; c != nil {
		f.content = c.Value
		if f.link == "" {
			f.link = c.Src
		}
		if c.Type == "text" || c.Type == "text/plain" {
			f.contentIs = asPlain
		}
	}
	if f.content == "" {
		f.content = cmp.Or(first(e, "content", "encoded"), first(e, "media", "description"), mediaGroup(e))
	}
	f.categories = append(labels(entry.Categories), subjects(e)...)
	return f
}

// alternate is the address of the page: the alternate link, a web page before anything else.
func alternate(links []*atom.Link) string {
	found := ""
	for _, l := range links {
		if l.Rel != "alternate" && !strings.HasSuffix(l.Rel, "/alternate") || l.Href == "" {
			continue
		}
		if l.Type == "" || strings.Contains(l.Type, "html") {
			return l.Href
		}
		found = cmp.Or(found, l.Href)
	}
	return found
}

func people(persons []*atom.Person) []string {
	var names []string
	for _, p := range persons {
		if p != nil {
			names = append(names, cmp.Or(p.Name, p.Email))
		}
	}
	return names
}

func sortedNames(children map[string][]ext.Extension) []string {
	return slices.Sorted(maps.Keys(children))
}
