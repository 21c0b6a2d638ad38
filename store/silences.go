package store

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"dewline"

	bolt "go.etcd.io/bbolt"
)

// A delivery is silenced when it is born, in the commit of its match: it is held until its silence ends, and stands
// in the index of what is due under that time.

// Silences lists all silences, the newest first, those that have ended too.
func (db *DB) Silences(context.Context) (list []dewline.Silence, err error) {
	err = db.bolt.View(func(tx *bolt.Tx) error {
		return tx.Bucket(silenceBucket).ForEach(func(k, _ []byte) error {
			s, err := readSilence(tx, dewline.Key(k))
			list = append(list, s)
			return err
		})
	})
	slices.SortFunc(list, func(a, b dewline.Silence) int {
		return cmp.Or(b.Begin.Compare(a.Begin), strings.Compare(a.Key.String(), b.Key.String()))
	})
	return list, err
}

// SilenceRevision moves when a silence was made or ended. Who keeps what he made of them may keep it as long as the
// revision stands.
func (db *DB) SilenceRevision() uint64 { return db.silences.Load() }

func readSilence(tx *bolt.Tx, key dewline.Key) (dewline.Silence, error) {
	s, ok, err := readSmall[dewline.Silence](tx, silenceBucket, key[:])
	if err == nil && !ok {
		err = fmt.Errorf("silence %s: %w", key, ErrNotFound)
	}
	return s, err
}

func putSilence(tx *bolt.Tx, s dewline.Silence) error {
	return putSmall(tx, silenceBucket, s.Key[:], s)
}

// BeginSilence makes a silence. One that is there stays as it is.
func (db *DB) BeginSilence(ctx context.Context, s dewline.Silence) error {
	err := db.commit(ctx, nil, func(tx *bolt.Tx) error {
		if tx.Bucket(silenceBucket).Get(s.Key[:]) != nil {
			return nil
		}
		s.Begin, s.End = s.Begin.UTC(), s.End.UTC()
		return putSilence(tx, s)
	})
	if err == nil {
		db.silences.Add(1)
	}
	return err
}

// EndSilence ends a silence before its time, and has what it holds due now. It returns the silence and how many
// alerts it held. One that has ended by itself stays as it is, and holds nothing.
func (db *DB) EndSilence(ctx context.Context, key dewline.Key, now time.Time) (s dewline.Silence, held int, err error) {
	now = now.UTC()
	err = db.commit(ctx, nil, func(tx *bolt.Tx) error {
		held = 0
		var err error
		if s, err = readSilence(tx, key); err != nil || !s.Until().After(now) {
			return err
		}
		s.Ended = now
		if err := putSilence(tx, s); err != nil {
			return err
		}
		held, err = db.release(tx, s, now)
		return err
	})
	if err == nil {
		db.silences.Add(1)
	}
	return s, held, err
}

// release has the deliveries due now that a silence holds.
func (db *DB) release(tx *bolt.Tx, s dewline.Silence, now time.Time) (n int, err error) {
	held, err := db.heldBy(tx, s)
	for _, key := range held {
		seq, d, err := readDelivery(tx, db.codec, key[:])
		if err != nil {
			return n, err
		}
		if d.State != dewline.DeliverySilenced || d.Hold == nil || d.Hold.Silence != s.Key {
			continue // another silence ends at the same time
		}
		free := d
		hold := *d.Hold
		hold.Until, free.Hold, free.Since = now, &hold, now
		if err := moveDelivery(tx, db.codec, seq, d, free); err != nil {
			return n, err
		}
		n++
	}
	return n, err
}

// heldBy are the deliveries that are due when the silence would end by itself, of every receiver.
func (db *DB) heldBy(tx *bolt.Tx, s dewline.Silence) (keys []dewline.Key, err error) {
	counts := tx.Bucket(countBucket).Cursor()
	for k, _ := counts.First(); k != nil; k, _ = counts.Next() {
		receiver, state, _ := strings.Cut(string(k), "\x00")
		if dewline.DeliveryState(state) != dewline.DeliverySilenced {
			continue
		}
		for e := range eachDue(tx, receiver, s.End) {
			if !e.at.Equal(s.End) {
				break
			}
			keys = append(keys, dewline.Key(e.key))
		}
	}
	return keys, nil
}

// silenced is a delivery as it is born where silences cover its match: held by the one of them that ends last. One
// that somebody ended since the match was judged holds nothing.
func (p *recorder) silenced(tx *bolt.Tx, d dewline.Delivery) (dewline.Delivery, error) {
	var by dewline.Silence
	for _, key := range d.Match.Silences {
		s, err := readSilence(tx, key)
		if errors.Is(err, ErrNotFound) {
			continue
		}
		if err != nil {
			return d, err
		}
		if s.Ended.IsZero() && s.End.After(by.End) {
			by = s
		}
	}
	if by.Key.IsZero() || tx.Bucket(deliveryBucket).Get(d.Key[:]) != nil {
		return d, nil
	}
	d.State, d.Next, d.Since = dewline.DeliverySilenced, time.Time{}, by.End // attempts begin at its end
	d.Hold = &dewline.Hold{Reason: dewline.HoldSilence, Since: d.Queued, Until: by.End, Silence: by.Key}
	by.Held++
	return d, putSilence(tx, by)
}

// checkSilenced finds alerts that are held by no silence, or beyond its end.
func (db *DB) checkSilenced(tx *bolt.Tx) error {
	return tx.Bucket(queueBucket).ForEach(func(_, key []byte) error {
		_, d, err := readDelivery(tx, db.codec, key)
		if err != nil || d.State != dewline.DeliverySilenced {
			return err
		}
		if d.Hold == nil {
			return fmt.Errorf("delivery %s is silenced, and nothing says until when", d.Key)
		}
		s, err := readSilence(tx, d.Hold.Silence)
		if err != nil {
			return fmt.Errorf("delivery %s: %w", d.Key, err)
		}
		if d.Hold.Until.After(s.Until()) {
			return fmt.Errorf("delivery %s is held until %s by a silence that ends at %s", d.Key, d.Hold.Until, s.Until())
		}
		return nil
	})
}
