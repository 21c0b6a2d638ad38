package monitor

import (
	"math"
	"time"

	"dewline"
)

const (
	// A silence is judged once so many finds were seen, and two weekends were watched; or fewer where a whole
	// half-life was watched.
	findsToJudge  = 10
	timeToJudge   = 13 * 24 * time.Hour
	findsAtLength = 3
	// surely is how many finds were to be expected before a silence is no chance any more, beside the
	// logarithm of how many there were: who waits often sees the unlikely.
	surely = 8
	// leastSilence is the shortest silence worth a word.
	leastSilence = 6 * time.Hour
)

// knownWell reports whether a silence of the source can be judged. What was known once stays known. What the dates of a
// first body say counts as finds, but nobody watched it.
func knownWell(r *dewline.Rhythm) bool {
	if r.Longest[1] > 0 {
		return r.Finds >= findsAtLength
	}
	return r.Finds >= findsToJudge && r.Until.Sub(r.Halved) >= timeToJudge && r.Hours >= float32(timeToJudge.Hours())
}

// fellSilent tells whether a source has been silent for longer than its own rhythm makes likely. Since is the last
// poll that brought something; limit is how long it may rest from then on; zero where too little is
// known of it. It is a pure function.
//
// The limit is reached when so much was to be expected that its absence is no chance: what never comes at
// night or on Sundays is not expected then. It lies between five quarters and twice the longest rest
// that was seen.
//
// Only what was looked at counts: while a feed cannot be read it is failing, and not silent.
func fellSilent(st dewline.FeedState, now time.Time) (since time.Time, limit time.Duration, silent bool) {
	r := &st.Rhythm
	since = r.Found
	if since.IsZero() || !knownWell(r) {
		return since, 0, false
	}
	longest := longestRest(r)
	least := max(longest+longest/4, leastSilence)
	limit = max(least, min(expectedBy(r, since, 2*longest), 2*longest))
	seen := now
	if st.LastOK.Before(seen) {
		seen = st.LastOK
	}
	return since, limit, seen.Sub(since) > limit
}

// expectedBy is after how long so many finds were to be expected that their absence is no chance.
func expectedBy(r *dewline.Rhythm, since time.Time, most time.Duration) time.Duration {
	s := ratesOf(r)
	finds := float64(r.Finds) / (max(s.average*float64(r.Hours), float64(r.Finds))) // in an item
	want := surely + math.Log(float64(r.Finds))
	t := since
	for want > 0 && t.Sub(since) < most {
		want -= finds * s.at(dewline.HourOfWeek(t))
		t = t.Add(time.Hour)
	}
	return t.Sub(since)
}
