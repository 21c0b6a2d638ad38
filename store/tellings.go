package store

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"time"

	"dewline"

	bolt "go.etcd.io/bbolt"
)

// What a rule found of one Of stands under it: with the receiver, what that one was told; without one, the entry of
// the rule's feed.

// telling is what a receiver was told under a rule of items that are copies of each other.
type telling struct {
	Said []told    `json:"said"`           // the newest last
	Word time.Time `json:"word,omitzero"`  // when the last word on it went out, or goes out
	More bool      `json:"more,omitempty"` // that word is an update
}

type told struct {
	dewline.Said
	Delivery dewline.Key `json:"delivery"`
}

// mostSaid is how much of what was told is remembered of each: what differs is another Of.
const mostSaid = 8

func tellingKey(of dewline.Key, rule, receiver string) []byte {
	return join(of[:], ruleKey(rule), receiverKey(receiver))
}

func readTelling(tx *bolt.Tx, of dewline.Key, rule, receiver string) (t telling, err error) {
	var ok bool
	return t, readInto(tx.Bucket(tellingBucket).Get(tellingKey(of, rule, receiver)), &t, &ok)
}

// eachTelling gives what was told of an Of, by any rule to anybody.
func eachTelling(tx *bolt.Tx, of dewline.Key, f func(telling) error) error {
	nobody, c := receiverKey(""), tx.Bucket(tellingBucket).Cursor()
	for k, v := c.Seek(of[:]); bytes.HasPrefix(k, of[:]); k, v = c.Next() {
		if bytes.HasSuffix(k, nobody) {
			continue
		}
		var t telling
		var ok bool
		if err := readInto(v, &t, &ok); err != nil {
			return err
		}
		if err := f(t); err != nil {
			return err
		}
	}
	return nil
}

// heard reports whether a receiver was told, under a rule and of another item, all that an item says.
func (p *recorder) heard(tx *bolt.Tx, rule, receiver string, at *dewline.Placed) (bool, error) {
	asked := make(map[dewline.Key]bool)
	for _, same := range at.Same {
		other, placed, err := readPlace(tx, same.Item)
		if err != nil {
			return false, err
		}
		if !placed || asked[other.Of] {
			continue
		}
		asked[other.Of] = true
		t, err := readTelling(tx, other.Of, rule, receiver)
		if err != nil {
			return false, err
		}
		for _, s := range t.Said {
			if !slices.Contains(at.Same, s.Said) {
				continue
			}
			if holds, err := p.tells(tx, s.Delivery); holds || err != nil {
				return holds, err
			}
		}
	}
	return false, nil
}

// tells reports whether a delivery tells what it is to tell. What could not be delivered is not told; nor is what a
// silence holds, and held: who is told of it when the silence has ended is alerted to what comes then.
func (p *recorder) tells(tx *bolt.Tx, delivery dewline.Key) (bool, error) {
	_, d, err := readDelivery(tx, p.codec, delivery[:])
	if errors.Is(err, ErrNotFound) { // it is long past
		return true, nil
	}
	silenced := d.Hold != nil && d.Hold.Reason == dewline.HoldSilence
	return !silenced && d.State != dewline.DeliveryDead, err
}

// knows reports whether a receiver was told of a match before.
func (p *recorder) knows(tx *bolt.Tx, receiver string, m *dewline.Match) (bool, error) {
	key := dewline.DeliveryKey(receiver, dewline.EventMatched, m.Rule.Name, m.Item, 0)
	_, d, err := readDelivery(tx, p.codec, key[:])
	if errors.Is(err, ErrNotFound) {
		return false, nil
	}
	silent := d.State == dewline.DeliverySilenced || d.State == dewline.DeliveryDead
	return !silent && (d.Hold == nil || d.Hold.Reason != dewline.HoldStory), err
}

// storyOf is what alerts of a rule say of the story that an item is in.
func (p *recorder) storyOf(tx *bolt.Tx, rule string, item dewline.Key) (*dewline.StoryRef, error) {
	if p.placed[item] == nil || p.rules[rule].Stories == "" {
		return nil, nil
	}
	return storyRef(tx, item)
}

