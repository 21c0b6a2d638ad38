package store

import (
	"context"
	"encoding/binary"
	"strings"

	"dewline"

	bolt "go.etcd.io/bbolt"
)

// Receiver is what is known of a receiver; of one that was never written of,
// its name alone.
func (db *DB) Receiver(_ context.Context, name string) (st dewline.ReceiverState, err error) {
	err = db.bolt.View(func(tx *bolt.Tx) error {
		st, err = readReceiver(tx, name)
		return err
	})
	return st, err
}

// keepWindow keeps what a receiver got lately.
func keepWindow(tx *bolt.Tx, receiver string, w dewline.Window) error {
	st, err := readReceiver(tx, receiver)
	if err != nil {
		return err
	}
	st.Window = w
	return putReceiver(tx, st)
}

func readReceiver(tx *bolt.Tx, name string) (dewline.ReceiverState, error) {
	st, _, err := readSmall[dewline.ReceiverState](tx, receiverBucket, []byte(name))
	st.Name = name
	return st, err
}

func putReceiver(tx *bolt.Tx, st dewline.ReceiverState) error {
	return putSmall(tx, receiverBucket, []byte(st.Name), st)
}

// ChangeReceiver changes what is known of a receiver, and queues what others are told of that, due now. Each
// who changes something reads and writes no more than his own fields, so that nobody undoes what another wrote
// meanwhile. The change runs within the transaction, perhaps twice: it works on the state alone.
func (db *DB) ChangeReceiver(ctx context.Context, name string, change func(*dewline.ReceiverState), notices ...dewline.ReceiverNotice) error {
	return db.commit(ctx, nil, func(tx *bolt.Tx) error {
		st, err := readReceiver(tx, name)
		if err != nil {
			return err
		}
		change(&st)
		if err := putReceiver(tx, st); err != nil {
			return err
		}
		for _, n := range notices {
			if err := announcePeer(tx, db.codec, n); err != nil {
				return err
			}
		}
		return nil
	})
}

// announcePeer queues a change of a receiver's health for other receivers.
func announcePeer(tx *bolt.Tx, c *codec, n dewline.ReceiverNotice) error {
	r := recorder{codec: c, at: n.About.At.UTC()}
	for _, receiver := range n.Alert {
		err := r.queue(tx, dewline.Delivery{
			Key:      dewline.ReceiverDeliveryKey(receiver, n.Event, n.About.Receiver, n.About.Health.Since),
			Receiver: receiver, Event: n.Event, Peer: &n.About,
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// count moves the sum of a receiver's alerts in a state. A summary is none: the
// alerts in it are counted, so that every alert is counted once.
func count(tx *bolt.Tx, d *dewline.Delivery, by int64) error {
	if d.Event == dewline.EventSummary {
		return nil
	}
	counts := tx.Bucket(countBucket)
	key := []byte(countKey(d.Receiver, d.State))
	var n uint64
	if v := counts.Get(key); len(v) == 8 {
		n = binary.BigEndian.Uint64(v)
	}
	return counts.Put(key, number(n+uint64(by)))
}

func countKey(receiver string, state dewline.DeliveryState) string {
	return receiver + "\x00" + string(state)
}

// Counts are the store's sums. They are kept with each commit, so that reading
// them costs nothing.
func (db *DB) Counts(context.Context) (dewline.Counts, error) {
	c := dewline.Counts{Deliveries: make(map[string]map[dewline.DeliveryState]uint64)}
	err := db.bolt.View(func(tx *bolt.Tx) error {
		c.Items, c.Matches = tx.Bucket(itemBucket).Sequence(), tx.Bucket(matchBucket).Sequence()
		c.FileBytes = tx.Size()
		return tx.Bucket(countBucket).ForEach(func(k, v []byte) error {
			receiver, state, _ := strings.Cut(string(k), "\x00")
			if c.Deliveries[receiver] == nil {
				c.Deliveries[receiver] = make(map[dewline.DeliveryState]uint64)
			}
			c.Deliveries[receiver][dewline.DeliveryState(state)] = binary.BigEndian.Uint64(v)
			return nil
		})
	})
	return c, err
}
