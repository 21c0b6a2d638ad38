package parser

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"dewline"
)

// selectors finds selectors for a group: of its blocks, and of what is inside them.
func (pr *proposer) selectors(g group) (page dewline.PageList, ok bool) {
	main, ok := pr.mainLinks(g)
	if !ok {
		return page, false
	}
	if page.Item, ok = pr.itemSelector(g.blocks); !ok {
		return page, false
	}
	sample := firstBlocks(g.blocks)
	dates := pr.dates(sample, main)
	if pr.linkIsNotFirst(sample, main) {
		page.Link, _ = pr.inner(sample, main)
	}
	titles, own := pr.titles(sample, main, dates)
	if own {
		page.Title, _ = pr.inner(sample, titles)
	}
	if len(dates) > 0 {
		page.Date, _ = pr.inner(sample, dates)
	}
	if summaries := pr.summaries(sample, main, titles, dates); len(summaries) > 0 {
		page.Summary, _ = pr.inner(sample, summaries)
	}
	return page, true
}

// maxLinks is how many links an item's block may have.
const maxLinks = 60

// firstBlocks are the first of the blocks: enough to tell their make.
func firstBlocks(blocks []int) []int { return blocks[:min(len(blocks), maxSample)] }

// within maps blocks to one element in each.
type within map[int]int

// role counts what stands at one place of the blocks.
type role struct {
	at     within
	length float64
	pages  map[string]bool
	count  int // different pages of each block, all blocks together

	last    int // the block that is being looked at, from its own number on
	pagesOf map[string]bool
	best    map[int]float64 // the length of the text in each block
}

// roles are the places at which something was found, in the order of finding.
type roles struct {
	at    map[string]*role
	order []*role
}

// of is the role of a place.
func (rs *roles) of(where string) *role {
	if rs.at == nil {
		rs.at = map[string]*role{}
	}
	r := rs.at[where]
	if r == nil {
		r = &role{at: within{}, pages: map[string]bool{}, last: -1}
		rs.at[where] = r
		rs.order = append(rs.order, r)
	}
	return r
}

// first notes what was found in a block, and reports whether it is the first of it; only that counts.
func (r *role) first(block, i int, length float64) bool {
	if _, has := r.at[block]; has {
		return false
	}
	r.at[block] = i
	r.length += length
	return true
}

// lengths are the places inside of blocks of elements that are fit, with the lengths of their texts.
func (pr *proposer) lengths(blocks []int, fit func(block, i int) (length float64, ok bool)) (found roles) {
	for _, block := range blocks {
		for i := block + 1; i < pr.end(block); i++ {
			if length, ok := fit(block, i); ok {
				found.of(pr.relative(block, i)).first(block, i, length)
			}
		}
	}
	return found
}

// take notes a link of a block. Of several that lead to one page the one of the longest text counts.
func (r *role) take(block, i int, to string, length float64) {
	if r.pagesOf == nil {
		r.pagesOf, r.best = map[string]bool{}, map[int]float64{}
	}
	if r.last != block {
		r.last = block
		clear(r.pagesOf)
	}
	if !r.pagesOf[to] {
		r.pagesOf[to] = true
		r.count++
	}
	r.pages[to] = true
	if _, has := r.at[block]; !has || length > r.best[block] && len(r.pagesOf) == 1 {
		r.length += length - r.best[block]
		r.at[block], r.best[block] = i, length
	}
}

