package store

import (
	"bytes"
	"cmp"
	"context"
	"encoding/binary"
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
func (db *DB) withTold(tx *bolt.Tx, item dewline.Key, near []dewline.Placed) ([]dewline.Copy, error) {
	r := copyReader{db: db, tx: tx, except: item, has: make(map[dewline.Said]bool)}
	done := make(map[dewline.Key]bool)
	for _, p := range near {
		if done[p.Of] {
			continue
		}
		done[p.Of] = true
		err := eachTelling(tx, p.Of, func(t telling) error {
			for _, s := range t.Said {
				if err := r.read(s.Item, s.Version, true); err != nil {
					return err
				}
			}
			return nil
		})
		if err == nil {
			err = r.read(p.Of, 0, false)
		}
		if err != nil {
			return nil, err
		}
	}
	for _, p := range near {
		if err := r.read(p.Item, 0, false); err != nil {
			return nil, err
		}
	}
	return r.all, nil
}

// copyReader reads copies, each once.
type copyReader struct {
	db     *DB
	tx     *bolt.Tx
	except dewline.Key
	has    map[dewline.Said]bool
	all    []dewline.Copy
}

// read reads an item: as it was told in a version, or as it is now.
func (r *copyReader) read(item dewline.Key, version int, told bool) (err error) {
	if item == r.except || len(r.has) == mostVersions {
		return nil
	}
	c := dewline.Copy{Told: told}
	if c.Placed, _, err = readPlace(r.tx, item); err != nil {
		return err
	}
	if c.As, err = r.db.item(r.tx, item); err == nil && told && c.As.Version != version {
		c.As, err = r.db.itemVersion(r.tx, item, version)
	}
	if err == nil && !r.has[c.Said()] {
		r.has[c.Said()] = true
		r.all = append(r.all, c)
	}
	return err
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

// checkCopies finds keys of items that stand nowhere.
func (db *DB) checkCopies(tx *bolt.Tx) error {
	return tx.Bucket(copyBucket).ForEach(func(_, item []byte) error {
		if tx.Bucket(placeBucket).Get(item) == nil {
			return fmt.Errorf("item %x has keys and stands in no story", item)
		}
		return nil
	})
}
