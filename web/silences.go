package web

import (
	"context"
	"net/http"
	"time"

	"dewline"
)

type silenceList struct {
	Silences []dewline.SilenceDocument `json:"silences"`
}

func (s *site) apiSilences(r *http.Request) (any, error) {
	p, err := readParams(r, "all")
	if err != nil {
		return nil, err
	}
	all, err := p.flag("all")
	if err != nil {
		return nil, err
	}
	list, err := s.silenced(r.Context(), time.Now(), all)
	return silenceList{Silences: list}, err
}

// silenced are the silences that hold, or all there ever were, the newest first.
func (s *site) silenced(ctx context.Context, now time.Time, all bool) ([]dewline.SilenceDocument, error) {
	if s.Silences == nil {
		return []dewline.SilenceDocument{}, nil
	}
	return s.Silences(ctx, now, all)
}

// silenceView is a silence that holds, as the page shows it.
type silenceView struct {
	dewline.SilenceDocument
	About string // the title of its rule
	Until *stamp
}

func (s *site) silenceViews(ctx context.Context, now time.Time) (views []silenceView, err error) {
	list, err := s.silenced(ctx, now, false)
	for i := range list {
		v := silenceView{SilenceDocument: list[i], Until: at(list[i].Until(), now)}
		if v.Rule != "" {
			v.About = s.named(dewline.RuleRef{Name: v.Rule, Title: v.Rule}).Title
		}
		views = append(views, v)
	}
	return views, err
}
