package storetest

import (
	"fmt"
	"testing"
	"time"

	"dewline"
)

func alertOnce(t *testing.T, e Engine) {
	b := open(t, e)
	a := item(uk, "a", "first", 1)
	b.poll(uk, []dewline.Item{a}, match("r", a, "desk", "hook"))
	edit := item(uk, "a", "edited", 2)
	b.poll(uk, []dewline.Item{edit}, match("r", edit, "desk", "hook"))
	b.reopen()
	edit.Version, edit.Title = 3, "again"
	b.poll(uk, []dewline.Item{edit}, match("r", edit, "desk", "hook"))
	for _, receiver := range []string{"desk", "hook"} {
		b.equal("alerts of "+receiver, len(b.due(receiver)), 1)
	}
	b.equal("matches", b.titles("r", 0, 10), []string{"again"})

	other := item(uk, "a", "last", 4)
	b.poll(uk, []dewline.Item{other}, match("second rule", other, "desk"))
	b.equal("alerts of another rule", len(b.due("desk")), 1)

	twice := item(uk, "twice", "named twice", 1)
	b.poll(uk, []dewline.Item{twice}, match("r", twice, "desk", "desk"))
	b.equal("alerts of a receiver that is named twice", len(b.due("desk")), 1)
}

func quietFirstPoll(t *testing.T, e Engine) {
	b := open(t, e)
	a := item(uk, "a", "first", 1)
	b.poll(uk, []dewline.Item{a}, match("r", a))
	edit := item(uk, "a", "edited", 2)
	b.poll(uk, []dewline.Item{edit}, match("r", edit, "desk"))
	b.equal("alerts", len(b.due("desk")), 0)
	b.equal("published", b.titles("r", 0, 10), []string{"edited"})
}

func matchPages(t *testing.T, e Engine) {
	b := open(t, e)
	for i := range 5 {
		it := item(uk, fmt.Sprint(i), fmt.Sprint(i), 1)
		b.poll(uk, []dewline.Item{it}, match("even and odd", it), match("other", it))
	}
	before := b.Revision()
	b.poll(uk, []dewline.Item{item(uk, "x", "unmatched", 1)})
	b.equal("revision after an unmatched item", b.Revision(), before)

	b.equal("first page", b.titles("even and odd", 0, 2), []string{"4", "3"})
	matched, err := b.Matches(ctx, "even and odd", 0, 2)
	b.ok(err)
	b.equal("second page", b.titles("even and odd", matched[1].Seq, 2), []string{"2", "1"})
	b.equal("an unknown rule", b.titles("nothing", 0, 2), []string(nil))

	all, err := b.Matches(ctx, "", 0, 10)
	b.ok(err)
	b.equal("all: items and matches of the first", []any{len(all), len(all[0].Matches)}, []any{5, 2})
	counts, err := b.Counts(ctx)
	b.ok(err)
	b.equal("counts", []any{counts.Items, counts.Matches}, []any{6, 10})
}

func versions(t *testing.T, e Engine) {
	b := open(t, e)
	a := item(uk, "a", "3 missiles", 1)
	b.poll(uk, []dewline.Item{a}, match("r", a))
	before := b.Revision()
	b.poll(uk, []dewline.Item{item(uk, "a", "5 missiles", 2)})
	if b.Revision() == before {
		t.Error("a matched item was edited, and the revision stood still")
	}
	list, err := b.Versions(ctx, a.Key)
	b.ok(err)
	b.equal("versions", len(list), 2)
	b.equal("titles", []string{list[0].Title, list[1].Title}, []string{"3 missiles", "5 missiles"})
	b.equal("first seen", []bool{list[0].FirstSeen.Equal(noon), list[1].FirstSeen.Equal(noon), list[1].Changed.Equal(noon.Add(time.Second))}, []bool{true, true, true})
}

func settlement(a dewline.Alert, state dewline.DeliveryState, at, next time.Time) dewline.Settlement {
	return dewline.Settlement{Key: a.Delivery.Key, State: state, Next: next, Attempt: dewline.Attempt{At: at, Answer: string(state)}}
}

