package web

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"dewline"
)

const foundOnPage = 25

// searchPage is a query with what it found.
type searchPage struct {
	frame
	Query   string
	Since   string
	Spans   []span // to choose from
	Faults  []quote
	Remarks []quote // warnings
	Asked   bool    // there are results, perhaps none
	Found   []matchView
	Looked  int
	First   string // the address of the first page, where this is another
	Older   string // of the next one; empty on the last
	Cut     bool   // before the page was full: the time was over, or the texts are long
}

// span is a time back from now.
type span struct{ Value, Title string }

var spans = []span{{"", "at any time"}, {"1d", "in the last day"}, {"7d", "in the last week"}, {"30d", "in the last 30 days"}, {"365d", "in the last year"}}

// searchHandler answers 400 with the form where the query is at fault.
func (s *site) searchHandler(w http.ResponseWriter, r *http.Request) {
	page, err := s.searchPage(r, time.Now())
	if err == nil {
		status := http.StatusOK
		if len(page.Faults) > 0 {
			status = http.StatusBadRequest
		}
		err = s.show(w, status, "search", page)
	}
	if err != nil {
		s.refuse(w, r, s.faultOf(r, err))
	}
}

func (s *site) searchPage(r *http.Request, now time.Time) (*searchPage, error) {
	p := params(r.URL.Query())
	page := &searchPage{frame: s.frame(r, "Search – dewline", "search"), Query: strings.TrimSpace(p.get("query")), Since: p.get("since"), Spans: spans}
	before, since, err := p.page(now)
	if err != nil {
		return nil, err
	}
	if !slices.ContainsFunc(spans, func(o span) bool { return o.Value == page.Since }) {
		page.Spans = append(slices.Clone(spans), span{page.Since, "since " + page.Since})
	}
	if page.Query == "" {
		return page, nil
	}
	page.Title = page.Query + " – dewline"
	q, err := s.Search(page.Query)
	if faults := dewline.SyntaxFaults(err); len(faults) > 0 {
		for _, f := range remarks(page.Query, faults) {
			page.Faults = append(page.Faults, quoteOf(page.Query, f))
		}
		return page, nil
	}
	if err != nil {
		return nil, err
	}
	for _, w := range remarks(page.Query, q.Warnings) {
		page.Remarks = append(page.Remarks, quoteOf(page.Query, w))
	}
	results, err := s.search(r.Context(), q, before, since, foundOnPage)
	if err != nil {
		return nil, err
	}
	page.fill(results, since, now)
	if before != 0 {
		page.First = page.address("")
	}
	return page, nil
}

func (page *searchPage) fill(r results, since, now time.Time) {
	page.Asked, page.Looked = true, r.looked
	for i := range r.found {
		page.Found = append(page.Found, searchView(&r.found[i], now))
	}
	if r.next != 0 {
		page.Older = page.address(writeCursor(r.next, since))
		page.Cut = len(r.found) < foundOnPage
	}
}

// address is that of a page of this search.
func (page *searchPage) address(cursor string) string {
	values := url.Values{"query": {page.Query}}
	if page.Since != "" {
		values.Set("since", page.Since)
	}
	if cursor != "" {
		values.Set("cursor", cursor)
	}
	return "?" + values.Encode()
}

// searchView is a found item as the page shows it.
func searchView(f *dewline.Found, now time.Time) matchView {
	v := itemLine(&f.Item, f.Hits, now)
	if f.Snippet != "" && f.Snippet != f.Item.Title {
		v.Snippets = [][]dewline.Span{dewline.MarkWords(f.Snippet, f.Hits)}
	}
	return v
}
