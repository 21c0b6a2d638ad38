package store

import (
	"bytes"
	"cmp"
	"context"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"dewline"

	bolt "go.etcd.io/bbolt"
)

// An item that stands in a story is found by each of its keys, under the order in which it was placed. Keys of a text
// that was edited stay: who re-runs the old one is found by them.

// How many items are looked at for copies, however many are stored: the newest of each key, and of those the ones
// that share the most keys.
const (
	newestOfKey  = 8
	mostCopies   = 32
	mostVersions = 64 // of these and what was told of them
)

// Copies are the items that may carry the statement of an item with these keys and were first seen after a time, with
// the first items of their kind and what was told of those.
func (db *DB) Copies(ctx context.Context, item dewline.Key, keys []uint64, after time.Time) (c dewline.Copies, err error) {
	err = db.bolt.View(func(tx *bolt.Tx) error {
		c = dewline.Copies{Since: tx.Bucket(copyBucket).Sequence()}
		if c.Own, _, err = readPlace(tx, item); err != nil {
			return err
		}
		near, err := nearest(tx, item, keys, after)
		if err != nil {
			return err
		}
		if !c.Own.Of.IsZero() {
			near = append(near, c.Own)
		}
		if c.Items, err = db.withTold(tx, item, near); err != nil {
			return err
		}
		return ctx.Err()
	})
	slices.SortStableFunc(c.Items, func(a, b dewline.Copy) int { return cmp.Compare(a.As.Seq, b.As.Seq) })
	return c, err
}

// nearest are the places of the items that share the most keys.
func nearest(tx *bolt.Tx, item dewline.Key, keys []uint64, after time.Time) (near []dewline.Placed, err error) {
	shared := make(map[dewline.Key]int)
	for _, key := range keys {
		n := 0
		c := tx.Bucket(copyBucket).Cursor()
		for k, v := lastBefore(c, number(key), 0); bytes.HasPrefix(k, number(key)) && n < newestOfKey; k, v = c.Prev() {
			if of := dewline.Key(v); of != item {
				shared[of]++
				n++
			}
		}
	}
	list := make([]dewline.Key, 0, len(shared))
	for of := range shared {
		if seenAfter(tx, of, after) {
			list = append(list, of)
		}
	}
	slices.SortFunc(list, func(a, b dewline.Key) int {
		return cmp.Or(cmp.Compare(shared[b], shared[a]), bytes.Compare(itemSeq(tx, b), itemSeq(tx, a)))
	})
	for _, of := range list[:min(len(list), mostCopies)] {
		p, ok, err := readPlace(tx, of)
		if err == nil && !ok {
			err = fmt.Errorf("item %s has keys and stands in no story: %w", of, ErrNotFound)
		}
		if err != nil {
			return nil, err
		}
		near = append(near, p)
	}
	return near, nil
}

func itemSeq(tx *bolt.Tx, item dewline.Key) []byte { return tx.Bucket(itemKeyBucket).Get(item[:]) }

func seenAfter(tx *bolt.Tx, item dewline.Key, after time.Time) bool {
	v := tx.Bucket(itemBucket).Get(itemSeq(tx, item))
	return len(v) >= itemHead && firstSeen(v).After(after)
}

// withTold adds to places the first items of each Of, and what was told of it, and reads them all. The item itself is
// left out: nothing is a copy of itself.
func (db *DB) withTold(tx *bolt.Tx, item dewline.Key, near []dewline.Placed) (all []dewline.Copy, err error) {
	has := make(map[dewline.Said]bool)
	add := func(of dewline.Key, version int, told bool) error {
		if of == item || len(has) == mostVersions {
			return nil
		}
		c := dewline.Copy{Told: told}
		if c.Placed, _, err = readPlace(tx, of); err != nil {
			return err
		}
		if c.As, err = db.item(tx, of); err == nil && told && c.As.Version != version {
			c.As, err = db.itemVersion(tx, of, version)
		}
		if err == nil && !has[c.Said()] {
			has[c.Said()] = true
			all = append(all, c)
		}
		return err
	}
	done := make(map[dewline.Key]bool)
	for _, p := range near {
		if done[p.Of] {
			continue
		}
		done[p.Of] = true
		err := eachTelling(tx, p.Of, func(t telling) error {
			for _, s := range t.Said {
				if err := add(s.Item, s.Version, true); err != nil {
					return err
				}
			}
			return nil
		})
		if err == nil {
			err = add(p.Of, 0, false)
		}
		if err != nil {
			return nil, err
		}
	}
	for _, p := range near {
		if err := add(p.Item, 0, false); err != nil {
			return nil, err
		}
	}
	return all, nil
}