// mainLinks finds the link of each block that is the item's: at the place where the texts are long and the addresses
// differ. It fails where the blocks hold several items each, or their links lead nowhere.
func (pr *proposer) mainLinks(g group) (within, bool) {
	sample := firstBlocks(g.blocks)
	roles := roles{}
	scripts, titled := 0, ""
	for _, block := range sample {
		if pr.marks[pr.end(block)].links-pr.marks[block].links > maxLinks {
			continue // a part of the page, and no item
		}
		for i := block; i < pr.end(block); i++ {
			n := pr.nodes[i]
			if n.Data != "a" || attribute(n, "href") == "" {
				continue
			}
			text := pr.linkTitle(i)
			to := pr.anchor(nil, i, "href")
			if len(to) == 0 {
				if units(text) >= 12 && callsScript(attribute(n, "href"), attribute(n, "onclick")) {
					scripts, titled = scripts+1, text
				}
				continue
			}
			r := roles.of(pr.relative(block, i))
			r.take(block, i, to[0].to, min(units(text), 60))
		}
	}
	var best *role
	for _, r := range roles.order {
		if 2*len(r.at) >= len(sample) && (best == nil || r.weight() > best.weight()) {
			best = r
		}
	}
	if best == nil || 5*len(best.pages) < 4*len(best.at) || 2*best.count > 3*len(best.at) || best.length/float64(len(best.at)) < 6 && !pr.titledOtherwise(sample) {
		if 2*scripts > len(sample) && scripts > pr.script {
			pr.script, pr.sample = scripts, titled
		}
		return nil, false
	}
	return best.at, true
}

// weight prefers the place that most blocks have, with long texts and pages of their own.
func (r *role) weight() float64 {
	return (r.length + float64(len(r.at))) * float64(len(r.pages)) / float64(r.count)
}

// titledOtherwise reports whether the blocks have headings: then their links may say little.
func (pr *proposer) titledOtherwise(blocks []int) bool {
	return pr.heading(blocks[0]) != "" || units(pr.textOf(blocks[0])) > 20
}

func callsScript(href, onclick string) bool {
	href = strings.TrimSpace(strings.ToLower(href))
	return strings.HasPrefix(href, "javascript:") || strings.HasPrefix(href, "#") && onclick != ""
}

// relative is the place of an element in its block.
func (pr *proposer) relative(block, i int) string {
	var names []string
	for j := i; j > block; j = pr.parents[j] {
		s := pr.nodes[j].Data
		if c := pr.marks[j].classes; len(c) > 0 {
			s += "." + c[0]
		}
		if s == "td" || s == "th" {
			s += fmt.Sprintf(":%d", pr.position(j))
		}
		names = append(names, s)
	}
	return strings.Join(names, "<")
}

// position is which child of its parent an element is, from 1.
func (pr *proposer) position(i int) int {
	n := 1
	for j := pr.before[i]; j >= 0; j = pr.before[j] {
		n++
	}
	return n
}

// linkIsNotFirst reports whether the main link of many blocks is not the one that is taken where no
// selector says which.
func (pr *proposer) linkIsNotFirst(blocks []int, main within) bool {
	other := 0
	for _, block := range blocks {
		l := pr.links(block)
		if at, has := main[block]; has && len(l) > 0 && l[0].to != pr.anchor(nil, at, "href")[0].to {
			other++
		}
	}
	return 10*other > len(blocks)
}

// dates finds the element of each block that holds its date: at the place that most of the blocks have, the
// shortest text.
func (pr *proposer) dates(blocks []int, main within) within {
	roles := roles{}
	for _, block := range blocks {
		for i := block; i < pr.end(block); i++ {
			bytes := pr.marks[pr.ends[i]].texts - pr.marks[i].texts
			if hides(pr.nodes[i].DataAtom) || bytes > 160 && i != block {
				continue
			}
			if i == block && pr.nodes[i].Data != "dt" && bytes > 600 || main[block] == i && i != block {
				continue
			}
			if !pr.holdsDate(i) {
				continue
			}
			if r := roles.of(pr.relative(block, i)); r.first(block, i, float64(bytes+1)) && pr.nodes[i].Data == "time" {
				r.count++
			}
		}
	}
	var best *role
	for _, r := range roles.order {
		if 2*len(r.at) >= len(blocks) && (best == nil || r.dateWeight() > best.dateWeight()) {
			best = r
		}
	}
	if best == nil {
		return nil
	}
	return best.at
}

// dateWeight prefers what most blocks have, and among those a <time> and the shortest text.
func (r *role) dateWeight() float64 {
	n := float64(len(r.at))
	return n * (n + float64(r.count)) * n / (r.length/n + 20)
}

func (pr *proposer) holdsDate(i int) bool {
	if s := attribute(pr.nodes[i], "datetime"); s != "" {
		if _, _, ok := findDate(s, pr.language); ok {
			return true
		}
	}
	_, _, ok := pr.findDate(pr.textOf(i))
	return ok
}

