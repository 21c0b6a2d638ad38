package dewline

import (
	"fmt"
	"strings"
	"time"
)

// FoundList is the list that was found on a page of which nobody said where it stands. It is kept, so that what
// passes on the page does not make another list the source.
type FoundList struct {
	PageList
	Since time.Time `json:"since"`         // when it was found
	Was   *PageList `json:"was,omitempty"` // the list before it, of a page that was rebuilt
}

// settling is for how long after a page was rebuilt the list before is preferred where it is back, and people are
// told of it: what stood in its place may have been there for an hour.
const settling = 7 * 24 * time.Hour

// Kept are the lists to read a page by, the first that is there: the one before where it may come back, and
// the one that was found last.
func (l *FoundList) Kept(now time.Time) []PageList {
	switch {
	case l == nil:
		return nil
	case l.Was != nil && now.Sub(l.Since) < settling:
		return []PageList{*l.Was, l.PageList}
	}
	return []PageList{l.PageList}
}

// Next is what is known after the page was read by a list; one that is back is no rebuilt page any more.
func (l *FoundList) Next(read PageList, at time.Time) *FoundList {
	switch {
	case l == nil:
		return &FoundList{PageList: read, Since: at}
	case l.PageList == read:
		return l
	case l.Was != nil && *l.Was == read:
		return &FoundList{PageList: read, Since: at}
	}
	was := l.PageList
	return &FoundList{PageList: read, Since: at, Was: &was}
}

// News is what people are told of a page that was rebuilt lately; empty if there is nothing to tell.
func (l *FoundList) News(now time.Time) string {
	if l == nil || l.Was == nil || now.Sub(l.Since) >= settling {
		return ""
	}
	return fmt.Sprintf("the page was rebuilt: the list is now %s, since %s; before, it was %s. Look whether these are the statements, and pin the list in page: if not",
		l.PageList, l.since(), l.Was)
}

// String is the list in words: item `li.news`, date `span.date`, since 2026-11-23 10:00 UTC.
func (l *FoundList) String() string { return fmt.Sprintf("%s, since %s", l.PageList, l.since()) }

func (l *FoundList) since() string { return l.Since.UTC().Format("2006-01-02 15:04 UTC") }

// String is the selectors in words.
func (p PageList) String() string {
	var all []string
	for _, s := range p.Selectors() {
		all = append(all, fmt.Sprintf("%s `%s`", s.Key, s.CSS))
	}
	return strings.Join(all, ", ")
}

// Selector is one of the selectors of a page, by its key in the configuration.
type Selector struct{ Key, CSS string }

// Selectors are those that are not empty.
func (p PageList) Selectors() (all []Selector) {
	for _, s := range []Selector{{"item", p.Item}, {"link", p.Link}, {"title", p.Title}, {"date", p.Date}, {"summary", p.Summary}} {
		if s.CSS != "" {
			all = append(all, s)
		}
	}
	return all
}
