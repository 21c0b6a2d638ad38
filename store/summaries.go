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
	for e := range eachDue(tx, receiver, time.Time{}) {
		if e.at.After(now) {
			break
		}
		if e.state() != dewline.DeliveryPending {
			places = append(places, place{e.seq, bytes.Clone(e.key)}) // the index changes meanwhile
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
	for e := range eachDue(tx, receiver, time.Time{}) {
		if !e.isSummary() {
			continue
		}
		_, d, err := readDelivery(tx, c, e.key)
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
