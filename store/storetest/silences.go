package storetest

import (
	"testing"
	"time"

	"dewline"
)

// silence makes a silence of a rule from now on.
func (b *bench) silence(rule string, lasts time.Duration) dewline.Silence {
	b.Helper()
	s := dewline.Silence{Key: dewline.SilenceKey(rule, "", b.now), Rule: rule, Begin: b.now, End: b.now.Add(lasts)}
	b.ok(b.BeginSilence(ctx, s))
	return s
}

func silencedMatch(rule string, it dewline.Item, by []dewline.Silence, alert ...string) dewline.Match {
	m := match(rule, it, alert...)
	for _, s := range by {
		m.Silences = append(m.Silences, s.Key)
	}
	return m
}

func (b *bench) states() (list []dewline.DeliveryState) {
	b.Helper()
	all, err := b.Deliveries(ctx, dewline.DeliveryFilter{})
	b.ok(err)
	for _, d := range all {
		list = append(list, d.State)
	}
	return list
}

// nextDue is when a receiver's next delivery can be claimed.
func (b *bench) nextDue(receiver string) time.Time {
	b.Helper()
	at, _, err := b.NextDelivery(ctx, receiver)
	b.ok(err)
	return at
}

func silences(t *testing.T, e Engine) {
	b := open(t, e)
	before := b.SilenceRevision()
	short, long := b.silence("r", time.Hour), b.silence("x", 2*time.Hour)
	if b.SilenceRevision() == before {
		t.Error("a silence was made, and the revision stood still")
	}
	a, c := item(uk, "a", "first", 1), item(uk, "c", "second", 1)
	b.poll(uk, []dewline.Item{a, c}, silencedMatch("r", a, []dewline.Silence{long, short}, "desk", "hook"),
		silencedMatch("r", c, []dewline.Silence{short}, "desk"), match("other", a, "desk"))
	b.reopen()
	b.equal("who is not silenced is told", len(b.due("desk")), 1)
	b.equal("nobody else is", len(b.due("hook")), 0)
	b.equal("states", b.states(), []dewline.DeliveryState{"pending", "silenced", "silenced", "silenced"})
	b.equal("held by the one that ends last", b.nextDue("hook"), noon.Add(2*time.Hour))
	list, err := b.Silences(ctx)
	b.ok(err)
	held := map[string]uint64{list[0].Rule: list[0].Held, list[1].Rule: list[1].Held}
	b.equal("how many each held", held, map[string]uint64{"r": 1, "x": 2})
	sums, err := b.Counts(ctx)
	b.ok(err)
	b.equal("sums", []uint64{sums.Deliveries["desk"]["silenced"], sums.Deliveries["hook"]["silenced"]}, []uint64{2, 1})

	b.now = noon.Add(time.Hour)
	due := b.due("desk")
	b.equal("at the end of the first", []any{len(due), due[1].Delivery.Hold.Silence}, []any{2, short.Key})
	b.now = noon.Add(2 * time.Hour)
	b.equal("at the end of the second", len(b.due("hook")), 1)
}

func silenceEnded(t *testing.T, e Engine) {
	b := open(t, e)
	first, second := b.silence("r", time.Hour), b.silence("x", time.Hour) // they would end at one time
	a, c := item(uk, "a", "first", 1), item(uk, "c", "second", 1)
	b.poll(uk, []dewline.Item{a, c}, silencedMatch("r", a, []dewline.Silence{first}, "desk", "hook"), silencedMatch("x", c, []dewline.Silence{second}, "desk"))
	before := b.SilenceRevision()
	s, held, err := b.EndSilence(ctx, first.Key, b.now)
	b.ok(err)
	b.equal("what it held", []any{held, s.Held, s.Ended}, []any{2, 2, b.now})
	if b.SilenceRevision() == before {
		t.Error("a silence ended, and the revision stood still")
	}
	b.reopen()
	b.equal("due now", []any{len(b.due("hook")), len(b.due("desk"))}, []any{1, 1})
	b.equal("the other one goes on", b.states(), []dewline.DeliveryState{"silenced", "silenced", "silenced"})

	// A match that was judged before the silence was ended.
	late := item(uk, "late", "late", 1)
	b.poll(uk, []dewline.Item{late}, silencedMatch("r", late, []dewline.Silence{first}, "hook"))
	b.equal("an ended silence holds nothing", b.states()[0], dewline.DeliveryPending)
	// Nor does one of which nobody has heard.
	never := item(uk, "never", "never", 1)
	b.poll(uk, []dewline.Item{never}, silencedMatch("r", never, []dewline.Silence{{Key: dewline.Key{1}}}, "hook"))
	b.equal("an unknown silence holds nothing", b.states()[0], dewline.DeliveryPending)

	s, held, err = b.EndSilence(ctx, first.Key, b.now.Add(time.Minute))
	b.ok(err)
	b.equal("ended again", []any{held, s.Ended.Before(b.now)}, []any{0, true})
	_, held, err = b.EndSilence(ctx, second.Key, noon.Add(2*time.Hour))
	b.ok(err)
	b.equal("one that ended by itself", held, 0)
	if _, _, err := b.EndSilence(ctx, dewline.Key{1}, b.now); err == nil {
		t.Error("a silence was ended that is not there")
	}
}

