package websub

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"dewline"
)

// Store keeps what was asked of hubs over a restart. Each change is durable when
// the method returns.
type Store interface {
	Subscriptions(ctx context.Context) ([]dewline.Subscription, error)
	PutSubscription(ctx context.Context, s dewline.Subscription) error
	DropSubscription(ctx context.Context, key dewline.Key) error
}

// Sink is where news go. Both methods may be called from many goroutines.
type Sink interface {
	// Push takes in a body that a hub sent for a feed, and returns when what is new
	// in it is durable. ErrBusy: try again soon. Any other error: a poll has to
	// bring what it held.
	Push(ctx context.Context, feed dewline.Key, contentType string, body []byte) error
	// Hasten has the feed polled at this time where it would be polled later. It
	// does not block.
	Hasten(feed dewline.Key, at time.Time)
}

// ErrBusy is returned for a feed that is being polled at this moment.
var ErrBusy = errors.New("the feed is being polled")

// Options are the parts and limits of a subscriber.
type Options struct {
	Store     Store
	Sink      Sink
	Transport http.RoundTripper // by which hubs are asked
	UserAgent string
	// Base is where hubs reach us, without a slash at the end. Empty: they cannot.
	Base string
	// Own reports whether a hub is on a network of our own, so that the secret may go
	// to it without encryption.
	Own     func(hub *url.URL) bool
	Feeds   []dewline.Feed
	MaxBody int64 // of a push
	Log     *slog.Logger
}

// Subscriber keeps the subscriptions of one configuration.
type Subscriber struct {
	Options
	feeds  map[dewline.Key]dewline.Feed // those whose hubs are wanted
	wake   chan struct{}
	pushes *pushes
	counts counts

	saving sync.Mutex // held while the store is brought up to date, and taken before mu

	mu     sync.Mutex // guards what follows
	open   bool
	subs   map[dewline.Key]*sub
	tokens map[string]*sub
	offers map[dewline.Key]dewline.PushOffer // of the feeds
	hasted map[dewline.Key]time.Time         // when each feed was last wanted at once
	news   map[dewline.Key]time.Time         // when a poll found news of which no hub has spoken yet
	polled map[dewline.Key]bool              // polled since we listen
	gone   []dewline.Key                     // subscriptions to be taken out of the store
}

// sub is a subscription at work. It belongs to the subscriber's lock.
type sub struct {
	dewline.Subscription
	asking  bool // a request is under way
	waiting bool // the hub took the request, and is to come and verify
	dirty   bool // not in the store as it is here
	recent  recent
}

// New returns a subscriber; Open it before it works.
func New(opts Options) *Subscriber {
	opts.Base = strings.TrimRight(opts.Base, "/")
	s := &Subscriber{
		Options: opts, feeds: make(map[dewline.Key]dewline.Feed), wake: make(chan struct{}, 1),
		subs: make(map[dewline.Key]*sub), tokens: make(map[string]*sub), offers: make(map[dewline.Key]dewline.PushOffer),
		hasted: make(map[dewline.Key]time.Time), news: make(map[dewline.Key]time.Time), polled: make(map[dewline.Key]bool),
	}
	s.pushes = newPushes(s)
	if opts.Base == "" {
		return s
	}
	for _, f := range opts.Feeds {
		if f.Push {
			s.feeds[f.Key()] = f
		}
	}
	return s
}

// Open reads what was asked of hubs before, and takes the feeds as they stand; also
// again, after Run has ended. Until then callers are asked to come again.
func (s *Subscriber) Open(ctx context.Context, states []dewline.FeedState) error {
	list, err := s.Store.Subscriptions(ctx)
	if err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	clear(s.subs)
	clear(s.tokens)
	for _, each := range list {
		s.add(&sub{Subscription: each})
	}
	for i := range states {
		s.offers[states[i].Key] = states[i].Offer
	}
	s.pushes.open()
	s.open = true
	return nil
}

func (s *Subscriber) add(e *sub) {
	s.subs[e.Key()], s.tokens[e.Token] = e, e
}

// CatchUp has every feed polled of which pushes may have come while nobody was
// here to take them.
func (s *Subscriber) CatchUp() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, e := range s.subs {
		if _, wanted := s.feeds[e.Feed]; wanted && (e.State == dewline.PushActive || !e.LastPush.IsZero()) {
			s.Sink.Hasten(e.Feed, time.Now())
		}
	}
}

// Polled tells of a poll or a push that was committed: where the feed says that its
// hubs are, and how many items were new.
func (s *Subscriber) Polled(st *dewline.FeedState, pushed bool, news int) {
	if _, wanted := s.feeds[st.Key]; !wanted || pushed {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if old := s.offers[st.Key]; !same(old, st.Offer) {
		s.offers[st.Key] = st.Offer
		signal(s.wake)
	}
	if news > 0 && s.polled[st.Key] {
		s.found(st.Key, time.Now())
	}
	s.polled[st.Key] = true
}

// Relied reports whether a hub can be relied upon to push the feed's news.
func (s *Subscriber) Relied(feed dewline.Key, now time.Time) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	e := s.current(feed)
	return e != nil && e.Trusted(now)
}

// current is the live subscription of a feed, nil where there is none.
func (s *Subscriber) current(feed dewline.Key) *sub {
	offer := s.offers[feed]
	for _, hub := range offer.Hubs {
		if e := s.subs[s.key(feed, hub, offer.Topic)]; e != nil && e.Live() {
			return e
		}
	}
	return nil
}

func (s *Subscriber) key(feed dewline.Key, hub, topic string) dewline.Key {
	like := dewline.Subscription{Feed: feed, Hub: s.reached(hub), Topic: topic, Base: s.Base}
	return like.Key()
}

// reached is the address at which a hub is asked. The secret is not sent in clear
// over a foreign network: many hubs are still named by http and speak https.
func (s *Subscriber) reached(hub string) string {
	u, err := url.Parse(hub)
	if err != nil || u.Scheme != "http" || s.Own != nil && s.Own(u) {
		return hub
	}
	u.Scheme = "https"
	u.Host = strings.TrimSuffix(u.Host, ":80")
	return u.String()
}

func same(a, b dewline.PushOffer) bool {
	return a.Topic == b.Topic && slices.Equal(a.Hubs, b.Hubs)
}

// haste has a feed polled at once, but not more than once a minute.
func (s *Subscriber) haste(feed dewline.Key, now time.Time) {
	at := now
	if last, ok := s.hasted[feed]; ok && last.Add(hastePause).After(now) {
		at = last.Add(hastePause)
	}
	s.hasted[feed] = at
	s.Sink.Hasten(feed, at)
}

const hastePause = time.Minute

func signal(c chan<- struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}

// counts are what became of what hubs, or others, sent.
type counts struct{ taken, repeated, unsigned, unknown, refused atomic.Uint64 }

// Counts are the pushes since the start by what became of them.
func (s *Subscriber) Counts() map[string]uint64 {
	return map[string]uint64{
		"taken": s.counts.taken.Load(), "repeated": s.counts.repeated.Load(), "bad-signature": s.counts.unsigned.Load(),
		"unknown": s.counts.unknown.Load(), "refused": s.counts.refused.Load(),
	}
}
