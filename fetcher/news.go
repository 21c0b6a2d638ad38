package fetcher

import (
	"context"
	"net/url"
	"slices"
	"strings"

	"dewline"
)

const (
	// newsAsked is how many sitemaps of a site are asked for when its news are looked for, and othersAsked how
	// many of them may be called something else: they may name those of news, or be an archive of years.
	newsAsked   = 5
	othersAsked = 2
	// maxRobots is how much of a robots.txt is read (RFC 9309, section 2.5), and maxNamed how many sitemaps in it.
	maxRobots = 512 << 10
	maxNamed  = 500
)

// FetchNews reads the news sitemaps of a feed's site: lists of what it published within the last days, which its
// robots.txt names. They are asked for as older pages are. The response has no entries where there are none.
func (c *Client) FetchNews(ctx context.Context, feed dewline.Feed) (resp dewline.Response) {
	defer contain(&resp)
	home, err := url.Parse(feed.URL)
	if err != nil {
		return dewline.Response{Parsed: dewline.Parsed{Status: dewline.StatusConnection, Detail: err.Error()}}
	}
	robots, text := c.robots(ctx, feed, home)
	resp.RetryAfter, resp.WireBytes = robots.RetryAfter, robots.WireBytes
	resp.Status = dewline.StatusOK
	feed.Page, feed.Sitemap = nil, &dewline.Sitemap{}
	ask := newsFirst(sitemapsIn(text, home))
	for asked := 0; asked < newsAsked && len(ask) > 0 && resp.RetryAfter == 0; asked++ {
		part := c.FetchPage(ctx, feed, ask[0])
		ask = ask[1:]
		resp.RetryAfter, resp.WireBytes = part.RetryAfter, resp.WireBytes+part.WireBytes
		if part.Format == "news sitemap" {
			resp.Entries = append(resp.Entries, part.Entries...)
		}
		for _, p := range part.Parts {
			if ofNews(p.URL) {
				ask = slices.Insert(ask, 0, p.URL)
			}
		}
	}
	return resp
}

// robots asks for a site's robots.txt.
func (c *Client) robots(ctx context.Context, feed dewline.Feed, home *url.URL) (resp dewline.Response, text string) {
	f := &fetch{client: c, feed: feed, accept: "text/plain", budget: c.opts.Timeout}
	f.start = (&url.URL{Scheme: home.Scheme, Host: home.Host, Path: "/robots.txt"}).String()
	leave, wrong := f.enterSite(ctx)
	if wrong != nil {
		return f.resp, ""
	}
	defer leave()
	if body, _ := f.run(ctx); body != nil && body.broken == nil {
		text = string(body.bytes[:min(len(body.bytes), maxRobots)])
	}
	return f.resp, text
}

// sitemapsIn are the sitemaps of the site that a robots.txt names; where it names none, the place where one is
// by custom.
func sitemapsIn(robots string, home *url.URL) (list []string) {
	for line := range strings.Lines(robots) {
		name, value, _ := strings.Cut(line, ":")
		value = strings.TrimSpace(value)
		if !strings.EqualFold(strings.TrimSpace(name), "sitemap") || value == "" || len(list) == maxNamed {
			continue
		}
		to, err := home.Parse(value)
		if err == nil && fetchable(to) && dewline.Site(to) == dewline.Site(home) && !slices.Contains(list, to.String()) {
			list = append(list, to.String())
		}
	}
	if len(list) == 0 {
		list = []string{(&url.URL{Scheme: home.Scheme, Host: home.Host, Path: "/sitemap.xml"}).String()}
	}
	return list
}

// newsFirst are the sitemaps that are called so, and a few of the others.
func newsFirst(list []string) []string {
	var news, others []string
	for _, address := range list {
		if ofNews(address) {
			news = append(news, address)
		} else {
			others = append(others, address)
		}
	}
	return append(news, others[:min(len(others), othersAsked)]...)
}

// ofNews reports a sitemap that is called one of news, as nearly all of them are.
func ofNews(address string) bool {
	u, err := url.Parse(address)
	return err == nil && strings.Contains(strings.ToLower(u.RequestURI()), "news")
}
