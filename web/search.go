package web

import (
	"context"
	"net/http"
	"time"

	"dewline"
)

// Search is a query made ready to be put to the stored items.
type Search struct {
	Warnings []*dewline.SyntaxError // what is probably not meant
	// Sift puts the query to a page of the items that were first seen at or
	// after since, the newest first, from before a Seq on; 0 is from the newest.
	// It takes a small part of a second, and may wait for other searches.
	Sift func(ctx context.Context, before uint64, since time.Time) (dewline.Sifted, error)
}

// A search looks at every item, so it is bounded: in how many are made at once,
// and in the time that one answer takes. What was found until then is answered,
// with where to go on.
const (
	searchesAtOnce = 4
	searchTime     = 4 * time.Second
)

// results are what one answer holds of a search.
type results struct {
	found  []dewline.Found
	looked int
	next   uint64 // the Seq from before which to go on; 0: that was all
}

// search looks for at most limit items. Where it is cut short by time there may
// be fewer, also none, and yet more to come.
func (s *site) search(ctx context.Context, q *Search, before uint64, since time.Time, limit int) (r results, err error) {
	select {
	case s.searches <- struct{}{}:
		defer func() { <-s.searches }()
	default:
		return r, busy
	}
	end := time.Now().Add(searchTime)
	for size := 0; ; before = r.next {
		page, err := q.Sift(ctx, before, since)
		if err != nil {
			return r, err
		}
		r.looked += page.Looked
		r.next = page.Next
		for i := range page.Found {
			if len(r.found) == limit || size >= bytesOnPage {
				r.next = r.found[len(r.found)-1].Item.Seq
				return r, nil
			}
			size += len(page.Found[i].Item.Summary) + len(page.Found[i].Item.Content)
			r.found = append(r.found, page.Found[i])
		}
		if r.next == 0 || !time.Now().Before(end) {
			return r, nil
		}
	}
}

var busy = &fault{
	status: http.StatusServiceUnavailable, title: "Busy", retry: "5",
	detail: "other searches are under way; try again in some seconds",
}
