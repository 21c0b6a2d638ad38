package web

import (
	"context"
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
	// itemDoc is the webhook's item with the text that was judged, what the
	// source wrote in place of a date, and what matched.
	itemDoc struct {
		dewline.ItemDocument
		PublishedAs string     `json:"published_as,omitempty"`
		UpdatedAs   string     `json:"updated_as,omitempty"`
		Version     int        `json:"version"`
		Changed     time.Time  `json:"changed"`
		Link        string     `json:"link"`
		Matches     []matchDoc `json:"matches"`
		Found       *foundDoc  `json:"found,omitempty"` // where a query was given
	}
	// matchDoc has the words of the webhook's data.
	matchDoc struct {
		Rule    dewline.RuleRef `json:"rule"`
		Matched time.Time       `json:"matched"`
		Version int             `json:"version"`
		Snippet string          `json:"snippet"`
		Matches []dewline.Hit   `json:"matches"`
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
	doc := itemDoc{
		ItemDocument: it.FullDocument(), PublishedAs: it.PublishedAs, UpdatedAs: it.UpdatedAs,
		Version: it.Version, Changed: it.Changed.UTC(), Link: s.itemLink(it.Key), Matches: []matchDoc{},
	}
	matches, err := s.store.MatchesOf(ctx, it.Key)
	for _, m := range matches {
		doc.Matches = append(doc.Matches, matchDoc{
			Rule: m.Rule, Matched: m.At.UTC(), Version: m.Version, Snippet: m.Snippet, Matches: hits(m),
		})
	}
	return doc, err
}

// itemLink is an item's page, as alerts link it.
func (s *site) itemLink(key dewline.Key) string { return s.BaseURL + "/items/" + key.String() }

func hits(m dewline.Match) []dewline.Hit {
	if m.Hits == nil {
		return []dewline.Hit{}
	}
	return m.Hits
}
