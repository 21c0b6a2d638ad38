package parser

import (
	"strings"
	"testing"
	"time"

	"dewline"
)

// autoPage is a page of testdata of which nobody says where its list stands.
func autoPage(t *testing.T, name string) dewline.Document {
	doc := listPage(t, name)
	doc.Feed.Page = &dewline.PageList{Auto: true}
	doc.At = time.Date(2026, 11, 25, 12, 0, 0, 0, time.UTC)
	return doc
}

// The list of each typical page is found and read; what finds it is handed back, and reads it again.
func TestFoundLists(t *testing.T) {
	for _, name := range []string{
		"drupal", "wordpress", "typo3", "sharepoint", "liferay", "gbk-table", "zh-list", "ja-dl", "ko-board", "ru-bitrix", "ar-rtl", "govuk", "govpl", "cs-flat", "hashed", "dnn",
	} {
		t.Run(name, func(t *testing.T) {
			doc := autoPage(t, name)
			p := Parse(doc)
			if p.Status != dewline.StatusOK || p.List == nil || p.List.Item == "" || p.List.Auto {
				t.Fatalf("%s: %s (%v)", p.Status, p.Detail, p.List)
			}
			doc.Kept = []dewline.PageList{{Item: "li.nothing"}, *p.List}
			again := Parse(doc)
			if again.Status != dewline.StatusOK || len(again.Entries) != len(p.Entries) || again.List == nil || *again.List != *p.List {
				t.Errorf("by the selectors that were kept: %s, %d items, want %d", again.Status, len(again.Entries), len(p.Entries))
			}
			// Written as page:, they give the same.
			doc.Kept, doc.Feed.Page = nil, p.List
			if pinned := Parse(doc); pinned.List != nil || len(pinned.Entries) != len(p.Entries) {
				t.Errorf("pinned: %s, %d items, list %v", pinned.Status, len(pinned.Entries), pinned.List)
			}
		})
	}
}

// What may be no list of statements is not read, and it is said what to do.
func TestNoGuessIsRead(t *testing.T) {
	undated := `<html><body><div class="l">` + rows(`<p class="i"><a href="/n/{i}">{t}</a></p>`, headlines) + `</div></body></html>`
	events := `<html><body><div class="l">` + rows(`<p class="i"><a href="/n/{i}">{t}</a> <span>{d}.12.2026</span></p>`, headlines) + `</div></body></html>`
	aside := `<html><body><div class="sidebar">` + rows(`<p class="i"><a href="/n/{i}">{t}</a> <span>{d}.11.2026</span></p>`, headlines) + `</div></body></html>`
	for name, c := range map[string]struct{ body, why string }{
		"no dates":    {undated, "may be something else (6 items, 0 with a date"},
		"events":      {events, "dates in the future, as of events"},
		"a side list": {aside, "where menus and side columns do"},
		"few words":   {`<html><body><p>Under maintenance</p></body></html>`, "no repeated blocks"},
		"by a script": {`<html><body><div id="root"></div><script src="x"></script></body></html>`, "made by a script"},
		"links that call scripts": {`<html><body><ul>` + rows(`<li><a href="javascript:go({i})">{t}</a> {d}.11.2026</li>`, headlines) + `</ul></body></html>`,
			"call a script"},
	} {
		doc := dewline.Document{
			Body: []byte(c.body), URL: "https://mod.example/news/", Feed: dewline.Feed{Name: "x", Page: &dewline.PageList{Auto: true}},
			At: time.Date(2026, 11, 25, 12, 0, 0, 0, time.UTC),
		}
		p := Parse(doc)
		if p.Status != dewline.StatusBrokenList || len(p.Entries) > 0 || p.List != nil || !strings.Contains(p.Detail, c.why) ||
			!strings.Contains(p.Detail, "`dewline feeds check https://mod.example/news/`") {
			t.Errorf("%s: %s, %d items, %v: %s", name, p.Status, len(p.Entries), p.List, p.Detail)
		}
	}
}

