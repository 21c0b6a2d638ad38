package publish

import (
	"encoding/binary"
	"hash/maphash"
	"time"

	"dewline"
)

// pageSize is how many entries a page has.
const pageSize = 100

// page is a stretch of a channel, the newest first, before it has a format.
type page struct {
	address
	entries []entry
	updated time.Time // of the latest change on it
	next    uint64    // the page that goes on is before this Seq; 0: there is none
}

// page takes what was found, of which one more than a page says that there is a
// next one.
func (p *Publisher) page(at address, matched []dewline.Matched) page {
	pg := page{address: at, updated: nothingYet}
	if len(matched) > pageSize {
		matched = matched[:pageSize]
		pg.next = matched[pageSize-1].Seq
	}
	for i := range matched {
		e := p.entry(at.channel, &matched[i])
		for _, t := range []time.Time{e.updated, e.found()} {
			if t.After(pg.updated) {
				pg.updated = t
			}
		}
		pg.entries = append(pg.entries, e)
	}
	return pg
}

// nothingYet is when a feed without entries was updated: a date is required, and
// it must be the same each time.
var nothingYet = time.Unix(0, 0).UTC()

// seed is the process's: fingerprints are not kept beyond it.
var seed = maphash.MakeSeed()

// fingerprint tells apart what pages are made from, at a small part of the cost
// of making one: a commit anywhere moves the store's revision, and most feeds
// are untouched by it.
func fingerprint(matched []dewline.Matched) uint64 {
	var f printer
	f.SetSeed(seed)
	for i := range matched {
		it := &matched[i].Item
		f.Write(it.Key[:])
		f.text(it.URL, it.Title, it.Summary, it.Content, string(it.HTML), it.Language, it.Feed.Name, it.Feed.URL)
		f.list(it.Feed.Tags, it.Authors, it.Categories)
		f.when(it.Published, it.Updated, it.FirstSeen, it.Changed)
		f.number(uint64(it.Version))
		f.story(&matched[i])
		for _, m := range matched[i].Matches {
			f.text(m.Rule.Name, m.Rule.Title, m.Snippet)
			f.when(m.At)
			f.number(m.Seq)
			for _, h := range m.Hits {
				f.text(h.Term, h.Field, h.Text)
				f.number(uint64(h.Start))
				f.number(uint64(h.End))
			}
			f.number(uint64(len(m.Hits)))
		}
		f.number(uint64(len(matched[i].Matches)))
	}
	return f.Sum64()
}

// printer hashes values, each with its length.
type printer struct{ maphash.Hash }

// story hashes what an entry says of its story.
func (f *printer) story(m *dewline.Matched) {
	f.Write(m.First[:])
	if ref := m.Item.Story; ref != nil {
		f.number(uint64(ref.Items))
		for _, d := range ref.Differs {
			f.text(d.String())
		}
	}
	if g := m.Group; g != nil {
		f.list(g.Feeds)
		f.when(g.Moved)
		f.number(uint64(g.Items))
	}
}

func (f *printer) number(n uint64) {
	var b [8]byte
	binary.LittleEndian.PutUint64(b[:], n)
	f.Write(b[:])
}

func (f *printer) text(all ...string) {
	for _, s := range all {
		f.number(uint64(len(s)))
		f.WriteString(s)
	}
}

func (f *printer) list(all ...[]string) {
	for _, list := range all {
		f.number(uint64(len(list)))
		f.text(list...)
	}
}

func (f *printer) when(all ...time.Time) {
	for _, t := range all {
		f.number(uint64(t.Unix()))
		f.number(uint64(t.Nanosecond()))
	}
}
