package monitor

import (
	"cmp"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"

	"dewline"
)

const (
	// massLeast is how many feeds that fail at once may be one failure.
	massLeast = 5
	// massMany is how many of them are one, however many feeds there are: nobody reads more alerts at a time.
	massMany = 10
	// massSites is how many sites they must be of, to be no failure of a site.
	massSites = 3
	// together is within what time trouble begins that is thought to have one cause.
	together = 2 * time.Hour
	// heldFor is how long a failure waits for its likes before it is told alone.
	heldFor = 10 * time.Minute
	// settled is how long a failure waits before many are told as one, so that the number is good.
	settled = 2 * time.Minute
	// dissolved is when a mass failure is over that never ended as one: what is left of it are single feeds.
	dissolved = 24 * time.Hour
)

// subject is a feed with what masses need to know of it.
type subject struct {
	dewline.FeedState
	feed   dewline.Feed
	health dewline.Health
	site   string
	held   time.Time // since when its failure waits to be told
	done   bool      // it is told of in this turn
}

// inTrouble reports a feed whose trouble is new and not told yet. That it cannot be read once is enough
// here: many at once are no blip.
func (s *subject) inTrouble(now time.Time) bool {
	return s.Trouble.Polls > 0 && s.Told.State == "" && (now.Sub(s.Trouble.Since) < together || s.failing())
}

func (s *subject) failing() bool { return s.health.State.Failing() }

// failTogether are those of the feeds in trouble that are one failure: of a site, or, where none is given, of all
// sites. None where there is no such failure.
func failTogether(troubled []*subject, all int, site string) []*subject {
	if site == "" {
		sites := make(map[string]bool)
		for _, s := range troubled {
			sites[s.site] = true
		}
		if len(troubled) >= massLeast && len(sites) >= massSites && (len(troubled) >= massMany || 2*len(troubled) >= all) {
			return troubled
		}
		return nil
	}
	var here []*subject
	for _, s := range troubled {
		if s.site == site {
			here = append(here, s)
		}
	}
	if len(here) >= massLeast {
		return here
	}
	return nil
}

// masses decides which failures are told together.
type masses struct {
	all []*subject
	now time.Time
}

// bulletins are what is to be told of feeds that fail together, and of those whose failure waited in vain for
// others. It is a pure function of the states. Waiting says whether there is something to look at again.
func (m masses) bulletins() (list []dewline.Bulletin, waiting bool) {
	for _, g := range m.groups() {
		if b, over := m.over(g); over {
			list = append(list, b)
		} else {
			waiting = true
		}
	}
	var troubled []*subject
	for _, s := range m.all {
		if len(s.feed.Health) > 0 && s.inTrouble(m.now) {
			troubled = append(troubled, s)
		}
	}
	for _, s := range troubled {
		if !s.failing() || s.done {
			continue
		}
		b, again := m.failure(s, undone(troubled))
		waiting = waiting || again
		list = append(list, b)
	}
	return list, waiting
}

// failure is what is to be told of a feed's failure: with others, or alone, or nothing yet.
func (m masses) failure(s *subject, troubled []*subject) (b dewline.Bulletin, again bool) {
	if g, open := m.openGroup(s); open {
		s.done = true
		return m.joins(s, g), true
	}
	site := ""
	with := failTogether(troubled, len(m.all), site)
	if with == nil {
		site = s.site
		with = failTogether(troubled, len(m.all), site)
	}
	waited, enough := m.now.Sub(s.held), failingOf(with) >= massLeast
	switch {
	case with == nil, waited >= heldFor && !enough:
		s.done = true
		return tell(&s.FeedState, s.feed, m.now), false
	case enough && waited >= settled:
		for _, one := range with {
			one.done = true
		}
		return m.begin(with, site), true
	}
	return b, true
}

// undone are the feeds of which nothing was told in this turn.
func undone(list []*subject) []*subject {
	return slices.DeleteFunc(slices.Clone(list), func(s *subject) bool { return s.done })
}

func failingOf(list []*subject) (n int) {
	for _, s := range list {
		if s.failing() {
			n++
		}
	}
	return n
}

// begin tells that feeds fail together.
func (m masses) begin(with []*subject, site string) (b dewline.Bulletin) {
	since := with[0].Trouble.Since
	for _, s := range with {
		if s.Trouble.Since.Before(since) && m.now.Sub(s.Trouble.Since) < together {
			since = s.Trouble.Since
		}
	}
	for _, s := range with {
		b.Changes = append(b.Changes, dewline.Telling{Feed: s.Key, Was: s.Told, Now: member(s, since, site, m.now)})
	}
	of, what := len(m.all), "feeds"
	if site != "" {
		of, what = m.of(site), "feeds of "+site
	}
	h := dewline.Health{State: dewline.HealthFailing, Reason: commonest(with), Since: since}
	h.Detail, h.Remedy = m.cause(with, site)
	b.Notices = []dewline.Notice{{Event: dewline.EventFailing, Alert: receiversOf(with), About: dewline.FeedEvent{
		Feed: dewline.FeedRef{Name: fmt.Sprintf("%d of %d %s", len(with), of, what)}, At: m.now, Health: h,
		Feeds: &dewline.FeedGroup{Failing: len(with), Of: of, Names: names(with)},
	}}}
	return b
}

func member(s *subject, since time.Time, site string, now time.Time) dewline.Told {
	is := fails(s.Told, s.health, now)
	is.State, is.Reason, is.Since = dewline.HealthFailing, string(s.Status), s.Trouble.Since
	is.Group, is.Site = since, site
	return is
}

