package storetest

import (
	"testing"
	"time"

	"dewline"
)

// rewritten is an edit that a rule tells.
func rewritten(m dewline.Match, alert ...string) dewline.Rewritten {
	m.Alert = nil
	return dewline.Rewritten{Match: m, Alert: alert, Change: dewline.Change{
		From: m.Version - 1, To: m.Version, Reasons: []dewline.Reason{{Kind: dewline.ReasonKind(dewline.FactNumber), Old: "3", New: "5"}},
		Diff: []dewline.FieldDiff{{Field: dewline.FieldTitle, Edits: []dewline.Edit{{Op: dewline.EditInsert, Text: "5"}}}},
	}}
}

// pollEdits is poll with edits that are to be told.
func (b *bench) pollEdits(items []dewline.Item, edits []dewline.Rewritten, matches ...dewline.Match) {
	b.Helper()
	c := draft(b.claim(uk), b.now, items, matches...)
	c.Rewritten = edits
	b.ok(b.Commit(ctx, c))
	b.now = b.now.Add(time.Second)
}

func changeOnce(t *testing.T, e Engine) {
	b := open(t, e)
	a := item(uk, "a", "3 missiles", 1)
	b.poll(uk, []dewline.Item{a}, match("r", a, "desk"))
	b.equal("of the first version", len(b.due("desk")), 1)

	edit := item(uk, "a", "5 missiles", 2)
	m := match("r", edit, "desk")
	b.pollEdits([]dewline.Item{edit}, []dewline.Rewritten{rewritten(m, "desk", "hook")}, m)
	b.reopen()
	alerts := b.due("hook")
	b.equal("told", []any{len(alerts), alerts[0].Delivery.Event, alerts[0].Item.Title, alerts[0].Delivery.Change.From, alerts[0].Delivery.Change.To},
		[]any{1, dewline.EventChanged, "5 missiles", 1, 2})
	b.equal("reasons and diff", *alerts[0].Delivery.Change, rewritten(m).Change)
	b.equal("when", alerts[0].Delivery.Happened(), b.now.Add(-time.Second))
	first := alerts[0].Delivery.Key

	// The next version is another edit; what is told of the one before stays.
	again := item(uk, "a", "7 missiles", 3)
	m = match("r", again, "desk")
	b.pollEdits([]dewline.Item{again}, []dewline.Rewritten{rewritten(m, "hook"), rewritten(m, "hook")}, m)
	alerts = b.due("hook")
	b.equal("of another version, once", []any{len(alerts), alerts[0].Item.Title, alerts[0].Delivery.Key == first}, []any{1, "7 missiles", false})

	// A rule that finds the item by an edit tells that it found it, and not the edit too.
	other := item(uk, "a", "9 missiles", 4)
	m = match("second rule", other, "ops")
	b.pollEdits([]dewline.Item{other}, []dewline.Rewritten{rewritten(m, "ops")}, m)
	alerts = b.due("ops")
	b.equal("found by an edit", []any{len(alerts), alerts[0].Delivery.Event}, []any{1, dewline.EventMatched})

	// One that tells no new items tells the edit.
	last := item(uk, "a", "10 missiles", 5)
	m = match("third rule", last)
	b.pollEdits([]dewline.Item{last}, []dewline.Rewritten{rewritten(m, "night")}, m)
	b.equal("by a rule that tells edits alone", len(b.due("night")), 1)

	// One that matches no more keeps its record, and is told with nothing found.
	gone := item(uk, "a", "no more", 6)
	lost := dewline.Match{Rule: dewline.RuleRef{Name: "r", Title: "r"}, Item: gone.Key, Version: 6}
	b.pollEdits([]dewline.Item{gone}, []dewline.Rewritten{rewritten(lost, "hook")})
	alerts = b.due("hook")
	b.equal("of a match that is gone", []any{len(alerts), alerts[0].Item.Title, len(alerts[0].Delivery.Match.Hits)}, []any{1, "no more", 0})
	matches, err := b.MatchesOf(ctx, gone.Key)
	b.ok(err)
	b.equal("matches on record", len(matches), 3)

	past, err := b.Past(ctx, gone.Key)
	b.ok(err)
	b.equal("the version before", past.Before.Title, "10 missiles")
}
