package monitor

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"sync"
	"time"

	"dewline"

	"github.com/robfig/cron/v3"
)

// Store is where due times and what was seen are kept. A claim is a lease: no
// two pollers hold one feed at once, and a poller that dies loses it at its
// end. All methods may be called at the same time from many goroutines.
type Store interface {
	Claims
	Texts
	Watches
	Copies
	// Known returns what is remembered of those of the items that were ever
	// committed for the feed.
	Known(ctx context.Context, feed dewline.Key, items []dewline.Key) (map[dewline.Key]dewline.Known, error)
	// Alike returns, for each of the likenesses, the items that were served much
	// like it by this feed or by another one of its publisher, and the order of
	// first sight at this moment.
	Alike(ctx context.Context, feed dewline.Key, of []dewline.Likeness) (likes []dewline.Likes, since uint64, err error)
	// Past returns what is stored of an item; nothing where it is not stored.
	Past(ctx context.Context, item dewline.Key) (dewline.Past, error)
	// Commit makes everything that one poll brought durable, or nothing. It
	// refuses a state whose revision is not the claimed one, and ends the
	// claim. An error that is a dewline.ErrRefused is of this commit alone; it
	// is a dewline.ErrOvertaken too where what is stored is to be looked at
	// again. Any other one means that the store takes no commits at present.
	Commit(ctx context.Context, c *dewline.Commit) error
	// Feeds are the states of the configured feeds; Tell makes a bulletin on them durable as a whole, and
	// reports false where receivers know something else meanwhile than it was made for.
	Feeds(ctx context.Context) ([]dewline.FeedState, error)
	Tell(ctx context.Context, b dewline.Bulletin, now time.Time) (told bool, err error)
}

// Claims hands feeds to pollers.
type Claims interface {
	ClaimFeeds(ctx context.Context, now, until time.Time, limit int) ([]dewline.FeedState, error)
	ClaimFeed(ctx context.Context, feed dewline.Key, now, until time.Time) (dewline.FeedState, bool, error)
	ReleaseFeed(feed dewline.Key)
	// DeferFeed ends a claim without a commit, and has the feed due at a time. Nothing
	// is written: a restart finds it due as it was.
	DeferFeed(feed dewline.Key, until time.Time)
	// HastenFeed makes a feed due at a time where it would be due later; one that
	// is being polled is due again after that poll.
	HastenFeed(feed dewline.Key, at time.Time)
	NextFeed() (time.Time, bool)
	// SetBack tells that the clock was set back: what was due in an hour is so still.
	SetBack(by time.Duration)
}

// Fetcher asks a source. Every outcome, also a fault, is a Response.
type Fetcher interface {
	Fetch(ctx context.Context, feed dewline.Feed, state dewline.FeedState) dewline.Response
}

// Judge matches an item against the rules. It is pure and safe for concurrent
// use.
type Judge interface {
	Match(item *dewline.Item) []dewline.Match
}

// Outcome is what one poll came to.
type Outcome struct {
	Feed    dewline.Feed
	State   dewline.FeedState
	Poll    dewline.Poll
	New     []dewline.Item
	Changed []dewline.Item
	Joined  []dewline.Item  // known by another feed, and served by this one for the first time
	Matches []dewline.Match // of New, Changed and Joined; their Alert says who is told
}

// Options are the parts that a monitor drives.
type Options struct {
	Store   Store
	Fetcher Fetcher
	// Pages, where set, is asked to close gaps.
	Pages Pages
	// Articles is needed where a feed has full_text.
	Articles Articles
	Judge    Judge
	Feeds    []dewline.Feed // each with a valid schedule
	Log      *slog.Logger

	// Edits says which edits are told, and to whom.
	Edits Edits
	// Stories says which rules tell a statement once that several items carry.
	Stories Stories
	// Removals are the receivers of each rule that tells removals, by its name. Articles is
	// needed where there are any.
	Removals map[string][]string
	// Critical are the rules whose alerts nothing holds.
	Critical map[string]bool
	// Silences, where set, are those that hold at a time; nil where none does. It must not block.
	Silences func(now time.Time) Silences

	// Committed, where set, is called after every commit, from many
	// goroutines. It must not block.
	Committed func(Outcome)
	// Texted, where set, is called after every try to fetch a text, as Committed.
	Texted func(TextOutcome)
	// Relied, where set, reports whether a hub can be relied upon to push the news of
	// a feed. It must not block.
	Relied func(feed dewline.Key, now time.Time) bool
	// Told, where set, is called after something was told of feeds beside a commit. It must not block.
	Told func()
	// Progress, where set, is called once per turn of the scheduling loop.
	Progress func()
}

// Monitor polls the configured feeds.
type Monitor struct {
	Options
	sources   map[dewline.Key]source
	textWake  chan struct{} // a text was queued, or one ended
	watchWake chan struct{} // a look at a page ended
	wake      chan struct{} // a poll ended, or a feed is wanted at once

	atSites sites
	turn    sync.Mutex // held by who looks again

	mu    sync.Mutex
	fault storeFault // guarded by mu

	weather weather // has its own lock
}

type source struct {
	feed     dewline.Feed
	site     string
	schedule cron.Schedule
}

