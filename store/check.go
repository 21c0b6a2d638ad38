package store

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"

	"dewline"

	bolt "go.etcd.io/bbolt"
)

// Check reads the whole store and returns what contradicts itself: pages that
// bbolt finds damaged, items that were seen but are not there, names of no item, texts that nobody would fetch, pages that
// nobody would look at, matches without
// an item, stories that are not whole, deliveries to come that no index would ever find, summaries that do not agree with their alerts, sums that are
// wrong.
func (db *DB) Check(ctx context.Context) error {
	return db.bolt.View(func(tx *bolt.Tx) error {
		var errs []error
		for err := range tx.Check() {
			errs = append(errs, err)
		}
		if len(errs) > 0 { // what follows would only read damaged pages
			return errors.Join(errs...)
		}
		return errors.Join(db.checkItems(tx), checkNames(tx), db.checkTexts(tx), db.checkWatches(tx), db.checkMatches(tx), db.checkStories(tx), db.checkOutbox(tx), db.checkSilenced(tx), checkSums(tx, db.codec), ctx.Err())
	})
}

func (db *DB) checkItems(tx *bolt.Tx) error {
	return tx.Bucket(seenBucket).ForEach(func(k, v []byte) error {
		it, err := db.item(tx, readKnown(v).Of(dewline.Key(k[shortLen:])))
		if err != nil {
			return fmt.Errorf("seen, but %w", err)
		}
		if it, err = db.asServed(tx, it); err != nil {
			return err
		}
		known := readKnown(v)
		if !known.Item.IsZero() || len(it.Also) > 0 { // what one of several feeds said last
			return nil
		}
		if known.Version != it.Version || known.Text != it.TextHash() {
			return fmt.Errorf("item %s: version %d is stored, version %d was seen", it.Key, it.Version, known.Version)
		}
		return nil
	})
}

func (db *DB) checkMatches(tx *bolt.Tx) error {
	return tx.Bucket(ruleBucket).ForEach(func(k, v []byte) error {
		if tx.Bucket(matchBucket).Get(join(v, k[shortLen:])) == nil {
			return fmt.Errorf("match %d of item %x is in the index of its rule, but not on record", binary.BigEndian.Uint64(k[shortLen:]), v)
		}
		_, err := db.item(tx, dewline.Key(v))
		return err
	})
}

func (db *DB) checkOutbox(tx *bolt.Tx) error {
	due, dead := 0, 0
	err := tx.Bucket(queueBucket).ForEach(func(k, key []byte) error {
		seq, d, err := readDelivery(tx, db.codec, key)
		if err != nil {
			return err
		}
		if seq != binary.BigEndian.Uint64(k) {
			return fmt.Errorf("delivery %s stands at %d of the queue, not at %d", d.Key, binary.BigEndian.Uint64(k), seq)
		}
		if d.State == dewline.DeliveryDead {
			dead++
		}
		at, waits := d.Due()
		if !waits {
			return nil
		}
		due++
		if v := tx.Bucket(dueBucket).Get(dueKey(d.Receiver, at, seq)); !bytes.Equal(v, dueValue(&d)) {
			return fmt.Errorf("delivery %s is %s, but never due", d.Key, d.State)
		}
		return nil
	})
	if n := tx.Bucket(dueBucket).Stats().KeyN; err == nil && n != due {
		err = fmt.Errorf("%d deliveries are in the index of what is due, there are %d", n, due)
	}
	if err == nil {
		err = checkParts(tx, db.codec)
	}
	if n := tx.Bucket(deadBucket).Stats().KeyN; err == nil && n != dead {
		err = fmt.Errorf("%d dead letters are in their index, there are %d", n, dead)
	}
	return err
}

// checkSums counts again what is kept as a sum.
func checkSums(tx *bolt.Tx, c *codec) error {
	sums := make(map[string]uint64)
	err := tx.Bucket(queueBucket).ForEach(func(_, key []byte) error {
		_, d, err := readDelivery(tx, c, key)
		if d.Event == dewline.EventSummary {
			return err
		}
		sums[countKey(d.Receiver, d.State)]++
		return err
	})
	if err != nil {
		return err
	}
	err = tx.Bucket(countBucket).ForEach(func(k, v []byte) error {
		if n := binary.BigEndian.Uint64(v); n != sums[string(k)] {
			return fmt.Errorf("the sum of %q is %d, there are %d", k, n, sums[string(k)])
		}
		delete(sums, string(k))
		return nil
	})
	if err == nil && len(sums) > 0 {
		err = fmt.Errorf("deliveries are in no sum: %v", sums)
	}
	items, keys := tx.Bucket(itemBucket).Stats().KeyN, tx.Bucket(itemKeyBucket).Stats().KeyN
	if err == nil && items != keys {
		err = fmt.Errorf("%d items are stored under %d keys", items, keys)
	}
	return err
}
