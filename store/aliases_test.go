package store

import (
	"context"
	"testing"

	"dewline"

	bolt "go.etcd.io/bbolt"
)

// A store of schema 2 knows no aliases; opening it makes room for them, and they are taken.
func TestAliasesOfAnOlderStore(t *testing.T) {
	db, ctx := withOneAlert(t), context.Background()
	err := db.bolt.Update(func(tx *bolt.Tx) error {
		if err := tx.DeleteBucket(aliasBucket); err != nil {
			return err
		}
		return tx.Bucket(metaBucket).Put(schemaKey, []byte{0, 0, 0, 2})
	})
	if err != nil {
		t.Fatal(err)
	}
	path := db.bolt.Path()
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	if db, err = Open(path, Options{}); err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	feed, item := dewline.FeedKey("x"), dewline.Key{1}
	err = db.bolt.Update(func(tx *bolt.Tx) error { return putAliases(tx, feed, map[dewline.Key]dewline.Key{{8}: item}) })
	if err != nil {
		t.Fatal(err)
	}
	if got, err := db.Aliased(ctx, feed, []dewline.Key{{7}, {8}}); err != nil || len(got) != 1 || got[dewline.Key{8}] != item {
		t.Errorf("%v, %v", got, err)
	}
	if err := db.Check(ctx); err != nil {
		t.Error(err)
	}
	if v := storedSchema(t, db); v != schema {
		t.Errorf("schema %d", v)
	}
}
