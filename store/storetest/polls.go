package storetest

import (
	"errors"
	"fmt"
	"io/fs"
	"testing"
	"time"

	"dewline"
)

func show(v any) string { return fmt.Sprintf("%v", v) }

func itemIsItsKey(t *testing.T, e Engine) {
	b := open(t, e)
	a := item(uk, "a", "first", 1)
	b.poll(uk, []dewline.Item{a})
	known, err := b.Known(ctx, uk.Key(), []dewline.Key{a.Key, item(uk, "b", "", 1).Key})
	b.ok(err)
	b.equal("known", known, map[dewline.Key]dewline.Known{a.Key: {Fingerprint: a.TextHash(), Text: a.TextHash(), Version: 1}})

	got, err := b.Item(ctx, a.Key)
	b.ok(err)
	b.equal("title, first seen, changed, version, seq",
		[]any{got.Title, got.FirstSeen.Equal(noon), got.Changed.Equal(noon), got.Version, got.Seq}, []any{"first", true, true, 1, 1})
}

func refusedCommit(t *testing.T, e Engine) {
	b := open(t, e)
	st := b.claim(uk)
	bad := draft(st, b.now, []dewline.Item{item(uk, "a", "first", 1)}, match("r", item(uk, "a", "first", 1), "desk"))
	bad.State.Revision += 7
	bad.State.ETag = "new"
	if err := b.Commit(ctx, bad); err == nil {
		t.Fatal("a wrong revision was taken")
	}
	b.ReleaseFeed(uk.Key())
	if again := b.claim(uk); again.ETag != "" {
		t.Error("the validators of a refused commit remained: its items are lost for ever")
	}
	if _, err := b.Item(ctx, item(uk, "a", "", 1).Key); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("an item of a refused commit: %v", err)
	}
	b.equal("deliveries", len(b.due("desk")), 0)
}

func staleCommit(t *testing.T, e Engine) {
	b := open(t, e)
	st := b.claim(uk)
	b.ok(b.Commit(ctx, draft(st, b.now, nil)))
	err := b.Commit(ctx, draft(st, b.now, []dewline.Item{item(uk, "late", "late", 1)}))
	if !errors.Is(err, e.Stale) {
		t.Errorf("a second commit of one claim: %v", err)
	}
}

func leases(t *testing.T, e Engine) {
	b := open(t, e)
	claimed, err := b.ClaimFeeds(ctx, noon, noon.Add(time.Minute), 10)
	b.ok(err)
	b.equal("claimed", len(claimed), 2)
	claimed, err = b.ClaimFeeds(ctx, noon.Add(59*time.Second), noon.Add(time.Hour), 10)
	b.ok(err)
	b.equal("claimed while leased", len(claimed), 0)
	if _, ok, err := b.ClaimFeed(ctx, uk.Key(), noon, noon.Add(time.Hour)); ok || err != nil {
		t.Errorf("one leased feed was claimed twice (%v)", err)
	}
	next, ok := b.NextFeed()
	b.equal("next", []any{next.Equal(noon.Add(time.Minute)), ok}, []any{true, true})
	claimed, err = b.ClaimFeeds(ctx, noon.Add(time.Minute), noon.Add(time.Hour), 10)
	b.ok(err)
	b.equal("claimed after the leases' end", len(claimed), 2)

	b.ReleaseFeed(uk.Key())
	claimed, err = b.ClaimFeeds(ctx, noon, noon.Add(time.Hour), 10)
	b.ok(err)
	b.equal("claimed after a release", len(claimed), 1)
}

// Undated, equal-dated, future-dated and ancient items all arrive, in the order
// in which they were first seen.
func noDateCursor(t *testing.T, e Engine) {
	b := open(t, e)
	var all []dewline.Item
	for i, date := range []time.Time{{}, noon, noon, noon.AddDate(100, 0, 0), time.Unix(0, 0), {}} {
		it := item(uk, fmt.Sprint(i), fmt.Sprint(i), 1)
		it.Published = date
		all = append(all, it)
	}
	b.poll(uk, all[:3])
	b.poll(uk, all[3:])
	var titles []string
	for it, err := range b.Items(ctx, time.Time{}, "") {
		b.ok(err)
		titles = append(titles, it.Title)
	}
	b.equal("items", titles, []string{"0", "1", "2", "3", "4", "5"})

	titles = nil
	for it, err := range b.Items(ctx, noon.Add(time.Second), uk.Name) {
		b.ok(err)
		titles = append(titles, it.Title)
	}
	b.equal("items first seen since", titles, []string{"3", "4", "5"})
	for range b.Items(ctx, time.Time{}, cn.Name) {
		t.Error("another feed has items")
	}
}

func unbalanced(t *testing.T, e Engine) {
	b := open(t, e)
	c := draft(b.claim(uk), b.now, nil)
	c.Poll.Entries = 3
	if b.Commit(ctx, c) == nil {
		t.Error("a poll record that lost three entries was taken")
	}
}

func registering(t *testing.T, e Engine) {
	b := open(t, e)
	c := draft(b.claim(uk), b.now, nil)
	c.State.ETag, c.State.FirstRead = "tag", noon
	b.ok(b.Commit(ctx, c))
	b.ok(b.Register(ctx, []dewline.Feed{uk}, noon.Add(time.Minute)))
	states, err := b.Feeds(ctx)
	b.ok(err)
	b.equal("registered", len(states), 1)
	b.equal("kept", []any{states[0].ETag, states[0].Due.Equal(noon.Add(5 * time.Minute))}, []any{"tag", true})

	moved := uk
	moved.URL = "http://elsewhere.test/"
	b.ok(b.Register(ctx, []dewline.Feed{moved, cn}, noon.Add(time.Minute)))
	states, err = b.Feeds(ctx)
	b.ok(err)
	b.equal("of another address", []any{states[1].ETag, states[1].Due.Equal(noon.Add(time.Minute)), states[1].FirstRead.Equal(noon)}, []any{"", true, true})

	polls, err := b.Polls(ctx, uk.Key(), dewline.PollFilter{})
	b.ok(err)
	b.equal("poll records", len(polls), 1)
}

func restart(t *testing.T, e Engine) {
	b := open(t, e)
	a := item(uk, "a", "first", 1)
	b.poll(uk, []dewline.Item{a}, match("r", a, "desk"))
	b.reopen()
	b.equal("matches", b.titles("r", 0, 10), []string{"first"})
	b.equal("deliveries", len(b.due("desk")), 1)
	claimed, err := b.ClaimFeeds(ctx, b.now, b.now.Add(time.Hour), 10)
	b.ok(err)
	b.equal("due after the restart", []any{len(claimed), claimed[0].Name}, []any{1, cn.Name})
}

func notThere(t *testing.T, e Engine) {
	b := open(t, e)
	for what, call := range map[string]func() error{
		"item":     func() error { _, err := b.Item(ctx, dewline.Key{1}); return err },
		"versions": func() error { _, err := b.Versions(ctx, dewline.Key{1}); return err },
		"feed":     func() error { _, _, err := b.ClaimFeed(ctx, dewline.Key{1}, noon, noon); return err },
	} {
		if err := call(); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%s: %v", what, err)
		}
	}
}
