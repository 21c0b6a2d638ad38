package monitor

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"time"

	"dewline"
)

// Texts hands the articles that are owed to who fetches them. As with feeds, a
// claim is a lease: a feed's articles are fetched one after another, by one.
type Texts interface {
	ClaimTexts(ctx context.Context, feeds []dewline.Key, now, until time.Time) ([]dewline.TextJob, error)
	NextText(ctx context.Context, feeds []dewline.Key) (time.Time, bool, error)
	ReleaseText(feed dewline.Key)
	// CommitText makes what one try came to durable, or nothing, and ends the
	// claim. It refuses, with a dewline.ErrRefused, what is not as it was claimed, and with a dewline.ErrOvertaken
	// what ought to know of another commit.
	CommitText(ctx context.Context, c *dewline.TextCommit) error
}

// Articles asks for what an item links to. Every outcome, also a fault, is an
// Article. It waits for its turn at the site.
type Articles interface {
	FetchArticle(ctx context.Context, feed dewline.Feed, item dewline.Item) dewline.Article
}

// TextOutcome is what one try to fetch a text came to.
type TextOutcome struct {
	Feed    dewline.Feed
	Item    dewline.Item // as it stands now
	Matches []dewline.Match
	Next    time.Time // of the next try; zero where there is none
}

// RunTexts fetches the articles that are owed, until ctx ends; then it waits for
// those under way to give up and returns nil.
func (m *Monitor) RunTexts(ctx context.Context) error {
	feeds := m.texted()
	if len(feeds) == 0 {
		<-ctx.Done()
		return nil
	}
	texts := errands[dewline.TextJob]{feeds, m.Store.ClaimTexts, m.Store.NextText, m.textDue, m.textWake}
	return texts.run(ctx, m)
}

// texted are the feeds whose articles are fetched.
func (m *Monitor) texted() (feeds []dewline.Key) {
	for _, f := range m.Feeds {
		if f.FullText {
			feeds = append(feeds, f.Key())
		}
	}
	return feeds
}

func (m *Monitor) textDue(ctx context.Context, job dewline.TextJob) {
	if _, err := m.text(ctx, job); err != nil && !errors.Is(err, context.Canceled) {
		m.Log.Error("a text was lost and will be fetched again", "err", err)
	}
}

// FetchTexts fetches the articles of one feed that are due now, one after
// another, and tells each.
func (m *Monitor) FetchTexts(ctx context.Context, feed dewline.Key, told func(TextOutcome)) error {
	for {
		now := time.Now()
		jobs, err := m.Store.ClaimTexts(ctx, []dewline.Key{feed}, now, now.Add(lease))
		if err != nil || len(jobs) == 0 {
			return err
		}
		out, err := m.text(ctx, jobs[0])
		if err != nil {
			return err
		}
		told(out)
	}
}

// refusedPause is how long a feed's texts rest after the store refused one: it
// was not as it was claimed, or it cannot be stored at all.
const refusedPause = time.Minute

// text carries a claimed text through fetch, judgement and commit. Whatever
// happens, the claim ends with it.
func (m *Monitor) text(ctx context.Context, job dewline.TextJob) (TextOutcome, error) {
	feed := m.sources[job.Task.Feed].feed
	article := m.fetchArticle(ctx, feed, job.Item)
	if ctx.Err() != nil { // we were stopped; the answer says nothing of the source
		m.Store.ReleaseText(job.Task.Feed)
		return TextOutcome{}, ctx.Err()
	}
	c := m.judgeText(job, &article, time.Now())
	c.Watches = m.watches(job.Task.Feed, c.Matches, []dewline.Item{c.Item}, c.At)
	// What was fetched is committed also when we are being stopped meanwhile.
	err := m.lookAgain(func() error { return m.commitText(context.WithoutCancel(ctx), job, &c) })
	if err != nil {
		if errors.Is(err, dewline.ErrRefused) {
			linger(ctx, refusedPause)
		} else {
			m.storeFailed(err, time.Now())
		}
		m.Store.ReleaseText(job.Task.Feed)
		return TextOutcome{}, fmt.Errorf("feed %q: text of %s: %w", feed.Name, job.Item.URL, err)
	}
	m.storeWorks()
	out := TextOutcome{Feed: feed, Item: c.Item, Matches: c.Matches, Next: c.Retry}
	m.reportText(out)
	return out, nil
}

func (m *Monitor) commitText(ctx context.Context, job dewline.TextJob, c *dewline.TextCommit) (err error) {
	if c.Rewritten, err = m.editedText(ctx, job, c); err != nil {
		return err
	}
	m.urge(c.Matches, c.Rewritten, nil)
	m.silence(c.At, []dewline.Item{c.Item}, c.Matches, c.Rewritten)
	if c.Joins, err = m.joins(ctx, []dewline.Item{c.Item}, c.Matches, c.At); err != nil {
		return err
	}
	return m.Store.CommitText(ctx, c)
}

func linger(ctx context.Context, d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-ctx.Done():
	}
}

// fetchArticle asks for the article. A panic is a fault of this one alone.
func (m *Monitor) fetchArticle(ctx context.Context, feed dewline.Feed, item dewline.Item) (a dewline.Article) {
	defer func() {
		if r := recover(); r != nil {
			m.Log.Error("an article set off a fault of dewline's own", "feed", feed.Name, "url", item.URL, "err", r, "stack", string(debug.Stack()))
			a = dewline.Article{Status: dewline.StatusInternal, Detail: fmt.Sprintf("a fault of dewline's own: %v", r)}
		}
	}()
	return m.Articles.FetchArticle(ctx, feed, item)
}

// judgeText is what the article means for its item, and what the rules find in
// the item as it then stands. Where that sets off a fault, the item stays as it is.
func (m *Monitor) judgeText(job dewline.TextJob, a *dewline.Article, now time.Time) (c dewline.TextCommit) {
	defer func() {
		if r := recover(); r != nil {
			m.Log.Error("a text set off a fault of dewline's own", "url", job.Item.URL, "err", r, "stack", string(debug.Stack()))
			c = settleText(job, &dewline.Article{Status: dewline.StatusInternal, Detail: fmt.Sprintf("a fault of dewline's own: %v", r)}, now)
		}
	}()
	c = settleText(job, a, now)
	if !c.Replaced {
		return c
	}
	c.Matches = matchAs(m.Judge, &c.Item)
	for i := range c.Matches {
		c.Matches[i].FullText = true
		if job.Task.Quiet {
			c.Matches[i].Alert, c.Matches[i].Quiet = nil, true
		}
	}
	return c
}

// reportText tells the log and the listener.
func (m *Monitor) reportText(out TextOutcome) {
	level := slog.LevelDebug
	if st := out.Item.FullText.State; st == dewline.TextFailed || st == dewline.TextKept {
		level = slog.LevelInfo
	}
	attrs := []any{"feed", out.Feed.Name, "url", out.Item.URL, "state", out.Item.FullText.State, "detail", out.Item.FullText.Detail, "matches", len(out.Matches)}
	if !out.Next.IsZero() {
		attrs = append(attrs, "next", out.Next.UTC())
	}
	m.Log.Log(context.Background(), level, "text", attrs...)
	if m.Texted != nil {
		m.Texted(out)
	}
}
