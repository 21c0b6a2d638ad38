package notify

import (
	"context"
	"fmt"
	"time"

	"dewline"
)

const (
	// failingFor is how long a receiver takes nothing before the others are told.
	failingFor = time.Hour
	// mostTries is how many attempts an alert has had, at most, that is tried at once when its receiver is
	// back. The schedule alone makes no more. An alert that is itself the fault, and fails whenever its receiver
	// takes others, so does not come back for ever.
	mostTries = len(delays) + 1
	// sweepEvery is how often an outage of longer than giveUp is searched for what is too old.
	sweepEvery = time.Hour
	// sweepAtOnce bounds a transaction.
	sweepAtOnce = 256
)

// outage is what the worker knows of a run of failures of its receiver. Only the worker's goroutine uses it.
type outage struct {
	breaker breaker
	known   *dewline.Outage // as it is on record; its Error may be newer. nil: none
	others  []string        // receivers that are told of it
	swept   time.Time       // when what is too old was given up last
}

// resume reads what was known of the receiver before this dispatcher ran. An outage goes on, but what another
// address asked for is no concern of this one.
func (w *worker) resume(ctx context.Context) {
	var st dewline.ReceiverState
	w.persist(ctx, func(ctx context.Context) (err error) {
		st, err = w.store.Receiver(ctx, w.name)
		return err
	})
	if st.Outage == nil {
		return
	}
	if st.Address != w.address {
		st.Outage.Until = time.Time{}
	}
	w.outage.known, w.outage.breaker = st.Outage, resume(st.Outage)
}

// rest waits while nothing may be sent, and reports whether it did. Only a retry by hand wakes it.
func (w *worker) rest(ctx context.Context) bool {
	wait := w.outage.breaker.wait(time.Now())
	if wait == 0 {
		return false
	}
	timer := time.NewTimer(min(wait, w.untilTold()))
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-w.again:
		w.outage.breaker.until = time.Time{}
	case <-timer.C:
	}
	return true
}

// note keeps the run of failures: it writes down where it begins and ends, and what the receiver asks.
func (w *worker) note(ctx context.Context, key dewline.Key, a dewline.Attempt, err error) {
	if err == nil {
		w.back(ctx)
		return
	}
	f := asFailure(err)
	o := &w.outage
	o.breaker.failed(key, a.At, a.At.Add(a.Took), f)
	switch {
	case f.gone:
		w.gone(ctx, a)
	case o.known == nil && o.breaker.missed < trip && f.after == 0:
		// A few failures are a blip.
	case o.known == nil:
		w.log.Warn("the receiver takes no alerts", "since", o.breaker.since.UTC(), "err", a.Error)
		w.record(ctx, dewline.Outage{Since: o.breaker.since, Error: a.Error, Until: asked(o.breaker, f)})
	case f.after > 0:
		w.record(ctx, dewline.Outage{Since: o.known.Since, Told: o.known.Told, Error: a.Error, Until: asked(o.breaker, f)})
	default:
		o.known.Error = a.Error
	}
	w.sweep(ctx)
}

// asked is until when the receiver wants nothing.
func asked(b breaker, f *failure) time.Time {
	if f.after > 0 {
		return b.until
	}
	return time.Time{}
}

// record writes the outage down.
func (w *worker) record(ctx context.Context, o dewline.Outage, notices ...dewline.ReceiverNotice) {
	w.outage.known = &o
	w.change(ctx, func(st *dewline.ReceiverState) {
		written := o
		st.Outage, st.Address = &written, w.address
	}, notices...)
}

// back ends an outage: what it put off is due now, in the old order.
func (w *worker) back(ctx context.Context) {
	w.outage.breaker.succeeded()
	was := w.outage.known
	if was == nil {
		return
	}
	var n int
	w.persist(ctx, func(ctx context.Context) (err error) {
		n, err = w.store.Hasten(ctx, w.name, was.Since, mostTries)
		return err
	})
	w.log.Info("the receiver takes alerts again", "since", was.Since.UTC(), "due", n)
	var notices []dewline.ReceiverNotice
	if !was.Told.IsZero() {
		now := time.Now()
		notices = w.notices(dewline.EventReceiverRecovered, now, dewline.Health{
			State: dewline.HealthOK, Reason: string(dewline.HealthOK), Since: was.Since,
			Detail: fmt.Sprintf("it took nothing from %s to %s", date(was.Since), date(now)),
		})
	}
	w.outage.known = nil
	w.change(ctx, func(st *dewline.ReceiverState) { st.Outage = nil }, notices...)
}

