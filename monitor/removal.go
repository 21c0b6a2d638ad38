package monitor

import (
	"net/url"
	"strings"
	"time"

	"dewline"
)

// looks are how long after an item came its page is looked at. The first look says what the
// page is while it is there: what was never there cannot be removed.
var looks = []time.Duration{
	5 * time.Minute, time.Hour, 3 * time.Hour, 12 * time.Hour, day, 3 * day, 7 * day, 14 * day, 30 * day,
}

// repeats are the waits before a page that was found gone is looked at again.
var repeats = []time.Duration{10 * time.Minute, 15 * time.Minute, 20 * time.Minute}

const (
	day = 24 * time.Hour
	// A removal is established by so many checks, over so long.
	goneChecks = 3
	goneFor    = 30 * time.Minute
	// putOff is the first wait after a check that could not tell; each one is twice as long, up to a day.
	putOff = time.Hour
	// lastPutOff is how long after the last look a site that cannot tell is asked still.
	lastPutOff = 7 * day
)

// sight is what a look at a page came to.
type sight int

const (
	unanswered sight = iota // the site is of no help: it fails, forbids, or wants to be left alone
	doubtful                // it answers with something that proves nothing: a login, another page
	present                 // the page, related to its item
	absent                  // no page; an empty one, or the front page, in its place
)

// sightOf is what an article says of its page. A document that cannot be read is there.
func sightOf(a *dewline.Article) sight {
	switch a.Status {
	case dewline.StatusNotFound, dewline.StatusGone:
		return absent
	case dewline.StatusOK:
	case dewline.StatusTooLarge, dewline.StatusHostile:
		return present
	default:
		return unanswered
	}
	switch a.Unfit {
	case "", dewline.UnfitNoText, dewline.UnfitHostile:
		return present
	case dewline.UnfitFront, dewline.UnfitShell, dewline.UnfitMissing:
		return absent
	case dewline.UnfitError: // a site that fails, or forbids, and says 200
		return unanswered
	}
	return doubtful
}

// answerOf is what was found in the place of a page, in words: "404 Not Found".
func answerOf(a *dewline.Article) string {
	return strings.TrimPrefix(saidOf(a), "HTTP ")
}

// seen is one look at a page. Of an absent one, the site's front page answered well just then.
type seen struct {
	what   sight
	answer string
	after  time.Duration // how long the site wants to be left alone
	at     time.Time
}

// looked is a watch after a look at its page. It is a pure function: what a removal is, and when
// the next look is due, is decided here and nowhere else. The removal is established where Told
// is set that was not.
func looked(w dewline.Watch, s seen) dewline.Watch {
	s.at = s.at.UTC()
	w.Checks++
	if s.what == unanswered {
		return postponed(w, s)
	}
	w.Failed = 0
	switch {
	case s.what == present && !w.Told.IsZero():
		w.Back, w.Due = s.at, time.Time{}
		return w
	case s.what == present:
		w.Present, w.Absent, w.Gone, w.Answer = s.at, time.Time{}, 0, ""
	case s.what == absent && w.Told.IsZero() && !w.Present.IsZero():
		return foundGone(w, s)
	case w.Told.IsZero(): // it answers otherwise, so it was not gone
		w.Absent, w.Gone, w.Answer = time.Time{}, 0, ""
	}
	w.Due = nextLook(w, s.at)
	return w
}

// foundGone is a watch whose page, which was there, is not.
func foundGone(w dewline.Watch, s seen) dewline.Watch {
	if w.Gone == 0 {
		w.Absent = s.at
	}
	w.Gone++
	w.Answer = s.answer
	if w.Gone >= goneChecks && s.at.Sub(w.Absent) >= goneFor {
		w.Told = s.at
		w.Due = nextLook(w, s.at)
		return w
	}
	w.Due = s.at.Add(repeats[min(w.Gone, len(repeats))-1])
	return w
}

// postponed is a watch whose site was of no help.
func postponed(w dewline.Watch, s seen) dewline.Watch {
	wait := min(putOff<<min(w.Failed, 5), day)
	w.Failed++
	w.Due = s.at.Add(max(spread(wait, w.Item, w.Checks), min(s.after, maxBackOff)))
	if w.Due.After(w.Since.Add(looks[len(looks)-1] + lastPutOff)) {
		w.Due = time.Time{}
	}
	return w
}

// nextLook is the next of the looks, each a little sooner for some pages than for others.
func nextLook(w dewline.Watch, now time.Time) time.Time {
	for i, after := range looks {
		if at := w.Since.Add(spread(after, w.Item, i)); at.After(now) {
			return at
		}
	}
	return time.Time{}
}

// watches are the pages to look at of what a commit matched.
func (m *Monitor) watches(feed dewline.Key, matches []dewline.Match, items []dewline.Item, now time.Time) (all []dewline.Watch) {
	if len(m.Removals) == 0 {
		return nil
	}
	wanted := make(map[dewline.Key]bool)
	for _, match := range matches {
		wanted[match.Item] = wanted[match.Item] || m.Removals[match.Rule.Name] != nil
	}
	for i := range items {
		if it := &items[i]; wanted[it.Key] && it.URL != "" {
			w := dewline.Watch{Feed: feed, Item: it.Key, URL: it.URL, Since: now.UTC()}
			w.Due = nextLook(w, now)
			all = append(all, w)
		}
	}
	return all
}

// frontOf is the address of the front page of a page's site; empty where that is the page.
func frontOf(page string) string {
	u, err := url.Parse(page)
	if err != nil || (u.Path == "" || u.Path == "/") && u.RawQuery == "" {
		return ""
	}
	return (&url.URL{Scheme: u.Scheme, Host: u.Host, Path: "/"}).String()
}
