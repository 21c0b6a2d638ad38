package monitor

import (
	"time"

	"dewline"

	"github.com/robfig/cron/v3"
)

// brought is what a poll brought: items that are new, and items that came by another feed before.
type brought struct {
	new, joined []dewline.Item
	old         map[dewline.Key]bool // of them: what was there long before
}

// dates are when those that came since the poll before say that they were published.
func (b brought) dates() []time.Time {
	all := make([]time.Time, 0, len(b.new)+len(b.joined))
	for _, list := range [][]dewline.Item{b.new, b.joined} {
		for i := range list {
			if !b.old[list[i].Key] {
				all = append(all, list[i].Published)
			}
		}
	}
	return all
}

// successor is the state of a feed after a poll. It is a pure function: what a
// poll means for the next one is decided here and nowhere else.
func successor(st dewline.FeedState, feed dewline.Feed, sched cron.Schedule, resp *dewline.Response, b brought, began, ended time.Time) dewline.FeedState {
	if resp.Pushed {
		return afterPush(st, resp, b, began)
	}
	st.Name, st.URL, st.Reading = feed.Name, feed.URL, feed.Reading()
	st.LastPoll, st.HTTPStatus = began, resp.HTTPStatus
	health(&st, resp, began)
	if whole(resp) {
		st.LastBody = began
	}
	if unchanged(resp) || resp.Status.Read() {
		st.LastOK = began
		moved(&st, resp.MovedTo, began)
	}
	if !unchanged(resp) && resp.Status.Read() {
		content(&st, resp, began)
		st.LastChange = began
	}
	if st.FirstRead.IsZero() && endsQuiet(st, resp) {
		st.FirstRead = began
	}
	validators(&st, resp)
	if g := resp.Gap; g != nil {
		st.Gap = g
		if g.Closed {
			st.Gaps.Closed++
		} else {
			st.Gaps.Open++
		}
	}
	rhythm(&st, resp, b, began)
	if len(b.new)+len(b.joined) > 0 {
		st.LastNew = began
		st.Total += uint64(len(b.new))
	}
	trouble(&st, began)
	st.Due = next(sched, &st, resp, began, ended)
	return st
}

// believed is how long a server that says "as before" is taken at its word. Some
// say so for ever; then nothing new would ever arrive, and nobody would know. A body from the future is none
// that can be believed: the clock was set back.
const believed = 6 * time.Hour

// asked is the state to ask the source with: without validators where its last
// body is old. The body's fingerprint stays, so the very same one costs little.
func asked(st dewline.FeedState, now time.Time) dewline.FeedState {
	if now.Sub(st.LastBody) >= believed || st.LastBody.After(now) {
		st.ETag, st.LastModified = "", ""
	}
	return st
}

// whole reports an answer with a body that was taken in whole, or was the one of
// the poll before.
func whole(resp *dewline.Response) bool {
	return !resp.NotModified && (resp.Status == dewline.StatusOK || resp.Status == dewline.StatusEmpty)
}

// unchanged reports an answer that says: as before.
func unchanged(resp *dewline.Response) bool { return resp.NotModified || resp.Identical }

// health sets the status. "As before" leaves the word of the last body that was
// read: an empty feed that is not modified is still empty.
func health(st *dewline.FeedState, resp *dewline.Response, at time.Time) {
	status, detail := resp.Status, resp.Detail
	if unchanged(resp) && st.Status.Read() {
		status, detail = st.Status, st.Detail
	}
	if status != st.Status || st.StatusSince.IsZero() {
		st.StatusSince = at
	}
	st.Status, st.Detail = status, detail
	if resp.Status.Read() {
		st.Failures = 0
	} else {
		st.Failures++
	}
}

// moved notes where the feed has moved for good; empty: it has not.
func moved(st *dewline.FeedState, to string, at time.Time) {
	switch {
	case to == "":
		st.MovedSince = time.Time{}
	case to != st.MovedTo || st.MovedSince.IsZero():
		st.MovedSince = at
	}
	st.MovedTo = to
}

// content keeps what the body says of the feed itself.
func content(st *dewline.FeedState, resp *dewline.Response, at time.Time) {
	st.Title, st.Link, st.Language = resp.Title, resp.Link, resp.Language
	st.Items, st.Hints = len(resp.Entries)-resp.Older, resp.Hints
	st.Index = resp.Index
	st.List, _ = listed(st, resp, at)
	st.Offer = resp.Offer
}

// rhythm learns from an answer. What a first body holds was there before: its dates are a first guess.
func rhythm(st *dewline.FeedState, resp *dewline.Response, b brought, at time.Time) {
	if !unchanged(resp) && !resp.Status.Read() {
		return
	}
	dates := b.dates()
	if st.Rhythm.IsZero() && len(dates) > 0 {
		st.Rhythm = seed(learn(st.Rhythm, at, 0, nil), dates, at)
		return
	}
	step := at.Sub(st.Rhythm.Until)
	st.Rhythm = learn(st.Rhythm, at, len(dates), dates)
	if g := resp.Gap; g == nil || !g.Closed { // what has an archive loses nothing
		st.Rhythm.Peak = max(st.Rhythm.Peak, peak(st.Items, len(dates), step, g != nil))
	}
}

// endsQuiet reports whether the quiet first poll is over. A body of which only a
// part came (it was cut, the transfer broke off, an entry set off a fault) does not
// end it, for the rest is as old as the part; a second one does, whatever was
// between them, or a feed that never comes whole would be quiet for ever.
func endsQuiet(st dewline.FeedState, resp *dewline.Response) bool {
	if unchanged(resp) {
		return false
	}
	return whole(resp) || len(resp.Entries) > 0 && st.Total > 0
}

// validators keeps what lets the next poll be answered "as before". Only a body
// that was taken in whole may be: a 304 for a cut document would hide what
// stood behind the cut for ever.
func validators(st *dewline.FeedState, resp *dewline.Response) {
	switch {
	case resp.NotModified:
		if resp.ETag != "" {
			st.ETag = resp.ETag
		}
		if resp.LastModified != "" {
			st.LastModified = resp.LastModified
		}
	case whole(resp):
		st.ETag, st.LastModified, st.BodyHash = resp.ETag, resp.LastModified, resp.BodyHash
	case resp.Status == dewline.StatusCut || resp.Status == dewline.StatusInternal:
		st.ETag, st.LastModified, st.BodyHash = "", "", dewline.Key{}
	}
}