// gone disables a receiver that wants nothing ever again, and tells the others at once: it will not be better in
// an hour.
func (w *worker) gone(ctx context.Context, a dewline.Attempt) {
	o := dewline.Outage{Since: w.outage.breaker.since, Error: a.Error, Told: time.Now()}
	disable := func(st *dewline.ReceiverState) {
		written := o
		st.Disabled, st.Reason, st.Since, st.Address, st.Outage = true, a.Error, a.At, w.address, &written
	}
	st := dewline.ReceiverState{Name: w.name}
	disable(&st)
	w.outage.known = &o
	w.log.Error("the receiver says that it is gone; it is disabled", "answer", a.Error, "remedy", st.Health().Remedy)
	w.change(ctx, disable, w.notices(dewline.EventReceiverFailing, o.Told, st.Health())...)
}

// tellOthers tells the other receivers, once, of an outage that lasts.
func (w *worker) tellOthers(ctx context.Context) {
	if w.outage.known == nil || w.untilTold() > 0 {
		return
	}
	o := *w.outage.known
	o.Told = time.Now()
	st := dewline.ReceiverState{Name: w.name, Outage: &o}
	w.log.Error("the receiver fails; the others are told", "since", o.Since.UTC(), "err", o.Error, "told", w.outage.others)
	w.record(ctx, o, w.notices(dewline.EventReceiverFailing, o.Told, st.Health())...)
}

// untilTold is how long it takes until the others are to be told.
func (w *worker) untilTold() time.Duration {
	o := w.outage.known
	if o == nil || !o.Told.IsZero() {
		return longestPause
	}
	return max(time.Until(o.Since.Add(failingFor)), 0)
}

func (w *worker) notices(e dewline.Event, at time.Time, h dewline.Health) []dewline.ReceiverNotice {
	if len(w.outage.others) == 0 {
		return nil
	}
	return []dewline.ReceiverNotice{{
		Event: e, Alert: w.outage.others, About: dewline.ReceiverEvent{Receiver: w.name, Health: h, At: at},
	}}
}

// sweep gives up, in an outage that has lasted for so long, what is too old to be tried again. One attempt after
// another would take as many breaks.
func (w *worker) sweep(ctx context.Context) {
	now := time.Now()
	b := &w.outage.breaker
	if !b.probing() || now.Sub(b.since) < giveUp || now.Sub(w.outage.swept) < sweepEvery {
		return
	}
	w.outage.swept = now
	why := fmt.Sprintf("not sent: for three days the receiver took nothing; the last answer: %s", w.outage.known.Error)
	for n := sweepAtOnce; n == sweepAtOnce && ctx.Err() == nil; {
		var all []dewline.Settlement
		w.persist(ctx, func(ctx context.Context) error {
			keys, err := w.store.Expired(ctx, w.name, now.Add(-giveUp), sweepAtOnce)
			all = all[:0]
			for _, key := range keys {
				all = append(all, dewline.Settlement{Key: key, State: dewline.DeliveryDead, Attempt: dewline.Attempt{At: now, Error: why}})
			}
			return err
		})
		if n = len(all); n == 0 {
			return
		}
		w.persist(ctx, func(ctx context.Context) error { return w.store.Settle(ctx, all) })
		w.log.Error("given up, now dead letters", "deliveries", n, "err", why)
	}
}

// othersOf are who is told of a receiver's outage: the receivers of health alerts but for itself, and where there
// is none, all others.
func othersOf(name string, health, all []string) []string {
	for _, list := range [][]string{health, all} {
		var others []string
		for _, other := range list {
			if other != name {
				others = append(others, other)
			}
		}
		if len(others) > 0 {
			return others
		}
	}
	return nil
}
