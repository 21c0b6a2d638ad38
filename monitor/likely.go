package monitor

import (
	"fmt"
	"time"

	"dewline"
)

// What is only likely is decided here. What cannot be decided safely is told: a statement told twice is a
// nuisance, one that is taken for another is missed.

// asEdited takes an entry of unknown key for an item of the feed that changed its title or its text together
// with its GUID or address.
func (r *recognition) asEdited(s *sighting) {
	if !s.free() {
		return
	}
	for _, l := range s.likes.Titled {
		if r.mayBe(s, l) && r.sameWords(s, l) {
			r.is(s, edited, l.Item)
			return
		}
	}
	for _, l := range s.likes.Paged {
		if r.mayBe(s, l) && r.ownsItsPage(s) && r.sameHeadlineOrWords(s, l) {
			r.is(s, edited, l.Item)
			return
		}
	}
}

// mayBe reports whether an entry may be a known item of the feed at all: the item's page, which is not in the
// response, with another GUID, of a feed that changes GUIDs or with the date unchanged; or the first GUID that it has.
func (r *recognition) mayBe(s *sighting, l dewline.Like) bool {
	if !l.Own || r.present[l.Item] || l.Query != s.like.Query && !s.dated(l) {
		return false
	}
	if l.Query == s.like.Query && s.make().GUID != "" && r.byLink(l.Item) {
		return true
	}
	if s.redates(l) && !r.redated {
		return false
	}
	return r.churns || s.dated(l)
}

// byLink reports whether an item is known by its link alone: the feed gave no GUID then, or the item came by a list
// of its site's news, and now the feed shows it.
func (r *recognition) byLink(item dewline.Key) bool {
	past, ok := r.past(item)
	return ok && past.Current.GUID == "" && past.Current.URL != ""
}

// sameWords compares the texts with an item of the same page and title. Where there is no text to compare, the
// page decides if it is the item's own.
func (r *recognition) sameWords(s *sighting, l dewline.Like) bool {
	past, ok := r.past(l.Item)
	if !ok {
		return false
	}
	share, enough := resemblance(&past.Current, s.make())
	if enough && share < related {
		s.doubt = fmt.Sprintf("told as a new statement: item %s has the same page and title, but another text", l.Item)
	}
	return enough && share >= related || !enough && r.ownsItsPage(s)
}

// sameHeadlineOrWords compares with an item of the same page and another title.
func (r *recognition) sameHeadlineOrWords(s *sighting, l dewline.Like) bool {
	past, ok := r.past(l.Item)
	if !ok {
		return false
	}
	share, enough := resemblance(&past.Current, s.make())
	return enough && share >= related || headlines(past.Current.Title, s.make().Title) >= related
}

// ownsItsPage reports whether the page is that of one statement alone, as far as is known: it is no front page,
// and no other item or entry is there.
func (r *recognition) ownsItsPage(s *sighting) bool {
	if s.like.Front || r.onPage[s.page()] > 1 {
		return false
	}
	items := make(map[dewline.Key]bool)
	for _, list := range [][]dewline.Like{s.likes.Same, s.likes.Titled, s.likes.Paged} {
		for _, l := range list {
			if l.Query == s.like.Query {
				items[l.Item] = true
			}
		}
	}
	return len(items) <= 1
}

// asServedElsewhere takes an entry of unknown key for an item that another feed of the publisher brought: of
// its page, with its title, and with the same text or more or less of it.
func (r *recognition) asServedElsewhere(s *sighting) {
	if !s.free() {
		return
	}
	var best dewline.Key
	most := -1.0
	for _, list := range [][]dewline.Like{s.likes.Same, s.likes.Titled} {
		for _, l := range list {
			if l.Own || r.present[l.Item] || l.Query != s.like.Query && !s.dated(l) {
				continue
			}
			if share := r.joins(s, l.Item); share > most {
				best, most = l.Item, share
			}
		}
	}
	if most >= 0 {
		r.is(s, joined, best)
	}
}

// joins is how much an entry's text is that of another feed's item of the same page and title; negative if they
// are two statements, or if that cannot be told.
func (r *recognition) joins(s *sighting, item dewline.Key) float64 {
	past, ok := r.past(item)
	if !ok || serves(&past.Current, r.feed.Name) {
		return -1
	}
	apart := daysApart(past.Current.Published, s.make().Published)
	share, enough := resemblance(&past.Current, s.make())
	switch {
	case !enough && !apart && r.ownsItsPage(s):
		return 0
	case enough && share >= related && (!apart || share >= alike):
		return share
	}
	s.doubt = fmt.Sprintf("told as a new statement: item %s of the feed %q has the same page and title, but not the same text or date",
		item, past.Current.Feed.Name)
	return -1
}

// serves reports whether an item came by this feed already.
func serves(it *dewline.Item, feed string) bool {
	for _, f := range it.Feeds() {
		if f.Name == feed {
			return true
		}
	}
	return false
}

// daysApart reports two dates that no difference of time zones explains.
func daysApart(a, b time.Time) bool {
	return !a.IsZero() && !b.IsZero() && a.Sub(b).Abs() > 12*time.Hour
}
