package parser

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"dewline"
)

// Bounds on a sitemap. The protocol allows 50,000 addresses in one.
const (
	maxSitemapElements = 1_000_000
	maxSitemapDepth    = 32
	maxAddresses       = 50_000
	maxIndexed         = 5000    // of an index
	maxSitemapText     = 8 << 10 // of one value
)

var sitemapRoot = regexp.MustCompile(`(?i)<(?:[a-z][a-z0-9]{0,15}:)?(urlset|sitemapindex)[\s>]`)

// readSitemap reads a body that its feed says is a sitemap: a plain one, one of news, or an index of others.
func readSitemap(doc dewline.Document, text []byte) dewline.Parsed {
	if !sitemapRoot.Match(text[:min(len(text), sniffBytes)]) {
		return noSitemap(doc, text)
	}
	s := sitemap{base: parseBase(doc.URL), match: doc.Feed.Sitemap.Match, named: map[string]bool{}}
	cut, err := s.read(scrub(text))
	if err != nil {
		return refused(err)
	}
	p := dewline.Parsed{Format: "sitemap", Link: doc.URL, Parts: s.parts}
	if s.index {
		p.Format = "index of sitemaps"
	}
	if s.news {
		p.Format = "news sitemap"
	}
	collect(doc, &p, s.items)
	settle(&p, cut, len(p.Entries))
	switch {
	case p.Status != dewline.StatusEmpty:
	case s.index && len(s.parts) > 0:
		p.Status, p.Detail = dewline.StatusOK, ""
	case s.addresses > 0 && !doc.Part:
		p.Status = dewline.StatusBrokenList
		p.Detail = fmt.Sprintf("of the %d addresses in the sitemap none holds %s; correct `match:`, or look whether the site was rebuilt", s.addresses, quoted(s.match))
	}
	return p
}

// noSitemap describes a body that is no sitemap although its feed says so.
func noSitemap(doc dewline.Document, text []byte) dewline.Parsed {
	plain := doc
	plain.Feed.Sitemap = nil
	p := read(plain, text)
	if p.Status.Read() {
		return dewline.Parsed{Status: dewline.StatusNotFeed, Detail: "the address serves a feed (" + p.Format + ") where `sitemap:` expects a sitemap; remove `sitemap:`"}
	}
	if p.Status == dewline.StatusHTML {
		p.Detail = "the address serves a web page where a sitemap should be; the site's robots.txt may name its new address"
	}
	return p
}

// sitemap is a sitemap on its way to entries.
type sitemap struct {
	base  *url.URL
	match string

	index, news bool
	items       []fields
	parts       []dewline.Part
	named       map[string]bool // the addresses of parts
	addresses   int             // of pages, matched or not

	path     []string // the names of the open elements, from the root
	elements int
	value    strings.Builder
	now      fields
	lastmod  string
}

// read goes through the document; it reports whether that ends in the middle.
func (s *sitemap) read(text []byte) (cut bool, err error) {
	d := xml.NewDecoder(bytes.NewReader(text))
	d.Strict = false
	d.CharsetReader = func(_ string, r io.Reader) (io.Reader, error) { return r, nil } // it is UTF-8 by now
	for {
		token, err := d.RawToken()
		if err != nil {
			return len(s.path) > 0 || s.elements == 0, nil
		}
		switch t := token.(type) {
		case xml.StartElement:
			if err := s.start(strings.ToLower(t.Name.Local)); err != nil {
				return false, err
			}
		case xml.EndElement:
			if !s.end(strings.ToLower(t.Name.Local)) {
				return true, nil
			}
			if len(s.path) == 0 {
				return false, nil
			}
		case xml.CharData:
			if s.value.Len()+len(t) <= maxSitemapText {
				s.value.Write(t)
			}
		}
	}
}

func (s *sitemap) start(name string) error {
	s.path = append(s.path, name)
	s.elements++
	s.value.Reset()
	switch {
	case s.elements > maxSitemapElements:
		return hostile(fmt.Sprintf("a sitemap of more than %d elements", maxSitemapElements))
	case len(s.path) > maxSitemapDepth:
		return hostile("a sitemap that is nested too deep")
	case len(s.path) == 1:
		s.index = name == "sitemapindex"
	case len(s.path) == 2:
		s.now, s.lastmod = fields{titleIs: asPlain}, ""
	}
	return nil
}

// end takes in what an element held. It reports false where the element was not open: then nothing that follows
// can be trusted.
func (s *sitemap) end(name string) bool {
	if len(s.path) == 0 || s.path[len(s.path)-1] != name {
		return false
	}
	value := plain(s.value.String())
	switch where := strings.Join(s.path[1:], "/"); where {
	case "url/loc", "sitemap/loc":
		s.now.link = value
	case "url/lastmod", "sitemap/lastmod":
		s.lastmod = value
	case "url/news/title":
		s.now.title, s.news = value, true
	case "url/news/publication_date":
		s.now.published, s.news = value, true
	case "url/news/publication/language":
		s.now.language = value
	case "url/news/keywords":
		for word := range strings.SplitSeq(value, ",") {
			s.now.categories = append(s.now.categories, strings.TrimSpace(word))
		}
	case "url":
		s.page()
	case "sitemap":
		s.part()
	}
	s.value.Reset()
	s.path = s.path[:len(s.path)-1]
	return true
}

// page takes in one address. One that is none is counted as a blank entry.
func (s *sitemap) page() {
	address := webLink(s.base, s.now.link)
	if address == "" {
		s.items = append(s.items, fields{})
		return
	}
	s.addresses++
	if len(s.items) >= maxAddresses || !matches(s.match, address) {
		return
	}
	s.now.updated = s.lastmod
	if s.now.title == "" {
		s.now.title, s.now.untitled = slugTitle(s.now.link), true
	}
	s.items = append(s.items, s.now)
}

// part takes in one sitemap that an index names.
func (s *sitemap) part() {
	address := webLink(s.base, s.now.link)
	if !s.index || address == "" || s.named[address] || len(s.parts) == maxIndexed {
		return
	}
	s.named[address] = true
	p := dewline.Part{URL: address, LastMod: s.lastmod}
	p.At, _ = date(s.lastmod)
	s.parts = append(s.parts, p)
}

// matches reports whether an address holds the text of `match:` behind its host; * stands for any text.
func matches(pattern, address string) bool {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return false
	}
	rest := u.Path
	if u.RawQuery != "" {
		rest += "?" + u.RawQuery
	}
	for piece := range strings.SplitSeq(pattern, "*") {
		_, after, ok := strings.Cut(rest, piece)
		if !ok {
			return false
		}
		rest = after
	}
	return true
}

// slugTitle makes a title of what an address ends with: /news/2026/anti-missile-talks_open.html. It is empty where
// there is no word.
func slugTitle(link string) string {
	u, err := url.Parse(link)
	if err != nil {
		return ""
	}
	segments := strings.Split(strings.Trim(u.Path, "/"), "/")
	slug := segments[len(segments)-1]
	if dot := strings.LastIndexByte(slug, '.'); dot > 0 && len(slug)-dot <= len(".shtml") {
		slug = slug[:dot]
	}
	words := strings.FieldsFunc(slug, func(r rune) bool { return strings.ContainsRune("-_+ .,~", r) })
	words = slices.DeleteFunc(words, func(w string) bool { return strings.Trim(w, "0123456789") == "" && len(w) > 4 }) // numbers of the site's own
	title := plain(strings.Join(words, " "))
	if headlineOf(title) == "" {
		return ""
	}
	return title
}
