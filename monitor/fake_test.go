package monitor

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"dewline"
)

// memory is a store in maps, with the leases of the contract and failures on
// demand.
type memory struct {
	mu        sync.Mutex
	states    map[dewline.Key]dewline.FeedState
	held      map[dewline.Key]time.Time // the ends of leases
	known     map[dewline.Key]dewline.Known
	named     map[dewline.Key][]dewline.Named // by page
	asked     int                             // likenesses looked up
	commits   []dewline.Commit
	items     map[dewline.Key][]dewline.Item   // versions
	texts     map[dewline.Key]dewline.TextTask // by item
	textsAt   map[dewline.Key]time.Time        // the ends of leases, by feed
	tried     []dewline.TextCommit
	failText  error // where set, refuses texts
	told      map[dewline.Key]dewline.Told
	watches   map[dewline.Key]dewline.Watch // by item
	watchesAt map[dewline.Key]time.Time     // the ends of leases, by feed
	removed   []dewline.Removed
	notices   []dewline.Notice
	fail      func(*dewline.Commit) error // where set, may refuse a commit
}

func newMemory(feeds []dewline.Feed) *memory {
	s := &memory{
		told: make(map[dewline.Key]dewline.Told), watches: make(map[dewline.Key]dewline.Watch), watchesAt: make(map[dewline.Key]time.Time),
		states: make(map[dewline.Key]dewline.FeedState), held: make(map[dewline.Key]time.Time), known: make(map[dewline.Key]dewline.Known),
		named: make(map[dewline.Key][]dewline.Named), items: make(map[dewline.Key][]dewline.Item),
		texts: make(map[dewline.Key]dewline.TextTask), textsAt: make(map[dewline.Key]time.Time),
	}
	for _, f := range feeds {
		s.states[f.Key()] = dewline.FeedState{Key: f.Key(), Name: f.Name, URL: f.URL, Status: dewline.StatusNew, Due: time.Now()}
	}
	return s
}

// claimable is when a feed may be claimed; the caller holds mu.
func (s *memory) claimable(key dewline.Key) time.Time {
	if end, held := s.held[key]; held {
		return end
	}
	return s.states[key].Due
}

func (s *memory) ClaimFeeds(_ context.Context, now, until time.Time, limit int) (claimed []dewline.FeedState, _ error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for key, st := range s.states {
		if len(claimed) < limit && !s.claimable(key).After(now) {
			s.held[key] = until
			claimed = append(claimed, s.at(st.Key))
		}
	}
	return claimed, nil
}

func (s *memory) ClaimFeed(_ context.Context, key dewline.Key, now, until time.Time) (dewline.FeedState, bool, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if end, held := s.held[key]; held && end.After(now) {
		return dewline.FeedState{}, false, nil
	}
	s.held[key] = until
	return s.at(key), true, nil
}

func (s *memory) ReleaseFeed(key dewline.Key) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.held, key)
}

func (s *memory) DeferFeed(key dewline.Key, until time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.held, key)
	st := s.states[key]
	st.Due = until
	s.states[key] = st
}

func (s *memory) SetBack(time.Duration) { panic("nobody sets this clock back") }

func (s *memory) HastenFeed(key dewline.Key, at time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	st := s.states[key]
	if at.Before(st.Due) {
		st.Due = at
		s.states[key] = st
	}
}

func (s *memory) NextFeed() (next time.Time, ok bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for key := range s.states {
		if at := s.claimable(key); !ok || at.Before(next) {
			next, ok = at, true
		}
	}
	return next, ok
}

func (s *memory) Known(_ context.Context, _ dewline.Key, items []dewline.Key) (map[dewline.Key]dewline.Known, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	known := make(map[dewline.Key]dewline.Known)
	for _, key := range items {
		if k, ok := s.known[key]; ok {
			known[key] = k
		}
	}
	return known, nil
}

func (s *memory) Alike(_ context.Context, _ dewline.Key, of []dewline.Likeness) (all []dewline.Likes, since uint64, _ error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.asked += len(of)
	for _, l := range of {
		var likes dewline.Likes
		for _, n := range s.named[l.Page] {
			like := dewline.Like{Item: n.Item, Own: true, Query: n.Query, Date: n.Date}
			switch {
			case n.Title != l.Title:
				likes.Paged = append(likes.Paged, like)
			case n.Text != l.Text:
				likes.Titled = append(likes.Titled, like)
			default:
				likes.Same = append(likes.Same, like)
			}
		}
		all = append(all, likes)
	}
	return all, 0, nil
}

// item is an item as it stands; the caller holds mu.
func (s *memory) item(key dewline.Key) dewline.Item {
	versions := s.items[key]
	return versions[len(versions)-1]
}

func (s *memory) Past(_ context.Context, item dewline.Key) (past dewline.Past, _ error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if past.Served = s.items[item]; len(past.Served) > 0 {
		past.Current = past.Served[len(past.Served)-1]
	}
	return past, nil
}

