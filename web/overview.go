package web

import (
	"net/http"
	"time"

	"dewline"
)

// How much of each list the overview shows; the rest is a link away.
const (
	matchesShown    = 25
	feedsShown      = 10
	rulesShown      = 10
	deliveriesShown = 5 // of each state
	rulesToChoose   = 200
)

// overview is the front page: trouble, then what was found, then the state of
// everything.
func (s *site) overview(r *http.Request, now time.Time) (any, error) {
	data := struct {
		frame
		Health     health
		Rule       *dewline.Rule  // what the matches are filtered by
		Choice     []dewline.Rule // to filter by
		Matches    []matchView
		Newest     bool   // this is the first page
		Older      uint64 // where the next page goes on; 0 for the last
		Sources    []feedView
		Rules      []ruleView
		Deliveries outboxView
		MoreFeeds  int
		MoreRules  int
	}{frame: s.frame(r, "dewline", "/")}
	before, err := seqParam(r, "before")
	if err != nil {
		return nil, err
	}
	rule := r.FormValue("rule")
	if rule != "" {
		known, ok := s.rules[rule]
		if !ok {
			return nil, notFound("There is no rule " + quoted(rule) + "; " + meant(rule, s.ruleNames(), "no rule is configured") + ".")
		}
		data.Rule = &known
		data.Title = known.Title + " – dewline"
		data.Offers = append(data.Offers, alternates(known.Name, known.Title)...)
	}
	data.Newest = before == 0
	found, err := s.store.Matches(r.Context(), rule, before, matchesShown+1)
	if err != nil {
		return nil, err
	}
	if len(found) > matchesShown {
		found = found[:matchesShown]
		data.Older = found[matchesShown-1].Matches[0].Seq
	}
	for i := range found {
		data.Matches = append(data.Matches, s.matchView(&found[i], now))
	}
	if len(s.Rules) <= rulesToChoose {
		data.Choice = s.Rules
	}
	states, err := s.store.Feeds(r.Context())
	if err != nil {
		return nil, err
	}
	if data.Health, err = s.health(r.Context(), states, now); err != nil {
		return nil, err
	}
	worstFirst(states, now)
	shown := min(feedsShown, len(states))
	data.Sources, data.MoreFeeds = s.feedViews(states[:shown], now), len(states)-shown
	shown = min(rulesShown, len(s.Rules))
	data.MoreRules = len(s.Rules) - shown
	if data.Rules, err = s.ruleViews(r.Context(), s.Rules[:shown], now); err != nil {
		return nil, err
	}
	for _, other := range s.Rules[:shown] {
		if other.Name != rule {
			data.Offers = append(data.Offers, alternates(other.Name, other.Title)[0])
		}
	}
	data.Deliveries, err = s.outbox(r.Context(), data.Health, now)
	return data, err
}

func (s *site) ruleNames() (list []string) {
	for _, r := range s.Rules {
		list = append(list, r.Name)
	}
	return list
}

// matchView is an item that rules matched.
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
}

// dateView is a date as the source claims it: a time, or what it wrote.
type dateView struct {
	At *stamp
	As string
}

func (s *site) matchView(m *dewline.Matched, now time.Time) matchView {
	it, hits := &m.Item, hitsOf(m.Matches)
	v := matchView{
		ID: it.Key, Title: mark(it.Title, dewline.FieldTitle, hits), Lang: language(it.Language), Link: linkTo(it.URL),
		Source: it.Feed.Name, FirstSeen: at(it.FirstSeen, now), Published: published(it, now),
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

func published(it *dewline.Item, now time.Time) dateView {
	if it.Published.IsZero() && it.PublishedAs == "" {
		return dateView{at(it.Updated, now), it.UpdatedAs}
	}
	return dateView{at(it.Published, now), it.PublishedAs}
}
