package store

import (
	"context"
	"testing"
	"time"

	"dewline"

	bolt "go.etcd.io/bbolt"
)

// A store of schema 1 has no index of its dead letters; opening it makes one.
func TestDeadLettersOfAnOlderStore(t *testing.T) {
	db, ctx := withOneAlert(t), context.Background()
	alerts, err := db.ClaimDeliveries(ctx, "desk", time.Now(), time.Now().Add(time.Minute), 1)
	if err != nil || len(alerts) != 1 {
		t.Fatalf("%d alerts, %v", len(alerts), err)
	}
	key := alerts[0].Delivery.Key
	if err := db.Settle(ctx, []dewline.Settlement{{Key: key, State: dewline.DeliveryDead}}); err != nil {
		t.Fatal(err)
	}
	err = db.bolt.Update(func(tx *bolt.Tx) error {
		if err := tx.DeleteBucket(deadBucket); err != nil {
			return err
		}
		return tx.Bucket(metaBucket).Put(schemaKey, []byte{0, 0, 0, 1})
	})
	if err != nil {
		t.Fatal(err)
	}
	path := db.bolt.Path()
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}

	db, err = Open(path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	dead, err := db.Deliveries(ctx, dewline.DeliveryFilter{State: dewline.DeliveryDead})
	if err != nil || len(dead) != 1 || dead[0].Key != key {
		t.Errorf("dead letters after the migration: %v, %v", dead, err)
	}
	if err := db.Check(ctx); err != nil {
		t.Error(err)
	}
	if v := storedSchema(t, db); v != schema {
		t.Errorf("schema %d", v)
	}
}
