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

// Commit makes everything that one poll brought durable, or nothing: the feed's
// state, the record of the poll, items and versions, matches, and a delivery
// for every receiver of a match that was never recorded before. It returns
// ErrStale where the state's revision is not the one that is stored, a
// dewline.ErrOvertaken where another feed's commit came first that this one ought
// to know of, and
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
		if err := errors.Join(db.overtaken(tx, c), outrun(tx, &c.Joins)); err != nil {
			return refused{err}
		}
		return nil
	}
	apply := func(tx *bolt.Tx) error {
		defer func() { db.arrived(tx, c.Names) }()
		return p.apply(tx)
	}
	if err := db.commit(ctx, check, apply); err != nil {
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
	names   []dewline.Named
	items   []packedItem
	matches []packedMatch
	texts   []dewline.TextTask
	edits   []dewline.Rewritten
	watches []dewline.Watch
	told    dewline.Bulletin
	joins   dewline.Joins
	quiet   map[dewline.Key]bool // items whose text is owed quietly, as the version before; set by apply
	recorder
}

type packedItem struct {
	key      dewline.Key
	packed   []byte
	enriched bool // it keeps its version
}

func (db *DB) prepareCommit(c *dewline.Commit) (*pendingCommit, error) {
	p := &pendingCommit{
		state: c.State, poll: c.Poll, known: c.Known, names: c.Names, texts: c.Texts, edits: c.Rewritten, watches: c.Watches, told: c.Bulletin, joins: c.Joins,
		recorder: recorder{codec: db.codec, at: c.Poll.At.UTC()},
	}
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
	for _, it := range c.Enriched {
		packed, err := db.codec.packItem(it)
		if err != nil {
			return nil, fmt.Errorf("item %s: %w", it.Key, err)
		}
		p.items = append(p.items, packedItem{key: it.Key, packed: packed, enriched: true})
	}
	var err error
	p.matches, err = p.packMatches(c.Matches)
	return p, err
}

func (p *pendingCommit) apply(tx *bolt.Tx) error {
	p.begin()
	p.quiet = make(map[dewline.Key]bool)
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
	if err := putNames(tx, p.state.Key, p.names); err != nil {
		return err
	}
	for _, it := range p.items {
		if err := p.putItem(tx, it); err != nil {
			return err
		}
	}
	if err := p.join(tx, &p.joins); err != nil {
		return err
	}
	for _, m := range p.matches {
		if err := p.putMatch(tx, m); err != nil {
			return err
		}
	}
	for _, r := range p.edits {
		if err := p.rewrite(tx, r); err != nil {
			return err
		}
	}
	if _, err := p.tell(tx, p.told); err != nil {
		return err
	}
	if err := beginWatches(tx, p.watches); err != nil {
		return err
	}
	for _, t := range p.texts {
		t.Quiet = t.Quiet || p.quiet[t.Item]
		if err := putText(tx, t); err != nil {
			return err
		}
	}
	return nil
}

// putItem writes a new item, or puts a known one in the place of its current
// version, which it moves to the versions unless the version is the same one. An
// item stays that of the feed by which it came.
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
	value := itemValue(firstSeen(old), old[8:itemHead], it.packed)
	if hasPrefix(tx, matchBucket, it.key[:]) {
		p.touched = true
	}
	var was dewline.Item
	was, err := p.codec.unpackItem(0, old)
	if err != nil {
		return err
	}
	if it.enriched { // alerts under way repeat what was there
		if err := keepServed(tx, it.key, was.Version, old); err != nil {
			return err
		}
		if err := p.supersedeOwed(tx, it.key); err != nil {
			return err
		}
		return items.Put(bytes.Clone(seq), value)
	}
	if err := tx.Bucket(versionBucket).Put(versionKey(it.key, was.Version), old); err != nil {
		return err
	}
	if p.quiet[it.key], err = supersedeText(tx, was); err != nil {
		return err
	}
	return items.Put(bytes.Clone(seq), value)
}

// supersedeOwed takes the text of an item that was enriched out of the queue where the commit queues it anew.
func (p *pendingCommit) supersedeOwed(tx *bolt.Tx, item dewline.Key) error {
	for _, owed := range p.texts {
		if owed.Item != item {
			continue
		}
		if t, ok, err := readText(tx, item[:]); err != nil || !ok {
			return err
		} else if err := dropText(tx, t); err != nil {
			return err
		}
	}
	return nil
}

func versionKey(item dewline.Key, version int) []byte {
	return binary.BigEndian.AppendUint32(append([]byte(nil), item[:]...), uint32(version))
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
