package parser

import (
	"errors"
	"strconv"
	"strings"
	"time"

	ext "github.com/mmcdole/gofeed/extensions"
	"github.com/mmcdole/gofeed/rss"

	"dewline"
)

// rssHints are what an RSS feed asks of its readers.
func rssHints(feed *rss.Feed) dewline.Hints {
	h := dewline.Hints{Every: syndication(feed.Extensions, isWordPress(feed.Generator))}
	minutes, err := strconv.ParseUint(strings.TrimSpace(feed.TTL), 10, 20)
	if err == nil || errors.Is(err, strconv.ErrRange) { // more than a year, and so the most that there is
		h.Every = max(h.Every, time.Duration(minutes)*time.Minute)
	}
	for _, s := range feed.SkipHours {
		if hour, err := strconv.ParseUint(strings.TrimSpace(s), 10, 6); err == nil && hour <= 24 {
			h.SkipHours |= 1 << (hour % 24) // RSS 0.91 counts from 1 to 24
		}
	}
	for _, s := range feed.SkipDays {
		for day := time.Sunday; day <= time.Saturday; day++ {
			if strings.EqualFold(strings.TrimSpace(s), day.String()) {
				h.SkipDays |= 1 << day
			}
		}
	}
	// Who skips every hour, or every day, says nothing.
	if h.SkipHours == 1<<24-1 {
		h.SkipHours = 0
	}
	if h.SkipDays == 1<<7-1 {
		h.SkipDays = 0
	}
	return h
}

// syndication reads the RSS syndication module. That of every feed which WordPress makes says "hourly", once:
// nobody chose that, and it is no wish.
func syndication(e ext.Extensions, wordPress bool) time.Duration {
	period := map[string]time.Duration{
		"hourly": time.Hour, "daily": 24 * time.Hour, "weekly": 7 * 24 * time.Hour,
		"monthly": 30 * 24 * time.Hour, "yearly": 365 * 24 * time.Hour,
	}[strings.ToLower(first(e, "sy", "updatePeriod"))]
	times := 1
	if n, err := strconv.ParseUint(first(e, "sy", "updateFrequency"), 10, 16); err == nil && n > 0 {
		times = int(n)
	}
	if wordPress && period == time.Hour && times == 1 {
		return 0
	}
	return period / time.Duration(times)
}

func isWordPress(generator string) bool {
	return strings.Contains(strings.ToLower(generator), "wordpress")
}

// paging is where the feed's older items are (RFC 5005).
func paging(doc dewline.Document, m mended, links []relation, e ext.Extensions, generator string) dewline.Paging {
	p := dewline.Paging{Complete: len(e["fh"]["complete"]) > 0, WordPress: isWordPress(generator)}
	for _, l := range links {
		switch rel := strings.TrimPrefix(strings.ToLower(l.rel), "http://www.iana.org/assignments/relation/"); {
		case l.href == "":
		case rel == "prev-archive" && p.Archive == "":
			p.Archive = feedLinkOf(doc, m, l.href)
		case rel == "next" && p.Next == "":
			p.Next = feedLinkOf(doc, m, l.href)
		}
	}
	return p
}
