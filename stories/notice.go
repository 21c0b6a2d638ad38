package stories

import (
	"slices"
	"strings"
	"time"
	"unicode"

	"dewline"
)

func isCased(c rune) bool { return unicode.IsUpper(c) || unicode.IsLower(c) }

// unlike reports texts of which so few shingles are in common that they need not be compared: their
// boilerplate is the same, or nothing.
func (c *comparison) unlike() bool {
	const few = 40 // of fewer, two edits leave none
	has, n := c.b.shingled()
	both := 0
	m := c.a.shingles(func(h uint64) {
		if has[h] {
			both++
		}
	})
	return min(n, m) >= few && max(n, m) < mostHashed && 4*both < min(n, m)
}

// shingled are the statement's shingles, and how many there are.
func (st *statement) shingled() (map[uint64]bool, int) {
	if st.shingle == nil {
		st.shingle = make(map[uint64]bool)
		st.shinglesAll = st.shingles(func(h uint64) { st.shingle[h] = true })
	}
	return st.shingle, st.shinglesAll
}

// oneStory reports that enough of one text stands in the other.
func (c *comparison) oneStory() bool {
	shorter := min(c.a.bodyWeight(), c.all)
	if c.same < leastText/2 || 10*c.same < 7*shorter {
		return false
	}
	// Where most of one is not in the other, one quotes the other or is a part of it: that is another
	// report, unless they have one title or begin alike.
	return 2*c.weightAdded <= c.all && 2*c.weightLost <= c.a.bodyWeight() || c.titled() || c.a.lead() == c.b.lead()
}

func (st *statement) bodyWeight() (n int) {
	for i := range st.body {
		if !st.body[i].line {
			n += weigh(st.body[i].tokens)
		}
	}
	return n
}

// lead is the first sentence of the body.
func (st *statement) lead() uint64 {
	for i := range st.body {
		if !st.body[i].line {
			return st.body[i].key
		}
	}
	return 0
}

// titled reports two items of one title.
func (c *comparison) titled() bool {
	if len(c.a.heads) == 0 || len(c.b.heads) == 0 {
		return false
	}
	x, y := &c.a.heads[0], &c.b.heads[0]
	return 10*inCommon(x.tokens, y.tokens) >= 4*(len(x.tokens)+len(y.tokens))
}

// dates adds what differs in the figures of what stands around the text: the days of datelines
// and source lines, where both name one.
func (c *comparison) dates() {
	x, y := c.a.datelines, c.b.datelines
	if p, q := speakers(x), speakers(y); len(p) > 0 && len(q) > 0 && !slices.Equal(p, q) {
		c.keep([]dewline.Difference{{Kind: dewline.FactName, Old: p[0], New: q[0]}})
		c.places++
	}
	if otherDays(x, y) {
		c.keep([]dewline.Difference{{Kind: dewline.FactDate, Old: strings.Join(x, " "), New: strings.Join(y, " ")}})
		c.places, c.dated = c.places+1, true
	}
	for first, q := range c.b.labels {
		if p := c.a.labels[first]; p != "" && p != q {
			c.keep([]dewline.Difference{{Kind: dewline.FactNumber, Old: p, New: q}})
			c.places++
		}
	}
	if p, q := c.a.item.Source.Issued, c.b.item.Source.Issued; !otherDays(x, y) && !p.IsZero() && !q.IsZero() && !p.Equal(q) {
		c.keep([]dewline.Difference{{Kind: dewline.FactDate, Old: p.Format(time.DateOnly), New: q.Format(time.DateOnly)}})
		c.places, c.dated = c.places+1, true
	}
}

const (
	ownRepeat = 20 * time.Hour // after so long, the same feed says something new where a fact differs
	rerun     = 48 * time.Hour // and another feed
	ever      = 1<<63 - 1
	shortText = 120 // half words
)

// oneNotice tells an edition of a statement, in which a fact was changed, from the next report of
// its kind: tomorrow's bulletin, next year's test.
func (c *comparison) oneNotice() bool {
	a, b := c.a.item, c.b.item
	if c.places > mostPlaces {
		return false
	}
	if c.headed > 0 && c.headed < c.places && c.b.words < shortText {
		return false // it is about something else
	}
	if c.lost > 0 && oneFeed(a, b) && min(c.a.words, c.b.words) < leastBody {
		return false // what one says in so few words more than the other, it is about
	}
	if len(c.differences) == 0 {
		// The same words from the same feed on another day are the next notice, unless
		// they name their day.
		return !apart(a, b, day, undatedIf(c.a.words < shortText)) || c.namesDay()
	}
	n := c.apartIn()
	if c.tooMany() || apart(a, b, ownRepeat, rerun) {
		return false
	}
	// Of a short text, of the same feed or with another day, a changed fact makes the next notice.
	if c.dated {
		return n <= 1 && !oneFeed(a, b) && c.b.words >= shortText
	}
	return c.places == 0 || !oneFeed(a, b) || n <= 1 && c.b.words >= shortText
}

// apartIn is in how many places the two say something else; a sentence in the place of another counts as two.
func (c *comparison) apartIn() int { return c.places + 2*min(c.added, c.lost) }

// tooMany reports that these are more than those of an edition of a text so long.
func (c *comparison) tooMany() bool { return c.apartIn() > min(1+c.b.words/80, mostPlaces) }

func undatedIf(short bool) time.Duration {
	if short {
		return undated
	}
	return ever
}

// namesDay reports that the statement names a day and its month.
func (c *comparison) namesDay() bool {
	for i := range c.b.body {
		tokens := c.b.body[i].tokens
		for k := range tokens {
			if !calendar[tokens[k].key()] && !(calendarMarks[tokens[k].raw] && tokens[k].raw != "年") {
				continue
			}
			if k > 0 && tokens[k-1].digits || k+1 < len(tokens) && tokens[k+1].digits {
				return true
			}
		}
	}
	return false
}
