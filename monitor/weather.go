package monitor

import (
	"context"
	"slices"
	"sync"
	"time"

	"dewline"
)

// weather is what a poll must know of the other feeds before its failure is told: whether they fail too. It
// is a hint, kept in memory; what is told, and to whom, is decided by masses from what is stored.
type weather struct {
	mu       sync.Mutex
	troubled map[dewline.Key]time.Time // feeds in trouble, and since when; guarded by mu, as the rest
	held     map[dewline.Key]time.Time // failures that wait to be told
	gaps     []time.Time               // when gaps were told one by one, in the last hour
	watch    bool                      // there is something to decide
	marks    int                       // how often that was said
}

// watchEvery is how often failures that wait, and mass failures that were told, are looked at.
const watchEvery = 30 * time.Second

// bulletin is what is to be told of a feed in the commit of its poll. A failure that may be one of many waits.
func (m *Monitor) bulletin(st *dewline.FeedState, feed dewline.Feed, now time.Time) dewline.Bulletin {
	b := tell(st, feed, now)
	w := &m.weather
	w.mu.Lock()
	defer w.mu.Unlock()
	w.note(st, feed)
	if !st.Told.Group.IsZero() {
		w.mark()
	}
	if len(b.Notices) > 0 && b.Notices[0].Event == dewline.EventFailing && w.holds(st, now) {
		b = dewline.Bulletin{}
	}
	if gapSince(st, feed, now).IsZero() {
		return b
	}
	if w.gapsSoFar(now) >= gapsAlone {
		w.mark()
		return b
	}
	w.gaps = append(w.gaps, now)
	return tellGap(b, st, feed, now)
}

// holds reports whether a failure waits for its likes; the caller holds mu.
func (w *weather) holds(st *dewline.FeedState, now time.Time) bool {
	if len(w.held) == 0 && w.fresh(now) < massLeast && !w.watch {
		return false
	}
	if w.held[st.Key].IsZero() {
		w.held[st.Key] = now
	}
	w.mark()
	return true
}

// gapsSoFar is how many gaps were told one by one in the last hour; the caller holds mu.
func (w *weather) gapsSoFar(now time.Time) int {
	w.gaps = slices.DeleteFunc(w.gaps, func(at time.Time) bool { return now.Sub(at) >= time.Hour })
	return len(w.gaps)
}

// note remembers a feed that is in trouble; the caller holds mu.
func (w *weather) note(st *dewline.FeedState, feed dewline.Feed) {
	if st.Trouble.Polls == 0 || !st.Told.Group.IsZero() || len(feed.Health) == 0 {
		delete(w.troubled, st.Key)
	} else {
		w.troubled[st.Key] = st.Trouble.Since
	}
	if st.Trouble.Polls == 0 || st.Told.State != "" {
		delete(w.held, st.Key)
	}
}

// mark says that there is something to decide; the caller holds mu.
func (w *weather) mark() { w.watch, w.marks = true, w.marks+1 }

// watching reports whether there is something to decide, and how often that was said.
func (w *weather) watching() (bool, int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.watch, w.marks
}

// decided ends the watch, unless there is something again since.
func (w *weather) decided(marks int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.watch = w.marks != marks
}

// fresh is how many feeds got into trouble lately; the caller holds mu.
func (w *weather) fresh(now time.Time) (n int) {
	for _, since := range w.troubled {
		if now.Sub(since) < together {
			n++
		}
	}
	return n
}

// RunHealth tells of feeds that fail together, until ctx ends. What a poll alone decides was told by its
// commit.
func (m *Monitor) RunHealth(ctx context.Context) error {
	w := &m.weather
	w.mu.Lock()
	w.mark() // what a process before this one left
	w.mu.Unlock()
	for ctx.Err() == nil {
		if watch, marks := w.watching(); watch && m.Ready() == nil {
			waiting, err := m.watchMasses(ctx, time.Now())
			switch {
			case err == nil && !waiting:
				w.decided(marks)
			case err != nil && ctx.Err() == nil:
				m.Log.Error("what is to be told of feeds could not be stored; it will be", "err", err)
			}
		}
		linger(ctx, watchEvery)
	}
	return nil
}

// watchMasses makes one turn, and says whether there is something to look at again.
func (m *Monitor) watchMasses(ctx context.Context, now time.Time) (waiting bool, err error) {
	states, err := m.Store.Feeds(ctx)
	if err != nil {
		return true, err
	}
	all := masses{m.subjects(states, now), now}
	list, waiting := all.bulletins()
	gaps, later := all.gaps()
	list, waiting = append(list, gaps...), waiting || later
	for _, b := range list {
		if len(b.Changes) == 0 {
			continue
		}
		told, err := m.Store.Tell(ctx, b, now)
		if err != nil {
			return true, err
		}
		waiting = waiting || !told
		if told {
			m.told(b)
		}
	}
	return waiting, nil
}

// told lets the log and the listener know.
func (m *Monitor) told(b dewline.Bulletin) {
	for _, n := range b.Notices {
		m.Log.Warn("health", "event", n.Event, "feed", n.About.Feed.Name, "detail", n.About.Health.Detail, "remedy", n.About.Health.Remedy)
	}
	if m.Told != nil && len(b.Notices) > 0 {
		m.Told()
	}
}

// subjects are the feeds with what is remembered of their waiting.
func (m *Monitor) subjects(states []dewline.FeedState, now time.Time) []*subject {
	w := &m.weather
	w.mu.Lock()
	defer w.mu.Unlock()
	all := make([]*subject, 0, len(states))
	for _, st := range states {
		feed := m.sources[st.Key].feed
		s := &subject{FeedState: st, feed: feed, health: st.Health(now), site: siteOf(st.URL)}
		w.note(&st, feed)
		if len(feed.Health) > 0 && s.inTrouble(now) && s.failing() && w.held[st.Key].IsZero() {
			w.held[st.Key] = waitsSince(&st, now)
		}
		s.held = w.held[st.Key]
		all = append(all, s)
	}
	return all
}

// waitsSince is since when a failure waits of which this process did not hear: one that waited when the daemon was
// restarted goes on waiting. What is older may be over; its next poll will say.
func waitsSince(st *dewline.FeedState, now time.Time) time.Time {
	if ago := now.Sub(st.LastPoll); ago >= 0 && ago < heldFor {
		return st.LastPoll
	}
	return now
}

// sooner is when a feed is due that fails together with others for what may be our own network: its server is
// not pestered, for nothing reaches it, and it should be read as soon as the network is back.
const sooner = 15 * time.Minute

func hasten(st *dewline.FeedState, ended time.Time) {
	if at := ended.Add(spread(sooner, st.Key, st.Failures)); !st.Told.Group.IsZero() && st.Told.Site == "" && st.Status.Network() && st.Due.After(at) {
		st.Due = at
	}
}
