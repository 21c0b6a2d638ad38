package monitor

import (
	"context"
	"fmt"
	"net/url"
	"runtime/debug"
	"strconv"
	"strings"
	"time"

	"dewline"
)

// Pages asks for what a feed shows no more, at its site's pace: for its older pages, and for the list of news that its site
// keeps beside it. Every outcome, also a fault, is a Response; a site without such a list has no entries in it.
type Pages interface {
	FetchPage(ctx context.Context, feed dewline.Feed, address string) dewline.Response
	FetchNews(ctx context.Context, feed dewline.Feed) dewline.Response
}

// Bounds on what is read to close a gap.
const (
	maxPages = 10
	maxOlder = 1000 // items
)

// archive is the older items of a feed, read page by page until a known one is met.
type archive struct {
	*Monitor
	src  source
	st   *dewline.FeedState
	resp *dewline.Response
	seen map[dewline.Key]bool // entries that the response has
}

// read reads into the response what was missed, and settles the gap.
func (a *archive) read(ctx context.Context) error {
	if err := a.pages(ctx); err != nil || a.resp.Gap.Closed || a.Pages == nil || a.newsInVain() {
		return err
	}
	return a.news(ctx)
}

// pages reads older pages until a known item is met.
func (a *archive) pages(ctx context.Context) error {
	gap, paging := a.resp.Gap, a.resp.Paging
	for !gap.Closed {
		address := older(a.resp.URL, a.src.feed, paging, gap.Pages)
		switch {
		case a.Pages == nil || address == "":
			gap.Why = "the feed names no older pages"
			if gap.Pages > 0 {
				gap.Why = fmt.Sprintf("no known item is on its %d older pages, and there are no more", gap.Pages)
			}
			return nil
		case gap.Pages == maxPages || a.resp.Older >= maxOlder:
			gap.Why = fmt.Sprintf("no known item is on its %d newest older pages", gap.Pages)
			return nil
		}
		page := a.ask(func() dewline.Response { return a.Pages.FetchPage(ctx, a.src.feed, address) })
		if page.Status != dewline.StatusOK {
			gap.Why = fmt.Sprintf("its older page %s could not be read: %s %s", address, page.Status, page.Detail)
			return nil
		}
		gap.Pages++
		fresh, err := a.take(ctx, &page)
		if err != nil {
			return err
		}
		if fresh == 0 && !gap.Closed {
			gap.Why = "its server gives the same items for every page"
			return nil
		}
		paging = page.Paging
		paging.WordPress = paging.WordPress || a.resp.Paging.WordPress
	}
	return nil
}

// ask fetches something beside the feed. A panic is a fault of this alone.
func (a *archive) ask(fetch func() dewline.Response) (resp dewline.Response) {
	defer func() {
		if r := recover(); r != nil {
			a.Log.Error("a page set off a fault of dewline's own", "feed", a.src.feed.Name, "err", r, "stack", string(debug.Stack()))
			resp = *internal(fmt.Sprint(r))
		}
		a.resp.WireBytes += resp.WireBytes
		a.resp.RetryAfter = max(a.resp.RetryAfter, resp.RetryAfter)
	}()
	return fetch()
}

// take adds what a page holds beyond what the response has. Behind the first known item, nothing was missed: what is
// unknown there is from before the feed was first read, and so is what is from long before the gap. It is kept
// and alerts nobody.
func (a *archive) take(ctx context.Context, page *dewline.Response) (fresh int, err error) {
	r, err := a.recognised(ctx, a.src.feed, *a.st, page)
	if err != nil {
		return 0, err
	}
	gap, to := a.resp.Gap, a.resp
	for i := range page.Entries {
		e := page.Entries[i]
		known := r.knows(i)
		gap.Closed = gap.Closed || known
		if a.seen[e.Key] {
			continue
		}
		a.seen[e.Key] = true
		fresh++
		at := r.published(i)
		e.Old = !known && (gap.Closed || !at.IsZero() && gap.From.Sub(at) > rebuiltBefore)
		if !known && !e.Old {
			gap.Found++
		}
		to.Entries = append(to.Entries, e)
		to.Older++
	}
	return fresh, nil
}

// older is the address of the page before: what the last one names, else how WordPress numbers them. Empty if
// there is none.
func older(from string, feed dewline.Feed, p dewline.Paging, pages int) string {
	switch {
	case feed.Page != nil:
		return ""
	case p.Archive != "":
		return p.Archive
	case p.Next != "":
		return p.Next
	}
	u, err := url.Parse(from)
	if err != nil || !p.WordPress && !strings.HasSuffix(strings.TrimRight(u.Path, "/"), "/feed") {
		return ""
	}
	q := u.Query()
	q.Set("paged", strconv.Itoa(pages+2))
	u.RawQuery = q.Encode()
	return u.String()
}

// tooSlow warns of a fixed schedule.
func tooSlow(fresh, window int) string {
	return fmt.Sprintf("this schedule can miss items: %d of the %d items that the feed shows were new at one poll; poll it more often, or write schedule: adaptive",
		fresh, window)
}

// hastened is an interval after a gap: for as long as the interval, a fixed schedule is kept four times as fast.
func hastened(st *dewline.FeedState, from time.Time, d time.Duration) time.Duration {
	if st.Gap == nil || from.Sub(st.Gap.To) >= d || from.Before(st.Gap.To) {
		return d
	}
	return min(d, max(d/4, time.Minute))
}
