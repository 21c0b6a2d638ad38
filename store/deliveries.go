package store

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
	"time"

	"dewline"

	bolt "go.etcd.io/bbolt"
)

// A delivery is stored with its place in the queue. While it is due at some time, the
// due index holds it under that time.

func packDelivery(c *codec, seq uint64, d dewline.Delivery) ([]byte, error) {
	packed, err := c.pack(d)
	return append(number(seq), packed...), err
}

func readDelivery(tx *bolt.Tx, c *codec, key []byte) (seq uint64, d dewline.Delivery, err error) {
	v := tx.Bucket(deliveryBucket).Get(key)
	if len(v) < 8 {
		return 0, d, fmt.Errorf("delivery %x: %w", key, ErrNotFound)
	}
	seq = binary.BigEndian.Uint64(v)
	err = c.unpack(v[8:], &d)
	d.Seq = seq
	return seq, d, err
}

// insertDelivery queues a delivery, unless its key is on record.
func insertDelivery(tx *bolt.Tx, c *codec, d dewline.Delivery) error {
	if tx.Bucket(deliveryBucket).Get(d.Key[:]) != nil {
		return nil
	}
	queue := tx.Bucket(queueBucket)
	seq, err := queue.NextSequence()
	if err != nil {
		return err
	}
	if err := queue.Put(number(seq), d.Key[:]); err != nil {
		return err
	}
	if err := count(tx, &d, 1); err != nil {
		return err
	}
	return putDelivery(tx, c, seq, d)
}

// putDelivery writes a delivery and its place in the index of what is due or of
// what is dead. The caller has taken it out of its old place.
func putDelivery(tx *bolt.Tx, c *codec, seq uint64, d dewline.Delivery) error {
	v, err := packDelivery(c, seq, d)
	if err != nil {
		return err
	}
	if err := tx.Bucket(deliveryBucket).Put(d.Key[:], v); err != nil {
		return err
	}
	if at, due := d.Due(); due {
		return tx.Bucket(dueBucket).Put(dueKey(d.Receiver, at, seq), dueValue(&d))
	}
	if d.State == dewline.DeliveryDead {
		return tx.Bucket(deadBucket).Put(number(seq), d.Key[:])
	}
	return nil
}

