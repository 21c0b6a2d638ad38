package monitor

import (
	"fmt"
	"strings"
	"time"

	"dewline"
)

// listed is what is known of the list of a page after a poll; found is set where another list than before was read.
func listed(st *dewline.FeedState, resp *dewline.Response, at time.Time) (list *dewline.FoundList, found bool) {
	if resp.List == nil {
		return st.List, false
	}
	list = st.List.Next(*resp.List, at)
	return list, list != st.List
}

// sameList is the share of known items, one of so many, from which a list that was found is the one that was read
// before, and only stands elsewhere on the page.
const sameList = 3

// before marks, where another list was found on a page that was read before, what was there all the time: an item that is
// not known, and is from long before the last good poll; and, if the list is hardly known at all, also what has no
// date. It is published and alerts nobody: a page that was rebuilt would tell its past again. It returns how many these
// are.
func (r *recognition) before(st *dewline.FeedState, resp *dewline.Response, at time.Time) (old int) {
	if _, found := listed(st, resp, at); !found || st.FirstRead.IsZero() {
		return 0
	}
	known := 0
	for i := range resp.Entries {
		if r.knows(i) {
			known++
		}
	}
	same := sameList*known >= len(resp.Entries)
	for i := range resp.Entries {
		if r.knows(i) {
			continue
		}
		date := r.published(i)
		if resp.Entries[i].Old = date.IsZero() && !same || !date.IsZero() && st.LastOK.Sub(date) > rebuiltBefore; resp.Entries[i].Old {
			old++
		}
	}
	return old
}

// tellList puts what is to be told of a page that was rebuilt before what else is.
func tellList(st *dewline.FeedState, resp *dewline.Response, old int, at time.Time) {
	list, _ := listed(st, resp, at)
	news := list.News(at)
	if news == "" || !resp.Status.Read() || unchanged(resp) || strings.HasPrefix(resp.Detail, news) {
		return
	}
	if old > 0 {
		news += fmt.Sprintf("; %d of its items are old, or may be, and nobody was told of them", old)
	}
	if resp.Detail != "" {
		news += "; " + resp.Detail
	}
	resp.Detail = news
}

// logList tells the log that a list was found, and whether it takes another one's place.
func (m *Monitor) logList(feed dewline.Feed, before, now *dewline.FoundList) {
	switch {
	case now == nil || now == before:
	case now.Was != nil:
		m.Log.Warn("the page was rebuilt, and its list found again", "feed", feed.Name, "list", now.PageList.String(), "was", now.Was.String())
	default:
		m.Log.Info("the list of the page was found", "feed", feed.Name, "list", now.PageList.String())
	}
}
