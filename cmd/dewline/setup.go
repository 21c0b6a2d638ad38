package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"slices"
	"time"

	"dewline"
	"dewline/config"
	"dewline/facts"
	"dewline/fetcher"
	"dewline/monitor"
	"dewline/notify"
	"dewline/parser"
	"dewline/publish"
	"dewline/store"
	"dewline/stories"
	"dewline/web"
	"dewline/websub"
)

// setup is one valid configuration made into parts, over an open store. A
// reload makes a new one; nothing of it is ever changed.
type setup struct {
	cfg      *config.Config
	db       *store.DB
	search   *searcher
	silences *silencer
	fetcher  *fetcher.Client
	monitor  *monitor.Monitor
	alerts   *notify.Dispatcher
	push     *websub.Subscriber
	page     http.Handler
}

// hooks are where the outside listens to the parts at work.
type hooks struct {
	progress  func()
	committed func(monitor.Outcome)
}

// assemble wires the rooms together.
func assemble(cfg *config.Config, db *store.DB, log *slog.Logger, h hooks) (*setup, error) {
	language, err := language(cfg.Concepts)
	if err != nil {
		return nil, err
	}
	rules, err := language.Compile(ofNews(cfg.Rules))
	if err != nil {
		return nil, err
	}
	s := &setup{
		cfg: cfg, db: db, search: newSearcher(db, language), silences: newSilencer(db, language, cfg.Rules, log), fetcher: newFetcher(cfg.Fetch),
	}
	if s.alerts, err = newAlerts(cfg, db, log); err != nil {
		return nil, err
	}
	s.push = s.newPush(log)
	s.monitor, err = monitor.New(monitor.Options{
		Store: db, Fetcher: s.fetcher, Articles: s.fetcher, Pages: s.fetcher, Judge: rules, Feeds: cfg.Feeds, Log: log, Progress: h.progress,
		Edits:    monitor.Edits{Told: toldOf(cfg.Rules, dewline.EventChanged), Differ: facts.Differ},
		Stories:  monitor.Stories{Judge: stories.New(facts.Differ), Standing: stories.Standing, Rules: storiesOf(cfg)},
		Removals: toldOf(cfg.Rules, dewline.EventRemoved),
		Critical: criticalOf(cfg.Rules),
		Silences: s.silences.at,
		Told:     func() { s.alerts.Wake() },
		Relied:   s.push.Relied,
		Texted:   func(monitor.TextOutcome) { s.alerts.Wake() },
		Committed: func(out monitor.Outcome) {
			s.alerts.Wake()
			s.push.Polled(&out.State, out.Poll.Pushed, out.Poll.New)
			if h.committed != nil {
				h.committed(out)
			}
		},
	})
	if err != nil {
		return nil, err
	}
	s.page = s.newPage(log)
	return s, nil
}

// ofNews are the rules with those receivers that are told of new items.
func ofNews(rules []dewline.Rule) []dewline.Rule {
	all := slices.Clone(rules)
	for i := range all {
		all[i].Alert = all[i].Tells(dewline.EventMatched)
	}
	return all
}

// criticalOf are the rules whose alerts nothing holds.
func criticalOf(rules []dewline.Rule) map[string]bool {
	critical := make(map[string]bool)
	for _, r := range rules {
		if r.Critical {
			critical[r.Name] = true
		}
	}
	return critical
}

// storiesOf are the rules that ask for stories. Updates go by mail: a thread there is one thing, elsewhere they would
// be alerts again.
func storiesOf(cfg *config.Config) map[string]dewline.StoryRule {
	mail, digest := make(map[string]bool), make(map[string]bool)
	for _, r := range cfg.Receivers {
		mail[r.Name] = r.Email != nil
		digest[r.Name] = r.Email != nil && r.Controls.Digest != ""
	}
	asked := make(map[string]dewline.StoryRule)
	for _, r := range cfg.Rules {
		if r.Stories == "" || r.Stories == dewline.StoriesOff {
			continue
		}
		s := dewline.StoryRule{Stories: r.Stories, Updates: r.Updates}
		for _, name := range r.Tells(dewline.EventMatched) {
			if mail[name] {
				s.Updated = append(s.Updated, name)
			}
			if digest[name] {
				s.Digests = append(s.Digests, name)
			}
		}
		asked[r.Name] = s
	}
	return asked
}

