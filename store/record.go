package store

import (
	"fmt"
	"time"

	"dewline"

	bolt "go.etcd.io/bbolt"
)

// recorder records the matches of one commit. It belongs to the transaction that
// applies it.
type recorder struct {
	codec *codec
	at    time.Time // of the commit
	// Set by begin, for a transaction may be tried again.
	recorded map[dewline.Key]map[string]recordedMatch
	touched  bool                 // a match or a matched item changed
	told     map[dewline.Key]bool // matches that the commit tells
}

func (p *recorder) begin() {
	p.recorded, p.touched = make(map[dewline.Key]map[string]recordedMatch), false
	p.told = make(map[dewline.Key]bool)
}

// packedMatch is a match as it is stored if it is the first of its rule and item.
type packedMatch struct {
	dewline.Match
	packed []byte
}

// packMatches writes matches out, before the transaction.
func (p *recorder) packMatches(matches []dewline.Match) (all []packedMatch, err error) {
	for _, m := range matches {
		m.Seq, m.At = 0, p.at
		packed, err := p.codec.pack(m)
		if err != nil {
			return nil, fmt.Errorf("match of item %s: %w", m.Item, err)
		}
		all = append(all, packedMatch{m, packed})
	}
	return all, nil
}

// putMatch records a match. One that is on record already takes the hits of the
// new version and queues nothing, unless nobody was told because it came with a
// quiet first poll, and it is news by another feed. This is the only place where a
// delivery is born.
func (p *recorder) putMatch(tx *bolt.Tx, m packedMatch) error {
	p.touched = true
	recorded, err := p.recordedOf(tx, m.Item)
	if err != nil {
		return err
	}
	matches := tx.Bucket(matchBucket)
	if old, again := recorded[m.Rule.Name]; again {
		if old.quiet && m.Again {
			if err := p.alert(tx, m); err != nil {
				return err
			}
		}
		m.At, m.Quiet = old.at, old.quiet && !m.Again
		recorded[m.Rule.Name] = recordedMatch{old.seq, old.at, m.Quiet}
		v, err := p.codec.pack(m.Match)
		if err != nil {
			return err
		}
		return matches.Put(join(m.Item[:], number(old.seq)), v)
	}
	if m.Seq, err = matches.NextSequence(); err != nil {
		return err
	}
	if err := matches.Put(join(m.Item[:], number(m.Seq)), m.packed); err != nil {
		return err
	}
	if err := tx.Bucket(ruleBucket).Put(join(ruleKey(m.Rule.Name), number(m.Seq)), m.Item[:]); err != nil {
		return err
	}
	if len(recorded) == 0 {
		if err := tx.Bucket(allBucket).Put(number(m.Seq), m.Item[:]); err != nil {
			return err
		}
	}
	recorded[m.Rule.Name] = recordedMatch{m.Seq, m.At, m.Quiet}
	return p.alert(tx, m)
}

func (p *recorder) alert(tx *bolt.Tx, m packedMatch) error {
	p.told[m.Key()] = len(m.Alert) > 0
	for _, receiver := range m.Alert {
		err := p.queue(tx, dewline.Delivery{
			Key:      dewline.DeliveryKey(receiver, dewline.EventMatched, m.Rule.Name, m.Item, 0),
			Receiver: receiver, Event: dewline.EventMatched, Match: m.Match,
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// rewrite queues an edit for the receivers of a rule, unless the commit tells them the
// item as one that the rule has found.
func (p *recorder) rewrite(tx *bolt.Tx, r dewline.Rewritten) error {
	if p.told[r.Match.Key()] {
		return nil
	}
	r.Match.At = p.at
	for _, receiver := range r.Alert {
		err := p.queue(tx, dewline.Delivery{
			Key:      dewline.ChangeDeliveryKey(receiver, &r.Match),
			Receiver: receiver, Event: dewline.EventChanged, Match: r.Match, Change: &r.Change,
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// recordedMatch is what a match keeps for ever.
type recordedMatch struct {
	seq   uint64
	at    time.Time
	quiet bool // until it is news by another feed
}

// recordedOf are an item's matches on record by the names of their rules, read
// once and kept up by putMatch.
func (p *recorder) recordedOf(tx *bolt.Tx, item dewline.Key) (map[string]recordedMatch, error) {
	if of, read := p.recorded[item]; read {
		return of, nil
	}
	of := make(map[string]recordedMatch)
	err := eachMatch(tx, p.codec, item, func(m dewline.Match) error {
		of[m.Rule.Name] = recordedMatch{m.Seq, m.At, m.Quiet}
		return nil
	})
	p.recorded[item] = of
	return of, err
}

// queue puts a delivery into the outbox, due now or at the end of the hold that it is born with; where it is
// silenced, at the end of the silence.
func (p *recorder) queue(tx *bolt.Tx, d dewline.Delivery) error {
	d.Queued, d.Since, d.Next, d.State = p.at, p.at, p.at, dewline.DeliveryPending
	if d.Hold != nil {
		d.State, d.Next, d.Since = d.Hold.Reason.State(), time.Time{}, d.Hold.Until
	}
	d, err := p.silenced(tx, d)
	if err != nil {
		return err
	}
	return insertDelivery(tx, p.codec, d)
}
