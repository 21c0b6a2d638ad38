package monitor

import (
	"fmt"
	"reflect"
	"time"
	"unicode"

	"dewline"
)

// textDelays are the waits between tries to fetch a text, of a fault that may
// pass: more than two days in all. Answers that mean what they say are asked for
// a second and a third time only, for a server may be in the middle of publishing.
var textDelays = []time.Duration{time.Minute, 10 * time.Minute, time.Hour, 6 * time.Hour, 24 * time.Hour, 24 * time.Hour}

const doubtfulTries = 2

// owed queues the articles of what a poll brought. Of an item that came by another feed before, the article
// is owed if nobody fetches it yet, or only quietly and it is news by this feed.
func (m *Monitor) owed(feed dewline.Feed, quiet bool, now time.Time, t *taken) (texts []dewline.TextTask) {
	for _, items := range [][]dewline.Item{t.new, t.changed} {
		for i := range items {
			texts = append(texts, owe(m.texter(feed, &items[i]), quiet, now, items[i:i+1])...)
		}
	}
	for i := range t.enriched {
		if state := t.enriched[i].FullText.State; state == "" || state == dewline.TextPending && !quiet {
			texts = append(texts, owe(m.texter(feed, &t.enriched[i]), quiet, now, t.enriched[i:i+1])...)
		}
	}
	return texts
}

// texter is the feed by which an item's article is fetched: the one that was polled, or another one that serves the
// item too.
func (m *Monitor) texter(feed dewline.Feed, it *dewline.Item) dewline.Feed {
	if feed.FullText {
		return feed
	}
	for _, ref := range it.Feeds() {
		if src, ok := m.sources[dewline.FeedKey(ref.Name)]; ok && src.feed.FullText {
			return src.feed
		}
	}
	return feed
}

// owe queues the articles of what a poll brought, and says so on the items. An
// item without a link has no article.
func owe(feed dewline.Feed, quiet bool, now time.Time, items []dewline.Item) (texts []dewline.TextTask) {
	if !feed.FullText {
		return nil
	}
	for i := range items {
		it := &items[i]
		if it.URL == "" {
			it.FullText = dewline.FullText{State: dewline.TextKept, Detail: "the item has no link", At: now}
			continue
		}
		it.FullText = dewline.FullText{State: dewline.TextPending}
		texts = append(texts, dewline.TextTask{Feed: feed.Key(), Item: it.Key, Version: it.Version, Quiet: quiet, Due: now.UTC()})
	}
	return texts
}

// settleText is what one try to fetch a text comes to, without the judgement. It
// is a pure function: when a text takes the place of what the feed said, and when
// it is tried again, is decided here and nowhere else.
func settleText(job dewline.TextJob, a *dewline.Article, now time.Time) dewline.TextCommit {
	c := dewline.TextCommit{Task: job.Task, Was: job.Item.TextHash(), At: now.UTC(), Item: job.Item}
	if a.Status == dewline.StatusOK && a.Unfit == "" {
		c.Item.FullText = enrich(&c.Item, a)
		c.Replaced = !reflect.DeepEqual(withoutState(c.Item), withoutState(job.Item))
	} else if wait, again := retryText(job.Task, a); again {
		c.Retry = now.Add(wait)
		c.Item.FullText = dewline.FullText{State: dewline.TextPending, Detail: fmt.Sprintf("try %d: %s; the next one at %s",
			job.Task.Tries+1, saidOf(a), c.Retry.UTC().Format(time.RFC3339))}
	} else {
		c.Item.FullText = givenUp(job.Task, a)
	}
	c.Item.FullText.At, c.Item.FullText.Quiet = c.At, job.Task.Quiet
	return c
}

func withoutState(it dewline.Item) dewline.Item {
	it.FullText = dewline.FullText{}
	return it
}

// givenUp is the state after the last try: the teaser stands because of what
// came, or because nothing did.
func givenUp(t dewline.TextTask, a *dewline.Article) dewline.FullText {
	if a.Status == dewline.StatusOK || a.Status == dewline.StatusChallenge {
		return dewline.FullText{State: dewline.TextKept, Detail: "the feed's own text stands: " + saidOf(a)}
	}
	tries := "one try"
	if t.Tries > 0 {
		tries = fmt.Sprintf("%d tries", t.Tries+1)
	}
	return dewline.FullText{State: dewline.TextFailed, Detail: fmt.Sprintf("given up after %s: %s", tries, saidOf(a))}
}

func saidOf(a *dewline.Article) string {
	switch {
	case a.Unfit != "" && a.Detail != "":
		return "the link leads to " + string(a.Unfit) + " (" + a.Detail + ")"
	case a.Unfit != "":
		return "the link leads to " + string(a.Unfit)
	case a.Detail != "":
		return a.Detail
	}
	return string(a.Status)
}

// retryText is when a text is tried again that did not come.
func retryText(t dewline.TextTask, a *dewline.Article) (wait time.Duration, again bool) {
	if t.Tries >= worthTries(a) {
		return 0, false
	}
	wait = spread(textDelays[t.Tries], t.Item, t.Tries)
	return max(wait, min(a.RetryAfter, maxBackOff)), true
}

// worthTries is how many times more than once an outcome is worth a try.
func worthTries(a *dewline.Article) int {
	switch a.Unfit {
	case "":
	case dewline.UnfitNoText, dewline.UnfitHostile, dewline.UnfitNoPage:
		return 0
	case dewline.UnfitError, dewline.UnfitMissing:
		return len(textDelays)
	default:
		return doubtfulTries
	}
	switch a.Status {
	case dewline.StatusBlocked, dewline.StatusTooLarge, dewline.StatusHostile:
		return 0
	case dewline.StatusNotFound, dewline.StatusGone, dewline.StatusRedirects, dewline.StatusHTTPError, dewline.StatusInternal:
		return doubtfulTries
	}
	return len(textDelays)
}

// fuller is by how much the article must say more than the feed: as much as
// nobody adds by a line about the author.
const fuller = 1.1

// enrich gives the item what its article says: the text where that is fuller
// than the feed's, and whatever the feed left out.
func enrich(it *dewline.Item, a *dewline.Article) dewline.FullText {
	if it.Title == "" || it.Untitled && a.Title != "" {
		it.Title, it.Untitled = a.Title, false
	}
	if len(it.Authors) == 0 {
		it.Authors = a.Authors
	}
	if it.Language == "" {
		it.Language = a.Language
	}
	if it.Published.IsZero() && it.PublishedAs == "" {
		it.Published = a.Published
	}
	it.Source.Complete(a.Source)
	came, had := letters(a.Text), max(letters(it.Content), letters(it.Summary))
	if float64(came) < fuller*float64(had) || came == 0 {
		return dewline.FullText{State: dewline.TextKept, Detail: fmt.Sprintf(
			"the feed's own text stands: it has %d letters, the article has %d", had, came)}
	}
	it.Content, it.HTML = a.Text, a.HTML
	return dewline.FullText{State: dewline.TextFetched, Detail: fmt.Sprintf("%d letters from a %s", came, a.Form)}
}

func letters(s string) (n int) {
	for _, r := range s {
		if unicode.IsLetter(r) || unicode.IsNumber(r) {
			n++
		}
	}
	return n
}
