package storetest

import (
	"fmt"
	"testing"
	"time"

	"dewline"
)

// hold lets all that is due for a receiver wait.
func (b *bench) hold(receiver string, reason dewline.HoldReason, until time.Time) (keys []dewline.Key) {
	b.Helper()
	var all []dewline.Holding
	for _, a := range b.due(receiver) {
		keys = append(keys, a.Delivery.Key)
		all = append(all, dewline.Holding{Key: a.Delivery.Key, Hold: dewline.Hold{Reason: reason, Since: b.now, Until: until}})
	}
	b.ok(b.Hold(ctx, all))
	return keys
}

// listed are the keys of a receiver's deliveries of a state, the newest first.
func (b *bench) listed(state dewline.DeliveryState) (keys []dewline.Key) {
	b.Helper()
	list, err := b.Deliveries(ctx, dewline.DeliveryFilter{State: state, Receiver: "desk"})
	b.ok(err)
	for _, d := range list {
		keys = append(keys, d.Key)
	}
	return keys
}

func (b *bench) tally(receiver string) map[dewline.DeliveryState]uint64 {
	b.Helper()
	counts, err := b.Counts(ctx)
	b.ok(err)
	sums := counts.Deliveries[receiver]
	for state, n := range sums {
		if n == 0 {
			delete(sums, state)
		}
	}
	return sums
}

// statements are matched items, each of a poll of its own.
func (b *bench) statements(rule string, n int) {
	b.Helper()
	for i := range n {
		it := item(uk, fmt.Sprint(rule, i), fmt.Sprint(rule, i), 1)
		b.poll(uk, []dewline.Item{it}, match(rule, it, "desk"))
	}
}

// What is held is due at the end of its hold, and not before.
func heldAlerts(t *testing.T, e Engine) {
	b := open(t, e)
	b.statements("r", 2)
	until := b.now.Add(time.Hour)
	keys := b.hold("desk", dewline.HoldQuiet, until)
	b.equal("due while held", len(b.due("desk")), 0)
	next, ok, err := b.NextDelivery(ctx, "desk")
	b.ok(err)
	b.equal("next", []any{ok, next.Equal(until)}, []any{true, true})
	b.equal("sums", b.tally("desk"), map[dewline.DeliveryState]uint64{dewline.DeliveryHeld: 2})
	b.equal("listed as held", b.listed(dewline.DeliveryHeld), []dewline.Key{keys[1], keys[0]})
	b.equal("listed as pending", len(b.listed(dewline.DeliveryPending)), 0)

	b.reopen()
	b.now = until
	due := b.due("desk")
	b.equal("due at the end", len(due), 2)
	first := due[0].Delivery
	b.equal("the first", []any{first.Key, first.State, first.Hold.Reason, first.Since.Equal(until)}, []any{keys[0], dewline.DeliveryHeld, dewline.HoldQuiet, true})
	later := b.now.Add(time.Minute)
	b.ok(b.Settle(ctx, []dewline.Settlement{
		settlement(due[0], dewline.DeliveryDelivered, b.now, time.Time{}), settlement(due[1], dewline.DeliveryPending, b.now, later),
	}))
	b.equal("sums", b.tally("desk"), map[dewline.DeliveryState]uint64{dewline.DeliveryDelivered: 1, dewline.DeliveryPending: 1})
	// What has ended is not held any more.
	b.ok(b.Hold(ctx, []dewline.Holding{{Key: keys[0], Hold: dewline.Hold{Reason: dewline.HoldQuiet, Until: later}}}))
	b.equal("delivered", b.listed(dewline.DeliveryDelivered), keys[:1])

	b.now = later
	b.equal("held a second time", b.hold("desk", dewline.HoldGroup, later.Add(time.Hour)), keys[1:])
	b.equal("held", b.listed(dewline.DeliveryHeld), keys[1:])
}

// A hold can be made shorter, and is never made longer so.
func shortenedHolds(t *testing.T, e Engine) {
	b := open(t, e)
	b.statements("r", 1)
	b.hold("desk", dewline.HoldDigest, b.now.Add(time.Hour))
	b.statements("s", 1)
	b.hold("desk", dewline.HoldQuiet, b.now.Add(time.Hour))
	for _, c := range []struct {
		reason dewline.HoldReason
		latest time.Duration
		want   int
	}{{dewline.HoldDigest, 2 * time.Hour, 0}, {dewline.HoldBudget, 0, 0}, {dewline.HoldDigest, time.Minute, 1}, {dewline.HoldDigest, time.Minute, 0}} {
		n, err := b.Shorten(ctx, "desk", c.reason, b.now.Add(c.latest))
		b.ok(err)
		b.equal(fmt.Sprint("shortened: ", c.reason, c.latest), n, c.want)
	}
	b.now = b.now.Add(time.Minute)
	b.equal("due", len(b.due("desk")), 1)
}

