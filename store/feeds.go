package store

import (
	"context"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"sort"
	"time"

	"dewline"

	bolt "go.etcd.io/bbolt"
)

// Register says which feeds are configured. A new one is due now; one whose
// address or schedule was changed is due now too, and keeps what it has seen.
// Feeds that are no longer configured keep their state, and are neither claimed
// nor listed. Nothing is written where nothing changed.
func (db *DB) Register(ctx context.Context, feeds []dewline.Feed, now time.Time) error {
	due := make(map[dewline.Key]time.Time, len(feeds))
	var changed []dewline.Feed
	err := db.bolt.View(func(tx *bolt.Tx) error {
		for _, f := range feeds {
			st, changes, err := register(tx, f, now)
			if err != nil {
				return err
			}
			if changes {
				changed = append(changed, f)
			}
			due[f.Key()] = dueBy(st, now)
		}
		return nil
	})
	if err == nil && len(changed) > 0 {
		err = db.commit(ctx, nil, func(tx *bolt.Tx) error { return putRegistered(tx, changed, now) })
	}
	if err != nil {
		return fmt.Errorf("register feeds: %w", err)
	}
	db.feeds.set(due)
	return nil
}

// dueBy is when a feed is due. One that was polled later than now was so before the clock was set back: it is due as if
// it had been polled now.
func dueBy(st dewline.FeedState, now time.Time) time.Time {
	if st.LastPoll.After(now) && st.Due.After(st.LastPoll) {
		return now.Add(st.Due.Sub(st.LastPoll))
	}
	return st.Due
}

// putRegistered reads each state again: a poll may have been committed since.
func putRegistered(tx *bolt.Tx, feeds []dewline.Feed, now time.Time) error {
	for _, f := range feeds {
		st, _, err := register(tx, f, now)
		if err != nil {
			return err
		}
		if err := putState(tx, st); err != nil {
			return err
		}
	}
	return nil
}

// register is the state that a feed has once it is registered, and whether that
// is another one than is stored.
func register(tx *bolt.Tx, f dewline.Feed, now time.Time) (dewline.FeedState, bool, error) {
	st, ok, err := readState(tx, f.Key())
	if err != nil || ok && st.URL == f.URL && st.Schedule == f.Schedule && st.Reading == f.Reading() {
		return st, false, err
	}
	return registered(st, f, now), true, nil
}

// registered is the state of a feed that is new, or configured otherwise than
// at its last poll. What another address, or the same read in another way, said of itself is void: its
// validators, its failures and where it moved to.
func registered(st dewline.FeedState, f dewline.Feed, now time.Time) dewline.FeedState {
	if st.Key.IsZero() {
		st = dewline.FeedState{Key: f.Key(), Status: dewline.StatusNew, StatusSince: now, URL: f.URL}
	}
	if st.URL != f.URL || st.Reading != f.Reading() {
		st.ETag, st.LastModified, st.BodyHash, st.MovedTo, st.Failures = "", "", dewline.Key{}, "", 0
		st.Offer = dewline.PushOffer{}
		st.List = nil
	}
	st.Name, st.URL, st.Reading, st.Schedule, st.Due = f.Name, f.URL, f.Reading(), f.Schedule, now
	return st
}

// ClaimFeeds leases up to limit registered feeds that are due, the longest
// overdue first, until the given time.
func (db *DB) ClaimFeeds(ctx context.Context, now, until time.Time, limit int) ([]dewline.FeedState, error) {
	keys := db.feeds.claim(now, until, limit)
	if len(keys) == 0 {
		return nil, ctx.Err()
	}
	states := make([]dewline.FeedState, 0, len(keys))
	err := db.bolt.View(func(tx *bolt.Tx) error {
		for _, key := range keys {
			st, ok, err := readState(tx, key)
			if err != nil {
				return err
			}
			if ok {
				states = append(states, st)
			}
		}
		return nil
	})
	if err != nil {
		for _, key := range keys {
			db.feeds.release(key, time.Time{})
		}
		return nil, err
	}
	return states, nil
}

// ClaimFeed leases one registered feed, due or not. It reports false where
// somebody else holds it.
func (db *DB) ClaimFeed(_ context.Context, key dewline.Key, now, until time.Time) (st dewline.FeedState, ok bool, err error) {
	if !db.feeds.registered(key) {
		return st, false, fmt.Errorf("feed %s: %w", key, ErrNotFound)
	}
	if !db.feeds.claimOne(key, now, until) {
		return st, false, nil
	}
	err = db.bolt.View(func(tx *bolt.Tx) (err error) {
		st, ok, err = readState(tx, key)
		return err
	})
	if err != nil || !ok {
		db.feeds.release(key, time.Time{})
	}
	return st, ok, err
}

// ReleaseFeed gives a claim back without a commit; the feed is due as before.
func (db *DB) ReleaseFeed(key dewline.Key) { db.feeds.release(key, time.Time{}) }

// DeferFeed gives a claim back without a commit, and has the feed due at the given time. Nothing is written.
func (db *DB) DeferFeed(key dewline.Key, until time.Time) { db.feeds.release(key, until) }

// SetBack tells that the clock was set back: what is due, and leased, in some time is so still.
func (db *DB) SetBack(by time.Duration) { db.feeds.setBack(by) }

// NextFeed is when the next registered feed may be claimed.
func (db *DB) NextFeed() (time.Time, bool) { return db.feeds.next() }

// Feeds lists the states of the registered feeds by name.
func (db *DB) Feeds(context.Context) ([]dewline.FeedState, error) {
	var states []dewline.FeedState
	err := db.bolt.View(func(tx *bolt.Tx) error {
		asked, err := subscriptions(tx)
		if err != nil {
			return err
		}
		push := bestOf(asked)
		return tx.Bucket(feedBucket).ForEach(func(k, v []byte) error {
			if !db.feeds.registered(dewline.Key(k)) {
				return nil
			}
			st, err := unpackState(dewline.Key(k), v)
			st.Texts, st.Push = readTextSums(tx, st.Key), push[st.Key]
			if err == nil {
				st.Told, err = readTold(tx, st.Key)
			}
			states = append(states, st)
			return err
		})
	})
	sort.Slice(states, func(i, j int) bool { return states[i].Name < states[j].Name })
	return states, err
}

// A state's value begins with its revision, so that a commit need not read the
// rest.

func readState(tx *bolt.Tx, key dewline.Key) (st dewline.FeedState, ok bool, err error) {
	v := tx.Bucket(feedBucket).Get(key[:])
	if v == nil {
		return st, false, nil
	}
	st, err = unpackState(key, v)
	if err == nil {
		st.Told, err = readTold(tx, key)
	}
	return st, err == nil, err
}

func unpackState(key dewline.Key, v []byte) (st dewline.FeedState, err error) {
	if len(v) < 8 {
		return st, fmt.Errorf("feed %s: a stored state is damaged", key)
	}
	if err := json.Unmarshal(v[8:], &st); err != nil {
		return st, fmt.Errorf("feed %s: a stored state is damaged: %w", key, err)
	}
	st.Revision = binary.BigEndian.Uint64(v)
	return st, nil
}

func readRevision(tx *bolt.Tx, key dewline.Key) (revision uint64, ok bool) {
	v := tx.Bucket(feedBucket).Get(key[:])
	if len(v) < 8 {
		return 0, false
	}
	return binary.BigEndian.Uint64(v), true
}

func putState(tx *bolt.Tx, st dewline.FeedState) error {
	v, err := json.Marshal(st)
	if err != nil {
		return err
	}
	return tx.Bucket(feedBucket).Put(st.Key[:], join(number(st.Revision), v))
}
