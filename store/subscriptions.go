package store

import (
	"context"
	"slices"
	"time"

	"dewline"

	bolt "go.etcd.io/bbolt"
)

// Subscriptions lists what was asked of hubs, also for feeds that are no longer
// configured: those are to be told.
func (db *DB) Subscriptions(context.Context) (list []dewline.Subscription, err error) {
	err = db.bolt.View(func(tx *bolt.Tx) error {
		list, err = subscriptions(tx)
		return err
	})
	return list, err
}

func subscriptions(tx *bolt.Tx) (list []dewline.Subscription, err error) {
	err = tx.Bucket(subscriptionBucket).ForEach(func(_, v []byte) error {
		s, err := unpackSmall[dewline.Subscription](v)
		list = append(list, s)
		return err
	})
	return list, err
}

// PutSubscription keeps a subscription in place of the one of its key.
func (db *DB) PutSubscription(ctx context.Context, s dewline.Subscription) error {
	key := s.Key()
	return db.commit(ctx, nil, func(tx *bolt.Tx) error { return putSmall(tx, subscriptionBucket, key[:], s) })
}

// DropSubscription forgets a subscription.
func (db *DB) DropSubscription(ctx context.Context, key dewline.Key) error {
	return db.commit(ctx, nil, func(tx *bolt.Tx) error { return tx.Bucket(subscriptionBucket).Delete(key[:]) })
}

// HastenFeed makes a registered feed due at the given time where it would be due
// later. One that is being polled is due again after that poll, for what is to be
// fetched may be newer than what the poll fetched. It is not kept over a restart.
func (db *DB) HastenFeed(key dewline.Key, at time.Time) { db.feeds.hasten(key, at) }

// bestOf are the subscriptions by which feeds are pushed, or would be.
func bestOf(list []dewline.Subscription) map[dewline.Key]*dewline.Subscription {
	best := make(map[dewline.Key]*dewline.Subscription)
	rank := func(s *dewline.Subscription) int { return slices.Index(dewline.PushStates, s.State) }
	for i := range list {
		s := &list[i]
		if old := best[s.Feed]; old == nil || rank(s) < rank(old) {
			best[s.Feed] = s
		}
	}
	return best
}

// addSubscriptions brings a store to the schema in which there is room for
// subscriptions.
func addSubscriptions(tx *bolt.Tx) error {
	return makeBuckets(tx, subscriptionBucket)
}
