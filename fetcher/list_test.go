package fetcher

import (
	"io"
	"net/http"
	"slices"
	"testing"

	"dewline"
)

// The lists that were found before go to the parser with the page, and by which it was read comes back. One that is
// found on half a page is not believed, for the other half may hold the right one.
func TestListsThatWereFound(t *testing.T) {
	known, other := dewline.PageList{Item: "li"}, dewline.PageList{Item: "div"}
	for _, c := range []struct {
		name   string
		cut    bool
		read   dewline.PageList
		want   dewline.Status
		listed bool
	}{
		{"whole, by the known list", false, known, dewline.StatusOK, true},
		{"whole, by another one", false, other, dewline.StatusOK, true},
		{"cut, by the known list", true, known, dewline.StatusCut, true},
		{"cut, by another one", true, other, dewline.StatusConnection, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			var kept []dewline.PageList
			client := newClient(t, func(o *Options) {
				o.Parse = func(doc dewline.Document) dewline.Parsed {
					kept = doc.Kept
					p := countItems(doc)
					p.List = &c.read
					return p
				}
			})
			feed := dewline.Feed{Name: "x", Page: &dewline.PageList{Auto: true}, URL: serve(t, func(w http.ResponseWriter, _ *http.Request) {
				if c.cut {
					w.Header().Set("Content-Length", "1000")
				}
				io.WriteString(w, sample)
			})}
			state := dewline.FeedState{URL: feed.URL, Reading: feed.Reading(), List: &dewline.FoundList{PageList: known}}
			r := client.Fetch(t.Context(), feed, state)
			if !slices.Equal(kept, []dewline.PageList{known}) {
				t.Errorf("the parser is told of %v", kept)
			}
			if r.Status != c.want || (r.List != nil) != c.listed || (len(r.Entries) > 0) != c.listed {
				t.Errorf("%s, %d entries, list %v: %s", r.Status, len(r.Entries), r.List, r.Detail)
			}
			state.Reading = "another"
			if client.Fetch(t.Context(), feed, state); kept != nil {
				t.Errorf("read in another way, the parser is told of %v", kept)
			}
		})
	}
}
