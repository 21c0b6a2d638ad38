package monitor

import (
	"fmt"
	"runtime/debug"

	"dewline"
)

// named is what the aliases of a response's entries say. Entries are meant by their place in it.
type named struct {
	items  map[int]dewline.Key // of unknown key, but known: the item that the entry is
	claims map[int]dewline.Key // the alias that the entry's item gets
	fault  error               // a panic on an entry, contained: it has no alias then
}

// twins are the entries of a response that have one alias, and wait for an item or for an alias of
// their own.
type twins struct {
	alias dewline.Key
	fresh []int               // of unknown key
	old   []dewline.Key       // of known key, but served otherwise than the last time
	place map[dewline.Key]int // where those of old stand that wait
	next  int                 // the first Twin of the alias that was not looked up yet
}

func (g *twins) waiting() int { return len(g.fresh) + len(g.place) }

// byAlias looks the entries up a second time of which the key says nothing, or that are not as they were
// served the last time: feeds change GUIDs and addresses although the statement is the same. An entry
// that is as it was costs nothing here.
//
// An item is one entry of a response and not two: what stands beside its twin is a statement of its own,
// and has an alias of its own, the next Twin, by which it is known the next time.
func byAlias(entries []dewline.Entry, known map[dewline.Key]dewline.Known, lookUp func([]dewline.Key) (map[dewline.Key]dewline.Key, error)) (named, error) {
	n := named{items: make(map[int]dewline.Key), claims: make(map[int]dewline.Key)}
	groups := n.group(entries, known)
	if len(groups) == 0 {
		return n, nil
	}
	present := make(map[dewline.Key]bool, len(known)) // items that are an entry of this response
	for key := range known {
		present[key] = true
	}
	for len(groups) > 0 {
		var aliases []dewline.Key
		for _, g := range groups {
			aliases = g.ask(aliases)
		}
		items, err := lookUp(aliases)
		if err != nil {
			return n, err
		}
		left := groups[:0]
		for _, g := range groups {
			if g.settle(&n, present, items); g.waiting() > 0 {
				left = append(left, g)
			}
		}
		groups = left
	}
	return n, nil
}

// group brings the entries together that need their alias, in the order of the response.
func (n *named) group(entries []dewline.Entry, known map[dewline.Key]dewline.Known) (groups []*twins) {
	of := make(map[dewline.Key]*twins)
	for i := range entries {
		e := &entries[i]
		old, seen := known[e.Key]
		if e.Alias == nil || e.Partial || seen && old.Fingerprint == e.Fingerprint {
			continue
		}
		alias := n.aliasOf(e)
		if alias.IsZero() {
			continue
		}
		g := of[alias]
		if g == nil {
			g = &twins{alias: alias, place: make(map[dewline.Key]int)}
			of[alias] = g
			groups = append(groups, g)
		}
		if !seen {
			g.fresh = append(g.fresh, i)
			continue
		}
		g.old = append(g.old, e.Key)
		g.place[e.Key] = i
	}
	return groups
}

func (n *named) aliasOf(e *dewline.Entry) dewline.Key {
	defer func() {
		if r := recover(); r != nil {
			n.fault = fmt.Errorf("entry %s: %v\n%s", e.Key, r, debug.Stack())
		}
	}()
	return e.Alias()
}

// span is how many Twins are looked up next: one for each that waits, and more each time, so that all
// look-ups together are few.
func (g *twins) span() int { return max(g.waiting(), g.next) }

func (g *twins) ask(aliases []dewline.Key) []dewline.Key {
	for i := range g.span() {
		aliases = append(aliases, g.alias.Twin(g.next+i))
	}
	return aliases
}

// settle gives the entries that wait what was found: an item that stands in the response is the entry of its
// key, any other one is the first entry of unknown key. Who finds an alias free takes it.
func (g *twins) settle(n *named, present map[dewline.Key]bool, items map[dewline.Key]dewline.Key) {
	for last := g.next + g.span(); g.next < last && g.waiting() > 0; g.next++ {
		alias := g.alias.Twin(g.next)
		item, found := items[alias]
		switch {
		case !found && len(g.fresh) > 0:
			n.claims[g.fresh[0]] = alias
			g.fresh = g.fresh[1:]
		case !found:
			n.claims[g.firstOld()] = alias
		case present[item]:
			delete(g.place, item)
		case len(g.fresh) > 0:
			n.items[g.fresh[0]] = item
			present[item] = true
			g.fresh = g.fresh[1:]
		}
	}
}

// firstOld takes the first of the old ones that still wait out.
func (g *twins) firstOld() int {
	for {
		key := g.old[0]
		g.old = g.old[1:]
		if i, waits := g.place[key]; waits {
			delete(g.place, key)
			return i
		}
	}
}
