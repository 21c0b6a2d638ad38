package fetcher

import (
	"context"
	"fmt"
	"runtime/debug"
	"strings"
	"time"

	"dewline"
)

// acceptArticle asks for what people read.
const acceptArticle = "text/html, application/xhtml+xml, application/pdf;q=0.9, text/plain;q=0.8, */*;q=0.5"

// An article leaves its site alone for as long as the site took to answer,
// within these bounds: who reads a site from its first page to its last burdens it
// more than a hundred feeds do.
const (
	leastPause = 100 * time.Millisecond // a feed leaves it alone for no longer
	mostPause  = 10 * time.Second
)

// FetchArticle asks for what an item links to, and has it read. One article of a
// site is asked for at one time, and a part of all requests are articles, so polls
// find a place beside them however many are owed. A canceled ctx gives an
// article that says nothing of the source.
func (c *Client) FetchArticle(ctx context.Context, feed dewline.Feed, item dewline.Item) (a dewline.Article) {
	defer func() {
		if r := recover(); r != nil {
			a = dewline.Article{Status: dewline.StatusInternal, Detail: fmt.Sprintf("a fault of dewline's own: %v; please report it with this:\n%s", r, debug.Stack())}
		}
	}()
	f := &fetch{client: c, feed: feed, start: item.URL, accept: acceptArticle, budget: c.opts.Timeout}
	leave, err := f.enterSite(ctx)
	if err != nil {
		return dewline.Article{Status: err.status, Detail: err.detail}
	}
	defer leave()
	body, err := f.run(ctx)
	a = dewline.Article{Status: dewline.StatusOK, HTTPStatus: f.resp.HTTPStatus, RetryAfter: f.resp.RetryAfter, URL: f.resp.URL}
	switch {
	case err != nil:
		a.Status, a.Detail = err.status, err.event()
		return a
	case body.broken != nil: // the half of an article is none
		a.Status, a.Detail = body.broken.status, body.broken.event()
		return a
	}
	return c.readArticle(ctx, dewline.Document{
		Body: body.bytes, ContentType: f.resp.ContentType, URL: f.resp.URL, Feed: feed, Item: &item, At: time.Now(),
	}, a)
}

// event is what happened, without the remedy, which is one for feeds.
func (f *fault) event() string {
	what, _, _ := strings.Cut(f.detail, "; ")
	return what
}

// enterSite waits for the turn of an article at its site.
func (f *fetch) enterSite(ctx context.Context) (leave func(), wrong *fault) {
	to, wrong := f.address()
	if wrong != nil {
		return nil, wrong
	}
	done, err := f.client.articles.take(ctx, dewline.Site(to), "")
	if err != nil {
		return nil, f.canceled(err)
	}
	began := time.Now()
	return func() { time.AfterFunc(min(max(time.Since(began), leastPause), mostPause), done) }, nil
}

// readArticle reads one article at a time, so that polls are read meanwhile.
func (c *Client) readArticle(ctx context.Context, doc dewline.Document, head dewline.Article) dewline.Article {
	if err := enter(ctx, c.reading); err != nil {
		head.Status, head.Detail = dewline.StatusTimeout, "stopped before it was read: "+err.Error()
		return head
	}
	defer func() { <-c.reading }()
	a := c.opts.ParseArticle(ctx, doc)
	a.HTTPStatus, a.RetryAfter, a.URL = head.HTTPStatus, head.RetryAfter, head.URL
	return a
}
