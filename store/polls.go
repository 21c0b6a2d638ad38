package store

import (
	"bytes"
	"context"
	"encoding/json"
	"time"

	"dewline"

	bolt "go.etcd.io/bbolt"
)

// storedPoll is a record without what its key says already: there are many.
type storedPoll struct {
	*dewline.Poll
	Feed *dewline.Key `json:"feed,omitempty"`
	At   *time.Time   `json:"at,omitempty"`
}

// putPoll writes a poll record, and takes away the feed's oldest where they are
// too old: at most two for each that is written, so that no commit pays for a
// long pause.
func putPoll(tx *bolt.Tx, p dewline.Poll) error {
	v, err := json.Marshal(storedPoll{Poll: &p})
	if err != nil {
		return err
	}
	polls := tx.Bucket(pollBucket)
	prefix := short(p.Feed)
	if err := polls.Put(join(prefix, instant(p.At)), v); err != nil {
		return err
	}
	for range 2 {
		k, _ := polls.Cursor().Seek(prefix)
		if !bytes.HasPrefix(k, prefix) || bytes.Compare(k[shortLen:], instant(p.At.Add(-pollsKept))) >= 0 {
			return nil
		}
		if err := polls.Delete(bytes.Clone(k)); err != nil {
			return err
		}
	}
	return nil
}

// Polls lists a feed's poll records since a time, the newest first. A limit of
// 0 is all.
func (db *DB) Polls(_ context.Context, feed dewline.Key, since time.Time, limit int) (list []dewline.Poll, err error) {
	err = db.bolt.View(func(tx *bolt.Tx) error {
		prefix := short(feed)
		c := tx.Bucket(pollBucket).Cursor()
		for k, v := lastBefore(c, prefix, 0); bytes.HasPrefix(k, prefix) && (limit == 0 || len(list) < limit); k, v = c.Prev() {
			p := dewline.Poll{}
			if err := json.Unmarshal(v, &p); err != nil {
				return err
			}
			p.Feed, p.At = feed, readInstant(k[shortLen:])
			if p.At.Before(since) {
				return nil
			}
			list = append(list, p)
		}
		return nil
	})
	return list, err
}

// pollsKept is how long poll records are kept.
const pollsKept = 35 * 24 * time.Hour
