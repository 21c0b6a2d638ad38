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
	Level    string // ok, new, warn, bad: a class of the style sheet
	Since    *stamp
	LastPoll *stamp
	LastNew  *stamp
	Due      *stamp
	Push     *pushView // nil: no hub was asked
}

// pushView is the subscription at a feed's hub.
type pushView struct {
	Hub, Detail string
	State       dewline.PushState
	Last        *stamp
	Missed      bool // it left news out lately
}

// overdue is how late a poll may be before somebody should look: far later than
// a slow site's turn.
const overdue = time.Hour

// level says how bad a feed's state is.
func level(st *dewline.FeedState, now time.Time) string {
	switch {
	case st.Status == dewline.StatusCut || st.Status == dewline.StatusEmpty:
		return "warn"
	case !st.Status.Healthy():
		return "bad"
	case !st.Due.IsZero() && now.Sub(st.Due) > overdue:
		return "warn"
	case st.Status == dewline.StatusNew:
		return "new"
	}
	return "ok"
}

// troubled reports a level that somebody should look at.
func troubled(level string) bool { return level == "bad" || level == "warn" }

func (s *site) feedView(st dewline.FeedState, now time.Time) feedView {
	v := feedView{
		FeedState: st, Tags: s.feeds[st.Key].Tags, Home: linkTo(st.Link), Word: string(st.Status), Level: level(&st, now),
		Since: at(st.StatusSince, now), LastPoll: at(st.LastPoll, now), LastNew: at(st.LastNew, now), Due: at(st.Due, now),
	}
	if st.Push != nil {
		v.Push = &pushView{
			Hub: st.Push.Hub, Detail: st.Push.Detail, State: st.Push.State, Last: at(st.Push.LastPush, now),
			Missed: st.Push.State == dewline.PushActive && !st.Push.Missed.IsZero() && !st.Push.Trusted(now),
		}
	}
	if st.Status.Healthy() && v.Level == "warn" {
		v.Word = "overdue"
		v.Since, v.Detail = v.Due, "It should have been polled long ago: is polling stuck, or the store full? The log of dewline says why."
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