func readPlace(tx *bolt.Tx, item dewline.Key) (p dewline.Placed, ok bool, err error) {
	return p, ok, readInto(tx.Bucket(placeBucket).Get(item[:]), &p, &ok)
}

func readStory(tx *bolt.Tx, key dewline.Key) (s dewline.Story, ok bool, err error) {
	return s, ok, readInto(tx.Bucket(storyBucket).Get(key[:]), &s, &ok)
}

// readInto reads a small value that may not be there.
func readInto(v []byte, to any, ok *bool) error {
	if v == nil {
		return nil
	}
	if err := json.Unmarshal(v, to); err != nil {
		return fmt.Errorf("a stored value is damaged: %w", err)
	}
	*ok = true
	return nil
}

func putSmall(tx *bolt.Tx, bucket, key []byte, value any) error {
	v, err := json.Marshal(value)
	if err != nil {
		return err
	}
	return tx.Bucket(bucket).Put(key, v)
}

// outrun refuses a commit that did not know of what was placed since it looked for copies. Without it two feeds that
// bring one statement in one moment would both tell it.
func outrun(tx *bolt.Tx, joins *dewline.Joins) error {
	for i := range joins.Placed {
		for _, key := range joins.Placed[i].Keys {
			k, _ := lastBefore(tx.Bucket(copyBucket).Cursor(), number(key), 0)
			if bytes.HasPrefix(k, number(key)) && binary.BigEndian.Uint64(k[8:]) > joins.Since {
				return fmt.Errorf("item %s: %w", joins.Placed[i].Item, dewline.ErrOvertaken)
			}
		}
	}
	return nil
}

// join places the items of a commit.
func (p *recorder) join(tx *bolt.Tx, joins *dewline.Joins) error {
	p.rules = joins.Rules
	for i := range joins.Placed {
		at := &joins.Placed[i]
		p.placed[at.Item] = at
		if err := p.place(tx, at); err != nil {
			return err
		}
	}
	return nil
}

func (p *recorder) place(tx *bolt.Tx, at *dewline.Placed) error {
	was, placed, err := readPlace(tx, at.Item)
	if err != nil {
		return err
	}
	if !placed {
		if err := p.enter(tx, at); err != nil {
			return err
		}
	}
	copies := tx.Bucket(copyBucket)
	for _, key := range at.Keys {
		if slices.Contains(was.Keys, key) {
			continue
		}
		order, err := copies.NextSequence()
		if err != nil {
			return err
		}
		if err := copies.Put(join(number(key), number(order)), at.Item[:]); err != nil {
			return err
		}
	}
	if err := putSmall(tx, placeBucket, at.Item[:], at); err != nil || !placed || was.Of == at.Of {
		return err
	}
	p.broken[at.Item] = true
	return p.breakOut(tx, at, was)
}

// enter makes an item a member of its story.
func (p *recorder) enter(tx *bolt.Tx, at *dewline.Placed) error {
	s, begun, err := readStory(tx, at.Story)
	if err != nil {
		return err
	}
	if !begun {
		s = dewline.Story{Key: at.Story, First: p.at}
	}
	s.Items, s.Last = s.Items+1, p.at
	if err := tx.Bucket(storyItemBucket).Put(join(at.Story[:], itemSeq(tx, at.Item)), at.Item[:]); err != nil {
		return err
	}
	return putSmall(tx, storyBucket, at.Story[:], s)
}

