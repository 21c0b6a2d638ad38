package publish

import (
	"container/list"
	"sync"
)

// cacheLimit bounds the bytes of the documents that are kept. They are kept
// compressed: some hundred feeds of a hundred long articles each.
const cacheLimit = 64 << 20

// cache keeps the documents that were polled last.
type cache struct {
	mu    sync.Mutex
	slots map[string]*slot
	used  list.List // of *slot, the last used in front
	size  int       // of all slots
}

// slot is the place of one document.
type slot struct {
	path string
	turn sync.Mutex // held while the document is made, so that it is made once

	// Under turn.
	doc      *document
	revision uint64 // at which doc was right

	// Under cache.mu.
	place *list.Element // nil when the slot was given up
	size  int
}

// get returns the document at the path if it is of this revision or later, or
// has it made. A document that is made is told the one before it.
func (c *cache) get(path string, revision uint64, build func(old *document) (*document, error)) (*document, error) {
	s := c.slot(path)
	s.turn.Lock()
	defer s.turn.Unlock()
	if s.doc != nil && s.revision >= revision {
		return s.doc, nil
	}
	doc, err := build(s.doc)
	if err != nil {
		return nil, err
	}
	s.doc, s.revision = doc, revision
	c.weigh(s, len(doc.packed))
	return doc, nil
}

// slot finds the path's slot and notes its use.
func (c *cache) slot(path string) *slot {
	c.mu.Lock()
	defer c.mu.Unlock()
	if s := c.slots[path]; s != nil {
		c.used.MoveToFront(s.place)
		return s
	}
	s := &slot{path: path}
	s.place = c.used.PushFront(s)
	if c.slots == nil {
		c.slots = make(map[string]*slot)
	}
	c.slots[path] = s
	return s
}

// weigh notes the slot's size and gives up those that were not used for longest
// until the rest is within the limit.
func (c *cache) weigh(s *slot, size int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if s.place == nil {
		return
	}
	c.size += size - s.size
	s.size = size
	for c.size > cacheLimit {
		last := c.used.Remove(c.used.Back()).(*slot)
		delete(c.slots, last.path)
		last.place = nil
		c.size -= last.size
	}
}
