package monitor

import (
	"fmt"
	"runtime/debug"

	"dewline"
)

// taken is what a response came to: every entry of it in one counted state.
type taken struct {
	poll      dewline.Poll
	new       []dewline.Item
	changed   []dewline.Item
	enriched  []dewline.Item // known by another feed; counted as seen
	known     map[dewline.Key]dewline.Known
	names     []dewline.Named
	bases     map[dewline.Key]uint64
	matches   []dewline.Match
	rewritten []dewline.Rewritten  // edits of which the rules tell
	old       map[dewline.Key]bool // items of which nobody is told, whatever is found in them later
	fault     error                // a panic on an entry, contained
}

// take sorts the entries of a response into new, changed, seen and rejected,
// and judges the new and changed ones. An entry whose fingerprint is known
// costs a comparison. One that is known by its likeness alone is seen, and nothing of it
// is remembered: a feed that changes its GUIDs at every poll would fill the store.
func take(resp *dewline.Response, r *recognition, judge Judge) taken {
	t := taken{known: make(map[dewline.Key]dewline.Known), bases: make(map[dewline.Key]uint64), old: make(map[dewline.Key]bool), fault: r.fault}
	t.poll.Entries = len(resp.Entries)
	for reason, n := range resp.Rejected {
		t.reject(reason, n)
		t.poll.Entries += n
	}
	for i := range resp.Entries {
		s := r.at[i]
		if s == nil || s.verdict == again {
			t.poll.Seen++
			continue
		}
		if err := t.entry(s, r, judge); err != nil {
			t.fault = err
			t.reject(dewline.RejectedInternal, 1)
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
func (t *taken) entry(s *sighting, r *recognition, judge Judge) (err error) {
	defer func() {
		if fault := recover(); fault != nil {
			err = fmt.Errorf("entry %s: %v\n%s", s.entry.Key, fault, debug.Stack())
		}
	}()
	switch {
	case s.verdict == joined:
		t.join(s, r, judge)
	case s.verdict == edited || s.isKnown:
		t.change(s, r, judge)
	default:
		item := *s.make()
		item.Identity = s.doubt
		t.add(s, item, judge)
	}
	return nil
}

// add takes a new item in.
func (t *taken) add(s *sighting, item dewline.Item, judge Judge) {
	item.Version = 1
	t.found(s, &item, judge.Match(&item))
	t.new = append(t.new, item)
	t.remember(s, &item, item.TextHash(), 1)
}

// found takes what the rules find in an entry's item. Of an old entry nobody is told.
func (t *taken) found(s *sighting, item *dewline.Item, matches []dewline.Match) {
	if s.entry.Old {
		t.old[item.Key] = true
		for i := range matches {
			matches[i].Alert, matches[i].Quiet, matches[i].Again = nil, true, false
		}
	}
	t.matches = append(t.matches, matches...)
}

// remember keeps what the entry was served as, and by what its item is known again.
func (t *taken) remember(s *sighting, item *dewline.Item, text uint64, version int) {
	known := dewline.Known{Fingerprint: s.entry.Fingerprint, Text: text, Version: version}
	entry := s.entry.Key
	if s.verdict == edited { // under a key that will change again
		entry = item.Key
	}
	if item.Key != entry {
		known.Item = item.Key
	}
	t.known[entry] = known
	if !s.named && !s.like.Page.IsZero() {
		t.names = append(t.names, dewline.Named{Likeness: s.like, Item: item.Key})
	}
}

// matchAs matches an item as each feed that serves it would have it: a rule for one of the feeds is not to
// miss what came by another one first.
func matchAs(judge Judge, item *dewline.Item) []dewline.Match {
	matches := judge.Match(item)
	for _, feed := range item.Also {
		as := *item
		as.Feed = feed
		for _, m := range judge.Match(&as) {
			if !hasRule(matches, m.Rule.Name) {
				matches = append(matches, m)
			}
		}
	}
	return matches
}

func hasRule(matches []dewline.Match, rule string) bool {
	for _, m := range matches {
		if m.Rule.Name == rule {
			return true
		}
	}
	return false
}
