package dewline

import (
	"strings"
	"time"
)

// PageList says where the items stand on a web page that has no feed, in CSS selectors. Behind a selector may
// stand @ and the attribute that is meant. All but Item are looked for inside each item's block, and may be empty.
type PageList struct {
	Auto    bool   `json:"-"`                 // nobody knows where; the list is to be found, and nothing else is set
	Item    string `json:"item"`              // the block of one item
	Link    string `json:"link,omitempty"`    // default: the block itself, or its first link
	Title   string `json:"title,omitempty"`   // default: the link's text
	Date    string `json:"date,omitempty"`    // default: a <time>
	Summary string `json:"summary,omitempty"` // default: none
}

// Sitemap chooses the items of a sitemap.
type Sitemap struct {
	// Match is a text that the address of an item holds behind its host; * in it is any text. Empty: every address.
	Match string
}

// Reading is how the feed's body is read where it is no feed. A body that was read in another way says nothing
// of what this one finds.
func (f Feed) Reading() string {
	switch {
	case f.Page != nil && f.Page.Auto:
		return "page\x00auto"
	case f.Page != nil:
		p := f.Page
		return strings.Join([]string{"page", p.Item, p.Link, p.Title, p.Date, p.Summary}, "\x00")
	case f.Sitemap != nil:
		return "sitemap\x00" + f.Sitemap.Match
	}
	return ""
}

// Part is a sitemap that an index of sitemaps names.
type Part struct {
	URL     string
	LastMod string    // as the index writes it; may be empty
	At      time.Time // the same, where it can be read
}

// PartState is what is known between two polls of a sitemap that an index names.
type PartState struct {
	LastMod string    `json:"lastmod,omitempty"` // what the index said when it was last read, or passed over
	Read    time.Time `json:"read,omitzero"`     // when it was last asked for; zero: never
	Whole   bool      `json:"whole,omitempty"`   // and then it was taken in whole
	Old     bool      `json:"old,omitempty"`     // it was named when the index was read for the first time, and never taken in yet

	// Of the last body that was wholly taken in.
	ETag         string `json:"etag,omitempty"`
	LastModified string `json:"last_modified,omitempty"`
	BodyHash     Key    `json:"body_hash,omitzero"`
}
