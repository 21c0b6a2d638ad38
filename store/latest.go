package store

import (
	"bytes"
	"context"
	"encoding/binary"
	"time"

	"dewline"

	bolt "go.etcd.io/bbolt"
)

// lateFirstSight is how far the times of first sight may be out of the order of
// Seq: a poll is dated by its beginning, and clocks are set back.
const lateFirstSight = 24 * time.Hour

// LatestItems lists items that were first seen at or after since, the newest
// first, from before the given Seq on; 0 is from the newest.
func (db *DB) LatestItems(ctx context.Context, before uint64, since time.Time, limit int) (list []dewline.Item, err error) {
	err = db.bolt.View(func(tx *bolt.Tx) error {
		c := tx.Bucket(itemBucket).Cursor()
		for k, v := lastBefore(c, nil, before); k != nil && len(list) < limit; k, v = c.Prev() {
			if len(v) >= itemHead && firstSeen(v).Before(since) {
				if firstSeen(v).Before(since.Add(-lateFirstSight)) {
					return nil
				}
				continue
			}
			it, err := db.codec.unpackItem(binary.BigEndian.Uint64(k), v)
			if it, err = withStory(tx, it, err); err != nil {
				return err
			}
			list = append(list, it)
			if err := ctx.Err(); err != nil {
				return err
			}
		}
		return nil
	})
	return list, err
}

// MatchCount is how many statements a rule found: of copies the first. It walks the rule's index: about
// a tenth of a second for a million.
func (db *DB) MatchCount(ctx context.Context, rule string) (n uint64, err error) {
	err = db.bolt.View(func(tx *bolt.Tx) error {
		prefix := ruleKey(rule)
		c := tx.Bucket(ruleBucket).Cursor()
		for k, _ := c.Seek(prefix); bytes.HasPrefix(k, prefix); k, _ = c.Next() {
			n++
		}
		return ctx.Err()
	})
	return n, err
}
