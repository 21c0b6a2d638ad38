package monitor

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"dewline"
)

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

// lookAgain calls try, and again where another commit came first that it ought to know of. Who was overtaken waits for
// his turn, or in a burst of copies each would overtake all the others again.
func (m *Monitor) lookAgain(try func() error) error {
	err := try()
	if !errors.Is(err, dewline.ErrOvertaken) {
		return err
	}
	m.turn.Lock()
	defer m.turn.Unlock()
	for again := 0; errors.Is(err, dewline.ErrOvertaken) && again < maxOvertaken; again++ {
		err = try()
	}
	return err
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
	m.blame(&t, src.feed, resp)
	resp.Detail = m.aside(src, &state, resp, r, &t)
	tellList(&state, resp, old, began)
	quiet := state.FirstRead.IsZero() && src.feed.FirstPoll != dewline.FirstPollAlert
	if quiet {
		t.hush()
	}
	ended, items := time.Now(), slices.Concat(t.new, t.changed, t.enriched)
	m.urge(t.matches, t.rewritten, nil)
	m.silence(ended, items, t.matches, t.rewritten)
	texts := m.owed(src.feed, quiet, ended, &t)
	for i := range texts {
		texts[i].Quiet = texts[i].Quiet || t.old[texts[i].Item]
	}
	joins, err := m.joins(context.WithoutCancel(ctx), items, t.matches, ended)
	if err != nil {
		m.storeFailed(err, time.Now())
		return Outcome{}, err
	}
	c := dewline.Commit{
		State: successor(state, src.feed, src.schedule, resp, brought{t.new, t.enriched, t.old}, began, ended),
		Poll:  record(t.poll, state.Key, resp, began, ended),
		New:   t.new, Changed: t.changed, Enriched: t.enriched, Known: t.known, Names: t.names, Matches: t.matches, Rewritten: t.rewritten,
		Texts: texts, Watches: m.watches(state.Key, t.matches, items, ended),
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

// hush has a quiet first poll tell nobody of what it brought.
func (t *taken) hush() {
	for i := range t.matches {
		t.matches[i].Alert, t.matches[i].Quiet, t.matches[i].Again = nil, true, false
	}
	t.rewritten = nil
}

// blame makes an entry that set off a fault of ours a failure of the poll, so that it is seen.
func (m *Monitor) blame(t *taken, feed dewline.Feed, resp *dewline.Response) {
	if t.fault == nil {
		return
	}
	m.Log.Error("an entry could not be taken in; the others were", "feed", feed.Name, "err", t.fault)
	resp.Status = dewline.StatusInternal
	resp.Detail = "an entry set off a fault of dewline's own; please report it with the log"
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
