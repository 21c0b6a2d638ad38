package parser

import (
	"net/url"

	"dewline"
)

// collect makes entries of the fields, in the document's order, and counts what is none. The
// entry in which a document was cut is one where what is left of it identifies it; otherwise
// it does not count.
func collect(doc dewline.Document, p *dewline.Parsed, all []fields) {
	base := parseBase(doc.URL)
	key := doc.Feed.Key()
	p.Rejected = map[dewline.Rejection]int{}
	entries := make([]told, 0, len(all))
	var half *fields
	for i := range all {
		f := &all[i]
		f.locate(base)
		if f.partial {
			half = f
			continue
		}
		if f.blank() {
			p.Rejected[dewline.RejectedBlank]++
			continue
		}
		entries = append(entries, told{fields: f, fingerprint: f.fingerprint()})
	}
	seen := make(map[dewline.Identity]bool, len(entries))
	p.Entries = make([]dewline.Entry, 0, len(entries))
	common := &context{feed: doc.Feed, entries: entries}
	add := func(t *told, id dewline.Identity) {
		seen[id] = true
		k := dewline.ItemKey(key, id)
		m := &maker{fields: t.fields, feed: doc.Feed, context: common, key: k, language: p.Language, base: base, at: doc.At}
		p.Entries = append(p.Entries, dewline.Entry{Key: k, Fingerprint: t.fingerprint, Partial: t.partial, Likeness: m.likeness, Make: m.item})
	}
	for i, id := range identify(entries) {
		if seen[id] {
			p.Rejected[dewline.RejectedDuplicate]++
			continue
		}
		add(&entries[i], id)
	}
	if half != nil && half.speaks() {
		if t := identifyHalf(half, entries); !seen[t.identity()] && t.identity().Value != "" {
			add(t, t.identity())
		}
	}
}

// locate makes the entry's link an absolute web address. A permalink GUID stands in for a missing link.
func (f *fields) locate(doc *url.URL) {
	link := f.link
	if link == "" && f.permalink && web(f.guid) {
		link = f.guid
	}
	f.url = webLink(f.from(doc), link)
}

// from is what the entry's relative links are resolved against.
func (f *fields) from(doc *url.URL) *url.URL {
	if f.base == "" {
		return doc
	}
	return parseBase(absolute(doc, f.base))
}
