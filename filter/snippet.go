package filter

import (
	"slices"
	"strings"
	"unicode/utf8"

	"dewline"
)

const snippetWidth = 200 // characters, about

// snippet is the passage that shows best why an item matched: of the body, because
// the title is shown beside it anyway; where the most of the terms stand together,
// and of such places the first. An item of which only other fields matched shows
// its beginning.
func snippet(it *dewline.Item, hits []dewline.Hit) string {
	best := bestHits(hits)
	text := beginning(it)
	if len(best) > 0 {
		text = it.Text(best[0].Field)
	}
	return strings.TrimSpace(dewline.Plain(passage(text, best, snippetWidth)))
}

// bestHits are the hits in the passage to be shown.
func bestHits(hits []dewline.Hit) []dewline.Hit {
	var best []dewline.Hit
	most := 0
	for i := range hits {
		if textFields&(1<<fieldNumbers[hits[i].Field]) == 0 {
			continue
		}
		n, terms := together(hits[i:])
		if hits[i].Field != dewline.FieldTitle {
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
func together(hits []dewline.Hit) (n, terms int) {
	for i, h := range hits {
		if i > 0 && (h.Field != hits[0].Field || h.End > hits[0].Start+snippetWidth*2/3) {
			break
		}
		n++
		if !slices.ContainsFunc(hits[:i], func(o dewline.Hit) bool { return o.Term == h.Term }) {
			terms++
		}
	}
	return n, terms
}

// beginning is the text that an item is shown by where no text matched.
func beginning(it *dewline.Item) string {
	for _, s := range []string{it.Summary, it.Content} {
		if s != "" {
			return s
		}
	}
	return it.Title
}

// passage cuts the passage around the hits, all of one field, from its text. Only
// as much of the text is marked as the passage can show, and a little more, by
// which it is seen that it goes on.
func passage(text string, hits []dewline.Hit, width int) []dewline.Span {
	var first dewline.Hit
	if len(hits) > 0 {
		first = hits[0]
	}
	from := back(text, first.Start, width/3+2)
	to := max(ahead(text, first.Start, width+2), ahead(text, first.End, 2))
	moved := make([]dewline.Hit, len(hits))
	for i, h := range hits {
		h.Start, h.End = h.Start-from, h.End-from
		moved[i] = h
	}
	return dewline.Excerpt(dewline.Mark(text[from:to], first.Field, moved), width)
}

// back is the place n characters before at.
func back(text string, at, n int) int {
	for ; n > 0 && at > 0; n-- {
		_, size := utf8.DecodeLastRuneInString(text[:at])
		at -= size
	}
	return at
}

// ahead is the place n characters behind at.
func ahead(text string, at, n int) int {
	for ; n > 0 && at < len(text); n-- {
		_, size := utf8.DecodeRuneInString(text[at:])
		at += size
	}
	return at
}
