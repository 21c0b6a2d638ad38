package fetcher

import (
	"context"
	"net/url"

	"dewline"
)

// FetchPage asks for an older page of a feed, which the feed names itself. It must be of the feed's site. Pages are
// asked for one at a time, as articles are, and the site has its pause between two.
func (c *Client) FetchPage(ctx context.Context, feed dewline.Feed, address string) (resp dewline.Response) {
	defer contain(&resp)
	f := &fetch{client: c, feed: feed, start: address, accept: accept, budget: c.opts.Timeout}
	if wrong := f.ofItsSite(); wrong != nil {
		return dewline.Response{Parsed: dewline.Parsed{Status: wrong.status, Detail: wrong.detail}}
	}
	leave, wrong := f.enterSite(ctx)
	if wrong == nil {
		defer leave()
		var body *body
		if body, wrong = f.run(ctx); body != nil {
			c.read(ctx, f, body)
		}
	}
	if wrong != nil {
		f.resp.Status, f.resp.Detail = wrong.status, wrong.detail
	}
	return f.resp
}

// ofItsSite refuses an address of another site than the feed's.
func (f *fetch) ofItsSite() *fault {
	to, wrong := f.address()
	if wrong != nil {
		return wrong
	}
	home, err := url.Parse(f.feed.URL)
	if err != nil || dewline.Site(home) != dewline.Site(to) {
		return &fault{dewline.StatusBlocked, to.Redacted() + " is of another site than the feed, and was not asked"}
	}
	return nil
}
