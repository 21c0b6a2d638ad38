package dewline

import (
	"fmt"
	"time"
)

// Silence holds the alerts of a rule, or of what a query finds, for a time. What it held goes out at its end, in a
// summary.
type Silence struct {
	Key     Key       `json:"id"`
	Rule    string    `json:"rule,omitempty"`  // either this
	Query   string    `json:"query,omitempty"` // or this
	Comment string    `json:"comment,omitempty"`
	By      string    `json:"by,omitempty"` // who made it
	Begin   time.Time `json:"begin"`
	End     time.Time `json:"end"`
	Ended   time.Time `json:"ended,omitzero"` // when somebody ended it before its time
	Held    uint64    `json:"held"`           // alerts so far
}

// How long a silence may last. It always has an end: what nobody wants to hear for longer is no rule to have.
const (
	MinSilence = time.Second
	MaxSilence = 90 * 24 * time.Hour
)

// SilenceKey is the key of a silence.
func SilenceKey(rule, query string, begin time.Time) Key {
	return hash("silence", rule, query, begin.UTC().Format(time.RFC3339Nano))
}

// Until is when the silence ends, or ended.
func (s *Silence) Until() time.Time {
	if !s.Ended.IsZero() && s.Ended.Before(s.End) {
		return s.Ended
	}
	return s.End
}

// At reports whether the silence holds at a time.
func (s *Silence) At(now time.Time) bool { return !now.Before(s.Begin) && now.Before(s.Until()) }

// String says what the silence is of.
func (s *Silence) String() string {
	if s.Rule != "" {
		return "rule " + s.Rule
	}
	return fmt.Sprintf("query %q", s.Query)
}

// SilenceDocument is a silence's public JSON form, as the API and `dewline silence list` write it.
type SilenceDocument struct {
	Silence
	Active bool `json:"active"`
	// Note says what it does not hold although it seems to.
	Note string `json:"note,omitempty"`
}