// A page that was rebuilt is read by the list that is found on it, if that is sure; else the list that was there stays the
// feed's, and both are told.
func TestRebuiltPage(t *testing.T) {
	list := func(class string) string {
		return `<html><body><ul class="` + class + `">` + rows(`<li><a href="/n/{i}">{t}</a> <span class="d">{d}.11.2026</span></li>`, headlines) + `</ul></body></html>`
	}
	doc := dewline.Document{
		Body: []byte(list("neu")), URL: "https://mod.example/news/", Feed: dewline.Feed{Name: "x", Page: &dewline.PageList{Auto: true}},
		At: time.Date(2026, 11, 25, 12, 0, 0, 0, time.UTC), Kept: []dewline.PageList{{Item: "ul.alt li"}}, Before: 6,
	}
	p := Parse(doc)
	if p.Status != dewline.StatusOK || len(p.Entries) != 6 || p.List == nil || !strings.Contains(p.List.Item, "neu") || p.List.Date == "" {
		t.Errorf("rebuilt: %s %s %v, %d items", p.Status, p.Detail, p.List, len(p.Entries))
	}
	doc.Kept = []dewline.PageList{{Item: "ul.neu li", Date: "span.d"}, *p.List}
	if again := Parse(doc); again.List == nil || *again.List != doc.Kept[0] {
		t.Errorf("the first that is there is not read: %v", again.List)
	}
	doc.Kept = []dewline.PageList{{Item: "ul.alt li"}}
	doc.Body = []byte(`<html><body><p>We are sorry, the page is being rebuilt at the moment.</p></body></html>`)
	p = Parse(doc)
	for _, want := range []string{"`ul.alt li` finds nothing", "had 6 items when it last worked", "no other list was found", "in the place of `page: auto`"} {
		if !strings.Contains(p.Detail, want) {
			t.Errorf("broken: %s does not say %s", p.Detail, want)
		}
	}
	if p.Status != dewline.StatusBrokenList || p.List != nil {
		t.Errorf("broken: %s %v", p.Status, p.List)
	}
}

// A second list that could be meant as well is named.
func TestRivalLists(t *testing.T) {
	body := `<html><body><div class="news">` + rows(`<p class="n"><a href="/n/{i}">{t}</a> <span>{d}.11.2026</span></p>`, headlines) +
		`</div><div class="orders">` + rows(`<p class="o"><a href="/o/{i}">{t}</a> <span>{d}.10.2026</span></p>`, headlines) + `</div></body></html>`
	p := Parse(dewline.Document{Body: []byte(body), URL: "https://mod.example/", Feed: dewline.Feed{Name: "x", Page: &dewline.PageList{Auto: true}}})
	if p.Status != dewline.StatusOK || !strings.Contains(p.Detail, "another one that could be meant") {
		t.Errorf("%s: %s", p.Status, p.Detail)
	}
}

// Dates without a year are dates of a list like others.
func TestListOfDaysWithoutYear(t *testing.T) {
	body := `<html lang="zh"><body><ul class="list">` + rows(`<li><a href="/n/{i}">{t}</a> <span class="d">11-{d}</span></li>`, headlines) + `</ul></body></html>`
	doc := dewline.Document{
		Body: []byte(body), URL: "https://mod.example/", Feed: dewline.Feed{Name: "x", Page: &dewline.PageList{Auto: true}},
		At: time.Date(2026, 11, 25, 12, 0, 0, 0, time.UTC),
	}
	p := Parse(doc)
	if p.Status != dewline.StatusOK || len(p.Entries) != 6 {
		t.Fatalf("%s: %s", p.Status, p.Detail)
	}
	if day := p.Entries[0].Make().Published.Format(time.DateOnly); day != "2026-11-23" {
		t.Errorf("the first is of %s (%s)", day, p.Entries[0].Make().PublishedAs)
	}
}
