package websub

import (
	"context"
	"sync"
	"time"

	"dewline"
)

const (
	// maxAsked is how many hubs are asked at one time.
	maxAsked = 8
	// maxNap is the longest time between two turns of the loop, and so the longest
	// that what is known of pushes is not in the store.
	maxNap = time.Minute
)

// Run asks hubs for what is wanted, until ctx ends; then it takes in the pushes
// that were accepted, and returns nil.
func (s *Subscriber) Run(ctx context.Context) error {
	var work sync.WaitGroup
	slots := make(chan struct{}, maxAsked)
	for ctx.Err() == nil {
		now := time.Now()
		due, next := s.turn(now, maxAsked-len(slots))
		s.save(ctx)
		for _, e := range due {
			slots <- struct{}{}
			work.Go(func() {
				defer func() {
					<-slots
					signal(s.wake)
				}()
				s.ask(ctx, e)
			})
		}
		nap(ctx, s.wake, min(maxNap, max(next.Sub(now), time.Millisecond)))
	}
	s.pushes.close()
	work.Wait()
	s.save(context.WithoutCancel(ctx))
	return nil
}

func nap(ctx context.Context, wake <-chan struct{}, d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-wake:
	case <-timer.C:
	}
}

// turn decides what is to be done now: whom to ask, at most limit of them, and when
// to look again.
func (s *Subscriber) turn(now time.Time, limit int) (due []*sub, next time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	next = now.Add(maxNap)
	sooner := func(t time.Time) {
		if t.Before(next) {
			next = t
		}
	}
	s.noticeMissed(now, sooner)
	for _, e := range s.subs {
		s.age(e, now)
	}
	s.choose(now, sooner)
	for _, e := range s.subs {
		switch {
		case e.asking || !e.Live() && e.State != dewline.PushLeaving:
		case e.Next.After(now):
			sooner(e.Next)
		case len(due) < limit:
			e.asking, e.dirty = true, true
			e.Tries++
			due = append(due, e)
		}
		if e.State == dewline.PushActive {
			sooner(e.LeaseEnd)
		}
	}
	return due, next
}

// choose begins what is wanted and leaves what is not.
func (s *Subscriber) choose(now time.Time, sooner func(time.Time)) {
	for _, e := range s.subs {
		if !s.wanted(e) {
			s.leave(e, now)
		}
	}
	for feed := range s.feeds {
		offer := s.offers[feed]
		if offer.IsZero() || s.current(feed) != nil {
			continue
		}
		if at, ok := s.begin(feed, offer, now); !ok {
			sooner(at)
		}
	}
}

func (s *Subscriber) wanted(e *sub) bool {
	if _, ok := s.feeds[e.Feed]; !ok || e.Base != s.Base {
		return false
	}
	offer := s.offers[e.Feed]
	for _, hub := range offer.Hubs {
		if s.reached(hub) == e.Hub && offer.Topic == e.Topic {
			return true
		}
	}
	return false
}

// begin subscribes at the first of the feed's hubs that has not failed lately. Where
// all have, it returns when the first may be tried again.
func (s *Subscriber) begin(feed dewline.Key, offer dewline.PushOffer, now time.Time) (at time.Time, ok bool) {
	for _, hub := range offer.Hubs {
		e := s.subs[s.key(feed, hub, offer.Topic)]
		if e == nil {
			s.add(&sub{dirty: true, Subscription: dewline.Subscription{
				Feed: feed, Name: s.feeds[feed].Name, Hub: s.reached(hub), Topic: offer.Topic, Base: s.Base,
				Token: newToken(), Secret: newSecret(), State: dewline.PushAsking, Since: now, Next: now,
			}})
			return now, true
		}
		if e.State == dewline.PushLeaving || !e.Next.After(now) { // wanted again, or its time has come
			e.become(dewline.PushAsking, e.Detail, now)
			e.Next = now
			return now, true
		}
		if at.IsZero() || e.Next.Before(at) {
			at = e.Next
		}
	}
	return at, false
}

// become sets the state.
func (e *sub) become(state dewline.PushState, detail string, now time.Time) {
	if e.State != state {
		e.Since = now
	}
	e.State, e.Detail, e.dirty = state, detail, true
	e.waiting = false
}

// leave ends a subscription: a hub that may push is told, of any other nothing is
// kept.
func (s *Subscriber) leave(e *sub, now time.Time) {
	if e.State == dewline.PushLeaving || e.asking {
		return
	}
	if !e.Live() {
		s.forget(e)
		return
	}
	e.become(dewline.PushLeaving, "the feed's news are not wanted from this hub any more", now)
	e.Tries, e.Next = 0, now
}

// age notes what the time that passed means for a subscription.
func (s *Subscriber) age(e *sub, now time.Time) {
	switch {
	case e.asking:
	case e.State == dewline.PushActive && !now.Before(e.LeaseEnd):
		why := "the lease ended, and the hub did not renew it"
		if e.Detail != "" {
			why += ": " + e.Detail
		}
		e.become(dewline.PushLapsed, why, now)
		if e.Next.After(now.Add(firstRetry)) {
			e.Next = now.Add(firstRetry)
		}
		s.Log.Warn("a subscription lapsed; the feed is polled as configured", "feed", e.Name, "hub", e.Hub, "detail", why)
		s.haste(e.Feed, now)
	case e.waiting && !e.Next.After(now):
		s.failed(e, "the hub took the request, but never came to verify it; is http.base_url reached from outside?", 0, now)
	case e.State == dewline.PushLeaving && (e.Tries >= leavingTries || e.Tries > 0 && !e.LeaseEnd.After(now)) && !e.waiting && !e.Next.After(now):
		s.forget(e)
	}
}

// leavingTries is how often a hub is told that it need push no more. One that does
// not listen finds nobody at the address.
const leavingTries = 4

// forget takes a subscription out of the books, here at once and in the store at
// the next turn.
func (s *Subscriber) forget(e *sub) {
	delete(s.subs, e.Key())
	delete(s.tokens, e.Token)
	s.gone = append(s.gone, e.Key())
}

// save brings the store up to date. What it does not take stays to be saved.
func (s *Subscriber) save(ctx context.Context) {
	s.saving.Lock()
	defer s.saving.Unlock()
	s.mu.Lock()
	gone := s.gone
	s.gone = nil
	var list []dewline.Subscription
	for _, e := range s.subs {
		if e.dirty {
			e.dirty = false
			list = append(list, e.Subscription)
		}
	}
	s.mu.Unlock()
	var work sync.WaitGroup
	slots := make(chan struct{}, 64) // they share transactions
	for _, each := range list {
		slots <- struct{}{}
		work.Go(func() {
			defer func() { <-slots }()
			if err := s.Store.PutSubscription(ctx, each); err != nil {
				s.unsaved(ctx, each.Key(), err)
			}
		})
	}
	work.Wait()
	for _, key := range gone {
		if err := s.Store.DropSubscription(ctx, key); err != nil {
			s.Log.Error("a subscription that has ended stays in the store; it is ended again after a restart", "err", err)
		}
	}
}

// unsaved notes what the store did not take.
func (s *Subscriber) unsaved(ctx context.Context, key dewline.Key, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if e := s.subs[key]; e != nil {
		e.dirty = true
	}
	if ctx.Err() == nil {
		s.Log.Error("what became of a subscription cannot be stored yet", "err", err)
	}
}
