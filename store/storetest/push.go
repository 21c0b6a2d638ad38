package storetest

import (
	"slices"
	"testing"
	"time"

	"dewline"
)

func subscribed(t *testing.T, e Engine) {
	b := open(t, e)
	gone := dewline.Feed{Name: "not configured"}
	first := dewline.Subscription{Feed: uk.Key(), Name: uk.Name, Hub: "https://a.test/", Topic: uk.URL, Token: "t1", Secret: []byte("s1"), State: dewline.PushFailed, Next: noon}
	second := first
	second.Hub, second.Token, second.State = "https://b.test/", "t2", dewline.PushAsking
	third := dewline.Subscription{Feed: gone.Key(), Hub: "https://a.test/", Topic: "x", State: dewline.PushLeaving}
	for _, s := range []dewline.Subscription{first, second, third} {
		b.ok(b.PutSubscription(ctx, s))
	}
	second.State, second.LeaseEnd = dewline.PushActive, noon.Add(time.Hour)
	b.ok(b.PutSubscription(ctx, second))
	b.ok(b.DropSubscription(ctx, third.Key()))
	b.ok(b.DropSubscription(ctx, third.Key())) // what is not there is gone
	b.reopen()
	list, err := b.Subscriptions(ctx)
	b.ok(err)
	got := make(map[string]string)
	for _, s := range list {
		got[s.Token] = s.Hub + " " + string(s.State) + " " + string(s.Secret) + " " + s.LeaseEnd.UTC().Format(time.TimeOnly)
	}
	b.equal("subscriptions", got, map[string]string{"t1": "https://a.test/ failed s1 00:00:00", "t2": "https://b.test/ active s1 13:00:00"})
	states, err := b.Feeds(ctx)
	b.ok(err)
	for _, st := range states {
		switch {
		case st.Name == cn.Name && st.Push != nil:
			b.Errorf("%s has the subscription %+v of another feed", st.Name, st.Push)
		case st.Name == uk.Name && (st.Push == nil || st.Push.Hub != second.Hub):
			b.Errorf("%s is pushed by %+v", st.Name, st.Push)
		}
	}
}

func hastened(t *testing.T, e Engine) {
	b := open(t, e)
	due := func(want ...string) {
		t.Helper()
		claimed, err := b.ClaimFeeds(ctx, b.now, b.now.Add(time.Hour), 10)
		b.ok(err)
		names := []string{}
		for _, st := range claimed {
			names = append(names, st.Name)
		}
		slices.Sort(names)
		b.equal("claimed", names, want)
	}
	b.poll(uk, nil)
	b.poll(cn, nil)
	due()
	b.HastenFeed(uk.Key(), b.now)
	b.HastenFeed(dewline.FeedKey("nobody"), b.now)
	due(uk.Name)
	b.HastenFeed(uk.Key(), b.now) // while it is being polled
	due()
	b.ReleaseFeed(uk.Key())
	st := b.claim(uk)
	b.ok(b.Commit(ctx, draft(st, b.now, nil))) // not the poll that was asked for: it did not come because it was due
	due(uk.Name)
	b.ReleaseFeed(uk.Key())
	due()
	b.HastenFeed(uk.Key(), b.now) // and so it is when it was put off
	due(uk.Name)
	b.DeferFeed(uk.Key(), b.now.Add(time.Hour))
	b.HastenFeed(uk.Key(), b.now)
	due(uk.Name)
	b.DeferFeed(uk.Key(), b.now.Add(10*time.Minute))
	due()
	b.HastenFeed(uk.Key(), b.now.Add(time.Hour)) // it is due sooner
	b.now = b.now.Add(10 * time.Minute)
	due(cn.Name, uk.Name)
	b.ReleaseFeed(uk.Key())
	b.DeferFeed(uk.Key(), b.now.Add(time.Minute))
	b.now = b.now.Add(-24 * time.Hour) // the clock is set back
	b.SetBack(24 * time.Hour)
	due()
	b.now = b.now.Add(time.Minute)
	due(uk.Name)
	b.now = b.now.Add(time.Hour) // the lease of the other one ends as it would have
	due(cn.Name, uk.Name)

	b.ReleaseFeed(uk.Key())
	c := draft(b.claim(uk), b.now, nil)
	c.State.LastPoll = b.now
	b.ok(b.Commit(ctx, c)) // and the program is started again, by a clock that was set back further
	b.now = b.now.Add(-24 * time.Hour)
	b.ok(b.Register(ctx, []dewline.Feed{uk}, b.now))
	due()
	b.now = b.now.Add(time.Hour)
	due(uk.Name)
}
