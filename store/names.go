package store

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"

	"dewline"

	bolt "go.etcd.io/bbolt"
	berrors "go.etcd.io/bbolt/errors"
)

// A name is kept under its page, title, text, feed and item, in this order: one look finds
// what is the same, what is of the same title, and what is of the same page.
const (
	pageLen  = 16
	titleLen = pageLen + 8
	textLen  = titleLen + 8
	feedLen  = textLen + shortLen
	nameLen  = feedLen + 16
)

func nameKey(feed dewline.Key, n dewline.Named) []byte {
	k := make([]byte, 0, nameLen)
	k = append(k, n.Page[:]...)
	k = binary.BigEndian.AppendUint64(k, n.Title)
	k = binary.BigEndian.AppendUint64(k, n.Text)
	k = append(k, short(feed)...)
	return append(k, n.Item[:]...)
}

// Alike returns, for each of the likenesses, the items that were served much like it by this
// feed or by another one of the publisher; and the order of first sight at this moment.
func (db *DB) Alike(ctx context.Context, feed dewline.Key, of []dewline.Likeness) (all []dewline.Likes, since uint64, err error) {
	err = db.bolt.View(func(tx *bolt.Tx) error {
		since = tx.Bucket(itemBucket).Sequence()
		c := tx.Bucket(nameBucket).Cursor()
		for _, l := range of {
			all = append(all, likes(c, feed, l))
		}
		return ctx.Err()
	})
	return all, since, err
}

func likes(c *bolt.Cursor, feed dewline.Key, of dewline.Likeness) (all dewline.Likes) {
	key := nameKey(feed, dewline.Named{Likeness: of})
	k, v := c.Seek(key[:pageLen])
	if !bytes.HasPrefix(k, key[:pageLen]) {
		return all // nothing of this page: a statement that is new
	}
	for ; bytes.HasPrefix(k, key[:pageLen]) && len(all.Paged) < dewline.MaxLikes; k, v = c.Next() {
		if bytes.HasPrefix(k, key[:titleLen]) {
			if k, v = c.Seek(after(key[:titleLen])); !bytes.HasPrefix(k, key[:pageLen]) {
				break
			}
		}
		all.Paged = append(all.Paged, like(feed, k, v))
	}
	for k, v = c.Seek(key[:titleLen]); bytes.HasPrefix(k, key[:titleLen]) && len(all.Titled) < dewline.MaxLikes; k, v = c.Next() {
		if bytes.HasPrefix(k, key[:textLen]) {
			if k, v = c.Seek(after(key[:textLen])); !bytes.HasPrefix(k, key[:titleLen]) {
				break
			}
		}
		all.Titled = append(all.Titled, like(feed, k, v))
	}
	for k, v = c.Seek(key[:textLen]); bytes.HasPrefix(k, key[:textLen]); k, v = c.Next() {
		all.Same = append(all.Same, like(feed, k, v))
	}
	return all
}

// after is the first key behind all that begin with the prefix.
func after(prefix []byte) []byte {
	k := bytes.Clone(prefix)
	for i := len(k) - 1; i >= 0; i-- {
		if k[i]++; k[i] != 0 {
			break
		}
	}
	return k
}

func like(feed dewline.Key, k, v []byte) dewline.Like {
	return dewline.Like{
		Item: dewline.Key(k[feedLen:]), Own: bytes.Equal(k[textLen:feedLen], short(feed)),
		Query: binary.BigEndian.Uint32(v), Date: binary.BigEndian.Uint32(v[4:]),
	}
}

func putNames(tx *bolt.Tx, feed dewline.Key, names []dewline.Named) error {
	b := tx.Bucket(nameBucket)
	for _, n := range names {
		v := binary.BigEndian.AppendUint32(make([]byte, 0, 8), n.Query)
		if err := b.Put(nameKey(feed, n), binary.BigEndian.AppendUint32(v, n.Date)); err != nil {
			return err
		}
	}
	return nil
}

// addNames brings a store to the schema in which likenesses name items, in place of aliases. Of the items
// that are stored nobody knows as what they were served; each gets its name when it next changes.
func addNames(tx *bolt.Tx) error {
	if err := tx.DeleteBucket([]byte("aliases")); err != nil && !errors.Is(err, berrors.ErrBucketNotFound) {
		return err
	}
	return makeBuckets(tx, nameBucket)
}

// checkNames finds names of what was never stored.
func checkNames(tx *bolt.Tx) error {
	items := tx.Bucket(itemKeyBucket)
	return tx.Bucket(nameBucket).ForEach(func(k, _ []byte) error {
		if len(k) != nameLen || items.Get(k[feedLen:]) == nil {
			return fmt.Errorf("name %x is of an item that is not stored", k)
		}
		return nil
	})
}
