package store

import (
	"context"
	"fmt"

	"dewline"

	bolt "go.etcd.io/bbolt"
)

// Aliased returns the items that those of the aliases name which were committed for the feed.
func (db *DB) Aliased(ctx context.Context, feed dewline.Key, aliases []dewline.Key) (map[dewline.Key]dewline.Key, error) {
	items := make(map[dewline.Key]dewline.Key)
	err := db.bolt.View(func(tx *bolt.Tx) error {
		b := tx.Bucket(aliasBucket)
		for _, alias := range aliases {
			if v := b.Get(aliasKey(feed, alias)); v != nil {
				items[alias] = dewline.Key(v)
			}
		}
		return ctx.Err()
	})
	return items, err
}

func putAliases(tx *bolt.Tx, feed dewline.Key, aliases map[dewline.Key]dewline.Key) error {
	b := tx.Bucket(aliasBucket)
	for alias, item := range aliases {
		if err := b.Put(aliasKey(feed, alias), item[:]); err != nil {
			return err
		}
	}
	return nil
}

// addAliases brings a store to schema 3: there is room for aliases. Of the items that
// are stored nobody knows as what they were served; each gets its alias when it next changes.
func addAliases(tx *bolt.Tx) error {
	_, err := tx.CreateBucketIfNotExists(aliasBucket)
	return err
}

// checkAliases finds aliases that name what was never seen of their feed.
func checkAliases(tx *bolt.Tx) error {
	seen := tx.Bucket(seenBucket)
	return tx.Bucket(aliasBucket).ForEach(func(k, item []byte) error {
		if seen.Get(join(k[:shortLen], item)) == nil {
			return fmt.Errorf("alias %x names item %x, which its feed never had", k[shortLen:], item)
		}
		return nil
	})
}
