package web

import (
	"context"
	"net/http"
	"slices"
	"time"

	"dewline"
)

const (
	pollsOnSheet = 100
	gapsOnSheet  = 20
)

// feedPage is one feed: how it is, what to do about it, and its poll records.
type feedPage struct {
	frame
	Feed  feedView
	Polls []pollView
	Older int64 // where the next page goes on, as a time in ns; 0 for the last
	Gaps  []gapView
	More  bool // there are more gaps on record
}

// pollView is a poll record as the page shows it.
type pollView struct {
	dewline.Poll
	When *stamp
	Time string
	Lost int // entries that were rejected, for whatever reason
}

// gapView is a time in which items may have passed unseen.
type gapView struct {
	From, To *stamp
	Why      string
}

// gaps are the open gaps of a feed that are on record, the newest first.
func (s *site) gaps(ctx context.Context, feed dewline.Key, now time.Time) (list []gapView, more bool, err error) {
	polls, err := s.store.Polls(ctx, feed, dewline.PollFilter{Gaps: true, Limit: gapsOnSheet + 1})
	for _, p := range polls[:min(len(polls), gapsOnSheet)] {
		list = append(list, gapView{at(p.Gap.From, now), at(p.Gap.To, now), p.Gap.Why})
	}
	return list, len(polls) > gapsOnSheet, err
}

func (s *site) feedPage(r *http.Request, now time.Time) (any, error) {
	key, err := dewline.ParseKey(r.PathValue("id"))
	if err != nil {
		return nil, notFound("There is no feed at this address: " + err.Error() + ".")
	}
	states, err := s.store.Feeds(r.Context())
	if err != nil {
		return nil, err
	}
	i := slices.IndexFunc(states, func(st dewline.FeedState) bool { return st.Key == key })
	if i < 0 {
		return nil, notFound("No feed of this address is configured any more; the page of all feeds lists those that are.")
	}
	before, err := seqParam(r, "before")
	if err != nil {
		return nil, err
	}
	f := dewline.PollFilter{Limit: pollsOnSheet + 1}
	if before > 0 {
		f.Until = time.Unix(0, int64(min(before, 1<<62))) //nolint:gosec // bounded
	}
	list, err := s.store.Polls(r.Context(), key, f)
	if err != nil {
		return nil, err
	}
	page := &feedPage{frame: s.frame(r, states[i].Name, "status"), Feed: s.feedView(states[i], now)}
	if len(list) > pollsOnSheet {
		list = list[:pollsOnSheet]
		page.Older = list[pollsOnSheet-1].At.UnixNano()
	}
	if page.Gaps, page.More, err = s.gaps(r.Context(), key, now); err != nil {
		return nil, err
	}
	for _, p := range list {
		v := pollView{Poll: p, When: at(p.At, now), Time: took(p.Took)}
		for _, n := range p.Rejected {
			v.Lost += n
		}
		page.Polls = append(page.Polls, v)
	}
	return page, nil
}
