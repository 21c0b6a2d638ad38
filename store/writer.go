package store

import (
	"context"
	"sync"

	bolt "go.etcd.io/bbolt"
)

// writer shares one transaction, and so one fsync, among all writes that wait
// while the one before is on its way to the disk. A lone write waits for
// nobody.
type writer struct {
	mu      sync.Mutex
	waiting []*write // guarded by mu
	busy    bool     // a goroutine is writing; guarded by mu
	written int      // since the last trim; owned by the goroutine that writes
	idle    sync.WaitGroup
}

// write is one change. check may refuse it without harm to the others of its
// transaction, so it must not change anything; apply may fail only as the disk
// does, and then the whole transaction fails. done is told the result once it
// is durable.
type write struct {
	check func(*bolt.Tx) error
	apply func(*bolt.Tx) error
	done  chan error
}

// maxGroup bounds a transaction.
const maxGroup = 256

// commit carries a change out. Once it is queued it is not withdrawn.
func (db *DB) commit(ctx context.Context, check, apply func(*bolt.Tx) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	w := &write{check: check, apply: apply, done: make(chan error, 1)}
	db.writes.mu.Lock()
	db.writes.waiting = append(db.writes.waiting, w)
	if !db.writes.busy {
		db.writes.busy = true
		db.writes.idle.Go(db.drain)
	}
	db.writes.mu.Unlock()
	return <-w.done
}

// drain writes groups until nobody waits.
func (db *DB) drain() {
	for {
		group := db.writes.next()
		if group == nil {
			return
		}
		db.writeGroup(group)
		if db.writes.written += len(group); db.writes.written >= trimEvery {
			db.writes.written = 0
			_ = db.trim() // advice: where it is not taken, nothing is lost but memory
		}
	}
}

func (q *writer) next() []*write {
	q.mu.Lock()
	defer q.mu.Unlock()
	n := min(len(q.waiting), maxGroup)
	if n == 0 {
		q.busy, q.waiting = false, nil
		return nil
	}
	group := q.waiting[:n:n]
	q.waiting = q.waiting[n:]
	return group
}

func (q *writer) wait() { q.idle.Wait() }

func (db *DB) writeGroup(group []*write) {
	results := make([]error, len(group))
	err := db.bolt.Update(func(tx *bolt.Tx) error {
		for i, w := range group {
			if w.check != nil {
				if results[i] = w.check(tx); results[i] != nil {
					continue
				}
			}
			if err := w.apply(tx); err != nil {
				return err
			}
		}
		return nil
	})
	for i, w := range group {
		if err != nil && results[i] == nil {
			results[i] = named(err)
		}
		w.done <- results[i]
	}
}
