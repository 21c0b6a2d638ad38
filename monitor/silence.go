package monitor

import (
	"fmt"
	"runtime/debug"
	"time"

	"dewline"
)

// Silences says which silences cover what is told of an item by a rule. One is made for each commit, and one goroutine
// asks it.
type Silences func(item *dewline.Item, rule string) []dewline.Key

// silence notes on the matches which silences cover them, of those of which somebody is to be told. It is asked for
// when everything else is known, so that as little as possible is told that was silenced meanwhile.
func (m *Monitor) silence(now time.Time, items []dewline.Item, matches []dewline.Match, rewritten []dewline.Rewritten) {
	covers := m.silences(now)
	if covers == nil {
		return
	}
	of := make(map[dewline.Key]*dewline.Item, len(items))
	for i := range items {
		of[items[i].Key] = &items[i]
	}
	for i := range matches {
		if match := &matches[i]; len(match.Alert) > 0 {
			match.Silences = m.covering(covers, of[match.Item], match.Rule.Name)
		}
	}
	for i := range rewritten {
		match := &rewritten[i].Match
		match.Silences = m.covering(covers, of[match.Item], match.Rule.Name)
	}
}

// silences are those that hold at a time; nil where none does.
func (m *Monitor) silences(now time.Time) Silences {
	if m.Silences == nil {
		return nil
	}
	return m.Silences(now)
}

// covering asks the silences. Where that sets off a fault, nothing is silenced: what is told in vain is better than
// what is not told.
func (m *Monitor) covering(covers Silences, item *dewline.Item, rule string) (keys []dewline.Key) {
	if item == nil {
		return nil
	}
	defer func() {
		if r := recover(); r != nil {
			m.Log.Error("a silence set off a fault of dewline's own; the alert is sent", "item", item.Key, "rule", rule, "err", fmt.Sprint(r), "stack", string(debug.Stack()))
			keys = nil
		}
	}()
	return covers(item, rule)
}

// silenceRemovals is silence for the removal of one item's page.
func (m *Monitor) silenceRemovals(now time.Time, item *dewline.Item, removed []dewline.Removed) {
	covers := m.silences(now)
	if covers == nil {
		return
	}
	for i := range removed {
		match := &removed[i].Match
		match.Silences = m.covering(covers, item, match.Rule.Name)
	}
}
