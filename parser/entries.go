package parser

import (
	"net/url"

	"dewline"
)

// collect makes entries of the fields, in the document's order, and counts what is none.
func collect(doc dewline.Document, p *dewline.Parsed, all []fields) {
	base := parseBase(doc.URL)
	key := doc.Feed.Key()
	p.Rejected = map[dewline.Rejection]int{}
	entries := make([]told, 0, len(all))
	for i := range all {
		f := &all[i]
		f.locate(base)
		if f.blank() {
			p.Rejected[dewline.RejectedBlank]++
			continue
		}
		entries = append(entries, told{fields: f, fingerprint: f.fingerprint()})
	}
	seen := make(map[dewline.Identity]bool, len(entries))
	p.Entries = make([]dewline.Entry, 0, len(entries))
	for i, id := range identify(entries) {
		if seen[id] {
			p.Rejected[dewline.RejectedDuplicate]++
			continue
		}
		seen[id] = true
		k := dewline.ItemKey(key, id)
		m := &maker{fields: entries[i].fields, feed: doc.Feed, key: k, language: p.Language, base: base}
		p.Entries = append(p.Entries, dewline.Entry{Key: k, Fingerprint: entries[i].fingerprint, Make: m.item})
	}
}

// locate makes the entry's link absolute. A permalink GUID stands in for a missing link.
func (f *fields) locate(doc *url.URL) {
	link := f.link
	if link == "" && f.permalink && web(f.guid) {
		link = f.guid
	}
	f.url = absolute(f.from(doc), link)
}

// from is what the entry's relative links are resolved against.
func (f *fields) from(doc *url.URL) *url.URL {
	if f.base == "" {
		return doc
	}
	return parseBase(absolute(doc, f.base))
}
