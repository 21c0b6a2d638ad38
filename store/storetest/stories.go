package storetest

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"dewline"
)

// first is a rule that tells the first of copies alone.
var first = map[string]dewline.StoryRule{"r": {Stories: dewline.StoriesFirst}, "other": {Stories: dewline.StoriesFirst}}

// copyOf places an item as a copy of another one, which it is the same as.
func copyOf(it, of dewline.Item, standing int) dewline.Placed {
	p := begins(it, standing)
	p.Story, p.Of = dewline.StoryKey(of.Key), of.Key
	if it.Key != of.Key {
		p.Same = []dewline.Said{{Item: of.Key, Version: of.Version}}
	}
	return p
}

// begins places an item as the first of its story.
func begins(it dewline.Item, standing int) dewline.Placed {
	return dewline.Placed{Item: it.Key, Story: dewline.StoryKey(it.Key), Of: it.Key, Feed: it.Feed.Name, Standing: standing, Keys: []uint64{7, 9}}
}

// story polls items that stand in stories.
func (b *bench) story(f dewline.Feed, items []dewline.Item, places []dewline.Placed, matches ...dewline.Match) {
	b.Helper()
	c := draft(b.claim(f), b.now, items, matches...)
	found, err := b.Copies(ctx, dewline.Key{}, nil, noon)
	b.ok(err)
	c.Joins = dewline.Joins{Placed: places, Since: found.Since, Rules: first}
	b.ok(b.Commit(ctx, c))
	b.now = b.now.Add(time.Second)
}

func (b *bench) alerts(receiver string) (titles []string) {
	b.Helper()
	for _, a := range b.due(receiver) {
		titles = append(titles, a.Item.Title)
	}
	return titles
}

func one(it dewline.Item) []dewline.Item { return []dewline.Item{it} }

func at(p ...dewline.Placed) []dewline.Placed { return p }

func storyToldOnce(t *testing.T, e Engine) {
	b := open(t, e)
	a, c, d := item(uk, "a", "first", 1), item(cn, "c", "copy", 1), item(cn, "d", "another", 1)
	b.story(uk, one(a), at(begins(a, 1)), match("r", a, "desk", "hook"))
	b.story(cn, []dewline.Item{c, d}, at(copyOf(c, a, 1), copyOf(d, a, 1)), match("r", c, "desk", "hook"), match("r", d, "desk", "hook"))
	b.equal("desk", b.alerts("desk"), []string{"first"})
	told := b.due("hook")
	b.equal("hook", len(told), 1)
	b.equal("its story", told[0].Delivery.Story, &dewline.StoryRef{ID: dewline.StoryKey(a.Key), Items: 1})
	s, members, err := b.Story(ctx, d.Key, 2)
	b.ok(err)
	b.equal("the story", []any{s.Items, len(members), members[0].As.Title, members[1].Of == a.Key}, []any{3, 2, "first", true})
	b.reopen()
	again := item(cn, "c", "copy, edited", 2)
	b.story(cn, one(again), at(copyOf(again, a, 1)), match("r", again, "desk", "hook"))
	b.equal("after an edit that says the same", b.alerts("desk"), []string{"first"})
}

