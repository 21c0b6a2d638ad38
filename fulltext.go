package dewline

import "time"

// FullText is what became of the article behind an item's link.
type FullText struct {
	State  TextState `json:"state,omitempty"`
	Detail string    `json:"detail,omitempty"` // the state in words, for the administrator
	At     time.Time `json:"at,omitzero"`      // of the last try
	// Quiet is set where the item came with a quiet first poll: what its text
	// matches alerts nobody.
	Quiet bool `json:"quiet,omitempty"`
}

// TextState says where an item's text is. An item of a feed without full_text
// has none.
type TextState string

// The states of a text.
const (
	TextPending TextState = "pending" // it is to be fetched, for the first time or again
	TextFetched TextState = "fetched" // the item has the article's text
	TextKept    TextState = "kept"    // what came is not to take the place of what the feed said
	TextFailed  TextState = "failed"  // given up: nothing came after several tries
)

// TextStates lists every state, for metrics and documentation.
var TextStates = []TextState{TextPending, TextFetched, TextKept, TextFailed}

// TextSums are a feed's texts: those that wait now, and the others ever.
type TextSums struct {
	Pending uint64 `json:"pending"`
	Fetched uint64 `json:"fetched"`
	Kept    uint64 `json:"kept"`
	Failed  uint64 `json:"failed"`
}

// Of is the sum of one state.
func (s *TextSums) Of(state TextState) *uint64 {
	switch state {
	case TextFetched:
		return &s.Fetched
	case TextKept:
		return &s.Kept
	case TextFailed:
		return &s.Failed
	}
	return &s.Pending
}

// TextTask is an article to be fetched. It is queued by the commit of its item.
type TextTask struct {
	Feed    Key       `json:"feed"`
	Item    Key       `json:"item"`
	Version int       `json:"version"`         // of the item
	Quiet   bool      `json:"quiet,omitempty"` // as FullText.Quiet; it waits behind those that may alert
	Tries   int       `json:"tries,omitempty"`
	Due     time.Time `json:"due"`
}

// TextJob is a claimed task with its item as it stands.
type TextJob struct {
	Task TextTask
	Item Item
}

// Article is what was read behind an item's link. Like a poll, a fetch always
// ends in a Status.
type Article struct {
	Status     Status
	Detail     string // the status in words
	HTTPStatus int
	RetryAfter time.Duration
	URL        string // where it came from, after redirects

	// Unfit says why the page that came is not the item's article: a login, a
	// shell without text, another page. What it holds is then of no use.
	Unfit Unfit

	Title     string
	Text      string     // as Item.Content
	HTML      UnsafeHTML // as Item.HTML
	Authors   []string
	Language  string
	Published time.Time
	Source    Source
	Form      string // "page", "PDF", "text"
}

// Unfit is the reason why a page is no article of its item.
type Unfit string

// Why a page may be unfit. The words go on behind "the link leads to".
const (
	UnfitLogin   Unfit = "a page that wants a login"
	UnfitConsent Unfit = "a page that asks for consent"
	UnfitMissing Unfit = "a page that says that it is not there"
	UnfitError   Unfit = "a page that reports an error"
	UnfitFront   Unfit = "a front page, and not to the article"
	UnfitShell   Unfit = "a page without text, which scripts would fill"
	UnfitOther   Unfit = "a page that shares no words with the title and summary"
	UnfitNoText  Unfit = "a document without text that can be read"
	UnfitHostile Unfit = "a document that could harm its reader"
	UnfitNoPage  Unfit = "something that is neither a page nor a PDF"
)

// TextCommit is everything that one try to fetch a text makes durable, together
// or not at all.
type TextCommit struct {
	Task     TextTask // as it was claimed
	Was      uint64   // TextHash of the item as it was claimed
	At       time.Time
	Item     Item    // as it shall stand, in the same version
	Replaced bool    // its text is the article's now
	Matches  []Match // of the item as it shall stand
	// Rewritten are what differs from the text of the version before, to be told.
	Rewritten []Rewritten
	Watches   []Watch   // as of a Commit
	Joins     Joins     // as of a Commit
	Retry     time.Time // when the task is due again; zero: it has ended
}
