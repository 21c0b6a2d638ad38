package store

import (
	"encoding/binary"
	"fmt"

	"dewline"

	bolt "go.etcd.io/bbolt"
)

// publishers remembers when each publisher last brought an item, by the first half of its pages'
// keys. It spares the check of almost every commit; what is not in it is looked up. It belongs to
// the goroutine that writes.
type publishers map[[pageLen / 2]byte]uint64

// overtaken refuses a commit that did not know of what other feeds of its publisher committed since it
// looked: an item that it would make new may be there already, and one that it would change may be another.
func (db *DB) overtaken(tx *bolt.Tx, c *dewline.Commit) error {
	for key, basis := range c.Bases {
		it, err := db.item(tx, key)
		if err != nil {
			return err
		}
		if it.Basis() != basis {
			return fmt.Errorf("item %s: %w", key, dewline.ErrOvertaken)
		}
	}
	for _, n := range c.Names {
		if db.publishers[publisher(n.Page)] > c.Since && toldSince(tx, c.State.Key, n, c.Since) {
			return fmt.Errorf("item %s: %w", n.Item, dewline.ErrOvertaken)
		}
	}
	return nil
}

func publisher(page dewline.Key) (half [pageLen / 2]byte) {
	copy(half[:], page[:])
	return half
}

// toldSince reports whether another feed brought an item of the same page and title since.
func toldSince(tx *bolt.Tx, feed dewline.Key, n dewline.Named, since uint64) bool {
	l := likes(tx.Bucket(nameBucket).Cursor(), feed, n.Likeness)
	for _, list := range [][]dewline.Like{l.Same, l.Titled} {
		for _, like := range list {
			seq := tx.Bucket(itemKeyBucket).Get(like.Item[:])
			if !like.Own && like.Item != n.Item && seq != nil && binary.BigEndian.Uint64(seq) > since {
				return true
			}
		}
	}
	return false
}

// arrived notes that the publishers of the names brought items.
func (db *DB) arrived(tx *bolt.Tx, names []dewline.Named) {
	seq := tx.Bucket(itemBucket).Sequence()
	for _, n := range names {
		db.publishers[publisher(n.Page)] = seq
	}
}
