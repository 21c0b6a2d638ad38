package monitor

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"slices"
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

// maxOvertaken is how often a poll looks again at what other polls committed meanwhile.
const maxOvertaken = 20

// settle judges a response and commits it, again where another feed's poll was first to
// commit what it builds on.
func (m *Monitor) settle(ctx context.Context, src source, state dewline.FeedState, resp *dewline.Response, began time.Time) (Outcome, error) {
	var out Outcome
	err := m.lookAgain(func() (err error) {
		out, err = m.settleOnce(ctx, src, state, resp, began)
		return err
	})
	return out, err
}

func (m *Monitor) settleOnce(ctx context.Context, src source, state dewline.FeedState, resp *dewline.Response, began time.Time) (Outcome, error) {
	r, err := m.recognised(ctx, src.feed, state, resp)
	if err != nil {
		m.storeFailed(err, time.Now())
		return Outcome{}, err
	}
	old := r.before(&state, resp, began)
	t := take(resp, r, m.Judge)
	if r.err != nil {
		m.storeFailed(r.err, time.Now())
		return Outcome{}, r.err
	}
	if t.fault != nil {
		m.Log.Error("an entry could not be taken in; the others were", "feed", src.feed.Name, "err", t.fault)
		resp.Status = dewline.StatusInternal
		resp.Detail = "an entry set off a fault of dewline's own; please report it with the log"
	}
	resp.Detail = m.aside(src, &state, resp, r, &t)
	tellList(&state, resp, old, began)
	quiet := state.FirstRead.IsZero() && src.feed.FirstPoll != dewline.FirstPollAlert
	if quiet {
		for i := range t.matches {
			t.matches[i].Alert, t.matches[i].Quiet, t.matches[i].Again = nil, true, false
		}
		t.rewritten = nil
	}
	ended := time.Now()
	m.urge(t.matches, t.rewritten, nil)
	m.silence(ended, slices.Concat(t.new, t.changed, t.enriched), t.matches, t.rewritten)
	texts := m.owed(src.feed, quiet, ended, &t)
	for i := range texts {
		texts[i].Quiet = texts[i].Quiet || t.old[texts[i].Item]
	}
	joins, err := m.joins(context.WithoutCancel(ctx), slices.Concat(t.new, t.changed, t.enriched), t.matches, ended)
	if err != nil {
		m.storeFailed(err, time.Now())
		return Outcome{}, err
	}
	c := dewline.Commit{
		State: successor(state, src.feed, src.schedule, resp, brought{t.new, t.enriched, t.old}, began, ended),
		Poll:  record(t.poll, state.Key, resp, began, ended),
		New:   t.new, Changed: t.changed, Enriched: t.enriched, Known: t.known, Names: t.names, Matches: t.matches, Rewritten: t.rewritten,
		Texts: texts, Watches: m.watches(state.Key, t.matches, slices.Concat(t.new, t.changed, t.enriched), ended),
		Since: r.since, Bases: t.bases, Joins: joins,
	}
	if !resp.Pushed && m.relied(&c.State, ended) {
		c.State.Due = relaxed(&c.State, began)
	}
	c.State.Churns = r.churned || state.Churns && !r.byKey
	c.State.Polled = state.Polled.Plus(&c.Poll)
	hasten(&c.State, ended)
	c.Bulletin = m.bulletin(&c.State, src.feed, ended)
	// What was fetched is committed also when we are being stopped meanwhile.
	if err := m.Store.Commit(context.WithoutCancel(ctx), &c); err != nil {
		if !errors.Is(err, dewline.ErrRefused) {
			m.storeFailed(err, time.Now())
		}
		return Outcome{}, fmt.Errorf("commit: %w", err)
	}
	m.storeWorks()
	m.logList(src.feed, state.List, c.State.List)
	if len(c.Texts) > 0 {
		signal(m.textWake)
	}
	return Outcome{Feed: src.feed, State: c.State, Poll: c.Poll, New: c.New, Changed: c.Changed, Joined: c.Enriched, Matches: c.Matches}, nil
}

// recognised finds out which items the entries of a response are.
func (m *Monitor) recognised(ctx context.Context, feed dewline.Feed, state dewline.FeedState, resp *dewline.Response) (*recognition, error) {
	known, err := m.known(ctx, state.Key, resp)
	if err != nil {
		return nil, err
	}
	ctx = context.WithoutCancel(ctx)
	pending := func(it *dewline.Item) bool { return it.URL != "" && m.texter(feed, it).FullText }
	r := &recognition{feed: feed, known: known, churns: state.Churns, edits: m.Edits, pending: pending, recall: func(item dewline.Key) (dewline.Past, error) {
		return m.Store.Past(ctx, item)
	}}
	return r, r.recognise(resp.Entries, func(of []dewline.Likeness) ([]dewline.Likes, uint64, error) {
		return m.Store.Alike(ctx, state.Key, of)
	})
}

func (m *Monitor) known(ctx context.Context, feed dewline.Key, resp *dewline.Response) (map[dewline.Key]dewline.Known, error) {
	if len(resp.Entries) == 0 {
		return nil, nil
	}
	keys := make([]dewline.Key, len(resp.Entries))
	for i, e := range resp.Entries {
		keys[i] = e.Key
	}
	return m.Store.Known(context.WithoutCancel(ctx), feed, keys)
}

// record completes the poll record with what the response says.
func record(p dewline.Poll, feed dewline.Key, resp *dewline.Response, began, ended time.Time) dewline.Poll {
	p.Feed, p.At, p.Took = feed, began, ended.Sub(began)
	p.Status, p.Detail, p.HTTPStatus = resp.Status, resp.Detail, resp.HTTPStatus
	p.Conditional, p.NotModified = resp.Conditional, unchanged(resp)
	p.Bytes, p.Pushed = resp.WireBytes, resp.Pushed
	p.Older, p.Gap = resp.Older, resp.Gap
	return p
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
