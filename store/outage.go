package store

import (
	"context"
	"errors"
	"time"

	"dewline"

	bolt "go.etcd.io/bbolt"
)

// Hasten makes due at once what an outage of a receiver put off: the pending deliveries whose last attempt failed
// since its beginning, with fewer tries than given. They stand in the outbox as when they were queued, before
// what came later. It returns how many there are.
func (db *DB) Hasten(ctx context.Context, receiver string, since time.Time, tries int) (n int, err error) {
	keys, err := db.pendingOf(ctx, receiver, 0, func(d *dewline.Delivery) bool { return putOff(d, since, tries) })
	if err != nil || len(keys) == 0 {
		return 0, err
	}
	err = db.commit(ctx, nil, func(tx *bolt.Tx) error {
		n = 0
		for _, key := range keys {
			seq, d, err := readDelivery(tx, db.codec, key[:])
			if errors.Is(err, ErrNotFound) || err == nil && !putOff(&d, since, tries) {
				continue
			}
			if err != nil {
				return err
			}
			now := d
			now.Next = d.Since
			if err := moveDelivery(tx, db.codec, seq, d, now); err != nil {
				return err
			}
			n++
		}
		return nil
	})
	return n, err
}

// putOff reports a delivery that waits because of an outage.
func putOff(d *dewline.Delivery, since time.Time, tries int) bool {
	last := len(d.Attempts) - 1
	return d.State == dewline.DeliveryPending && 0 < d.Tries && d.Tries < tries && last >= 0 && !d.Attempts[last].At.Before(since)
}

// Expired are up to limit pending deliveries of a receiver whose attempts began at this time or before, in the
// order in which they are due.
func (db *DB) Expired(ctx context.Context, receiver string, since time.Time, limit int) ([]dewline.Key, error) {
	return db.pendingOf(ctx, receiver, limit, func(d *dewline.Delivery) bool {
		return !d.Since.After(since)
	})
}

// pendingOf are up to limit (0: all) pending deliveries of a receiver, as chosen, in the order in which they are due.
func (db *DB) pendingOf(ctx context.Context, receiver string, limit int, choose func(*dewline.Delivery) bool) (keys []dewline.Key, err error) {
	err = db.bolt.View(func(tx *bolt.Tx) error {
		for e := range eachDue(tx, receiver, time.Time{}) {
			if e.state() != dewline.DeliveryPending {
				continue
			}
			_, d, err := readDelivery(tx, db.codec, e.key)
			if err != nil {
				return err
			}
			if choose(&d) {
				keys = append(keys, d.Key)
			}
			if len(keys) == limit && limit > 0 {
				break
			}
			if err := ctx.Err(); err != nil {
				return err
			}
		}
		return nil
	})
	return keys, err
}
