package monitor

import (
	"cmp"
	"context"
	"fmt"
	"log/slog"
	"runtime/debug"
	"slices"
	"time"

	"dewline"
)

// Stories says which rules ask what items repeat, and by whom that is judged. The zero value: none does.
type Stories struct {
	Judge StoryJudge
	// Standing is how near the item's source is to who made the statement: the nearest is the head of the copies.
	Standing func(it *dewline.Item) int
	Rules    map[string]dewline.StoryRule // by the rule's name
}

// StoryJudge says what items are to each other. It is pure and safe for concurrent use.
type StoryJudge interface {
	// Read takes an item apart. By the keys its copies are found: a copy has one of them at least. compare says what the item is to
	// an earlier one, and is called by one goroutine.
	Read(it *dewline.Item) (keys []uint64, compare func(earlier *dewline.Item) dewline.Resemblance)
}

// Copies finds what is stored that an item may be a copy of.
type Copies interface {
	// Copies are items that have keys in common with an item and were first seen after a time, as many at most as
	// do not depend on how many are stored, and what was told of those.
	Copies(ctx context.Context, item dewline.Key, keys []uint64, after time.Time) (dewline.Copies, error)
}

// storyDays is how long a statement is looked for again.
const storyDays = 7 * day

// joins says where the items stand in their stories that a rule matched which asks for it. The others cost nothing.
func (m *Monitor) joins(ctx context.Context, items []dewline.Item, matches []dewline.Match, now time.Time) (j dewline.Joins, err error) {
	asked := make(map[dewline.Key]bool)
	for i := range matches {
		if _, asks := m.Stories.Rules[matches[i].Rule.Name]; asks {
			asked[matches[i].Item] = true
		}
	}
	if len(asked) == 0 {
		return j, nil
	}
	p := placing{Stories: m.Stories, log: m.Log, mates: make(map[uint64][]int)}
	j.Rules = m.Stories.Rules
	for i := range items {
		it := &items[i]
		if !asked[it.Key] {
			continue
		}
		keys, compare := p.read(it)
		stored, err := m.Store.Copies(ctx, it.Key, keys, now.Add(-storyDays))
		if err != nil {
			return j, err
		}
		if len(j.Placed) == 0 {
			j.Since = stored.Since
		}
		j.Placed = append(j.Placed, p.place(it, keys, compare, &stored))
	}
	return j, nil
}

// placing finds the places of the items of one commit, of which each may be a copy of one before it.
type placing struct {
	Stories
	log    *slog.Logger
	placed []dewline.Copy   // those that were placed
	mates  map[uint64][]int // by key, which of them
}

// comparing says what an item is to an earlier one.
type comparing func(earlier *dewline.Item) dewline.Resemblance

// read takes an item apart. In what sets off a fault of ours no copy is found, and so it is told.
func (p *placing) read(it *dewline.Item) (keys []uint64, compare comparing) {
	defer func() {
		if fault := recover(); fault != nil {
			p.failed(it, fault)
			compare = func(*dewline.Item) (none dewline.Resemblance) { return none }
		}
	}()
	return p.Judge.Read(it)
}

func (p *placing) failed(it *dewline.Item, fault any) {
	p.log.Error("an item set off a fault of dewline's own and is told as a story of its own", "item", it.Key, "err", fmt.Sprintf("%v\n%s", fault, debug.Stack()))
}

// place is where an item stands among what is stored and what came with it.
func (p *placing) place(it *dewline.Item, keys []uint64, compare comparing, stored *dewline.Copies) (at dewline.Placed) {
	at = alone(it, keys, &stored.Own)
	defer func() {
		if fault := recover(); fault != nil {
			p.failed(it, fault)
			at = alone(it, keys, &stored.Own)
		}
		p.add(it, at)
	}()
	at.Standing = p.Standing(it)
	near := p.near(it, stored.Items, keys)
	for i := range near {
		near[i].is = compare(&near[i].As)
		if near[i].is.Copy() {
			at.Same = append(at.Same, near[i].Said())
		}
		if len(at.Same) > 0 && i+1 < len(near) && !near[i+1].tells { // the others are copies of these
			near = near[:i+1]
			break
		}
	}
	settlePlace(&at, near, &stored.Own)
	return at
}

