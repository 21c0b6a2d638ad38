package notify

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"dewline"

	"pgregory.net/rapid"
)

// outbox is an outbox in memory, for the rules of time; the whole is tested
// over the real store in cmd/dewline.
type outbox struct {
	mu         sync.Mutex
	deliveries map[dewline.Key]*dewline.Delivery
	leases     map[dewline.Key]time.Time
	receivers  map[string]dewline.ReceiverState
	notices    []dewline.ReceiverNotice
	refuse     error // what Settle answers
}

func newOutbox(receiver string, n int) *outbox {
	o := &outbox{
		deliveries: make(map[dewline.Key]*dewline.Delivery), leases: make(map[dewline.Key]time.Time),
		receivers: make(map[string]dewline.ReceiverState),
	}
	for i := range n {
		key := dewline.DeliveryKey(receiver, dewline.EventMatched, "r", dewline.Key{byte(i)}, 1)
		o.deliveries[key] = &dewline.Delivery{
			Key: key, Receiver: receiver, Event: dewline.EventMatched, State: dewline.DeliveryPending,
			Queued: time.Now(), Since: time.Now(), Next: time.Now(), Match: dewline.Match{Item: dewline.Key{byte(i)}},
		}
	}
	return o
}

func (o *outbox) ClaimDeliveries(_ context.Context, receiver string, now, until time.Time, limit int) ([]dewline.Alert, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	var list []dewline.Alert
	for _, d := range o.deliveries {
		if d.Receiver == receiver && d.State == dewline.DeliveryPending && !d.Next.After(now) && !o.leases[d.Key].After(now) && len(list) < limit {
			o.leases[d.Key] = until
			list = append(list, dewline.Alert{Delivery: *d})
		}
	}
	return list, nil
}

func (o *outbox) NextDelivery(context.Context, string) (next time.Time, ok bool, err error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	for _, d := range o.deliveries {
		if d.State == dewline.DeliveryPending && (!ok || d.Next.Before(next)) {
			next, ok = d.Next, true
		}
	}
	return next, ok, nil
}

func (o *outbox) ReleaseDelivery(key dewline.Key) {
	o.mu.Lock()
	defer o.mu.Unlock()
	delete(o.leases, key)
}

func (o *outbox) Settle(_ context.Context, all []dewline.Settlement) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.refuse != nil {
		return o.refuse
	}
	for _, s := range all {
		d := o.deliveries[s.Key]
		d.State, d.Next, d.Tries = s.State, s.Next, d.Tries+1
		d.Attempts = append(d.Attempts, s.Attempt)
		delete(o.leases, s.Key)
	}
	return nil
}

func (o *outbox) Hold(_ context.Context, all []dewline.Holding) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	for _, h := range all {
		d := o.deliveries[h.Key]
		d.State, d.Hold = dewline.DeliveryHeld, &h.Hold
		delete(o.leases, h.Key)
	}
	return nil
}

func (o *outbox) Shorten(context.Context, string, dewline.HoldReason, time.Time) (int, error) {
	return 0, nil
}

func (o *outbox) Bundle(context.Context, dewline.Together, time.Time) (int, error) {
	panic("nothing is bundled here: cmd/dewline tests that over a store")
}

func (o *outbox) Receiver(_ context.Context, name string) (dewline.ReceiverState, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.receivers[name], nil
}

func (o *outbox) Hasten(_ context.Context, receiver string, since time.Time, tries int) (n int, _ error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	for _, d := range o.deliveries {
		if d.Receiver == receiver && d.State == dewline.DeliveryPending && d.Tries > 0 && d.Tries < tries && !d.Attempts[len(d.Attempts)-1].At.Before(since) {
			d.Next = d.Since
			n++
		}
	}
	return n, nil
}

func (o *outbox) Expired(_ context.Context, receiver string, since time.Time, limit int) (keys []dewline.Key, _ error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	for _, d := range o.deliveries {
		if d.Receiver == receiver && d.State == dewline.DeliveryPending && !d.Since.After(since) && len(keys) < limit {
			keys = append(keys, d.Key)
		}
	}
	return keys, nil
}

func (o *outbox) ChangeReceiver(_ context.Context, name string, change func(*dewline.ReceiverState), notices ...dewline.ReceiverNotice) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.notices = append(o.notices, notices...)
	st := o.receivers[name]
	st.Name = name
	change(&st)
	o.receivers[name] = st
	return nil
}

