package main

import (
	"context"
	"time"

	"dewline"
	"dewline/filter"
	"dewline/store"
	"dewline/web"
)

// searcher puts queries to the stored items. There is no index: an item is judged
// as the rules judge it when it comes in, so that a search finds what a rule of the
// same query would have found (docs/adr/0010).
//
// One page of items is judged at a time, on all cores, whoever asks: searches of
// the command line, of the page and of the API take turns page by page, and between
// them they never hold more than one page in memory.
type searcher struct {
	db       *store.DB
	language *filter.Concepts
	turn     chan struct{} // held while a page is judged
}

func newSearcher(db *store.DB, language *filter.Concepts) *searcher {
	return &searcher{db: db, language: language, turn: make(chan struct{}, 1)}
}

// search is a query made ready.
type search struct {
	*searcher
	query *filter.Query
	rules *filter.Rules // one, of this query
}

// read makes a query ready. The error is a *dewline.SyntaxError.
func (s *searcher) read(text string) (*search, error) {
	query, err := s.language.Parse(text)
	if err != nil {
		return nil, err
	}
	rules, err := s.language.Compile([]dewline.Rule{{Query: text}})
	return &search{s, query, rules}, err
}

// sift puts the query to the next page of items, when it is its turn.
func (s *search) sift(ctx context.Context, before uint64, since time.Time) (dewline.Sifted, error) {
	select {
	case s.turn <- struct{}{}:
		defer func() { <-s.turn }()
	case <-ctx.Done():
		return dewline.Sifted{}, ctx.Err()
	}
	return s.db.Sift(ctx, before, since, s.judge)
}

// judge matches an item as each of the feeds that serve it would have it, as the monitor does.
func (s *search) judge(it *dewline.Item) (dewline.Found, bool) {
	m := s.rules.Match(it)
	for i := 0; i < len(it.Also) && len(m) == 0; i++ {
		as := *it
		as.Feed = it.Also[i]
		m = s.rules.Match(&as)
	}
	if len(m) == 0 {
		return dewline.Found{}, false
	}
	return dewline.Found{Item: *it, Hits: m[0].Hits, Snippet: m[0].Snippet}, true
}

// forPage is how the page and the API search.
func (s *searcher) forPage(text string) (*web.Search, error) {
	q, err := s.read(text)
	if err != nil {
		return nil, err
	}
	return &web.Search{Warnings: q.query.Warnings(), Sift: q.sift}, nil
}
