package store

import (
	"bytes"
	"cmp"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
	"time"

	"dewline"

	bolt "go.etcd.io/bbolt"
)

// maxParts bounds a summary, and so the transactions that move it. What is beyond goes into a summary of its own.
const maxParts = 10_000

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
		for _, p := range heldAfter(tx, receiver, latest) {
			_, d, err := readDelivery(tx, db.codec, p.key)
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

// heldAfter are the places of what a receiver holds for longer than until the given time.
func heldAfter(tx *bolt.Tx, receiver string, latest time.Time) (places []place) {
	prefix := receiverKey(receiver)
	c := tx.Bucket(dueBucket).Cursor()
	for k, v := c.Seek(join(prefix, number(uint64(latest.UnixNano())+1))); bytes.HasPrefix(k, prefix); k, v = c.Next() {
		if dueState(v) != dewline.DeliveryPending {
			places = append(places, place{binary.BigEndian.Uint64(k[shortLen+8:]), v[:keyLen]})
		}
	}
	return places
}

// Bundle makes one summary of the held alerts that go out together and whose hold is over, in the order of
// queueing. The summary is a delivery of its own, due now; the alerts are in it for good, and what becomes of it
// becomes of them. One transaction makes all of that durable. It returns how many alerts are in it: none where
// none wait, and of more than a summary holds the first.
func (db *DB) Bundle(ctx context.Context, t dewline.Together, now time.Time) (int, error) {
	var parts []dewline.Key
	err := db.commit(ctx, nil, func(tx *bolt.Tx) (err error) {
		parts, err = bundle(tx, db.codec, t, now.UTC())
		return err
	})
	if err != nil {
		return 0, err
	}
	for _, key := range parts {
		db.ReleaseDelivery(key)
	}
	return len(parts), nil
}

func bundle(tx *bolt.Tx, c *codec, t dewline.Together, now time.Time) ([]dewline.Key, error) {
	summary := dewline.Delivery{
		Receiver: t.Receiver, Event: dewline.EventSummary, Match: dewline.Match{At: now},
		Queued: now, Since: now, Next: now, State: dewline.DeliveryPending,
		Summary: &dewline.Summary{Reason: t.Reason, Until: now},
	}
	if s, err := readSilence(tx, t.Silence); err == nil {
		summary.Summary.Silence = &s
	}
	for _, p := range overdue(tx, t.Receiver, now) {
		seq, d, err := readDelivery(tx, c, p.key)
		if err != nil {
			return nil, err
		}
		if d.Together() != t {
			continue
		}
		addPart(&summary, &d)
		in := d
		in.State, in.In = dewline.DeliveryHeld, summary.Key
		if err := moveDelivery(tx, c, seq, d, in); err != nil {
			return nil, err
		}
		if len(summary.Parts) == maxParts {
			break
		}
	}
	if len(summary.Parts) == 0 {
		return nil, nil
	}
	return summary.Parts, insertDelivery(tx, c, summary)
}

// overdue are the places of what a receiver holds and whose hold is over, in the order of queueing.
func overdue(tx *bolt.Tx, receiver string, now time.Time) (places []place) {
	prefix := receiverKey(receiver)
	c := tx.Bucket(dueBucket).Cursor()
	for k, v := c.Seek(prefix); bytes.HasPrefix(k, prefix) && !readInstant(k[shortLen:]).After(now); k, v = c.Next() {
		if dueState(v) != dewline.DeliveryPending {
			places = append(places, place{binary.BigEndian.Uint64(k[shortLen+8:]), bytes.Clone(v[:keyLen])}) // the index changes meanwhile
		}
	}
	slices.SortFunc(places, func(a, b place) int { return cmp.Compare(a.seq, b.seq) })
	return places
}

// addPart adds an alert to a summary, whose key is that of its first one.
func addPart(summary, part *dewline.Delivery) {
	sum := summary.Summary
	if len(summary.Parts) == 0 {
		summary.Key = dewline.SummaryKey(part.Receiver, sum.Reason, part.Key, part.Hold.Until)
		sum.From = part.Queued
	}
	if sum.Reason == dewline.HoldStory { // the last word on it
		summary.Match.Rule, summary.Story = part.Match.Rule, part.Story
	}
	summary.Parts = append(summary.Parts, part.Key)
	at := slices.IndexFunc(sum.Sums, func(s dewline.RuleSum) bool { return s.Rule.Name == part.Match.Rule.Name })
	if at < 0 {
		at = len(sum.Sums)
		sum.Sums = append(sum.Sums, dewline.RuleSum{Rule: part.Match.Rule})
	}
	sum.Sums[at].Count++
}

// settleParts gives the alerts of a summary the state that it came to.
func settleParts(tx *bolt.Tx, c *codec, parts []dewline.Key, state dewline.DeliveryState) error {
	for _, key := range parts {
		seq, d, err := readDelivery(tx, c, key[:])
		if errors.Is(err, ErrNotFound) {
			continue
		}
		if err != nil {
			return err
		}
		to := d
		to.State = state
		if err := moveDelivery(tx, c, seq, d, to); err != nil {
			return err
		}
	}
	return nil
}

// partState is the state of the alerts of a summary.
func partState(summary *dewline.Delivery) dewline.DeliveryState {
	if _, waits := summary.Due(); waits {
		return dewline.DeliveryHeld
	}
	return summary.State
}

// bundled are the places of what is in a summary that waits.
func bundled(tx *bolt.Tx, c *codec, receiver string) (places []place, err error) {
	var prefix []byte
	if receiver != "" {
		prefix = receiverKey(receiver)
	}
	due := tx.Bucket(dueBucket).Cursor()
	for k, v := due.Seek(prefix); k != nil && bytes.HasPrefix(k, prefix); k, v = due.Next() {
		if !isSummary(v) {
			continue
		}
		_, d, err := readDelivery(tx, c, v[:keyLen])
		if err != nil {
			return nil, err
		}
		for _, key := range d.Parts {
			if part := tx.Bucket(deliveryBucket).Get(key[:]); len(part) >= 8 {
				places = append(places, place{binary.BigEndian.Uint64(part), key[:]})
			}
		}
	}
	return places, nil
}

// checkParts finds alerts that are in a summary which does not know of them, or that came to something else.
func checkParts(tx *bolt.Tx, c *codec) error {
	told := make(map[dewline.Key]dewline.Key)
	err := tx.Bucket(queueBucket).ForEach(func(_, key []byte) error {
		_, d, err := readDelivery(tx, c, key)
		for _, part := range d.Parts {
			if err := checkPart(tx, c, &d, part); err != nil {
				return err
			}
			told[part] = d.Key
		}
		return err
	})
	if err != nil {
		return err
	}
	return tx.Bucket(queueBucket).ForEach(func(_, key []byte) error {
		_, d, err := readDelivery(tx, c, key)
		if err == nil && told[d.Key] != d.In {
			err = fmt.Errorf("delivery %s is in the summary %s, which does not hold it", d.Key, d.In)
		}
		return err
	})
}

func checkPart(tx *bolt.Tx, c *codec, summary *dewline.Delivery, key dewline.Key) error {
	_, part, err := readDelivery(tx, c, key[:])
	switch {
	case err != nil:
		return err
	case part.In != summary.Key:
		return fmt.Errorf("delivery %s is in the summary %s and knows of %s", key, summary.Key, part.In)
	case part.State != partState(summary):
		return fmt.Errorf("delivery %s is %s, its summary %s is %s", key, part.State, summary.Key, summary.State)
	}
	return nil
}
