package store

import (
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
	"time"

	"dewline"

	bolt "go.etcd.io/bbolt"
)

// Commit makes everything that one poll brought durable, or nothing: the feed's
// state, the record of the poll, items and versions, matches, and a delivery
// for every receiver of a match that was never recorded before. It returns
// ErrStale where the state's revision is not the one that is stored, and
// ErrFull where there is no space; what is the fault of this commit alone is a
// dewline.ErrRefused. On success the claim ends.
func (db *DB) Commit(ctx context.Context, c *dewline.Commit) error {
	if err := c.Poll.Balanced(); err != nil {
		return refused{err}
	}
	p, err := db.prepareCommit(c)
	if err != nil {
		return refused{err}
	}
	check := func(tx *bolt.Tx) error {
		if err := checkRevision(tx, c.State); err != nil {
			return refused{err}
		}
		return nil
	}
	if err := db.commit(ctx, check, p.apply); err != nil {
		return err
	}
	if p.touched {
		db.revision.Add(1)
	}
	db.feeds.release(c.State.Key, p.state.Due)
	return nil
}

func checkRevision(tx *bolt.Tx, st dewline.FeedState) error {
	revision, ok := readRevision(tx, st.Key)
	switch {
	case !ok:
		return fmt.Errorf("feed %q: %w", st.Name, ErrNotFound)
	case revision != st.Revision:
		return fmt.Errorf("feed %q: %w", st.Name, ErrStale)
	}
	return nil
}

// pendingCommit is a commit whose values are written out, so that the
// transaction, which all others wait for, does no more than put them.
type pendingCommit struct {
	state   dewline.FeedState
	poll    dewline.Poll
	known   map[dewline.Key]dewline.Known
	aliases map[dewline.Key]dewline.Key
	items   []packedItem
	matches []packedMatch
	codec   *codec
	// Set by apply.
	recorded map[dewline.Key]map[string]recordedMatch
	touched  bool // a match or a matched item changed
}

type packedItem struct {
	key    dewline.Key
	packed []byte
}

// packedMatch is a match as it is stored if it is the first of its rule and item.
type packedMatch struct {
	dewline.Match
	packed []byte
}

func (db *DB) prepareCommit(c *dewline.Commit) (*pendingCommit, error) {
	p := &pendingCommit{state: c.State, poll: c.Poll, known: c.Known, aliases: c.Aliases, codec: db.codec}
	p.state.Revision++
	for _, list := range [][]dewline.Item{c.New, c.Changed} {
		for _, it := range list {
			it.Changed = c.Poll.At.UTC()
			packed, err := db.codec.packItem(it)
			if err != nil {
				return nil, fmt.Errorf("item %s: %w", it.Key, err)
			}
			p.items = append(p.items, packedItem{key: it.Key, packed: packed})
		}
	}
	for _, m := range c.Matches {
		m.Seq, m.At = 0, c.Poll.At.UTC()
		packed, err := db.codec.pack(m)
		if err != nil {
			return nil, fmt.Errorf("match of item %s: %w", m.Item, err)
		}
		p.matches = append(p.matches, packedMatch{m, packed})
	}
	return p, nil
}

func (p *pendingCommit) apply(tx *bolt.Tx) error {
	p.recorded, p.touched = make(map[dewline.Key]map[string]recordedMatch), false
	if err := putState(tx, p.state); err != nil {
		return err
	}
	if err := putPoll(tx, p.poll); err != nil {
		return err
	}
	seen := tx.Bucket(seenBucket)
	for key, k := range p.known {
		if err := seen.Put(seenKey(p.state.Key, key), knownValue(k)); err != nil {
			return err
		}
	}
	if err := putAliases(tx, p.state.Key, p.aliases); err != nil {
		return err
	}
	for _, it := range p.items {
		if err := p.putItem(tx, it); err != nil {
			return err
		}
	}
	for _, m := range p.matches {
		if err := p.putMatch(tx, m); err != nil {
			return err
		}
	}
	return nil
}