// storyRef is what is said of the story that an item is in; nil where it is in none.
func storyRef(tx *bolt.Tx, item dewline.Key) (*dewline.StoryRef, error) {
	at, placed, err := readPlace(tx, item)
	if err != nil || !placed {
		return nil, err
	}
	s, _, err := readStory(tx, at.Story)
	return &dewline.StoryRef{ID: at.Story, Items: s.Items, Differs: at.Differs}, err
}

// withStory is what a read of an item returns: where it is in a story, with that.
func withStory(tx *bolt.Tx, it dewline.Item, err error) (dewline.Item, error) {
	if err == nil {
		it.Story, err = storyRef(tx, it.Key)
	}
	return it, err
}

// Story is the story that an item is in, with its first items in the order of first sight, at most limit; ErrNotFound
// where it is in none.
func (db *DB) Story(ctx context.Context, item dewline.Key, limit int) (s dewline.Story, members []dewline.Member, err error) {
	err = db.bolt.View(func(tx *bolt.Tx) error {
		at, placed, err := readPlace(tx, item)
		if err == nil && !placed {
			err = fmt.Errorf("story of item %s: %w", item, ErrNotFound)
		}
		if err != nil {
			return err
		}
		if s, _, err = readStory(tx, at.Story); err != nil {
			return err
		}
		c := tx.Bucket(storyItemBucket).Cursor()
		for k, v := c.Seek(at.Story[:]); bytes.HasPrefix(k, at.Story[:]) && len(members) < limit; k, v = c.Next() {
			var m dewline.Member
			if m.Placed, _, err = readPlace(tx, dewline.Key(v)); err != nil {
				return err
			}
			if m.As, err = db.item(tx, m.Item); err != nil {
				return err
			}
			members = append(members, m)
		}
		return ctx.Err()
	})
	return s, members, err
}

// addStories leads to schema 10: there is room for stories, and for silences.
func addStories(tx *bolt.Tx) error {
	return makeBuckets(tx, storyBucket, storyItemBucket, placeBucket, copyBucket, tellingBucket, silenceBucket)
}

// checkStories finds items that stand nowhere, or not where their story has them, and stories whose sum is wrong.
func (db *DB) checkStories(tx *bolt.Tx) error {
	items := make(map[dewline.Key]int)
	err := tx.Bucket(placeBucket).ForEach(func(k, _ []byte) error {
		at, _, err := readPlace(tx, dewline.Key(k))
		if err != nil {
			return err
		}
		items[at.Story]++
		first, ok, err := readPlace(tx, at.Of)
		if err == nil && (!ok || first.Story != at.Story || first.Of != at.Of) {
			err = fmt.Errorf("item %x is a copy of %s, which is not the first of its kind in the story", k, at.Of)
		}
		if err == nil && tx.Bucket(storyItemBucket).Get(join(at.Story[:], itemSeq(tx, at.Item))) == nil {
			err = fmt.Errorf("item %x stands in a story that does not list it", k)
		}
		return err
	})
	if all := tx.Bucket(placeBucket).Stats().KeyN; err == nil && all != tx.Bucket(storyItemBucket).Stats().KeyN {
		err = fmt.Errorf("%d items stand in stories, which list others", all)
	}
	for key, n := range items {
		s, _, damaged := readStory(tx, key)
		if damaged == nil && s.Items != n {
			damaged = fmt.Errorf("the story %s is to have %d items, there are %d", key, s.Items, n)
		}
		err = errors.Join(err, damaged)
	}
	return errors.Join(err, db.checkCopies(tx), db.checkGroups(tx))
}

// checkCopies finds keys of items that stand nowhere.
func (db *DB) checkCopies(tx *bolt.Tx) error {
	return tx.Bucket(copyBucket).ForEach(func(_, item []byte) error {
		if tx.Bucket(placeBucket).Get(item) == nil {
			return fmt.Errorf("item %x has keys and stands in no story", item)
		}
		return nil
	})
}
