package store

import (
	"context"
	"testing"

	"dewline"

	bolt "go.etcd.io/bbolt"
)

// A store of schema 6 knows nothing of hubs; opening it makes room for subscriptions.
func TestSubscriptionsOfAnOlderStore(t *testing.T) {
	db, ctx := withOneAlert(t), context.Background()
	err := db.bolt.Update(func(tx *bolt.Tx) error {
		if err := tx.DeleteBucket(subscriptionBucket); err != nil {
			return err
		}
		return tx.Bucket(metaBucket).Put(schemaKey, []byte{0, 0, 0, 6})
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
	if err := db.PutSubscription(ctx, dewline.Subscription{Hub: "https://hub.test/", State: dewline.PushAsking}); err != nil {
		t.Fatal(err)
	}
	if list, err := db.Subscriptions(ctx); err != nil || len(list) != 1 || list[0].Hub != "https://hub.test/" {
		t.Errorf("%+v, %v", list, err)
	}
	if v := storedSchema(t, db); v != schema {
		t.Errorf("schema %d", v)
	}
}
