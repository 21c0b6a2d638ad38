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

// told is a bulletin on one feed.
func told(was, now dewline.Told, n dewline.Notice) dewline.Bulletin {
	return dewline.Bulletin{Changes: []dewline.Telling{{Feed: uk.Key(), Was: was, Now: now}}, Notices: []dewline.Notice{n}}
}

// A change of a feed's health is queued by the commit that made it, and once for each receiver: who noticed
// it too, by this process or another, queues nothing.
func noticeOnce(t *testing.T, e Engine) {
	b := open(t, e)
	failing := dewline.Told{State: dewline.HealthFailing, Since: noon, At: noon, Times: 1}
	for range 2 {
		c := draft(b.claim(uk), b.now, nil)
		c.Bulletin = told(dewline.Told{}, failing, notice(uk, dewline.EventFailing, noon, "ops", "desk", "ops"))
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
	states, err := b.Feeds(ctx)
	b.ok(err)
	b.equal("what they know", []any{states[1].Told.State, states[1].Told.Times, b.claim(uk).Told.Since.Equal(noon)}, []any{dewline.HealthFailing, 1, true})
	b.ReleaseFeed(uk.Key())

	c := draft(b.claim(uk), b.now, nil)
	c.State.Revision += 7
	c.Bulletin = told(failing, dewline.Told{}, notice(uk, dewline.EventSilent, noon, "late"))
	if b.Commit(ctx, c) == nil {
		t.Fatal("a wrong revision was taken")
	}
	b.equal("told by a refused commit", len(b.due("late")), 0)
}

// A bulletin on many feeds is told as a whole or not at all, and disturbs no poll that is under way.
func bulletin(t *testing.T, e Engine) {
	b := open(t, e)
	st := b.claim(uk)
	failing := dewline.Told{State: dewline.HealthFailing, Since: noon, Group: noon, Gaps: dewline.ToldGaps{At: noon.Add(time.Nanosecond), Open: 3}}
	first := told(dewline.Told{}, failing, notice(uk, dewline.EventFailing, noon, "ops"))
	for i, want := range []bool{true, false} {
		done, err := b.Tell(ctx, first, noon)
		b.ok(err)
		b.equal(show(i), done, want)
	}
	b.equal("told", len(b.due("ops")), 1)
	b.ok(b.Commit(ctx, draft(st, b.now, nil)))

	both := told(failing, dewline.Told{}, notice(uk, dewline.EventRecovered, noon, "ops"))
	both.Changes = append(both.Changes, dewline.Telling{Feed: cn.Key(), Was: failing})
	done, err := b.Tell(ctx, both, noon)
	b.ok(err)
	b.equal("of a feed of which they know something else", []any{done, len(b.due("ops")), b.claim(uk).Told.Gaps.Open}, []any{false, 0, uint32(3)})
	b.ReleaseFeed(uk.Key())

	other := failing
	other.Gaps.Open++
	done, err = b.Tell(ctx, told(other, failing, notice(uk, dewline.EventFailing, noon, "late")), noon)
	b.ok(err)
	b.equal("of a feed of whose gaps they know others", done, false)
	done, err = b.Tell(ctx, told(failing, other, notice(uk, dewline.EventFailing, noon, "late")), noon)
	b.ok(err)
	b.equal("of one of whose gaps they know the same", done, true)
}
