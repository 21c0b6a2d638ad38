package monitor

import (
	"fmt"
	"runtime/debug"

	"dewline"
)

// recognition finds out which items the entries of a response are. Most it knows by their key and
// fingerprint, at the cost of a comparison. The others are looked up by their likeness, for feeds change
// GUIDs and addresses although the statement is the same, and publishers serve one statement in several feeds.
//
// An item is one entry of a response and not two: what stands beside its twin is a statement of its own.
type recognition struct {
	edits   Edits
	pending func(*dewline.Item) bool // whether the item's article is still to be fetched
	feed    dewline.Feed
	known   map[dewline.Key]dewline.Known
	recall  func(dewline.Key) (dewline.Past, error)
	churns  bool // the feed gave known statements other GUIDs or addresses, now or at the poll before

	present  map[dewline.Key]bool // items that are an entry of this response
	open     []*sighting          // entries that are not as they were, in their order
	at       map[int]*sighting    // by their place in the response
	onPage   map[page]int         // how many of them are on a page
	since    uint64
	redated  bool // the feed gave a known statement another date
	byKey    bool // some entry was known by its key
	churned  bool // some entry was known by its likeness alone
	recalled map[dewline.Key]dewline.Past
	fault    error // a panic on an entry, contained: it has no likeness then
	err      error // of the store
}

// sighting is an entry that is new or served otherwise than the last time, and what is known of it.
type sighting struct {
	entry   *dewline.Entry
	like    dewline.Likeness
	likes   *likes
	old     dewline.Known
	isKnown bool // by its key
	verdict verdict
	item    dewline.Key // the item that it is, unless the verdict says that it is its own
	named   bool        // its likeness names its item already
	reused  bool        // its key is known, and it is not the item of its key
	beside  bool        // that item is another entry of the response
	doubt   string      // why it is told although something like it is known
	made    *dewline.Item
}

// page is a page with its parameters.
type page struct {
	key   dewline.Key
	query uint32
}

func (s *sighting) page() page { return page{s.like.Page, s.like.Query} }

// likes are what is known to be like an entry, and like its twins: entries of one likeness share them.
type likes struct {
	dewline.Likes
	own  map[dewline.Key]bool // items of the feed that were served so
	free []dewline.Like       // those of them that may be an entry yet
}

// nothing is like what is new; most of what is looked up is.
var nothing = &likes{}

func newLikes(l dewline.Likes) *likes {
	if len(l.Same)+len(l.Titled)+len(l.Paged) == 0 {
		return nothing
	}
	all := &likes{Likes: l, own: make(map[dewline.Key]bool)}
	for _, l := range all.Same {
		if l.Own {
			all.own[l.Item] = true
			all.free = append(all.free, l)
		}
	}
	return all
}

// verdict says what an entry is.
type verdict int

const (
	itself verdict = iota // the item of its key: a new one, or perhaps changed
	again                 // an item as it was once served
	edited                // an item that changed together with its GUID or address
	joined                // an item that came by another feed
)

// recognise goes from what is certain to what is likely, so that an item that one entry certainly is
// is not taken for another one's.
func (r *recognition) recognise(entries []dewline.Entry, lookUp func([]dewline.Likeness) ([]dewline.Likes, uint64, error)) error {
	r.present, r.at = make(map[dewline.Key]bool), make(map[int]*sighting)
	r.recalled, r.onPage = make(map[dewline.Key]dewline.Past), make(map[page]int)
	for i := range entries {
		r.sight(i, &entries[i])
	}
	if len(r.open) == 0 {
		return nil
	}
	if err := r.lookUp(lookUp); err != nil {
		return err
	}
	for _, pass := range []func(*sighting){r.asItsKeySays, r.asAnotherOfItsKey, r.asChanged, r.asServedBefore, r.asEdited, r.asServedElsewhere} {
		for _, s := range r.open {
			r.guard(s.entry, func() { pass(s) })
		}
	}
	return r.err
}

// sight keeps the entries that need a closer look.
func (r *recognition) sight(i int, e *dewline.Entry) {
	old, isKnown := r.known[e.Key]
	r.byKey = r.byKey || isKnown
	if isKnown && (e.Partial || old.Fingerprint == e.Fingerprint) {
		r.present[old.Of(e.Key)] = true
		return
	}
	s := &sighting{entry: e, old: old, isKnown: isKnown, likes: nothing}
	if e.Likeness != nil && !e.Partial {
		r.guard(e, func() { s.like = e.Likeness() })
	}
	r.open = append(r.open, s)
	r.at[i] = s
}

// guard contains a fault of ours on one entry: it is then what its key says.
func (r *recognition) guard(e *dewline.Entry, f func()) {
	defer func() {
		if fault := recover(); fault != nil {
			r.fault = fmt.Errorf("entry %s: %v\n%s", e.Key, fault, debug.Stack())
		}
	}()
	f()
}