func storyUntold(t *testing.T, e Engine) {
	b := open(t, e)
	a, c, d := item(uk, "a", "first", 1), item(cn, "c", "copy", 1), item(cn, "d", "another", 1)
	quiet := match("r", a)
	quiet.Quiet = true
	b.story(uk, one(a), at(begins(a, 1)), quiet, match("other", a, "desk"))
	b.story(cn, one(c), at(copyOf(c, a, 1)), match("r", c, "desk"))
	b.equal("a copy of what came quietly, and what another rule found", b.alerts("desk"), []string{"first", "copy"})
	last := copyOf(d, a, 1)
	last.Same = append(last.Same, dewline.Said{Item: c.Key, Version: 1})
	b.story(cn, one(d), at(last), match("r", d, "desk", "late"))
	b.equal("who was told", len(b.alerts("desk")), 0)
	b.equal("a receiver that came later", b.alerts("late"), []string{"another"})

	dead, after := item(uk, "x", "dead", 1), item(cn, "y", "after", 1)
	b.story(uk, one(dead), at(begins(dead, 1)), match("r", dead, "gone"))
	b.ok(b.Settle(ctx, []dewline.Settlement{settlement(b.due("gone")[0], dewline.DeliveryDead, b.now, time.Time{})}))
	b.story(cn, one(after), at(copyOf(after, dead, 1)), match("r", after, "gone"))
	b.equal("what could not be delivered was not told", b.alerts("gone"), []string{"after"})
}

func storyApart(t *testing.T, e Engine) {
	b := open(t, e)
	a, c, d := item(uk, "a", "three", 1), item(cn, "c", "five", 1), item(cn, "d", "five again", 1)
	b.story(uk, one(a), at(begins(a, 1)), match("r", a, "desk"))
	apart := begins(c, 1)
	apart.Story = dewline.StoryKey(a.Key)
	apart.Differs = []dewline.Reason{{Kind: "number", Old: "three", New: "five"}}
	b.story(cn, one(c), at(apart), match("r", c, "desk"))
	same := copyOf(d, c, 1)
	same.Story = apart.Story
	b.story(cn, one(d), at(same), match("r", d, "desk"))
	told := b.due("desk")
	b.equal("alerts", len(told), 2)
	b.equal("why", told[1].Delivery.Story, &dewline.StoryRef{ID: apart.Story, Items: 2, Differs: apart.Differs})
	b.equal("entries", b.titles("r", 0, 9), []string{"five", "three"})

	untold := item(uk, "e", "told of another version", 1)
	other := copyOf(untold, a, 1)
	other.Same = []dewline.Said{{Item: a.Key, Version: 2}}
	b.story(uk, one(untold), at(other), match("r", untold, "desk"))
	b.equal("what only an untold version says", b.alerts("desk"), []string{"told of another version"})
}

func storyBrokenOut(t *testing.T, e Engine) {
	b := open(t, e)
	a, c, d := item(uk, "a", "first", 1), item(cn, "c", "copy", 1), item(cn, "d", "quiet copy", 1)
	quiet := match("r", d)
	quiet.Quiet = true
	b.story(uk, one(a), at(begins(a, 1)), match("r", a, "desk"))
	b.story(cn, []dewline.Item{c, d}, at(copyOf(c, a, 3), copyOf(d, a, 2)), match("r", c, "desk"), quiet)
	b.equal("entries", b.titles("r", 0, 9), []string{"copy"})
	b.equal("alerts", b.alerts("desk"), []string{"first"})
	edits := []dewline.Item{item(cn, "c", "copy, otherwise", 2), item(cn, "d", "quiet, otherwise", 2)}
	var places []dewline.Placed
	for _, it := range edits {
		p := begins(it, 3)
		p.Story = dewline.StoryKey(a.Key)
		places = append(places, p)
	}
	b.now = b.now.Add(time.Hour)
	b.story(cn, edits, places, match("r", edits[0], "desk"), match("r", edits[1], "desk"))
	b.equal("what differs now is told, and what came quietly stays quiet", b.alerts("desk"), []string{"first", "copy, otherwise"})
	b.equal("entries", len(b.titles("r", 0, 9)), 3)
	matched, err := b.Matches(ctx, "r", 0, 9)
	b.ok(err)
	b.equal("the entry that they were in", []any{matched[2].Item.Title, matched[2].Group.Items, matched[2].Group.Standing}, []any{"first", 1, 1})
	edits[0].Version, edits[0].Title = 3, "copy, once more"
	places[0].Of = edits[0].Key
	b.story(cn, edits[:1], places[:1], match("r", edits[0], "desk"))
	b.equal("once", len(b.alerts("desk")), 0)

	// The first of an entry may break out as well: the next one is the first then.
	b.story(uk, nil, nil)
	x, y, z := item(uk, "x", "unfound", 1), item(cn, "y", "found", 1), item(cn, "z", "found too", 1)
	b.story(uk, one(x), at(begins(x, 1)), match("other", x))
	b.story(cn, []dewline.Item{y, z}, at(copyOf(y, x, 1), copyOf(z, x, 1)), match("r", y), match("r", z))
	y.Version, y.Title = 2, "found, otherwise"
	p := begins(y, 1)
	p.Story = dewline.StoryKey(x.Key)
	b.story(cn, one(y), at(p), match("r", y))
	b.equal("entries of both", b.titles("r", 0, 2), []string{"found too", "found, otherwise"})
	all, err := b.Matches(ctx, "", 0, 9)
	b.ok(err)
	seen := make(map[dewline.Key]bool)
	for _, m := range all {
		if seen[m.First] {
			t.Errorf("%q is listed twice", m.Item.Title)
		}
		seen[m.First] = true
	}
	b.equal("of all", len(all), 6)
}

