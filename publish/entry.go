package publish

import (
	"time"

	"dewline"
)

// entry is an item with why it is in the channel, clean, before it has a format.
type entry struct {
	id         string
	item       dewline.Key
	version    int
	title      string // never empty
	link       string // the statement; its page here where it has no address
	page       string // its page here
	published  time.Time
	updated    time.Time
	authors    []string // never empty
	categories []string
	language   string // may be empty
	feed       dewline.FeedRef
	source     dewline.Source // as the statement's text names it
	why        []why          // at least one
	story      *dewline.StoryRef
	also       []string // feeds where the statement ran too
	more       int      // copies beside those
	excerpt    string   // why it matched, as HTML
	content    string   // the same and the article, as HTML
}

// why is one rule with what it found.
type why struct {
	rule    dewline.RuleRef
	at      time.Time
	hits    []dewline.Hit
	snippet []dewline.Span
}

// found is when the last of the rules found it.
func (e *entry) found() time.Time {
	var last time.Time
	for _, y := range e.why {
		if y.at.After(last) {
			last = y.at
		}
	}
	return last
}

// entryID identifies an entry for ever. An entry is the fact that a rule found
// an item, of copies the first: the same item found by another rule is another entry, since it says
// something else, and a reader that shows every id only once must not hide it.
// So the id is made of the match's key, that is of the rule's name and the
// item's key and nothing else: neither a restart nor another base URL nor an
// edit changes it. In the feed of all an item is one entry, whose rule is "".
func entryID(rule string, item dewline.Key) string { return urn(dewline.MatchKey(rule, item)) }

// channelID identifies a feed. Its formats are the same feed in other words.
func channelID(rule string) string { return urn(dewline.MatchKey(rule, dewline.Key{})) }

// urn writes a key as a UUID of version 8, whose bits mean what its maker says
// (RFC 9562, section 5.8). Six bits of the hash give way to version and variant.
func urn(k dewline.Key) string {
	k[6] = k[6]&0x0f | 0x80
	k[8] = k[8]&0x3f | 0x80
	s := k.String()
	return "urn:uuid:" + s[:8] + "-" + s[8:12] + "-" + s[12:16] + "-" + s[16:20] + "-" + s[20:]
}

func (p *Publisher) entry(c channel, m *dewline.Matched) entry {
	it := &m.Item
	e := entry{
		id: entryID(c.rule, m.First), item: it.Key, version: it.Version,
		title: line(it.Title), link: webLink(it.URL), page: p.base + "/items/" + it.Key.String(),
		published: date(it.Claimed(), it.FirstSeen, m.Matches[0].At),
		updated:   date(it.Changed, it.FirstSeen, m.Matches[0].At),
		authors:   lines(it.Authors), categories: lines(it.Categories), language: language(it.Language),
		feed: dewline.FeedRef{Name: line(it.Feed.Name), URL: webLink(it.Feed.URL), Tags: lines(it.Feed.Tags)},
	}
	e.source = dewline.Source{Name: line(it.Source.Name), Place: line(it.Source.Place), Issued: it.Source.Issued}
	if e.title == "" {
		e.title = "(no title)"
	}
	if e.feed.Name == "" {
		e.feed.Name = "(no name)"
	}
	if e.link == "" {
		e.link = e.page
	}
	if len(e.authors) == 0 { // Atom requires one; who publishes the feed answers for it
		e.authors = []string{e.feed.Name}
	}
	for i := range m.Matches {
		e.why = append(e.why, p.why(&m.Matches[i]))
	}
	e.tellStory(m)
	e.excerpt = excerptHTML(e.why) + e.alsoHTML()
	e.content = e.excerpt + articleHTML(it, e.language, e.page)
	return e
}

// why takes what a match says. The rule has the title that it has now, if it is
// still configured.
func (p *Publisher) why(m *dewline.Match) why {
	y := why{rule: dewline.RuleRef{Name: line(m.Rule.Name), Title: line(m.Rule.Title)}, at: date(m.At)}
	if c, ok := p.channels[m.Rule.Name]; ok {
		y.rule.Title = c.title
	}
	for _, s := range dewline.MarkWords(m.Snippet, m.Hits) {
		if s.Text = clean(s.Text); s.Text != "" {
			y.snippet = append(y.snippet, s)
		}
	}
	for _, h := range m.Hits {
		h.Term, h.Field, h.Text = line(h.Term), line(h.Field), clean(h.Text)
		y.hits = append(y.hits, h)
	}
	return y
}
