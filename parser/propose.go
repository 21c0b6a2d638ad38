package parser

import (
	"bytes"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"dewline"
)

// Proposals are the lists that a web page seems to hold, the likeliest first, as selectors that read them. Why says
// why there is none. Sitemap is set where the body is a sitemap instead, and is what that gives.
type Proposals struct {
	Lists   []Proposal
	Why     string
	Sitemap *dewline.Parsed
}

// Proposal is one list and what its selectors give.
type Proposal struct {
	Page       dewline.PageList
	Parsed     dewline.Parsed
	Confidence string // good, fair or poor
	Because    string // in words

	score    float64
	standing float64 // of the place where it stands
	dated    float64 // the share of its items that have a date
}

// How sure it is that a list is that of the news.
const (
	confidenceGood = "good"
	confidenceFair = "fair"
	confidencePoor = "poor"
)

// What a list of news is like.
const (
	mostDated = 0.8 // and more: the share of items with a date
	beside    = 0.5 // and less: the standing of menus and side columns
)

// Bounds on the work of proposing.
const (
	maxGroups    = 40         // groups of like blocks that are looked at closely
	maxSample    = 60         // blocks of each
	maxProposals = 3          // lists that are shown
	maxTried     = 20_000_000 // elements that selectors are tried on
	leastScore   = 0.6        // under which nothing is proposed
)

// Propose looks for a list of dated links in a web page: blocks of like make, each with a link of its own. It never
// panics.
func Propose(doc dewline.Document) (p Proposals) {
	defer func() {
		if fault := recover(); fault != nil {
			p = Proposals{Why: fmt.Sprintf("a fault of dewline's own in looking for lists (%v); please report it with the page", fault)}
		}
	}()
	text, _ := decode(doc.Body, doc.ContentType)
	text, _ = undouble(text)
	text = bytes.TrimLeft(text, "\uFEFF \t\r\n")
	if sitemapRoot.Match(text[:min(len(text), sniffBytes)]) {
		doc.Feed.Sitemap = &dewline.Sitemap{}
		parsed := readSitemap(doc, text)
		return Proposals{Sitemap: &parsed}
	}
	if noPage(text) != "" || wallOf(text) != "" {
		return Proposals{}
	}
	l, err := listingOf(doc, text)
	if err != nil {
		return Proposals{Why: err.Error()}
	}
	return proposalsOf(doc, l)
}

// proposalsOf looks for the lists of a page that is parsed.
func proposalsOf(doc dewline.Document, l *listing) (p Proposals) {
	pr := newProposer(l, doc)
	p.Lists = pr.lists()
	if len(p.Lists) == 0 {
		p.Why = pr.why()
	}
	return p
}

// proposer looks for lists in one page.
type proposer struct {
	*listing
	doc    dewline.Document
	marks  []place          // of each element
	finds  map[string][]int // what selectors find
	texts  map[int]string   // of elements
	tried  int              // elements that selectors were tried on
	script int              // blocks whose links call a script
	sample string           // the title of one
}

func newProposer(l *listing, doc dewline.Document) *proposer {
	pr := &proposer{listing: l, doc: doc, finds: map[string][]int{}, texts: map[int]string{}}
	pr.mark()
	return pr
}

// lists are the proposals, the likeliest first; of two that give the same items the likelier.
func (pr *proposer) lists() []Proposal {
	var all []Proposal
	for _, g := range pr.groups() {
		pr.left = 64 << 20 // each group's texts are bounded by its sample
		if p, ok := pr.propose(g); ok {
			all = append(all, p)
		}
	}
	slices.SortStableFunc(all, func(a, b Proposal) int { return -compareScores(a.score, b.score) })
	var kept []Proposal
	for _, p := range all {
		if len(kept) < maxProposals && !slices.ContainsFunc(kept, func(k Proposal) bool { return overlap(k, p) }) &&
			(len(kept) == 0 || p.score > kept[0].score/4) {
			kept = append(kept, p)
		}
	}
	return kept
}

func compareScores(a, b float64) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

// overlap reports whether two lists have a good part of their items in common.
func overlap(a, b Proposal) bool {
	keys := map[dewline.Key]bool{}
	for _, e := range a.Parsed.Entries {
		keys[e.Key] = true
	}
	common := 0
	for _, e := range b.Parsed.Entries {
		if keys[e.Key] {
			common++
		}
	}
	return 3*common > min(len(a.Parsed.Entries), len(b.Parsed.Entries))
}

