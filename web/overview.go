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

// overviewPage is the front page: trouble, then what was found, then the state
// of everything.
type overviewPage struct {
	frame
	Health     health
	Rule       *dewline.Rule  // what the matches are filtered by
	Choice     []dewline.Rule // to filter by
	Matches    []matchView
	Newest     bool   // this is the first page
	Older      uint64 // where the next page goes on; 0 for the last
	Sources    []feedView
	MoreFeeds  int
	Rules      []ruleView
	MoreRules  int
	Silences   []silenceView // that hold
	Deliveries outboxView
}

func (s *site) overview(r *http.Request, now time.Time) (any, error) {
	page := &overviewPage{frame: s.frame(r, "dewline", "/")}
	for _, part := range []func(*overviewPage, *http.Request, time.Time) error{s.filter, s.fillMatches, s.fillFeeds, s.fillRules, s.fillDeliveries} {
		if err := part(page, r, now); err != nil {
			return nil, err
		}
	}
	return page, nil
}

// filter reads which rule's matches are wanted.
func (s *site) filter(page *overviewPage, r *http.Request, _ time.Time) error {
	if len(s.Rules) <= rulesToChoose {
		page.Choice = s.Rules
	}
	name := r.FormValue("rule")
	if name == "" {
		return nil
	}
	rule, ok := s.rules[name]
	if !ok {
		return notFound("There is no rule " + quoted(name) + "; " + meant(name, s.ruleNames(), "no rule is configured") + ".")
	}
	page.Rule = &rule
	page.Title = rule.Title + " – dewline"
	page.Offers = append(page.Offers, alternates(rule.Name, rule.Title)...)
	return nil
}

func (s *site) fillMatches(page *overviewPage, r *http.Request, now time.Time) error {
	before, err := seqParam(r, "before")
	if err != nil {
		return err
	}
	found, err := s.store.Matches(r.Context(), r.FormValue("rule"), before, matchesShown+1)
	if err != nil {
		return err
	}
	page.Newest = before == 0
	if len(found) > matchesShown {
		found = found[:matchesShown]
		page.Older = found[matchesShown-1].Seq
	}
	for i := range found {
		page.Matches = append(page.Matches, s.matchView(&found[i], now))
	}
	return nil
}

func (s *site) fillFeeds(page *overviewPage, r *http.Request, now time.Time) error {
	states, err := s.store.Feeds(r.Context())
	if err != nil {
		return err
	}
	worstFirst(states, now)
	shown := min(feedsShown, len(states))
	page.Sources, page.MoreFeeds = s.feedViews(states[:shown], now), len(states)-shown
	page.Health, err = s.health(r.Context(), states, now)
	return err
}

func (s *site) fillRules(page *overviewPage, r *http.Request, now time.Time) (err error) {
	shown := s.Rules[:min(rulesShown, len(s.Rules))]
	page.MoreRules = len(s.Rules) - len(shown)
	for _, rule := range shown {
		if page.Rule == nil || rule.Name != page.Rule.Name {
			page.Offers = append(page.Offers, alternates(rule.Name, rule.Title)[0])
		}
	}
	page.Rules, err = s.ruleViews(r.Context(), shown, now)
	return err
}

func (s *site) fillDeliveries(page *overviewPage, r *http.Request, now time.Time) (err error) {
	if page.Silences, err = s.silenceViews(r.Context(), now); err != nil {
		return err
	}
	page.Deliveries, err = s.outbox(r.Context(), page.Health, now)
	return err
}

func (s *site) ruleNames() (list []string) {
	for _, r := range s.Rules {
		list = append(list, r.Name)
	}
	return list
}