// What is held together goes out as one delivery, whatever happens meanwhile.
func summaries(t *testing.T, e Engine) {
	b := open(t, e)
	b.statements("r", 2)
	b.statements("s", 1)
	until := b.now.Add(time.Hour)
	parts := b.hold("desk", dewline.HoldDigest, until)
	b.statements("quiet", 1)
	b.hold("desk", dewline.HoldQuiet, until)
	digest := dewline.Together{Receiver: "desk", Reason: dewline.HoldDigest}
	n, err := b.Bundle(ctx, digest, b.now)
	b.ok(err)
	b.equal("bundled before the end", n, 0)

	b.now = until
	b.equal("due at the end", len(b.due("desk")), 4)
	n, err = b.Bundle(ctx, digest, b.now)
	b.ok(err)
	b.equal("bundled", n, 3)
	n, err = b.Bundle(ctx, digest, b.now)
	b.ok(err)
	b.equal("bundled twice", n, 0)
	edit := item(uk, "r0", "edited", 2)
	b.poll(uk, []dewline.Item{edit}, match("r", edit, "desk"))

	b.reopen()
	due := b.due("desk")
	b.equal("due", len(due), 2) // the one that was quiet, and the summary
	summary := due[1]
	var titles []string
	for _, a := range summary.Parts {
		titles = append(titles, a.Item.Title)
	}
	b.equal("what it tells, in order", titles, []string{"r0", "r1", "s0"})
	d := summary.Delivery
	b.equal("the summary", []any{d.Event, d.State, d.Parts, d.Happened().Equal(until)}, []any{dewline.EventSummary, dewline.DeliveryPending, parts, true})
	b.equal("its sums", []any{d.Summary.Reason, d.Summary.Sums, d.Summary.From.Equal(noon), d.Summary.Until.Equal(until)}, []any{
		dewline.HoldDigest, []dewline.RuleSum{{Rule: dewline.RuleRef{Name: "r", Title: "r"}, Count: 2}, {Rule: dewline.RuleRef{Name: "s", Title: "s"}, Count: 1}}, true, true,
	})
	b.equal("sums: alerts alone", b.tally("desk"), map[dewline.DeliveryState]uint64{dewline.DeliveryHeld: 4})
	b.equal("listed as held", len(b.listed(dewline.DeliveryHeld)), 4)
	everybody, err := b.Deliveries(ctx, dewline.DeliveryFilter{State: dewline.DeliveryHeld})
	b.ok(err)
	b.equal("listed as held by anybody", len(everybody), 4)
	b.equal("listed as pending", b.listed(dewline.DeliveryPending), []dewline.Key{d.Key})
	b.ok(b.Hold(ctx, []dewline.Holding{{Key: parts[0], Hold: dewline.Hold{Reason: dewline.HoldQuiet, Until: b.now}}}))

	b.ok(b.Settle(ctx, []dewline.Settlement{settlement(summary, dewline.DeliveryDead, b.now, time.Time{})}))
	b.equal("dead with it", b.tally("desk"), map[dewline.DeliveryState]uint64{dewline.DeliveryHeld: 1, dewline.DeliveryDead: 3})
	n, err = b.Retry(ctx, []dewline.Key{parts[1], parts[2], d.Key}, b.now)
	b.ok(err)
	b.equal("retried", n, 3)
	b.equal("held in it again", b.tally("desk"), map[dewline.DeliveryState]uint64{dewline.DeliveryHeld: 4})
	again := b.due("desk")
	b.equal("due again", []any{len(again), again[0].Delivery.Key}, []any{1, d.Key})
	b.ok(b.Settle(ctx, []dewline.Settlement{settlement(again[0], dewline.DeliveryDelivered, b.now.Add(time.Second), time.Time{})}))
	b.equal("delivered with it", b.tally("desk"), map[dewline.DeliveryState]uint64{dewline.DeliveryHeld: 1, dewline.DeliveryDelivered: 3})
	list, err := b.Deliveries(ctx, dewline.DeliveryFilter{Item: edit.Key})
	b.ok(err)
	b.equal("the history of an item", []any{len(list), list[0].In}, []any{1, d.Key})
}

// A summary tells in the order of queueing, whatever each alert waited for last.
func summaryOrder(t *testing.T, e Engine) {
	b := open(t, e)
	b.statements("r", 1)
	first := b.hold("desk", dewline.HoldGroup, b.now.Add(2*time.Hour))
	b.statements("s", 1)
	second := b.hold("desk", dewline.HoldGroup, b.now.Add(time.Hour))
	b.now = b.now.Add(2 * time.Hour)
	_, err := b.Bundle(ctx, dewline.Together{Receiver: "desk", Reason: dewline.HoldGroup}, b.now)
	b.ok(err)
	b.equal("parts", b.due("desk")[0].Delivery.Parts, append(first, second...))
}

// A summary that is held waits as one, with its alerts in it.
func heldSummary(t *testing.T, e Engine) {
	b := open(t, e)
	b.statements("r", 2)
	parts := b.hold("desk", dewline.HoldBudget, b.now)
	_, err := b.Bundle(ctx, dewline.Together{Receiver: "desk", Reason: dewline.HoldBudget}, b.now)
	b.ok(err)
	until := b.now.Add(time.Hour)
	summary := b.hold("desk", dewline.HoldQuiet, until)
	b.equal("listed as held", b.listed(dewline.DeliveryHeld), []dewline.Key{summary[0], parts[1], parts[0]})
	b.now = until
	due := b.due("desk")
	b.equal("due at the end", []any{len(due), due[0].Delivery.Key, due[0].Delivery.Summary.Reason, len(due[0].Parts)}, []any{1, summary[0], dewline.HoldBudget, 2})
}

// What a receiver got lately is kept with what it got.
func windows(t *testing.T, e Engine) {
	b := open(t, e)
	b.statements("r", 1)
	s := settlement(b.due("desk")[0], dewline.DeliveryDelivered, b.now, time.Time{})
	s.Window = &dewline.Window{Begin: noon, Sent: 3, Last: b.now}
	b.ok(b.Settle(ctx, []dewline.Settlement{s}))
	b.ok(b.ChangeReceiver(ctx, "desk", func(st *dewline.ReceiverState) { st.Disabled = true }))
	b.reopen()
	st, err := b.Receiver(ctx, "desk")
	b.ok(err)
	b.equal("the receiver", []any{st.Disabled, st.Window.Begin.Equal(noon), st.Window.Sent}, []any{true, true, 3})
}
