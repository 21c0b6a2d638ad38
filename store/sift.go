package store

import (
	"context"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"runtime"
	"runtime/debug"
	"sync/atomic"
	"time"

	"dewline"

	"github.com/klauspost/compress/zstd"
	bolt "go.etcd.io/bbolt"
	"golang.org/x/sync/errgroup"
)

// How much Sift looks at in one call. The bytes are those of the items once they
// are decompressed: a hostile feed's items of megabytes must not stand in memory
// by the hundred.
const (
	siftItems = 512
	siftBytes = 8 << 20
)

// Judge says whether an item is wanted, and why. It is called on several
// goroutines at once; the item is its own to keep or to change.
type Judge = func(*dewline.Item) (dewline.Found, bool)

// Sift puts a question to a page of the items that were first seen at or after
// since, the newest first, from before the given Seq on; 0 is from the newest.
// The items come without their mark-up. They are decompressed and judged on all cores, outside of any transaction.
// It is for the caller to go on at Next, to rest between two pages, and to stop.
func (db *DB) Sift(ctx context.Context, before uint64, since time.Time, judge Judge) (s dewline.Sifted, err error) {
	page, next, err := db.siftPage(ctx, before, since)
	if err != nil {
		return s, err
	}
	found := make([]*dewline.Found, len(page))
	var taken atomic.Int64
	work, ctx := errgroup.WithContext(ctx)
	for range min(runtime.GOMAXPROCS(0), len(page)) {
		work.Go(func() (err error) {
			room := sieve{db.codec, judge, nil}
			for i := taken.Add(1) - 1; i < int64(len(page)) && err == nil; i = taken.Add(1) - 1 {
				if found[i], err = room.judged(page[i]); err == nil {
					err = ctx.Err()
				}
			}
			return err
		})
	}
	if err := work.Wait(); err != nil {
		return s, err
	}
	s.Looked, s.Next = len(page), next
	for _, f := range found {
		if f != nil {
			s.Found = append(s.Found, *f)
		}
	}
	return s, db.withStories(s.Found)
}

// withStories adds where the items are in stories.
func (db *DB) withStories(found []dewline.Found) error {
	if len(found) == 0 {
		return nil
	}
	return db.bolt.View(func(tx *bolt.Tx) (err error) {
		for i := range found {
			if found[i].Item.Story, err = storyRef(tx, found[i].Item.Key); err != nil {
				return err
			}
		}
		return nil
	})
}

// packed is an item as it is stored.
type packed struct {
	seq   uint64
	value []byte
}

// siftPage copies a page of items out of the file; next is 0 at the end.
func (db *DB) siftPage(ctx context.Context, before uint64, since time.Time) (page []packed, next uint64, err error) {
	err = db.bolt.View(func(tx *bolt.Tx) error {
		c := tx.Bucket(itemBucket).Cursor()
		size, read, last := 0, 0, uint64(0)
		for k, v := lastBefore(c, nil, before); k != nil; k, v = c.Prev() {
			if len(page) == siftItems || size >= siftBytes || read == 100*siftItems {
				next = last
				return ctx.Err()
			}
			read++
			last = binary.BigEndian.Uint64(k)
			if len(v) >= itemHead && firstSeen(v).Before(since) {
				if firstSeen(v).Before(since.Add(-lateFirstSight)) {
					return ctx.Err()
				}
				continue
			}
			page = append(page, packed{last, append([]byte(nil), v...)})
			size += unpackedSize(v)
		}
		return ctx.Err()
	})
	return page, next, err
}

// unpackedSize is how long an item's value is once it is decompressed.
func unpackedSize(value []byte) int {
	var head zstd.Header
	if len(value) < itemHead || head.Decode(value[itemHead:]) != nil || !head.HasFCS {
		return len(value)
	}
	return int(min(head.FrameContentSize, siftBytes))
}

// sieve is one goroutine's room for unpacking one item after another.
type sieve struct {
	*codec
	judge Judge
	raw   []byte
}

// judged unpacks and judges an item; nil where it is not wanted. A panic in what a
// hostile text set off is an error of the one search.
func (s *sieve) judged(p packed) (f *dewline.Found, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("item %d of the store: %v\n%s", p.seq, r, debug.Stack())
		}
	}()
	it, err := s.unpack(p)
	if err != nil {
		return nil, err
	}
	if found, ok := s.judge(it); ok {
		return &found, nil
	}
	return nil, nil
}

// unpack is unpackItem for many: into the same room, and without the mark-up.
func (s *sieve) unpack(p packed) (_ *dewline.Item, err error) {
	if len(p.value) < itemHead {
		return nil, fmt.Errorf("item %d: a stored value is damaged", p.seq)
	}
	if s.raw, err = s.dec.DecodeAll(p.value[itemHead:], s.raw[:0]); err != nil {
		return nil, fmt.Errorf("item %d: a stored value is damaged: %w", p.seq, err)
	}
	var v struct {
		dewline.Item
		HTML unread `json:"html"`
	}
	if err := json.Unmarshal(s.raw, &v); err != nil {
		return nil, fmt.Errorf("item %d: a stored value is damaged: %w", p.seq, err)
	}
	v.FirstSeen, v.Seq = firstSeen(p.value), p.seq
	return &v.Item, nil
}

// unread is a member that is passed over.
type unread struct{}

// UnmarshalJSON does nothing.
func (unread) UnmarshalJSON([]byte) error { return nil }