// An edit and a removal are silenced as a match is; what was queued before the silence is not.
func silencedEdit(t *testing.T, e Engine) {
	b := open(t, e)
	a := item(uk, "a", "3 missiles", 1)
	b.poll(uk, []dewline.Item{a}, match("r", a, "desk"))
	s := b.silence("r", time.Hour)
	edit := item(uk, "a", "5 missiles", 2)
	m := silencedMatch("r", edit, []dewline.Silence{s})
	change := dewline.Rewritten{Match: m, Alert: []string{"desk"}, Change: dewline.Change{From: 1, To: 2, Reasons: []dewline.Reason{{Kind: "number"}}}}
	c := draft(b.claim(uk), b.now, []dewline.Item{edit}, m)
	c.Rewritten = append(c.Rewritten, change)
	c.Watches = []dewline.Watch{{Feed: uk.Key(), Item: a.Key, URL: "http://x.test/", Since: b.now, Due: b.now}}
	b.ok(b.Commit(ctx, c))
	jobs, _ := b.watches(uk)
	look := b.looked(jobs[0].Watch, time.Time{})
	look.Removed = []dewline.Removed{{Match: m, Alert: []string{"desk"}}}
	b.ok(b.CommitWatch(ctx, look))
	b.equal("states", b.states(), []dewline.DeliveryState{"silenced", "silenced", "pending"})
	list, err := b.Silences(ctx)
	b.ok(err)
	b.equal("held", list[0].Held, 2)
}

// A copy of what a silence holds is held too, and alerts when the silence has ended; the next one then joins it.
func silencedStory(t *testing.T, e Engine) {
	b := open(t, e)
	s := b.silence("r", time.Hour)
	by := []dewline.Silence{s}
	a, c := item(uk, "a", "first", 1), item(cn, "c", "copy", 1)
	b.story(uk, one(a), at(begins(a, 1)), silencedMatch("r", a, by, "desk"))
	b.story(cn, one(c), at(copyOf(c, a, 1)), silencedMatch("r", c, by, "desk"))
	b.equal("during the silence", b.states(), []dewline.DeliveryState{"silenced", "silenced"})

	_, _, err := b.EndSilence(ctx, s.Key, b.now)
	b.ok(err)
	n, err := b.Bundle(ctx, b.due("desk")[0].Delivery.Together(), b.now)
	b.ok(err)
	b.equal("in the summary", n, 2)
	d, late := item(cn, "d", "after the end", 1), item(cn, "e", "the next", 1)
	b.story(cn, one(d), at(copyOf(d, a, 1)), match("r", d, "desk"))
	b.equal("a copy before the summary is out", b.states(), []dewline.DeliveryState{"pending", "pending", "held", "held"})
	for _, alert := range b.due("desk") {
		b.ok(b.Settle(ctx, []dewline.Settlement{settlement(alert, dewline.DeliveryDelivered, b.now, time.Time{})}))
	}
	last := copyOf(late, a, 1)
	b.story(cn, one(late), at(last), match("r", late, "desk"))
	b.equal("a copy of what the summary told", b.states()[0], dewline.DeliveryPending)
	next := item(cn, "f", "one more", 1)
	last = copyOf(next, a, 1)
	last.Same = append(last.Same, dewline.Said{Item: late.Key, Version: 1})
	b.story(cn, one(next), at(last), match("r", next, "desk"))
	b.equal("a copy of what came after the end", len(b.states()), 5)
}
