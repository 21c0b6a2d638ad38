package store

import (
	"context"
	"time"

	"dewline"

	bolt "go.etcd.io/bbolt"
)

// Errands are work that is owed item by item and done feed by feed, one of a feed at a
// time: articles to fetch (texts), pages to look at again (watches). The leases of a kind
// are by the feed, in memory as all leases are, and guarded by leaseMu.

// claimErrands leases, until the given time, one errand of each of the feeds of which none
// is leased. First is the item of the one that is due, nil where none is; job reads it.
func claimErrands[J any](ctx context.Context, db *DB, leases map[dewline.Key]time.Time, feeds []dewline.Key, now, until time.Time,
	first func(tx *bolt.Tx, feed dewline.Key) []byte, job func(tx *bolt.Tx, item []byte) (J, error),
) (jobs []J, err error) {
	db.leaseMu.Lock()
	defer db.leaseMu.Unlock()
	var claimed []dewline.Key
	err = db.bolt.View(func(tx *bolt.Tx) error {
		for _, feed := range feeds {
			if leases[feed].After(now) {
				continue
			}
			item := first(tx, feed)
			if item == nil {
				continue
			}
			j, err := job(tx, item)
			if err != nil {
				return err
			}
			jobs, claimed = append(jobs, j), append(claimed, feed)
		}
		return ctx.Err()
	})
	if err != nil {
		return nil, err
	}
	for _, feed := range claimed {
		leases[feed] = until
	}
	return jobs, nil
}

// nextErrand is when the next errand of one of the feeds can be claimed: when it is due
// or, where one of its feed is leased, when that lease ends.
func nextErrand(ctx context.Context, db *DB, leases map[dewline.Key]time.Time, feeds []dewline.Key,
	due func(tx *bolt.Tx, feed dewline.Key) (time.Time, bool),
) (next time.Time, ok bool, err error) {
	db.leaseMu.Lock()
	defer db.leaseMu.Unlock()
	err = db.bolt.View(func(tx *bolt.Tx) error {
		for _, feed := range feeds {
			at, waits := due(tx, feed)
			if !waits {
				continue
			}
			if end := leases[feed]; end.After(at) {
				at = end
			}
			if !ok || at.Before(next) {
				next, ok = at, true
			}
		}
		return ctx.Err()
	})
	return next, ok, err
}

// endErrand ends a feed's claim.
func (db *DB) endErrand(leases map[dewline.Key]time.Time, feed dewline.Key) {
	db.leaseMu.Lock()
	defer db.leaseMu.Unlock()
	delete(leases, feed)
}
