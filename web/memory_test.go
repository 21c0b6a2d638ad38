package web_test

import (
	"context"
	"fmt"
	"io/fs"
	"slices"
	"time"

	"dewline"
)

// memory is a store in memory, with the promises that storetest makes of every
// engine. Its faults are set by tests.
type memory struct {
	feeds      []dewline.FeedState
	polls      map[dewline.Key][]dewline.Poll
	items      []dewline.Item // in the order of Seq; the current versions
	old        map[dewline.Key][]dewline.Item
	matches    []dewline.Match // in the order of Seq
	deliveries []dewline.Delivery
	receivers  map[string]dewline.ReceiverState
	watches    map[dewline.Key]dewline.Watch
	story      dewline.Story // of every item, where it has any
	members    []dewline.Member

	fault error  // what every read answers
	panic string // what Feeds panics with
}

func newMemory() *memory {
	return &memory{
		polls: make(map[dewline.Key][]dewline.Poll), old: make(map[dewline.Key][]dewline.Item),
		receivers: make(map[string]dewline.ReceiverState), watches: make(map[dewline.Key]dewline.Watch),
	}
}

// add stores an item, first seen now, with what the rules found in it.
func (m *memory) add(it dewline.Item, now time.Time, matches ...dewline.Match) dewline.Item {
	it.Seq, it.FirstSeen, it.Changed, it.Version = uint64(len(m.items)+1), now, now, 1
	if it.Key.IsZero() {
		it.Key = dewline.ItemKey(dewline.FeedKey(it.Feed.Name), dewline.Identity{Kind: dewline.IdentityGUID, Value: it.GUID})
	}
	m.items = append(m.items, it)
	m.match(&it, now, matches...)
	return it
}

func (m *memory) match(it *dewline.Item, now time.Time, matches ...dewline.Match) {
	for _, match := range matches {
		match.Item, match.At, match.Seq = it.Key, now, uint64(len(m.matches)+1)
		if match.Version == 0 {
			match.Version = it.Version
		}
		m.matches = append(m.matches, match)
	}
}

// edit replaces an item's text by another version.
func (m *memory) edit(key dewline.Key, now time.Time, change func(*dewline.Item)) {
	for i := range m.items {
		if m.items[i].Key == key {
			m.old[key] = append(m.old[key], m.items[i])
			change(&m.items[i])
			m.items[i].Version++
			m.items[i].Changed = now
		}
	}
}

func (m *memory) queue(d dewline.Delivery) {
	d.Seq = uint64(len(m.deliveries) + 1)
	if d.Feed == nil && d.Summary == nil {
		d.Event = dewline.EventMatched
	}
	d.Key = dewline.DeliveryKey(d.Receiver, d.Event, d.Match.Rule.Name, d.Match.Item, len(m.deliveries))
	d.Since, d.Tries = d.Queued, len(d.Attempts)
	m.deliveries = append(m.deliveries, d)
}

func (m *memory) Feeds(context.Context) ([]dewline.FeedState, error) {
	if m.panic != "" {
		panic(m.panic)
	}
	list := slices.Clone(m.feeds)
	slices.SortFunc(list, func(a, b dewline.FeedState) int {
		if a.Name < b.Name {
			return -1
		}
		return 1
	})
	return list, m.fault
}

func (m *memory) Polls(_ context.Context, feed dewline.Key, f dewline.PollFilter) (list []dewline.Poll, err error) {
	for _, p := range slices.Backward(m.polls[feed]) {
		if !p.At.Before(f.Since) && (f.Until.IsZero() || p.At.Before(f.Until)) && (f.Limit == 0 || len(list) < f.Limit) && (!f.Gaps || p.Gap.Open()) {
			list = append(list, p)
		}
	}
	return list, m.fault
}

func (m *memory) Item(_ context.Context, key dewline.Key) (dewline.Item, error) {
	for _, it := range m.items {
		if it.Key == key {
			return it, m.fault
		}
	}
	return dewline.Item{}, fmt.Errorf("item %s: %w", key, fs.ErrNotExist)
}

func (m *memory) Versions(ctx context.Context, key dewline.Key) ([]dewline.Item, error) {
	it, err := m.Item(ctx, key)
	if err != nil {
		return nil, err
	}
	return append(slices.Clone(m.old[key]), it), nil
}