// cause is what a mass failure looks like, and what to do.
func (m masses) cause(with []*subject, site string) (detail, remedy string) {
	network := 0
	for _, s := range with {
		if s.Status.Network() {
			network++
		}
	}
	switch {
	case site != "":
		return "feeds of one site fail together, most of them with the outcome " + commonest(with),
			"look at the site: it may be down, rebuilt, or have shut out programs; the page of each feed says what to do"
	case 2*network >= len(with):
		return "feeds of many sites cannot be reached: it is probably this machine's network",
			"look at this machine's network, its resolver, its firewall and proxy; dewline goes on trying, and says when they are read again"
	}
	return "feeds of many sites fail together, most of them with the outcome " + commonest(with),
		"look what stands between dewline and the sites: a proxy, a filter, a portal that asks for a login"
}

// group is what is known of a mass failure that was told.
type group struct {
	since   time.Time
	site    string
	members []*subject
}

func (m masses) groups() (list []*group) {
	for _, s := range m.all {
		if s.Told.Group.IsZero() {
			continue
		}
		i := slices.IndexFunc(list, func(g *group) bool { return g.since.Equal(s.Told.Group) && g.site == s.Told.Site })
		if i < 0 {
			list = append(list, &group{since: s.Told.Group, site: s.Told.Site})
			i = len(list) - 1
		}
		list[i].members = append(list[i].members, s)
	}
	return list
}

// openGroup is the mass failure to which a feed's trouble belongs that came to light later.
func (m masses) openGroup(s *subject) (*group, bool) {
	for _, g := range m.groups() {
		if (g.site == "" || g.site == s.site) && s.Trouble.Since.Sub(g.since).Abs() < together {
			return g, true
		}
	}
	return nil, false
}

func (m masses) joins(s *subject, g *group) dewline.Bulletin {
	return dewline.Bulletin{Changes: []dewline.Telling{{Feed: s.Key, Was: s.Told, Now: member(s, g.since, g.site, m.now)}}}
}

// over tells that a mass failure is over: all its feeds are well, or half of them for so long that the others were
// tried again too.
// What is left, and what is left of one that never ends, are failures of single feeds from then on.
func (m masses) over(g *group) (b dewline.Bulletin, over bool) {
	var left []*subject
	steady := 0
	for _, s := range g.members {
		switch {
		case s.Trouble.Polls > 0:
			left = append(left, s)
		case m.now.Sub(s.StatusSince) >= sooner+settled:
			steady++
		}
	}
	ended := len(left) == 0 || 2*steady >= len(g.members)
	if !ended && m.now.Sub(g.since) < dissolved {
		return b, false
	}
	for _, s := range g.members {
		is := s.Told
		is.Group, is.Site = time.Time{}, ""
		if ended && s.Trouble.Polls == 0 {
			is = dewline.Told{At: m.now, Times: is.Times, Gaps: is.Gaps}
			if lostIn(s) {
				is.Gaps = toldGaps(&s.FeedState, m.now)
			}
		}
		b.Changes = append(b.Changes, dewline.Telling{Feed: s.Key, Was: s.Told, Now: is})
	}
	if ended {
		b.Notices = []dewline.Notice{m.ended(g, left)}
	}
	return b, true
}

func (m masses) ended(g *group, left []*subject) dewline.Notice {
	h := dewline.Health{
		State: dewline.HealthOK, Reason: string(dewline.HealthOK), Since: m.now,
		Detail: fmt.Sprintf("they failed since %s", g.since.UTC().Format("2 January 2006, 15:04 UTC")),
	}
	if len(left) > 0 {
		h.Remedy = "look at those that still fail: their pages say why"
	}
	if lost := missed(g.members); lost != "" {
		h.Detail += lost
		h.Remedy = strings.TrimPrefix(h.Remedy+"; look at the publishers' sites for what came in the times that the feeds' pages show", "; ")
	}
	return dewline.Notice{Event: dewline.EventRecovered, Alert: receiversOf(g.members), About: dewline.FeedEvent{
		Feed: dewline.FeedRef{Name: fmt.Sprintf("%d feeds", len(g.members))}, At: m.now, Health: h,
		Feeds: &dewline.FeedGroup{Failing: len(left), Of: len(g.members), Names: names(left)},
	}}
}

func (m masses) of(site string) (n int) {
	for _, s := range m.all {
		if s.site == site {
			n++
		}
	}
	return n
}

func names(list []*subject) []string {
	all := make([]string, 0, min(len(list), dewline.GroupNames))
	for _, s := range list[:min(len(list), dewline.GroupNames)] {
		all = append(all, s.Name)
	}
	return all
}

func receiversOf(list []*subject) (all []string) {
	for _, s := range list {
		for _, r := range s.feed.Health {
			if !slices.Contains(all, r) {
				all = append(all, r)
			}
		}
	}
	return all
}

// commonest is the outcome that most of the feeds have.
func commonest(list []*subject) string {
	by := make(map[dewline.Status]int)
	for _, s := range list {
		by[s.Status]++
	}
	var words []dewline.Status
	for w := range by {
		words = append(words, w)
	}
	slices.SortFunc(words, func(a, b dewline.Status) int { return cmp.Or(by[b]-by[a], cmp.Compare(a, b)) })
	return string(words[0])
}

func siteOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return address
	}
	return dewline.Site(u)
}