func (s *memory) Copies(context.Context, dewline.Key, []uint64, time.Time) (dewline.Copies, error) {
	return dewline.Copies{}, nil
}

func (s *memory) Commit(ctx context.Context, c *dewline.Commit) error {
	s.mu.Lock()
	fail := s.fail
	s.mu.Unlock()
	if fail != nil { // without the lock: it may take its time
		if err := fail(c); err != nil {
			return err
		}
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.states[c.State.Key].Revision != c.State.Revision {
		return fmt.Errorf("stale: %w", dewline.ErrRefused)
	}
	st := c.State
	st.Revision++
	s.states[st.Key] = st
	maps.Copy(s.known, c.Known)
	for _, n := range c.Names {
		s.named[n.Page] = append(s.named[n.Page], n)
	}
	s.commits = append(s.commits, *c)
	for _, it := range slices.Concat(c.New, c.Changed) {
		s.items[it.Key] = append(s.items[it.Key], it)
		delete(s.texts, it.Key)
	}
	for _, t := range c.Texts {
		s.texts[t.Item] = t
	}
	for _, w := range c.Watches {
		if _, watched := s.watches[w.Item]; !watched {
			s.watches[w.Item] = w
		}
	}
	delete(s.held, st.Key)
	s.tell(c.Bulletin)
	return nil
}

// tell makes a bulletin durable; the caller holds mu.
func (s *memory) tell(b dewline.Bulletin) bool {
	for _, c := range b.Changes {
		if s.told[c.Feed] != c.Was {
			return false
		}
	}
	for _, c := range b.Changes {
		s.told[c.Feed] = c.Now
	}
	s.notices = append(s.notices, b.Notices...)
	return true
}

func (s *memory) Tell(_ context.Context, b dewline.Bulletin, _ time.Time) (bool, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.tell(b), nil
}

func (s *memory) Feeds(context.Context) (list []dewline.FeedState, _ error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for key := range s.states {
		list = append(list, s.at(key))
	}
	slices.SortFunc(list, func(a, b dewline.FeedState) int { return strings.Compare(a.Name, b.Name) })
	return list, nil
}

// at is a feed's state with what was told of it; the caller holds mu.
func (s *memory) at(key dewline.Key) dewline.FeedState {
	st := s.states[key]
	st.Told = s.told[key]
	return st
}

func (s *memory) ClaimTexts(_ context.Context, feeds []dewline.Key, now, until time.Time) (jobs []dewline.TextJob, _ error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, feed := range feeds {
		if s.textsAt[feed].After(now) {
			continue
		}
		var first *dewline.TextTask
		for _, t := range s.texts {
			if t.Feed == feed && !t.Due.After(now) && (first == nil || t.Due.Before(first.Due)) {
				first = &t
			}
		}
		if first != nil {
			s.textsAt[feed] = until
			jobs = append(jobs, dewline.TextJob{Task: *first, Item: s.item(first.Item)})
		}
	}
	return jobs, nil
}

func (s *memory) NextText(_ context.Context, feeds []dewline.Key) (next time.Time, ok bool, _ error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, t := range s.texts {
		at := t.Due
		if end := s.textsAt[t.Feed]; end.After(at) {
			at = end
		}
		if slices.Contains(feeds, t.Feed) && (!ok || at.Before(next)) {
			next, ok = at, true
		}
	}
	return next, ok, nil
}

func (s *memory) ReleaseText(feed dewline.Key) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.textsAt, feed)
}

func (s *memory) CommitText(ctx context.Context, c *dewline.TextCommit) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.failText != nil {
		return s.failText
	}
	if s.texts[c.Task.Item] != c.Task {
		return fmt.Errorf("stale: %w", dewline.ErrRefused)
	}
	s.tried = append(s.tried, *c)
	versions := s.items[c.Item.Key]
	versions[len(versions)-1] = c.Item
	delete(s.textsAt, c.Task.Feed)
	delete(s.texts, c.Task.Item)
	if !c.Retry.IsZero() {
		t := c.Task
		t.Tries, t.Due = t.Tries+1, c.Retry
		s.texts[t.Item] = t
	}
	return nil
}

func (s *memory) state(f dewline.Feed) dewline.FeedState {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.states[f.Key()]
}

// sources answer for all feeds, and note when each was asked.
type sources struct {
	start  time.Time
	answer func(ctx context.Context, f dewline.Feed) dewline.Response

	mu    sync.Mutex
	asked map[string][]time.Duration // by feed, since the start
	open  map[string]int             // requests under way
	twice string                     // a feed that was asked twice at once
}

