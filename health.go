package dewline

import (
	"fmt"
	"time"
)

// HealthState says in one word how a feed is.
type HealthState string

// The states of health, the worst first. A blip is none of them: a feed is not well
// when it could not be read three times in a row, or for six hours.
const (
	HealthGone       HealthState = "gone"       // the server says that it is gone for good (410)
	HealthFailing    HealthState = "failing"    // it cannot be read; the reason says why
	HealthChallenged HealthState = "challenged" // a bot wall stands before it
	HealthNotFeed    HealthState = "not-a-feed" // something else stands at its address
	HealthEmpty      HealthState = "empty"      // it is read, and not a single item is in it
	HealthCut        HealthState = "cut"        // it ends in the middle, time after time
	HealthFrozen     HealthState = "frozen"     // it answers with the very same for longer than its rhythm makes likely
	HealthSilent     HealthState = "silent"     // it brings nothing new for longer than its rhythm makes likely
	HealthOverdue    HealthState = "overdue"    // dewline itself did not poll it when it was due
	HealthMoved      HealthState = "moved"      // it is read, by a permanent redirect to another address
	HealthNew        HealthState = "new"        // never polled
	HealthOK         HealthState = "ok"
)

// HealthStates lists every state, the worst first.
var HealthStates = []HealthState{
	HealthGone, HealthFailing, HealthChallenged, HealthNotFeed, HealthEmpty, HealthCut, HealthFrozen, HealthSilent,
	HealthOverdue, HealthMoved, HealthNew, HealthOK,
}

// Well reports whether nothing is amiss with the source. One that moved is read all the same.
func (s HealthState) Well() bool { return s == HealthOK || s == HealthNew || s == HealthMoved }

// Quiet reports a source that is read, and brings nothing.
func (s HealthState) Quiet() bool { return s == HealthSilent || s == HealthFrozen }

// Failing reports a source that does not give what it should. Overdue is the daemon's fault, and no
// source's.
func (s HealthState) Failing() bool { return s != "" && !s.Well() && !s.Quiet() && s != HealthOverdue }

// Health is how a feed is, since when and why, and what to do about it.
type Health struct {
	State  HealthState `json:"state"`
	Reason string      `json:"reason"` // the outcome of the polls, or the state itself
	Since  time.Time   `json:"since,omitzero"`
	Detail string      `json:"detail"` // in words
	Remedy string      `json:"remedy"` // what to do; empty where nothing is amiss
}

// Trouble is a run of polls that did not read a feed as they should.
type Trouble struct {
	Since time.Time `json:"since,omitzero"`
	Polls int       `json:"polls,omitempty"`
}

// Stillness is the judgement that a feed has brought nothing for longer than its rhythm makes likely.
type Stillness struct {
	Since time.Time     `json:"since"` // the last poll that brought something
	Limit time.Duration `json:"limit"` // how long it may rest
}

const (
	// failingPolls and failingFor are when trouble is no blip any more: so many polls in a row, or at
	// least two over so long a time.
	failingPolls = 3
	failingFor   = 6 * time.Hour
	// overdueBy is how late a poll may be before somebody should look: far later than a slow site's turn.
	overdueBy = time.Hour
)

// Health is how the feed is. It is a pure function of what the polls committed; the time says no more than
// whether the daemon is late.
func (st *FeedState) Health(now time.Time) Health {
	switch {
	case st.ill():
		return st.illness()
	case st.Stillness != nil:
		return st.silence()
	case st.LastPoll.IsZero() && st.Status == StatusNew:
		return Health{State: HealthNew, Reason: string(HealthNew), Since: st.StatusSince}
	case st.Shaky():
		return st.health(HealthOK)
	case !st.Due.IsZero() && now.Sub(st.Due) > overdueBy:
		return Health{
			State: HealthOverdue, Reason: string(HealthOverdue), Since: st.Due,
			Detail: "it should have been polled long ago",
			Remedy: "look whether polling is stuck or the store is full: /readyz and the log of dewline say why",
		}
	case st.MovedTo != "":
		return Health{
			State: HealthMoved, Reason: string(HealthMoved), Since: st.MovedSince, Detail: "it has moved for good to " + st.MovedTo,
			Remedy: fmt.Sprintf("write url: %s and keep (or add) name: %q, by which it is known", st.MovedTo, st.Name),
		}
	}
	return st.health(HealthOK)
}

