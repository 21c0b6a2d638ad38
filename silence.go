package dewline

import "time"

// Silence holds the alerts of a rule, or of what a query finds, for a time. What it held goes out at its end, in a
// summary.
type Silence struct {
	Key     Key       `json:"id"`
	Rule    string    `json:"rule,omitempty"`  // either this
	Query   string    `json:"query,omitempty"` // or this
	Comment string    `json:"comment,omitempty"`
	Begin   time.Time `json:"begin"`
	End     time.Time `json:"end"`
	Ended   time.Time `json:"ended,omitzero"` // when somebody ended it before its time
	Held    uint64    `json:"held"`           // alerts so far
}

// SilenceKey is the key of a silence.
func SilenceKey(rule, query string, begin time.Time) Key {
	return hash("silence", rule, query, begin.UTC().Format(time.RFC3339Nano))
}

// At reports whether the silence holds at a time.
func (s *Silence) At(now time.Time) bool {
	return !now.Before(s.Begin) && now.Before(s.End) && (s.Ended.IsZero() || now.Before(s.Ended))
}
