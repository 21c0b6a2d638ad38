package stories

import (
	"net/url"
	"strings"

	"dewline"
)

// The standings, the greater the nearer to who made the statement. They leave room for one
// between two.
const (
	standingPress   = 0  // a feed that is tagged as press
	standingUnknown = 10 // nothing is known of the feed
	standingAgency  = 20 // a news agency, by the tag or as the origin that its own text names
	standingBody    = 30 // a public body: a ministry, a force, a government, an alliance
	standingOrigin  = 40 // the feed is what the text itself names as its origin, and is no press or agency
)

// bodies are the tags of feeds of public bodies, as the shipped sources have them and as
// administrators write them.
var bodies = set(`ministry ministries government gov official military forces armed-forces army navy air-force airforce marines coast-guard alliance
	nato parliament president presidency cabinet agency-of-state regulator police`)

// presses are the tags of the press.
var presses = set(`press media news newspaper magazine blog tabloid aggregator`)

// agencies are the tags of news agencies.
var agencies = set(`wire agency news-agency newswire`)

// Standing ranks who says a thing: among the items of a story, the one that ranks highest is its
// head, and among equals the first. A body that the text names as its own origin
// ranks highest, then a public body by the tags of its feed, an agency, a feed of which nothing
// is known, and the press last, whatever it says of its sources.
func Standing(it *dewline.Item) int {
	best := standingUnknown
	for i, f := range it.Feeds() {
		if n := standingOf(f, it.Source.Name); i == 0 || n > best {
			best = n
		}
	}
	return best
}

func standingOf(f dewline.FeedRef, origin string) int {
	body, press, agency := false, false, agencyNames[bare(f.Name)]
	for _, tag := range f.Tags {
		tag = strings.ToLower(tag)
		body, press, agency = body || bodies[tag], press || presses[tag], agency || agencies[tag]
	}
	switch {
	case press:
		return standingPress
	case agency && !body:
		return standingAgency
	case names(f, origin) && !madeOfOutlets(origin) && !agencyNames[bare(origin)]:
		return standingOrigin
	case body || publicHost(f.URL):
		return standingBody
	}
	return standingUnknown
}

// publicHost reports an address of a state: .gov, .mil, .gov.xx, .gouv.fr, mod.xx.
func publicHost(address string) bool {
	u, err := url.Parse(address)
	if err != nil {
		return false
	}
	for _, label := range strings.Split(u.Hostname(), ".") {
		switch label {
		case "gov", "mil", "gob", "gouv", "gub", "govt", "mod", "gc":
			return true
		}
	}
	return false
}

// names reports that an origin is the feed: by its name, or by its host.
func names(f dewline.FeedRef, origin string) bool {
	o, name := bare(origin), bare(f.Name)
	const least = 4
	if len(o) < least {
		return o != "" && o == name
	}
	if o == name || strings.Contains(name, o) || len(name) >= least && strings.Contains(o, name) {
		return true
	}
	u, err := url.Parse(f.URL)
	if err != nil {
		return false
	}
	for _, label := range strings.Split(u.Hostname(), ".") {
		if bare(label) == o {
			return true
		}
	}
	return false
}
