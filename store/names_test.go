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
		old, err := tx.CreateBucket([]byte("aliases"))
		if err != nil {
			return err
		}
		return old.Put([]byte("feed, alias"), []byte("item"))
	})
	if err != nil {
		t.Fatal(err)
	}
	db = older(t, db, 4, nameBucket)
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
