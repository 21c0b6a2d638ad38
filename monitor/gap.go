package monitor

import (
	"context"
	"time"

	"dewline"
)

const (
	// rebuiltBefore is by how much the items that a feed shows must be older than the poll before, if none of them is
	// known, to say that the feed was rebuilt, and not that it moved on: dates are often those of a day.
	rebuiltBefore = 36 * time.Hour
	// maxPinned is how many items may stand at the head of a feed for good, or be brought up again among newer ones.
	maxPinned = 3
)

// gapIn finds out whether items may have passed through the feed since the poll before: it shows nothing any
// more that it showed then. It returns nil where that cannot be, and where the feed says that it shows all.
func gapIn(st *dewline.FeedState, feed dewline.Feed, resp *dewline.Response, r *recognition, at time.Time) *dewline.Gap {
	window := len(resp.Entries)
	switch {
	case st.FirstRead.IsZero() || st.Items == 0 || st.LastOK.IsZero(): // nothing was known
	case st.URL != feed.URL || st.Reading != feed.Reading(): // it is another source
	case feed.Sitemap != nil: // of an index, only what was changed comes
	case resp.Status != dewline.StatusOK || unchanged(resp) || window < 2 || resp.Paging.Complete:
	case r.meets(resp.Entries) || r.rebuilt(st.LastOK) || 2*r.before(st, resp, at) > window:
	default:
		return &dewline.Gap{From: st.LastOK.UTC(), To: at.UTC()}
	}
	return nil
}

// knows reports whether the feed showed an entry before.
func (r *recognition) knows(i int) bool {
	s := r.at[i]
	return s == nil || s.isKnown || s.verdict == again || s.verdict == edited
}

// meets reports whether some entry was shown before, and stands where it should. Those that stand at the head for good,
// or were brought up again, before newer ones, do not count.
func (r *recognition) meets(entries []dewline.Entry) bool {
	var known []int
	for i := range entries {
		if r.knows(i) {
			known = append(known, i)
		}
	}
	switch n := len(known); {
	case n == 0:
		return false
	case n > maxPinned:
		return true
	case known[n-1] == n-1: // they are the head
		return !r.movedPast(n, len(entries))
	}
	return !r.broughtUp(entries, known)
}

// broughtUp reports whether known entries stand among newer ones, by their dates: an item that was edited or promoted
// says nothing of where the feed was before.
func (r *recognition) broughtUp(entries []dewline.Entry, known []int) bool {
	latest := time.Time{}
	for _, i := range known {
		at := r.itemOf(&entries[i]).Published
		if at.IsZero() {
			return false
		}
		if at.After(latest) {
			latest = at
		}
	}
	before := time.Time{} // of the entry above, of those that are not known
	for i := range entries {
		if r.knows(i) {
			continue
		}
		at := r.published(i)
		if !at.After(latest) || !before.IsZero() && at.After(before) { // not newer, or not the newest first
			return false
		}
		before = at
	}
	return !r.knows(len(entries) - 1)
}

// movedPast reports whether the entries behind those at the head stand in their place because the feed moved on,
// and not because it shows its oldest first. Where no dates say which, the feed moved on if they are most of what it
// shows: nearly all show their newest first, and a gap is not passed over in silence.
func (r *recognition) movedPast(from, to int) bool {
	if to-from < 2 {
		return false
	}
	first, last := r.published(from), r.published(to-1)
	if first.IsZero() || last.IsZero() || first.Equal(last) {
		return to-from > 2*from
	}
	return first.After(last)
}

// published is when an entry that is not known says that it was published.
func (r *recognition) published(i int) (at time.Time) {
	if s := r.at[i]; s != nil {
		r.guard(s.entry, func() { at = s.make().Published })
	}
	return at
}

// rebuilt reports whether most of the entries, of which none is known, are from long before the last poll: then they
// did not come since.
func (r *recognition) rebuilt(last time.Time) bool {
	old := 0
	for i := range r.at {
		if at := r.published(i); !at.IsZero() && last.Sub(at) > rebuiltBefore {
			old++
		}
	}
	return 2*old > len(r.at)
}

// aside is what a poll says of the feed beside its status: that it was rebuilt, that it may have a gap, that the
// schedule is too slow for it.
func (m *Monitor) aside(src source, st *dewline.FeedState, resp *dewline.Response, r *recognition, t *taken) string {
	if resp.Pushed || st.FirstRead.IsZero() || resp.Status != dewline.StatusOK || unchanged(resp) || resp.Detail != "" {
		return resp.Detail
	}
	window := len(resp.Entries) - resp.Older
	likes := 0
	for _, s := range r.at {
		if s.verdict == again || s.verdict == edited {
			likes++
		}
	}
	_, follows := src.schedule.(adaptive)
	_, found := listed(st, resp, st.LastPoll)
	switch {
	case resp.Gap != nil:
		return resp.Gap.String()
	case likes == window && window > 1 && !st.Churns:
		return "the feed gave all its items other GUIDs or addresses; they were known again, and nobody is told twice"
	case t.poll.New == window && window > 1 && st.Items > 0 && src.feed.Sitemap == nil && !found:
		return "none of the items is known, and most are from long ago: the feed was rebuilt, or this is another one"
	case !follows && !found && 2*t.poll.New > window && window >= 4 && st.Items > 0 && src.feed.Sitemap == nil && !resp.Paging.Complete:
		return tooSlow(t.poll.New, window)
	}
	return ""
}

// bridgeTime bounds how long a poll looks for what is missing.
const bridgeTime = 15 * time.Minute

// bridge looks whether a response leaves a gap, and reads older pages until it is closed.
func (m *Monitor) bridge(ctx context.Context, src source, st *dewline.FeedState, resp *dewline.Response, at time.Time) error {
	if len(resp.Entries) == 0 || st.FirstRead.IsZero() || unchanged(resp) {
		return nil
	}
	known, err := m.known(ctx, st.Key, resp)
	if err != nil || len(known) > maxPinned { // as nearly always
		return err
	}
	r, err := m.recognised(ctx, src.feed, *st, resp)
	if err != nil {
		return err
	}
	if resp.Gap = gapIn(st, src.feed, resp, r, at); resp.Gap == nil {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, bridgeTime)
	defer cancel()
	a := archive{Monitor: m, src: src, st: st, resp: resp, seen: make(map[dewline.Key]bool)}
	for i := range resp.Entries {
		a.seen[resp.Entries[i].Key] = true
	}
	return a.read(ctx)
}