func deliveries(t *testing.T, e Engine) {
	b := open(t, e)
	var want []string
	for i := range 3 {
		it := item(uk, fmt.Sprint(i), fmt.Sprint(i), 1)
		want = append(want, it.Title)
		b.poll(uk, []dewline.Item{it}, match("r", it, "desk"))
	}
	alerts := b.due("desk")
	var titles []string
	for _, a := range alerts {
		titles = append(titles, a.Item.Title)
	}
	b.equal("order", titles, want)
	b.equal("claimed twice", len(b.due("desk")), 0)

	later := b.now.Add(10 * time.Minute)
	b.ok(b.Settle(ctx, []dewline.Settlement{
		settlement(alerts[0], dewline.DeliveryDelivered, b.now, time.Time{}),
		settlement(alerts[1], dewline.DeliveryPending, b.now, later),
	}))
	b.ReleaseDelivery(alerts[2].Delivery.Key)
	next, ok, err := b.NextDelivery(ctx, "desk")
	b.ok(err)
	b.equal("next", []any{ok, next.Equal(alerts[2].Delivery.Next)}, []any{true, true})
	b.equal("due after a release", len(b.due("desk")), 1)

	b.reopen()
	b.now = later
	again := b.due("desk")
	b.equal("due later", len(again), 2)
	// What was delivered stays delivered, also when a late answer says otherwise.
	b.ok(b.Settle(ctx, []dewline.Settlement{settlement(alerts[0], dewline.DeliveryPending, b.now, b.now)}))
	list, err := b.Deliveries(ctx, dewline.DeliveryFilter{State: dewline.DeliveryDelivered})
	b.ok(err)
	b.equal("delivered", []any{len(list), len(list[0].Attempts)}, []any{1, 2})
	// Who was told of a failure may settle again what was recorded all the same.
	once := []dewline.Settlement{settlement(again[1], dewline.DeliveryPending, b.now, later)}
	b.ok(b.Settle(ctx, once))
	b.ok(b.Settle(ctx, once))
	list, err = b.Deliveries(ctx, dewline.DeliveryFilter{Limit: 2})
	b.ok(err)
	b.equal("one attempt, settled twice", []any{list[1].Tries, len(list[1].Attempts)}, []any{2, 2})
	list, err = b.Deliveries(ctx, dewline.DeliveryFilter{Limit: 2})
	b.ok(err)
	b.equal("newest first", []string{list[0].Match.Snippet, list[1].Match.Snippet}, []string{"2", "1"})
	counts, err := b.Counts(ctx)
	b.ok(err)
	b.equal("counts", counts.Deliveries["desk"], map[dewline.DeliveryState]uint64{dewline.DeliveryDelivered: 1, dewline.DeliveryPending: 2})
}

func deadLetters(t *testing.T, e Engine) {
	b := open(t, e)
	a := item(uk, "a", "first", 1)
	b.poll(uk, []dewline.Item{a}, match("r", a, "desk"))
	alert := b.due("desk")[0]
	b.ok(b.Settle(ctx, []dewline.Settlement{settlement(alert, dewline.DeliveryDead, b.now, time.Time{})}))
	_, ok, err := b.NextDelivery(ctx, "desk")
	b.ok(err)
	b.equal("a dead letter is due", ok, false)

	b.now = b.now.Add(time.Hour)
	n, err := b.Retry(ctx, []dewline.Key{alert.Delivery.Key, {9}}, b.now)
	b.ok(err)
	b.equal("retried", n, 1)
	again := b.due("desk")[0].Delivery
	b.equal("tries, since, key", []any{again.Tries, again.Since.Equal(b.now), again.Key, len(again.Attempts)}, []any{0, true, alert.Delivery.Key, 1})
	n, err = b.Retry(ctx, []dewline.Key{alert.Delivery.Key}, b.now)
	b.ok(err)
	b.equal("a pending one is not retried", n, 0)
}

func frozenAlert(t *testing.T, e Engine) {
	b := open(t, e)
	a := item(uk, "a", "first", 1)
	b.poll(uk, []dewline.Item{a}, match("r", a, "desk"))
	edit := item(uk, "a", "edited", 2)
	b.poll(uk, []dewline.Item{edit}, match("r", edit, "desk"))
	alert := b.due("desk")[0]
	b.equal("what is told", []any{alert.Item.Title, alert.Delivery.Match.Snippet, alert.Item.Version}, []any{"first", "first", 1})
	list, err := b.MatchesOf(ctx, a.Key)
	b.ok(err)
	b.equal("what is shown", []any{len(list), list[0].Snippet, list[0].Version, list[0].At.Equal(noon)}, []any{1, "edited", 2, true})
}
