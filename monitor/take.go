package monitor

import (
	"fmt"
	"runtime/debug"

	"dewline"
)

// taken is what a response came to: every entry of it in one counted state.
type taken struct {
	poll    dewline.Poll
	new     []dewline.Item
	changed []dewline.Item
	known   map[dewline.Key]dewline.Known
	aliases map[dewline.Key]dewline.Key
	matches []dewline.Match
	old     map[dewline.Key]bool // items of which nobody is told, whatever is found in them later
	fault   error                // a panic on an entry, contained
}

// take sorts the entries of a response into new, changed, seen and rejected,
// and judges the new and changed ones. An entry whose fingerprint is known
// costs a comparison. One that is known by its alias alone is seen, and nothing of it
// is remembered: a feed that changes its GUIDs at every poll would fill the store.
func take(resp *dewline.Response, known map[dewline.Key]dewline.Known, names named, judge Judge) taken {
	t := taken{known: make(map[dewline.Key]dewline.Known), aliases: make(map[dewline.Key]dewline.Key), old: make(map[dewline.Key]bool), fault: names.fault}
	t.poll.Entries = len(resp.Entries)
	for reason, n := range resp.Rejected {
		t.reject(reason, n)
		t.poll.Entries += n
	}
	for i := range resp.Entries {
		e := &resp.Entries[i]
		if _, ok := names.items[i]; ok {
			t.poll.Seen++
			continue
		}
		if err := t.entry(e, known, judge); err != nil {
			t.fault = err
			t.reject(dewline.RejectedInternal, 1)
			continue
		}
		if alias, ok := names.claims[i]; ok {
			t.aliases[alias] = e.Key
		}
	}
	t.poll.New, t.poll.Changed, t.poll.Matches = len(t.new), len(t.changed), len(t.matches)
	return t
}

func (t *taken) reject(reason dewline.Rejection, n int) {
	if t.poll.Rejected == nil {
		t.poll.Rejected = make(map[dewline.Rejection]int)
	}
	t.poll.Rejected[reason] += n
}

// entry takes one entry in. A panic in what a hostile entry set off is an error
// of this entry alone; it will be tried again at the next poll.
func (t *taken) entry(e *dewline.Entry, known map[dewline.Key]dewline.Known, judge Judge) (err error) {
	old, seen := known[e.Key]
	if seen && (e.Partial || old.Fingerprint == e.Fingerprint) {
		t.poll.Seen++
		return nil
	}
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("entry %s: %v\n%s", e.Key, r, debug.Stack())
		}
	}()
	item := e.Make()
	now := dewline.Known{Fingerprint: e.Fingerprint, Text: item.TextHash(), Version: old.Version}
	if seen && now.Text == old.Text { // another date, another link, other mark-up
		t.known[e.Key] = now
		t.poll.Seen++
		return nil
	}
	now.Version++
	item.Version = now.Version
	matches := judge.Match(&item)
	if e.Old {
		t.old[e.Key] = true
		for i := range matches {
			matches[i].Alert = nil
		}
	}

	t.known[e.Key] = now
	t.matches = append(t.matches, matches...)
	if seen {
		t.changed = append(t.changed, item)
	} else {
		t.new = append(t.new, item)
	}
	return nil
}