// titles finds the element of each block that holds its title. own is set where it is not what is
// taken where no selector says which.
func (pr *proposer) titles(blocks []int, main, dates within) (titles within, own bool) {
	bad := 0
	for _, block := range blocks {
		at, has := main[block]
		if !has {
			continue
		}
		title := pr.linkTitle(at)
		if title == "" {
			title, _ = pr.usualTitle(block, pr.anchor(nil, at, "href"))
		}
		date, dated := dates[block]
		if title == "" || units(title) > 220 || dated && pr.contains(at, date) && date != at && pr.heading(at) == "" || pr.several(at) && pr.heading(at) == "" {
			bad++
		}
	}
	if 3*bad <= len(blocks) {
		return main, false
	}
	if found := pr.longest(blocks, dates); len(found) > 0 {
		return found, true
	}
	return main, false
}

// several reports whether an element holds several blocks of text.
func (pr *proposer) several(i int) bool { return strings.Contains(pr.textOf(i), "\n\n") }

// contains reports whether one element stands in the other, or is it.
func (pr *proposer) contains(outer, inner int) bool { return outer <= inner && inner < pr.ends[outer] }

var (
	titleWords   = regexp.MustCompile(`(?i)tit|subject|headline|heading|caption|\bname\b`)
	summaryWords = regexp.MustCompile(`(?i)summar|desc|teaser|intro|lead|excerpt|abstract|\btext\b|body|content|cont\b|digest|snippet|announce|preview`)
)

// longest finds the element of each block that is its title, where the link's text is too much: by its class, else the first
// innermost text.
func (pr *proposer) longest(blocks []int, dates within) within {
	roles := pr.lengths(blocks, func(block, i int) (float64, bool) {
		if date, has := dates[block]; has && (pr.contains(i, date) || pr.contains(date, i)) || hides(pr.nodes[i].DataAtom) || pr.several(i) {
			return 0, false
		}
		u := units(headlineOf(pr.textOf(i)))
		return u, u >= 8 && u <= 220
	})
	var best *role
	bestWeight := 0.0
	for k, r := range roles.order {
		if 3*len(r.at) < 2*len(blocks) {
			continue
		}
		weight := float64(len(r.at)) * (1 - 0.02*float64(k))
		if pr.isTitle(r) {
			weight *= 2
		}
		if best == nil || weight > bestWeight {
			best, bestWeight = r, weight
		}
	}
	if best == nil {
		return nil
	}
	return best.at
}

// isTitle reports whether the place is named like a title's.
func (pr *proposer) isTitle(r *role) bool {
	for _, i := range r.at {
		n := pr.nodes[i]
		return isHeading(n.Data) || n.Data == "strong" || n.Data == "b" || titleWords.MatchString(attribute(n, "class"))
	}
	return false
}

// summaries finds the element of each block that holds its summary: a longer text beside title and date.
func (pr *proposer) summaries(blocks []int, main, titles, dates within) within {
	roles := pr.lengths(blocks, func(block, i int) (float64, bool) {
		n := pr.nodes[i]
		if n.Data != "p" && !summaryWords.MatchString(attribute(n, "class")) {
			return 0, false
		}
		if pr.crosses(i, block, titles) || pr.crosses(i, block, dates) || pr.crosses(i, block, main) && !pr.contains(main[block], i) {
			return 0, false
		}
		u := units(pr.textOf(i))
		return u, u >= 40
	})
	var best *role
	for _, r := range roles.order {
		if 2*len(r.at) >= len(blocks) && (best == nil || 10*r.length > 6*best.length && pr.allInside(r.at, best.at)) {
			best = r
		}
	}
	if best == nil {
		return nil
	}
	return best.at
}

// allInside reports whether what was found in each block stands in what was found before.
func (pr *proposer) allInside(inner, outer within) bool {
	for block, i := range inner {
		if o, has := outer[block]; !has || !pr.contains(o, i) {
			return false
		}
	}
	return true
}

