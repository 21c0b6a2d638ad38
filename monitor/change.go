package monitor

import (
	"fmt"

	"dewline"
)

// change takes an entry in that is served otherwise than the last time. It may be another date or mark-up, an edit, a
// text that was there before, or something else under an old GUID.
func (t *taken) change(s *sighting, r *recognition, judge Judge) {
	if s.reused && s.verdict == itself {
		t.reuse(s, r, judge)
		return
	}
	said := s.make()
	text, key := said.TextHash(), s.item
	if key.IsZero() {
		key = s.old.Of(s.entry.Key)
	}
	seen := func(version int) {
		t.poll.Seen++
		t.remember(s, &dewline.Item{Key: key}, text, version)
	}
	if s.isKnown && s.verdict == itself && text == s.old.Text { // another date, another link, other mark-up
		seen(s.old.Version)
		return
	}
	past, ok := r.past(key)
	if !ok {
		panic(fmt.Sprintf("item %s was seen and is not stored", key))
	}
	next := successorOf(&past, said, s.old.Text)
	if sameText(&past, &next) || returns(past.Served, &next) {
		if s.verdict == edited { // what is known already is not written at every poll
			t.poll.Seen++
			return
		}
		seen(past.Current.Version)
		return
	}
	next.Version = past.Current.Version + 1
	found := matchAs(judge, &next)
	if !s.entry.Old {
		t.rewritten = append(t.rewritten, r.edited(judge, asSeen(&past), &next, found)...)
	}
	t.found(s, &next, found)
	t.changed = append(t.changed, next)
	t.bases[key] = past.Current.Basis()
	t.remember(s, &next, text, next.Version)
}

// sameText reports whether an edit changes nothing that a reader sees.
func sameText(past *dewline.Past, next *dewline.Item) bool {
	return next.TextHash() == asSeen(past).TextHash()
}

// asSeen is what an edit is an edit of. A full text that was fetched is not the feed's.
func asSeen(past *dewline.Past) *dewline.Item {
	if len(past.Current.Also) == 0 {
		return &past.Served[len(past.Served)-1]
	}
	return &past.Current
}

// reuse makes a new item of an entry that has the GUID of another one.
func (t *taken) reuse(s *sighting, r *recognition, judge Judge) {
	item := *s.make()
	item.Key = dewline.ReusedKey(s.entry.Key, &item)
	if past, stored := r.past(item.Key); stored {
		t.poll.Seen++
		t.remember(s, &past.Current, item.TextHash(), past.Current.Version)
		return
	}
	why := "with which it has nothing in common"
	if s.beside {
		why = "which stands beside it in the feed"
	}
	item.Identity = fmt.Sprintf("told as a new statement: the feed gave it the identity of item %s, %s", s.old.Of(s.entry.Key), why)
	t.add(s, item, judge)
}

// another reports whether what came under the identity of an item is no edit of it. Title, page, date and text
// bear witness. A GUID alone does not: some feeds show one statement at a time, all under one GUID.
func another(old, now *dewline.Item, s *sighting) bool {
	share, enough := resemblance(old, now)
	renamed := headlines(old.Title, now.Title) < related
	retitled := plain(old.Title) != plain(now.Title)
	later := !undated(old, now) && !old.Published.Equal(now.Published)
	sameDate := !undated(old, now) && !later
	switch {
	case enough && share >= alike, sameDate && s.samePage(old):
		return false
	case now.URL == "" || s.like.Front:
		return renamed && later && !(enough && share >= related) || renamed && enough && share < apart
	case s.samePage(old):
		return retitled && later && enough && share < related && (renamed || share < apart)
	case !retitled:
		return !sameDate && enough && share < apart
	case later:
		return true
	case enough && share >= related:
		return false
	}
	return renamed || !sameDate && enough
}

// samePage reports whether the entry links to the page of the item as it was.
func (s *sighting) samePage(old *dewline.Item) bool {
	if old.URL == s.make().URL {
		return true
	}
	for _, list := range [][]dewline.Like{s.likes.Same, s.likes.Titled, s.likes.Paged} {
		for _, l := range list {
			if l.Own && l.Item == old.Key && l.Query == s.like.Query {
				return true
			}
		}
	}
	return false
}

func undated(a, b *dewline.Item) bool { return a.Published.IsZero() || b.Published.IsZero() }

// mayReturn is how often a text may be a version of one item: when it came first, and when the publisher took an edit
// back. Servers that disagree show old and new text in turns; that would make versions without end.
const mayReturn = 2

// returns reports whether a text was a version so often that it makes no further one.
func returns(served []dewline.Item, next *dewline.Item) bool {
	n, text := 0, next.TextHash()
	for i := range served {
		if served[i].TextHash() == text {
			n++
		}
	}
	return n >= mayReturn
}