func (o *outbox) states() map[dewline.DeliveryState]int {
	o.mu.Lock()
	defer o.mu.Unlock()
	n := make(map[dewline.DeliveryState]int)
	for _, d := range o.deliveries {
		n[d.State]++
	}
	return n
}

type channelFunc func(context.Context, *message) (string, error)

func (f channelFunc) send(ctx context.Context, m *message) (string, error) { return f(ctx, m) }

// start runs one worker over the outbox until the test ends.
func start(t *testing.T, o *outbox, ch channelFunc) (d *Dispatcher, stop func()) {
	t.Helper()
	d = &Dispatcher{store: o, workers: []*worker{{
		name: "r", address: dewline.Key{1}, channel: ch, store: o, log: slog.New(slog.DiscardHandler), wake: make(chan struct{}, 1), again: make(chan struct{}, 1),
		outage: outage{others: []string{"other"}},
	}}}
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() {
		defer close(done)
		if err := d.Run(ctx); err != nil {
			t.Error(err)
		}
	}()
	return d, func() { cancel(); <-done }
}

// A receiver that is down is tried for three days, with growing waits, always
// with the same key; then the delivery is a dead letter.
func TestRetriesEndAfterThreeDays(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := newOutbox("r", 1)
		began := time.Now()
		var at []time.Duration
		keys := make(map[dewline.Key]bool)
		_, stop := start(t, o, func(_ context.Context, m *message) (string, error) {
			at = append(at, time.Since(began))
			keys[m.key] = true
			return "", errors.New("connection refused")
		})
		time.Sleep(5 * 24 * time.Hour)
		stop()
		if o.states()[dewline.DeliveryDead] != 1 || len(keys) != 1 {
			t.Fatalf("%v, %d keys", o.states(), len(keys))
		}
		if len(at) != 10 || at[0] != 0 || at[1] > 6*time.Second || at[9] < 72*time.Hour || at[9] > 72*time.Hour+time.Minute {
			t.Fatalf("attempts at %v", at)
		}
	})
}

func TestRecoversAndDeliversAll(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := newOutbox("r", 40)
		up := time.Now().Add(20 * time.Minute)
		_, stop := start(t, o, func(context.Context, *message) (string, error) {
			time.Sleep(time.Second)
			if time.Now().Before(up) {
				return "", &failure{err: errors.New("503"), after: time.Minute}
			}
			return "200 OK", nil
		})
		time.Sleep(2 * time.Hour)
		stop()
		if o.states()[dewline.DeliveryDelivered] != 40 {
			t.Fatalf("%v", o.states())
		}
	})
}

func TestFinalFailureIsADeadLetterAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := newOutbox("r", 1)
		n := 0
		_, stop := start(t, o, func(context.Context, *message) (string, error) {
			n++
			return "", &failure{err: errors.New("400 Bad Request"), final: true}
		})
		time.Sleep(time.Hour)
		stop()
		if o.states()[dewline.DeliveryDead] != 1 || n != 1 {
			t.Fatalf("%v after %d attempts", o.states(), n)
		}
	})
}

// 410: the receiver is asked no more; the rest are dead letters that say why,
// until it is enabled or has another address.
func TestGoneDisables(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := newOutbox("r", 5)
		gone, n := true, 0
		ch := func(context.Context, *message) (string, error) {
			n++
			if gone {
				return "", &failure{err: errors.New("410 Gone"), gone: true}
			}
			return "200 OK", nil
		}
		d, stop := start(t, o, ch)
		time.Sleep(time.Minute)
		synctest.Wait()
		if n != 1 || o.states()[dewline.DeliveryDead] != 5 || !o.receivers["r"].Disabled {
			t.Fatalf("%d attempts, %v, %+v", n, o.states(), o.receivers["r"])
		}
		gone = false
		if err := d.Enable(t.Context(), "r"); err != nil {
			t.Fatal(err)
		}
		o.requeue()
		d.Wake()
		synctest.Wait()
		stop()
		if o.states()[dewline.DeliveryDelivered] != 5 {
			t.Fatalf("%v", o.states())
		}

		o.receivers["r"] = dewline.ReceiverState{Name: "r", Disabled: true, Address: dewline.Key{99}}
		o.requeue()
		_, stop = start(t, o, ch)
		synctest.Wait()
		stop()
		if o.states()[dewline.DeliveryDelivered] != 5 || o.receivers["r"].Disabled {
			t.Fatalf("another address: %v", o.states())
		}
	})
}

