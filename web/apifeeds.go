package web

import (
	"cmp"
	"net/http"
	"slices"
	"time"

	"dewline"
)

type (
	feedList struct {
		Feeds []dewline.FeedDocument `json:"feeds"`
	}
	pollList struct {
		Polls []dewline.PollDocument `json:"polls"`
	}
)

func (s *site) apiFeeds(r *http.Request) (any, error) {
	if _, err := readParams(r); err != nil {
		return nil, err
	}
	states, err := s.store.Feeds(r.Context())
	now := time.Now()
	answer := feedList{Feeds: []dewline.FeedDocument{}}
	for i := range states {
		states[i].Wait = s.waiting(states[i].Key, now)
		answer.Feeds = append(answer.Feeds, states[i].Document(s.feeds[states[i].Key].Tags, now))
	}
	return answer, err
}

// waiting is what keeps a feed from being polled; nil where nothing is known.
func (s *site) waiting(feed dewline.Key, now time.Time) *dewline.Wait {
	if s.Waiting == nil {
		return nil
	}
	return s.Waiting(feed, now)
}

func (s *site) apiPolls(r *http.Request) (any, error) {
	p, err := readParams(r, "feed", "since", "until", "limit")
	if err != nil {
		return nil, err
	}
	limit, err := p.limit()
	if err != nil {
		return nil, err
	}
	since, err := p.since(time.Now())
	if err != nil {
		return nil, err
	}
	until, err := p.moment("until", time.Now())
	if err != nil {
		return nil, err
	}
	states, err := s.store.Feeds(r.Context())
	if err != nil {
		return nil, err
	}
	if name := p.get("feed"); name != "" {
		i := slices.IndexFunc(states, func(st dewline.FeedState) bool { return st.Name == name })
		if i < 0 {
			return nil, notFound("no feed is called " + quoted(name) + "; " + meant(name, names(states), "none is configured"))
		}
		states = states[i : i+1]
	}
	return s.polls(r, states, since, until, limit)
}

// polls are the latest records of several feeds. Only feeds that are among the
// last polled can hold one of them, and only from the time on when the last of
// those was polled.
func (s *site) polls(r *http.Request, states []dewline.FeedState, since, until time.Time, limit int) (pollList, error) {
	slices.SortStableFunc(states, func(a, b dewline.FeedState) int { return b.LastPoll.Compare(a.LastPoll) })
	if len(states) >= limit && until.IsZero() {
		states = states[:limit]
		if last := states[limit-1].LastPoll; last.After(since) {
			since = last
		}
	}
	answer := pollList{Polls: []dewline.PollDocument{}}
	for _, st := range states {
		records, err := s.store.Polls(r.Context(), st.Key, dewline.PollFilter{Since: since, Until: until, Limit: limit})
		if err != nil {
			return answer, err
		}
		for i := range records {
			answer.Polls = append(answer.Polls, records[i].Document(st.Name))
		}
	}
	slices.SortStableFunc(answer.Polls, func(a, b dewline.PollDocument) int { return cmp.Or(b.At.Compare(a.At), cmp.Compare(a.Feed, b.Feed)) })
	answer.Polls = answer.Polls[:min(limit, len(answer.Polls))]
	return answer, nil
}

func names(states []dewline.FeedState) (list []string) {
	for _, st := range states {
		list = append(list, st.Name)
	}
	return list
}

// orEmpty keeps a JSON list a list.
func orEmpty(s []string) []string {
	if s == nil {
		return []string{}
	}
	return s
}

// orNull is null for what never happened.
func orNull(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	t = t.UTC()
	return &t
}
