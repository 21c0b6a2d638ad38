package storetest

import (
	"fmt"
	"testing"
	"time"

	"dewline"
)

func latestItems(t *testing.T, e Engine) {
	b := open(t, e)
	for i := range 5 { // first seen at noon, and a second later each
		it := item(uk, fmt.Sprint(i), fmt.Sprint(i), 1)
		it.Published = noon.AddDate(-i, 0, 0)
		b.poll(uk, []dewline.Item{it}, match("r", it), match("other", it))
	}
	edit := item(uk, "1", "1 edited", 2)
	b.poll(uk, []dewline.Item{edit}, match("r", edit))

	latest := func(before uint64, since time.Time, limit int) (titles []string, last uint64) {
		list, err := b.LatestItems(ctx, before, since, limit)
		b.ok(err)
		for _, it := range list {
			titles, last = append(titles, it.Title), it.Seq
		}
		return titles, last
	}
	page, last := latest(0, time.Time{}, 3)
	b.equal("first page", page, []string{"4", "3", "2"})
	page, last = latest(last, time.Time{}, 3)
	b.equal("second page", page, []string{"1 edited", "0"})
	page, _ = latest(last, time.Time{}, 3)
	b.equal("behind the end", page, []string(nil))
	page, _ = latest(0, noon.Add(3*time.Second), 10)
	b.equal("since", page, []string{"4", "3"})
	b.ok(b.Commit(ctx, draft(b.claim(cn), noon.Add(-time.Hour), []dewline.Item{item(cn, "slow", "slow", 1)})))
	page, _ = latest(0, noon.Add(3*time.Second), 10)
	b.equal("since, after a poll that began early and was committed late", page, []string{"4", "3"})

	n, err := b.MatchCount(ctx, "r")
	b.ok(err)
	none, err := b.MatchCount(ctx, "nothing")
	b.ok(err)
	b.equal("match counts: an edit is no second match", []uint64{n, none}, []uint64{5, 0})
}

func deliveryPages(t *testing.T, e Engine) {
	b := open(t, e)
	for i := range 5 {
		it := item(uk, fmt.Sprint(i), fmt.Sprint(i), 1)
		if i == 0 {
			b.poll(uk, nil) // the quiet first poll
		}
		b.poll(uk, []dewline.Item{it}, match("r", it, "desk", "hook"))
	}
	var got []string
	for before := uint64(0); ; {
		page, err := b.Deliveries(ctx, dewline.DeliveryFilter{Receiver: "hook", Before: before, Limit: 2})
		b.ok(err)
		if len(page) == 0 {
			break
		}
		for _, d := range page {
			got, before = append(got, d.Match.Snippet), d.Seq
		}
	}
	b.equal("deliveries over pages", got, []string{"4", "3", "2", "1", "0"})

	// Of each state, also where attempts end in another order than queueing.
	due := b.due("desk") // 0 to 4
	b.ok(b.Settle(ctx, []dewline.Settlement{
		settlement(due[3], dewline.DeliveryDead, b.now, time.Time{}),
		settlement(due[1], dewline.DeliveryDead, b.now, time.Time{}),
		settlement(due[4], dewline.DeliveryDelivered, b.now, time.Time{}),
		settlement(due[2], dewline.DeliveryPending, b.now, b.now.Add(time.Hour)),
		settlement(due[0], dewline.DeliveryPending, b.now, b.now.Add(2*time.Hour)),
	}))
	list := func(f dewline.DeliveryFilter) (got []string) {
		page, err := b.Deliveries(ctx, f)
		b.ok(err)
		for _, d := range page {
			got = append(got, d.Receiver+" "+d.Match.Snippet)
		}
		return got
	}
	b.equal("dead", list(dewline.DeliveryFilter{State: dewline.DeliveryDead}), []string{"desk 3", "desk 1"})
	b.equal("delivered", list(dewline.DeliveryFilter{State: dewline.DeliveryDelivered}), []string{"desk 4"})
	b.equal("delivered before one", list(dewline.DeliveryFilter{State: dewline.DeliveryDelivered, Before: due[4].Delivery.Seq}), []string(nil))
	b.equal("pending", list(dewline.DeliveryFilter{State: dewline.DeliveryPending, Limit: 4}), []string{"hook 4", "hook 3", "hook 2", "desk 2"})
	b.equal("pending of one", list(dewline.DeliveryFilter{State: dewline.DeliveryPending, Receiver: "desk"}), []string{"desk 2", "desk 0"})
	b.equal("pending before one", list(dewline.DeliveryFilter{State: dewline.DeliveryPending, Receiver: "desk", Before: due[2].Delivery.Seq}), []string{"desk 0"})
	n, err := b.Retry(ctx, []dewline.Key{due[3].Delivery.Key}, b.now)
	b.ok(err)
	b.equal("retried", n, 1)
	b.equal("dead after a retry", list(dewline.DeliveryFilter{State: dewline.DeliveryDead}), []string{"desk 1"})
	b.equal("pending after a retry", list(dewline.DeliveryFilter{State: dewline.DeliveryPending, Receiver: "desk"}), []string{"desk 3", "desk 2", "desk 0"})
}
