package dewline

import (
	"fmt"
	"time"
)

// Response is what one request for a feed came to. A fault is not an error but
// an outcome: every request ends in a Response with a Status.
type Response struct {
	HTTPStatus  int    // 0 where no answer came
	URL         string // where the answer came from, after redirects
	MovedTo     string // where permanent redirects alone lead; empty if none
	Redirects   []Redirect
	ContentType string
	WireBytes   int64 // as received
	BodyBytes   int64 // after decompression
	NotModified bool  // 304
	Conditional bool  // the request had validators
	Identical   bool  // 200 with the very bytes of the last poll

	ETag         string
	LastModified string
	BodyHash     Key

	RetryAfter time.Duration // what the server asked for; 0 if nothing
	Fresh      time.Duration // how long the server says that this answer holds (Cache-Control, Expires); 0 if it does not say

	Index map[string]PartState // what is known of the parts of an index of sitemaps after this response; nil: it is none

	// Pushed: a hub sent this, nobody asked for it. It holds what is new and perhaps
	// nothing else, so what is missing in it says nothing of the source.
	Pushed bool

	// Older counts the last of the entries, which are from older pages of the feed that were read to close the gap.
	// Both are the monitor's.
	Older int
	Gap   *Gap

	Parsed // Status and Detail are set for every response, the rest where there was a body to parse
}

// Document is a response's body on its way to the parser.
type Document struct {
	Body        []byte // decompressed
	ContentType string // the HTTP header, as served
	URL         string // where the body came from: the base of relative links
	Feed        Feed
	At          time.Time // when it was fetched; what dates without a year are near to
	Item        *Item     // of an article: the item whose text it should be
	Part        bool      // one of the sitemaps that an index names
	Before      int       // items in the last body that was read; 0 where there was none

	// Kept are the selectors by which the list of the page was found before, if nobody said where it stands. The
	// first that is there is read.
	Kept []PageList
}

// Parsed is what the parser read from a document.
type Parsed struct {
	Status Status
	Detail string // the status in words for the administrator, with the remedy

	Charset string // how the text was decoded, e.g. "windows-1251 (declared)"
	Format  string // "RSS 2.0", "Atom 1.0", "RSS 1.0 (RDF)", "JSON Feed 1.1", …

	// What the feed says of itself. Dates as it claims them.
	Title       string
	Link        string
	Language    string
	ID          string
	Description string
	Authors     []string
	Categories  []string
	Published   time.Time
	Updated     time.Time

	Hints  Hints
	Paging Paging

	Entries  []Entry
	Rejected map[Rejection]int // entries of the document that are no items, by reason

	// List is the list that was read, of a page of which nobody said where it stands.
	List *PageList

	// Parts are the sitemaps that an index of sitemaps names.
	Parts []Part

	// Advertised holds, for a web page, the feeds that it links to.
	Advertised []FeedLink

	// Offer is what the source says of push, in the document or in the answer's headers.
	Offer PushOffer
}

// Redirect is one hop of a request.
type Redirect struct {
	HTTPStatus int
	To         string
}

// FeedLink is a feed that a web page advertises.
type FeedLink struct {
	URL, Title, Type string
}

// Rejection is the reason why an entry of a response is no item.
type Rejection string

// Why an entry may be rejected.
const (
	RejectedBlank     Rejection = "blank"     // an entry without anything that an item has
	RejectedDuplicate Rejection = "duplicate" // the same entry stands earlier in the response
	RejectedInternal  Rejection = "internal"  // a fault of dewline's own on this entry; tried again at the next poll
)

// Poll is the record of one poll. Its sums balance: every entry of the response
// is new, changed, seen or rejected.
type Poll struct {
	Feed        Key               `json:"feed"`
	At          time.Time         `json:"at"`
	Took        time.Duration     `json:"took"`
	Status      Status            `json:"status"`
	Detail      string            `json:"detail,omitempty"`
	HTTPStatus  int               `json:"http_status,omitempty"`
	Conditional bool              `json:"conditional,omitempty"`  // the request had validators: it asked for changes only
	NotModified bool              `json:"not_modified,omitempty"` // 304, or 200 with the very same bytes
	Bytes       int64             `json:"bytes,omitempty"`        // as received
	Entries     int               `json:"entries,omitempty"`      // in the response
	New         int               `json:"new,omitempty"`
	Changed     int               `json:"changed,omitempty"`
	Seen        int               `json:"seen,omitempty"`
	Rejected    map[Rejection]int `json:"rejected,omitempty"`
	Matches     int               `json:"matches,omitempty"` // matches of the new and changed items
	Older       int               `json:"older,omitempty"`   // of the entries: from older pages
	Gap         *Gap              `json:"gap,omitempty"`     // the gap that this poll found
	Pushed      bool              `json:"pushed,omitempty"`  // a hub sent it; nobody asked the source
}

// Identical reports an answer that was sent whole, and was the very one of the poll before. What else was not
// modified is said by a 304.
func (p *Poll) Identical() bool { return p.NotModified && p.HTTPStatus != 304 }

// PollSums are the sums of a feed's poll records.
type PollSums struct {
	Polls    uint64 `json:"polls"`
	New      uint64 `json:"new,omitempty"`
	Changed  uint64 `json:"changed,omitempty"`
	Seen     uint64 `json:"seen,omitempty"`
	Rejected uint64 `json:"rejected,omitempty"`
}

// Plus are the sums with one poll more.
func (s PollSums) Plus(p *Poll) PollSums {
	s.Polls++
	s.New += uint64(p.New)         //nolint:gosec // never negative, as the others
	s.Changed += uint64(p.Changed) //nolint:gosec // as above
	s.Seen += uint64(p.Seen)       //nolint:gosec // as above
	for _, n := range p.Rejected {
		s.Rejected += uint64(n) //nolint:gosec // as above
	}
	return s
}

// PollFilter chooses poll records of a feed. A zero field chooses all.
type PollFilter struct {
	Since time.Time // at or after
	Until time.Time // before
	Limit int       // the newest so many
	Gaps  bool      // only those that found a gap which stayed open
}

// Balanced returns an error where the sums of the record do not balance.
func (p Poll) Balanced() error {
	sum := p.New + p.Changed + p.Seen
	for _, n := range p.Rejected {
		sum += n
	}
	if sum != p.Entries {
		return fmt.Errorf("poll record does not balance: %d entries, but %d new + %d changed + %d seen + %v rejected",
			p.Entries, p.New, p.Changed, p.Seen, p.Rejected)
	}
	return nil
}

// Commit is everything that one poll makes durable, together or not at all.
type Commit struct {
	State   FeedState // the successor; its Revision is the one that was claimed
	Poll    Poll
	New     []Item
	Changed []Item
	// Enriched are items that another feed turned out to serve too. They keep their
	// version; at most something is added to their texts.
	Enriched []Item
	Known    map[Key]Known // the fingerprints to remember, of every entry of which they changed
	Names    []Named       // the likenesses to remember
	Matches  []Match       // of New, Changed and Enriched
	// Rewritten are the edits, of Changed, that are to be told.
	Rewritten []Rewritten
	// Watches are the pages to look at again. An item that is watched already stays as it is.
	Watches []Watch

	// Since is the order of first sight at the time when likenesses were looked up:
	// an item of the publisher that came later was not considered. Bases are those
	// of the Changed and Enriched items as they were read.
	Since uint64
	Bases map[Key]uint64
	Texts []TextTask // the articles to fetch, of New and Changed

	Joins Joins // of the items that a rule matched which asks for stories

	Bulletin Bulletin // what is to be told of the feed's health
}
