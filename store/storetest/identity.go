package storetest

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"dewline"
)

// looks is the likeness of a page with a title and a text.
func looks(page string, title, text uint64) dewline.Likeness {
	return dewline.Likeness{Page: dewline.PageKey("mod.test", page), Title: title, Text: text, Query: 5, Date: 7}
}

func named(it dewline.Item, like dewline.Likeness) dewline.Named {
	return dewline.Named{Likeness: like, Item: it.Key}
}

// A likeness comes and goes with the commit of its item, is found by page, title and text, and survives a restart.
func likenesses(t *testing.T, e Engine) {
	b := open(t, e)
	a, like := item(uk, "a", "first", 1), looks("/a", 1, 1)
	asked := func(f dewline.Feed, l dewline.Likeness) string {
		likes, _, err := b.Alike(ctx, f.Key(), []dewline.Likeness{looks("/never", 1, 1), l})
		b.ok(err)
		b.equal("of a page that is nobody's", likes[0], dewline.Likes{})
		words := ""
		for i, list := range [][]dewline.Like{likes[1].Same, likes[1].Titled, likes[1].Paged} {
			for _, l := range list {
				b.equal("query and date", []uint32{l.Query, l.Date}, []uint32{5, 7})
				words += fmt.Sprint([]string{"same", "titled", "paged"}[i], " ", l.Item == a.Key, " ", l.Own, "; ")
			}
		}
		return words
	}
	c := draft(b.claim(uk), b.now, []dewline.Item{a})
	c.Names = []dewline.Named{named(a, like)}
	refused := *c
	refused.State.Revision += 7
	if err := b.Commit(ctx, &refused); err == nil {
		t.Fatal("a wrong revision was taken")
	}
	b.equal("of a refused commit", asked(uk, like), "")
	b.ok(b.Commit(ctx, c))
	b.reopen()
	b.equal("the same", asked(uk, like), "same true true; ")
	b.equal("another text", asked(uk, looks("/a", 1, 2)), "titled true true; ")
	b.equal("another title", asked(uk, looks("/a", 2, 1)), "paged true true; ")
	b.equal("another page", asked(uk, looks("/b", 1, 1)), "")
	b.equal("another feed", asked(cn, like), "same true false; ")

	b.now = b.now.Add(time.Second)
	many := item(uk, "many", "many", 1)
	c = draft(b.claim(uk), b.now, []dewline.Item{many})
	for i := range uint64(40) {
		c.Names = append(c.Names, named(many, looks("/a", 1, 100+i)), named(many, looks("/a", 100+i, 1)))
	}
	b.ok(b.Commit(ctx, c))
	likes, since, err := b.Alike(ctx, uk.Key(), []dewline.Likeness{like})
	b.ok(err)
	b.equal("same, titled, paged and since, of a page of many", []any{len(likes[0].Same), len(likes[0].Titled), len(likes[0].Paged), since},
		[]any{1, dewline.MaxLikes, dewline.MaxLikes, 2})
}

// served is a second feed that turns out to serve an item: what it remembers of its entry, and the item with more text.
func served(b *bench, f dewline.Feed, it dewline.Item, matches ...dewline.Match) *dewline.Commit {
	b.Helper()
	past, err := b.Past(ctx, it.Key)
	b.ok(err)
	more := past.Current
	more.Also = append(more.Also, f.Ref())
	more.Content += "and more"
	c := draft(b.claim(f), b.now, nil, matches...)
	c.Enriched = []dewline.Item{more}
	c.Bases = map[dewline.Key]uint64{it.Key: past.Current.Basis()}
	c.Known[dewline.Key{1}] = dewline.Known{Fingerprint: 1, Text: 2, Version: more.Version, Item: it.Key}
	c.Poll.Entries, c.Poll.Seen = 1, 1
	return c
}

