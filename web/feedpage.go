package web

import (
	"net/http"
	"slices"
	"time"

	"dewline"
)

const pollsOnSheet = 100

// feedPage is one feed: how it is, what to do about it, and its poll records.
type feedPage struct {
	frame
	Feed  feedView
	Polls []pollView
	Older int64 // where the next page goes on, as a time in ns; 0 for the last
}

// pollView is a poll record as the page shows it.
type pollView struct {
	dewline.Poll
	When *stamp
	Time string
	Lost int // entries that were rejected, for whatever reason
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
	for _, p := range list {
		v := pollView{Poll: p, When: at(p.At, now), Time: took(p.Took)}
		for _, n := range p.Rejected {
			v.Lost += n
		}
		page.Polls = append(page.Polls, v)
	}
	return page, nil
}
