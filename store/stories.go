package store

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"

	"dewline"

	bolt "go.etcd.io/bbolt"
)

func readPlace(tx *bolt.Tx, item dewline.Key) (dewline.Placed, bool, error) {
	return readSmall[dewline.Placed](tx, placeBucket, item[:])
}

func readStory(tx *bolt.Tx, key dewline.Key) (dewline.Story, bool, error) {
	return readSmall[dewline.Story](tx, storyBucket, key[:])
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
