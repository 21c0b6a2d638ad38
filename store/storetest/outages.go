package storetest

import (
	"fmt"
	"testing"
	"time"

	"dewline"
)

// Two who change a receiver's state do not undo each other.
func receivers(t *testing.T, e Engine) {
	b := open(t, e)
	b.ok(b.ChangeReceiver(ctx, "desk", func(st *dewline.ReceiverState) { st.Disabled, st.Reason = true, "410" }))
	b.ok(b.ChangeReceiver(ctx, "desk", func(st *dewline.ReceiverState) { st.Outage = &dewline.Outage{Since: noon, Error: "503"} }))
	b.reopen()
	st, err := b.Receiver(ctx, "desk")
	b.ok(err)
	b.equal("receiver", []any{st.Name, st.Disabled, st.Reason, st.Outage.Error}, []any{"desk", true, "410", "503"})
	st, err = b.Receiver(ctx, "unknown")
	b.ok(err)
	b.equal("an unknown receiver", []any{st.Name, st.Disabled}, []any{"unknown", false})
}

// A change of a receiver's health is queued with the change, once.
func peers(t *testing.T, e Engine) {
	b := open(t, e)
	told := func(st *dewline.ReceiverState) { st.Outage = &dewline.Outage{Since: noon, Told: b.now} }
	notice := dewline.ReceiverNotice{
		Event: dewline.EventReceiverFailing, Alert: []string{"desk"},
		About: dewline.ReceiverEvent{Receiver: "hook", At: b.now, Health: dewline.Health{State: dewline.HealthFailing, Since: noon}},
	}
	for range 2 {
		b.ok(b.ChangeReceiver(ctx, "hook", told, notice))
	}
	alerts := b.due("desk")
	b.equal("alerts", len(alerts), 1)
	d := alerts[0].Delivery
	b.equal("alert", []any{d.Event, d.Peer.Receiver, d.Happened().Equal(b.now), d.State}, []any{dewline.EventReceiverFailing, "hook", true, dewline.DeliveryPending})
	b.ok(b.Settle(ctx, []dewline.Settlement{settlement(alerts[0], dewline.DeliveryDelivered, b.now, time.Time{})}))
	b.ok(b.ChangeReceiver(ctx, "hook", told, notice))
	b.equal("alerts again", len(b.due("desk")), 0)
}

// outage is three alerts of which the first two were tried at a time and are due an hour later, and the third waits.
func outage(t *testing.T, e Engine) (b *bench, at time.Time) {
	b = open(t, e)
	for i := range 3 {
		it := item(uk, fmt.Sprint(i), fmt.Sprint(i), 1)
		b.poll(uk, []dewline.Item{it}, match("r", it, "desk"))
	}
	at = b.now
	for _, a := range b.due("desk") {
		if a.Item.Title != "2" {
			b.ok(b.Settle(ctx, []dewline.Settlement{settlement(a, dewline.DeliveryPending, at, at.Add(time.Hour))}))
			continue
		}
		b.ReleaseDelivery(a.Delivery.Key)
	}
	return b, at
}

func hastenedDeliveries(t *testing.T, e Engine) {
	b, at := outage(t, e)
	for _, c := range []struct {
		what  string
		since time.Time
		tries int
		want  int
	}{
		{"that failed before it", at.Add(time.Second), 10, 0},
		{"that were tried too often", at, 1, 0},
		{"of the outage", at, 10, 2},
	} {
		n, err := b.Hasten(ctx, "desk", c.since, c.tries)
		b.ok(err)
		b.equal(c.what, n, c.want)
	}
	n, err := b.Hasten(ctx, "hook", at, 10)
	b.ok(err)
	b.equal("of another receiver", n, 0)
	var order []string
	for _, a := range b.due("desk") {
		order = append(order, a.Item.Title)
	}
	b.equal("order", order, []string{"0", "1", "2"})
}

func expired(t *testing.T, e Engine) {
	b, at := outage(t, e)
	find := func(since time.Time, limit int) int {
		keys, err := b.Expired(ctx, "desk", since, limit)
		b.ok(err)
		return len(keys)
	}
	b.equal("before the first", find(noon.Add(-time.Second), 10), 0)
	b.equal("the first two", find(noon.Add(time.Second), 10), 2)
	b.equal("all", find(at, 10), 3)
	b.equal("a few", find(at, 1), 1)
}
