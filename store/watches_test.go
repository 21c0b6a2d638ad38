package store

import (
	"context"
	"testing"
	"time"

	"dewline"

	bolt "go.etcd.io/bbolt"
)

// A store of schema 8 knows no watches; opening it makes room for them.
func TestWatchesOfAnOlderStore(t *testing.T) {
	db := older(t, withOneAlert(t), 8, watchBucket, watchDueBucket)
	w := oneWatch(t, db)
	jobs, err := db.ClaimWatches(context.Background(), []dewline.Key{w.Feed}, time.Now(), time.Now().Add(time.Hour))
	if err != nil || len(jobs) != 1 || jobs[0].Item.Key != w.Item {
		t.Errorf("%+v, %v", jobs, err)
	}
	if v := storedSchema(t, db); v != schema {
		t.Errorf("schema %d", v)
	}
}

// oneWatch watches the page of the only item.
func oneWatch(t *testing.T, db *DB) (w dewline.Watch) {
	t.Helper()
	for it, err := range db.Items(context.Background(), time.Time{}, "") {
		if err != nil {
			t.Fatal(err)
		}
		w = dewline.Watch{Feed: dewline.FeedKey(it.Feed.Name), Item: it.Key, Due: time.Now()}
	}
	if err := db.bolt.Update(func(tx *bolt.Tx) error { return beginWatches(tx, []dewline.Watch{w}) }); err != nil {
		t.Fatal(err)
	}
	return w
}

// A page that nobody would look at is found.
func TestCheckFindsLostWatches(t *testing.T) {
	for name, spoil := range map[string]func(*bolt.Tx, dewline.Watch) error{
		"never due": func(tx *bolt.Tx, w dewline.Watch) error { return tx.Bucket(watchDueBucket).Delete(watchDueKey(w)) },
		"no watch":  func(tx *bolt.Tx, w dewline.Watch) error { return tx.Bucket(watchBucket).Delete(w.Item[:]) },
		"no item": func(tx *bolt.Tx, w dewline.Watch) error {
			w.Item, w.Due = dewline.Key{7}, time.Time{}
			return putWatch(tx, w)
		},
	} {
		t.Run(name, func(t *testing.T) {
			db := withOneAlert(t)
			w := oneWatch(t, db)
			if err := db.Check(context.Background()); err != nil {
				t.Fatal(err)
			}
			if err := db.bolt.Update(func(tx *bolt.Tx) error { return spoil(tx, w) }); err != nil {
				t.Fatal(err)
			}
			if err := db.Check(context.Background()); err == nil {
				t.Error("it is not found")
			}
		})
	}
}
