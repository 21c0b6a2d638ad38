package monitor

import (
	"fmt"
	"time"

	"dewline"
)

// trouble counts the polls in a row that did not read the feed as they should, and judges its silence. It is
// called when all else of the state is that of the poll.
func trouble(st *dewline.FeedState, at time.Time) {
	if st.Status.Healthy() {
		st.Trouble = dewline.Trouble{}
	} else {
		if st.Trouble.Polls == 0 {
			st.Trouble.Since = at
		}
		st.Trouble.Polls++
	}
	st.Stillness = nil
	if since, limit, silent := fellSilent(*st, at); silent {
		st.Stillness = &dewline.Stillness{Since: since, Limit: limit}
	}
}

// calm is how long a feed must have been well before that is told, after so many failures that followed each
// other closely: one that comes and goes is told of less and less.
var calm = []time.Duration{0, 0, time.Hour, 6 * time.Hour, 24 * time.Hour}

// closely is how soon after the last change a failure counts as another of the same trouble.
const closely = 48 * time.Hour

// tell is what receivers are to be told of a feed after a poll, if anything. It is a pure function. What they
// were told of together with other feeds is the business of masses.
func tell(st *dewline.FeedState, feed dewline.Feed, now time.Time) (b dewline.Bulletin) {
	was := st.Told
	if len(feed.Health) == 0 || !was.Group.IsZero() {
		return b
	}
	h := st.Health(now)
	is, event := dewline.Told{At: now, Times: was.Times, Gaps: was.Gaps}, dewline.EventRecovered
	switch {
	case h.State.Failing() && !was.State.Failing():
		is, event = fails(was, h, now), dewline.EventFailing
	case h.State.Quiet() && !was.State.Quiet():
		is.State, is.Reason, is.Since, event = h.State, h.Reason, h.Since, dewline.EventSilent
	case was.State == "" || !h.State.Well() || !believable(st, now):
		return b
	default:
		h = recovered(h, was)
	}
	b.Changes = []dewline.Telling{{Feed: st.Key, Was: was, Now: is}}
	b.Notices = []dewline.Notice{{
		Event: event, Alert: feed.Health, About: dewline.FeedEvent{Feed: feed.Ref(), Health: h, At: now},
	}}
	return b
}

// fails is what receivers know of a feed once they were told that it fails.
func fails(was dewline.Told, h dewline.Health, now time.Time) dewline.Told {
	is := dewline.Told{State: h.State, Reason: h.Reason, Since: h.Since, At: now, Times: 1, Gaps: was.Gaps}
	if now.Sub(was.At) < closely {
		is.Times = was.Times + 1
	}
	return is
}

// believable reports whether a feed that receivers know to be in trouble has been well for long enough.
func believable(st *dewline.FeedState, now time.Time) bool {
	if st.Trouble.Polls > 0 {
		return false
	}
	return now.Sub(st.StatusSince) >= calm[min(st.Told.Times, len(calm)-1)]
}

// recovered is the health of a feed that is well again, with what it had.
func recovered(h dewline.Health, was dewline.Told) dewline.Health {
	why := string(was.State)
	if was.Reason != "" && was.Reason != why {
		why += " (" + was.Reason + ")"
	}
	h.Detail = fmt.Sprintf("it was %s since %s", why, was.Since.UTC().Format("2 January 2006, 15:04 UTC"))
	return h
}
