package fetcher

import (
	"cmp"
	"context"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"

	"dewline"
)

// Bounds on an index of sitemaps.
const (
	partsAPoll   = 10     // sitemaps that one poll asks for
	partsKnown   = 1000   // sitemaps of one index, the newest
	entriesAPoll = 50_000 // entries after which no further sitemap is asked for

	// datesBelieved is how long an index is taken at its word that none of its sitemaps changed. Some write the
	// same dates for ever; then nothing new would ever arrive, and nobody would know.
	datesBelieved = 6 * time.Hour
)

// index reads the parts of an index of sitemaps, the newest first. What the index says was not changed is not
// asked for again; but where that is all of it for long, the newest part is.
//
// An index of years names what is new and what is old. What it named when it was read for the first
// time and was not read then is as old as what was: it is published when it is read at last, and
// alerts nobody. What it names later is new.
type index struct {
	*fetch
	first    bool // nothing is known of the index yet
	doubted  bool // no part was asked for in a long time
	before   map[string]dewline.PartState
	after    map[string]dewline.PartState
	pending  int // parts that another poll must ask for
	seen     map[dewline.Key]bool
	faults   []string
	worst    *fault // of a part
	read     int
	failures int
}

func (f *fetch) index(ctx context.Context) {
	x := index{
		fetch: f, first: len(f.state.Index) == 0, doubted: doubted(f.state.Index, time.Now()), before: f.state.Index,
		after: map[string]dewline.PartState{}, seen: map[dewline.Key]bool{},
	}
	parts := x.own(f.resp.Parts)
	for i, part := range x.order(parts) {
		known := x.before[part.URL]
		switch {
		case !x.wanted(part, known) && !(x.doubted && i == 0):
			x.after[part.URL] = known
		case x.read < partsAPoll && len(f.resp.Entries) < entriesAPoll && ctx.Err() == nil:
			x.read++
			x.after[part.URL] = x.part(ctx, part, known)
		case x.first:
			x.after[part.URL] = dewline.PartState{LastMod: part.LastMod, Old: true}
		default:
			x.after[part.URL] = known
			x.pending++
		}
	}
	x.settle(len(parts))
}

// doubted reports whether the dates of an index are to be tried: its newest part is asked for, whatever they say.
func doubted(index map[string]dewline.PartState, now time.Time) bool {
	for _, part := range index {
		if now.Sub(part.Read) < datesBelieved {
			return false
		}
	}
	return len(index) > 0
}

// own are the parts that may be asked for: those of the index's site.
func (x *index) own(all []dewline.Part) []dewline.Part {
	site := dewline.Site(x.home)
	return slices.DeleteFunc(slices.Clone(all), func(p dewline.Part) bool {
		u, err := url.Parse(p.URL)
		if err != nil || dewline.Site(u) != site {
			x.faults = append(x.faults, p.URL+" is of another site, and was not asked for")
			return true
		}
		return false
	})
}

// order puts the newest first, and behind them those without a date: the longest not read first, and of those
// never read the last of the index. Only so many are looked at.
func (x *index) order(parts []dewline.Part) []dewline.Part {
	parts = slices.Clone(parts)
	slices.Reverse(parts)
	slices.SortStableFunc(parts, func(a, b dewline.Part) int {
		return cmp.Or(b.At.Compare(a.At), x.before[a.URL].Read.Compare(x.before[b.URL].Read))
	})
	return parts[:min(len(parts), partsKnown)]
}

// wanted reports whether a part may hold what is not known yet.
func (x *index) wanted(part dewline.Part, known dewline.PartState) bool {
	_, named := x.before[part.URL]
	return !named || part.LastMod == "" || part.LastMod != known.LastMod || !known.Read.IsZero() && !known.Whole
}

