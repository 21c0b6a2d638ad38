package notify

import (
	"context"
	"time"

	"dewline"
)

// heldBatch is how many alerts are claimed at a time while none of them goes out: they are only put off.
const heldBatch = 128

// sift puts off what is not to go out now, makes summaries of what was held, and returns the rest. What it decides
// is durable when it returns; what it could not write down is given back.
func (w *worker) sift(ctx context.Context, alerts []dewline.Alert, window dewline.Window, now time.Time) ([]dewline.Alert, error) {
	var rest, over []dewline.Alert
	var held []dewline.Holding
	for _, a := range alerts {
		d := &a.Delivery
		switch v, hold := w.controls.judge(d, window, now); v {
		case toHold:
			held = append(held, dewline.Holding{Key: d.Key, Hold: hold})
		case toBundle:
			over = append(over, a)
		default:
			if next := w.controls.got(window, d, now); next != nil { // as if the receiver took it
				window = *next
			}
			rest = append(rest, a)
		}
	}
	if w.limit = 0; len(rest) == 0 && len(held) > 0 {
		w.limit = heldBatch
	}
	err := w.hold(ctx, held)
	if err == nil {
		err = w.bundle(ctx, over, now)
	}
	if err != nil {
		w.release(alerts)
		return nil, err
	}
	return rest, nil
}

func (w *worker) hold(ctx context.Context, held []dewline.Holding) error {
	if len(held) == 0 {
		return nil
	}
	first := held[0].Hold
	w.log.Debug("held back", "alerts", len(held), "reason", first.Reason, "until", first.Until.UTC())
	return w.store.Hold(ctx, held)
}

// bundle makes summaries of the alerts whose holds are over, and of all that go out with them.
func (w *worker) bundle(ctx context.Context, over []dewline.Alert, now time.Time) error {
	done := make(map[dewline.Together]bool)
	for _, a := range over {
		t := a.Delivery.Together()
		if done[t] {
			continue
		}
		done[t] = true
		n, err := w.store.Bundle(ctx, t, now)
		if err != nil {
			return err
		}
		w.log.Debug("made a summary", "alerts", n, "reason", t.Reason)
	}
	w.release(over) // of more than a summary holds, some are left
	return nil
}

// review lets what is held go when the controls that hold it were removed or changed: at the beginning, and when the
// clock was set back.
func (w *worker) review(ctx context.Context) {
	now := time.Now()
	last := w.reviewed
	if !last.IsZero() && !setBack(now.Sub(last), now.Round(0).Sub(last.Round(0))) {
		w.reviewed = now
		return
	}
	state, err := w.store.Receiver(ctx, w.name)
	for _, reason := range []dewline.HoldReason{dewline.HoldDigest, dewline.HoldQuiet, dewline.HoldBudget, dewline.HoldGroup} {
		if err != nil {
			w.log.Error("the outbox does not answer; what is held stays so", "err", err)
			return
		}
		if latest, ok := w.controls.latest(reason, state.Window, now); ok {
			_, err = w.store.Shorten(ctx, w.name, reason, latest)
		}
	}
	if err == nil {
		w.reviewed = now
	}
}

// setBack reports that the clock was set back, of what passed between two looks at it and what it showed.
func setBack(passed, shown time.Duration) bool { return passed-shown > time.Second }
