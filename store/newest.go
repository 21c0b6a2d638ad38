package store

import (
	"cmp"
	"encoding/binary"
	"iter"
	"slices"

	"dewline"

	bolt "go.etcd.io/bbolt"
)

// newestFirst walks the keys of the deliveries that a filter may choose, the
// newest first, from before its Before on. What waits and what is dead have an
// index each, so few of one state among many of another are found at once. What
// is in a summary that waits is found by the summary.
func newestFirst(tx *bolt.Tx, c *codec, f dewline.DeliveryFilter) (iter.Seq[[]byte], error) {
	switch f.State {
	case dewline.DeliveryPending, dewline.DeliverySilenced:
		return newestOf(f, waiting(tx, f.Receiver, f.State)), nil
	case dewline.DeliveryHeld:
		inSummaries, err := bundled(tx, c, f.Receiver)
		return newestOf(f, append(inSummaries, waiting(tx, f.Receiver, f.State)...)), err
	case dewline.DeliveryDead:
		return backwards(tx.Bucket(deadBucket), f.Before, nil), nil
	case dewline.DeliveryDelivered:
		due, dead := make(map[uint64]bool), tx.Bucket(deadBucket)
		for _, p := range waiting(tx, "", "") {
			due[p.seq] = true
		}
		return backwards(tx.Bucket(queueBucket), f.Before, func(k []byte) bool {
			return due[binary.BigEndian.Uint64(k)] || dead.Get(k) != nil
		}), nil
	}
	return backwards(tx.Bucket(queueBucket), f.Before, nil), nil
}

// backwards walks a bucket of places in the queue, without those to skip.
func backwards(b *bolt.Bucket, before uint64, skip func(k []byte) bool) iter.Seq[[]byte] {
	return func(yield func([]byte) bool) {
		c := b.Cursor()
		for k, key := lastBefore(c, nil, before); k != nil; k, key = c.Prev() {
			if (skip == nil || !skip(k)) && !yield(key) {
				return
			}
		}
	}
}

// newestOf brings places, which the index has in the order of attempts, into the
// order of queueing.
func newestOf(f dewline.DeliveryFilter, places []place) iter.Seq[[]byte] {
	slices.SortFunc(places, func(a, b place) int { return cmp.Compare(b.seq, a.seq) })
	return func(yield func([]byte) bool) {
		for _, p := range places {
			if (f.Before == 0 || p.seq < f.Before) && !yield(p.key) {
				return
			}
		}
	}
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
