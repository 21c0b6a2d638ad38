package parser

import (
	"bytes"
	"fmt"
	"sort"

	"golang.org/x/net/html"
)

// Bounds on a web page whose list is read. html.Parse itself refuses to nest deeper than 512; the
// largest page that was seen had 9,000 elements.
const (
	maxTags         = 300_000 // as written: "<" and what may begin a tag
	maxWords        = 300_000 // inside all tags: what may begin an attribute
	maxPageElements = 50_000
	maxChildren     = 10_000 // of one element
)

// tree is a web page, its elements in the order of the document. What is below the i-th one are those from
// i+1 up to ends[i].
type tree struct {
	nodes   []*html.Node
	ends    []int
	parents []int // -1 at the top
	before  []int // the element before it below the same parent; -1 for the first
}

// plant parses a page. The error wraps errHostile where the page would harm its reader.
func plant(page []byte) (*tree, error) {
	if err := bounded(page); err != nil {
		return nil, err
	}
	root, err := html.Parse(bytes.NewReader(page))
	if err != nil {
		return nil, hostile("a page that is nested too deep")
	}
	t := &tree{}
	if !t.add(root, -1) {
		return nil, hostile(fmt.Sprintf("a page of more than %d elements, or of more than %d in one", maxPageElements, maxChildren))
	}
	return t, nil
}

// bounded counts what the parser would make a node or an attribute of, before it does.
func bounded(page []byte) error {
	tags, words, inTag := 0, 0, false
	for i, c := range page {
		switch c {
		case '<':
			if i+1 < len(page) && beginsTag(page[i+1]) {
				tags++
				inTag = true
			}
		case '>':
			inTag = false
		case ' ', '\t', '\n', '\r', '\f', '/', '"', '\'':
			if inTag {
				words++
			}
		}
	}
	switch {
	case tags > maxTags:
		return hostile(fmt.Sprintf("a page of more than %d tags", maxTags))
	case words > maxWords:
		return hostile(fmt.Sprintf("a page of more than %d attributes", maxWords))
	}
	return nil
}

// beginsTag reports whether a tag or a comment may begin with "<" and this.
func beginsTag(c byte) bool {
	return c == '!' || c == '/' || c == '?' || 'a' <= c|0x20 && c|0x20 <= 'z'
}

// add takes in what is below a node; it reports whether it is within the bounds. It calls itself no
// deeper than html.Parse lets a page nest.
func (t *tree) add(n *html.Node, parent int) bool {
	children, last := 0, -1
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if children++; children > maxChildren {
			return false
		}
		if c.Type != html.ElementNode {
			continue
		}
		i := len(t.nodes)
		if i == maxPageElements {
			return false
		}
		t.nodes, t.ends = append(t.nodes, c), append(t.ends, 0)
		t.parents, t.before = append(t.parents, parent), append(t.before, last)
		last = i
		if !t.add(c, i) {
			return false
		}
		t.ends[i] = len(t.nodes)
	}
	return true
}

// find lists the elements that the selector matches, in the order of the document.
func (t *tree) find(sel *selector) []int {
	matched := make([]bool, len(t.nodes))
	for _, p := range sel.paths {
		t.follow(p, matched)
	}
	var found []int
	for i, yes := range matched {
		if yes {
			found = append(found, i)
		}
	}
	return found
}

// follow marks what a path matches. Of every element it keeps, as bits, which beginnings of the path end at it, and
// which at an element above it or before it: so it looks once at each, whatever the nesting.
func (t *tree) follow(p path, matched []bool) {
	own := make([]uint32, len(t.nodes))
	above := make([]uint32, len(t.nodes))
	earlier := make([]uint32, len(t.nodes))
	at := func(bits []uint32, i int) uint32 {
		if i < 0 {
			return 0
		}
		return bits[i]
	}
	for i, n := range t.nodes {
		up, left := t.parents[i], t.before[i]
		above[i] = at(above, up) | at(own, up)
		earlier[i] = at(earlier, left) | at(own, left)
		near := [...]uint32{'+': at(own, left), ' ': above[i], '>': at(own, up), '~': earlier[i]}
		for k, step := range p {
			if (k == 0 || near[step.joined]>>(k-1)&1 == 1) && step.compound.Match(n) {
				own[i] |= 1 << k
			}
		}
		if own[i]>>(len(p)-1)&1 == 1 {
			matched[i] = true
		}
	}
}

// end is the index behind the last element of a block: that behind what is inside the element. A <dt> or a heading
// as a block reaches to the next one beside it, for what belongs to it stands behind it.
func (t *tree) end(block int) int {
	name := t.nodes[block].Data
	if name != "dt" && !isHeading(name) {
		return t.ends[block]
	}
	last, up := t.ends[block], t.parents[block]
	if up < 0 {
		return last
	}
	for last < t.ends[up] && t.nodes[last].Data != name {
		last = t.ends[last]
	}
	return last
}

func isHeading(name string) bool {
	return len(name) == 2 && name[0] == 'h' && '1' <= name[1] && name[1] <= '6'
}

// inBlock are those of the elements that stand in a block, the block's own element left out.
func (t *tree) inBlock(found []int, block int) []int {
	from := sort.SearchInts(found, block+1)
	return found[from : from+sort.SearchInts(found[from:], t.end(block))]
}

// first is the first element of this name, or -1.
func (t *tree) first(name string) int {
	for i, n := range t.nodes {
		if n.Data == name {
			return i
		}
	}
	return -1
}

// attribute is an attribute's value; empty where the element does not have it.
func attribute(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}