// lookUp asks for each likeness once; of very many twins, too.
func (r *recognition) lookUp(lookUp func([]dewline.Likeness) ([]dewline.Likes, uint64, error)) error {
	var ask []dewline.Likeness
	place := make(map[dewline.Likeness]int)
	words := func(l dewline.Likeness) dewline.Likeness {
		return dewline.Likeness{Page: l.Page, Title: l.Title, Text: l.Text}
	}
	for _, s := range r.open {
		if _, asked := place[words(s.like)]; !asked && !s.like.Page.IsZero() {
			place[words(s.like)] = len(ask)
			ask = append(ask, s.like)
		}
	}
	if len(ask) == 0 {
		return nil
	}
	found, since, err := lookUp(ask)
	if err != nil {
		return err
	}
	r.since = since
	all := make([]*likes, len(found))
	for i := range found {
		all[i] = newLikes(found[i])
	}
	for _, s := range r.open {
		if i, asked := place[words(s.like)]; asked {
			s.likes = all[i]
			r.onPage[s.page()]++
		}
	}
	return nil
}

func (r *recognition) is(s *sighting, v verdict, item dewline.Key) {
	s.verdict, s.item = v, item
	r.present[item] = true
}

// asItsKeySays takes an entry of known key for the item of the key where the item was served so before.
func (r *recognition) asItsKeySays(s *sighting) {
	if !s.isKnown {
		return
	}
	item := s.old.Of(s.entry.Key)
	if s.likes.own[item] {
		s.named, s.item = true, item
		r.present[item] = true
	}
}

// asAnotherOfItsKey takes an entry of known key for another item of the feed if that was served so before: a
// feed that gives one GUID to one statement after another comes back to an old one, and one that numbers its
// entries from the top gives each the GUID of its neighbour.
func (r *recognition) asAnotherOfItsKey(s *sighting) {
	if !s.isKnown || s.named {
		return
	}
	if l, found := r.served(s); found {
		r.is(s, again, l.Item)
	}
}

// asChanged takes an entry of known key for its item, changed. If it is something else altogether, or the item
// is another entry of the response, its key says nothing.
func (r *recognition) asChanged(s *sighting) {
	if !s.isKnown || s.named || s.verdict != itself {
		return
	}
	item := s.old.Of(s.entry.Key)
	if s.make().TextHash() != s.old.Text {
		past, ok := r.past(item)
		s.beside = r.present[item]
		if s.reused = ok && (s.beside || another(&past.Current, s.make(), s)); s.reused {
			return
		}
	}
	r.present[item] = true
}

// free reports whether an entry is no item yet.
func (s *sighting) free() bool { return s.verdict == itself && (!s.isKnown || s.reused) }

// asServedBefore takes an entry of unknown key for an item that was served so before.
func (r *recognition) asServedBefore(s *sighting) {
	if s.isKnown { // it was looked for
		return
	}
	if l, found := r.served(s); found {
		r.is(s, again, l.Item)
		r.churned, r.churns = true, true
		r.redated = r.redated || s.redates(l)
	}
}

// maxTwins is among how many twins one is looked for.
const maxTwins = 256

// served finds an item of the feed, and not in the response yet, that was served as this entry is: of its
// page, title and text. Parameters of the page may differ where the date is the same to the second.
func (r *recognition) served(s *sighting) (found dewline.Like, ok bool) {
	for len(s.likes.free) > 0 && r.present[s.likes.free[0].Item] {
		s.likes.free = s.likes.free[1:]
	}
	for _, l := range s.likes.free[:min(len(s.likes.free), maxTwins)] {
		if r.present[l.Item] {
			continue
		}
		if l.Query == s.like.Query {
			return l, true
		}
		if !ok && s.dated(l) {
			found, ok = l, true
		}
	}
	return found, ok
}

// dated reports that the dates are known and the same.
func (s *sighting) dated(l dewline.Like) bool { return s.like.Date != 0 && l.Date == s.like.Date }

// redates reports that the dates are known and differ.
func (s *sighting) redates(l dewline.Like) bool {
	return s.like.Date != 0 && l.Date != 0 && l.Date != s.like.Date
}

// past recalls an item. Of one that cannot be read nothing is known.
func (r *recognition) past(item dewline.Key) (dewline.Past, bool) {
	p, ok := r.recalled[item]
	if !ok && r.err == nil {
		if p, r.err = r.recall(item); r.err == nil {
			r.recalled[item] = p
		}
	}
	return p, r.err == nil && len(p.Served) > 0
}

// make makes the entry's item, once.
func (s *sighting) make() *dewline.Item {
	if s.made == nil {
		item := s.entry.Make()
		s.made = &item
	}
	return s.made
}
