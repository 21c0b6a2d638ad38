package filter

import (
	"slices"
	"strings"

	"dewline"
)

const snippetWidth = 200 // characters, about

// snippet is the passage that shows best why an item matched: of the body, because
// the title is shown beside it anyway; where the most of the terms stand together,
// and of such places the first. An item of which only other fields matched shows
// its beginning. The passage is cut once, however many matches show it; where it
// stands in s.shown is returned.
func (s *scratch) snippet(hits []hit) part {
	best := bestHits(hits)
	key := cut{epoch: s.epoch, field: fields}
	if len(best) > 0 {
		key.field, key.start = best[0].field, best[0].start
	}
	known := &s.cuts[uint32(key.start)*0x9e3779b1>>(32-cutBits)]
	if known.epoch == key.epoch && known.field == key.field && known.start == key.start {
		return known.shown
	}
	from := len(s.shown)
	s.shown = s.show(s.shown, best)
	key.shown = part{int32(from), int32(len(s.shown))}
	*known = key
	return key.shown
}

// part is a stretch of what is gathered for many.
type part struct{ from, to int32 }

// cut is a passage that was cut, by its first hit.
type cut struct {
	epoch uint32
	field field
	start int32
	shown part
}

const cutBits = 8

// show adds the passage of the hits.
func (s *scratch) show(b []byte, best []hit) []byte {
	f, start := beginning(s.it), int32(0)
	if len(best) > 0 {
		f, start = best[0].field, best[0].start
	}
	text := s.fieldText(f)
	if !s.rules.fields.has(f) || s.malformed.has(f) { // the scanner knows nothing of it
		return append(b, strings.TrimSpace(dewline.Plain(passage(text, s.publish(best), snippetWidth)))...)
	}
	return excerpt(b, text, int(start), s.blanks[f])
}

// bestHits are the hits in the passage to be shown.
func bestHits(hits []hit) []hit {
	var best []hit
	most := 0
	for i := range hits {
		if !textFields.has(hits[i].field) {
			continue
		}
		n, terms := together(hits[i:])
		if hits[i].field != fieldNumbers[dewline.FieldTitle] {
			terms += len(hits) // before any title
		}
		if terms > most {
			most, best = terms, hits[i:i+n]
		}
	}
	return best
}

// together counts the hits that one passage shows from the first on, and the
// distinct terms of them.
func together(hits []hit) (n, terms int) {
	for i := range hits {
		h := &hits[i]
		if i > 0 && (h.field != hits[0].field || h.end > hits[0].start+snippetWidth*2/3) {
			break
		}
		n++
		if !slices.ContainsFunc(hits[:i], func(o hit) bool { return o.name == h.name }) {
			terms++
		}
	}
	return n, terms
}

// beginning is the field by which an item is shown where no text matched.
func beginning(it *dewline.Item) field {
	switch {
	case it.Summary != "":
		return fieldNumbers[dewline.FieldSummary]
	case it.Content != "":
		return fieldNumbers[dewline.FieldContent]
	}
	return fieldNumbers[dewline.FieldTitle]
}
