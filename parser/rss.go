package parser

import (
	"bytes"
	"cmp"
	"strings"

	ext "github.com/mmcdole/gofeed/extensions"
	"github.com/mmcdole/gofeed/rss"

	"dewline"
)

// readRSS reads RSS 0.9x, 1.0 and 2.0. A <channel> without its <rss> is one too.
func readRSS(doc dewline.Document, m mended) dewline.Parsed {
	if m.root == "channel" {
		m.doc = bytes.Join([][]byte{[]byte("<rss>"), m.doc, []byte("</rss>")}, nil)
	}
	feed, err := (&rss.Parser{}).Parse(bytes.NewReader(m.doc))
	switch {
	case err != nil && m.cut:
		return cutShort("RSS")
	case err != nil:
		return malformed("RSS", err)
	}
	p := dewline.Parsed{Format: rssFormat(m.root, feed.Version), Link: feedLinkOf(doc, m, cmp.Or(feed.Link, channelLink(m)))}
	channel(&p, feed, &m)
	p.Offer = offerOf(doc, m, rssLinks(feed.Extensions))
	p.Hints, p.Paging = rssHints(feed), paging(doc, m, rssLinks(feed.Extensions), feed.Extensions, feed.Generator)
	all := make([]fields, len(feed.Items))
	for i, item := range feed.Items {
		note := m.noteOf(i, len(feed.Items))
		all[i] = rssFields(item, note)
		all[i].partial = m.partialAt(i, len(feed.Items))
		if m.root == "channel" && all[i].link == "" {
			all[i].link = note.about // CDF
		}
	}
	collect(doc, &p, all)
	settle(&p, m.cut, len(p.Entries))
	return p
}

func rssFormat(root, version string) string {
	switch {
	case root != "rdf":
		return strings.TrimSpace("RSS " + version)
	case version == "0.9":
		return "RSS 0.90 (RDF)"
	}
	return "RSS 1.0 (RDF)"
}

// noteOf is what the mender noted of the item. Where it counted other items than gofeed the
// notes belong to nobody.
func (m *mended) noteOf(i, items int) notes {
	if len(m.items) != items {
		return notes{base: m.feed.base}
	}
	return m.items[i]
}

// partialAt reports whether the document was cut in the item.
func (m *mended) partialAt(i, items int) bool {
	if len(m.items) != items {
		return m.partial >= 0 && i == items-1
	}
	return i == m.partial
}

// feedLinkOf is the feed's own link, absolute.
func feedLinkOf(doc dewline.Document, m mended, link string) string {
	f := fields{link: link, base: m.feed.base}
	f.locate(parseBase(doc.URL))
	return f.url
}

// channelLink is the link that CDF writes into the channel's tag.
func channelLink(m mended) string {
	if m.root == "channel" {
		return m.feed.about
	}
	return ""
}

// rssFields reads an item, and from the extensions what RSS itself does not say.
func rssFields(item *rss.Item, note notes) fields {
	e := item.Extensions
	f := fields{
		guid: note.about, permalink: true, link: item.Link, base: note.base,
		title:     cmp.Or(item.Title, first(e, "dc", "title"), first(e, "media", "title"), first(e, "itunes", "title"), first(e, "atom", "title")),
		published: cmp.Or(item.PubDate, first(e, "dc", "date"), first(e, "dcterms", "issued"), first(e, "dcterms", "created"), first(e, "dcterms", "available"), first(e, "atom", "published"), item.Custom["date"], item.Custom["pubdate"]),
		updated:   cmp.Or(first(e, "dcterms", "modified"), first(e, "atom", "updated"), first(e, "atom03", "modified"), note.updated),
		language:  cmp.Or(note.textLang, first(e, "dc", "language"), item.Custom["language"], note.lang),
	}
	if f.updated == "" && item.PubDate != "" {
		f.updated = first(e, "dc", "date")
	}
	if item.GUID != nil && item.GUID.Value != "" {
		f.guid = item.GUID.Value
		f.permalink = !strings.EqualFold(strings.TrimSpace(item.GUID.IsPermalink), "false")
	}
	if f.link == "" {
		f.link = rssLink(item)
	}
	f.summary, f.content = rssTexts(item)
	f.authors = append(append(append(values(e, "dc", "creator"), values(e, "dc", "author")...), item.Author), values(e, "itunes", "author")...)
	for _, a := range e["atom"]["author"] {
		f.authors = append(f.authors, childValue(a, "name"))
	}
	for _, c := range item.Categories {
		f.categories = append(f.categories, c.Value)
	}
	f.categories = append(f.categories, subjects(e)...)
	return f
}

