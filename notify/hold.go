package notify

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"dewline"

	"github.com/robfig/cron/v3"
)

// controls decide what goes out now. They only put off: whatever they hold has an end, at which it is judged
// again or goes out in a summary.
type controls struct {
	digest cron.Schedule // nil: none
	quiet  *dewline.Quiet
	budget *dewline.Budget
	group  time.Duration
}

func newControls(c dewline.Controls) (controls, error) {
	digest, err := parseDigest(c.Digest)
	return controls{digest: digest, quiet: c.Quiet, budget: c.Budget, group: c.Group}, err
}

// parseDigest reads when digests are due; nil: there are none.
func parseDigest(expr string) (sched cron.Schedule, err error) {
	if expr == "" {
		return nil, nil
	}
	if every, ok := strings.CutPrefix(expr, "@every "); ok {
		d, err := time.ParseDuration(strings.TrimSpace(every))
		if err != nil || d <= 0 {
			return nil, fmt.Errorf("digest %q: not a duration", expr)
		}
		return beat(d), nil
	}
	defer func() { // the parser panics on a few forms
		if recover() != nil {
			sched, err = nil, fmt.Errorf("digest %q: not a schedule", expr)
		}
	}()
	if sched, err = cron.ParseStandard(expr); err != nil {
		return nil, fmt.Errorf("digest %q: %w", expr, err)
	}
	if sched.Next(time.Unix(0, 0)).IsZero() {
		return nil, errors.New("the digest never comes due")
	}
	return sched, nil
}

// beat comes due at the multiples of a duration, whoever asks and when, so that all alerts wait for the same time.
type beat time.Duration

// Next is the next one after a time.
func (b beat) Next(t time.Time) time.Time { return t.Truncate(time.Duration(b)).Add(time.Duration(b)) }

// verdict is what becomes of an alert that is due.
type verdict int

const (
	toSend   verdict = iota
	toHold           // as a hold says
	toBundle         // its hold is over: it goes out with its likes
)

// judge decides about an alert that is due, for a receiver that got lately what the window says.
//
// What was tried once is tried again as it is, for the receiver may have it; only quiet hours put it off. The
// health of sources and receivers is no news to be gathered: it passes digests and groups.
func (c *controls) judge(d *dewline.Delivery, w dewline.Window, now time.Time) (verdict, dewline.Hold) {
	gathered := d.State != dewline.DeliveryPending && d.Hold != nil && d.Hold.Reason != dewline.HoldQuiet
	switch {
	case gathered:
		return c.judgeGathered(d, w, now)
	case d.Critical:
		return toSend, dewline.Hold{}
	}
	if end, quiet := quietUntil(c.quiet, now); quiet {
		return until(dewline.HoldQuiet, now, end)
	}
	if d.Event == dewline.EventSummary || len(d.Attempts) > 0 {
		return toSend, dewline.Hold{}
	}
	if !d.Event.OfFeed() && !d.Event.OfReceiver() {
		if c.digest != nil {
			return until(dewline.HoldDigest, now, c.digest.Next(now))
		}
		if end := w.Last.Add(c.group); c.group > 0 && !w.Last.After(now) && end.After(now) {
			return until(dewline.HoldGroup, now, end)
		}
	}
	if end, spent := c.spent(w, now); spent {
		return until(dewline.HoldBudget, now, end)
	}
	return toSend, dewline.Hold{}
}

// judgeGathered decides about an alert that was held to go out in a summary: now, or in one that is due later
// anyhow.
func (c *controls) judgeGathered(d *dewline.Delivery, w dewline.Window, now time.Time) (verdict, dewline.Hold) {
	switch d.Hold.Reason {
	case dewline.HoldStory:
		if c.digest != nil {
			return until(dewline.HoldDigest, now, c.digest.Next(now))
		}
	case dewline.HoldGroup:
		if end, spent := c.spent(w, now); spent {
			return until(dewline.HoldBudget, now, end)
		}
	}
	return toBundle, dewline.Hold{}
}

func until(reason dewline.HoldReason, now, end time.Time) (verdict, dewline.Hold) {
	return toHold, dewline.Hold{Reason: reason, Since: now, Until: end}
}

// spent reports whether the receiver got as many as it wants, and until when.
func (c *controls) spent(w dewline.Window, now time.Time) (end time.Time, spent bool) {
	return c.windowEnd(w), c.budget != nil && c.open(w, now) && w.Sent >= c.budget.Most
}

func (c *controls) windowEnd(w dewline.Window) time.Time {
	if c.budget == nil {
		return w.Begin
	}
	return w.Begin.Add(c.budget.Per)
}

// open reports whether the time that the budget is for runs. A clock that was set back ends it.
func (c *controls) open(w dewline.Window, now time.Time) bool {
	return !now.Before(w.Begin) && now.Before(c.windowEnd(w))
}

// got is the window after the receiver got something; nil where nobody asks. What is critical uses nothing up, and
// neither does the summary of what a budget held.
func (c *controls) got(w dewline.Window, d *dewline.Delivery, now time.Time) *dewline.Window {
	if c.budget == nil && c.group == 0 {
		return nil
	}
	w.Last = now
	if c.budget == nil || d.Critical || d.Summary != nil && d.Summary.Reason == dewline.HoldBudget {
		return &w
	}
	if !c.open(w, now) {
		w.Begin, w.Sent = now, 0
	}
	w.Sent++
	return &w
}

// latest is how long an alert that was held for a reason waits at most, as the controls are now: those that were
// removed or changed hold nothing any more. False: it is not theirs to say.
func (c *controls) latest(reason dewline.HoldReason, w dewline.Window, now time.Time) (time.Time, bool) {
	end := now
	switch reason {
	case dewline.HoldDigest:
		if c.digest != nil {
			end = c.digest.Next(now)
		}
	case dewline.HoldQuiet:
		if q, quiet := quietUntil(c.quiet, now); quiet {
			end = q
		}
	case dewline.HoldBudget:
		if c.open(w, now) {
			end = c.windowEnd(w)
		}
	case dewline.HoldGroup:
		if g := w.Last.Add(c.group); !w.Last.After(now) && g.After(now) {
			end = g
		}
	default:
		return time.Time{}, false
	}
	return end, true
}
