package storetest

import (
	"testing"
	"time"

	"dewline"
)

func notice(f dewline.Feed, event dewline.Event, since time.Time, alert ...string) dewline.Notice {
	return dewline.Notice{Event: event, Alert: alert, About: dewline.FeedEvent{
		Feed: f.Ref(), At: since, Health: dewline.Health{State: dewline.HealthFailing, Reason: "not-found", Since: since, Remedy: "look"},
	}}
}

// A change of a feed's health is queued by the commit that made it, and once for each receiver: a second
// commit of the same change, by this process or another, queues nothing.
func noticeOnce(t *testing.T, e Engine) {
	b := open(t, e)
	for range 2 {
		c := draft(b.claim(uk), b.now, nil)
		c.Notices = []dewline.Notice{notice(uk, dewline.EventFailing, noon, "ops", "desk", "ops")}
		b.ok(b.Commit(ctx, c))
		b.reopen()
	}
	for _, receiver := range []string{"ops", "desk"} {
		alerts := b.due(receiver)
		b.equal("told to "+receiver, len(alerts), 1)
		d := alerts[0].Delivery
		b.equal("what is told", []any{d.Event, d.Feed.Feed.Name, d.Feed.Health.Remedy, d.Happened().Equal(noon)},
			[]any{dewline.EventFailing, uk.Name, "look", true})
	}
	c := draft(b.claim(uk), b.now, nil)
	c.Notices = []dewline.Notice{notice(uk, dewline.EventRecovered, noon, "ops"), notice(uk, dewline.EventFailing, noon.Add(time.Hour), "ops")}
	b.ok(b.Commit(ctx, c))
	b.equal("other changes", len(b.due("ops")), 2)

	c = draft(b.claim(uk), b.now, nil)
	c.State.Revision += 7
	c.Notices = []dewline.Notice{notice(uk, dewline.EventSilent, noon, "late")}
	if b.Commit(ctx, c) == nil {
		t.Fatal("a wrong revision was taken")
	}
	b.equal("told by a refused commit", len(b.due("late")), 0)
}