// New returns a monitor of the feeds. A schedule that does not parse is an
// error.
func New(opts Options) (*Monitor, error) {
	m := &Monitor{Options: opts, sources: make(map[dewline.Key]source, len(opts.Feeds)), textWake: make(chan struct{}, 1), watchWake: make(chan struct{}, 1), wake: make(chan struct{}, 1)}
	m.weather.troubled, m.weather.held = make(map[dewline.Key]time.Time), make(map[dewline.Key]time.Time)
	for _, f := range opts.Feeds {
		sched, err := ParseSchedule(f.Schedule)
		if err != nil {
			return nil, fmt.Errorf("feed %q: schedule %q: %w", f.Name, f.Schedule, err)
		}
		m.sources[f.Key()] = source{feed: f, site: siteOf(f.URL), schedule: sched}
	}
	return m, nil
}

// lease is how long a poller may hold a feed. It is far longer than any poll,
// waiting for a slow site's turn included; what ends late is refused by its
// revision.
const lease = time.Hour

// Poll polls one feed now, due or not. It returns ErrBusy where the feed is
// being polled already.
func (m *Monitor) Poll(ctx context.Context, feed dewline.Key) (Outcome, error) {
	now := time.Now()
	state, ok, err := m.Store.ClaimFeed(ctx, feed, now, now.Add(lease))
	if err != nil {
		return Outcome{}, err
	}
	if !ok {
		return Outcome{}, ErrBusy
	}
	return m.poll(ctx, state)
}

// ErrBusy is returned for a feed that somebody is polling at this moment.
var ErrBusy = fmt.Errorf("the feed is being polled at this moment")

// poll carries a claimed feed through fetch, judgement and commit. Whatever
// happens, the claim ends with it.
func (m *Monitor) poll(ctx context.Context, state dewline.FeedState) (out Outcome, err error) {
	defer m.release(state.Key, &err)
	src, ok := m.sources[state.Key]
	if !ok {
		return Outcome{}, fmt.Errorf("feed %s is not configured", state.Key)
	}
	began := time.Now()
	resp := m.fetch(ctx, src.feed, asked(state, began))
	if ctx.Err() != nil { // we were stopped; the answer says nothing of the source
		return Outcome{}, ctx.Err()
	}
	if err := m.bridge(ctx, src, &state, &resp, began); err != nil {
		m.storeFailed(err, time.Now())
		return Outcome{}, fmt.Errorf("feed %q: %w", src.feed.Name, err)
	}
	if ctx.Err() != nil {
		return Outcome{}, ctx.Err()
	}
	out, err = m.settle(ctx, src, state, &resp, began)
	if errors.Is(err, dewline.ErrRefused) {
		m.Log.Error("what a poll brought cannot be stored", "feed", src.feed.Name, "err", err)
		out, err = m.settle(ctx, src, state, internal("what the feed brought cannot be stored: "+err.Error()), began)
	}
	if err != nil {
		return Outcome{}, fmt.Errorf("feed %q: %w", src.feed.Name, err)
	}
	m.atSites.heard(src.site, &state, &resp, time.Now())
	m.report(out, state.Status)
	return out, nil
}

// release ends a claim that no commit ended.
func (m *Monitor) release(feed dewline.Key, err *error) {
	if *err != nil {
		m.Store.ReleaseFeed(feed)
	}
}

// fetch asks the source. A panic is a fault of this poll alone.
func (m *Monitor) fetch(ctx context.Context, feed dewline.Feed, state dewline.FeedState) (resp dewline.Response) {
	defer func() {
		if r := recover(); r != nil {
			m.Log.Error("a poll set off a fault of dewline's own", "feed", feed.Name, "err", r, "stack", string(debug.Stack()))
			resp = *internal(fmt.Sprint(r))
		}
	}()
	return m.Fetcher.Fetch(ctx, feed, state)
}

// internal stands for a response that could not be used.
func internal(why string) *dewline.Response {
	return &dewline.Response{Parsed: dewline.Parsed{
		Status: dewline.StatusInternal, Detail: "a fault of dewline's own: " + why + "; please report it with the log",
	}}
}

// report tells the log and the listener. A change of health is worth a line at
// a level that people read; an uneventful poll is not.
func (m *Monitor) report(out Outcome, before dewline.Status) {
	level := slog.LevelDebug
	if out.Poll.New+out.Poll.Changed > 0 {
		level = slog.LevelInfo
	}
	if out.State.Status != before && (!out.State.Status.Healthy() || !before.Healthy()) {
		level = slog.LevelWarn
	}
	if out.Poll.Gap != nil {
		level = slog.LevelWarn
	}
	attrs := []any{
		"feed", out.Feed.Name, "status", out.State.Status, "new", out.Poll.New, "changed", out.Poll.Changed,
		"matches", out.Poll.Matches, "took", out.Poll.Took.Round(time.Millisecond), "next", out.State.Due.UTC(),
	}
	if out.State.Detail != "" {
		attrs = append(attrs, "detail", out.State.Detail)
	}
	if out.Poll.Pushed {
		m.Log.Log(context.Background(), level, "pushed", attrs...)
	} else {
		m.Log.Log(context.Background(), level, "polled", attrs...)
	}
	if m.Committed != nil {
		m.Committed(out)
	}
}
