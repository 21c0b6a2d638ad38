package main

import (
	"context"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"time"

	"dewline"
	"dewline/filter"
	"dewline/monitor"
	"dewline/store"
)

// silencer knows which silences cover what is told. What it made of them it keeps until another one is made or
// ended, so that a commit asks the store nothing.
type silencer struct {
	db       *store.DB
	language *filter.Concepts
	rules    []dewline.Rule
	log      *slog.Logger

	mu       sync.Mutex // guards what follows
	revision uint64
	made     *silences
}

func newSilencer(db *store.DB, language *filter.Concepts, rules []dewline.Rule, log *slog.Logger) *silencer {
	return &silencer{db: db, language: language, rules: rules, log: log}
}

// silences are those that had not ended when they were read, made ready.
type silences struct {
	list    []dewline.Silence
	queries *filter.Rules // each named by the key of its silence
}

// at are the silences that hold at a time; nil where none does. Those that cannot be read hold nothing: what is told
// in vain is better than what is not told.
func (s *silencer) at(now time.Time) monitor.Silences {
	made, err := s.read(now)
	if err != nil {
		s.log.Error("the silences cannot be read; nothing is silenced", "err", err)
		return nil
	}
	if !slices.ContainsFunc(made.list, func(l dewline.Silence) bool { return l.At(now) }) {
		return nil
	}
	var last *dewline.Item // several rules may have found one item
	var found map[string]bool
	return func(it *dewline.Item, rule string) []dewline.Key {
		if i := s.index(rule); i >= 0 && s.rules[i].Critical {
			return nil
		}
		if it != last {
			last, found = it, made.finding(it)
		}
		return made.covering(now, rule, found)
	}
}

// covering are the silences that cover what a rule tells of an item which these queries find.
func (m *silences) covering(now time.Time, rule string, found map[string]bool) (keys []dewline.Key) {
	for i := range m.list {
		if l := &m.list[i]; l.At(now) && (l.Query == "" && l.Rule == rule || found[l.Key.String()]) {
			keys = append(keys, l.Key)
		}
	}
	return keys
}

// finding are the names of the queries that find an item, as each of the feeds that serve it would have it.
func (m *silences) finding(it *dewline.Item) map[string]bool {
	found := make(map[string]bool)
	for _, feed := range it.Feeds() {
		as := *it
		as.Feed = feed
		for _, match := range m.queries.Match(&as) {
			found[match.Rule.Name] = true
		}
	}
	return found
}

func (s *silencer) index(rule string) int {
	return slices.IndexFunc(s.rules, func(r dewline.Rule) bool { return r.Name == rule })
}

// read gives the silences as the store has them.
func (s *silencer) read(now time.Time) (*silences, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	revision := s.db.SilenceRevision() // before the list: one that comes meanwhile is read the next time
	if s.made != nil && s.revision == revision {
		return s.made, nil
	}
	all, err := s.db.Silences(context.Background())
	if err != nil {
		return nil, err
	}
	made, err := s.compile(all, now)
	if err != nil {
		return nil, err
	}
	s.made, s.revision = made, revision
	return made, nil
}

// compile makes those ready that have not ended. A query that is at fault meanwhile, since a concept of it is no
// longer configured, holds nothing.
func (s *silencer) compile(all []dewline.Silence, now time.Time) (*silences, error) {
	made := &silences{}
	var queries []dewline.Rule
	for _, l := range all {
		if !l.Until().After(now) {
			continue
		}
		if l.Query != "" {
			if _, err := s.language.Parse(l.Query); err != nil {
				s.log.Error("a silence holds nothing: its query is at fault", "silence", l.Key, "query", l.Query, "err", err)
				continue
			}
			queries = append(queries, dewline.Rule{Name: l.Key.String(), Query: l.Query})
		}
		made.list = append(made.list, l)
	}
	var err error
	made.queries, err = s.language.Compile(queries)
	return made, err
}

// documents are the silences that hold, or all there ever were, the newest first.
func (s *silencer) documents(ctx context.Context, now time.Time, all bool) ([]dewline.SilenceDocument, error) {
	list, err := s.db.Silences(ctx)
	docs := []dewline.SilenceDocument{}
	for i := range list {
		if l := &list[i]; all || l.At(now) {
			docs = append(docs, s.document(l, now))
		}
	}
	return docs, err
}

func (s *silencer) document(l *dewline.Silence, now time.Time) dewline.SilenceDocument {
	doc := dewline.SilenceDocument{Silence: *l, Active: l.At(now)}
	if doc.Active {
		doc.Note = s.note(l)
	}
	return doc
}

// note says what a silence does not hold.
func (s *silencer) note(l *dewline.Silence) string {
	if l.Rule != "" {
		switch i := s.index(l.Rule); {
		case i < 0:
			return "holds nothing: no rule of this name is configured"
		case s.rules[i].Critical:
			return "holds nothing: the rule is critical"
		}
		return ""
	}
	if _, err := s.language.Parse(l.Query); err != nil {
		return "holds nothing: " + err.Error()
	}
	if names := s.critical(); len(names) > 0 {
		return "does not hold what is critical: " + strings.Join(names, ", ")
	}
	return ""
}

// critical are the names of the rules that nothing holds.
func (s *silencer) critical() (names []string) {
	for _, r := range s.rules {
		if r.Critical {
			names = append(names, r.Name)
		}
	}
	return names
}
