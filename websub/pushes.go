package websub

import (
	"context"
	"errors"
	"sync"
	"time"

	"dewline"
)

const (
	// maxReading is how many pushes are being received at one time.
	maxReading = 16
	// maxWaiting and maxWaitingBytes bound what was accepted and is not yet taken in.
	maxWaiting      = 1024
	maxWaitingBytes = 64 << 20
	// busyPause is when a feed that is being polled is tried again, and busyPatience
	// for how long.
	busyPause    = 100 * time.Millisecond
	busyPatience = 30 * time.Second
)

// push is a body that a hub sent.
type push struct {
	feed        dewline.Key
	contentType string
	body        []byte
}

// pushes are those that were accepted. Each feed's are taken in one after another,
// in the order in which they came.
type pushes struct {
	subscriber *Subscriber
	reading    chan struct{}
	work       sync.WaitGroup

	mu      sync.Mutex
	closing chan struct{}          // closed when no more is taken; nil while none is taken yet; guarded by mu, as the rest
	waiting map[dewline.Key][]push // by feed; a feed with an entry has a goroutine
	number  int
	bytes   int
}

func newPushes(s *Subscriber) *pushes {
	return &pushes{subscriber: s, reading: make(chan struct{}, maxReading), waiting: make(map[dewline.Key][]push)}
}

// open lets pushes in.
func (p *pushes) open() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.closing = make(chan struct{})
}

// enter takes a place to receive a body; leave gives it back.
func (p *pushes) enter() bool {
	select {
	case p.reading <- struct{}{}:
		return true
	default:
		return false
	}
}

func (p *pushes) leave() { <-p.reading }

// add takes a push; it reports false where too many wait.
func (p *pushes) add(each push) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.closing == nil || p.number >= maxWaiting || p.bytes+len(each.body) > maxWaitingBytes {
		return false
	}
	p.number++
	p.bytes += len(each.body)
	list, busy := p.waiting[each.feed]
	p.waiting[each.feed] = append(list, each)
	if !busy {
		closing := p.closing
		p.work.Go(func() { p.take(each.feed, closing) })
	}
	return true
}

// take takes in a feed's pushes until none is left.
func (p *pushes) take(feed dewline.Key, closing <-chan struct{}) {
	for {
		each, ok := p.next(feed)
		if !ok {
			return
		}
		if err := p.hand(each, closing); err != nil {
			s := p.subscriber
			s.mu.Lock()
			s.Log.Info("a push could not be taken in; the feed is polled", "feed", s.feeds[feed].Name, "why", err)
			s.haste(feed, time.Now())
			s.mu.Unlock()
		}
	}
}

func (p *pushes) next(feed dewline.Key) (push, bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	list := p.waiting[feed]
	if len(list) == 0 {
		delete(p.waiting, feed)
		return push{}, false
	}
	p.waiting[feed] = list[1:]
	p.number--
	p.bytes -= len(list[0].body)
	return list[0], true
}

// hand gives a push to the sink, and waits for a while for a poll that is under way.
func (p *pushes) hand(each push, closing <-chan struct{}) error {
	patience := time.NewTimer(busyPatience)
	defer patience.Stop()
	for {
		err := p.subscriber.Sink.Push(context.Background(), each.feed, each.contentType, each.body)
		if !errors.Is(err, ErrBusy) {
			return err
		}
		select {
		case <-time.After(busyPause):
		case <-patience.C:
			return err
		case <-closing:
			return err
		}
	}
}

// close takes no more, and waits for what was accepted.
func (p *pushes) close() {
	p.mu.Lock()
	close(p.closing)
	p.closing = nil
	p.mu.Unlock()
	p.work.Wait()
}