// announceItem queues what is told of an item, and notes it. Who was told the same of another item gets at most an
// update.
func (p *recorder) announceItem(tx *bolt.Tx, d dewline.Delivery) (told bool, err error) {
	if d.Story, err = p.storyOf(tx, d.Match.Rule.Name, d.Match.Item); err != nil {
		return false, err
	}
	if at, first := p.first(d.Match.Rule.Name, d.Match.Item); first {
		heard, err := p.heard(tx, d.Match.Rule.Name, d.Receiver, at)
		if err != nil {
			return false, err
		}
		if heard {
			return false, p.update(tx, at, d)
		}
	}
	if err := p.queue(tx, d); err != nil {
		return false, err
	}
	return true, p.note(tx, &d)
}

// update queues a copy of what a receiver heard, for the next word on the story.
func (p *recorder) update(tx *bolt.Tx, at *dewline.Placed, d dewline.Delivery) error {
	rule := p.rules[d.Match.Rule.Name]
	if d.Event != dewline.EventMatched || rule.Updates <= 0 || !slices.Contains(rule.Updated, d.Receiver) {
		return nil
	}
	t, err := readTelling(tx, at.Of, d.Match.Rule.Name, d.Receiver)
	if err != nil {
		return err
	}
	if !t.More || !t.Word.After(p.at) { // the last word is out, and the next one keeps a distance
		t.Word, t.More = t.Word.Add(rule.Updates), true
		if t.Word.Before(p.at) {
			t.Word = p.at
		}
	}
	d.Hold = &dewline.Hold{Reason: dewline.HoldStory, Since: p.at, Until: t.Word}
	if err := p.queue(tx, d); err != nil {
		return err
	}
	return putSmall(tx, tellingBucket, tellingKey(at.Of, d.Match.Rule.Name, d.Receiver), t)
}

// note remembers that a delivery tells an item.
func (p *recorder) note(tx *bolt.Tx, d *dewline.Delivery) error {
	at := p.placed[d.Match.Item]
	if at == nil || p.rules[d.Match.Rule.Name].Stories == "" {
		return nil
	}
	t, err := readTelling(tx, at.Of, d.Match.Rule.Name, d.Receiver)
	if err != nil {
		return err
	}
	said := told{dewline.Said{Item: d.Match.Item, Version: d.Match.Version}, d.Key}
	if !slices.Contains(t.Said, said) {
		t.Said = append(t.Said, said)
	}
	t.Said = t.Said[max(0, len(t.Said)-mostSaid):]
	t.Word, t.More = p.at, false
	return putSmall(tx, tellingBucket, tellingKey(at.Of, d.Match.Rule.Name, d.Receiver), t)
}

// first reports whether a rule tells the first of several copies alone, and where an item of the commit stands then.
func (p *recorder) first(rule string, item dewline.Key) (*dewline.Placed, bool) {
	at := p.placed[item]
	return at, at != nil && p.rules[rule].Stories == dewline.StoriesFirst
}

func readGroup(tx *bolt.Tx, rule string, of dewline.Key) (g dewline.Group, ok bool, err error) {
	return g, ok, readInto(tx.Bucket(tellingBucket).Get(tellingKey(of, rule, "")), &g, &ok)
}

// gather adds an item to the entry of its copies, or begins one. It reports whether there was one.
func (p *recorder) gather(tx *bolt.Tx, rule string, at *dewline.Placed) (isCopy bool, err error) {
	g, isCopy, err := readGroup(tx, rule, at.Of)
	if err != nil {
		return false, err
	}
	p.add(&g, at)
	return isCopy, putSmall(tx, tellingBucket, tellingKey(at.Of, rule, ""), g)
}

func (p *recorder) add(g *dewline.Group, at *dewline.Placed) {
	switch {
	case g.Items == 0:
		g.First, g.Head, g.Standing = at.Item, at.Item, at.Standing
	case at.Standing > g.Standing:
		g.Head, g.Standing, g.Moved = at.Item, at.Standing, p.at
	}
	g.Items++
	if len(g.Feeds) < dewline.MostNamed && !slices.Contains(g.Feeds, at.Feed) {
		g.Feeds = append(g.Feeds, at.Feed)
	}
}

// breakOut makes an item that ceased to be a copy an entry of its own, of every rule that gathers copies, and the
// entries that it was in anew.
func (p *recorder) breakOut(tx *bolt.Tx, at *dewline.Placed, was dewline.Placed) error {
	recorded, err := p.recordedOf(tx, at.Item)
	if err != nil {
		return err
	}
	for rule, m := range recorded {
		g, ok, err := readGroup(tx, rule, was.Of)
		if err != nil {
			return err
		}
		if !ok || !m.copy && g.First != at.Item {
			continue
		}
		if m.copy {
			if err := p.list(tx, rule, at.Item); err != nil {
				return err
			}
		}
		if _, err := p.gather(tx, rule, at); err != nil {
			return err
		}
		if err := p.regroup(tx, rule, was, g); err != nil {
			return err
		}
	}
	return nil
}

