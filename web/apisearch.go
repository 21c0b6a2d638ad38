package web

import (
	"context"
	"time"

	"dewline"
)

// foundDoc is what the query found in an item, in the words of the webhook's data.
type foundDoc struct {
	Snippet string        `json:"snippet"`
	Matches []dewline.Hit `json:"matches"`
}

// apiSearch answers as the list without a query does, with what the query found.
func (s *site) apiSearch(ctx context.Context, query string, before uint64, since time.Time, limit int) (any, error) {
	q, err := s.Search(query)
	if err != nil {
		return nil, queryFault(query, err)
	}
	r, err := s.search(ctx, q, before, since, limit)
	if err != nil {
		return nil, err
	}
	answer := itemList{Items: []itemDoc{}, Warnings: remarks(query, q.Warnings)}
	if r.next != 0 {
		answer.NextCursor = writeCursor(r.next, since)
	}
	for i := range r.found {
		f := &r.found[i]
		doc, err := s.itemDoc(ctx, &f.Item)
		if err != nil {
			return nil, err
		}
		doc.Found = &foundDoc{f.Snippet, append([]dewline.Hit{}, f.Hits...)}
		answer.Items = append(answer.Items, doc)
	}
	return answer, nil
}
