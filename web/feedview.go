package web

import (
	"cmp"
	"net/http"
	"slices"
	"time"

	"dewline"
)

// feedView is a feed and its health as the page shows them.
type feedView struct {
	dewline.FeedState
	Tags     []string
	Home     link // the feed's own site
	Word     string
	Remedy   string // what to do
	Key      string
	Level    string // ok, new, warn, bad: a class of the style sheet
	Since    *stamp
	LastPoll *stamp
	LastNew  *stamp
	Due      *stamp
	Push     *pushView // nil: no hub was asked
	Waits    *waitView // nil: nothing keeps it from being polled
}

// waitView is why a feed is not polled, and until when.
type waitView struct {
	Why   string
	Until *stamp
}

// pushView is the subscription at a feed's hub.
type pushView struct {
	Hub, Detail string
	State       dewline.PushState
	Last        *stamp
	Missed      bool // it left news out lately
}

// level says how bad a feed's health is.
func level(st *dewline.FeedState, now time.Time) string {
	switch h := st.Health(now); h.State {
	case dewline.HealthGone, dewline.HealthFailing, dewline.HealthChallenged, dewline.HealthNotFeed:
		return "bad"
	case dewline.HealthOK, dewline.HealthMoved:
		if st.Shaky() {
			return "warn"
		}
		return "ok"
	case dewline.HealthNew:
		return "new"
	}
	return "warn"
}

// troubled reports a level that somebody should look at.
func troubled(level string) bool { return level == "bad" || level == "warn" }

func (s *site) feedView(st dewline.FeedState, now time.Time) feedView {
	h := st.Health(now)
	v := feedView{
		FeedState: st, Tags: s.feeds[st.Key].Tags, Home: linkTo(st.Link), Level: level(&st, now), Remedy: h.Remedy, Key: st.Key.String(),
		Word: string(h.State), Since: at(h.Since, now), LastPoll: at(st.LastPoll, now), LastNew: at(st.LastNew, now), Due: at(st.Due, now),
	}
	if st.Push != nil {
		v.Push = &pushView{
			Hub: st.Push.Hub, Detail: st.Push.Detail, State: st.Push.State, Last: at(st.Push.LastPush, now),
			Missed: st.Push.State == dewline.PushActive && !st.Push.Missed.IsZero() && !st.Push.Trusted(now),
		}
	}
	if w := s.waiting(st.Key, now); w != nil {
		v.Waits = &waitView{Why: w.Why, Until: at(w.Until, now)}
	}
	v.Detail = h.Detail
	if h.State == dewline.HealthMoved { // the page says so of every feed that moved
		v.Detail, v.Remedy = st.Detail, ""
	}
	switch {
	case st.Shaky(): // once is no failure yet
		v.Word = h.Reason
	case h.Reason != v.Word:
		v.Word += ": " + h.Reason
	}
	return v
}

// worstFirst orders feeds by trouble, then by name.
func worstFirst(states []dewline.FeedState, now time.Time) {
	rank := map[string]int{"bad": 0, "warn": 1, "new": 2, "ok": 3}
	slices.SortStableFunc(states, func(a, b dewline.FeedState) int {
		return cmp.Or(cmp.Compare(rank[level(&a, now)], rank[level(&b, now)]), cmp.Compare(a.Name, b.Name))
	})
}

func (s *site) feedViews(states []dewline.FeedState, now time.Time) (list []feedView) {
	for _, st := range states {
		list = append(list, s.feedView(st, now))
	}
	return list
}

const feedsOnSheet = 100

// statusPage lists every feed, in pages, trouble first.
func (s *site) statusPage(r *http.Request, now time.Time) (any, error) {
	page, err := pageParam(r)
	if err != nil {
		return nil, err
	}
	states, err := s.store.Feeds(r.Context())
	if err != nil {
		return nil, err
	}
	data := struct {
		frame
		Health health
		Rows   []feedView
		Sheet  sheet
	}{frame: s.frame(r, "Feeds", "status")}
	worstFirst(states, now)
	rows, sheet := cut(states, page, feedsOnSheet)
	data.Rows, data.Sheet = s.feedViews(rows, now), sheet
	data.Health, err = s.health(r.Context(), states, now)
	return data, err
}
