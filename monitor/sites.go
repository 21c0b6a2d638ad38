package monitor

import (
	"fmt"
	"sync"
	"time"

	"dewline"
)

const (
	// sitePolls is how many polls of one site may be under way. Most wait for the site's turn; more of them
	// would only take the places of others, and outlast their leases where the site hangs.
	sitePolls = 64
	// firstHold is how long a site is left alone that says "too often" and not until when. It doubles
	// each time, up to maxHold, which is also the longest that a server is believed for its whole site.
	firstHold = 5 * time.Minute
	maxHold   = 4 * time.Hour
	// A site that forbids feeds which it gave within a day means "too often": two of them within a short time, or one
	// after it had relented, so that its refusals come and go.
	workedWithin  = 24 * time.Hour
	refusedWithin = 30 * time.Minute
)

// sites are the sites that are being asked, or want to be left alone. What they say holds for all of their feeds.
// It is forgotten by a restart; then the first feed learns it anew, for a site is asked by few at one time.
type sites struct {
	mu sync.Mutex
	of map[string]*site // guarded by mu, and so are the sites
}

type site struct {
	polls   int
	waiting []dewline.Key // feeds that wait for a place, in their order
	until   time.Time     // it wants to be left alone
	why     string
	holds   int        // in a row
	refused [2]refusal // the last two feeds that it forbade although they had worked
	relents time.Time  // when it last gave a feed that it had forbidden at the poll before
	probing bool       // after a hold, one feed asks first
}

type refusal struct {
	feed dewline.Key
	at   time.Time
}

// enter takes a place for a poll of a feed. Where there is none, the feed is to wait until the time that is returned.
func (s *sites) enter(name string, feed dewline.Key, now time.Time) (wait time.Time, ok bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.of == nil {
		s.of = make(map[string]*site)
	}
	one := s.of[name]
	if one == nil {
		one = &site{}
		s.of[name] = one
	}
	switch {
	case now.Before(one.until):
		return one.until.Add(time.Duration(share(feed, int(one.until.Unix())) * float64(time.Minute))), false
	case one.polls >= sitePolls, one.probing && one.polls > 0:
		one.waiting = append(one.waiting, feed)
		return now.Add(lease), false
	}
	one.polls++
	return time.Time{}, true
}

// leave gives a place back, and returns the feeds that may come now.
func (s *sites) leave(name string, now time.Time) (next []dewline.Key) {
	s.mu.Lock()
	defer s.mu.Unlock()
	one := s.of[name]
	one.polls--
	if free := sitePolls - one.polls; !one.probing || one.polls == 0 {
		n := min(free, len(one.waiting))
		next, one.waiting = one.waiting[:n:n], one.waiting[n:]
	}
	if one.polls == 0 && len(one.waiting) == 0 && one.forgettable(now) {
		delete(s.of, name)
	}
	return next
}

// heard takes in what a site said to a poll of a feed, whose state is the one before.
func (s *sites) heard(name string, st *dewline.FeedState, resp *dewline.Response, now time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	one := s.of[name]
	if one == nil || unasked(resp.Status) {
		return
	}
	switch {
	case resp.Status == dewline.StatusRateLimited:
		one.hold(resp.RetryAfter, now, fmt.Sprintf("answered %q that it is asked too often", st.Name))
	case resp.Status == dewline.StatusUnavailable && resp.RetryAfter > 0:
		one.hold(resp.RetryAfter, now, fmt.Sprintf("answered %q that it is out of service", st.Name))
	case resp.HTTPStatus == 403 && now.Sub(st.LastOK) < workedWithin:
		switch another := one.refuses(st.Key, now); {
		case another:
			one.hold(0, now, fmt.Sprintf("forbids %q and other feeds that it gave within a day, and means that it is asked too often", st.Name))
		case now.Sub(one.relents) < workedWithin:
			one.hold(0, now, fmt.Sprintf("forbids and gives %q by turns, and means that it is asked too often", st.Name))
		}
	case resp.Status.Read():
		one.probing = false
		if st.HTTPStatus == 403 {
			one.relents = now
		}
		if !now.Before(one.until) {
			one.holds, one.refused = 0, [2]refusal{}
		}
	}
}

// forgettable reports that nothing a site said is to be remembered of it.
func (one *site) forgettable(now time.Time) bool {
	return one.holds == 0 && one.refused == [2]refusal{} && now.Sub(one.relents) >= workedWithin && now.After(one.until)
}

// unasked reports a fault that is ours or the way's, and says nothing of the site's pace.
func unasked(status dewline.Status) bool {
	return status == dewline.StatusInternal || status == dewline.StatusBlocked
}

// refuses notes that a feed was forbidden, and reports whether another one was too.
func (one *site) refuses(feed dewline.Key, now time.Time) bool {
	if one.refused[0].feed != feed {
		one.refused[1] = one.refused[0]
	}
	one.refused[0] = refusal{feed, now}
	return !one.refused[1].at.IsZero() && now.Sub(one.refused[1].at) < refusedWithin
}

// hold leaves the site alone. What several feeds hear at one time counts once.
func (one *site) hold(asked time.Duration, now time.Time, why string) {
	again := !now.Before(one.until)
	switch {
	case asked > 0:
	case !again:
		return
	default:
		asked = firstHold << min(one.holds, 10)
	}
	if until := now.Add(min(asked, maxHold)); until.After(one.until) {
		one.until, one.why = until, why
	}
	if again {
		one.holds++
	}
	one.probing = true
}

// Waiting says until when, and why, no feed of the feed's site is polled; nil where nothing keeps it.
func (m *Monitor) Waiting(feed dewline.Key, now time.Time) *dewline.Wait {
	m.atSites.mu.Lock()
	defer m.atSites.mu.Unlock()
	one := m.atSites.of[m.sources[feed].site]
	if one == nil || !now.Before(one.until) {
		return nil
	}
	return &dewline.Wait{Until: one.until.UTC(), Why: "its site " + one.why}
}
