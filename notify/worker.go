package notify

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"runtime/debug"
	"time"

	"dewline"
)

const (
	// lease is how long a claimed batch may take.
	lease = 30 * time.Minute
	// batch is how many deliveries are claimed at a time.
	batch = 16
	// grace is what an attempt under way gets when the dispatcher stops.
	grace = 10 * time.Second
	// maxNap is the longest wait between two looks into the outbox.
	maxNap = time.Minute
	// maxPause is the longest wait for a store that refuses to write.
	maxPause = time.Minute
)

// worker sends to one receiver, one message at a time, in the order of the
// outbox.
type worker struct {
	name    string
	address dewline.Key
	channel channel
	store   Store
	log     *slog.Logger
	wake    chan struct{}
	again   chan struct{} // a retry by hand: it is not waited for the end of a break
	outage  outage

	controls controls
	limit    int       // alerts to claim at a time, beyond what the breaker lets through; set by sift
	reviewed time.Time // when the clock was last looked at
}

func (w *worker) run(ctx context.Context) {
	pause := time.Duration(0)
	w.resume(ctx)
	if c, ok := w.channel.(io.Closer); ok {
		defer c.Close()
	}
	for ctx.Err() == nil {
		if w.tellOthers(ctx); w.rest(ctx) {
			continue
		}
		w.review(ctx)
		sent, err := w.turn(ctx)
		switch {
		case ctx.Err() != nil:
			return
		case err != nil:
			pause = min(max(2*pause, time.Second), maxPause)
			w.log.Error("the outbox does not answer; sending pauses", "err", err, "pause", pause)
			nap(ctx, nil, pause)
		case sent == 0:
			pause = 0
			nap(ctx, w.wake, min(w.untilNext(ctx), w.untilTold()))
		default:
			pause = 0
		}
	}
}

// untilNext is how long nothing is due.
func (w *worker) untilNext(ctx context.Context) time.Duration {
	next, ok, err := w.store.NextDelivery(ctx, w.name)
	if err != nil || !ok {
		return maxNap
	}
	return min(max(time.Until(next), time.Millisecond), maxNap)
}

// turn sends what is due.
func (w *worker) turn(ctx context.Context) (sent int, err error) {
	now := time.Now()
	alerts, err := w.store.ClaimDeliveries(ctx, w.name, now, now.Add(lease), max(w.limit, w.outage.breaker.limit()))
	if err != nil || len(alerts) == 0 {
		return 0, err
	}
	state, err := w.store.Receiver(ctx, w.name)
	if err != nil {
		w.release(alerts)
		return 0, err
	}
	if state.Disabled && state.Address != w.address { // another address was configured
		enable(&state)
		w.change(ctx, enable)
	}
	claimed := len(alerts)
	if alerts, err = w.sift(ctx, alerts, state.Window, now); err != nil {
		return 0, err
	}
	alerts = w.first(alerts, w.outage.breaker.limit())
	for i := range alerts {
		if ctx.Err() != nil || w.outage.breaker.wait(time.Now()) > 0 {
			w.release(alerts[i:])
			return i, nil
		}
		if state.Disabled {
			w.settle(ctx, refuse(alerts[i].Delivery, state))
			continue
		}
		if gone := w.deliver(ctx, &alerts[i], &state.Window); gone {
			w.release(alerts[i+1:])
			return i + 1, nil
		}
	}
	return claimed, nil
}

// first are the first so many alerts; the others are given back.
func (w *worker) first(alerts []dewline.Alert, n int) []dewline.Alert {
	n = min(n, len(alerts))
	w.release(alerts[n:])
	return alerts[:n]
}

func (w *worker) release(alerts []dewline.Alert) {
	for _, a := range alerts {
		w.store.ReleaseDelivery(a.Delivery.Key)
	}
}

// refuse is the settlement of a delivery to a receiver that wants nothing more.
func refuse(d dewline.Delivery, st dewline.ReceiverState) dewline.Settlement {
	return dewline.Settlement{Key: d.Key, State: dewline.DeliveryDead, Attempt: dewline.Attempt{
		At: time.Now(), Error: fmt.Sprintf("not sent: the receiver is disabled since %s (%s); `dewline deliveries retry` enables it",
			st.Since.UTC().Format(time.RFC3339), st.Reason),
	}}
}

