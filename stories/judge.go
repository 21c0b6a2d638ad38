package stories

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"time"

	"dewline"
)

// Differ lists the facts that differ between two texts in a language (BCP 47).
type Differ func(old, new, language string) []dewline.Difference

// Judge says what items are to each other. It is safe for concurrent use.
type Judge struct {
	differ Differ
}

// New is a judge that names facts by differ.
func New(differ func(old, new, language string) []dewline.Difference) *Judge {
	return &Judge{differ}
}

// Read takes an item apart, once for all that it is compared with: keys are by what its copies are found (Keys), and compare says
// what it is to an earlier item. compare is for one goroutine.
func (j *Judge) Read(it *dewline.Item) (keys []uint64, compare func(earlier *dewline.Item) dewline.Resemblance) {
	later := read(it)
	return later.keys(), func(earlier *dewline.Item) dewline.Resemblance { return j.compare(earlier, later) }
}

// Compare says what a later item is to an earlier one.
func (j *Judge) Compare(earlier, later *dewline.Item) dewline.Resemblance {
	return j.compare(earlier, read(later))
}

// compare counts in how many places the two differ before it asks for the facts there: notices of one kind differ in more
// than editions do.
func (j *Judge) compare(earlier *dewline.Item, b *statement) (r dewline.Resemblance) {
	if !oneLanguage(earlier.Language, b.item.Language) {
		return r
	}
	a := read(earlier)
	language := cmp.Or(b.item.Language, earlier.Language)
	c := comparison{a: a, b: b, judge: j, language: language, little: littleOf(language)}
	c.lines()
	if min(a.words, b.words) < leastText || min(a.bodyWeight(), b.bodyWeight()) < leastText/2 {
		c.nameFacts()
		return dewline.Resemblance{Same: a.short(b), Differ: c.differences}
	}
	if c.unlike() {
		return r
	}
	c.bodies()
	if c.tooMany() || !c.oneStory() {
		return r
	}
	c.headlines()
	if c.tooMany() {
		return r
	}
	c.nameFacts()
	c.dates()
	if !c.oneNotice() {
		return r
	}
	return dewline.Resemblance{Same: true, Differ: c.differences}
}

func oneLanguage(a, b string) bool {
	a, _, _ = strings.Cut(strings.ToLower(a), "-")
	b, _, _ = strings.Cut(strings.ToLower(b), "-")
	return a == b || a == "" || b == "" || a == "und" || b == "und"
}

const (
	// leastShort is what an item must hold, in half words, to be a copy of anything.
	leastShort = 8
	// undated is how long the same words without a date are taken for the same
	// statement.
	undated = 7 * 24 * time.Hour
	day     = 24 * time.Hour
)

// short reports that two items of which one is too short to be told from others are the
// same, word for word and figure for figure.
func (st *statement) short(later *statement) bool {
	return st.words >= leastShort && st.words == later.words && st.wholeKey() == later.wholeKey() && st.headKey() == later.headKey() &&
		slices.Equal(st.datelines, later.datelines) && maps.Equal(st.labels, later.labels) &&
		!apart(st.item, later.item, day, undated) && !(oneFeed(st.item, later.item) && noDate(st.item, later.item))
}

// noDate reports that of one item it is not known when it was published: of the same feed, a few
// words may be said every week.
func noDate(a, b *dewline.Item) bool { return a.Published.IsZero() || b.Published.IsZero() }

func (st *statement) headKey() (sum uint64) {
	for i := range st.heads {
		sum += mix(st.heads[i].key)
	}
	return sum
}

// apart reports that two items were published further apart than the same feed says a
// thing twice, or than another one says it after it.
func apart(a, b *dewline.Item, own, other time.Duration) bool {
	if a.Published.IsZero() || b.Published.IsZero() {
		return false
	}
	between := b.Published.Sub(a.Published).Abs()
	return between > other || oneFeed(a, b) && between > own
}

// oneFeed reports two items of one feed.
func oneFeed(a, b *dewline.Item) bool {
	for _, f := range a.Feeds() {
		for _, g := range b.Feeds() {
			if f.Name == g.Name && f.URL == g.URL && f.Name+f.URL != "" {
				return true
			}
		}
	}
	return false
}
