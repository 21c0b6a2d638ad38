package dewline

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
)

// Rule is one configured question to every item.
type Rule struct {
	Name  string // unique; also the name of the output feed
	Title string // for people; the name where none is configured
	Query string
	Tags  []string // only items of feeds with one of these tags
	Feeds []string // only items of these feeds; with Tags: of either
	Alert []string // names of receivers; empty: the rule only publishes
	On    []Event  // what they are told; empty: EventMatched

	Stories  Stories       // what copies of one statement do
	Updates  time.Duration // between two mails on where else a story ran; 0: none
	Critical bool          // nothing holds its alerts
}

// Ref is what matches and alerts say of the rule.
func (r Rule) Ref() RuleRef { return RuleRef{Name: r.Name, Title: r.Title} }

// Tells are the receivers that are told of an event.
func (r Rule) Tells(e Event) []string {
	if slices.Contains(r.On, e) || len(r.On) == 0 && e == EventMatched {
		return r.Alert
	}
	return nil
}

// Covers reports whether the rule asks this feed's items at all.
func (r Rule) Covers(feed FeedRef) bool {
	if len(r.Tags) == 0 && len(r.Feeds) == 0 {
		return true
	}
	if slices.Contains(r.Feeds, feed.Name) {
		return true
	}
	return slices.ContainsFunc(r.Tags, func(t string) bool { return slices.Contains(feed.Tags, t) })
}

// RuleRef names a rule.
type RuleRef struct {
	Name  string `json:"name"`
	Title string `json:"title"`
}

// Hit is one term of a query found in one place.
type Hit struct {
	Term  string `json:"term"`  // as the query writes it
	Field string `json:"field"` // one of the Field constants
	Text  string `json:"text"`  // what stands there
	Start int    `json:"start"` // byte offsets into the field's text: [Start, End)
	End   int    `json:"end"`
}

// Match is the fact that a rule matched an item.
type Match struct {
	Rule    RuleRef `json:"rule"`
	Item    Key     `json:"item"`
	Version int     `json:"version"` // the item's version that was judged
	Hits    []Hit   `json:"hits"`
	Snippet string  `json:"snippet"`
	// FullText is set where the item was judged with more than the feed by which it
	// came says: its article's text, or what another feed says beyond it.
	FullText bool      `json:"full_text,omitempty"`
	At       time.Time `json:"at"`  // when the match was first committed
	Seq      uint64    `json:"seq"` // order of first match; the store's own

	// Quiet is set where it was recorded in a quiet first poll: nobody was told.
	Quiet bool `json:"quiet,omitempty"`

	// Copy is set where another item that the rule found says the same: it is in the entry of that one, and
	// not in the rule's list itself.
	Copy bool `json:"copy,omitempty"`

	// Alert names the receivers to be told if this match is recorded for the
	// first time. It is read by the commit and not stored.
	Alert []string `json:"-"`
	// Critical is set where nothing may hold what is told of this match. It is read by the commit and kept with the
	// deliveries.
	Critical bool `json:"-"`
	// Silences are those that cover what is told of this match at the time of the commit. They are read by it and
	// not stored.
	Silences []Key `json:"-"`
	// Again is set where the item is news by a second feed, although known by
	// another one: if it was recorded quietly, the receivers are to be told now.
	// It is read by the commit and not stored.
	Again bool `json:"-"`
}

// Key is the match's key.
func (m Match) Key() Key { return MatchKey(m.Rule.Name, m.Item) }

// Matched is a statement that rules found: an item with the matches that are recorded of it.
type Matched struct {
	Item    Item
	Matches []Match // of one rule, or of all, in the order of their Seq
	Seq     uint64  // its place in the list
	// First is the item that was found first; Item is another one where a copy of greater standing takes its
	// place. Group is what is known of the copies; nil where the rule asks for no stories.
	First Key
	Group *Group
}

// SyntaxError is a fault in an expression that a person wrote: a query or a
// schedule. Offset is in bytes from the start of the expression.
type SyntaxError struct {
	Offset int
	End    int    // of the faulty part, exclusive; Offset where it is a point
	Msg    string // what is wrong
	Hint   string // what to do; may be empty
}

func (e *SyntaxError) Error() string {
	if e.Hint == "" {
		return e.Msg
	}
	return fmt.Sprintf("%s (%s)", e.Msg, e.Hint)
}

// SyntaxErrors are several faults of one expression, in its order.
type SyntaxErrors []*SyntaxError

func (e SyntaxErrors) Error() string {
	all := make([]string, len(e))
	for i, fault := range e {
		all[i] = fault.Error()
	}
	return strings.Join(all, "; ")
}

// Unwrap lets errors.As find the first.
func (e SyntaxErrors) Unwrap() []error {
	all := make([]error, len(e))
	for i, fault := range e {
		all[i] = fault
	}
	return all
}

// SyntaxFaults are the faults of an expression that an error holds: none where it is
// of another kind.
func SyntaxFaults(err error) []*SyntaxError {
	var several SyntaxErrors
	if errors.As(err, &several) {
		return several
	}
	var one *SyntaxError
	if errors.As(err, &one) {
		return []*SyntaxError{one}
	}
	return nil
}
