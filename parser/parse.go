package parser

import (
	"bytes"
	"errors"
	"fmt"

	"dewline"
)

// Parse reads a response's body. It never fails and never panics: what went wrong is in
// Status, and in words in Detail. len(Entries) plus the sum of Rejected is the number of
// entries in the document.
func Parse(doc dewline.Document) (parsed dewline.Parsed) {
	defer func() {
		if fault := recover(); fault != nil {
			parsed = dewline.Parsed{
				Status: dewline.StatusInternal,
				Detail: fmt.Sprintf("a fault of dewline's own in reading this document (%v); please report it with the document", fault),
			}
		}
	}()
	text, charset := decode(doc.Body, doc.ContentType)
	text, twice := undouble(text)
	if twice {
		charset += ", encoded twice"
	}
	parsed = read(doc, bytes.TrimLeft(text, "\uFEFF \t\r\n"))
	parsed.Charset = charset
	if twice && parsed.Status == dewline.StatusOK {
		parsed.Detail = "read, but the publisher encodes its text twice (Ã© for é); that was undone; tell the publisher"
	}
	return parsed
}

// read tells what the text is and reads it.
func read(doc dewline.Document, text []byte) dewline.Parsed {
	if doc.Feed.Page != nil {
		return readList(doc, text)
	}
	if doc.Feed.Sitemap != nil {
		return readSitemap(doc, text)
	}
	switch sniff(text) {
	case kindNothing:
		return dewline.Parsed{Status: dewline.StatusNotFeed, Detail: "the body is empty; check the address in a browser"}
	case kindPage:
		return readPage(doc, text)
	case kindJSON:
		return readJSON(doc, text)
	}
	m, err := mend(scrub(fromRoot(text)))
	if errors.Is(err, errHostile) {
		return dewline.Parsed{Status: dewline.StatusHostile, Detail: "refused, because reading it could harm: " + err.Error() +
			"; nothing of it was taken in"}
	}
	switch m.root {
	case "rss", "rdf", "channel":
		return readRSS(doc, m)
	case "feed":
		return readAtom(doc, m)
	}
	return notFeed(doc, text, m.root)
}

// notFeed describes a body that is neither feed nor page.
func notFeed(doc dewline.Document, text []byte, root string) dewline.Parsed {
	if wall := wallOf(text); wall != "" {
		return challenge(wall)
	}
	if root != "" && advertisesNothingButIsPage(text) {
		return readPage(doc, text)
	}
	if sitemapRoot.Match(text[:min(len(text), sniffBytes)]) {
		return dewline.Parsed{Status: dewline.StatusNotFeed, Detail: "the body is a sitemap; write `sitemap: true` for this feed, with `match:` if not all of its addresses are news"}
	}
	what := "the body is no feed"
	if root != "" {
		what = fmt.Sprintf("the body is XML, but no feed: its root element is <%s>", root)
	}
	return dewline.Parsed{Status: dewline.StatusNotFeed, Detail: what + "; check the address in a browser"}
}

// malformed describes a feed that defeated its reader.
func malformed(format string, err error) dewline.Parsed {
	return dewline.Parsed{
		Status: dewline.StatusMalformed,
		Detail: fmt.Sprintf("the %s document cannot be read: %v; tell its publisher", format, err),
	}
}

// cutShort describes a feed that was cut before its first entry, and before its reader could make
// anything of it.
func cutShort(format string) dewline.Parsed {
	p := dewline.Parsed{Format: format}
	settle(&p, true, 0)
	return p
}

// settle gives a feed that was read its status.
func settle(p *dewline.Parsed, cut bool, entries int) {
	switch {
	case cut:
		p.Status = dewline.StatusCut
		p.Detail = fmt.Sprintf("the document ends in the middle; the %d entries before the cut were read", entries)
	case entries == 0:
		p.Status = dewline.StatusEmpty
		p.Detail = "a feed without a single entry; if that lasts, look for its new address"
	default:
		p.Status = dewline.StatusOK
	}
}
