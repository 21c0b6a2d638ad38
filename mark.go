package dewline

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Span is a stretch of a text; marked where a query found it.
type Span struct {
	Text   string
	Marked bool
}

// Text is the text of the item's field in which hits count their bytes: title,
// summary or content. Other fields have none.
func (it *Item) Text(field string) string {
	switch field {
	case FieldTitle:
		return it.Title
	case FieldSummary:
		return it.Summary
	case FieldContent:
		return it.Content
	}
	return ""
}

// Mark cuts the text of one field at what the hits in that field found. Hits
// that overlap are marked as one. A hit whose words do not stand where it says,
// because it was found in another version of the text, is left out.
func Mark(text, field string, hits []Hit) []Span {
	var found []stretch
	for _, h := range hits {
		if h.Field == field && h.stands(text) {
			found = append(found, stretch{h.Start, h.End})
		}
	}
	return spans(text, found)
}

// MarkWords marks what the hits found wherever it stands in the text: for a
// snippet, in which the hits' offsets mean nothing.
func MarkWords(text string, hits []Hit) []Span {
	var found []stretch
	for i, h := range hits {
		if h.Text == "" || slices.ContainsFunc(hits[:i], func(o Hit) bool { return o.Text == h.Text }) {
			continue
		}
		for from := 0; ; {
			at := strings.Index(text[from:], h.Text)
			if at < 0 {
				break
			}
			from += at + len(h.Text)
			found = append(found, stretch{from - len(h.Text), from})
		}
	}
	return spans(text, found)
}

// Excerpt is the passage around the first marked span, or the beginning where
// none is marked: at most about width characters, on one line, with an ellipsis
// where it was cut inside a block.
func Excerpt(all []Span, width int) []Span {
	text, mark := Plain(all), 0
	for _, s := range all {
		if s.Marked {
			break
		}
		mark += len(s.Text)
	}
	if mark == len(text) {
		mark = 0 // nothing is marked
	}
	lo := back(text, mark, width/3)
	hi := ahead(text, lo, width)
	out := within(all, lo, hi)
	if lo > 0 && text[lo-1] != '\n' {
		out = append([]Span{{Text: "… "}}, out...)
	}
	if hi < len(text) {
		out = append(out, Span{Text: " …"})
	}
	return oneLined(out)
}

// Plain is the text of the spans, without their marks.
func Plain(all []Span) string {
	var b strings.Builder
	for _, s := range all {
		b.WriteString(s.Text)
	}
	return b.String()
}

// stands reports whether the hit's words are where it says.
func (h Hit) stands(text string) bool {
	return h.Start >= 0 && h.Start < h.End && h.End <= len(text) && text[h.Start:h.End] == h.Text &&
		utf8.RuneStart(text[h.Start]) && (h.End == len(text) || utf8.RuneStart(text[h.End]))
}

// stretch is a part of a text: [start, end) in bytes.
type stretch struct{ start, end int }

// spans cuts the text at the stretches, which may overlap and touch.
func spans(text string, marked []stretch) []Span {
	slices.SortFunc(marked, func(a, b stretch) int { return cmp.Compare(a.start, b.start) })
	var all []Span
	done := 0
	add := func(to int, mark bool) {
		if to > done {
			all = append(all, Span{text[done:to], mark})
			done = to
		}
	}
	for i := 0; i < len(marked); {
		start, end := marked[i].start, marked[i].end
		for i++; i < len(marked) && marked[i].start <= end; i++ {
			end = max(end, marked[i].end)
		}
		add(start, false)
		add(end, true)
	}
	add(len(text), false)
	return all
}

// within is what of the spans lies in [lo, hi) of their text.
func within(all []Span, lo, hi int) []Span {
	var out []Span
	at := 0
	for _, s := range all {
		from, to := max(lo-at, 0), min(hi-at, len(s.Text))
		if from < to {
			out = append(out, Span{s.Text[from:to], s.Marked})
		}
		at += len(s.Text)
	}
	return out
}

// back goes n characters back, not out of the block, and to a word's start.
func back(text string, from, n int) int {
	at := from
	for ; n > 0 && at > 0; n-- {
		_, size := utf8.DecodeLastRuneInString(text[:at])
		at -= size
	}
	if i := strings.LastIndex(text[at:from], "\n\n"); i >= 0 {
		return at + i + 2
	}
	if at > 0 {
		if i := strings.IndexByte(text[at:from], ' '); i >= 0 {
			at += i + 1
		}
	}
	return at
}

// ahead goes n characters ahead, and back to a word's end where words have
// spaces.
func ahead(text string, from, n int) int {
	at := from
	for ; n > 0 && at < len(text); n-- {
		_, size := utf8.DecodeRuneInString(text[at:])
		at += size
	}
	const tail = 24 // bytes: a longer word is cut
	if low := max(from, at-tail); at < len(text) {
		if i := strings.LastIndexByte(text[low:at], ' '); i > 0 {
			at = low + i
		}
	}
	return at
}

// oneLined makes a single space of every run of white space, over the spans.
func oneLined(all []Span) []Span {
	var out []Span
	blank := true // white space at the beginning goes
	for _, s := range all {
		var b strings.Builder
		b.Grow(len(s.Text))
		for _, r := range s.Text {
			space := unicode.IsSpace(r)
			switch {
			case space && !blank:
				b.WriteByte(' ')
			case !space:
				b.WriteRune(r)
			}
			blank = space
		}
		if b.Len() > 0 {
			out = append(out, Span{b.String(), s.Marked})
		}
	}
	return out
}
