package web

import (
	"time"

	"dewline"
)

// matchView is an item that rules matched, or a search.
type matchView struct {
	ID        dewline.Key
	Title     []dewline.Span
	Lang      string
	Link      link
	Source    string
	Rules     []ruleView
	Published dateView
	FirstSeen *stamp
	Snippets  [][]dewline.Span
	Also      []string // feeds where the statement ran too
	More      int      // copies beside those
}

// dateView is a date as the source claims it: a time, or what it wrote.
type dateView struct {
	At *stamp
	As string
}

func (s *site) matchView(m *dewline.Matched, now time.Time) matchView {
	it, hits := &m.Item, hitsOf(m.Matches)
	v := itemLine(it, hits, now)
	if m.Group != nil {
		const named = 3
		v.Also, v.More = m.Group.Also(it.Feed.Name, named)
	}
	seen := make(map[string]bool)
	for _, match := range m.Matches {
		v.Rules = append(v.Rules, s.named(match.Rule))
		const snippets = 3
		if text := match.Snippet; text != "" && text != it.Title && !seen[text] && len(v.Snippets) < snippets {
			seen[text] = true
			v.Snippets = append(v.Snippets, dewline.MarkWords(text, hits))
		}
	}
	return v
}

// itemLine is the view of an item without what matched it.
func itemLine(it *dewline.Item, hits []dewline.Hit, now time.Time) matchView {
	return matchView{
		ID: it.Key, Title: mark(it.Title, dewline.FieldTitle, hits), Lang: language(it.Language), Link: linkTo(it.URL),
		Source: it.Feed.Name, FirstSeen: at(it.FirstSeen, now), Published: published(it, now),
	}
}

func published(it *dewline.Item, now time.Time) dateView {
	if it.Dated().IsZero() && it.PublishedAs == "" {
		return dateView{at(it.Updated, now), it.UpdatedAs}
	}
	return dateView{at(it.Dated(), now), it.PublishedAs}
}