// crosses reports whether an element holds, or stands in, what was found in the block.
func (pr *proposer) crosses(i, block int, found within) bool {
	at, has := found[block]
	return has && at != block && (pr.contains(i, at) || pr.contains(at, i))
}

// itemSelector finds a selector that finds the blocks and as little else as can be: the shortest, by what is likely to last.
func (pr *proposer) itemSelector(blocks []int) (string, bool) {
	best, bestCost := "", 1e9
	wanted := make(map[int]bool, len(blocks))
	for _, i := range blocks {
		wanted[i] = true
	}
	for _, css := range atMost(pr.itemCandidates(blocks)) {
		c, ok := pr.lookUp(css)
		if !ok {
			continue
		}
		hit, extra, idle := 0, 0, 0
		for _, i := range c.found {
			switch {
			case wanted[i]:
				hit++
			case pr.marks[pr.end(i)].links > pr.marks[i].links:
				extra++
			default:
				idle++
			}
		}
		missing := len(blocks) - hit
		if 10*missing > len(blocks) || 5*extra > 2*len(blocks)+5 {
			continue
		}
		if cost := (300*float64(missing+extra)+50*float64(idle))/float64(len(blocks)) + costOf(css); cost < bestCost {
			best, bestCost = css, cost
		}
	}
	return best, best != ""
}

// costOf prefers short selectors, and those by names over those by counting.
func costOf(css string) float64 {
	cost := float64(len(css)) / 20
	cost += 3*float64(strings.Count(css, ":nth")+strings.Count(css, ":last")) + 2*float64(strings.Count(css, ":has")) + float64(strings.Count(css, " "))/2
	if !strings.ContainsAny(css, ".#[") && css != itself && css != "time" {
		cost += 4
	}
	if last := css[strings.LastIndexByte(css, ' ')+1:]; !strings.ContainsAny(last, ".#") {
		cost++
	}
	return cost
}

// itemCandidates are selectors that may find the blocks: by name and class, alone and below what they stand in.
func (pr *proposer) itemCandidates(blocks []int) []string {
	first := blocks[0]
	name := pr.nodes[first].Data
	own := []string{name}
	for _, c := range pr.commonClasses(blocks) {
		own = append(own, name+"."+escape(c))
	}
	all := slices.Clone(own)
	all = append(all, pr.having(blocks)...)
	chain := name
	for up, depth := pr.parents[first], 0; up >= 0 && depth < 8; up, depth = pr.parents[up], depth+1 {
		for _, a := range pr.names(up) {
			for _, o := range own {
				all = append(all, a+" "+o)
				if depth == 0 {
					all = append(all, a+" > "+o)
				}
			}
			if depth > 0 && depth < 4 {
				all = append(all, a+" > "+chain)
			}
		}
		if depth == 0 || depth > 4 {
			chain = pr.nodes[up].Data + " > " + chain
			continue
		}
		all = append(all, pr.numbered(up)+" > "+chain)
		chain = pr.nodes[up].Data + " > " + chain
	}
	if path, ok := pr.anchored(first); ok {
		all = append(all, path)
	}
	return all
}

// having are selectors by what all blocks hold: rows of a table have seldom a class, their cells often do.
func (pr *proposer) having(blocks []int) (all []string) {
	first := blocks[0]
	name := pr.nodes[first].Data
	for i := first + 1; i < pr.ends[first] && len(all) < 6; i++ {
		for _, c := range pr.marks[i].classes {
			has := "has" // also what stands deeper: the rows around the table of a table
			if pr.parents[i] == first {
				has = "haschild"
			}
			all = append(all, fmt.Sprintf("%s:%s(%s.%s)", name, has, pr.nodes[i].Data, escape(c)))
		}
	}
	return all
}

// names are the ways to name one element: by its id, by its classes.
func (pr *proposer) names(i int) []string {
	n := pr.nodes[i]
	var all []string
	if id := attribute(n, "id"); id != "" && len(id) < 60 && !hashed.MatchString(id) {
		all = append(all, "#"+escape(id))
	}
	for _, c := range pr.marks[i].classes {
		all = append(all, n.Data+"."+escape(c))
	}
	if len(all) == 0 && (n.Data == "main" || n.Data == "article") {
		all = append(all, n.Data)
	}
	return all
}

