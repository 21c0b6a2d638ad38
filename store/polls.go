package store

import (
	"bytes"
	"context"
	"encoding/binary"
	"encoding/json"
	"errors"
	"maps"
	"time"

	"dewline"

	bolt "go.etcd.io/bbolt"
)

// Most polls of a feed are like the one before. Such polls stand in one record: the first of them whole, and of
// each other one the time since the one before, how long it took, and the bytes received, in a few bytes.
//
// A record is runVersion, the length of the first poll's JSON, that JSON, and the others. What a version before
// wrote is JSON alone, and begins with its brace.
const runVersion = 1

const (
	// runFor and runBytes bound a record, so that what is kept can be pruned to the day and a commit writes
	// little.
	runFor   = 24 * time.Hour
	runBytes = 1 << 10
)

// storedPoll is a record without what its key says already: there are many.
type storedPoll struct {
	*dewline.Poll
	Feed  *dewline.Key   `json:"feed,omitempty"`
	At    *time.Time     `json:"at,omitempty"`
	Took  *time.Duration `json:"took,omitempty"`
	Bytes *int64         `json:"bytes,omitempty"`
}

var errPoll = errors.New("a stored poll record is damaged")

// putPoll writes a poll record, or adds the poll to the record of those before that were like it. It takes away
// the feed's oldest records where they are too old: at most two for each that is written, so that no commit
// pays for a long pause.
func putPoll(tx *bolt.Tx, p dewline.Poll) error {
	same, err := json.Marshal(storedPoll{Poll: &p})
	if err != nil {
		return err
	}
	polls := tx.Bucket(pollBucket)
	prefix := short(p.Feed)
	if k, v := lastBefore(polls.Cursor(), prefix, 0); bytes.HasPrefix(k, prefix) {
		if longer, ok := extend(readInstant(k[shortLen:]), v, same, p); ok {
			return polls.Put(bytes.Clone(k), longer)
		}
	}
	if err := polls.Put(join(prefix, instant(p.At)), beginRun(same, p)); err != nil {
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

func beginRun(same []byte, p dewline.Poll) []byte {
	v := binary.AppendUvarint([]byte{runVersion}, uint64(len(same)))
	v = append(v, same...)
	return appendTimes(v, 0, p)
}

// appendTimes adds what differs between polls that are alike: to the millisecond.
func appendTimes(v []byte, since time.Duration, p dewline.Poll) []byte {
	v = binary.AppendUvarint(v, uint64(since.Milliseconds()))          //nolint:gosec // extend refuses what is negative
	v = binary.AppendUvarint(v, uint64(max(0, p.Took.Milliseconds()))) //nolint:gosec // bounded
	return binary.AppendUvarint(v, uint64(max(0, p.Bytes)))            //nolint:gosec // bounded
}

// extend adds a poll to a record, if it is like the record's others and the record is not full. The key has
// the first poll's time to the nanosecond; each further one is counted in milliseconds from the one before.
func extend(first time.Time, v, same []byte, p dewline.Poll) (longer []byte, ok bool) {
	r, ok := readRun(v)
	if !ok || !bytes.Equal(r.same, same) || p.New+p.Changed+p.Matches > 0 || p.At.Sub(first) >= runFor || len(v) >= runBytes {
		return nil, false
	}
	last := first
	for r.next() {
		last = last.Add(r.since)
	}
	since := p.At.Sub(last)
	if r.damaged || since <= 0 {
		return nil, false
	}
	return appendTimes(bytes.Clone(v), since, p), true
}

// run reads a record.
type run struct {
	same    []byte // the JSON that holds for all its polls
	rest    []byte
	damaged bool

	// Of the poll that next came to.
	since time.Duration
	took  time.Duration
	bytes int64
}

func readRun(v []byte) (r run, ok bool) {
	if len(v) < 2 || v[0] != runVersion {
		return r, false
	}
	n, size := binary.Uvarint(v[1:])
	if size <= 0 || n > uint64(len(v)-1-size) {
		return r, false
	}
	v = v[1+size:]
	return run{same: v[:n], rest: v[n:]}, true
}

// next goes on to the next poll.
func (r *run) next() bool {
	var of [3]uint64
	if len(r.rest) == 0 {
		return false
	}
	for i := range of {
		n, size := binary.Uvarint(r.rest)
		if size <= 0 {
			r.damaged = true
			return false
		}
		of[i], r.rest = n, r.rest[size:]
	}
	r.since, r.took, r.bytes = time.Duration(of[0])*time.Millisecond, time.Duration(of[1])*time.Millisecond, int64(of[2]) //nolint:gosec // as written
	return true
}

// readPolls are the polls of a record, the oldest first.
func readPolls(feed dewline.Key, first time.Time, v []byte) (list []dewline.Poll, err error) {
	p := dewline.Poll{}
	if len(v) > 0 && v[0] == '{' {
		err := json.Unmarshal(v, &p)
		p.Feed, p.At = feed, first
		return []dewline.Poll{p}, err
	}
	r, ok := readRun(v)
	if !ok {
		return nil, errPoll
	}
	if err := json.Unmarshal(r.same, &p); err != nil {
		return nil, err
	}
	rejected := p.Rejected
	for at := first; r.next(); {
		at = at.Add(r.since)
		p.Feed, p.At, p.Took, p.Bytes, p.Rejected = feed, at, r.took, r.bytes, maps.Clone(rejected)
		list = append(list, p)
	}
	if r.damaged {
		return nil, errPoll
	}
	return list, nil
}

// Polls lists a feed's poll records, the newest first.
func (db *DB) Polls(ctx context.Context, feed dewline.Key, f dewline.PollFilter) (list []dewline.Poll, err error) {
	err = db.bolt.View(func(tx *bolt.Tx) error {
		prefix, before := short(feed), uint64(0)
		if !f.Until.IsZero() {
			before = max(1, uint64(f.Until.UnixNano())) //nolint:gosec // there are no polls before 1970
		}
		c := tx.Bucket(pollBucket).Cursor()
		for k, v := lastBefore(c, prefix, before); bytes.HasPrefix(k, prefix); k, v = c.Prev() {
			first := readInstant(k[shortLen:])
			polls, err := readPolls(feed, first, v)
			if err != nil {
				return err
			}
			for i := len(polls) - 1; i >= 0; i-- {
				switch at := polls[i].At; {
				case !f.Until.IsZero() && !at.Before(f.Until):
				case at.Before(f.Since):
					return nil
				case f.Gaps && !polls[i].Gap.Open():
				default:
					list = append(list, polls[i])
				}
				if f.Limit > 0 && len(list) == f.Limit {
					return nil
				}
			}
			if err := ctx.Err(); err != nil {
				return err
			}
		}
		return nil
	})
	return list, err
}

// pollsKept is how long poll records are kept.
const pollsKept = 35 * 24 * time.Hour
