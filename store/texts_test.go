package store

import (
	"context"
	"testing"
	"time"

	"dewline"

	bolt "go.etcd.io/bbolt"
)

// A store of schema 3 knows no texts; opening it makes room for them, and they are taken.
func TestTextsOfAnOlderStore(t *testing.T) {
	db, ctx := older(t, withOneAlert(t), 3, textBucket, textDueBucket, textSumBucket, teaserBucket), context.Background()
	var it dewline.Item
	for stored, err := range db.Items(ctx, time.Time{}, "") {
		if err != nil {
			t.Fatal(err)
		}
		it = stored
	}
	feed := dewline.FeedKey(it.Feed.Name)
	task := dewline.TextTask{Feed: feed, Item: it.Key, Version: it.Version, Due: time.Now()}
	if err := db.bolt.Update(func(tx *bolt.Tx) error { return putText(tx, task) }); err != nil {
		t.Fatal(err)
	}
	jobs, err := db.ClaimTexts(ctx, []dewline.Key{feed}, time.Now(), time.Now().Add(time.Hour))
	if err != nil || len(jobs) != 1 || jobs[0].Item.Key != it.Key {
		t.Errorf("%+v, %v", jobs, err)
	}
	if err := db.Check(ctx); err != nil {
		t.Error(err)
	}
	if v := storedSchema(t, db); v != schema {
		t.Errorf("schema %d", v)
	}
}

// What would never be fetched, and sums that are wrong, are found.
func TestCheckFindsLostTexts(t *testing.T) {
	task := func(db *DB) dewline.TextTask {
		var it dewline.Item
		for stored := range db.Items(context.Background(), time.Time{}, "") {
			it = stored
		}
		return dewline.TextTask{Feed: dewline.FeedKey(it.Feed.Name), Item: it.Key, Version: it.Version, Due: time.Now()}
	}
	for name, spoil := range map[string]func(*bolt.Tx, dewline.TextTask) error{
		"never due":   func(tx *bolt.Tx, t dewline.TextTask) error { return tx.Bucket(textDueBucket).Delete(textDueKey(t)) },
		"no text":     func(tx *bolt.Tx, t dewline.TextTask) error { return tx.Bucket(textBucket).Delete(t.Item[:]) },
		"a wrong sum": func(tx *bolt.Tx, t dewline.TextTask) error { return countText(tx, t.Feed, dewline.TextPending, 1) },
		"another version": func(tx *bolt.Tx, t dewline.TextTask) error {
			if err := dropText(tx, t); err != nil {
				return err
			}
			t.Version++
			return putText(tx, t)
		},
	} {
		t.Run(name, func(t *testing.T) {
			db := withOneAlert(t)
			task := task(db)
			if err := db.bolt.Update(func(tx *bolt.Tx) error { return putText(tx, task) }); err != nil {
				t.Fatal(err)
			}
			if err := db.Check(context.Background()); err != nil {
				t.Fatal(err)
			}
			if err := db.bolt.Update(func(tx *bolt.Tx) error { return spoil(tx, task) }); err != nil {
				t.Fatal(err)
			}
			if err := db.Check(context.Background()); err == nil {
				t.Error("it is not found")
			}
		})
	}
}