// putItem writes a new item, or moves the current version of a known one to the
// versions and puts the new one in its place.
func (p *pendingCommit) putItem(tx *bolt.Tx, it packedItem) error {
	items, keys := tx.Bucket(itemBucket), tx.Bucket(itemKeyBucket)
	seq := keys.Get(it.key[:])
	if seq == nil {
		n, err := items.NextSequence()
		if err != nil {
			return err
		}
		seq = number(n)
		if err := keys.Put(it.key[:], seq); err != nil {
			return err
		}
		return items.Put(seq, itemValue(p.poll.At, short(p.state.Key), it.packed))
	}
	old := bytes.Clone(items.Get(seq)) // it is put elsewhere below
	var was dewline.Item
	was, err := p.codec.unpackItem(0, old)
	if err != nil {
		return err
	}
	if err := tx.Bucket(versionBucket).Put(versionKey(it.key, was.Version), old); err != nil {
		return err
	}
	if hasPrefix(tx, matchBucket, it.key[:]) {
		p.touched = true
	}
	return items.Put(append([]byte(nil), seq...), itemValue(firstSeen(old), short(p.state.Key), it.packed))
}

func versionKey(item dewline.Key, version int) []byte {
	return binary.BigEndian.AppendUint32(append([]byte(nil), item[:]...), uint32(version))
}

// putMatch records a match. One that is on record already takes the hits of the
// new version and queues nothing: this is the only place where a delivery is
// born.
func (p *pendingCommit) putMatch(tx *bolt.Tx, m packedMatch) error {
	p.touched = true
	recorded, err := p.recordedOf(tx, m.Item)
	if err != nil {
		return err
	}
	matches := tx.Bucket(matchBucket)
	if old, again := recorded[m.Rule.Name]; again {
		m.At = old.at
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
	recorded[m.Rule.Name] = recordedMatch{m.Seq, m.At}
	for _, receiver := range m.Alert {
		if err := p.queue(tx, receiver, m.Match); err != nil {
			return err
		}
	}
	return nil
}

// recordedMatch is what a match keeps for ever.
type recordedMatch struct {
	seq uint64
	at  time.Time
}

// recordedOf are an item's matches on record by the names of their rules, read
// once and kept up by putMatch.
func (p *pendingCommit) recordedOf(tx *bolt.Tx, item dewline.Key) (map[string]recordedMatch, error) {
	if of, read := p.recorded[item]; read {
		return of, nil
	}
	of := make(map[string]recordedMatch)
	err := eachMatch(tx, p.codec, item, func(m dewline.Match) error {
		of[m.Rule.Name] = recordedMatch{m.Seq, m.At}
		return nil
	})
	p.recorded[item] = of
	return of, err
}

func (p *pendingCommit) queue(tx *bolt.Tx, receiver string, m dewline.Match) error {
	at := p.poll.At.UTC()
	d := dewline.Delivery{
		Key:      dewline.DeliveryKey(receiver, dewline.EventMatched, m.Rule.Name, m.Item, 0),
		Receiver: receiver, Event: dewline.EventMatched, Match: m,
		Queued: at, Since: at, State: dewline.DeliveryPending, Next: at,
	}
	return insertDelivery(tx, p.codec, d)
}

// Known returns what is remembered of those of the items that were committed.
func (db *DB) Known(ctx context.Context, feed dewline.Key, items []dewline.Key) (map[dewline.Key]dewline.Known, error) {
	known := make(map[dewline.Key]dewline.Known, len(items))
	err := db.bolt.View(func(tx *bolt.Tx) error {
		seen := tx.Bucket(seenBucket)
		for _, key := range items {
			if v := seen.Get(seenKey(feed, key)); v != nil {
				known[key] = readKnown(v)
			}
		}
		return ctx.Err()
	})
	return known, err
}

// Revision moves with every commit that touched a match or a matched item. Who
// keeps what he made of them may keep it as long as the revision stands.
func (db *DB) Revision() uint64 { return db.revision.Load() }