// numbered names an element by its place among those of its name.
func (pr *proposer) numbered(i int) string {
	if pr.nodes[i].Data == "body" {
		return "body"
	}
	k := 1
	for j := pr.before[i]; j >= 0; j = pr.before[j] {
		if pr.nodes[j].Data == pr.nodes[i].Data {
			k++
		}
	}
	return fmt.Sprintf("%s:nth-of-type(%d)", pr.nodes[i].Data, k)
}

// anchored is the way to a block from the next element above it with a name, by numbers: the last resort for
// pages of tables.
func (pr *proposer) anchored(block int) (string, bool) {
	path := pr.nodes[block].Data
	for up, depth := pr.parents[block], 0; up >= 0 && depth < 20; up, depth = pr.parents[up], depth+1 {
		if names := pr.names(up); len(names) > 0 {
			return names[0] + " > " + path, true
		}
		if n := pr.nodes[up].Data; n == "body" {
			return "body > " + path, true
		}
		path = pr.numbered(up) + " > " + path
	}
	return "", false
}

// commonClasses are the lasting classes that nearly all of the elements have.
func (pr *proposer) commonClasses(all []int) []string {
	count := map[string]int{}
	var order []string
	for _, i := range all {
		for _, c := range pr.marks[i].classes {
			if count[c]++; count[c] == 1 {
				order = append(order, c)
			}
		}
	}
	return slices.DeleteFunc(order, func(c string) bool { return 10*count[c] < 9*len(all) })
}

// inner finds a selector that finds the element in each block first.
func (pr *proposer) inner(blocks []int, at within) (string, bool) {
	best, bestCost := "", 1e9
	for _, css := range atMost(pr.innerCandidates(blocks, at)) {
		c, ok := pr.lookUp(css)
		if !ok {
			continue
		}
		wrong := 0
		for _, block := range blocks {
			want, has := at[block]
			got := pr.of(c, block)
			if has && (len(got) == 0 || got[0] != want) {
				wrong++
			}
		}
		if 5*wrong > len(at) {
			continue
		}
		if cost := 100*float64(wrong)/float64(len(at)) + costOf(css); cost < bestCost {
			best, bestCost = css, cost
		}
	}
	return best, best != ""
}

func (pr *proposer) innerCandidates(blocks []int, at within) []string {
	var targets []int
	block := -1
	for _, b := range blocks {
		if i, has := at[b]; has {
			targets = append(targets, i)
			if block < 0 {
				block = b
			}
		}
	}
	if len(targets) == 0 {
		return nil
	}
	first := targets[0]
	if first == block {
		return []string{itself}
	}
	name := pr.nodes[first].Data
	own := []string{name}
	for _, c := range pr.commonClasses(targets) {
		own = append(own, name+"."+escape(c))
	}
	all := append(slices.Clone(own), fmt.Sprintf("%s:nth-child(%d)", name, pr.position(first)), name+":last-child", pr.numbered(first))
	for up, depth := pr.parents[first], 0; up > block && depth < 4; up, depth = pr.parents[up], depth+1 {
		around := append(pr.names(up), pr.nodes[up].Data, fmt.Sprintf("%s:nth-child(%d)", pr.nodes[up].Data, pr.position(up)), pr.numbered(up))
		for _, a := range around {
			for _, o := range own {
				all = append(all, a+" "+o)
			}
			all = append(all, a+" > "+pr.numbered(first))
		}
	}
	return all
}

// escape writes a class or an id as CSS has it.
func escape(s string) string {
	var b strings.Builder
	for i, r := range s {
		switch {
		case r >= 0x80, r == '-', r == '_', 'a' <= r|0x20 && r|0x20 <= 'z', '0' <= r && r <= '9' && i > 0:
			b.WriteRune(r)
		case '0' <= r && r <= '9':
			fmt.Fprintf(&b, "\\%x ", r)
		default:
			b.WriteByte('\\')
			b.WriteRune(r)
		}
	}
	return b.String()
}

// atMost are the first candidates: each is tried on the whole page.
func atMost(candidates []string) []string {
	const most = 80
	return candidates[:min(len(candidates), most)]
}
