package web

import (
	"context"
	"net/http"
	"time"

	"dewline"
)

type (
	ruleList struct {
		Rules []ruleDoc `json:"rules"`
	}
	ruleDoc struct {
		Name      string     `json:"name"`
		Title     string     `json:"title"`
		Query     string     `json:"query"`
		Tags      []string   `json:"tags"`
		Feeds     []string   `json:"feeds"`
		Alert     []string   `json:"alert"`
		Matches   uint64     `json:"matches"`
		LastMatch *time.Time `json:"last_match"`
		Output    outputDoc  `json:"output"`
	}
	// outputDoc is where the rule's output feed is.
	outputDoc struct {
		Atom string `json:"atom"`
		RSS  string `json:"rss"`
		JSON string `json:"json"`
	}
)

func (s *site) apiRules(r *http.Request) (any, error) {
	if _, err := readParams(r); err != nil {
		return nil, err
	}
	answer := ruleList{Rules: []ruleDoc{}}
	for _, rule := range s.Rules {
		doc, err := s.ruleDoc(r.Context(), rule)
		if err != nil {
			return nil, err
		}
		answer.Rules = append(answer.Rules, doc)
	}
	return answer, nil
}

func (s *site) ruleDoc(ctx context.Context, rule dewline.Rule) (ruleDoc, error) {
	n, last, err := s.found(ctx, rule.Name)
	feed := s.BaseURL + "/feeds/" + rule.Name
	return ruleDoc{
		Name: rule.Name, Title: rule.Title, Query: rule.Query,
		Tags: orEmpty(rule.Tags), Feeds: orEmpty(rule.Feeds), Alert: orEmpty(rule.Alert),
		Matches: n, LastMatch: orNull(last), Output: outputDoc{Atom: feed + ".atom", RSS: feed + ".rss", JSON: feed + ".json"},
	}, err
}

// found is how often a rule matched, and when last.
func (s *site) found(ctx context.Context, rule string) (n uint64, last time.Time, err error) {
	if n, err = s.store.MatchCount(ctx, rule); err != nil || n == 0 {
		return 0, last, err
	}
	latest, err := s.store.Matches(ctx, rule, 0, 1)
	if err == nil && len(latest) > 0 {
		last = latest[0].Matches[0].At
	}
	return n, last, err
}
