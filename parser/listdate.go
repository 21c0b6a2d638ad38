package parser

import "time"

// date finds the block's date: what the date selector finds, else a <time>.
func (l *listing) date(it *listed, block int) {
	defer func() {
		if it.published != "" {
			l.counts.dates++
		}
	}()
	c := l.chosen.date
	if c == nil {
		for i := block; i < l.end(block) && it.published == ""; i++ {
			if l.nodes[i].Data == "time" {
				it.published = l.dated(i)
			}
		}
		return
	}
	for _, i := range l.of(c, block) {
		if c.attribute != "" {
			it.published = l.readDate(l.said(c, i))
		} else {
			it.published = l.dated(i)
		}
		if it.published != "" {
			return
		}
	}
}

// dated is the date of an element: what it says to programs, else to readers.
func (l *listing) dated(i int) string {
	for j := i; j < l.ends[i]; j++ {
		if s := l.readDate(attribute(l.nodes[j], "datetime")); s != "" {
			return s
		}
	}
	return l.readDate(l.text(i))
}

// findDate finds a date, also one without a year, near to when the page was fetched.
func (l *listing) findDate(s string) (t time.Time, hasTime, ok bool) {
	if t, hasTime, ok = findDate(s, l.language); ok {
		return t, hasTime, ok
	}
	return yearless(s, l.language, l.at)
}

// readDate is the date in a text, in a form that date reads; the text itself where there is none and it
// may be one all the same.
func (l *listing) readDate(s string) string {
	s = plain(s)
	t, hasTime, ok := l.findDate(s)
	switch {
	case ok && hasTime:
		return t.Format(time.RFC3339)
	case ok:
		return t.Format(time.DateOnly)
	case len(s) <= maxDateLen:
		return s
	}
	return ""
}