func (s *sources) Fetch(ctx context.Context, f dewline.Feed, _ dewline.FeedState) dewline.Response {
	s.mu.Lock()
	s.asked[f.Name] = append(s.asked[f.Name], time.Since(s.start))
	if s.open[f.Name]++; s.open[f.Name] > 1 {
		s.twice = f.Name
	}
	s.mu.Unlock()
	defer func() {
		s.mu.Lock()
		s.open[f.Name]--
		s.mu.Unlock()
	}()
	return s.answer(ctx, f)
}

// requests are the times at which a feed was asked, or all were.
func (s *sources) requests(feed string) []time.Duration {
	s.mu.Lock()
	defer s.mu.Unlock()
	if feed != "" {
		return append([]time.Duration(nil), s.asked[feed]...)
	}
	var all []time.Duration
	for _, times := range s.asked {
		all = append(all, times...)
	}
	return all
}

// answers gives the same answer to all, after a while.
func answers(r dewline.Response, after time.Duration) func(context.Context, dewline.Feed) dewline.Response {
	return func(ctx context.Context, _ dewline.Feed) dewline.Response {
		linger(ctx, after)
		return r
	}
}

// judgeEach matches every item, from any goroutine.
type judgeEach struct{}

func (judgeEach) Match(it *dewline.Item) []dewline.Match {
	return []dewline.Match{{Rule: dewline.RuleRef{Name: "all"}, Item: it.Key, Alert: []string{"desk"}}}
}

// house is a monitor at work within a synctest bubble, whose clock it moves.
type house struct {
	*testing.T
	store   *memory
	sources *sources
	monitor *Monitor
	turns   []time.Time // of the loop
	stop    func() error
}

// run starts a monitor; it is stopped at the end of the test.
func run(t *testing.T, feeds []dewline.Feed, store *memory, answer func(context.Context, dewline.Feed) dewline.Response, change ...func(*Options)) *house {
	t.Helper()
	h := &house{T: t, store: store, sources: &sources{
		start: time.Now(), answer: answer, asked: make(map[string][]time.Duration), open: make(map[string]int),
	}}
	opts := Options{
		Store: store, Fetcher: h.sources, Judge: judgeEach{}, Feeds: feeds, Log: slog.New(slog.DiscardHandler),
		Progress: func() { h.turns = append(h.turns, time.Now()) },
	}
	for _, c := range change {
		c(&opts)
	}
	var err error
	h.monitor, err = New(opts)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- h.monitor.Run(ctx) }()
	stop := sync.OnceValue(func() error {
		cancel()
		return <-ended
	})
	h.stop = stop
	t.Cleanup(func() {
		if err := stop(); err != nil {
			t.Errorf("Run: %v", err)
		}
		if h.sources.twice != "" {
			t.Errorf("%s was asked twice at once", h.sources.twice)
		}
	})
	return h
}

// pass lets time go by.
func (h *house) pass(d time.Duration) {
	time.Sleep(d)
	synctest.Wait()
}

func feedsOf(n int, schedule string) (feeds []dewline.Feed) {
	for i := range n {
		feeds = append(feeds, dewline.Feed{Name: fmt.Sprint(i), URL: fmt.Sprintf("http://%d.test/", i), Schedule: schedule})
	}
	return feeds
}

var errDisk = errors.New("no space")

func (s *memory) ClaimWatches(_ context.Context, feeds []dewline.Key, now, until time.Time) (jobs []dewline.WatchJob, _ error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, w := range s.watches {
		if slices.Contains(feeds, w.Feed) && !w.Due.IsZero() && !w.Due.After(now) && !s.watchesAt[w.Feed].After(now) {
			s.watchesAt[w.Feed] = until
			it := s.item(w.Item)
			jobs = append(jobs, dewline.WatchJob{Watch: w, Item: it, Matches: judgeEach{}.Match(&it)})
		}
	}
	return jobs, nil
}

func (s *memory) NextWatch(_ context.Context, feeds []dewline.Key) (next time.Time, ok bool, _ error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, w := range s.watches {
		at := w.Due
		if end := s.watchesAt[w.Feed]; end.After(at) {
			at = end
		}
		if slices.Contains(feeds, w.Feed) && !w.Due.IsZero() && (!ok || at.Before(next)) {
			next, ok = at, true
		}
	}
	return next, ok, nil
}

func (s *memory) ReleaseWatch(feed dewline.Key) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.watchesAt, feed)
}

func (s *memory) CommitWatch(ctx context.Context, c *dewline.WatchCommit) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.watches[c.Was.Item] != c.Was {
		return fmt.Errorf("stale: %w", dewline.ErrRefused)
	}
	s.watches[c.Was.Item] = c.Now
	s.removed = append(s.removed, c.Removed...)
	return nil
}

// removals are those that were committed, watched is what is known of an item's page, and watching
// how many are known.
func (s *memory) removals() []dewline.Removed {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.removed)
}

func (s *memory) watched(item dewline.Key) dewline.Watch {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.watches[item]
}

func (s *memory) watching() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.watches)
}
