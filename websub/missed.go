package websub

import (
	"time"

	"dewline"
)

// announced is how far a push and the poll that finds the same news may lie apart,
// before or after.
const announced = 5 * time.Minute

// found notes that a poll found news. Either a hub has just spoken of them, or it
// soon will; else it cannot be relied upon.
func (s *Subscriber) found(feed dewline.Key, now time.Time) {
	e := s.current(feed)
	if e == nil || e.State != dewline.PushActive || now.Sub(e.Since) < announced || now.Sub(e.LastPush) < announced {
		return
	}
	if _, since := s.news[feed]; !since {
		s.news[feed] = now
		signal(s.wake)
	}
}

// noticeMissed ends the trust in hubs that left news out.
func (s *Subscriber) noticeMissed(now time.Time, sooner func(time.Time)) {
	for feed, at := range s.news {
		if end := at.Add(announced); end.After(now) {
			sooner(end)
			continue
		}
		delete(s.news, feed)
		e := s.current(feed)
		if e == nil || e.State != dewline.PushActive {
			continue
		}
		relied := e.Trusted(now)
		e.Missed, e.dirty = now, true
		if relied {
			s.Log.Warn("a poll found news of which the hub said nothing; the feed is polled as configured for a day",
				"feed", e.Name, "hub", e.Hub)
		}
	}
}