// ClaimDeliveries leases up to limit deliveries of a receiver that are due, in
// the order of their due times and then of queueing: pending ones, and held ones
// whose hold is over. Each comes with its item in the version that was judged, a
// summary with its first alerts.
func (db *DB) ClaimDeliveries(ctx context.Context, receiver string, now, until time.Time, limit int) ([]dewline.Alert, error) {
	db.leaseMu.Lock()
	defer db.leaseMu.Unlock()
	var alerts []dewline.Alert
	err := db.bolt.View(func(tx *bolt.Tx) error {
		for e := range eachDue(tx, receiver, time.Time{}) {
			if e.at.After(now) || len(alerts) >= limit {
				return nil
			}
			if end, leased := db.leases[dewline.Key(e.key)]; leased && end.After(now) {
				continue
			}
			_, d, err := readDelivery(tx, db.codec, e.key)
			if err != nil {
				return err
			}
			alert, err := db.alert(tx, d)
			if err != nil {
				return fmt.Errorf("delivery %s: %w", d.Key, err)
			}
			alerts = append(alerts, alert)
			if err := ctx.Err(); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	for _, a := range alerts {
		db.leases[a.Delivery.Key] = until
	}
	return alerts, nil
}

// alert is a delivery with what is needed to tell it.
func (db *DB) alert(tx *bolt.Tx, d dewline.Delivery) (a dewline.Alert, err error) {
	a.Delivery = d
	for _, key := range d.Parts[:min(len(d.Parts), dewline.PartsTold)] {
		_, part, err := readDelivery(tx, db.codec, key[:])
		if err != nil {
			return a, err
		}
		told, err := db.alert(tx, part)
		if err != nil {
			return a, err
		}
		a.Parts = append(a.Parts, told)
	}
	if !d.Match.Item.IsZero() {
		a.Item, err = db.judged(tx, &d.Match)
	}
	return a, err
}

// NextDelivery is when the next delivery of a receiver can be claimed: when it
// is due or, for one that somebody holds, when the lease ends.
func (db *DB) NextDelivery(ctx context.Context, receiver string) (next time.Time, ok bool, err error) {
	db.leaseMu.Lock()
	defer db.leaseMu.Unlock()
	err = db.bolt.View(func(tx *bolt.Tx) error {
		for e := range eachDue(tx, receiver, time.Time{}) {
			at := e.at
			end, leased := db.leases[dewline.Key(e.key)]
			if leased && end.After(at) {
				at = end
			}
			if !ok || at.Before(next) {
				next, ok = at, true
			}
			if !leased {
				break
			}
		}
		return ctx.Err()
	})
	return next, ok, err
}

// ReleaseDelivery gives a claim back without an attempt.
func (db *DB) ReleaseDelivery(key dewline.Key) {
	db.leaseMu.Lock()
	defer db.leaseMu.Unlock()
	delete(db.leases, key)
}

// Settle records what attempts came to and ends their leases. What becomes of a
// summary becomes of the alerts in it. A delivery that is not due any more only gains the attempt: what was delivered stays
// delivered. An attempt that is on record already changes nothing, so a caller
// who was told of a failure may settle again.
func (db *DB) Settle(ctx context.Context, settlements []dewline.Settlement) error {
	err := db.commit(ctx, nil, func(tx *bolt.Tx) error {
		for _, s := range settlements {
			if err := settle(tx, db.codec, s); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	for _, s := range settlements {
		db.ReleaseDelivery(s.Key)
	}
	return nil
}

func settle(tx *bolt.Tx, c *codec, s dewline.Settlement) error {
	seq, d, err := readDelivery(tx, c, s.Key[:])
	if errors.Is(err, ErrNotFound) {
		return nil // it was pruned meanwhile; refusing would hold up the others
	}
	if err != nil {
		return err
	}
	if slices.ContainsFunc(d.Attempts, func(a dewline.Attempt) bool { return a.At.Equal(s.Attempt.At) }) {
		return nil
	}
	d.Attempts = append(d.Attempts, s.Attempt)
	if _, due := d.Due(); !due {
		return putDelivery(tx, c, seq, d)
	}
	next := d
	next.Tries++
	next.State, next.Next = s.State, s.Next.UTC()
	if err := moveDelivery(tx, c, seq, d, next); err != nil {
		return err
	}
	if s.Window != nil {
		if err := keepWindow(tx, d.Receiver, *s.Window); err != nil {
			return err
		}
	}
	if s.State != dewline.DeliveryPending {
		return settleParts(tx, c, d.Parts, s.State)
	}
	return nil
}

// moveDelivery changes a delivery's state, its place in the indexes, and the
// sums.
func moveDelivery(tx *bolt.Tx, c *codec, seq uint64, from, to dewline.Delivery) error {
	var err error
	if at, due := from.Due(); due {
		err = tx.Bucket(dueBucket).Delete(dueKey(from.Receiver, at, seq))
	} else if from.State == dewline.DeliveryDead {
		err = tx.Bucket(deadBucket).Delete(number(seq))
	}
	if err != nil {
		return err
	}
	if from.State != to.State {
		if err := count(tx, &from, -1); err != nil {
			return err
		}
		if err := count(tx, &to, 1); err != nil {
			return err
		}
	}
	if to.State != dewline.DeliveryPending {
		to.Next = time.Time{}
	}
	return putDelivery(tx, c, seq, to)
}

// Retry makes dead letters pending again, due now, with a schedule that begins
// anew. One that went out in a summary goes out in it again, with all of it. It
// returns how many alerts were dead and are so no more.
func (db *DB) Retry(ctx context.Context, keys []dewline.Key, now time.Time) (n int, err error) {
	err = db.commit(ctx, nil, func(tx *bolt.Tx) error {
		n = 0
		for _, key := range keys {
			revived, err := retry(tx, db.codec, key, now.UTC())
			if err != nil {
				return err
			}
			n += revived
		}
		return nil
	})
	return n, err
}

func retry(tx *bolt.Tx, c *codec, key dewline.Key, now time.Time) (n int, err error) {
	seq, d, err := readDelivery(tx, c, key[:])
	if errors.Is(err, ErrNotFound) || err == nil && d.State != dewline.DeliveryDead {
		return 0, nil
	}
	if err != nil {
		return 0, err
	}
	if !d.In.IsZero() {
		return retry(tx, c, d.In, now)
	}
	again := d
	again.State, again.Next, again.Since, again.Tries = dewline.DeliveryPending, now, now, 0
	if err := moveDelivery(tx, c, seq, d, again); err != nil {
		return 0, err
	}
	if d.Event == dewline.EventSummary {
		return len(d.Parts), settleParts(tx, c, d.Parts, dewline.DeliveryHeld)
	}
	return 1, nil
}

func wanted(f *dewline.DeliveryFilter, d *dewline.Delivery) bool {
	return (f.State == "" || d.State == f.State) && (f.Receiver == "" || d.Receiver == f.Receiver) &&
		(f.Item.IsZero() || d.Match.Item == f.Item)
}

// Deliveries lists deliveries, the newest first. Those of one receiver among
// many take a walk over all.
func (db *DB) Deliveries(ctx context.Context, f dewline.DeliveryFilter) ([]dewline.Delivery, error) {
	var list []dewline.Delivery
	err := db.bolt.View(func(tx *bolt.Tx) error {
		all, err := newestFirst(tx, db.codec, f)
		if err != nil {
			return err
		}
		for key := range all {
			_, d, err := readDelivery(tx, db.codec, key)
			if err != nil {
				return err
			}
			if d.Queued.Before(f.Since) { // the queue is in the order of time
				return nil
			}
			if wanted(&f, &d) {
				list = append(list, d)
			}
			if f.Limit > 0 && len(list) == f.Limit {
				return nil
			}
			if err := ctx.Err(); err != nil {
				return err
			}
		}
		return nil
	})
	return list, err
}
