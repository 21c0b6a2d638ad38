package parser

import (
	"bytes"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"

	"golang.org/x/net/html"

	"dewline"
)

// maxItems is how many items a list may have.
const maxItems = 5000

// readList reads a web page as the list that its feed's selectors describe.
func readList(doc dewline.Document, text []byte) dewline.Parsed {
	if wall := wallOf(text); wall != "" {
		return challenge(wall)
	}
	if what := noPage(text); what != "" {
		return dewline.Parsed{Status: dewline.StatusBrokenList, Detail: "the address serves " + what + " where `page:` expects a web page; remove `page:`, or look at the address in a browser"}
	}
	l, err := listingOf(doc, text)
	if err != nil {
		return refused(err)
	}
	var p dewline.Parsed
	if doc.Feed.Page.Auto {
		p = readFound(doc, l)
	} else {
		p = l.readBy(doc, doc.Feed.Page)
	}
	if p.Status.Read() {
		p.Offer = pageOffer(text[:min(len(text), pageBytes)], doc.URL)
	}
	return p
}

// readBy reads the page as the list that the selectors describe. The page itself stays as it is, to be read by others.
func (l listing) readBy(doc dewline.Document, page *dewline.PageList) dewline.Parsed {
	l.chosen, l.counts = choice{}, counts{}
	if err := l.choose(page); err != nil {
		return refused(err)
	}
	p := dewline.Parsed{Format: "web page", Title: l.title(), Link: doc.URL, Language: l.language}
	all, err := l.read()
	if err != nil {
		return refused(err)
	}
	if p.Status, p.Detail = l.health(all, doc.Before); p.Status.Read() {
		collect(doc, &p, fieldsOf(all))
	}
	return p
}

// noPage says what a body is that is no web page; empty for a page.
func noPage(text []byte) string {
	head := text[:min(len(text), sniffBytes)]
	switch sniff(text) {
	case kindNothing:
		return "nothing at all"
	case kindJSON:
		return "JSON"
	case kindXML:
		if feedRoot.Match(head) {
			return "a feed"
		}
		if !pageRoot.Match(head) && bytes.HasPrefix(text, []byte("<?xml")) {
			return "XML"
		}
	}
	return ""
}

// refused describes a page that would harm its reader, or selectors that cannot be.
func refused(err error) dewline.Parsed {
	return dewline.Parsed{Status: dewline.StatusHostile, Detail: "refused, because reading it could harm: " + err.Error() + "; nothing of it was taken in"}
}

// listing is a web page on its way to entries.
type listing struct {
	*tree
	chosen   choice
	base     *url.URL
	address  string // of the page
	language string
	at       time.Time // when it was fetched
	left     int       // bytes of text that may still be made
	counts   counts
}

// choice are the elements that the selectors find on the whole page; what is not configured is nil.
type choice struct {
	item, link, title, date, summary *chosen
}

// chosen is a selector and what it finds.
type chosen struct {
	*selector
	found []int
}

// counts are how many of the items have what a selector is for.
type counts struct {
	items, links, titles, dates, summaries int
	script, dead                           int // links that a script follows; links that lead nowhere
}

// listingOf parses a page, without a choice of what is in it.
func listingOf(doc dewline.Document, text []byte) (*listing, error) {
	t, err := plant(text)
	if err != nil {
		return nil, err
	}
	l := &listing{tree: t, base: parseBase(doc.URL), address: doc.URL, at: doc.At, left: 2*len(text) + 64<<10}
	if i := t.first("base"); i >= 0 {
		if href := attribute(t.nodes[i], "href"); strings.TrimSpace(href) != "" {
			l.base = parseBase(absolute(l.base, href))
		}
	}
	if i := t.first("html"); i >= 0 {
		l.language = language(attribute(t.nodes[i], "lang"))
	}
	if configured := language(doc.Feed.Language); configured != "" {
		l.language = configured
	}
	return l, nil
}

// choose finds what the selectors are for.
func (l *listing) choose(page *dewline.PageList) error {
	for _, c := range []struct {
		to  **chosen
		css string
	}{{&l.chosen.item, page.Item}, {&l.chosen.link, page.Link}, {&l.chosen.title, page.Title}, {&l.chosen.date, page.Date}, {&l.chosen.summary, page.Summary}} {
		if c.css == "" {
			continue
		}
		sel, err := compile(c.css)
		if err != nil {
			return err
		}
		*c.to = &chosen{sel, l.find(sel)}
	}
	return nil
}

func (l *listing) title() string {
	if i := l.first("title"); i >= 0 {
		return line(html.EscapeString(l.text(i)))
	}
	return ""
}

// read makes fields of every block, and one of those that lead to the same page.
func (l *listing) read() ([]listed, error) {
	blocks := l.chosen.item.found
	if len(blocks) > maxItems {
		return nil, hostile(fmt.Sprintf("a list of more than %d items; choose a narrower `item:`", maxItems))
	}
	all := make([]listed, 0, len(blocks))
	for _, i := range blocks {
		all = append(all, l.block(i))
		if l.left < 0 {
			return nil, hostile("blocks inside one another, whose texts repeat again and again; choose a narrower `item:`")
		}
	}
	return unite(all), nil
}

// listed are the fields of one block.
type listed struct {
	fields
	weak bool // the title is only a picture's
}

// block reads one item's block.
func (l *listing) block(i int) listed {
	l.counts.items++
	links := l.links(i)
	var it listed
	it.titleIs, it.summaryIs = asPlain, asPlain
	if len(links) > 0 {
		it.link = links[0].to
		l.counts.links++
	}
	l.headline(&it, i, links)
	l.date(&it, i)
	if it.summary = l.value(l.chosen.summary, i); it.summary != "" {
		l.counts.summaries++
	}
	if it.link == "" && it.title == "" { // the head of a table, an advertisement
		return listed{}
	}
	return it
}

// value is the first text that the selector finds in a block.
func (l *listing) value(c *chosen, block int) string {
	if c == nil {
		return ""
	}
	for _, i := range l.of(c, block) {
		if s := l.said(c, i); s != "" {
			return s
		}
	}
	return ""
}

// said is an element's text, or the attribute that the selector names.
func (l *listing) said(c *chosen, i int) string {
	if c.attribute != "" {
		return plain(attribute(l.nodes[i], c.attribute))
	}
	return l.text(i)
}

// of are the elements that the selector finds inside a block; the block itself where it finds none inside.
func (l *listing) of(c *chosen, block int) []int {
	if c.self {
		return []int{block}
	}
	if found := l.inBlock(c.found, block); len(found) > 0 {
		return found
	}
	if _, here := slices.BinarySearch(c.found, block); here {
		return []int{block}
	}
	return nil
}

// fieldsOf are the fields alone.
func fieldsOf(all []listed) []fields {
	out := make([]fields, len(all))
	for i := range all {
		out[i] = all[i].fields
	}
	return out
}