// regroup makes the entry of copies anew after one of them ceased to be one. Where that was the first, the next one is.
func (p *recorder) regroup(tx *bolt.Tx, rule string, was dewline.Placed, old dewline.Group) error {
	members, err := p.membersOf(tx, rule, was)
	if err != nil {
		return err
	}
	key := tellingKey(was.Of, rule, "")
	if len(members) == 0 {
		return tx.Bucket(tellingBucket).Delete(key)
	}
	first := slices.IndexFunc(members, func(at dewline.Placed) bool { return at.Item == old.First })
	if first < 0 {
		first = 0
		if err := p.list(tx, rule, members[0].Item); err != nil {
			return err
		}
	}
	members[0], members[first] = members[first], members[0]
	g := dewline.Group{}
	for i := range members {
		p.add(&g, &members[i])
	}
	if g.Moved = old.Moved; g.Head != old.Head {
		g.Moved = p.at
	}
	return putSmall(tx, tellingBucket, key, g)
}

// membersOf are the items of an Of that a rule found, in the order of first sight.
func (p *recorder) membersOf(tx *bolt.Tx, rule string, of dewline.Placed) (members []dewline.Placed, err error) {
	c := tx.Bucket(storyItemBucket).Cursor()
	for k, v := c.Seek(of.Story[:]); bytes.HasPrefix(k, of.Story[:]); k, v = c.Next() {
		at, _, err := readPlace(tx, dewline.Key(v))
		if err != nil {
			return nil, err
		}
		if at.Of != of.Of {
			continue
		}
		recorded, err := p.recordedOf(tx, at.Item)
		if err != nil {
			return nil, err
		}
		if _, found := recorded[rule]; found {
			members = append(members, at)
		}
	}
	return members, nil
}

// list puts a match that was a copy's into the list of its rule, as the newest.
func (p *recorder) list(tx *bolt.Tx, rule string, item dewline.Key) error {
	matches, old := tx.Bucket(matchBucket), p.recorded[item][rule]
	var m dewline.Match
	if err := p.codec.unpack(matches.Get(join(item[:], number(old.seq))), &m); err != nil {
		return err
	}
	if err := matches.Delete(join(item[:], number(old.seq))); err != nil {
		return err
	}
	seq, err := matches.NextSequence()
	if err != nil {
		return err
	}
	m.Copy, m.At = false, p.at
	v, err := p.codec.pack(m)
	if err != nil {
		return err
	}
	if err := p.index(tx, rule, item, seq); err != nil {
		return err
	}
	p.recorded[item][rule] = recordedMatch{seq: seq, at: p.at, quiet: old.quiet}
	return matches.Put(join(item[:], number(seq)), v)
}

// groupOf is the entry that an item began under a rule; nil where it is the only one.
func groupOf(tx *bolt.Tx, m *dewline.Match) (*dewline.Group, error) {
	at, placed, err := readPlace(tx, m.Item)
	if err != nil || !placed || m.Copy {
		return nil, err
	}
	g, ok, err := readGroup(tx, m.Rule.Name, at.Of)
	if err != nil || !ok || g.First != m.Item {
		return nil, err
	}
	return &g, nil
}

// checkGroups finds entries that show what is not there, and copies that are shown twice or not at all.
func (db *DB) checkGroups(tx *bolt.Tx) error {
	return tx.Bucket(matchBucket).ForEach(func(k, v []byte) error {
		var m dewline.Match
		if err := db.codec.unpack(v, &m); err != nil {
			return err
		}
		listed := tx.Bucket(ruleBucket).Get(join(ruleKey(m.Rule.Name), k[len(m.Item):])) != nil
		if listed == m.Copy {
			return fmt.Errorf("item %s is a copy (%t) and in the list of the rule %q (%t)", m.Item, m.Copy, m.Rule.Name, listed)
		}
		if !m.Copy {
			return nil
		}
		at, _, err := readPlace(tx, m.Item)
		if err != nil {
			return err
		}
		g, ok, err := readGroup(tx, m.Rule.Name, at.Of)
		if err == nil && (!ok || g.First == m.Item) {
			err = fmt.Errorf("item %s is a copy under the rule %q, of which there is no first", m.Item, m.Rule.Name)
		}
		if err == nil {
			_, err = db.item(tx, g.Head)
		}
		return err
	})
}
