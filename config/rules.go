package config

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"time"

	"dewline"
)

// ruleName is what an output feed's address can carry as it is.
var ruleName = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9_-]{0,99}$`)

func (l *loader) rules(entries []ruleSection, src *sources, receivers map[string]bool) []dewline.Rule {
	var all []dewline.Rule
	seen := map[string]place{}
	for i := range entries {
		e := &entries[i]
		if !e.set {
			continue
		}
		if l.required(e.Name, e.place, "this rule", "add name: and a short name, such as anti-missile") {
			l.ruleName(e.Name)
			l.once(seen, e.Name.value, e.Name.scalar, "the rule name "+quoted(e.Name.value), "give each rule its own name")
		}
		all = append(all, l.rule(e, src, receivers))
	}
	return all
}

func (l *loader) ruleName(s text) {
	switch {
	case s.value == "all":
		l.wrong(s.scalar, "a rule cannot be named `all`: /feeds/all is the feed of all matches", "choose another name")
	case !ruleName.MatchString(s.value):
		l.wrong(s.scalar, quoted(s.value)+" cannot be a rule's name: the name is part of its feed's address",
			"use only letters without accents, digits, - and _; the title can say it in words")
	}
}

func (l *loader) rule(e *ruleSection, src *sources, receivers map[string]bool) dewline.Rule {
	r := dewline.Rule{
		Name: e.Name.value, Title: strings.TrimSpace(e.Title.value), Query: strings.TrimSpace(e.Query.value),
		Tags: src.spelled(e.Tags.values()), Feeds: e.Feeds.values(), Alert: e.Alert.values(),
	}
	if r.Title == "" {
		r.Title = r.Name
	}
	if l.required(e.Query, e.place, "this rule", "add query: and what to look for") {
		l.query(e.Query.scalar, strings.TrimRight(e.Query.value, " \n"))
	}
	if !src.unknown {
		l.known(src.spelledWords(e.Tags), src.tags, "no feed has the tag", "give the tag to a feed, or the rule never fires")
		l.known(e.Feeds, src.names, "there is no feed named", "add the feed")
	}
	l.known(e.Alert, receivers, "there is no receiver named", "add it to receivers:")
	r.On, r.Critical = l.told(e), e.Priority.value == "critical"
	r.Stories, r.Updates = l.stories(e)
	return r
}

// known reports the words of a list that nothing is called.
func (l *loader) known(list words, names map[string]bool, fault, none string) {
	seen := map[string]bool{}
	for _, w := range list.items {
		switch {
		case !names[w.value]:
			l.wrong(w.scalar, fault+" "+quoted(w.value), didYouMean(w.value, slices.Collect(maps.Keys(names)), none))
		case seen[w.value]:
			l.wrong(w.scalar, quoted(w.value)+" stands here twice", "remove one")
		}
		seen[w.value] = true
	}
}

// occasions are the words of on:, and what they tell.
var occasions = map[string]dewline.Event{"new": dewline.EventMatched, "changed": dewline.EventChanged, "removed": dewline.EventRemoved}

// told judges what a rule says about when and how it alerts, and returns what it tells.
func (l *loader) told(e *ruleSection) (on []dewline.Event) {
	const remedy = "write on: [new, changed, removed], or some of the three"
	if e.On.empty() {
		l.report(e.On.place, 1, "`on:` is empty", remedy+", or remove the key")
	}
	seen := map[string]bool{}
	for _, w := range e.On.items {
		event, known := occasions[w.value]
		switch {
		case !known:
			l.wrong(w.scalar, "`on:` cannot be "+quoted(w.value), remedy)
		case seen[w.value]:
			l.wrong(w.scalar, quoted(w.value)+" stands here twice", "remove one")
		default:
			on = append(on, event)
		}
		seen[w.value] = true
	}
	l.oneOf(e.Priority, "normal", "critical")
	return on
}

const (
	shortestUpdates = time.Minute
	longestUpdates  = 7 * 24 * time.Hour
)

// stories judges what a rule says about copies.
func (l *loader) stories(e *ruleSection) (dewline.Stories, time.Duration) {
	stories := dewline.Stories(l.oneOf(e.Stories, string(dewline.StoriesFirst), string(dewline.StoriesEach), string(dewline.StoriesOff)))
	if stories != dewline.StoriesFirst {
		if e.StoryUpdates.set {
			l.wrong(e.StoryUpdates.scalar, "`story_updates:` stands beside `stories: "+e.Stories.value+"`, by which every item alerts", "remove one of the two")
		}
		return stories, 0
	}
	if e.StoryUpdates.value == "off" {
		return stories, 0
	}
	every := l.duration(e.StoryUpdates, longestUpdates)
	if every > 0 && every < shortestUpdates {
		l.wrong(e.StoryUpdates.scalar, "`story_updates:` must be at least 1m", "write off for none")
	}
	return stories, every
}
