package filter

import (
	"fmt"
	"slices"
	"strings"

	"dewline"
)

// nearPlaces are the places of the terms that stand beside NEAR, by the terms' numbers.
type nearPlaces struct {
	beside map[int32][]hit // those because of which a NEAR holds
	free   map[int32]bool  // terms of which every place counts
}

// places notes which places of the terms count. Of a NEAR that fails every one does,
// where it is to be seen why.
func (x *explainer) places(e *expr) {
	x.nearPlaces = nearPlaces{make(map[int32][]hit), make(map[int32]bool)}
	x.count(e)
	for term, hits := range x.beside {
		x.beside[term] = ordered(hits)
	}
}

func (x *explainer) count(e *expr) {
	switch {
	case e.op == opTerm:
		x.free[e.term] = true
	case e.op == opNear && x.nearby(e):
		for _, h := range x.locateChain(nil, e, x.rules.nears[e.term], explainHits) {
			x.beside[h.term] = append(x.beside[h.term], h.hit)
		}
	case e.op == opNear && x.Matches:
	default:
		for i := range e.kids {
			x.count(&e.kids[i])
		}
	}
}

// apart are the terms that are there, but nowhere count. Those of a concept are not
// told one by one.
func (e Explanation) apart() (names []string) {
	for _, t := range e.Terms {
		if _, ok := conceptOf(t.Term); !ok && len(t.Hits) == 0 && t.Apart > 0 {
			names = append(names, t.Term)
		}
	}
	return names
}

// notNear says why a NEAR does not hold: an operand is absent, or how near the
// operands are at best.
func (x *explainer) notNear(e *expr) []string {
	var absent []string
	for i := range e.kids {
		absent = append(absent, x.failed(&e.kids[i])...)
	}
	if len(absent) > 0 {
		return absent
	}
	links := x.rules.nears[e.term]
	if wide := x.widen(e, links, false); wide != nil {
		return []string{fmt.Sprintf("%s would need %s: %s", e.name, written(wide), x.standing(e, wide))}
	}
	if wide := x.widen(e, links, true); wide != nil {
		return []string{fmt.Sprintf("%s would need %s, for the order is another: %s", e.name, written(wide), x.standing(e, wide))}
	}
	return []string{fmt.Sprintf("the parts of %s are there, but not within %d words of one paragraph", e.name, maxNear)}
}

// widen gives links by which a NEAR holds, each the least that it can be; nil where
// none do. The order is left out where that is what is asked.
func (s *scratch) widen(e *expr, links []link, unordered bool) []link {
	wide := slices.Clone(links)
	for i := range wide {
		wide[i] = link{maxNear, links[i].ordered && !unordered}
	}
	if !s.chain(e, wide, false) {
		return nil
	}
	for i := range wide {
		if wide[i].ordered != links[i].ordered { // is it this order that matters?
			wide[i].ordered = true
			if !s.chain(e, wide, false) {
				wide[i].ordered = false
			}
		}
		for wide[i].n = links[i].n; !s.chain(e, wide, false); {
			wide[i].n++
		}
	}
	return wide
}

// least gives the least distances by which a NEAR holds that does.
func (s *scratch) least(e *expr, links []link) []link {
	near := slices.Clone(links)
	for i := range near {
		near[i].n = 1
	}
	return s.widen(e, near, false)
}

// written are the links that a NEAR needs.
func written(links []link) string {
	var names []string
	for _, l := range links {
		names = append(names, l.String())
	}
	return strings.Join(names, " and ")
}

// standing is where the operands stand.
func (x *explainer) standing(e *expr, links []link) string {
	x.located = x.located[:0]
	for _, h := range x.locateChain(nil, e, links, maxHits) {
		x.located = append(x.located, h.hit)
	}
	hits := x.publish(ordered(x.located))
	return "in " + hits[0].Field + ": " + x.excerptOf(hits)
}

// excerptOf is a passage with all the hits of its field that it has room for.
func (x *explainer) excerptOf(hits []dewline.Hit) string {
	var same []dewline.Hit
	for _, h := range hits {
		if h.Field == hits[0].Field && h.Start < hits[0].Start+excerptWidth {
			same = append(same, h)
		}
	}
	var b strings.Builder
	for _, span := range passage(x.fieldText(fieldNumbers[hits[0].Field]), same, excerptWidth) {
		if span.Marked {
			b.WriteString("[" + span.Text + "]")
		} else {
			b.WriteString(span.Text)
		}
	}
	return strings.TrimSpace(b.String())
}
