package parser

import (
	"encoding/binary"

	"github.com/cespare/xxhash/v2"
)

// markup says what a text is.
type markup int8

const (
	asHTML markup = iota
	asPlain
	asText // text, but many publishers put HTML there
)

// fields are an entry's fields as served, whatever its format.
type fields struct {
	guid      string
	permalink bool // the guid may be used as link
	link      string
	base      string // what relative links of this entry are resolved against

	title, summary, content       string
	titleIs, summaryIs, contentIs markup
	published, updated            string
	authors, categories           []string
	language                      string
	url                           string // link made absolute; set when the entry is identified
	untitled                      bool   // the title is made of the address
	partial                       bool   // the document was cut in this entry
}

// fingerprint hashes the fields as served: the same hash means that nothing changed.
func (f *fields) fingerprint() uint64 {
	var d xxhash.Digest
	d.Reset()
	for _, s := range [...]string{f.guid, f.link, f.title, f.summary, f.content, f.published, f.updated, f.language} {
		hashString(&d, s)
	}
	for _, list := range [...][]string{f.authors, f.categories} {
		hashLen(&d, len(list))
		for _, s := range list {
			hashString(&d, s)
		}
	}
	return d.Sum64()
}

// when is the date that the entry claims, as served.
func (f *fields) when() string {
	if f.published != "" {
		return f.published
	}
	return f.updated
}

func hashString(d *xxhash.Digest, s string) {
	hashLen(d, len(s))
	d.WriteString(s) //nolint:errcheck // a hash does not fail
}

func hashLen(d *xxhash.Digest, n int) {
	var buf [binary.MaxVarintLen64]byte
	d.Write(buf[:binary.PutUvarint(buf[:], uint64(n))]) //nolint:errcheck // a hash does not fail
}

// blank reports whether the entry holds nothing at all.
func (f *fields) blank() bool {
	return !f.speaks() && f.guid == "" && line(f.published+f.updated) == "" && len(tidy(f.authors, author)) == 0 && len(tidy(f.categories, line)) == 0
}

// speaks reports whether there is something to read.
func (f *fields) speaks() bool {
	return f.url != "" || says(f.title, false) || says(f.summary, true) || says(f.content, true)
}

// says reports whether there is text in HTML or, where pictures count, a picture. The whole text
// is made only where no plain letter stands at the start, so that it costs nothing for a normal
// entry.
func says(s string, pictures bool) bool {
	if s == "" {
		return false
	}
	if c := s[0]; c > ' ' && c != '<' && c != '&' && c < 0x7F {
		return true
	}
	return Text(s) != "" || pictures && imageOnly(s)
}
