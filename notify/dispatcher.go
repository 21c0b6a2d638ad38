package notify

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"dewline"

	"golang.org/x/sync/errgroup"
)

// Logger is what the dispatcher writes its log with.
type Logger = *slog.Logger

// Outbox is where deliveries wait. A claim is a lease: no two workers hold one
// delivery, and one that dies loses it at its end. When Settle returned nil,
// what the attempt came to is durable.
type Outbox interface {
	ClaimDeliveries(ctx context.Context, receiver string, now, until time.Time, limit int) ([]dewline.Alert, error)
	NextDelivery(ctx context.Context, receiver string) (time.Time, bool, error)
	ReleaseDelivery(key dewline.Key)
	Settle(ctx context.Context, settlements []dewline.Settlement) error

	// Hold lets deliveries wait; at the end of its hold each is claimed again.
	Hold(ctx context.Context, all []dewline.Holding) error
	// Shorten lets what is held for a reason wait no longer than to the given time.
	Shorten(ctx context.Context, receiver string, reason dewline.HoldReason, latest time.Time) (int, error)
	// Bundle makes one delivery of all that go out together and whose hold is over.
	Bundle(ctx context.Context, t dewline.Together, now time.Time) (int, error)
}

// Store is the outbox and what is known of the receivers.
type Store interface {
	Outbox
	Receiver(ctx context.Context, name string) (dewline.ReceiverState, error)
	Hasten(ctx context.Context, receiver string, since time.Time, tries int) (int, error)
	Expired(ctx context.Context, receiver string, since time.Time, limit int) ([]dewline.Key, error)
	ChangeReceiver(ctx context.Context, name string, change func(*dewline.ReceiverState), notices ...dewline.ReceiverNotice) error
}

// Dispatcher sends what waits in the outbox, to each receiver on its own: one
// that hangs holds up nobody else.
type Dispatcher struct {
	store   Store
	log     *slog.Logger
	workers []*worker
}

// New returns a dispatcher for the receivers.
func New(store Store, opts Options) (*Dispatcher, error) {
	d := &Dispatcher{store: store, log: opts.Log}
	var names []string
	for _, r := range opts.Receivers {
		names = append(names, r.Name)
	}
	for _, r := range opts.Receivers {
		ch, err := newChannel(r, opts)
		if err != nil {
			return nil, fmt.Errorf("receiver %q: %w", r.Name, err)
		}
		held, err := newControls(r.Controls)
		if err != nil {
			return nil, fmt.Errorf("receiver %q: %w", r.Name, err)
		}
		d.workers = append(d.workers, &worker{
			name: r.Name, address: address(r), channel: ch, store: store,
			log: opts.Log.With("receiver", r.Name), wake: make(chan struct{}, 1),
			again: make(chan struct{}, 1), outage: outage{others: othersOf(r.Name, opts.Health, names)}, controls: held,
		})
	}
	return d, nil
}

// Run sends until ctx ends. An attempt under way then has a short while to end,
// so that a restart repeats as little as possible.
func (d *Dispatcher) Run(ctx context.Context) error {
	var group errgroup.Group
	for _, w := range d.workers {
		group.Go(func() error {
			w.run(ctx)
			return nil
		})
	}
	return group.Wait()
}

// Wake says that new deliveries may wait. It does not block.
func (d *Dispatcher) Wake() {
	for _, w := range d.workers {
		signal(w.wake)
	}
}

// signal leaves a word for who looks at the channel next.
func signal(c chan<- struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}

// Enable lets a receiver be told again that was disabled by its own answer. One that fails is tried now.
func (d *Dispatcher) Enable(ctx context.Context, name string) error {
	err := d.store.ChangeReceiver(ctx, name, enable)
	for _, w := range d.workers {
		if w.name == name {
			signal(w.again)
		}
	}
	return err
}

// Test sends a test event to a receiver now, past the outbox. The error is why it
// was not delivered.
func (d *Dispatcher) Test(ctx context.Context, name string) (dewline.Attempt, error) {
	for _, w := range d.workers {
		if w.name != name {
			continue
		}
		a, err := w.attempt(ctx, testMessage(name, time.Now()))
		if err != nil {
			err = fmt.Errorf("receiver %q: %w", name, err)
		}
		return a, err
	}
	return dewline.Attempt{}, fmt.Errorf("no receiver is called %q", name)
}

// testMessage is a test event in the shape of a real one.
func testMessage(receiver string, now time.Time) *message {
	item := dewline.Item{
		Feed: dewline.FeedRef{Name: "dewline"}, GUID: "test", Title: "A test of dewline",
		Summary:   "If you can read this, the alerts of dewline reach you.",
		FirstSeen: now, Changed: now, Version: 1,
	}
	item.Key = dewline.ItemKey(dewline.FeedKey("dewline"), dewline.Identity{Kind: dewline.IdentityGUID, Value: now.String()})
	match := dewline.Match{
		Rule: dewline.RuleRef{Name: "test", Title: "Test"}, Item: item.Key, Version: 1,
		Hits:    []dewline.Hit{{Term: "test", Field: dewline.FieldTitle, Text: "test", Start: 2, End: 6}},
		Snippet: item.Summary, At: now,
	}
	return &message{
		key:   dewline.DeliveryKey(receiver, dewline.EventTest, "test", item.Key, 1),
		event: dewline.EventTest, at: now, match: match, item: item,
	}
}