func joinedItem(t *testing.T, e Engine) {
	b := open(t, e)
	a := item(uk, "a", "first", 1)
	b.poll(uk, []dewline.Item{a, item(uk, "b", "other", 1)}, match("r", a, "desk"))
	before := b.Revision()
	b.ok(b.Commit(ctx, served(b, cn, a, match("r", a, "desk"), match("second feed's", a, "desk"))))
	b.reopen()

	past, err := b.Past(ctx, a.Key)
	b.ok(err)
	now := past.Current
	b.equal("version, versions, content, feed, also, first seen, place",
		[]any{now.Version, len(past.Served), now.Content, now.Feed.Name, now.Also[0].Name, now.FirstSeen.Equal(noon), now.Seq},
		[]any{1, 1, "and more", uk.Name, cn.Name, true, 1})
	known, err := b.Known(ctx, cn.Key(), []dewline.Key{{1}})
	b.ok(err)
	b.equal("the second feed's entry is", known[dewline.Key{1}].Of(dewline.Key{1}), a.Key)
	b.equal("alerts", len(b.due("desk")), 2)
	b.equal("revision moved", b.Revision() == before, false)
	for f, want := range map[string]int{uk.Name: 2, cn.Name: 1, "": 2} {
		n := 0
		for _, err := range b.Items(ctx, time.Time{}, f) {
			b.ok(err)
			n++
		}
		b.equal("items of "+f, n, want)
	}

	// Edited through the second feed it is a version, and stays the first one's.
	b.now = b.now.Add(time.Second)
	edit := now
	edit.Version, edit.Title = 2, "edited"
	c := draft(b.claim(cn), b.now, []dewline.Item{edit})
	delete(c.Known, edit.Key)
	c.Bases = map[dewline.Key]uint64{a.Key: now.Basis()}
	b.ok(b.Commit(ctx, c))
	past, err = b.Past(ctx, a.Key)
	b.ok(err)
	b.equal("served", []string{past.Served[0].Title, past.Served[1].Title}, []string{"first", "edited"})
	n := 0
	for range b.Items(ctx, time.Time{}, uk.Name) {
		n++
	}
	b.equal("items of the first feed after the edit", n, 2)
	past, err = b.Past(ctx, dewline.Key{9})
	b.ok(err)
	b.equal("of what is not stored", len(past.Served), 0)
}

// Two feeds that are polled at once do not both make an item of one statement.
func overtaken(t *testing.T, e Engine) {
	b := open(t, e)
	a, same := item(uk, "a", "first", 1), item(cn, "a", "first", 1)
	like := looks("/a", 1, 1)
	commit := func(f dewline.Feed, it dewline.Item, l dewline.Likeness, since uint64) error {
		c := draft(b.claim(f), b.now, []dewline.Item{it}, match("r", it, "desk"))
		c.Names, c.Since = []dewline.Named{named(it, l)}, since
		err := b.Commit(ctx, c)
		if err != nil {
			b.ReleaseFeed(f.Key())
		}
		return err
	}
	b.ok(commit(uk, a, like, 0))
	for what, l := range map[string]dewline.Likeness{"the same": like, "another text": looks("/a", 1, 2)} {
		if err := commit(cn, same, l, 0); !errors.Is(err, dewline.ErrOvertaken) || !errors.Is(err, dewline.ErrRefused) {
			t.Errorf("%s was made an item of its own: %v", what, err)
		}
	}
	b.equal("alerts", len(b.due("desk")), 1)
	// Who knew of it may, and so may who brings something else.
	b.ok(commit(cn, item(cn, "b", "second", 1), looks("/a", 2, 1), 0))
	b.ok(commit(cn, same, like, 2))
	b.ok(commit(uk, item(uk, "c", "twin", 1), like, 3))
}

func staleBasis(t *testing.T, e Engine) {
	b := open(t, e)
	a := item(uk, "a", "first", 1)
	b.poll(uk, []dewline.Item{a})
	late := served(b, cn, a)
	edit := item(uk, "a", "edited", 2)
	b.poll(uk, []dewline.Item{edit})
	if err := b.Commit(ctx, late); !errors.Is(err, dewline.ErrOvertaken) {
		t.Fatalf("an old text replaced a newer one: %v", err)
	}
	b.ReleaseFeed(cn.Key())
	got, err := b.Item(ctx, a.Key)
	b.ok(err)
	b.equal("title", got.Title, "edited")
}

func quietThenNews(t *testing.T, e Engine) {
	b := open(t, e)
	a := item(uk, "a", "first", 1)
	silent := match("r", a)
	silent.Quiet = true
	b.poll(uk, []dewline.Item{a}, silent)
	b.poll(uk, []dewline.Item{item(uk, "a", "edited", 2)}, match("r", item(uk, "a", "edited", 2), "desk"))
	b.equal("alerts after an edit", len(b.due("desk")), 0)
	news := match("r", item(uk, "a", "edited", 2), "desk")
	news.Again = true
	for range 2 {
		b.ok(b.Commit(ctx, served(b, cn, a, news)))
		b.now = b.now.Add(time.Second)
	}
	b.equal("alerts when it is news by another feed, twice", len(b.due("desk")), 1)
	b.now = b.now.Add(time.Hour)

	loud := item(uk, "b", "loud", 1)
	b.poll(uk, []dewline.Item{loud}, match("r", loud, "hook"))
	b.equal("alerts of a loud one", len(b.due("hook")), 1)
	again := match("r", loud, "hook", "desk")
	again.Again = true
	b.ok(b.Commit(ctx, served(b, cn, loud, again)))
	b.equal("more of it", len(b.due("hook")), 0)
}
