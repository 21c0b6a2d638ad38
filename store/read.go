package store

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"iter"
	"time"

	"dewline"

	bolt "go.etcd.io/bbolt"
)

func hasPrefix(tx *bolt.Tx, bucket, prefix []byte) bool {
	k, _ := tx.Bucket(bucket).Cursor().Seek(prefix)
	return bytes.HasPrefix(k, prefix)
}

// eachMatch walks an item's matches in the order of their recording.
func eachMatch(tx *bolt.Tx, c *codec, item dewline.Key, f func(dewline.Match) error) error {
	cur := tx.Bucket(matchBucket).Cursor()
	for k, v := cur.Seek(item[:]); bytes.HasPrefix(k, item[:]); k, v = cur.Next() {
		var m dewline.Match
		if err := c.unpack(v, &m); err != nil {
			return err
		}
		m.Seq = binary.BigEndian.Uint64(k[len(item):])
		if err := f(m); err != nil {
			return err
		}
	}
	return nil
}

func (db *DB) matchesOf(tx *bolt.Tx, item dewline.Key) (list []dewline.Match, err error) {
	err = eachMatch(tx, db.codec, item, func(m dewline.Match) error {
		list = append(list, m)
		return nil
	})
	return list, err
}

func (db *DB) item(tx *bolt.Tx, key dewline.Key) (it dewline.Item, err error) {
	seq := tx.Bucket(itemKeyBucket).Get(key[:])
	if seq == nil {
		return it, fmt.Errorf("item %s: %w", key, ErrNotFound)
	}
	return db.codec.unpackItem(binary.BigEndian.Uint64(seq), tx.Bucket(itemBucket).Get(seq))
}

// itemVersion is an item in one of its versions.
func (db *DB) itemVersion(tx *bolt.Tx, key dewline.Key, version int) (dewline.Item, error) {
	it, err := db.item(tx, key)
	if err != nil || it.Version == version {
		return it, err
	}
	v := tx.Bucket(versionBucket).Get(versionKey(key, version))
	if v == nil {
		return it, fmt.Errorf("item %s, version %d: %w", key, version, ErrNotFound)
	}
	return db.codec.unpackItem(it.Seq, v)
}

// Item is an item in its current version, or ErrNotFound.
func (db *DB) Item(_ context.Context, key dewline.Key) (it dewline.Item, err error) {
	err = db.bolt.View(func(tx *bolt.Tx) (err error) {
		it, err = db.item(tx, key)
		it, err = withStory(tx, it, err)
		return err
	})
	return it, err
}

// Versions are all versions of an item, the oldest first.
func (db *DB) Versions(_ context.Context, key dewline.Key) (list []dewline.Item, err error) {
	err = db.bolt.View(func(tx *bolt.Tx) error {
		current, err := db.item(tx, key)
		if current, err = withStory(tx, current, err); err != nil {
			return err
		}
		c := tx.Bucket(versionBucket).Cursor()
		for k, v := c.Seek(key[:]); bytes.HasPrefix(k, key[:]); k, v = c.Next() {
			it, err := db.codec.unpackItem(current.Seq, v)
			if err != nil {
				return err
			}
			list = append(list, it)
		}
		list = append(list, current)
		return nil
	})
	return list, err
}

// Past is an item as it stands, and all its versions as feeds served them.
func (db *DB) Past(_ context.Context, key dewline.Key) (past dewline.Past, err error) {
	err = db.bolt.View(func(tx *bolt.Tx) error {
		past.Current, err = db.item(tx, key)
		if err != nil {
			return err
		}
		c := tx.Bucket(versionBucket).Cursor()
		for k, v := c.Seek(key[:]); bytes.HasPrefix(k, key[:]); k, v = c.Next() {
			it, err := db.codec.unpackItem(past.Current.Seq, v)
			if err != nil {
				return err
			}
			past.Served, past.Before = append(past.Served, it), it
		}
		past.Served = append(past.Served, past.Current)
		for i, it := range past.Served {
			if past.Served[i], err = db.asServed(tx, it); err != nil {
				return err
			}
		}
		return nil
	})
	if errors.Is(err, ErrNotFound) {
		return dewline.Past{}, nil
	}
	return past, err
}

// MatchesOf are the matches recorded of an item, in the order of recording.
func (db *DB) MatchesOf(_ context.Context, item dewline.Key) (list []dewline.Match, err error) {
	err = db.bolt.View(func(tx *bolt.Tx) (err error) {
		list, err = db.matchesOf(tx, item)
		return err
	})
	return list, err
}

// Matches lists what a rule matched, the newest first, from before the given
// Seq on; 0 is from the newest. For rule "" it lists what any rule matched: an
// item once, at its first match, with all its matches.
func (db *DB) Matches(ctx context.Context, rule string, before uint64, limit int) (list []dewline.Matched, err error) {
	err = db.bolt.View(func(tx *bolt.Tx) error {
		bucket, prefix := tx.Bucket(allBucket), []byte(nil)
		if rule != "" {
			bucket, prefix = tx.Bucket(ruleBucket), ruleKey(rule)
		}
		c := bucket.Cursor()
		for k, key := lastBefore(c, prefix, before); k != nil && bytes.HasPrefix(k, prefix) && len(list) < limit; k, key = c.Prev() {
			m, err := db.matched(tx, dewline.Key(key), rule)
			if err != nil {
				return err
			}
			m.Seq = binary.BigEndian.Uint64(k[len(prefix):])
			list = append(list, m)
			if err := ctx.Err(); err != nil {
				return err
			}
		}
		return nil
	})
	return list, err
}

