package store

import (
	"container/heap"
	"sync"
	"time"

	"dewline"
)

// feedQueue holds the registered feeds in the order of their due times. A
// claimed feed stands in it at the end of its lease, so that a poller that was
// lost gives its feed back by itself.
type feedQueue struct {
	mu    sync.Mutex
	feeds map[dewline.Key]*queued // guarded by mu, as the rest
	order dueHeap
}

// queued is what is kept in memory of a feed: small, for there may be many.
type queued struct {
	key    dewline.Key
	at     time.Time // when it may be claimed: due, or the end of the lease
	due    time.Time // as committed
	leased bool
	soon   time.Time // when it is wanted, if not zero: sooner than it is due
	index  int       // in the heap
}

// set replaces the registered feeds. A lease that somebody holds goes on.
func (q *feedQueue) set(due map[dewline.Key]time.Time) {
	q.mu.Lock()
	defer q.mu.Unlock()
	old := q.feeds
	q.feeds, q.order = make(map[dewline.Key]*queued, len(due)), make(dueHeap, 0, len(due))
	for key, at := range due {
		f := &queued{key: key, at: shown(at), due: shown(at)}
		if was := old[key]; was != nil {
			f.soon = was.soon
			f.at = f.free()
			if was.leased {
				f.at, f.leased = was.at, true
			}
		}
		q.feeds[key] = f
		heap.Push(&q.order, f)
	}
}

// claim leases up to limit feeds that are due, the longest overdue first.
func (q *feedQueue) claim(now, until time.Time, limit int) []dewline.Key {
	q.mu.Lock()
	defer q.mu.Unlock()
	var keys []dewline.Key
	for len(keys) < limit && len(q.order) > 0 && !q.order[0].at.After(now) {
		f := q.order[0]
		f.soon = time.Time{}
		q.lease(f, until)
		keys = append(keys, f.key)
	}
	return keys
}

// claimOne leases one feed, due or not, unless it is leased.
func (q *feedQueue) claimOne(key dewline.Key, now, until time.Time) bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	f := q.feeds[key]
	if f == nil || f.leased && f.at.After(now) {
		return false
	}
	q.lease(f, until)
	return true
}

func (q *feedQueue) lease(f *queued, until time.Time) {
	f.at, f.leased = shown(until), true
	heap.Fix(&q.order, f.index)
}

// release ends a lease. A zero due leaves the due time as it was.
func (q *feedQueue) release(key dewline.Key, due time.Time) {
	q.mu.Lock()
	defer q.mu.Unlock()
	f := q.feeds[key]
	if f == nil {
		return
	}
	if !due.IsZero() {
		f.due = shown(due)
	}
	f.at, f.leased = f.free(), false
	heap.Fix(&q.order, f.index)
}

// hasten makes a feed claimable at a time, or as soon as its lease has ended.
func (q *feedQueue) hasten(key dewline.Key, at time.Time) {
	q.mu.Lock()
	defer q.mu.Unlock()
	f := q.feeds[key]
	if f == nil || !f.soon.IsZero() && f.soon.Before(at) {
		return
	}
	if f.soon = shown(at); !f.leased {
		f.at = f.free()
		heap.Fix(&q.order, f.index)
	}
}

// shown is a time as the clock on the wall has it, and as it is on disk: two times of one process would be compared by
// a clock that nobody sets, and others not.
func shown(t time.Time) time.Time { return t.Round(0) }

// setBack moves all times back, with the clock. Their order stays.
func (q *feedQueue) setBack(by time.Duration) {
	q.mu.Lock()
	defer q.mu.Unlock()
	for _, f := range q.order {
		f.at, f.due = f.at.Add(-by), f.due.Add(-by)
		if !f.soon.IsZero() {
			f.soon = f.soon.Add(-by)
		}
	}
}

// free is when a feed that nobody holds may be claimed.
func (f *queued) free() time.Time {
	if !f.soon.IsZero() && f.soon.Before(f.due) {
		return f.soon
	}
	return f.due
}

// next is when the earliest feed may be claimed.
func (q *feedQueue) next() (time.Time, bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if len(q.order) == 0 {
		return time.Time{}, false
	}
	return q.order[0].at, true
}

func (q *feedQueue) registered(key dewline.Key) bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	return q.feeds[key] != nil
}

// dueHeap is a heap.Interface over the feeds, earliest first.
type dueHeap []*queued

func (h dueHeap) Len() int           { return len(h) }
func (h dueHeap) Less(i, j int) bool { return h[i].at.Before(h[j].at) }
func (h dueHeap) Swap(i, j int) {
	h[i], h[j] = h[j], h[i]
	h[i].index, h[j].index = i, j
}

func (h *dueHeap) Push(x any) {
	f := x.(*queued)
	f.index = len(*h)
	*h = append(*h, f)
}

func (h *dueHeap) Pop() any {
	old := *h
	f := old[len(old)-1]
	old[len(old)-1] = nil
	*h = old[:len(old)-1]
	return f
}
