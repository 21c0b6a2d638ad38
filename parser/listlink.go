package parser

import "strings"

// anchor is a link of a block: its element and where it leads.
type anchor struct {
	at int
	to string
}

// links are the links of a block that lead to a web address, the item's own first: what the link
// selector finds, else the block itself, what is inside it, or what it is inside of.
func (l *listing) links(block int) []anchor {
	var all []anchor
	if c := l.chosen.link; c != nil {
		for _, i := range l.of(c, block) {
			all = l.linked(all, c, i)
		}
		return all
	}
	all = l.anchor(all, block, "href")
	all = l.inside(all, block, l.end(block))
	for i := l.parents[block]; len(all) == 0 && i >= 0; i = l.parents[i] {
		if l.nodes[i].Data == "a" {
			all = l.anchor(all, i, "href")
		}
	}
	return all
}

// linked are the links of what the link selector found: the attribute it names, its own, or those inside it.
func (l *listing) linked(all []anchor, c *chosen, i int) []anchor {
	if c.attribute != "" {
		return l.anchor(all, i, c.attribute)
	}
	if attribute(l.nodes[i], "href") != "" {
		return l.anchor(all, i, "href")
	}
	return l.inside(all, i, l.ends[i])
}

// inside adds the links that stand inside an element.
func (l *listing) inside(all []anchor, i, end int) []anchor {
	for j := i + 1; j < end; j++ {
		if l.nodes[j].Data == "a" {
			all = l.anchor(all, j, "href")
		}
	}
	return all
}

// anchor adds one link, where it leads to a page.
func (l *listing) anchor(all []anchor, i int, name string) []anchor {
	href := strings.TrimSpace(attribute(l.nodes[i], name))
	switch to := webLink(l.base, href); {
	case href == "":
	case len(href) > 11 && strings.EqualFold(href[:11], "javascript:"):
		l.counts.script++
	case href == "#" || to == "":
		l.counts.dead++
	default:
		return append(all, anchor{i, to})
	}
	return all
}

// unite makes one item of the blocks that lead to the same page: a picture and a headline often have
// each a link of their own. Where all lead to one page they are a list without pages, and stay.
func unite(all []listed) []listed {
	pages := map[string]int{}
	for i := range all {
		if all[i].link != "" {
			pages[canonical(all[i].link)]++
		}
	}
	if len(pages) == 1 && len(all) > 2 {
		return all
	}
	first := map[string]int{}
	united := make([]listed, 0, len(all))
	for _, it := range all {
		page := canonical(it.link)
		j, again := first[page]
		if it.link == "" || !again {
			first[page] = len(united)
			united = append(united, it)
			continue
		}
		united[j].absorb(&it)
	}
	return united
}

// absorb takes over what another block of the same item has.
func (it *listed) absorb(other *listed) {
	if it.title == "" || it.weak && other.title != "" && !other.weak {
		it.title, it.weak = other.title, other.weak
	}
	if it.published == "" {
		it.published = other.published
	}
	if it.summary == "" {
		it.summary = other.summary
	}
}