// propose makes selectors for a group and judges what they give.
func (pr *proposer) propose(g group) (Proposal, bool) {
	page, ok := pr.selectors(g)
	if !ok {
		return Proposal{}, false
	}
	p := Proposal{Page: page, Parsed: pr.readBy(pr.doc, &page)}
	if !p.Parsed.Status.Read() {
		return Proposal{}, false
	}
	pr.judge(&p, g)
	return p, p.score >= leastScore
}

// judge scores a proposal by what its items are.
func (pr *proposer) judge(p *Proposal, g group) {
	items, dated, ahead, long, length := 0, 0, 0, 0, 0.0
	titles := map[string]bool{}
	for i := range p.Parsed.Entries {
		it := p.Parsed.Entries[i].Make()
		if it.URL == "" || it.Title == "" {
			continue
		}
		items++
		titles[it.Title] = true
		u := units(it.Title)
		length += math.Min(u, 60)
		if u >= 20 {
			long++
		}
		if !it.Published.IsZero() {
			dated++
			if pr.ahead(it.Published) {
				ahead++
			}
		}
	}
	if items < 3 {
		return
	}
	n := float64(items)
	dates, titled := float64(dated)/n, float64(long)/n
	quality := math.Max(0, math.Min(1, (length/n-8)/27)) * float64(len(titles)) / n
	p.standing, p.dated = g.standing, dates
	p.score = math.Log2(1+math.Min(n, 30)) * quality * (0.5 + 2*dates*dates) * g.standing * (1 - costOf(p.Page.Item)/100)
	if n := pr.nodes[g.blocks[0]].Data; n == "dt" || isHeading(n) {
		p.score *= 0.95 // what holds all of the item is the better block, where there is one
	}
	if dates < 0.3 && titled < 0.6 {
		p.score /= 4 // short names without dates: most likely a menu
	}
	future := 3*ahead > items
	if future {
		p.score /= 4
	}
	switch {
	case future:
		p.Confidence = confidencePoor
	case dates >= mostDated && titled >= 0.6 && items >= 5 && g.standing > beside:
		p.Confidence = confidenceGood
	case dates >= 0.5 || titled >= 0.8 && items >= 5:
		p.Confidence = confidenceFair
	default:
		p.Confidence = confidencePoor
	}
	p.Because = fmt.Sprintf("%d items, %d with a date, their titles of %.0f characters on average", items, dated, length/n)
	if future {
		p.Because += "; dates in the future, as of events"
	}
	if g.standing <= beside {
		p.Because += "; it stands where menus and side columns do"
	}
}

// ahead reports a date in the future of the page, beyond what zones explain.
func (pr *proposer) ahead(t time.Time) bool { return !pr.at.IsZero() && t.Sub(pr.at) > aheadOf }

// aheadOf is by how much a statement may be of the future.
const aheadOf = 48 * time.Hour

// units is the length of a text, where a character of Chinese or Japanese counts as two.
func units(s string) (n float64) {
	for _, r := range s {
		switch {
		case r >= 0x2E80 && r <= 0x9FFF, r >= 0xF900 && r <= 0xFAFF, r >= 0x20000:
			n += 2.2
		case r >= 0xAC00 && r <= 0xD7AF:
			n += 1.8
		default:
			n++
		}
	}
	return n
}

// why says why no list is proposed.
func (pr *proposer) why() string {
	switch {
	case pr.byScript():
		return "the page holds next to no text: its list is made by a script in the reader's browser, and dewline runs none. " +
			"Look for a feed, a sitemap (the site's robots.txt may name one), or the address that the script asks"
	case pr.script >= 3:
		return fmt.Sprintf("there is a list (%q), but its links call a script (javascript:…), so that dewline cannot follow them or tell its items apart. "+
			"Look for a feed or a sitemap of the site", strings.TrimSpace(pr.sample))
	}
	return "no repeated blocks with links of their own look like news"
}

// lookUp is what a selector finds, the second time from memory.
func (pr *proposer) lookUp(css string) (*chosen, bool) {
	sel, err := compile(css)
	if err != nil {
		return nil, false
	}
	found, known := pr.finds[css]
	if !known && !sel.self {
		if pr.tried += len(pr.nodes); pr.tried > maxTried {
			return nil, false
		}
		found = pr.find(sel)
		pr.finds[css] = found
	}
	return &chosen{sel, found}, true
}

// textOf is an element's text, the second time from memory.
func (pr *proposer) textOf(i int) string {
	s, known := pr.texts[i]
	if !known {
		s = pr.text(i)
		pr.texts[i] = s
	}
	return s
}