func storyEntry(t *testing.T, e Engine) {
	b := open(t, e)
	a, c := item(cn, "a", "the press", 1), item(uk, "c", "the ministry", 1)
	b.story(cn, one(a), at(begins(a, 1)), match("r", a))
	before, err := b.Matches(ctx, "r", 0, 9)
	b.ok(err)
	revision, when := b.Revision(), b.now
	b.story(uk, one(c), at(copyOf(c, a, 3)), match("r", c))
	if b.Revision() == revision {
		t.Error("an entry has another head, and the revision stood still")
	}
	for _, rule := range []string{"r", ""} {
		list, err := b.Matches(ctx, rule, 0, 9)
		b.ok(err)
		b.equal("entries", len(list), 1)
		m := list[0]
		b.equal("head and first", []any{m.Item.Title, m.First == a.Key, m.Seq == before[0].Seq, m.Matches[0].Item == c.Key}, []any{"the ministry", true, true, true})
		b.equal("its story", []any{m.Item.Story.Items, m.Group.Items, m.Group.Moved.Equal(when), len(m.Group.Feeds)}, []any{2, 2, true, 2})
	}
	late := item(cn, "z", "no greater", 1)
	b.story(cn, one(late), at(copyOf(late, a, 3)), match("r", late), match("second", late))
	b.equal("of equals the first", b.titles("r", 0, 9), []string{"the ministry"})
	b.equal("a rule that asks for no stories", b.titles("second", 0, 9), []string{"no greater"})
	b.equal("what it found, of all", b.titles("", 0, 9), []string{"no greater", "the ministry"})
	n, err := b.MatchCount(ctx, "r")
	b.ok(err)
	b.equal("statements", n, 1)
}