// rssLink looks for a link beside <link>: in earlier ones, in Atom's, in enclosures.
func rssLink(item *rss.Item) string {
	for _, l := range item.Links {
		if l != "" {
			return l
		}
	}
	for _, prefix := range []string{"atom", "atom03"} {
		for _, l := range item.Extensions[prefix]["link"] {
			if rel := l.Attrs["rel"]; rel == "" || rel == "alternate" {
				return l.Attrs["href"]
			}
		}
	}
	return cmp.Or(first(item.Extensions, "feedburner", "origLink"), item.Custom["url"])
}

// fullText are the elements in which feeds carry a full text, best first, and then those that
// say something beside the description.
var fullText = [][2]string{
	{"yandex", "full-text"}, {"turbo", "content"}, {"xhtml", "body"}, {"xhtml", "div"}, {"atom", "content"}, {"atom03", "content"},
	{"media", "text"}, {"media", "description"}, {"itunes", "summary"}, {"dcterms", "abstract"}, {"dc", "description"}, {"atom", "summary"},
}

// rssTexts are summary and content: description and content:encoded, or what else the item
// carries that says more.
func rssTexts(item *rss.Item) (summary, content string) {
	summary, content = item.Description, item.Content
	for _, name := range []string{"encoded", "full-text", "fulltext", "fullitem", "content", "body", "text", "summary"} {
		content = cmp.Or(content, item.Custom[name])
	}
	for _, where := range fullText {
		if content != "" {
			break
		}
		if s := first(item.Extensions, where[0], where[1]); s != summary {
			content = s
		}
	}
	if content == "" {
		content = mediaGroup(item.Extensions)
	}
	if summary == "" {
		return content, ""
	}
	return summary, content
}

// mediaGroup is the description inside <media:group> or <media:content>.
func mediaGroup(e ext.Extensions) string {
	for _, outer := range []string{"group", "content"} {
		for _, x := range e["media"][outer] {
			if s := childValue(x, "description"); s != "" {
				return s
			}
		}
	}
	return ""
}

// first is the text of the first extension element of this name that has any.
func first(e ext.Extensions, prefix, name string) string {
	for _, x := range e[prefix][name] {
		if s := deepValue(x); s != "" {
			return s
		}
	}
	return ""
}

// values are the texts of all extension elements of this name.
func values(e ext.Extensions, prefix, name string) []string {
	var out []string
	for _, x := range e[prefix][name] {
		out = append(out, deepValue(x))
	}
	return out
}

func childValue(x ext.Extension, name string) string {
	for _, c := range x.Children[name] {
		return deepValue(c)
	}
	return ""
}

// deepValue is an element's text with that of the elements in it. Of their order gofeed keeps
// only that within one name; for matching that is enough.
func deepValue(x ext.Extension) string {
	if len(x.Children) == 0 {
		return x.Value
	}
	var b strings.Builder
	writeDeep(&b, x)
	return strings.TrimSpace(b.String())
}

func writeDeep(b *strings.Builder, x ext.Extension) {
	b.WriteString(x.Value)
	for _, name := range sortedNames(x.Children) {
		for _, c := range x.Children[name] {
			b.WriteString("\n\n")
			writeDeep(b, c)
		}
	}
}
