package dewline

import (
	"fmt"
	"time"
)

// Gap is a time in which items may have passed through a feed unseen: a poll knew none of the items that the
// feed showed, so others may have come and gone since the poll before.
type Gap struct {
	From   time.Time `json:"from"`   // the last poll before at which nothing was missed
	To     time.Time `json:"to"`     // the poll that knew none
	Closed bool      `json:"closed"` // older pages, or the sitemap, were read until what was known: nothing was missed
	Pages  int       `json:"pages"`  // older pages that were read
	Found  int       `json:"found"`  // items on them that were missing
	News   bool      `json:"news"`   // some of these are from the news sitemap of the site
	Why    string    `json:"why"`    // of one that is open: why it could not be closed
}

// Between are its bounds, as in: between 2026-11-23 09:10 and 11:40 UTC.
func (g *Gap) Between() string {
	from, to := g.From.UTC(), g.To.UTC()
	until := to.Format("15:04")
	if from.Format(time.DateOnly) != to.Format(time.DateOnly) {
		until = to.Format("2006-01-02 15:04")
	}
	return fmt.Sprintf("between %s and %s UTC", from.Format("2006-01-02 15:04"), until)
}

// String tells the gap, as in: possible gap: between 2026-11-23 09:10 and 11:40 UTC items may have passed unseen.
func (g *Gap) String() string {
	between := g.Between()
	if g.Closed {
		where := fmt.Sprintf("on %d older pages", g.Pages)
		if g.News {
			where = "in the news sitemap of its site"
		}
		return fmt.Sprintf("%s items left the feed before it was read; %d were found %s, and nothing is missing", between, g.Found, where)
	}
	return fmt.Sprintf("possible gap: %s items may have passed unseen (%s)", between, g.Why)
}

// Open reports a gap in which something may be missing.
func (g *Gap) Open() bool { return g != nil && !g.Closed }

// GapSums counts the gaps of a feed.
type GapSums struct {
	Open   uint32 `json:"open"`
	Closed uint32 `json:"closed"`
}