// ill reports whether the trouble is no blip.
func (st *FeedState) ill() bool {
	t := st.trouble()
	return t.Polls > 0 && (st.Status == StatusGone || t.Polls >= failingPolls || t.Polls > 1 && st.LastPoll.Sub(t.Since) >= failingFor)
}

// trouble is the run of bad polls, also where a version before did not count it.
func (st *FeedState) trouble() Trouble {
	if st.Trouble.Polls == 0 && !st.Status.Healthy() {
		return Trouble{Since: st.StatusSince, Polls: max(1, st.Failures)}
	}
	return st.Trouble
}

// Shaky reports a feed that is well as far as is known, although its last poll was not.
func (st *FeedState) Shaky() bool { return !st.Status.Healthy() && !st.ill() }

func (st *FeedState) health(state HealthState) Health {
	h := Health{State: state, Reason: string(st.Status), Since: st.StatusSince, Detail: st.Detail}
	if t := st.trouble(); t.Polls > 0 {
		h.Since = t.Since
	}
	return h
}

func (st *FeedState) illness() Health {
	h := st.health(HealthFailing)
	switch st.Status {
	case StatusGone:
		h.State = HealthGone
	case StatusChallenge:
		h.State = HealthChallenged
	case StatusHTML, StatusNotFeed, StatusBrokenList:
		h.State = HealthNotFeed
	case StatusEmpty:
		h.State = HealthEmpty
	case StatusCut:
		h.State = HealthCut
	}
	h.Remedy = remedy(st.Status, st.Name)
	return h
}

// silence is a feed that is read, and brings nothing. One whose answers have not differed either since then
// is frozen.
func (st *FeedState) silence() Health {
	h := Health{
		State: HealthSilent, Since: st.Stillness.Since,
		Detail: fmt.Sprintf("nothing new came for longer than %s, within which something was always to be expected", span(st.Stillness.Limit)),
		Remedy: "look whether the publisher still publishes, and where: it may have moved to another page or feed",
	}
	if !st.LastChange.IsZero() && !st.LastChange.After(st.Stillness.Since) {
		h.State = HealthFrozen
		h.Detail += "; the answers are the very same since then"
		h.Remedy = "compare it with the publisher's page: a copy that nobody renews (a cache, an abandoned feed) answers well for ever"
	}
	h.Reason = string(h.State)
	return h
}

func span(d time.Duration) string {
	if d >= 48*time.Hour {
		return fmt.Sprintf("%d days", d/(24*time.Hour))
	}
	return fmt.Sprintf("%d hours", d/time.Hour)
}