// alone is where an item stands that is like nothing.
func alone(it *dewline.Item, keys []uint64, own *dewline.Placed) dewline.Placed {
	at := dewline.Placed{Item: it.Key, Story: dewline.StoryKey(it.Key), Of: it.Key, Feed: it.Feed.Name, Keys: keys}
	if own.Of == it.Key { // who knows it as the first of its kind is not to lose it
		at.Differs = own.Differs
	}
	if !own.Of.IsZero() {
		at.Story, at.Feed = own.Story, own.Feed
		at.Keys = slices.Concat(own.Keys, without(keys, own.Keys))
	}
	return at
}

func without(keys, known []uint64) []uint64 {
	return slices.DeleteFunc(slices.Clone(keys), func(k uint64) bool { return slices.Contains(known, k) })
}

// compared is a possible copy, and what the item is to it.
type compared struct {
	dewline.Copy
	tells bool // it is the first of its kind, or somebody was told of it
	is    dewline.Resemblance
}

// settlePlace decides the place of an item by what it is to others. One that stands somewhere stays in its story; it
// stays a copy only of what it still is a copy of.
func settlePlace(at *dewline.Placed, near []compared, own *dewline.Placed) {
	placed := !own.Of.IsZero()
	if own.Of == at.Item {
		return
	}
	var other *compared
	for i := range near {
		c := &near[i]
		if placed && c.Story != own.Story || !c.is.Same {
			continue
		}
		if c.is.Copy() && (!placed || c.Of == own.Of) {
			at.Story, at.Of = c.Story, c.Of
			return
		}
		if other == nil || len(c.is.Differ) < len(other.is.Differ) {
			other = c
		}
	}
	if other == nil {
		return
	}
	at.Story = other.Story
	for _, d := range other.is.Differ[:min(len(other.is.Differ), mostReasons)] {
		at.Differs = append(at.Differs, dewline.Reason{Kind: dewline.ReasonKind(d.Kind), Old: shortened(d.Old), New: shortened(d.New)})
	}
}

// How much is kept of why an item is no copy.
const (
	mostReasons    = 8
	longestOfThose = 200 // characters
)

func shortened(fact string) string {
	if all := []rune(fact); len(all) > longestOfThose {
		return string(all[:longestOfThose]) + "…"
	}
	return fact
}

// mostMates is as many items of one commit as an item is compared with: those that share the most keys.
const mostMates = 8

// mostCounted bounds the counting, of a key that a whole feed shares.
const mostCounted = 64

// near are the possible copies: what tells first, and each in the order of first sight.
func (p *placing) near(it *dewline.Item, stored []dewline.Copy, keys []uint64) (all []compared) {
	shared := make(map[int]int)
	for _, key := range keys {
		mates := p.mates[key]
		for _, i := range mates[:min(len(mates), mostCounted)] {
			shared[i]++
		}
	}
	mates := make([]int, 0, len(shared))
	for i := range shared {
		mates = append(mates, i)
	}
	slices.SortFunc(mates, func(a, b int) int { return cmp.Or(cmp.Compare(shared[b], shared[a]), cmp.Compare(a, b)) })
	mates = mates[:min(len(mates), mostMates)]
	slices.Sort(mates)
	for i := range stored {
		all = append(all, compared{Copy: stored[i], tells: stored[i].Told || stored[i].Of == stored[i].Item})
	}
	for _, i := range mates {
		all = append(all, compared{Copy: p.placed[i], tells: true})
	}
	slices.SortStableFunc(all, func(a, b compared) int {
		switch {
		case a.tells == b.tells:
			return 0
		case a.tells:
			return -1
		}
		return 1
	})
	return all
}

// add makes an item one that those after it may be a copy of.
func (p *placing) add(it *dewline.Item, at dewline.Placed) {
	n := len(p.placed)
	p.placed = append(p.placed, dewline.Copy{Placed: at, As: *it})
	for _, key := range at.Keys {
		p.mates[key] = append(p.mates[key], n)
	}
}
