package store

import (
	"bytes"
	"fmt"
	"slices"

	"dewline"

	bolt "go.etcd.io/bbolt"
)

// A group is one entry of a rule's feed: what the rule found of one Of. It stands beside what was told of that, under
// no receiver.

func groupKey(of dewline.Key, rule string) []byte { return tellingKey(of, rule, "") }

func readGroup(tx *bolt.Tx, rule string, of dewline.Key) (dewline.Group, bool, error) {
	return readSmall[dewline.Group](tx, tellingBucket, groupKey(of, rule))
}

// gather adds an item to the entry of its copies, or begins one. It reports whether there was one.
func (p *recorder) gather(tx *bolt.Tx, rule string, at *dewline.Placed) (isCopy bool, err error) {
	g, isCopy, err := readGroup(tx, rule, at.Of)
	if err != nil {
		return false, err
	}
	p.add(&g, at)
	return isCopy, putSmall(tx, tellingBucket, groupKey(at.Of, rule), g)
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
	key := groupKey(was.Of, rule)
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
