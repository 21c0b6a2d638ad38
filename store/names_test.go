package store

import (
	"context"
	"testing"
	"time"

	"dewline"

	bolt "go.etcd.io/bbolt"
)

// A store of schema 4 knows aliases in place of names; opening it makes room for names, and they are taken.
func TestNamesOfAnOlderStore(t *testing.T) {
	db, ctx := withOneAlert(t), context.Background()
	err := db.bolt.Update(func(tx *bolt.Tx) error {
		if err := tx.DeleteBucket(nameBucket); err != nil {
			return err
		}
		old, err := tx.CreateBucket([]byte("aliases"))
		if err != nil {
			return err
		}
		if err := old.Put([]byte("feed, alias"), []byte("item")); err != nil {
			return err
		}
		return tx.Bucket(metaBucket).Put(schemaKey, []byte{0, 0, 0, 4})
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
	var item dewline.Item
	for it, err := range db.Items(ctx, time.Time{}, "") {
		if err != nil {
			t.Fatal(err)
		}
		item = it
	}
	feed := dewline.FeedKey(item.Feed.Name)
	like := dewline.Likeness{Page: dewline.PageKey("mod.test", "/a"), Title: 1}
	err = db.bolt.Update(func(tx *bolt.Tx) error {
		return putNames(tx, feed, []dewline.Named{{Likeness: like, Item: item.Key}})
	})
	if err != nil {
		t.Fatal(err)
	}
	if likes, _, err := db.Alike(ctx, feed, []dewline.Likeness{like}); err != nil || len(likes[0].Same) != 1 || likes[0].Same[0].Item != item.Key {
		t.Errorf("%v, %v", likes, err)
	}
	if err := db.Check(ctx); err != nil {
		t.Error(err)
	}
	if v := storedSchema(t, db); v != schema {
		t.Errorf("schema %d", v)
	}
}
