package dewline

import "time"

// Hints are what a feed asks of its readers: how often, and when, they should come.
type Hints struct {
	// Every is the least time between two polls: <ttl>, or the syndication module.
	Every time.Duration `json:"every,omitempty"`
	// SkipHours and SkipDays are when nothing is published: a bit for each hour of the day in UTC,
	// and for each day of the week from Sunday.
	SkipHours uint32 `json:"skip_hours,omitempty"`
	SkipDays  uint8  `json:"skip_days,omitempty"`
}

// Skips reports whether the feed asks not to be read at a time.
func (h Hints) Skips(t time.Time) bool {
	t = t.UTC()
	return h.SkipHours>>t.Hour()&1 != 0 || h.SkipDays>>t.Weekday()&1 != 0
}

// Paging is where a feed's older items are.
type Paging struct {
	Archive   string // the document before this one (RFC 5005, prev-archive); absolute
	Next      string // the next page, of older items (RFC 5005, next; JSON Feed, next_url); absolute
	Complete  bool   // the document holds all that there is (RFC 5005, fh:complete)
	WordPress bool   // made by WordPress, which gives older pages by ?paged=
}
