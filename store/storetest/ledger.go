package storetest

import (
	"testing"
	"time"

	"dewline"
)

// Every poll is on record at its time, with what it held, however much alike the polls are.
func ledger(t *testing.T, e Engine) {
	b := open(t, e)
	var want []dewline.Poll
	at := noon
	for i := range 300 {
		c := draft(b.claim(uk), at, nil)
		c.Poll.Conditional = i%50 > 0
		c.Poll.HTTPStatus, c.Poll.NotModified, c.Poll.Took, c.Poll.Bytes = 304, true, time.Duration(i%7)*time.Millisecond, int64(i%3)
		switch i {
		case 100:
			c.Poll = dewline.Poll{Feed: uk.Key(), At: at, Status: dewline.StatusTimeout, Detail: "slow"}
		case 200:
			it := item(uk, "a", "first", 1)
			c = draft(c.State, at, []dewline.Item{it})
		case 150, 160:
			c.Poll.Gap = &dewline.Gap{From: at.Add(-time.Hour), To: at, Closed: i == 160, Why: "no older pages"}
		case 201, 202:
			c.Poll.NotModified, c.Poll.Entries, c.Poll.Seen = false, 1, 1
		}
		b.ok(b.Commit(ctx, c))
		want = append([]dewline.Poll{c.Poll}, want...)
		at = at.Add(15*time.Minute + time.Duration(i)*time.Millisecond)
	}
	b.reopen()
	get := func(f dewline.PollFilter) []dewline.Poll {
		list, err := b.Polls(ctx, uk.Key(), f)
		b.ok(err)
		return list
	}
	b.equal("all", get(dewline.PollFilter{}), want)
	b.equal("the newest", get(dewline.PollFilter{Limit: 3}), want[:3])
	since, until := want[205].At, want[90].At
	b.equal("between two times", get(dewline.PollFilter{Since: since, Until: until}), want[91:206])
	b.equal("in force at a time", get(dewline.PollFilter{Until: until.Add(time.Millisecond), Limit: 1}), want[90:91])
	b.equal("with an open gap", get(dewline.PollFilter{Gaps: true, Limit: 2}), want[149:150])
	b.equal("before the first", len(get(dewline.PollFilter{Until: noon})), 0)
	other, err := b.Polls(ctx, cn.Key(), dewline.PollFilter{})
	b.ok(err)
	b.equal("of another feed", len(other), 0)

	// Five weeks later what is too old goes, a little with each poll.
	for range 20 {
		at = at.Add(40 * 24 * time.Hour)
		b.ok(b.Commit(ctx, draft(b.claim(uk), at, nil)))
	}
	b.equal("kept", len(get(dewline.PollFilter{Since: noon, Until: noon.Add(90 * 24 * time.Hour)})), 0)
}
