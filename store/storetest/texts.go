package storetest

import (
	"errors"
	"testing"
	"time"

	"dewline"
)

// owed is a poll's commit that also queues the text of each of its items.
func (b *bench) owed(f dewline.Feed, quiet bool, items []dewline.Item, matches ...dewline.Match) {
	b.Helper()
	for i := range items {
		items[i].FullText.State = dewline.TextPending
	}
	c := draft(b.claim(f), b.now, items, matches...)
	for _, it := range items {
		c.Texts = append(c.Texts, dewline.TextTask{Feed: f.Key(), Item: it.Key, Version: it.Version, Quiet: quiet, Due: b.now})
	}
	b.ok(b.Commit(ctx, c))
	b.now = b.now.Add(time.Second)
}

func (b *bench) texts(feeds ...dewline.Feed) (jobs []dewline.TextJob, guids []string) {
	b.Helper()
	var keys []dewline.Key
	for _, f := range feeds {
		keys = append(keys, f.Key())
	}
	jobs, err := b.ClaimTexts(ctx, keys, b.now, b.now.Add(time.Hour))
	b.ok(err)
	for _, j := range jobs {
		guids = append(guids, j.Item.GUID)
	}
	return jobs, guids
}

// fetched is the commit of a text that came.
func (b *bench) fetched(job dewline.TextJob, text string, matches ...dewline.Match) *dewline.TextCommit {
	c := &dewline.TextCommit{Task: job.Task, Was: job.Item.TextHash(), At: b.now, Item: job.Item, Replaced: true, Matches: matches}
	c.Item.Content = text
	c.Item.FullText = dewline.FullText{State: dewline.TextFetched, At: b.now, Quiet: job.Task.Quiet}
	for i := range c.Matches {
		c.Matches[i].FullText = true
	}
	return c
}

func (b *bench) sums(f dewline.Feed) dewline.TextSums {
	b.Helper()
	states, err := b.Feeds(ctx)
	b.ok(err)
	for _, st := range states {
		if st.Key == f.Key() {
			return st.Texts
		}
	}
	b.Fatalf("%s is not listed", f.Name)
	return dewline.TextSums{}
}

func textQueue(t *testing.T, e Engine) {
	b := open(t, e)
	b.owed(uk, true, []dewline.Item{item(uk, "old 1", "old 1", 1), item(uk, "old 2", "old 2", 1)})
	b.owed(uk, false, []dewline.Item{item(uk, "new", "new", 1)})
	b.owed(cn, false, []dewline.Item{item(cn, "other", "other", 1)})
	b.reopen()
	b.equal("sums", b.sums(uk), dewline.TextSums{Pending: 3})

	jobs, guids := b.texts(uk, cn)
	b.equal("one of each feed, what may alert first", guids, []string{"new", "other"})
	_, guids = b.texts(uk, cn)
	b.equal("both are leased", guids, []string(nil))
	next, ok, err := b.NextText(ctx, []dewline.Key{uk.Key(), cn.Key()})
	b.ok(err)
	b.equal("the end of the lease", []any{next, ok}, []any{b.now.Add(time.Hour), true})
	b.ReleaseText(cn.Key())
	_, guids = b.texts(cn)
	b.equal("given back", guids, []string{"other"})

	again := b.fetched(jobs[0], "")
	again.Item, again.Replaced, again.Retry = jobs[0].Item, false, b.now.Add(time.Minute)
	again.Item.FullText.Detail = "HTTP 503"
	b.ok(b.CommitText(ctx, again))
	jobs, _ = b.texts(uk)
	b.equal("while one waits for its next try, the backlog", jobs[0].Task.Quiet, true)
	b.ok(b.CommitText(ctx, b.fetched(jobs[0], "text")))
	b.now = b.now.Add(time.Minute)
	jobs, guids = b.texts(uk)
	b.equal("the next try", guids, []string{"new"})
	b.equal("tries", jobs[0].Task.Tries, 1)
	b.equal("what is known of it", jobs[0].Item.FullText.Detail, "HTTP 503")
	failed := b.fetched(jobs[0], "")
	failed.Item, failed.Replaced = jobs[0].Item, false
	failed.Item.FullText.State = dewline.TextFailed
	b.ok(b.CommitText(ctx, failed))
	b.equal("sums at the end", b.sums(uk), dewline.TextSums{Pending: 1, Fetched: 1, Failed: 1})
	_, ok, err = b.NextText(ctx, []dewline.Key{dewline.FeedKey("nobody")})
	b.ok(err)
	b.equal("a feed without texts", ok, false)
}