func (m *memory) Watched(_ context.Context, key dewline.Key) (dewline.Watch, error) {
	return m.watches[key], m.fault
}

func (m *memory) LatestItems(_ context.Context, before uint64, since time.Time, limit int) (list []dewline.Item, err error) {
	for _, it := range slices.Backward(m.items) {
		if (before == 0 || it.Seq < before) && !it.FirstSeen.Before(since) && len(list) < limit {
			list = append(list, it)
		}
	}
	return list, m.fault
}

func (m *memory) Matches(ctx context.Context, rule string, before uint64, limit int) (list []dewline.Matched, err error) {
	for _, match := range slices.Backward(m.matches) {
		first := slices.IndexFunc(m.matches, func(o dewline.Match) bool { return o.Item == match.Item && (rule == "" || o.Rule.Name == rule) })
		if before != 0 && match.Seq >= before || rule != "" && match.Rule.Name != rule || m.matches[first].Seq != match.Seq || len(list) == limit {
			continue
		}
		it, err := m.Item(ctx, match.Item)
		if err != nil {
			return nil, err
		}
		found := dewline.Matched{Item: it, Seq: match.Seq, First: it.Key}
		for _, o := range m.matches {
			if o.Item == match.Item && (rule == "" || o.Rule.Name == rule) {
				found.Matches = append(found.Matches, o)
			}
		}
		list = append(list, found)
	}
	return list, m.fault
}

func (m *memory) Story(context.Context, dewline.Key, int) (dewline.Story, []dewline.Member, error) {
	if m.story.Items == 0 && m.fault == nil {
		return m.story, nil, fmt.Errorf("no story: %w", fs.ErrNotExist)
	}
	return m.story, m.members, m.fault
}

func (m *memory) MatchesOf(_ context.Context, item dewline.Key) (list []dewline.Match, err error) {
	for _, match := range m.matches {
		if match.Item == item {
			list = append(list, match)
		}
	}
	return list, m.fault
}

func (m *memory) MatchCount(_ context.Context, rule string) (n uint64, err error) {
	for _, match := range m.matches {
		if match.Rule.Name == rule {
			n++
		}
	}
	return n, m.fault
}

func (m *memory) Deliveries(_ context.Context, f dewline.DeliveryFilter) (list []dewline.Delivery, err error) {
	for _, d := range slices.Backward(m.deliveries) {
		if (f.Item.IsZero() || d.Match.Item == f.Item) && (f.State == "" || d.State == f.State) && (f.Receiver == "" || d.Receiver == f.Receiver) &&
			!d.Queued.Before(f.Since) && (f.Before == 0 || d.Seq < f.Before) && (f.Limit == 0 || len(list) < f.Limit) {
			list = append(list, d)
		}
	}
	return list, m.fault
}

func (m *memory) Receiver(_ context.Context, name string) (dewline.ReceiverState, error) {
	if st, ok := m.receivers[name]; ok {
		return st, m.fault
	}
	return dewline.ReceiverState{Name: name}, m.fault
}

func (m *memory) Counts(context.Context) (dewline.Counts, error) {
	c := dewline.Counts{
		Items: uint64(len(m.items)), Matches: uint64(len(m.matches)), FileBytes: 1 << 20,
		Deliveries: make(map[string]map[dewline.DeliveryState]uint64),
	}
	for _, d := range m.deliveries {
		if c.Deliveries[d.Receiver] == nil {
			c.Deliveries[d.Receiver] = make(map[dewline.DeliveryState]uint64)
		}
		if d.Summary == nil {
			c.Deliveries[d.Receiver][d.State]++
		}
	}
	return c, m.fault
}

// retry puts dead letters back, as the page is given it.
func (m *memory) retry(_ context.Context, keys []dewline.Key, receiver string) (n int, err error) {
	for i := range m.deliveries {
		d := &m.deliveries[i]
		if d.State != dewline.DeliveryDead || receiver != "" && d.Receiver != receiver || len(keys) > 0 && !slices.Contains(keys, d.Key) {
			continue
		}
		d.State = dewline.DeliveryPending
		n++
	}
	return n, m.fault
}

// dead is the first dead letter.
func (m *memory) dead() dewline.Key {
	for _, d := range m.deliveries {
		if d.State == dewline.DeliveryDead {
			return d.Key
		}
	}
	return dewline.Key{}
}
