package dewline

import (
	"encoding/binary"
	"time"

	"github.com/cespare/xxhash/v2"
)

// Entry is one entry of a response. Its key and fingerprint are known at once;
// the item, which is dear to make, is made only when one of them is new.
type Entry struct {
	Key Key
	// Fingerprint is a hash of the entry's fields as served. The same
	// fingerprint means that nothing changed.
	Fingerprint uint64
	// Partial is the entry in which a cut document ends: its identity is certain,
	// but parts of it are missing. It is news where it is not known yet, and never a
	// new version of what is known.
	Partial bool
	// Old: the entry comes from a part of the source that was there when the source was
	// read for the first time, and that is read for the first time now. Its matches
	// are published and alert nobody.
	Old bool
	// Likeness is a second, weaker identity. It is computed only where the key
	// does not help. Nil where there is none.
	Likeness func() Likeness
	// Make normalises the entry. It may be called from one goroutine at a
	// time. Of the result it leaves FirstSeen, Changed, Version and Seq zero:
	// they are the store's.
	Make func() Item
}

// Known is what the store remembers of an entry so that an unchanged one costs
// nothing.
type Known struct {
	Fingerprint uint64 // of the entry as last served
	Text        uint64 // TextHash of the entry as last served
	Version     int    // of its item at that time, from 1
	// Item is the key of its item where that is not its own: the item came first
	// by another feed, or the feed used the entry's GUID for something else before.
	Item Key
}

// Of is the key of the item that the entry with this key is.
func (k Known) Of(entry Key) Key {
	if k.Item.IsZero() {
		return entry
	}
	return k.Item
}

// Item is one statement as a feed published it.
type Item struct {
	Key  Key     `json:"key"`
	Feed FeedRef `json:"feed"`

	GUID  string `json:"guid,omitempty"` // as served; may be empty
	URL   string `json:"url,omitempty"`  // absolute, http or https; may be empty
	Title string `json:"title,omitempty"`
	// Untitled: the source gives no title (a plain sitemap), and Title is made of
	// the address. It gives way to the article's.
	Untitled bool `json:"untitled,omitempty"`
	// Summary and Content are plain text. Two newlines stand between two
	// blocks (paragraphs, table cells, list items); a match does not reach
	// across them. Content is the full text where the feed carries one apart
	// from the summary.
	Summary string `json:"summary,omitempty"`
	Content string `json:"content,omitempty"`
	// HTML is the fuller of summary and content as the feed served it, with
	// absolute links. It is hostile until it went through a sanitiser.
	HTML UnsafeHTML `json:"html,omitempty"`

	Authors    []string `json:"authors,omitempty"`
	Categories []string `json:"categories,omitempty"`
	Language   string   `json:"language,omitempty"` // BCP 47: configured, or the item's own, or the feed's

	// FullText is what became of the article behind the link, for a feed with
	// full_text: where it was fetched, Content, HTML and what the feed left out are
	// the article's. Source is what the text says of its own origin.
	FullText FullText `json:"full_text,omitzero"`
	Source   Source   `json:"source,omitzero"`

	// Dates as the source claims them: future, ancient or absent. Nothing
	// depends on them. The *As fields hold what the source wrote where that
	// is not a date we can read.
	Published   time.Time `json:"published,omitzero"`
	Updated     time.Time `json:"updated,omitzero"`
	PublishedAs string    `json:"published_as,omitempty"`
	UpdatedAs   string    `json:"updated_as,omitempty"`

	// Also are the other feeds of the publisher that serve the item too.
	Also []FeedRef `json:"also,omitempty"`
	// Identity says in words why this is an item of its own, where that was in doubt.
	Identity string `json:"identity,omitempty"`

	// The store's own.
	FirstSeen time.Time `json:"first_seen,omitzero"` // when the first version was committed
	Changed   time.Time `json:"changed,omitzero"`    // when this version was committed, or its full text
	Version   int       `json:"version,omitempty"`   // from 1
	Seq       uint64    `json:"seq,omitempty"`       // order of first sight over all feeds
	Story     *StoryRef `json:"-"`                   // where it is in one; not stored with it
}

// UnsafeHTML is mark-up from outside. Sanitise it before it is shown.
type UnsafeHTML string

// Fields of an item, as queries and matches name them.
const (
	FieldTitle    = "title"
	FieldSummary  = "summary"
	FieldContent  = "content"
	FieldAuthor   = "author"
	FieldCategory = "category"
	FieldURL      = "url"
	FieldFeed     = "feed"
	FieldTag      = "tag"
	FieldLang     = "lang"
)

// TextHash is a hash of what a reader sees of the item: a version differs from
// the one before it exactly when this differs. Links, dates, categories and mark-up
// do not count, nor do white space and the variants of quotation marks and dashes.
func (it *Item) TextHash() uint64 {
	var d xxhash.Digest
	d.Reset()
	var length [binary.MaxVarintLen64]byte
	for _, s := range []string{it.Title, it.Summary, it.Content} {
		n := 0
		eachPlain(s, func(part string) {
			n += len(part)
			d.WriteString(part) //nolint:errcheck // a hash does not fail
		})
		d.Write(binary.AppendUvarint(length[:0], uint64(n))) //nolint:errcheck,gosec // a hash does not fail; it is a length
	}
	return d.Sum64()
}

// Basis is a hash of what an edit, or an addition to the item, is based on.
func (it *Item) Basis() uint64 {
	return it.TextHash() ^ uint64(it.Version)<<32 ^ uint64(len(it.Also)) //nolint:gosec // neither is negative
}

// Feeds are all the feeds that serve the item, the one that it came by first.
func (it *Item) Feeds() []FeedRef { return append([]FeedRef{it.Feed}, it.Also...) }

// Dated is when the statement says that it was published: the day of its source
// line where that is another one than the feed's date, for a re-run keeps the date
// of the statement; else the feed's, which has a time. Zero where both are silent.
func (it *Item) Dated() time.Time {
	issued := it.Source.Issued
	if issued.IsZero() || sameDay(issued, it.Published) || sameDay(issued, it.Published.UTC()) {
		return it.Published
	}
	return issued
}

func sameDay(a, b time.Time) bool {
	return !b.IsZero() && a.Format(time.DateOnly) == b.Format(time.DateOnly)
}

// Claimed is the date that the source gives the item, or the time we first saw
// it where it gives none. For showing and for output feeds only.
func (it *Item) Claimed() time.Time {
	switch {
	case !it.Dated().IsZero():
		return it.Dated()
	case !it.Updated.IsZero():
		return it.Updated
	}
	return it.FirstSeen
}
