package parser

import (
	"bytes"
	"regexp"
)

// kind is what a body looks like from its beginning.
type kind int

const (
	kindNothing kind = iota
	kindXML
	kindJSON
	kindPage
)

// sniffBytes is how much of a body is looked at to tell what it is.
const sniffBytes = 64 << 10

var (
	feedRoot = regexp.MustCompile(`(?i)<(?:rss|feed|rdf|channel|[a-z][a-z0-9]{0,15}:(?:rss|feed|rdf))[\s>]`)
	pageRoot = regexp.MustCompile(`(?i)<(?:!doctype\s+html|html|head|body|title|meta|script|style|div|p|h1|table|center|noscript|iframe)[\s>]`)
)

// sniff tells the kind of a text that was decoded and trimmed.
func sniff(text []byte) kind {
	if len(text) == 0 {
		return kindNothing
	}
	if text[0] == '{' || text[0] == '[' {
		return kindJSON
	}
	head := text[:min(len(text), sniffBytes)]
	feed := feedRoot.FindIndex(head)
	page := pageRoot.FindIndex(head)
	if page != nil && (feed == nil || page[0] < feed[0] && properPage(head[:feed[0]])) {
		return kindPage
	}
	return kindXML
}

// properPage reports whether what stands before a feed's root is a page of its own (with a
// drawing's <rdf:RDF> in it), and not a server's warning in front of a feed.
func properPage(before []byte) bool {
	lower := bytes.ToLower(before)
	return bytes.Contains(lower, []byte("<html")) || bytes.Contains(lower, []byte("<!doctype html")) ||
		bytes.Contains(lower, []byte("<body"))
}

// fromRoot drops the junk before a feed: what a server warned of, blank lines, other mark-up.
// A DOCTYPE stays, for the guard to see.
func fromRoot(text []byte) []byte {
	feed := feedRoot.FindIndex(text[:min(len(text), sniffBytes)])
	if feed == nil {
		return text
	}
	if bytes.Contains(bytes.ToLower(text[:feed[0]]), []byte("<!doctype")) {
		return text
	}
	return text[feed[0]:]
}

// advertisesNothingButIsPage reports whether XML without a feed's root is a page after all:
// XHTML with a prefix or a fragment of a page.
func advertisesNothingButIsPage(text []byte) bool {
	return pageRoot.Match(text[:min(len(text), sniffBytes)])
}
