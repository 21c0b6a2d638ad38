package fetcher

import (
	"context"
	"fmt"
	"net/netip"
	"runtime"
	"runtime/debug"
	"slices"
	"time"

	"dewline"
)

// Options are the limits of a client. All are required but AllowPrivate.
type Options struct {
	Timeout      time.Duration // of one fetch, redirects and body included; waiting for a turn does not count
	MaxBody      int64         // bytes, after decompression
	Concurrency  int           // requests at one time
	PerSite      int           // requests at one time to one registrable domain
	UserAgent    string
	AllowPrivate []netip.Prefix // networks that may be asked although not public
	Parse        func(dewline.Document) dewline.Parsed
	// ParseArticle reads what an item links to. It ends by itself, or with ctx.
	// Needed for FetchArticle alone.
	ParseArticle func(context.Context, dewline.Document) dewline.Article
}

// Client fetches feeds. It is safe for concurrent use.
type Client struct {
	opts    Options
	routes  *routes
	jars    jars
	turns   *turns
	hosts   addresses
	parsing chan struct{} // one token for each document being parsed

	articles *turns        // of articles, before they wait for their turn among all
	reading  chan struct{} // the token of the article being read
}

// New returns a client. Close it to give back its connections.
func New(opts Options) *Client {
	c := &Client{
		opts:    opts,
		routes:  newRoutes(opts.AllowPrivate, opts.PerSite),
		turns:   newTurns(opts.Concurrency, opts.PerSite),
		parsing: make(chan struct{}, runtime.GOMAXPROCS(0)),

		articles: newTurns(max(1, opts.Concurrency/4), 1),
		reading:  make(chan struct{}, 1),
	}
	c.turns.rest = leastPause
	return c
}

// Close gives back idle connections. Fetches under way end by themselves.
func (c *Client) Close() { c.routes.closeIdle() }

// Fetch asks for a feed and reads what comes. The validators and the
// fingerprint in state are used only if they were given for this very address.
// The outcome is always in the response's Status; a canceled ctx gives a
// response that says nothing of the source.
func (c *Client) Fetch(ctx context.Context, feed dewline.Feed, state dewline.FeedState) (resp dewline.Response) {
	defer contain(&resp)
	if state.URL != feed.URL || state.Reading != feed.Reading() {
		state = dewline.FeedState{}
	}
	if doubted(state.Index, time.Now()) { // an index that is as before would not be read
		state.ETag, state.LastModified, state.BodyHash = "", "", dewline.Key{}
	}
	f := &fetch{client: c, feed: feed, start: feed.URL, accept: accept, state: state, budget: c.opts.Timeout}
	body, err := f.run(ctx)
	if err != nil {
		f.resp.Status, f.resp.Detail = err.status, err.detail
	}
	if body != nil {
		c.read(ctx, f, body)
	}
	f.resp.Offer = offer(f.offered, f.resp.Offer, f.resp.URL)
	if len(f.resp.Parts) > 0 && f.resp.Status.Read() {
		f.index(ctx)
	}
	return f.resp
}

// contain makes a panic a fault of this response alone; it is to be deferred.
func contain(resp *dewline.Response) {
	if r := recover(); r != nil {
		*resp = dewline.Response{Parsed: dewline.Parsed{
			Status: dewline.StatusInternal,
			Detail: fmt.Sprintf("a fault of dewline's own: %v; please report it with this:\n%s", r, debug.Stack()),
		}}
	}
}

// Pushed reads a body that a hub sent for a feed, with the limits of one that was
// asked for.
func (c *Client) Pushed(ctx context.Context, feed dewline.Feed, contentType string, b []byte) (resp dewline.Response) {
	defer contain(&resp)
	f := &fetch{client: c, feed: feed}
	f.resp = dewline.Response{URL: feed.URL, ContentType: contentType, WireBytes: int64(len(b)), BodyBytes: int64(len(b)), Pushed: true}
	c.read(ctx, f, &body{bytes: b})
	return f.resp
}

// read parses a body. As many bodies are parsed at one time as there are
// processors: parsing is what makes a body large. When ctx has ended nobody wants it any
// more, and who stops does not wait for all that came.
func (c *Client) read(ctx context.Context, f *fetch, body *body) {
	resp := &f.resp
	select {
	case c.parsing <- struct{}{}:
		defer func() { <-c.parsing }()
	case <-ctx.Done():
	}
	if ctx.Err() != nil {
		resp.Status, resp.Detail = dewline.StatusTimeout, "stopped before it was read: "+ctx.Err().Error()
		return
	}
	now := time.Now()
	resp.Parsed = c.opts.Parse(dewline.Document{
		Body: body.bytes, ContentType: resp.ContentType, URL: resp.URL, Feed: f.feed, Part: f.isPart, Before: f.state.Items,
		At: now, Kept: f.state.List.Kept(now),
	})
	if body.broken != nil {
		if found := resp.List; found != nil && !slices.Contains(f.state.List.Kept(now), *found) {
			resp.Status = dewline.StatusBrokenList // half a page may lack the half with the list
		}
		salvage(resp, body.broken)
	}
}

// salvage keeps what stood before the place where the transfer broke off. The
// status stays the fault's, so the validators of this answer are not kept and
// what stood behind it is asked for again.
func salvage(resp *dewline.Response, why *fault) {
	if !resp.Status.Read() {
		resp.Parsed = dewline.Parsed{Status: why.status, Detail: why.detail}
		return
	}
	resp.Status = why.status
	if why.status == dewline.StatusConnection {
		resp.Status = dewline.StatusCut
	}
	resp.Detail = fmt.Sprintf("%s; the %d entries that had come were read", why.detail, len(resp.Entries))
}