func storyCopies(t *testing.T, e Engine) {
	b := open(t, e)
	a, c, other := item(uk, "a", "first", 1), item(cn, "c", "copy", 1), item(cn, "o", "other", 1)
	b.story(uk, one(a), at(begins(a, 1)), match("r", a, "desk"))
	second := copyOf(c, a, 1)
	second.Keys = []uint64{9, 11}
	stranger := begins(other, 1)
	stranger.Keys = []uint64{8}
	b.story(cn, []dewline.Item{c, other}, at(second, stranger), match("r", c, "desk"), match("r", other, "desk"))
	a.Version, a.Title = 2, "edited"
	changed := begins(a, 1)
	changed.Keys = []uint64{7, 9, 12}
	b.story(uk, one(a), at(changed), match("r", a, "desk"))

	titles := func(of dewline.Item, after time.Time, keys ...uint64) (list []string) {
		found, err := b.Copies(ctx, of.Key, keys, after)
		b.ok(err)
		for _, c := range found.Items {
			list = append(list, fmt.Sprint(c.As.Title, c.Told))
		}
		return list
	}
	b.equal("by a key of the copy: what was told, what that is now, the copy", titles(dewline.Item{}, noon.Add(-1), 11), []string{"firsttrue", "editedfalse", "copyfalse"})
	b.equal("by a key of the edit", titles(dewline.Item{}, noon.Add(-1), 12), []string{"firsttrue", "editedfalse"})
	b.equal("the item itself is none", titles(c, noon.Add(-1), 11), []string{"firsttrue", "editedfalse"})
	b.equal("too old", titles(dewline.Item{}, noon.Add(time.Hour), 7), []string(nil))
	b.equal("no key", titles(dewline.Item{}, noon.Add(-1), 10), []string(nil))

	var many []dewline.Item
	var places []dewline.Placed
	for i := range 40 {
		it := item(uk, fmt.Sprint("many", i), fmt.Sprint(i), 1)
		many, places = append(many, it), append(places, begins(it, 1))
	}
	b.story(uk, many, places)
	if n := len(titles(dewline.Item{}, noon.Add(-1), 7, 9, 11, 12)); n > 20 {
		t.Errorf("%d items are looked at", n)
	}
}

func storyOvertaken(t *testing.T, e Engine) {
	b := open(t, e)
	a, c := item(uk, "a", "first", 1), item(cn, "c", "copy", 1)
	before, err := b.Copies(ctx, c.Key, []uint64{7}, noon)
	b.ok(err)
	b.story(uk, one(a), at(begins(a, 1)), match("r", a, "desk"))
	late := draft(b.claim(cn), b.now, one(c), match("r", c, "desk"))
	late.Joins = dewline.Joins{Placed: at(begins(c, 1)), Since: before.Since, Rules: first}
	if err := b.Commit(ctx, late); !errors.Is(err, dewline.ErrOvertaken) || !errors.Is(err, dewline.ErrRefused) {
		t.Fatalf("a commit that did not know of a copy: %v", err)
	}
	b.equal("alerts", b.alerts("desk"), []string{"first"})
	late.Joins.Placed[0].Keys = []uint64{8}
	b.ok(b.Commit(ctx, late))
}

func storyUpdates(t *testing.T, e Engine) {
	b := open(t, e)
	every := dewline.StoryRule{Stories: dewline.StoriesFirst, Updates: time.Hour, Updated: []string{"desk"}}
	defer func(was map[string]dewline.StoryRule) { first = was }(first)
	first = map[string]dewline.StoryRule{"r": every}
	a := item(uk, "a", "first", 1)
	b.story(uk, one(a), at(begins(a, 1)), match("r", a, "desk", "hook"))
	until := map[string]time.Duration{} // polls are dated by their beginning, so one may be committed behind a later one
	for i, after := range []time.Duration{-time.Minute, time.Minute, 10 * time.Minute, 90 * time.Minute, 10 * time.Hour} {
		b.now = noon.Add(after)
		it := item(cn, fmt.Sprint(i), fmt.Sprint("after ", after), 1)
		b.story(cn, one(it), at(copyOf(it, a, 1)), match("r", it, "desk", "hook"))
		list, err := b.Deliveries(ctx, dewline.DeliveryFilter{Item: it.Key})
		b.ok(err)
		b.equal("told "+it.Title, []any{len(list), list[0].Receiver, list[0].State, list[0].Hold.Reason}, []any{1, "desk", dewline.DeliveryHeld, dewline.HoldStory})
		until[it.Title] = list[0].Hold.Until.Sub(noon)
	}
	b.now = noon.Add(time.Hour)
	together := dewline.Together{Receiver: "desk", Reason: dewline.HoldStory, Rule: "r", Story: dewline.StoryKey(a.Key)}
	n, err := b.Bundle(ctx, together, b.now)
	b.ok(err)
	b.equal("in the first word", n, 3)
	held, err := b.Deliveries(ctx, dewline.DeliveryFilter{State: dewline.DeliveryHeld})
	b.ok(err)
	b.equal("held, of all receivers", len(held), 5)
	b.equal("the next word", until, map[string]time.Duration{
		"after -1m0s": time.Hour, "after 1m0s": time.Hour, "after 10m0s": time.Hour, "after 1h30m0s": 2 * time.Hour, "after 10h0m0s": 10 * time.Hour,
	})
}

