package storetest

import (
	"testing"
	"time"

	"dewline"
)

// watched is a poll's commit after which the page of each item is due in a minute.
func (b *bench) watched(f dewline.Feed, items []dewline.Item, matches ...dewline.Match) {
	b.Helper()
	c := draft(b.claim(f), b.now, items, matches...)
	for _, it := range items {
		c.Watches = append(c.Watches, dewline.Watch{Feed: f.Key(), Item: it.Key, URL: it.URL, Since: b.now, Due: b.now.Add(time.Minute)})
	}
	b.ok(b.Commit(ctx, c))
	b.now = b.now.Add(time.Second)
}

func (b *bench) watches(feeds ...dewline.Feed) (jobs []dewline.WatchJob, titles []string) {
	b.Helper()
	var keys []dewline.Key
	for _, f := range feeds {
		keys = append(keys, f.Key())
	}
	jobs, err := b.ClaimWatches(ctx, keys, b.now, b.now.Add(time.Hour))
	b.ok(err)
	for _, j := range jobs {
		titles = append(titles, j.Item.Title)
	}
	return jobs, titles
}

// looked is one look more, and when the next one is due.
func (b *bench) looked(w dewline.Watch, next time.Time) *dewline.WatchCommit {
	now := w
	now.Checks++
	now.Present, now.Due = b.now, next
	return &dewline.WatchCommit{Was: w, Now: now, At: b.now}
}

func watchQueue(t *testing.T, e Engine) {
	b := open(t, e)
	first, other := item(uk, "a", "first", 1), item(cn, "b", "other", 1)
	b.watched(uk, []dewline.Item{first}, match("r", first))
	b.watched(uk, []dewline.Item{item(uk, "c", "second", 1)})
	b.watched(cn, []dewline.Item{other})
	b.reopen()
	_, titles := b.watches(uk, cn)
	b.equal("nothing is due yet", titles, []string(nil))
	next, ok, err := b.NextWatch(ctx, []dewline.Key{uk.Key(), cn.Key()})
	b.ok(err)
	b.equal("the first", []any{next, ok}, []any{noon.Add(time.Minute), true})

	b.now = noon.Add(time.Hour)
	jobs, titles := b.watches(uk, cn)
	b.equal("one of each feed", titles, []string{"first", "other"})
	b.equal("with what matched", []any{len(jobs[0].Matches), jobs[0].Matches[0].Rule.Name, len(jobs[1].Matches)}, []any{1, "r", 0})
	_, titles = b.watches(uk, cn)
	b.equal("both are leased", titles, []string(nil))
	next, ok, err = b.NextWatch(ctx, []dewline.Key{uk.Key()})
	b.ok(err)
	b.equal("the end of the lease", []any{next, ok}, []any{b.now.Add(time.Hour), true})
	b.ReleaseWatch(cn.Key())
	_, titles = b.watches(cn)
	b.equal("given back", titles, []string{"other"})

	b.ok(b.CommitWatch(ctx, b.looked(jobs[0].Watch, b.now.Add(time.Hour))))
	refused(b, b.CommitWatch(ctx, b.looked(jobs[0].Watch, b.now))) // by a second daemon
	jobs, titles = b.watches(uk)
	b.equal("the next one of the feed", titles, []string{"second"})
	b.ok(b.CommitWatch(ctx, b.looked(jobs[0].Watch, time.Time{})))
	w, err := b.Watched(ctx, jobs[0].Item.Key)
	b.ok(err)
	b.equal("what is known stays", []any{w.Checks, w.Present, w.Due}, []any{1, b.now, time.Time{}})

	// An edit of an item that was watched begins nothing anew.
	b.watched(uk, []dewline.Item{item(uk, "c", "second, edited", 2)})
	b.now = b.now.Add(48 * time.Hour)
	_, titles = b.watches(uk)
	b.equal("the one that is due", titles, []string{"first"})
	w, err = b.Watched(ctx, dewline.Key{9})
	b.ok(err)
	b.equal("of what is not watched", w, dewline.Watch{})
}

func removedOnce(t *testing.T, e Engine) {
	b := open(t, e)
	it := item(uk, "a", "Statement", 1)
	b.watched(uk, []dewline.Item{it}, match("r", it, "desk"))
	b.equal("the match", len(b.due("desk")), 1)
	edit := item(uk, "a", "Statement, edited", 2)
	b.poll(uk, []dewline.Item{edit})
	b.now = b.now.Add(time.Hour)
	jobs, _ := b.watches(uk)
	gone := dewline.Removal{Present: noon, Absent: b.now, Checks: 3, Answer: "404 Not Found"}
	told := func(w dewline.Watch) *dewline.WatchCommit {
		c := b.looked(w, b.now)
		c.Removed = []dewline.Removed{{Match: jobs[0].Matches[0], Removal: gone, Alert: []string{"desk", "hook"}}}
		return c
	}
	b.ok(b.CommitWatch(ctx, told(jobs[0].Watch)))
	b.reopen()
	for _, receiver := range []string{"desk", "hook"} {
		alerts := b.due(receiver)
		alert := alerts[len(alerts)-1]
		d := alert.Delivery
		b.equal(receiver, []any{d.Event, *d.Removal, d.Match.Rule.Name, alert.Item.Title, d.Happened()},
			[]any{dewline.EventRemoved, gone, "r", "Statement", b.now})
	}
	jobs, _ = b.watches(uk)
	b.ok(b.CommitWatch(ctx, told(jobs[0].Watch)))
	list, err := b.Deliveries(ctx, dewline.DeliveryFilter{Item: it.Key})
	b.ok(err)
	b.equal("deliveries, and no more", len(list), 3)
}