// lastBefore moves to the last key of the prefix whose number is below before.
func lastBefore(c *bolt.Cursor, prefix []byte, before uint64) (k, v []byte) {
	if before == 0 {
		before = ^uint64(0)
	}
	if k, _ := c.Seek(join(prefix, number(before))); k == nil {
		return c.Last()
	}
	return c.Prev()
}

// matched is an item with its matches of one rule, or of all. A copy of greater standing takes its place.
func (db *DB) matched(tx *bolt.Tx, key dewline.Key, rule string) (m dewline.Matched, err error) {
	m.First = key
	if m.Matches, err = db.matchesBy(tx, key, rule); err != nil {
		return m, err
	}
	for i := range m.Matches {
		g, err := groupOf(tx, &m.Matches[i])
		if err != nil {
			return m, err
		}
		if g != nil && (m.Group == nil || g.Standing > m.Group.Standing) {
			m.Group = g
		}
	}
	if m.Group != nil && m.Group.Head != key {
		return m, db.headed(tx, &m, rule)
	}
	m.Item, err = db.item(tx, key)
	m.Item, err = withStory(tx, m.Item, err)
	return m, err
}

// headed puts the head in the place of the item, with its matches; of a rule that did not find it, the item's stays.
func (db *DB) headed(tx *bolt.Tx, m *dewline.Matched, rule string) (err error) {
	m.Item, err = db.item(tx, m.Group.Head)
	if m.Item, err = withStory(tx, m.Item, err); err != nil {
		return err
	}
	heads, err := db.matchesBy(tx, m.Item.Key, rule)
	for i := range m.Matches {
		for _, h := range heads {
			if h.Rule.Name == m.Matches[i].Rule.Name {
				m.Matches[i] = h
			}
		}
	}
	return err
}

func (db *DB) matchesBy(tx *bolt.Tx, item dewline.Key, rule string) (list []dewline.Match, err error) {
	all, err := db.matchesOf(tx, item)
	for _, m := range all {
		if rule == "" || m.Rule.Name == rule {
			list = append(list, m)
		}
	}
	return list, err
}

// exportPage is how many items one read transaction serves: a reader that is
// slow for hours must not keep old pages from being used again.
const exportPage = 256

// Items walks the items that were first seen at or after since, in the order of
// first sight; of one feed, those among them that came by another feed first, or
// of all where feed is "".
func (db *DB) Items(ctx context.Context, since time.Time, feed string) iter.Seq2[dewline.Item, error] {
	return func(yield func(dewline.Item, error) bool) {
		only, err := db.ofFeed(ctx, feed)
		if err != nil {
			yield(dewline.Item{}, err)
			return
		}
		for from := uint64(0); ; {
			page, next, err := db.itemPage(ctx, from, since, only)
			if err != nil {
				yield(dewline.Item{}, err)
				return
			}
			for _, it := range page {
				if !yield(it, nil) {
					return
				}
			}
			if next == 0 {
				return
			}
			from = next
		}
	}
}

// ofFeed chooses the items of a feed; all of them where it is zero.
type ofFeed struct {
	feed   []byte          // the short key
	joined map[string]bool // places of items that came by another feed first
}

func (f ofFeed) has(seq, item []byte) bool {
	return f.feed == nil || bytes.Equal(item[8:itemHead], f.feed) || f.joined[string(seq)]
}

func (db *DB) ofFeed(ctx context.Context, feed string) (of ofFeed, err error) {
	if feed == "" {
		return of, nil
	}
	of = ofFeed{feed: short(dewline.FeedKey(feed)), joined: make(map[string]bool)}
	err = db.bolt.View(func(tx *bolt.Tx) error {
		c := tx.Bucket(seenBucket).Cursor()
		for k, v := c.Seek(of.feed); bytes.HasPrefix(k, of.feed); k, v = c.Next() {
			if len(v) > knownLen {
				of.joined[string(tx.Bucket(itemKeyBucket).Get(v[knownLen:]))] = true
			}
		}
		return ctx.Err()
	})
	return of, err
}

// itemPage reads a page of items from a seq on; next is 0 at the end.
func (db *DB) itemPage(ctx context.Context, from uint64, since time.Time, only ofFeed) (page []dewline.Item, next uint64, err error) {
	err = db.bolt.View(func(tx *bolt.Tx) error {
		c := tx.Bucket(itemBucket).Cursor()
		read := 0
		for k, v := c.Seek(number(from)); k != nil; k, v = c.Next() {
			seq := binary.BigEndian.Uint64(k)
			if len(page) == exportPage || read == 100*exportPage {
				next = seq
				return ctx.Err()
			}
			read++
			if len(v) < itemHead || firstSeen(v).Before(since) || !only.has(k, v) {
				continue
			}
			it, err := db.codec.unpackItem(seq, v)
			if it, err = withStory(tx, it, err); err != nil {
				return err
			}
			page = append(page, it)
		}
		return ctx.Err()
	})
	return page, next, err
}
