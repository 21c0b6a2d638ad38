package config

import (
	"fmt"
	"strings"

	"dewline"
)

// lists reads how a feed is read that is none: a web page's list, or a sitemap.
func (l *loader) list(e *feedSection, f *dewline.Feed) {
	if e.Page != nil && e.Sitemap != nil {
		l.report(e.Sitemap.at(), 1, "`sitemap:` stands beside `page:`", "a source is read in one way; remove one of them")
	}
	if e.Page != nil && (e.Page.set || e.Page.alone.set) {
		f.Page = l.page(e.Page)
	}
	if e.Sitemap != nil {
		f.Sitemap = l.sitemap(e.Sitemap)
	}
}

func (l *loader) page(s *pageSection) *dewline.PageList {
	if s.alone.set {
		if s.alone.value != "auto" {
			l.wrong(s.alone.scalar, fmt.Sprintf("`page:` is auto or selectors, not %q", s.alone.value), "write page: auto, and the list is looked for, or page: {item: …}")
		}
		return &dewline.PageList{Auto: true}
	}
	l.required(s.Item, s.place, "`page:`", "add item: and the CSS selector of one item's block; `dewline feeds check` of the page proposes one")
	for _, each := range []text{s.Item, s.Link, s.Title, s.Date, s.Summary} {
		switch {
		case !each.set:
		case strings.TrimSpace(each.value) != "":
			l.syntaxCheck(each.scalar, l.checks.Selector, each.value)
		case each.key != s.Item.key:
			l.wrong(each.scalar, "`"+each.key+":` is empty", "give it a CSS selector, or remove the key")
		}
	}
	return &dewline.PageList{
		Item: s.Item.value, Link: s.Link.value, Title: s.Title.value, Date: s.Date.value, Summary: s.Summary.value,
	}
}

func (l *loader) sitemap(s *sitemapSection) *dewline.Sitemap {
	if s.alone.failed || s.alone.value == "false" {
		return nil
	}
	if s.Match.set && strings.Trim(s.Match.value, "* ") == "" {
		l.wrong(s.Match.scalar, "`match:` holds no text", "write a part of the addresses that are items, such as /latest-releases/, or remove the key")
	}
	return &dewline.Sitemap{Match: s.Match.value}
}

// address is a sitemap's own address, where that is what is written.
func (s *sitemapSection) address() (text, bool) {
	if s == nil || !s.alone.set || s.alone.value == "true" || s.alone.value == "false" {
		return text{}, false
	}
	return s.alone, true
}

// at is where the section or the word stands.
func (s *sitemapSection) at() place {
	if s.alone.set || s.alone.failed {
		return s.alone.place
	}
	return s.place
}

// located makes a sitemap's own address the feed's.
func (l *loader) located(e *feedSection) {
	address, ok := e.Sitemap.address()
	if !ok {
		return
	}
	if e.URL.tried() {
		l.wrong(address.scalar, "`sitemap:` and `url:` are both addresses", "write sitemap: true beside url, or remove url")
	}
	e.URL = address
}

// PageYAML writes a page with its selectors as an entry of feeds:, to be pasted into config.yaml.
func PageYAML(address string, page dewline.PageList) string {
	var b strings.Builder
	fmt.Fprintf(&b, "  - url: %s\n    page:\n", quote(address))
	for _, s := range page.Selectors() {
		fmt.Fprintf(&b, "      %s: %s\n", s.Key, quoteAlways(s.CSS))
	}
	return b.String()
}

// SitemapYAML writes a sitemap as an entry of feeds:.
func SitemapYAML(address string) string {
	return fmt.Sprintf("  - url: %s\n    sitemap: true\n", quote(address))
}

// quoteAlways writes a text for YAML in quotes: a selector may hold what YAML takes for a sign of its own.
func quoteAlways(s string) string {
	if q := quote(s); strings.HasPrefix(q, `"`) {
		return q
	}
	return `"` + s + `"`
}