// deliver makes one attempt and settles it, with the window where the receiver took
// it. It reports whether the receiver says that it is gone.
func (w *worker) deliver(ctx context.Context, alert *dewline.Alert, window *dewline.Window) (gone bool) {
	d := alert.Delivery
	sending, stop := withGrace(ctx)
	defer stop()
	a, err := w.attempt(sending, newMessage(alert))
	if err != nil && ctx.Err() != nil && sending.Err() != nil { // we were stopped; the receiver is not to blame
		w.store.ReleaseDelivery(d.Key)
		return false
	}
	s := outcome(d, a, err)
	if s.State == dewline.DeliveryDelivered {
		if s.Window = w.controls.got(*window, &d, a.At); s.Window != nil {
			*window = *s.Window
		}
	}
	w.report(d, s)
	w.settle(ctx, s)
	w.note(ctx, d.Key, a, err)
	return err != nil && asFailure(err).gone
}

func (w *worker) report(d dewline.Delivery, s dewline.Settlement) {
	attrs := []any{"delivery", d.Key, "event", d.Event, "attempt", len(d.Attempts) + 1}
	switch {
	case d.Feed != nil:
		attrs = append(attrs, "feed", d.Feed.Feed.Name)
	case d.Peer != nil:
		attrs = append(attrs, "of", d.Peer.Receiver)
	case d.Summary != nil:
		attrs = append(attrs, "of", len(d.Parts), "held_for", d.Summary.Reason)
	default:
		attrs = append(attrs, "rule", d.Match.Rule.Name)
	}
	switch s.State {
	case dewline.DeliveryDelivered:
		w.log.Info("delivered", append(attrs, "answer", s.Attempt.Answer)...)
	case dewline.DeliveryDead:
		w.log.Error("given up, now a dead letter", append(attrs, "err", s.Attempt.Error)...)
	default:
		w.log.Warn("not delivered, will be tried again", append(attrs, "err", s.Attempt.Error, "next", s.Next.UTC())...)
	}
}

// attempt sends once. A panic in a channel is a failure of this attempt alone.
func (w *worker) attempt(ctx context.Context, m *message) (a dewline.Attempt, err error) {
	a.At = time.Now()
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("a fault of dewline's own: %v\n%s", r, debug.Stack())
		}
		a.Took = time.Since(a.At)
		if err != nil {
			a.Error = err.Error()
		}
	}()
	a.Answer, err = w.channel.send(ctx, m)
	return a, err
}

func (w *worker) settle(ctx context.Context, s dewline.Settlement) {
	w.persist(ctx, func(ctx context.Context) error { return w.store.Settle(ctx, []dewline.Settlement{s}) })
}

// enable lets a receiver be told again that was disabled.
func enable(st *dewline.ReceiverState) {
	st.Disabled, st.Reason, st.Since = false, "", time.Time{}
}

// change writes down what is known of the receiver.
func (w *worker) change(ctx context.Context, change func(*dewline.ReceiverState), notices ...dewline.ReceiverNotice) {
	w.persist(ctx, func(ctx context.Context) error { return w.store.ChangeReceiver(ctx, w.name, change, notices...) })
}

// persist writes until it is written. Nothing more is sent meanwhile: what
// cannot be recorded would be sent twice.
func (w *worker) persist(ctx context.Context, write func(context.Context) error) {
	for pause := time.Second; ; pause = min(2*pause, maxPause) {
		err := write(context.WithoutCancel(ctx))
		if err == nil {
			return
		}
		if ctx.Err() != nil {
			w.log.Error("what was sent could not be recorded; it will be sent again with the same id", "err", err)
			return
		}
		if pause == time.Second {
			w.log.Error("the store refuses to record an attempt; sending pauses", "err", err)
		}
		nap(ctx, nil, pause)
	}
}

// errStopped ends an attempt whose grace is over.
var errStopped = errors.New("the daemon stops")

// withGrace is a context that ends some time after ctx.
func withGrace(ctx context.Context) (context.Context, func()) {
	out, cancel := context.WithCancelCause(context.WithoutCancel(ctx))
	var timer *time.Timer
	armed := make(chan struct{})
	stop := context.AfterFunc(ctx, func() {
		timer = time.AfterFunc(grace, func() { cancel(errStopped) })
		close(armed)
	})
	return out, func() {
		if !stop() { // armed, or about to be
			<-armed
			timer.Stop()
		}
		cancel(nil)
	}
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
