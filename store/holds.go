package store

import (
	"context"
	"errors"
	"time"

	"dewline"

	bolt "go.etcd.io/bbolt"
)

// Hold lets deliveries wait, or wait for something else or until another time, and ends their leases. One that has
// ended meanwhile, or that is in a summary, stays as it is. The schedule of its attempts, where none was made yet,
// begins at the end of the hold.
func (db *DB) Hold(ctx context.Context, all []dewline.Holding) error {
	err := db.commit(ctx, nil, func(tx *bolt.Tx) error {
		for _, h := range all {
			if err := hold(tx, db.codec, h); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	for _, h := range all {
		db.ReleaseDelivery(h.Key)
	}
	return nil
}

func hold(tx *bolt.Tx, c *codec, h dewline.Holding) error {
	seq, d, err := readDelivery(tx, c, h.Key[:])
	if errors.Is(err, ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	if _, waits := d.Due(); !waits {
		return nil
	}
	held := d
	held.Hold = &dewline.Hold{Reason: h.Hold.Reason, Since: h.Hold.Since.UTC(), Until: h.Hold.Until.UTC(), Silence: h.Hold.Silence}
	if d.State != dewline.DeliveryPending && d.Hold.Reason == h.Hold.Reason { // it waits on
		held.Hold.Since = d.Hold.Since
	}
	held.State = h.Hold.Reason.State()
	if d.Tries == 0 {
		held.Since = held.Hold.Until
	}
	return moveDelivery(tx, c, seq, d, held)
}

// Shorten lets what a receiver holds for a reason wait no longer than until the given time. It returns how many
// would have waited longer, and writes nothing where none would.
func (db *DB) Shorten(ctx context.Context, receiver string, reason dewline.HoldReason, latest time.Time) (int, error) {
	var late []dewline.Holding
	err := db.bolt.View(func(tx *bolt.Tx) error {
		for e := range eachDue(tx, receiver, latest.Add(1)) {
			if e.state() == dewline.DeliveryPending {
				continue
			}
			_, d, err := readDelivery(tx, db.codec, e.key)
			if err != nil {
				return err
			}
			if d.Hold != nil && d.Hold.Reason == reason {
				h := *d.Hold
				h.Until = latest
				late = append(late, dewline.Holding{Key: d.Key, Hold: h})
			}
		}
		return ctx.Err()
	})
	if err != nil || len(late) == 0 {
		return 0, err
	}
	return len(late), db.Hold(ctx, late)
}
