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
		Feeds []feedDoc `json:"feeds"`
	}
	feedDoc struct {
		Name        string         `json:"name"`
		URL         string         `json:"url"`
		Tags        []string       `json:"tags"`
		Schedule    string         `json:"schedule"`
		Title       string         `json:"title"` // the feed's own
		Link        string         `json:"link"`
		Language    string         `json:"language"`
		Status      dewline.Status `json:"status"`
		Healthy     bool           `json:"healthy"`
		Detail      string         `json:"detail"`
		StatusSince *time.Time     `json:"status_since"`
		Failures    int            `json:"failures"`
		HTTPStatus  int            `json:"http_status"` // 0: no answer, or never polled
		MovedTo     string         `json:"moved_to"`
		LastPoll    *time.Time     `json:"last_poll"`
		LastOK      *time.Time     `json:"last_ok"`
		LastNew     *time.Time     `json:"last_new"`
		Due         *time.Time     `json:"due"`
		Items       int            `json:"items"` // in the last body
		Total       uint64         `json:"total"` // ever stored
	}
	pollList struct {
		Polls []pollDoc `json:"polls"`
	}
	pollDoc struct {
		Feed        string                    `json:"feed"`
		At          time.Time                 `json:"at"`
		Took        float64                   `json:"took_seconds"`
		Status      dewline.Status            `json:"status"`
		Detail      string                    `json:"detail"`
		HTTPStatus  int                       `json:"http_status"`
		NotModified bool                      `json:"not_modified"`
		Bytes       int64                     `json:"bytes"`
		Entries     int                       `json:"entries"`
		New         int                       `json:"new"`
		Changed     int                       `json:"changed"`
		Seen        int                       `json:"seen"`
		Rejected    map[dewline.Rejection]int `json:"rejected"`
		Matches     int                       `json:"matches"`
	}
)

func (s *site) apiFeeds(r *http.Request) (any, error) {
	if _, err := readParams(r); err != nil {
		return nil, err
	}
	states, err := s.store.Feeds(r.Context())
	answer := feedList{Feeds: []feedDoc{}}
	for i := range states {
		answer.Feeds = append(answer.Feeds, s.feedDoc(&states[i]))
	}
	return answer, err
}

func (s *site) feedDoc(st *dewline.FeedState) feedDoc {
	return feedDoc{
		Name: st.Name, URL: st.URL, Tags: orEmpty(s.feeds[st.Key].Tags), Schedule: st.Schedule,
		Title: st.Title, Link: st.Link, Language: st.Language,
		Status: st.Status, Healthy: st.Status.Healthy(), Detail: st.Detail, StatusSince: orNull(st.StatusSince),
		Failures: st.Failures, HTTPStatus: st.HTTPStatus, MovedTo: st.MovedTo,
		LastPoll: orNull(st.LastPoll), LastOK: orNull(st.LastOK), LastNew: orNull(st.LastNew), Due: orNull(st.Due),
		Items: st.Items, Total: st.Total,
	}
}

func (s *site) apiPolls(r *http.Request) (any, error) {
	p, err := readParams(r, "feed", "since", "limit")
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
	return s.polls(r, states, since, limit)
}

// polls are the latest records of several feeds. Only feeds that are among the
// last polled can hold one of them, and only from the time on when the last of
// those was polled.
func (s *site) polls(r *http.Request, states []dewline.FeedState, since time.Time, limit int) (pollList, error) {
	slices.SortStableFunc(states, func(a, b dewline.FeedState) int { return b.LastPoll.Compare(a.LastPoll) })
	if len(states) >= limit {
		states = states[:limit]
		if last := states[limit-1].LastPoll; last.After(since) {
			since = last
		}
	}
	answer := pollList{Polls: []pollDoc{}}
	for _, st := range states {
		records, err := s.store.Polls(r.Context(), st.Key, since, limit)
		if err != nil {
			return answer, err
		}
		for i := range records {
			answer.Polls = append(answer.Polls, poll(st.Name, &records[i]))
		}
	}
	slices.SortStableFunc(answer.Polls, func(a, b pollDoc) int { return cmp.Or(b.At.Compare(a.At), cmp.Compare(a.Feed, b.Feed)) })
	answer.Polls = answer.Polls[:min(limit, len(answer.Polls))]
	return answer, nil
}

func poll(feed string, p *dewline.Poll) pollDoc {
	doc := pollDoc{
		Feed: feed, At: p.At.UTC(), Took: p.Took.Seconds(), Status: p.Status, Detail: p.Detail, HTTPStatus: p.HTTPStatus,
		NotModified: p.NotModified, Bytes: p.Bytes, Entries: p.Entries, New: p.New, Changed: p.Changed, Seen: p.Seen,
		Rejected: p.Rejected, Matches: p.Matches,
	}
	if doc.Rejected == nil {
		doc.Rejected = map[dewline.Rejection]int{}
	}
	return doc
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
