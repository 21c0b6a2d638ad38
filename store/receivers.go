package store

import (
	"context"
	"encoding/binary"
	"encoding/json"
	"strings"

	"dewline"

	bolt "go.etcd.io/bbolt"
)

// Receiver is what is known of a receiver; of one that was never written of,
// its name alone.
func (db *DB) Receiver(_ context.Context, name string) (st dewline.ReceiverState, err error) {
	st.Name = name
	err = db.bolt.View(func(tx *bolt.Tx) error {
		if v := tx.Bucket(receiverBucket).Get([]byte(name)); v != nil {
			return json.Unmarshal(v, &st)
		}
		return nil
	})
	return st, err
}

// SetReceiver keeps what is known of a receiver.
func (db *DB) SetReceiver(ctx context.Context, st dewline.ReceiverState) error {
	v, err := json.Marshal(st)
	if err != nil {
		return err
	}
	return db.commit(ctx, nil, func(tx *bolt.Tx) error {
		return tx.Bucket(receiverBucket).Put([]byte(st.Name), v)
	})
}

// count moves the sum of a receiver's deliveries in a state.
func count(tx *bolt.Tx, receiver string, state dewline.DeliveryState, by int64) error {
	counts := tx.Bucket(countBucket)
	key := []byte(countKey(receiver, state))
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
