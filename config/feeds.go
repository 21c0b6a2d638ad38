package config

import (
	"fmt"
	"net/url"
	"slices"
	"strings"

	"dewline"

	"golang.org/x/text/language"
)

// sources are the feeds, with what rules may name of them.
type sources struct {
	feeds []dewline.Feed
	names map[string]bool
	tags  map[string]bool
	// spelling is how a tag, in lower case, was first written.
	spelling map[string]string
	// unknown is set where some feeds could not be read: then a name that is
	// not there proves nothing.
	unknown bool

	byName, byURL map[string]place
}

// tagged notes tags that feeds have, and returns them as they are spelled here.
func (s *sources) tagged(tags []string) []string {
	tags = s.spelled(tags)
	for _, t := range tags {
		s.tags[t], s.spelling[strings.ToLower(t)] = true, t
	}
	return tags
}

// spelled are tags as they were first written. Those that differ in nothing but
// case are one tag: who names a folder Press and a rule's tag press means it.
func (s *sources) spelled(tags []string) []string {
	var all []string
	for _, t := range tags {
		if first, is := s.spelling[strings.ToLower(t)]; is {
			t = first
		}
		if !slices.Contains(all, t) {
			all = append(all, t)
		}
	}
	return all
}

// spelledWords is spelled for a list that is still to be judged.
func (s *sources) spelledWords(list words) words {
	list.items = slices.Clone(list.items)
	for i := range list.items {
		list.items[i].value = s.spelled([]string{list.items[i].value})[0]
	}
	return list
}

// feeds reads the feeds. Those with an address of their own come first to their
// names; the feeds of OPML files then get the names that are left.
func (l *loader) feeds(entries []feedSection, usual *Fetch) *sources {
	all := &sources{
		names: map[string]bool{}, tags: map[string]bool{}, spelling: map[string]string{},
		byName: map[string]place{}, byURL: map[string]place{},
	}
	at := make([][]dewline.Feed, len(entries))
	for i := range entries {
		if e := &entries[i]; e.set && !e.OPML.tried() {
			at[i] = l.feed(e, usual, all)
		}
	}
	for i := range entries {
		if e := &entries[i]; e.set && e.OPML.tried() {
			at[i] = l.opml(e, usual, all)
		}
	}
	all.feeds = slices.Concat(at...)
	return all
}

// feed is one feed by its url.
func (l *loader) feed(e *feedSection, usual *Fetch, all *sources) []dewline.Feed {
	f := l.common(e, usual)
	f.Tags = all.tagged(f.Tags)
	l.list(e, &f)
	l.located(e)
	u := l.feedAddress(e)
	if e.Name.set && l.required(e.Name, e.place, "this feed", "name it, or remove the key") {
		l.name(e.Name)
	}
	f.Name = e.Name.value
	if u == nil {
		all.unknown = all.unknown || f.Name == ""
	} else {
		f.URL = e.URL.value
		l.once(all.byURL, canonical(u), e.URL.scalar, "this address", "a feed is watched once; rules share it by its name or tags")
		if f.Name == "" && !e.Name.failed {
			f.Name = u.Host + u.Path
		}
	}
	if f.Name != "" {
		named := e.Name.scalar
		if !named.set {
			named = e.URL.scalar
		}
		l.once(all.byName, f.Name, named, "the feed name "+quoted(f.Name), "give each feed its own name:")
		all.names[f.Name] = true
	}
	return []dewline.Feed{f}
}

// lineOf names a line; its file too where that is another one.
func (l *loader) lineOf(first, from place) string {
	if doc := l.of(first); doc != l.of(from) {
		return fmt.Sprintf("line %d of %s", first.line, doc.file)
	}
	return fmt.Sprintf("line %d", first.line)
}

// once reports what was there before.
func (l *loader) once(seen map[string]place, what string, s scalar, called, hint string) {
	if first, twice := seen[what]; twice {
		l.wrong(s, fmt.Sprintf("%s is used already, in %s", called, l.lineOf(first, s.place)), hint)
		return
	}
	seen[what] = s.place
}

// common is what an entry says beside its address and name.
func (l *loader) common(e *feedSection, usual *Fetch) dewline.Feed {
	f := dewline.Feed{Tags: l.tags(e.Tags), Schedule: usual.Schedule}
	l.access(e, usual, &f)
	if e.Schedule.tried() {
		f.Schedule = l.schedule(e.Schedule)
	}
	f.Push = l.push(e.WebSub, usual)
	f.Language = l.language(e.Language)
	f.Health = l.health(e.Health, l.informed)
	f.FirstPoll = dewline.FirstPoll(l.oneOf(e.FirstPoll, string(dewline.FirstPollPublish), string(dewline.FirstPollAlert)))
	f.FullText = strings.EqualFold(e.FullText.value, "true")
	return f
}

// feedAddress is the feed's URL, nil where it is no good.
func (l *loader) feedAddress(e *feedSection) *url.URL {
	if !l.required(e.URL, e.place, "this feed", "add url: https://…") {
		return nil
	}
	u := l.address(e.URL)
	if u != nil && u.User != nil {
		l.wrong(e.URL.scalar, "this address holds a username or password, and addresses are shown to readers",
			`write them beside it: basic_auth: {username: …, password_file: …}`)
		return nil
	}
	return u
}

func (l *loader) tags(list words) []string {
	seen := map[string]bool{}
	for _, t := range list.items {
		switch {
		case strings.TrimSpace(t.value) == "":
			l.wrong(t.scalar, "this tag is empty", "remove it")
		case seen[strings.ToLower(t.value)]:
			l.wrong(t.scalar, "the tag "+quoted(t.value)+" stands here twice", "remove one")
		default:
			l.name(t)
		}
		seen[strings.ToLower(t.value)] = true
	}
	return list.values()
}

func (l *loader) language(s text) string {
	if !s.set {
		return ""
	}
	if _, err := language.Parse(s.value); err != nil || s.value == "" {
		l.wrong(s.scalar, fmt.Sprintf("%q is not a language", s.value), "write a BCP 47 tag, such as en, ru, zh-Hans or pt-BR")
	}
	return s.value
}
