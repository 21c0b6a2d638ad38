package monitor

import (
	"context"
	"fmt"
	"net/url"
	"strings"
	"time"

	"dewline"
)

// Many sites keep a news sitemap: what they published within two days, with titles and times. It closes a gap of a feed
// only where it is seen to be a list of the same things: of the time that the feed shows, it lists nearly nothing else. A feed
// of one subject is no match for the list of its whole site, and no foreign item comes into it.

const (
	// newsAgree is how many items the two must have in common, and newsOther how many of ten the feed may not have.
	newsAgree = 3
	newsOther = 1
	// newsLate is how long before the last poll an item may say that it was published which came into the feed after it.
	newsLate = time.Hour
	// A feed that overflows at every poll asks for it in vain but once in so many gaps.
	newsEvery  = 8
	newsForget = 24 * time.Hour
)

// newsInVain reports whether a list was looked for lately and was of no help.
func (a *archive) newsInVain() bool {
	last := a.st.Gap
	return last.Open() && !last.News && a.resp.Gap.To.Sub(last.To) < newsForget && a.st.Gaps.Open%newsEvery != 0
}

// news looks for what is missing in the news sitemap of the feed's site.
func (a *archive) news(ctx context.Context) error {
	list := a.ask(func() dewline.Response { return a.Pages.FetchNews(ctx, a.src.feed) })
	if len(list.Entries) == 0 {
		return nil
	}
	shown, err := a.recognised(ctx, a.src.feed, *a.st, a.resp)
	if err != nil {
		return err
	}
	listed, err := a.recognised(ctx, a.src.feed, *a.st, &list)
	if err != nil {
		return err
	}
	gap := a.resp.Gap
	n := readNews(shown, a.resp.Entries, listed, list.Entries, gap.To)
	if why := n.differs(); why != "" {
		gap.Why += "; " + why
		return nil
	}
	from := gap.From.Add(-newsLate)
	for _, e := range n.items {
		if e.known || e.at.Before(from) || e.at.Before(n.met) || a.seen[e.Key] {
			continue
		}
		if a.resp.Older >= maxOlder {
			gap.Why += fmt.Sprintf("; the news sitemap of its site has more than %d items of that time", maxOlder)
			return nil
		}
		a.seen[e.Key] = true
		a.resp.Entries = append(a.resp.Entries, e.Entry)
		a.resp.Older++
		gap.Found++
		gap.News = true
	}
	if gap.Closed = !n.met.IsZero() || n.first.Before(from); gap.Closed {
		gap.News, gap.Why = true, ""
		return nil
	}
	gap.Why += fmt.Sprintf("; the news sitemap of its site goes back to %s only", utc(n.first))
	return nil
}

// newsList is a site's list of news beside a feed.
type newsList struct {
	items []newsItem
	since time.Time // since when the feed shows what is new; zero: it gives no dates
	first time.Time // the earliest date in the list
	met   time.Time // the latest date of what was known before; zero: none of it was
}

type newsItem struct {
	dewline.Entry
	at    time.Time
	known bool // it is in the feed, or stored
}

// readNews takes of a list what is dated until a time and of the section that the feed's links are of.
func readNews(shown *recognition, entries []dewline.Entry, listed *recognition, list []dewline.Entry, to time.Time) (n newsList) {
	pages := make(map[dewline.Key]bool)
	section := ""
	for i := range entries {
		section = common(section, sectionOf(shown.itemOf(&entries[i]).URL))
		s := shown.at[i]
		if s == nil {
			continue
		}
		pages[s.like.Page] = !s.like.Page.IsZero()
		if at := shown.published(i); !at.IsZero() && !shown.knows(i) && (n.since.IsZero() || at.Before(n.since)) {
			n.since = at
		}
	}
	for i := range list {
		it := listed.itemOf(&list[i])
		at := it.Published
		if at.IsZero() || at.After(to) || section == "" || !strings.HasPrefix(sectionOf(it.URL), section) {
			continue
		}
		if n.first.IsZero() || at.Before(n.first) {
			n.first = at
		}
		if listed.stored(i) && at.After(n.met) {
			n.met = at
		}
		n.items = append(n.items, newsItem{list[i], at, listed.stored(i) || pages[listed.at[i].like.Page]})
	}
	return n
}

// itemOf is what an entry says, whether or not it is known.
func (r *recognition) itemOf(e *dewline.Entry) (it dewline.Item) {
	r.guard(e, func() { it = e.Make() })
	return it
}

// stored reports whether an entry, or another one of its page, came by the feed before.
func (r *recognition) stored(i int) bool {
	s := r.at[i]
	return r.knows(i) || s.likes != nothing && s.verdict != joined
}

// differs says why a list is not of the same things as the feed; empty: it is.
func (n *newsList) differs() string {
	if n.since.IsZero() {
		return "the feed gives no dates by which to compare the news sitemap of its site"
	}
	same, other := 0, 0
	for _, e := range n.items {
		switch {
		case e.at.Before(n.since):
		case e.known:
			same++
		default:
			other++
		}
	}
	if same < newsAgree || 10*other > newsOther*(same+other) {
		return fmt.Sprintf("the news sitemap of its site is no list of the same items: of the time that the feed shows, it has %d of its items and %d others", same, other)
	}
	return ""
}

// sectionOf is the part of a site that an address is in: its host, and its path up to the last slash before a date or the end.
func sectionOf(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return ""
	}
	section := strings.TrimPrefix(u.Hostname(), "www.") + "/"
	parts := strings.Split(strings.Trim(u.Path, "/"), "/")
	for _, part := range parts[:len(parts)-1] {
		if strings.Trim(part, "0123456789-") == "" {
			break
		}
		section += part + "/"
	}
	return section
}

// common is the section that holds two; empty for the first stands for none yet.
func common(a, b string) string {
	if a == "" {
		return b
	}
	for !strings.HasPrefix(b, a) {
		a = a[:strings.LastIndexByte(strings.TrimSuffix(a, "/"), '/')+1]
		if a == "" {
			return "-" // of different hosts: no address is of it
		}
	}
	return a
}
