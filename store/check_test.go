package store

import (
	"context"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"dewline"

	bolt "go.etcd.io/bbolt"
)

// Check finds each of the contradictions that it is there for: without this, a
// clean Check elsewhere would say nothing.
func TestCheckFindsContradictions(t *testing.T) {
	for want, damage := range map[string]func(tx *bolt.Tx) error{
		"seen, but item":            func(tx *bolt.Tx) error { return deleteFirst(tx, itemKeyBucket) },
		"a stored value is damaged": func(tx *bolt.Tx) error { return putFirst(tx, itemBucket, make([]byte, itemHead+9)) },
		"version 1 is stored":       func(tx *bolt.Tx) error { return putFirst(tx, seenBucket, knownValue(dewline.Known{Version: 2})) },
		"items are stored under":    func(tx *bolt.Tx) error { return tx.Bucket(itemKeyBucket).Put(make([]byte, 16), number(1)) },
		"is of an item that is not": func(tx *bolt.Tx) error {
			return putNames(tx, dewline.Key{}, []dewline.Named{{Item: dewline.Key{5}}})
		},
		"name 0102":             func(tx *bolt.Tx) error { return tx.Bucket(nameBucket).Put([]byte{1, 2}, nil) },
		"not on record":         func(tx *bolt.Tx) error { return deleteFirst(tx, matchBucket) },
		"stands in no story":    func(tx *bolt.Tx) error { return deleteFirst(tx, placeBucket) },
		"that does not list it": func(tx *bolt.Tx) error { return deleteFirst(tx, storyItemBucket) },
		"is to have":            func(tx *bolt.Tx) error { return deleteFirst(tx, storyBucket) },
		"which is not the first of": func(tx *bolt.Tx) error {
			return putSmall(tx, placeBucket, oneItem[:], dewline.Placed{Item: oneItem, Story: dewline.StoryKey(oneItem), Of: dewline.Key{2}})
		},
		"in the list of the rule": func(tx *bolt.Tx) error { return deleteFirst(tx, ruleBucket) },
		"never due":               func(tx *bolt.Tx) error { return deleteFirst(tx, dueBucket) },
		"1 deliveries are in":     func(tx *bolt.Tx) error { return putFirstState(tx, dewline.DeliveryDead) },
		"1 dead letters are in":   func(tx *bolt.Tx) error { return tx.Bucket(deadBucket).Put(number(1), make([]byte, 16)) },
		"delivery":                func(tx *bolt.Tx) error { return deleteFirst(tx, deliveryBucket) },
		"the sum of":              func(tx *bolt.Tx) error { return putFirst(tx, countBucket, number(5)) },
		"in no sum":               func(tx *bolt.Tx) error { return deleteFirst(tx, countBucket) },
	} {
		t.Run(want, func(t *testing.T) {
			db := withOneAlert(t)
			if err := db.Check(context.Background()); err != nil {
				t.Fatalf("before the damage: %v", err)
			}
			if err := db.bolt.Update(damage); err != nil {
				t.Fatal(err)
			}
			if err := db.Check(context.Background()); err == nil || !strings.Contains(err.Error(), want) {
				t.Errorf("%v", err)
			}
		})
	}
}

var oneItem = dewline.Key{1}

// withOneAlert is a store with one item, matched, told to one receiver, in a story.
func withOneAlert(t *testing.T) *DB {
	t.Helper()
	db, err := Open(filepath.Join(t.TempDir(), "dewline.db"), Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	ctx, now := context.Background(), time.Now()
	feed := dewline.Feed{Name: "x", URL: "http://x.test/", Schedule: "@hourly"}
	if err := db.Register(ctx, []dewline.Feed{feed}, now); err != nil {
		t.Fatal(err)
	}
	st, _, err := db.ClaimFeed(ctx, feed.Key(), now, now.Add(time.Hour))
	if err != nil {
		t.Fatal(err)
	}
	it := dewline.Item{Key: oneItem, Title: "a", Version: 1}
	err = db.Commit(ctx, &dewline.Commit{
		State: st, Poll: dewline.Poll{Feed: st.Key, At: now, Entries: 1, New: 1}, New: []dewline.Item{it},
		Known:   map[dewline.Key]dewline.Known{it.Key: {Text: it.TextHash(), Version: 1}},
		Names:   []dewline.Named{{Likeness: dewline.Likeness{Page: dewline.Key{7}}, Item: it.Key}},
		Matches: []dewline.Match{{Rule: dewline.RuleRef{Name: "r"}, Item: it.Key, Version: 1, Alert: []string{"desk"}}},
		Joins: dewline.Joins{
			Placed: []dewline.Placed{{Item: it.Key, Story: dewline.StoryKey(it.Key), Of: it.Key, Keys: []uint64{1}}},
			Rules:  map[string]dewline.StoryRule{"r": {Stories: dewline.StoriesFirst}},
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	return db
}

func deleteFirst(tx *bolt.Tx, bucket []byte) error {
	k, _ := tx.Bucket(bucket).Cursor().First()
	return tx.Bucket(bucket).Delete(k)
}

func putFirst(tx *bolt.Tx, bucket, value []byte) error {
	k, _ := tx.Bucket(bucket).Cursor().First()
	return tx.Bucket(bucket).Put(k, value)
}

func putFirstState(tx *bolt.Tx, state dewline.DeliveryState) error {
	c, err := newCodec()
	if err != nil {
		return err
	}
	defer c.close()
	k, _ := tx.Bucket(deliveryBucket).Cursor().First()
	seq, d, err := readDelivery(tx, c, k)
	if err != nil {
		return err
	}
	d.State = state
	v, err := packDelivery(c, seq, d)
	if err != nil {
		return err
	}
	return tx.Bucket(deliveryBucket).Put(k, v)
}