// remedy is what to do about a fault that lasts.
func remedy(s Status, feed string) string {
	check := fmt.Sprintf("try it with `dewline feeds check` on its address, and correct the url of %q", feed)
	switch s {
	case StatusGone, StatusNotFound, StatusRedirects:
		return "look for its new address on the publisher's site (redesigns move every feed), and write it as the url of " + fmt.Sprintf("%q", feed)
	case StatusHTML, StatusNotFeed, StatusMalformed, StatusHTTPError, StatusEncoding:
		return "open the address in a browser: another page may stand there, or an error; " + check
	case StatusBrokenList:
		return "look at the page: `dewline feeds check` of its address shows the lists on it; write the selectors of the right one in page:"
	case StatusChallenge, StatusForbidden:
		return "the site refuses programs: poll more seldom, set user_agent: or an account for the feed, or ask the publisher to let you in"
	case StatusRateLimited:
		return "poll its site more seldom: schedule: of the feed, fetch.per_site"
	case StatusEmpty:
		return "look whether the publisher's site still lists statements: the feed may have been emptied by a redesign"
	case StatusCut:
		return "what stands behind the cut is missed: tell the publisher, or watch another of its feeds"
	case StatusDNS, StatusTimeout, StatusConnection:
		return "try the address from this machine; if others fail too, look at this machine's network, resolver or proxy"
	case StatusTLS:
		return "the certificate was refused: ca_file: takes the missing one; if it ran out, the publisher must renew it"
	case StatusBlocked:
		return "the address is not public: if that is meant, add its network to fetch.allow_private"
	case StatusTooLarge, StatusHostile:
		return "it is larger or deeper than dewline reads: raise fetch.max_body if you trust it"
	case StatusUnavailable, StatusServerError:
		return "the publisher's server is at fault: wait, and tell the publisher if it lasts"
	case StatusInternal:
		return "a fault of dewline's own: report it, with the log"
	}
	return check
}

// Network reports an outcome that may as well be the fault of our own network as of the source.
func (s Status) Network() bool {
	return s == StatusDNS || s == StatusTimeout || s == StatusConnection || s == StatusTLS
}

// FeedEvent is a change of a feed's health, as receivers are told of it. It is frozen when it is queued.
type FeedEvent struct {
	Feed FeedRef `json:"feed"`
	// Feeds is set where many feeds fail at once, of which one alert is sent; Feed then only has a name
	// that says how many.
	Feeds  *FeedGroup `json:"feeds,omitempty"`
	Health Health     `json:"health"`
	At     time.Time  `json:"at"` // when it was noticed
	// Gap is set where items may have passed unseen: the last time between which they may have. Gaps is how many
	// such times there are of which nobody was told yet.
	Gap  *Gap `json:"gap,omitempty"`
	Gaps int  `json:"gaps,omitempty"`
}

// ReasonGap is the reason of an alert that says that items may have passed unseen. The state is then that of
// the feed, which may be well.
const ReasonGap = "gap"

// FeedGroup is a number of feeds that failed together.
type FeedGroup struct {
	Failing int      `json:"failing"`
	Of      int      `json:"of"`    // feeds in all
	Names   []string `json:"names"` // of those that fail, at most GroupNames
}

// More is how many of those that fail are not named.
func (g *FeedGroup) More() int { return g.Failing - len(g.Names) }

// GroupNames is how many feeds of a group are named.
const GroupNames = 20

// Link is the page that tells more of it.
func (e *FeedEvent) Link(baseURL string) string {
	if e.Feeds != nil {
		return baseURL + "/status"
	}
	return baseURL + "/status/" + FeedKey(e.Feed.Name).String()
}

// Headline is what happened, in a line.
func (e *FeedEvent) Headline(event Event) string {
	switch {
	case e.Health.Reason == ReasonGap && e.Gap == nil:
		return "items of " + e.Feed.Name + " may have passed unseen"
	case e.Health.Reason == ReasonGap:
		return fmt.Sprintf("items of %s may have passed unseen %s", e.Feed.Name, e.Gap.Between())
	case e.Feeds != nil && event == EventRecovered:
		return fmt.Sprintf("most feeds are read again; %d of %d still fail", e.Feeds.Failing, e.Feeds.Of)
	case e.Feeds != nil:
		return fmt.Sprintf("%s cannot be read since %s", e.Feed.Name, e.Health.Since.UTC().Format("2 January, 15:04 UTC"))
	case event == EventRecovered:
		return e.Feed.Name + " is well again"
	case e.Health.Reason == string(e.Health.State):
		return fmt.Sprintf("%s is %s", e.Feed.Name, e.Health.State)
	}
	return fmt.Sprintf("%s is %s: %s", e.Feed.Name, e.Health.State, e.Health.Reason)
}