// A copy of what waits for a digest does not wait for the next word on the story.
func storyDigests(t *testing.T, e Engine) {
	b := open(t, e)
	defer func(was map[string]dewline.StoryRule) { first = was }(first)
	first = map[string]dewline.StoryRule{"r": {Stories: dewline.StoriesFirst, Updates: time.Hour, Updated: []string{"desk", "other"}, Digests: []string{"desk"}}}
	a, it := item(uk, "a", "first", 1), item(cn, "b", "copy", 1)
	b.story(uk, one(a), at(begins(a, 1)), match("r", a, "desk", "other"))
	b.now = noon.Add(time.Minute)
	b.story(cn, one(it), at(copyOf(it, a, 1)), match("r", it, "desk", "other"))
	list, err := b.Deliveries(ctx, dewline.DeliveryFilter{Item: it.Key})
	b.ok(err)
	until := make(map[string]time.Duration)
	for i := range list {
		until[list[i].Receiver] = list[i].Hold.Until.Sub(noon)
	}
	b.equal("held until", until, map[string]time.Duration{"desk": time.Minute, "other": time.Hour})
}

func storyTexts(t *testing.T, e Engine) {
	b := open(t, e)
	a, teaser := item(uk, "a", "first", 1), item(cn, "c", "teaser", 1)
	b.owed(cn, false, []dewline.Item{teaser})
	jobs, _ := b.texts(cn)
	late := b.fetched(jobs[0], "the same", match("r", teaser, "desk"))
	late.Joins = dewline.Joins{Placed: at(begins(teaser, 1)), Rules: first}
	b.story(uk, one(a), at(begins(a, 1)), match("r", a, "desk"))
	if err := b.CommitText(ctx, late); !errors.Is(err, dewline.ErrOvertaken) || !errors.Is(err, dewline.ErrRefused) {
		t.Fatalf("a text that did not know of a copy: %v", err)
	}
	found, err := b.Copies(ctx, teaser.Key, []uint64{7}, noon.Add(-1))
	b.ok(err)
	late.Joins = dewline.Joins{Placed: at(copyOf(teaser, a, 1)), Since: found.Since, Rules: first}
	b.ok(b.CommitText(ctx, late))
	b.equal("a text that says the same", b.alerts("desk"), []string{"first"})
	b.equal("entries", b.titles("r", 0, 9), []string{"first"})

	other := item(cn, "d", "another teaser", 1)
	c := draft(b.claim(cn), b.now, one(other), match("r", other, "desk"))
	c.Joins = dewline.Joins{Placed: at(copyOf(other, a, 1)), Since: ^uint64(0), Rules: first}
	c.Texts = []dewline.TextTask{{Feed: cn.Key(), Item: other.Key, Version: 1, Due: b.now}}
	b.ok(b.Commit(ctx, c))
	jobs, _ = b.texts(cn)
	more := b.fetched(jobs[0], "the same, and more", match("r", other, "desk"))
	apart := begins(other, 1)
	apart.Story = dewline.StoryKey(a.Key)
	more.Joins = dewline.Joins{Placed: at(apart), Since: ^uint64(0), Rules: first}
	b.ok(b.CommitText(ctx, more))
	b.equal("a text that says more", b.alerts("desk"), []string{"another teaser"})
	b.equal("entries then", b.titles("r", 0, 9), []string{"another teaser", "first"})
}
