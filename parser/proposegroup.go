package parser

import (
	"regexp"
	"slices"
	"strings"
)

// place is what is known of an element's place before its text is looked at.
type place struct {
	path    string  // of what it stands in: names and lasting classes, from the root
	aside   float64 // 1 in the text, less where menus, footers and side columns are
	links   int     // up to here, in the order of the document
	texts   int     // bytes of text up to here
	classes []string
}

// group are blocks of like make.
type group struct {
	blocks   []int
	standing float64 // of the place where they stand
}

// blockNames are the elements that may be an item's block.
var blockNames = map[string]bool{
	"li": true, "tr": true, "div": true, "article": true, "section": true, "dl": true, "dt": true, "p": true, "td": true, "a": true, "span": true,
	"h2": true, "h3": true, "h4": true, "h5": true, "table": true, "ul": true, "figure": true, "tbody": true, "center": true, "font": true,
}

// mark notes of every element where it stands.
func (pr *proposer) mark() {
	pr.marks = make([]place, len(pr.nodes)+1)
	links, texts := 0, 0
	for i, n := range pr.nodes {
		m := &pr.marks[i]
		m.links, m.texts, m.aside = links, texts, 1
		m.classes = lasting(attribute(n, "class"))
		if up := pr.parents[i]; up >= 0 {
			above := &pr.marks[up]
			m.aside = above.aside
			m.path = above.path + "/" + pr.own(up)
			if len(m.path) > maxPath { // deeper than any list is: what differs is at the end
				m.path = m.path[len(m.path)-maxPath:]
			}
		}
		m.aside = min(m.aside, aside(n.Data, attribute(n, "class")+" "+attribute(n, "id")+" "+attribute(n, "role")))
		if n.Data == "a" && attribute(n, "href") != "" {
			links++
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			if c.FirstChild == nil {
				texts += len(strings.TrimSpace(c.Data))
			}
		}
	}
	pr.marks[len(pr.nodes)] = place{links: links, texts: texts}
}

// maxPath bounds the path of an element, in bytes.
const maxPath = 400

// own is an element's part of a path.
func (pr *proposer) own(i int) string {
	n := pr.nodes[i]
	s := n.Data
	if id := attribute(n, "id"); id != "" && !strings.ContainsAny(id, "0123456789") {
		s += "#" + id
	}
	if c := pr.marks[i].classes; len(c) > 0 {
		s += "." + c[0]
	}
	return s
}

// groups are the groups of like blocks that may be a list: by their name, and by each of their classes, below
// like elements; and those of one parent by themselves.
func (pr *proposer) groups() []group {
	type key struct {
		path, name, class string
		parent            int
	}
	found := map[key][]int{}
	var order []key
	add := func(k key, i int) {
		if found[k] == nil {
			order = append(order, k)
		}
		found[k] = append(found[k], i)
	}
	for i, n := range pr.nodes {
		if !blockNames[n.Data] || pr.marks[pr.end(i)].links == pr.marks[i].links {
			continue
		}
		add(key{pr.marks[i].path, n.Data, "", -1}, i)
		add(key{pr.marks[i].path, n.Data, "", pr.parents[i]}, i)
		for _, c := range pr.marks[i].classes {
			add(key{"", n.Data, c, -1}, i)
		}
	}
	var all []group
	for _, k := range order {
		if blocks := found[k]; len(blocks) >= 3 && (k.parent < 0 || len(found[key{k.path, k.name, "", -1}]) > len(blocks)) {
			all = append(all, group{blocks: blocks, standing: pr.standing(blocks)})
		}
	}
	slices.SortStableFunc(all, func(a, b group) int { return -compareScores(pr.promise(a), pr.promise(b)) })
	return all[:min(len(all), maxGroups)]
}

func (pr *proposer) standing(blocks []int) float64 {
	sum := 0.0
	for _, i := range blocks {
		sum += pr.marks[i].aside
	}
	return sum / float64(len(blocks))
}

// promise is how likely a group is a list, before its texts are made: the more text stands in blocks of few links,
// the likelier.
func (pr *proposer) promise(g group) float64 {
	good := 0
	for _, i := range g.blocks {
		end := pr.end(i)
		links, texts := pr.marks[end].links-pr.marks[i].links, pr.marks[end].texts-pr.marks[i].texts
		if links >= 1 && links <= 8 && texts >= 12 {
			good++
		}
	}
	share := float64(good) / float64(len(g.blocks))
	return share * share * float64(min(good, 30)) * g.standing
}

// Words of classes and ids, by which menus and side columns are known.
var (
	menus = regexp.MustCompile(`(?i)^(?:nav|navi|navigation|navbar|menu|menubar|breadcrumbs?|crumbs|pagination|pager|paging|pages|paginator|footer|foot|copyright|social|share|sharing|langs?|languages?|tags|tagcloud|cookies?|consent|toolbar|topbar|sitemap|gnb|lnb|gnav)$|(?:menu|nav|navigation|footer|breadcrumbs?|language-?switcher|quick-?links|friend-?links?|tag-?cloud|pagination|paginator|pager)$|^(?:nav|menu|footer|social|share|breadcrumbs?|pagination|pager)-`)
	sides = regexp.MustCompile(`(?i)^(?:aside|side|complementary|related|popular|trending|widget|banners?|links|archives|carousel|slider|slick|swiper|slideshow|gallery|rank|hot)$|sidebar|side-?bar|carousel|slider|swiper|slick|widget-?area|most-?(?:read|viewed|popular)|recent-?(?:posts|entries)|^widget-|^related-|-rank$`)
)

// aside is how far from the text a place is, by the name and the words of one element.
func aside(name, words string) float64 {
	if name == "body" || name == "html" {
		return 1
	}
	far := 1.0
	switch name {
	case "nav", "footer", "select":
		far = 0.15
	case "aside":
		far = 0.4
	}
	for word := range strings.FieldsSeq(strings.ReplaceAll(words, "_", "-")) {
		word, _, _ = strings.Cut(word, "--") // a variant says nothing of the place
		switch {
		case len(word) > 60:
		case menus.MatchString(word):
			far = min(far, 0.25)
		case sides.MatchString(word):
			far = min(far, 0.5)
		}
	}
	return far
}

var (
	passing = regexp.MustCompile(`(?i)^(?:first|last|odd|even|active|current|selected|new|hot|top|open|show|hide|hidden|visible|clearfix|clear|cf|fl|fr|left|right|pull-left|pull-right|hentry|sticky|lazy|lazyload|animated|wow|on|off)$|^(?:has|is|js|wp|status|category|tag|format|type|post-type|animate|aos|views-row|m[tblrxy]?|p[tblrxy]?|d|text|col|row|order|w|h|g|align|justify|flex|grid|float|clear|border|bg|rounded|shadow|position)-`)
	hashed  = regexp.MustCompile(`[0-9].*[A-Za-z].*[0-9]|[0-9]{2}|^(?:css|sc|jss|emotion|svelte|styles?)-|__[A-Za-z0-9]*[0-9A-Z][A-Za-z0-9]*$|[A-Z].*[0-9].*[A-Z]`)
)

// lasting are the classes that say what an element is, and not which one of several or how it looks: they are likely to be
// there tomorrow.
func lasting(class string) []string {
	all := strings.Fields(class)
	return slices.DeleteFunc(all, func(c string) bool {
		return len(c) > 60 || passing.MatchString(c) || hashed.MatchString(c)
	})
}
