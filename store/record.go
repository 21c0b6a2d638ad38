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
	placed   map[dewline.Key]*dewline.Placed
	broken   map[dewline.Key]bool // items that ceased to be copies by this commit
	rules    map[string]dewline.StoryRule
}

func (p *recorder) begin() {
	p.recorded, p.touched = make(map[dewline.Key]map[string]recordedMatch), false
	p.told, p.placed, p.broken = make(map[dewline.Key]bool), make(map[dewline.Key]*dewline.Placed), make(map[dewline.Key]bool)
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
// quiet first poll, and it is news by another feed; or because it was a copy, and is none any more. This is the only
// place where a delivery is born of a match.
func (p *recorder) putMatch(tx *bolt.Tx, m packedMatch) error {
	p.touched = true
	recorded, err := p.recordedOf(tx, m.Item)
	if err != nil {
		return err
	}
	if old, again := recorded[m.Rule.Name]; again {
		return p.matchAgain(tx, m, old)
	}
	if at, first := p.first(m.Rule.Name, m.Item); first {
		if m.Copy, err = p.gather(tx, m.Rule.Name, at); err != nil {
			return err
		}
	}
	if m.Copy {
		if m.packed, err = p.codec.pack(m.Match); err != nil {
			return err
		}
	}
	matches := tx.Bucket(matchBucket)
	if m.Seq, err = matches.NextSequence(); err != nil {
		return err
	}
	if err := matches.Put(join(m.Item[:], number(m.Seq)), m.packed); err != nil {
		return err
	}
	if !m.Copy {
		if err := p.index(tx, m.Rule.Name, m.Item, m.Seq); err != nil {
			return err
		}
	}
	recorded[m.Rule.Name] = recordedMatch{m.Seq, m.At, m.Quiet, m.Copy}
	return p.alert(tx, m, 0)
}

// index puts a match into the list of its rule and, where it is the item's first there, of all.
func (p *recorder) index(tx *bolt.Tx, rule string, item dewline.Key, seq uint64) error {
	listed := false
	for _, m := range p.recorded[item] {
		listed = listed || !m.copy
	}
	if !listed {
		if err := tx.Bucket(allBucket).Put(number(seq), item[:]); err != nil {
			return err
		}
	}
	return tx.Bucket(ruleBucket).Put(join(ruleKey(rule), number(seq)), item[:])
}

func (p *recorder) matchAgain(tx *bolt.Tx, m packedMatch, old recordedMatch) error {
	var err error
	switch {
	case old.quiet && m.Again:
		err = p.alert(tx, m, 0)
	case p.broken[m.Item] && !old.quiet:
		m.At = old.at
		err = p.alert(tx, m, m.Version)
	}
	if err != nil {
		return err
	}
	m.At, m.Copy, m.Quiet = old.at, old.copy, old.quiet && !m.Again
	p.recorded[m.Item][m.Rule.Name] = recordedMatch{old.seq, old.at, m.Quiet, m.Copy}
	v, err := p.codec.pack(m.Match)
	if err != nil {
		return err
	}
	return tx.Bucket(matchBucket).Put(join(m.Item[:], number(old.seq)), v)
}

// alert queues a match for its receivers. again is 0, or the version in which an item broke out of what it was a copy
// of: then for those that were not told of it.
func (p *recorder) alert(tx *bolt.Tx, m packedMatch, again int) error {
	for _, receiver := range m.Alert {
		if again > 0 {
			if knows, err := p.knows(tx, receiver, &m.Match); err != nil {
				return err
			} else if knows {
				continue
			}
		}
		told, err := p.announceItem(tx, dewline.Delivery{
			Key:      dewline.DeliveryKey(receiver, dewline.EventMatched, m.Rule.Name, m.Item, again),
			Receiver: receiver, Event: dewline.EventMatched, Match: m.Match,
		})
		if err != nil {
			return err
		}
		p.told[m.Key()] = p.told[m.Key()] || told
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
		_, err := p.announceItem(tx, dewline.Delivery{
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
	copy  bool
}

// recordedOf are an item's matches on record by the names of their rules, read
// once and kept up by putMatch.
func (p *recorder) recordedOf(tx *bolt.Tx, item dewline.Key) (map[string]recordedMatch, error) {
	if of, read := p.recorded[item]; read {
		return of, nil
	}
	of := make(map[string]recordedMatch)
	err := eachMatch(tx, p.codec, item, func(m dewline.Match) error {
		of[m.Rule.Name] = recordedMatch{m.Seq, m.At, m.Quiet, m.Copy}
		return nil
	})
	p.recorded[item] = of
	return of, err
}

// queue puts a delivery into the outbox, due now or at the end of the hold that it is born with; where it is
// silenced, at the end of the silence.
func (p *recorder) queue(tx *bolt.Tx, d dewline.Delivery) error {
	d.Queued, d.Since, d.Next, d.State = p.at, p.at, p.at, dewline.DeliveryPending
	d.Critical = d.Match.Critical
	if d.Hold != nil {
		d.State, d.Next, d.Since = d.Hold.Reason.State(), time.Time{}, d.Hold.Until
	}
	d, err := p.silenced(tx, d)
	if err != nil {
		return err
	}
	return insertDelivery(tx, p.codec, d)
}