func (o *outbox) requeue() {
	o.mu.Lock()
	defer o.mu.Unlock()
	for _, d := range o.deliveries {
		d.State, d.Next, d.Since, d.Tries = dewline.DeliveryPending, time.Now(), time.Now(), 0
	}
}

// What cannot be recorded is not followed by more: a full disk stops sending
// after one message, and what was sent is not sent again.
func TestStoreRefuses(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := newOutbox("r", 3)
		o.refuse = errors.New("no space left on device")
		sent := make(map[dewline.Key]int)
		_, stop := start(t, o, func(_ context.Context, m *message) (string, error) {
			sent[m.key]++
			return "200 OK", nil
		})
		time.Sleep(3 * time.Hour)
		synctest.Wait()
		if len(sent) != 1 {
			t.Fatalf("%d messages were sent that could not be recorded", len(sent))
		}
		o.mu.Lock()
		o.refuse = nil
		o.mu.Unlock()
		time.Sleep(2 * time.Minute)
		stop()
		if o.states()[dewline.DeliveryDelivered] != 3 {
			t.Fatalf("%v", o.states())
		}
		for k, n := range sent {
			if n != 1 {
				t.Errorf("%s was sent %d times", k, n)
			}
		}
	})
}

// An attempt under way may end when the dispatcher stops; one that does not is
// given back without blame.
func TestStopLetsAnAttemptEnd(t *testing.T) {
	for _, takes := range []time.Duration{5 * time.Second, time.Hour} {
		synctest.Test(t, func(t *testing.T) {
			o := newOutbox("r", 1)
			_, stop := start(t, o, func(ctx context.Context, _ *message) (string, error) {
				select {
				case <-time.After(takes):
					return "200 OK", nil
				case <-ctx.Done():
					return "", ctx.Err()
				}
			})
			synctest.Wait()
			began := time.Now()
			stop()
			d := slices.Collect(func(yield func(*dewline.Delivery) bool) {
				for _, d := range o.deliveries {
					yield(d)
				}
			})[0]
			if takes < grace && d.State != dewline.DeliveryDelivered {
				t.Errorf("an attempt of %s was not let end: %+v", takes, d)
			}
			if takes > grace && (d.State != dewline.DeliveryPending || len(d.Attempts) != 0 || len(o.leases) != 0) {
				t.Errorf("an attempt that was ended is held against the receiver: %+v", d)
			}
			if time.Since(began) > grace+time.Second {
				t.Errorf("stopping took %s", time.Since(began))
			}
		})
	}
}

func TestPanicIsAFailure(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := newOutbox("r", 1)
		n := 0
		_, stop := start(t, o, func(context.Context, *message) (string, error) {
			if n++; n == 1 {
				panic("boom")
			}
			return "200 OK", nil
		})
		time.Sleep(time.Minute)
		stop()
		if o.states()[dewline.DeliveryDelivered] != 1 {
			t.Fatalf("%v", o.states())
		}
	})
}

// Whatever a receiver asks, the next attempt is in the future and never later
// than the end of the three days.
func TestOutcome(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		since := time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC)
		d := dewline.Delivery{
			Key: dewline.Key{rapid.Byte().Draw(t, "key")}, Since: since, Tries: rapid.IntRange(0, 30).Draw(t, "tries"),
		}
		at := since.Add(time.Duration(rapid.Int64Range(0, int64(4*24*time.Hour)).Draw(t, "at")))
		f := &failure{err: errors.New("x"), after: time.Duration(rapid.Int64Range(0, int64(100*time.Hour)).Draw(t, "after"))}
		s := outcome(d, dewline.Attempt{At: at}, f)
		last := since.Add(giveUp)
		switch s.State {
		case dewline.DeliveryDead:
			if at.Before(last) {
				t.Fatalf("given up at %s", at.Sub(since))
			}
		case dewline.DeliveryPending:
			if !s.Next.After(at) || s.Next.After(last) || (s.Next.Before(last) && s.Next.Before(at.Add(f.after))) {
				t.Fatalf("at %s: next %s, asked for %s", at.Sub(since), s.Next.Sub(since), f.after)
			}
		default:
			t.Fatalf("%s", s.State)
		}
	})
}
