package monitor

import (
	"fmt"
	"strings"
	"time"

	"dewline"
)

const (
	// gapsEvery is how often receivers are told of the gaps of one feed: one that overflows at every poll is told
	// once a day, with their number.
	gapsEvery = 24 * time.Hour
	// gapNews is how old a gap may be when receivers who never heard of one are told of it.
	gapNews = 48 * time.Hour
	// gapsAlone is how many gaps an hour are told one by one. The others are gathered, and told as one: after a
	// pause of dewline's own, hundreds of feeds may have moved on.
	gapsAlone = massLeast - 1
)

// gapSince is since when receivers should be told that a feed has open gaps of which they do not know; zero where
// they should not, or not yet. It is a pure function.
func gapSince(st *dewline.FeedState, feed dewline.Feed, now time.Time) time.Time {
	was, g := st.Told, st.Gap
	switch {
	case len(feed.Health) == 0 || !was.Group.IsZero() || st.Gaps.Open <= was.Gaps.Open: // nobody to tell, or nothing
	case !was.Gaps.At.IsZero():
		switch due := was.Gaps.At.Add(gapsEvery); {
		case due.After(now): // not yet
		case g != nil && g.To.After(due):
			return g.To
		default:
			return due
		}
	case g.Open() && now.Sub(g.To) < gapNews:
		return g.To
	}
	return time.Time{}
}

// tellGap adds to what is told of a feed that items may have passed unseen.
func tellGap(b dewline.Bulletin, st *dewline.FeedState, feed dewline.Feed, now time.Time) dewline.Bulletin {
	if len(b.Changes) == 0 {
		b.Changes = []dewline.Telling{{Feed: st.Key, Was: st.Told, Now: st.Told}}
	}
	b.Changes[0].Now.Gaps = toldGaps(st, now)
	b.Notices = append(b.Notices, dewline.Notice{Event: dewline.EventFailing, Alert: feed.Health, About: gapEvent(st, feed, now)})
	return b
}

// toldGaps is what receivers know once they were told of all gaps of a feed.
func toldGaps(st *dewline.FeedState, now time.Time) dewline.ToldGaps {
	return dewline.ToldGaps{At: now, Open: st.Gaps.Open}
}

// gapEvent is what is told of the open gaps of one feed.
func gapEvent(st *dewline.FeedState, feed dewline.Feed, now time.Time) dewline.FeedEvent {
	e := dewline.FeedEvent{Feed: feed.Ref(), At: now, Gaps: 1, Health: dewline.Health{
		State: st.Health(now).State, Reason: dewline.ReasonGap, Since: now, Remedy: gapRemedy(feed),
	}}
	if was := st.Told.Gaps; !was.At.IsZero() {
		e.Gaps = int(st.Gaps.Open - was.Open)
	}
	if g := st.Gap; g.Open() {
		gap := *g
		e.Gap, e.Health.Since = &gap, g.To
	}
	e.Health.Detail = gapDetail(e.Gap, e.Gaps, st.Told.Gaps.At)
	return e
}

// gapDetail says what may be missed: of more than one gap, how many there are, and when the last was.
func gapDetail(last *dewline.Gap, n int, told time.Time) string {
	if n == 1 && last != nil {
		return fmt.Sprintf("all items that it showed at the first of these times were gone at the second, "+
			"and others may have come and gone between (%s)", last.Why)
	}
	detail := fmt.Sprintf("%d times since %s all items that it showed before were gone, and others may have come and gone between", n, utc(told))
	if last != nil {
		return fmt.Sprintf("%s, the last time %s (%s); its page has the other times", detail, last.Between(), last.Why)
	}
	return detail + "; its page has the times"
}

// gapRemedy says what to do: what passed dewline is not lost for a person.
func gapRemedy(feed dewline.Feed) string {
	more := fmt.Sprintf("poll %q more often, or write schedule: adaptive", feed.Name)
	if strings.HasPrefix(feed.Schedule, "adaptive") {
		more = "watch feeds of single subjects, or a page: or sitemap: that shows more, beside it"
	}
	return "look at the publisher's site for what came in that time, for dewline does not bring it later; that it does not happen again, " + more
}

func utc(t time.Time) string { return t.UTC().Format("2 January 2006, 15:04 UTC") }

// gaps are what is to be told of open gaps that no poll told alone. What came to light within ten minutes is told as
// one, where it is of many feeds. Waiting says whether there is something to look at again.
func (m masses) gaps() (list []dewline.Bulletin, waiting bool) {
	var lost []*subject
	oldest := m.now
	for _, s := range m.all {
		since := gapSince(&s.FeedState, s.feed, m.now)
		if since.IsZero() {
			continue
		}
		lost = append(lost, s)
		if since.Before(oldest) {
			oldest = since
		}
	}
	switch {
	case len(lost) == 0:
		return nil, false
	case m.now.Sub(oldest) < heldFor:
		return nil, true
	case len(lost) >= massLeast:
		return []dewline.Bulletin{m.manyGaps(lost)}, false
	}
	for _, s := range lost {
		list = append(list, tellGap(dewline.Bulletin{}, &s.FeedState, s.feed, m.now))
	}
	return list, false
}

// manyGaps tells of the gaps of many feeds at once.
func (m masses) manyGaps(lost []*subject) (b dewline.Bulletin) {
	for _, s := range lost {
		is := s.Told
		is.Gaps = toldGaps(&s.FeedState, m.now)
		b.Changes = append(b.Changes, dewline.Telling{Feed: s.Key, Was: s.Told, Now: is})
	}
	h := dewline.Health{
		State: dewline.HealthOK, Reason: dewline.ReasonGap, Since: m.now,
		Detail: "all items that these feeds showed before were gone when they were read again, and others may have come and gone between; " +
			"so it is when dewline did not run for a while, or had no network",
		Remedy: "look at the publishers' sites for what came in the times that the page of each feed shows, for dewline does not bring it later",
	}
	b.Notices = []dewline.Notice{{Event: dewline.EventFailing, Alert: receiversOf(lost), About: dewline.FeedEvent{
		Feed: dewline.FeedRef{Name: fmt.Sprintf("%d of %d feeds", len(lost), len(m.all))}, At: m.now, Health: h,
		Feeds: &dewline.FeedGroup{Failing: len(lost), Of: len(m.all), Names: names(lost)},
	}}}
	return b
}

// lostIn reports whether items of a feed that failed with others may have passed unseen until it was read again.
func lostIn(s *subject) bool {
	g := s.Gap
	return s.Trouble.Polls == 0 && s.Gaps.Open > s.Told.Gaps.Open && g.Open() && !g.To.Before(s.Told.Group)
}

// missed says of feeds that failed together which of them may have missed items meanwhile; empty where none.
func missed(members []*subject) string {
	var lost []*subject
	for _, s := range members {
		if lostIn(s) {
			lost = append(lost, s)
		}
	}
	if len(lost) == 0 {
		return ""
	}
	list := strings.Join(names(lost), ", ")
	if more := len(lost) - dewline.GroupNames; more > 0 {
		list += fmt.Sprintf(" and %d more", more)
	}
	return fmt.Sprintf("; items of %d of them may have passed unseen meanwhile: %s", len(lost), list)
}
