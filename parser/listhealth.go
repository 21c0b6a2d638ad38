package parser

import (
	"fmt"
	"strings"

	"dewline"
)

// How many items a list must have had, and lost, for its loss to be told.
const (
	enoughItems = 6
	lossFactor  = 3
)

// brokenList begins what is said of one.
const brokenList = "the list is broken: "

// health judges a list that was read. One in which the selectors find nothing is broken and never empty:
// most often the page was rebuilt. before is the number of items when it last worked.
func (l *listing) health(all []listed, before int) (dewline.Status, string) {
	n := l.counts
	var what string
	switch {
	case n.items == 0:
		what = fmt.Sprintf("the item selector %s finds nothing on the page", quoted(l.chosen.item.written))
		if l.byScript() {
			what += ", which holds next to no text: its list is made by a script in the reader's browser, and dewline runs none"
			return dewline.StatusBrokenList, brokenList + what + "; look for a feed, a sitemap or the address that the script asks"
		}
	case n.links == 0 && n.script > 0:
		what = fmt.Sprintf("the links of %d items call a script (javascript:…) and cannot be followed", n.items)
	case n.links == 0:
		what = fmt.Sprintf("of %d items none has a link", n.items) + l.lookedFor(l.chosen.link)
	case n.titles == 0:
		what = fmt.Sprintf("of %d items none has a title", n.items) + l.lookedFor(l.chosen.title)
	default:
		return dewline.StatusOK, strings.Join(l.doubts(len(all), before), "; ")
	}
	if before > 0 {
		what += fmt.Sprintf("; the list had %d items when it last worked", before)
	}
	return dewline.StatusBrokenList, brokenList + what + "; `dewline feeds check " + l.address + "` proposes selectors"
}

// lookedFor says which selector found nothing.
func (l *listing) lookedFor(c *chosen) string {
	if c == nil {
		return ""
	}
	found := 0
	for _, block := range l.chosen.item.found {
		found += len(l.of(c, block))
	}
	if found == 0 {
		return fmt.Sprintf(": the selector %s finds nothing in them", quoted(c.written))
	}
	return fmt.Sprintf(": the selector %s finds %d elements in them, and none will do", quoted(c.written), found)
}

// doubts are what should be looked at although the list was read.
func (l *listing) doubts(items, before int) (all []string) {
	n := l.counts
	if before >= enoughItems && items*lossFactor < before {
		all = append(all, fmt.Sprintf("the list has %d items, and had %d before: if it was not emptied on purpose, look whether the selectors still fit", items, before))
	}
	for _, c := range []struct {
		*chosen
		key   string
		found int
	}{{l.chosen.date, "date", n.dates}, {l.chosen.summary, "summary", n.summaries}} {
		if c.chosen != nil && c.found == 0 {
			all = append(all, fmt.Sprintf("the selector %s for `%s:` finds nothing in any of %d items", quoted(c.written), c.key, n.items))
		}
	}
	if c := l.chosen.title; c != nil && n.titles < n.items {
		all = append(all, fmt.Sprintf("the selector %s for `title:` finds nothing in %d of %d items, which have the text of their links as titles", quoted(c.written), n.items-n.titles, n.items))
	}
	if missing := n.items - n.links; missing > 0 && missing*2 > n.items {
		all = append(all, fmt.Sprintf("%d of %d items have no link", missing, n.items))
	}
	return all
}

// bareList is the length under which a page with scripts has no text of its own.
const bareList = 400

// byScript reports whether the page leaves it to scripts to show anything.
func (l *listing) byScript() bool {
	body := l.first("body")
	return body >= 0 && l.first("script") >= 0 && len(l.text(body)) < bareList
}