func textCommit(t *testing.T, e Engine) {
	b := open(t, e)
	b.poll(uk, nil) // the quiet first poll
	it := item(uk, "1", "Statement", 1)
	b.owed(uk, false, []dewline.Item{it}, match("teaser", it, "desk"))
	job, _ := b.texts(uk)
	b.now = b.now.Add(time.Minute)
	before := b.Revision()
	b.ok(b.CommitText(ctx, b.fetched(job[0], "the whole text", match("teaser", it, "desk"), match("text", it, "desk", "hook"))))

	got, err := b.Item(ctx, it.Key)
	b.ok(err)
	b.equal("text, version, first sight", []any{got.Content, got.Version, got.FirstSeen}, []any{"the whole text", 1, noon.Add(time.Second)})
	b.equal("readers see a change", []any{got.Changed, b.Revision() > before}, []any{b.now, true})
	list, err := b.Deliveries(ctx, dewline.DeliveryFilter{})
	b.ok(err)
	b.equal("alerts: the rule of the teaser once, the rule of the text too", len(list), 3)
	versions, err := b.Versions(ctx, it.Key)
	b.ok(err)
	b.equal("versions", len(versions), 1)

	// To the feed nothing has changed: what is known of the item is what it said.
	known, err := b.Known(ctx, uk.Key(), []dewline.Key{it.Key})
	b.ok(err)
	b.equal("known", known[it.Key].Text, it.TextHash())

	edit := item(uk, "1", "Statement, corrected", 2)
	b.owed(uk, false, []dewline.Item{edit})
	versions, err = b.Versions(ctx, it.Key)
	b.ok(err)
	b.equal("the text of the version before is kept", versions[0].Content, "the whole text")
	b.equal("the edit waits for its own", versions[1].FullText.State, dewline.TextPending)
}

func staleText(t *testing.T, e Engine) {
	b := open(t, e)
	b.owed(uk, false, []dewline.Item{item(uk, "1", "Statement", 1)})
	jobs, _ := b.texts(uk)
	edit := item(uk, "1", "Statement, corrected", 2)
	b.owed(uk, false, []dewline.Item{edit})
	late := b.fetched(jobs[0], "the text of the version before", match("text", jobs[0].Item, "desk"))
	refused(b, b.CommitText(ctx, late))
	b.ReleaseText(uk.Key())

	jobs, _ = b.texts(uk)
	b.equal("the edit's text is due", jobs[0].Item.Title, "Statement, corrected")
	c := b.fetched(jobs[0], "text", match("text", jobs[0].Item, "desk"))
	b.ok(b.CommitText(ctx, c))
	refused(b, b.CommitText(ctx, c)) // by a second daemon
	list, err := b.Deliveries(ctx, dewline.DeliveryFilter{})
	b.ok(err)
	b.equal("alerts", len(list), 1)
}

func refused(b *bench, err error) {
	b.Helper()
	if !errors.Is(err, b.engine.Stale) || !errors.Is(err, dewline.ErrRefused) {
		b.Errorf("a text of what is no more so: %v", err)
	}
}

func quietTexts(t *testing.T, e Engine) {
	b := open(t, e)
	b.owed(uk, true, []dewline.Item{item(uk, "1", "one", 1), item(uk, "2", "two", 1)})
	jobs, _ := b.texts(uk)
	failed := b.fetched(jobs[0], "")
	failed.Item, failed.Replaced = jobs[0].Item, false
	failed.Item.FullText = dewline.FullText{State: dewline.TextFailed, Quiet: true}
	b.ok(b.CommitText(ctx, failed))
	b.owed(uk, false, []dewline.Item{item(uk, "1", "one, edited", 2), item(uk, "2", "two, edited", 2)})
	for range 2 {
		jobs, _ = b.texts(uk)
		if !jobs[0].Task.Quiet {
			b.Errorf("%q was there before us, and would alert now", jobs[0].Item.Title)
		}
		b.ok(b.CommitText(ctx, b.fetched(jobs[0], "text")))
	}
	b.owed(uk, false, []dewline.Item{item(uk, "1", "one, edited again", 3)})
	jobs, _ = b.texts(uk)
	b.equal("an edit of what was read", jobs[0].Task.Quiet, false)
}

func textFrozen(t *testing.T, e Engine) {
	b := open(t, e)
	b.poll(uk, nil)
	it := item(uk, "1", "Statement", 1)
	b.owed(uk, false, []dewline.Item{it}, match("teaser", it, "desk"))
	jobs, _ := b.texts(uk)
	c := b.fetched(jobs[0], "the whole text", match("text", it, "hook"))
	c.Item.Title = "Another title"
	b.ok(b.CommitText(ctx, c))
	b.equal("what was queued before the text", b.due("desk")[0].Item.Title, "Statement")
	b.equal("what was queued with it", b.due("hook")[0].Item.Title, "Another title")
}
