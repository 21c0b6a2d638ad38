package web

import (
	"context"
	"errors"
	"io/fs"
	"net/http"
	"time"

	"dewline"
)

type (
	itemList struct {
		Items      []itemDoc `json:"items"`
		NextCursor string    `json:"next_cursor,omitempty"` // absent on the last page
		Warnings   []remark  `json:"warnings,omitempty"`    // of the query
	}
	itemDoc struct {
		dewline.StoredDocument
		Found *foundDoc `json:"found,omitempty"` // where a query was given
	}
)

func (s *site) apiItems(r *http.Request) (any, error) {
	p, err := readParams(r, "query", "since", "limit", "cursor")
	if err != nil {
		return nil, err
	}
	limit, err := p.limit()
	if err != nil {
		return nil, err
	}
	before, since, err := p.page(time.Now())
	if err != nil {
		return nil, err
	}
	if p.has("query") {
		return s.apiSearch(r.Context(), p.get("query"), before, since, limit)
	}
	items, more, err := s.itemPage(r.Context(), before, since, limit)
	if err != nil {
		return nil, err
	}
	answer := itemList{Items: []itemDoc{}}
	if more {
		answer.NextCursor = writeCursor(items[len(items)-1].Seq, since)
	}
	for i := range items {
		doc, err := s.itemDoc(r.Context(), &items[i])
		if err != nil {
			return nil, err
		}
		answer.Items = append(answer.Items, doc)
	}
	return answer, nil
}

// A page ends before its limit where its texts are long: a hostile feed must
// not make one answer of gigabytes.
const (
	bytesOnPage = 8 << 20
	itemsAtOnce = 16
)

func (s *site) itemPage(ctx context.Context, before uint64, since time.Time, limit int) (items []dewline.Item, more bool, err error) {
	for size := 0; len(items) < limit && size < bytesOnPage; {
		list, err := s.store.LatestItems(ctx, before, since, min(itemsAtOnce, limit-len(items)))
		if err != nil || len(list) == 0 {
			return items, false, err
		}
		for i := range list {
			size += len(list[i].Summary) + len(list[i].Content)
			list[i].HTML = "" // not shown, and as long as the text
		}
		items = append(items, list...)
		before = list[len(list)-1].Seq
	}
	rest, err := s.store.LatestItems(ctx, before, since, 1)
	return items, len(rest) > 0, err
}

func (s *site) itemDoc(ctx context.Context, it *dewline.Item) (itemDoc, error) {
	matches, err := s.store.MatchesOf(ctx, it.Key)
	return itemDoc{StoredDocument: it.StoredDocument(matches, s.BaseURL)}, err
}

// apiItem answers with everything that is known of one item.
func (s *site) apiItem(r *http.Request) (any, error) {
	if _, err := readParams(r); err != nil {
		return nil, err
	}
	key, err := dewline.ParseKey(r.PathValue("id"))
	if err != nil {
		return nil, notFound(err.Error())
	}
	versions, matches, err := s.history(r.Context(), key)
	if err != nil {
		return nil, err
	}
	told, err := s.store.Deliveries(r.Context(), dewline.DeliveryFilter{Item: key, Since: versions[0].FirstSeen})
	if err != nil {
		return nil, err
	}
	page, err := s.store.Watched(r.Context(), key)
	if err != nil {
		return nil, err
	}
	_, ran, err := s.store.Story(r.Context(), key, storyShown)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	return dewline.History(versions, matches, told, page, ran, s.BaseURL), nil
}