// part asks for one sitemap, and takes in what it holds.
func (x *index) part(ctx context.Context, part dewline.Part, known dewline.PartState) dewline.PartState {
	now := known
	now.Read, now.Whole, now.Old = time.Now(), false, known.Old || x.first
	f, wrong := x.ask(ctx, part, known)
	x.resp.WireBytes += f.resp.WireBytes
	x.resp.BodyBytes += f.resp.BodyBytes
	x.resp.RetryAfter = max(x.resp.RetryAfter, f.resp.RetryAfter)
	x.take(&f.resp, known.Old && x.feed.FirstPoll != dewline.FirstPollAlert)
	if wrong != nil || !whole(&f.resp) {
		x.failed(part, wrong, &f.resp)
		return now
	}
	if !f.resp.NotModified && !f.resp.Identical {
		now.ETag, now.LastModified, now.BodyHash = f.resp.ETag, f.resp.LastModified, f.resp.BodyHash
	}
	now.LastMod, now.Whole, now.Old = part.LastMod, true, false
	return now
}

// ask fetches one sitemap. Where the index says that it was changed, its server is not asked whether it was.
func (x *index) ask(ctx context.Context, part dewline.Part, known dewline.PartState) (*fetch, *fault) {
	f := &fetch{
		client: x.client, feed: x.feed, start: part.URL, accept: x.accept, budget: x.client.opts.Timeout, isPart: true,
		state: dewline.FeedState{BodyHash: known.BodyHash},
	}
	if part.LastMod == "" {
		f.state.ETag, f.state.LastModified = known.ETag, known.LastModified
	}
	body, wrong := f.run(ctx)
	if body != nil {
		x.client.read(ctx, f, body)
	}
	if wrong == nil && !f.resp.Status.Read() {
		wrong = &fault{f.resp.Status, f.resp.Detail}
	}
	return f, wrong
}

// whole reports whether what came was all of it.
func whole(resp *dewline.Response) bool {
	return resp.Status == dewline.StatusOK || resp.Status == dewline.StatusEmpty
}

// failed notes a part that was not taken in whole: it is asked for again at the next poll.
func (x *index) failed(part dewline.Part, wrong *fault, resp *dewline.Response) {
	x.pending++
	x.failures++
	if wrong == nil {
		wrong = &fault{resp.Status, resp.Detail}
	}
	if x.worst == nil {
		x.worst = wrong
	}
	x.faults = append(x.faults, part.URL+" could not be read: "+wrong.detail)
}

// take adds the entries of a part; one that stands in two parts counts once.
func (x *index) take(from *dewline.Response, old bool) {
	to := &x.resp
	if to.Rejected == nil {
		to.Rejected = map[dewline.Rejection]int{}
	}
	for i := range from.Entries {
		e := from.Entries[i]
		if x.seen[e.Key] {
			to.Rejected[dewline.RejectedDuplicate]++
			continue
		}
		x.seen[e.Key], e.Old = true, old
		to.Entries = append(to.Entries, e)
	}
	for reason, n := range from.Rejected {
		to.Rejected[reason] += n
	}
	if len(from.Parts) > 0 {
		x.faults = append(x.faults, from.URL+" is an index inside an index; give it an entry of its own")
	}
}

// settle judges the whole. Where a part is to be asked for at the next poll, the index must come
// again as well: it is not remembered as read.
func (x *index) settle(parts int) {
	resp := &x.resp
	resp.Index = x.after
	for _, st := range x.after {
		if st.LastMod == "" {
			x.pending++
		}
	}
	if x.pending > 0 {
		resp.ETag, resp.LastModified, resp.BodyHash = "", "", dewline.Key{}
	}
	if x.failures > 0 && x.failures == x.read && len(resp.Entries) == 0 {
		resp.Status = x.worst.status
	}
	if parts > partsKnown {
		x.faults = append(x.faults, fmt.Sprintf("of %d sitemaps the newest %d are read", parts, partsKnown))
	}
	if len(x.faults) > 0 {
		const most = 3
		more := ""
		if n := len(x.faults); n > most {
			x.faults, more = x.faults[:most], fmt.Sprintf("; and %d more", n-most)
		}
		resp.Detail = "of the sitemaps in this index, " + strings.Join(x.faults, "; ") + more
	}
}
