package store

import (
	"bytes"
	"context"
	"fmt"
	"time"

	"dewline"

	bolt "go.etcd.io/bbolt"
)

// A watched page is stored under its item, and stays; while it is to be looked at
// again, it stands in the index of its feed under its due time.

func watchDueKey(w dewline.Watch) []byte { return join(short(w.Feed), instant(w.Due), w.Item[:]) }

func readWatch(tx *bolt.Tx, item []byte) (dewline.Watch, bool, error) {
	return readSmall[dewline.Watch](tx, watchBucket, item)
}

func putWatch(tx *bolt.Tx, w dewline.Watch) error {
	if err := putSmall(tx, watchBucket, w.Item[:], w); err != nil || w.Due.IsZero() {
		return err
	}
	return tx.Bucket(watchDueBucket).Put(watchDueKey(w), nil)
}

// beginWatches has pages looked at of which nothing is known yet.
func beginWatches(tx *bolt.Tx, all []dewline.Watch) error {
	for _, w := range all {
		if tx.Bucket(watchBucket).Get(w.Item[:]) != nil {
			continue
		}
		if err := putWatch(tx, w); err != nil {
			return err
		}
	}
	return nil
}

// ClaimWatches leases, until the given time, the first page that is to be looked at of
// each of the feeds of which none is leased.
func (db *DB) ClaimWatches(ctx context.Context, feeds []dewline.Key, now, until time.Time) ([]dewline.WatchJob, error) {
	first := func(tx *bolt.Tx, feed dewline.Key) []byte {
		if k := nextWatch(tx, feed); k != nil && !readInstant(k[shortLen:]).After(now) {
			return k[shortLen+8:]
		}
		return nil
	}
	return claimErrands(ctx, db, db.watchLeases, feeds, now, until, first, db.watchJob)
}

// nextWatch is the key of a feed's earliest watch, nil where there is none.
func nextWatch(tx *bolt.Tx, feed dewline.Key) []byte {
	k, _ := tx.Bucket(watchDueBucket).Cursor().Seek(short(feed))
	if !bytes.HasPrefix(k, short(feed)) {
		return nil
	}
	return k
}

func (db *DB) watchJob(tx *bolt.Tx, item []byte) (job dewline.WatchJob, err error) {
	w, ok, err := readWatch(tx, item)
	if err == nil && !ok {
		err = ErrNotFound
	}
	if err != nil {
		return job, fmt.Errorf("page of item %x: %w", item, err)
	}
	job.Watch = w
	if job.Item, err = db.item(tx, w.Item); err != nil {
		return job, err
	}
	job.Matches, err = db.matchesOf(tx, w.Item)
	return job, err
}

// NextWatch is when the next page of one of the feeds can be claimed.
func (db *DB) NextWatch(ctx context.Context, feeds []dewline.Key) (time.Time, bool, error) {
	return nextErrand(ctx, db, db.watchLeases, feeds, watchDue)
}

// watchDue is when the earliest watch of a feed is due.
func watchDue(tx *bolt.Tx, feed dewline.Key) (time.Time, bool) {
	k := nextWatch(tx, feed)
	if k == nil {
		return time.Time{}, false
	}
	return readInstant(k[shortLen:]), true
}

// ReleaseWatch ends a feed's claim without a commit.
func (db *DB) ReleaseWatch(feed dewline.Key) { db.endErrand(db.watchLeases, feed) }

// CommitWatch makes durable what one look at a page came to, with a delivery for every
// receiver of its removal. It returns ErrStale, a dewline.ErrRefused, where another check
// was committed since the claim. On success the claim ends.
func (db *DB) CommitWatch(ctx context.Context, c *dewline.WatchCommit) error {
	check := func(tx *bolt.Tx) error {
		w, ok, err := readWatch(tx, c.Was.Item[:])
		if err == nil && (!ok || w.Checks != c.Was.Checks || !w.Due.Equal(c.Was.Due)) {
			err = fmt.Errorf("page of item %s: %w", c.Was.Item, ErrStale)
		}
		if err != nil {
			return refused{err}
		}
		return nil
	}
	apply := func(tx *bolt.Tx) error {
		if err := tx.Bucket(watchDueBucket).Delete(watchDueKey(c.Was)); err != nil {
			return err
		}
		if err := putWatch(tx, c.Now); err != nil {
			return err
		}
		r := recorder{codec: db.codec, at: c.At.UTC()}
		r.begin()
		for _, gone := range c.Removed {
			if err := r.remove(tx, gone); err != nil {
				return err
			}
		}
		return nil
	}
	if err := db.commit(ctx, check, apply); err != nil {
		return err
	}
	db.ReleaseWatch(c.Was.Feed)
	return nil
}

// remove queues a removal for the receivers of a rule.
func (p *recorder) remove(tx *bolt.Tx, r dewline.Removed) error {
	r.Match.At = p.at
	story, err := storyRef(tx, r.Match.Item)
	if err != nil {
		return err
	}
	for _, receiver := range r.Alert {
		err := p.queue(tx, dewline.Delivery{
			Key:      dewline.DeliveryKey(receiver, dewline.EventRemoved, r.Match.Rule.Name, r.Match.Item, 0),
			Receiver: receiver, Event: dewline.EventRemoved, Match: r.Match, Removal: &r.Removal, Story: story,
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// Watched is what is known of the page of an item; the zero value where it is not watched.
func (db *DB) Watched(_ context.Context, item dewline.Key) (w dewline.Watch, err error) {
	err = db.bolt.View(func(tx *bolt.Tx) (err error) {
		w, _, err = readWatch(tx, item[:])
		return err
	})
	return w, err
}

// addWatches leads to schema 9: there is room for pages that are watched.
func addWatches(tx *bolt.Tx) error {
	return makeBuckets(tx, watchBucket, watchDueBucket)
}

// checkWatches finds pages that nobody would look at.
func (db *DB) checkWatches(tx *bolt.Tx) error {
	waiting := 0
	err := tx.Bucket(watchBucket).ForEach(func(k, _ []byte) error {
		w, _, err := readWatch(tx, k)
		if err != nil {
			return err
		}
		if !w.Due.IsZero() {
			waiting++
			if c, _ := tx.Bucket(watchDueBucket).Cursor().Seek(watchDueKey(w)); !bytes.Equal(c, watchDueKey(w)) {
				return fmt.Errorf("the page of item %x is watched, but never due", k)
			}
		}
		_, err = db.item(tx, w.Item)
		return err
	})
	if due := tx.Bucket(watchDueBucket).Stats().KeyN; err == nil && due != waiting {
		err = fmt.Errorf("%d pages are due, %d are watched", due, waiting)
	}
	return err
}