// toldOf are the receivers that are told of an event, by rule.
func toldOf(rules []dewline.Rule, e dewline.Event) map[string][]string {
	told := make(map[string][]string)
	for _, r := range rules {
		if receivers := r.Tells(e); len(receivers) > 0 {
			told[r.Name] = receivers
		}
	}
	return told
}

func newFetcher(f config.Fetch) *fetcher.Client { return fetcherWith(f, parser.Parse) }

// fetcherWith is a fetcher whose documents are read by this function.
func fetcherWith(f config.Fetch, parse func(dewline.Document) dewline.Parsed) *fetcher.Client {
	return fetcher.New(fetcher.Options{
		Timeout: f.Timeout, MaxBody: f.MaxBody, Concurrency: f.Concurrency, PerSite: f.PerSite,
		UserAgent: f.UserAgent, AllowPrivate: f.AllowPrivate, Parse: parse, ParseArticle: readArticle,
	})
}

func (s *setup) newPage(log *slog.Logger) http.Handler {
	opts := web.Options{
		BaseURL: s.cfg.HTTP.BaseURL, Version: version(), Rules: s.cfg.Rules, Feeds: s.cfg.Feeds,
		Search: s.search.forPage, Silences: s.silences.documents, Push: s.push, Pushes: s.push.Counts,
		Feed:    publish.New(s.db, publish.Options{BaseURL: s.cfg.HTTP.BaseURL, Rules: s.cfg.Rules}),
		Waiting: s.monitor.Waiting, Retry: s.retry,
		Ready: s.monitor.Ready, Log: log, Local: s.cfg.HTTP.Auth == nil && !s.cfg.HTTP.AuthNone,
	}
	if a := s.cfg.HTTP.Auth; a != nil {
		opts.Auth = &web.Auth{Username: a.Username, Password: a.Password}
	}
	return web.New(s.db, opts)
}

// register tells the store which feeds are configured.
func (s *setup) register(ctx context.Context) error {
	return s.db.Register(ctx, s.cfg.Feeds, time.Now())
}

// close gives back what the parts hold; the store stays open.
func (s *setup) close() { s.fetcher.Close() }

// feed finds a configured feed by name.
func (s *setup) feed(name string) (dewline.Feed, error) {
	for _, f := range s.cfg.Feeds {
		if f.Name == name {
			return f, nil
		}
	}
	return dewline.Feed{}, fmt.Errorf("no feed is called %q; `dewline feeds list` shows the names", name)
}

// receiver says whether a receiver of this name is configured.
func (s *setup) receiver(name string) error {
	var names []string
	for _, r := range s.cfg.Receivers {
		if r.Name == name {
			return nil
		}
		names = append(names, r.Name)
	}
	if len(names) == 0 {
		return errors.New("no receiver is configured; add one to receivers: in config.yaml")
	}
	return fmt.Errorf("no receiver is called %q; there are %q", name, names)
}

func newAlerts(cfg *config.Config, db *store.DB, log *slog.Logger) (*notify.Dispatcher, error) {
	return notify.New(db, notify.Options{
		Receivers: cfg.Receivers, SMTP: cfg.SMTP, Health: cfg.Health, BaseURL: cfg.HTTP.BaseURL,
		Transport: fetcher.NewTransport(cfg.Fetch.AllowPrivate), Log: log,
		Courier: newCourier, Allow: cfg.Fetch.AllowPrivate,
	})
}
