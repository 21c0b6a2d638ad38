package store

import (
	"encoding/binary"
	"iter"
	"slices"

	"dewline"

	bolt "go.etcd.io/bbolt"
)

// newestFirst walks the keys of the deliveries that a filter may choose, the
// newest first, from before its Before on. What waits and what is dead have an
// index each: few of them among many delivered are found at once.
func newestFirst(tx *bolt.Tx, f dewline.DeliveryFilter) iter.Seq[[]byte] {
	bucket := queueBucket
	switch f.State {
	case dewline.DeliveryPending:
		return slices.Values(pending(tx, f))
	case dewline.DeliveryDead:
		bucket = deadBucket
	}
	return func(yield func([]byte) bool) {
		c := tx.Bucket(bucket).Cursor()
		for k, key := lastBefore(c, nil, f.Before); k != nil && yield(key); k, key = c.Prev() {
		}
	}
}

// pending brings the due index, which is in the order of attempts, into the
// order of queueing. It reads no delivery.
func pending(tx *bolt.Tx, f dewline.DeliveryFilter) (keys [][]byte) {
	var prefix []byte
	if f.Receiver != "" {
		prefix = receiverKey(f.Receiver)
	}
	type place struct {
		seq uint64
		key []byte
	}
	var places []place
	c := tx.Bucket(dueBucket).Cursor()
	for k, key := c.Seek(prefix); len(k) == shortLen+16 && string(k[:len(prefix)]) == string(prefix); k, key = c.Next() {
		if seq := binary.BigEndian.Uint64(k[shortLen+8:]); f.Before == 0 || seq < f.Before {
			places = append(places, place{seq, key})
		}
	}
	slices.SortFunc(places, func(a, b place) int {
		if a.seq > b.seq {
			return -1
		}
		return 1
	})
	for _, p := range places {
		keys = append(keys, p.key)
	}
	return keys
}

// indexDead brings a store to schema 2: dead letters have an index.
func indexDead(tx *bolt.Tx) error {
	c, err := newCodec()
	if err != nil {
		return err
	}
	defer c.close()
	dead, err := tx.CreateBucketIfNotExists(deadBucket)
	if err != nil {
		return err
	}
	return tx.Bucket(queueBucket).ForEach(func(k, key []byte) error {
		_, d, err := readDelivery(tx, c, key)
		if err != nil || d.State != dewline.DeliveryDead {
			return err
		}
		return dead.Put(k, key)
	})
}
