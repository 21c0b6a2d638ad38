package dewline

import (
	"fmt"
	"time"
)

// Watch is what is known of the page of an item that a rule matched which tells removals: when it was
// there, and when it was not. It stays when nobody looks at the page any more.
type Watch struct {
	Feed   Key       `json:"feed"` // by which its site is asked
	Item   Key       `json:"item"`
	URL    string    `json:"url"` // of the page that was looked at
	Since  time.Time `json:"since"`
	Due    time.Time `json:"due,omitzero"`     // of the next check; zero: no more
	Checks int       `json:"checks"`           // made so far, whatever they came to
	Failed int       `json:"failed,omitempty"` // the last ones in a row that could not tell

	Present time.Time `json:"present,omitzero"` // the last check that found the page; zero: none did
	Absent  time.Time `json:"absent,omitzero"`  // the first of the checks since that did not; zero: none
	Gone    int       `json:"gone,omitempty"`   // how many did not
	Answer  string    `json:"answer,omitempty"` // of the last one that did not

	Told time.Time `json:"told,omitzero"` // when the removal was established
	Back time.Time `json:"back,omitzero"` // when the page was found again after that
}

// Removal is what is told of a page that is gone. When it went is not known: only between what it lies.
type Removal struct {
	Present time.Time `json:"present"` // last seen
	Absent  time.Time `json:"absent"`  // first found gone
	Checks  int       `json:"checks"`  // that found it gone
	Answer  string    `json:"answer"`  // of the last of them: "404 Not Found"
}

// Removal is what the watch has established.
func (w *Watch) Removal() Removal {
	return Removal{Present: w.Present.UTC(), Absent: w.Absent.UTC(), Checks: w.Gone, Answer: w.Answer}
}

// String is the removal in words.
func (r *Removal) String() string {
	return fmt.Sprintf("present %s, absent %s; %d checks found it gone: %s", minute(r.Present), minute(r.Absent), r.Checks, r.Answer)
}

// String is what is known of the page in words; empty: it was not looked at yet.
func (w *Watch) String() string {
	switch {
	case !w.Told.IsZero() && !w.Back.IsZero():
		r := w.Removal()
		return r.String() + "; there again " + minute(w.Back)
	case !w.Told.IsZero():
		r := w.Removal()
		return r.String()
	case w.Gone > 0:
		return fmt.Sprintf("present %s, absent %s, not yet certain: %s", minute(w.Present), minute(w.Absent), w.Answer)
	case !w.Present.IsZero():
		return "present " + minute(w.Present)
	case w.Checks > 0:
		return "never found"
	}
	return ""
}

func minute(t time.Time) string { return t.UTC().Format("2006-01-02 15:04 UTC") }

// WatchJob is a claimed watch with its item, and what the rules found in it.
type WatchJob struct {
	Watch   Watch
	Item    Item
	Matches []Match
}

// Removed is a removal that the receivers of a rule are to be told.
type Removed struct {
	Match   Match
	Removal Removal
	Alert   []string
}

// WatchCommit is what one check makes durable, together or not at all.
type WatchCommit struct {
	Was, Now Watch // as it was claimed, and as it shall stand
	At       time.Time
	Removed  []Removed
}
