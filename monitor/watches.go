package monitor

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"dewline"
)

// Watches hands the pages that are to be looked at again to who looks. A claim is a
// lease: a feed's pages are looked at one after another, by one.
type Watches interface {
	ClaimWatches(ctx context.Context, feeds []dewline.Key, now, until time.Time) ([]dewline.WatchJob, error)
	NextWatch(ctx context.Context, feeds []dewline.Key) (time.Time, bool, error)
	ReleaseWatch(feed dewline.Key)
	// CommitWatch makes what one look came to durable, or nothing, and ends the claim. It
	// refuses, with a dewline.ErrRefused, what is not as it was claimed.
	CommitWatch(ctx context.Context, c *dewline.WatchCommit) error
}

// RunWatches looks whether the pages are still there of items that a rule matched which tells
// removals, until ctx ends; then it waits for looks under way to give up and returns nil.
func (m *Monitor) RunWatches(ctx context.Context) error {
	if len(m.Removals) == 0 {
		<-ctx.Done()
		return nil
	}
	feeds := make([]dewline.Key, 0, len(m.Feeds))
	for _, f := range m.Feeds {
		feeds = append(feeds, f.Key())
	}
	watches := errands[dewline.WatchJob]{feeds, m.Store.ClaimWatches, m.Store.NextWatch, m.watch, m.watchWake}
	return watches.run(ctx, m)
}

// watch carries a claimed watch through the look, the decision and the commit. Whatever
// happens, the claim ends with it.
func (m *Monitor) watch(ctx context.Context, job dewline.WatchJob) {
	defer m.Store.ReleaseWatch(job.Watch.Feed)
	c := dewline.WatchCommit{Was: job.Watch, Now: job.Watch}
	if job.Item.URL != job.Watch.URL { // an edit gave it another page
		c.Now = anotherPage(job.Watch, job.Item.URL)
	}
	told := m.removals(&job)
	if len(told) == 0 { // no rule tells it any more; one may again
		c.Now = looked(c.Now, seen{what: unanswered, after: day, at: time.Now()})
	} else {
		s := m.look(ctx, job)
		if ctx.Err() != nil { // we were stopped; the answer says nothing of the page
			return
		}
		c.Now = looked(c.Now, s)
	}
	c.At = time.Now()
	if c.Was.Told.IsZero() && !c.Now.Told.IsZero() {
		for i := range told {
			told[i].Removal = c.Now.Removal()
		}
		m.urge(nil, nil, told)
		m.silenceRemovals(c.At, &job.Item, told)
		c.Removed = told
	}
	m.commitWatch(ctx, &c)
}

// anotherPage is a watch of another page of its item, of which nothing is known yet.
func anotherPage(w dewline.Watch, url string) dewline.Watch {
	w.URL, w.Present, w.Absent, w.Gone, w.Answer = url, time.Time{}, time.Time{}, 0, ""
	return w
}

func (m *Monitor) commitWatch(ctx context.Context, c *dewline.WatchCommit) {
	// What was seen is committed also when we are being stopped meanwhile.
	err := m.Store.CommitWatch(context.WithoutCancel(ctx), c)
	switch {
	case errors.Is(err, dewline.ErrRefused):
		m.Log.Error("a look at a page is lost and will be taken again", "url", c.Was.URL, "err", err)
		linger(ctx, refusedPause)
		return
	case err != nil:
		m.storeFailed(err, time.Now())
		return
	}
	m.storeWorks()
	level := slog.LevelDebug
	if len(c.Removed) > 0 {
		level = slog.LevelWarn
	}
	m.Log.Log(context.Background(), level, "page", "url", c.Now.URL, "state", c.Now.String(), "next", c.Now.Due)
	if len(c.Removed) > 0 && m.Told != nil {
		m.Told()
	}
}

// removals are the rules that tell the removal of an item, each with its receivers.
func (m *Monitor) removals(job *dewline.WatchJob) (all []dewline.Removed) {
	for _, match := range job.Matches {
		if receivers := m.Removals[match.Rule.Name]; len(receivers) > 0 {
			all = append(all, dewline.Removed{Match: match, Alert: receivers})
		}
	}
	return all
}

// look asks for a page. That it is gone is believed only where the site's front page answers
// well in the same moment: a site that is broken, or being rebuilt, has removed nothing.
func (m *Monitor) look(ctx context.Context, job dewline.WatchJob) seen {
	feed := m.sources[job.Watch.Feed].feed
	a := m.fetchArticle(ctx, feed, job.Item)
	s := seen{what: sightOf(&a), answer: answerOf(&a), after: a.RetryAfter, at: time.Now()}
	if s.what != absent {
		return s
	}
	front := frontOf(job.Item.URL)
	if front == "" {
		s.what = unanswered
		return s
	}
	home := m.fetchArticle(ctx, feed, dewline.Item{URL: front})
	if !bearsWitness(&home, &a) {
		s.what, s.after = unanswered, home.RetryAfter
	}
	return s
}

// bearsWitness reports whether a front page shows that its site is well, and would have shown the page. One that is itself a
// shell says nothing of a page that became one: the site was rebuilt, and scripts fill all of it.
func bearsWitness(home, page *dewline.Article) bool {
	switch home.Unfit {
	case dewline.UnfitError, dewline.UnfitMissing, dewline.UnfitLogin:
		return false
	case dewline.UnfitShell:
		return home.Status == dewline.StatusOK && page.Unfit != dewline.UnfitShell
	}
	return home.Status == dewline.StatusOK
}
