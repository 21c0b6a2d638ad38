package monitor

import (
	"encoding/json"
	"errors"
	"testing"
	"time"

	"dewline"

	"pgregory.net/rapid"
)

func TestAdaptiveBounds(t *testing.T) {
	for expr, want := range map[string]adaptive{
		"adaptive": usual, " adaptive ": usual,
		"adaptive 1m..1h": {time.Minute, time.Hour}, "adaptive 30s .. 24h": {30 * time.Second, 24 * time.Hour},
	} {
		if got, err := ParseSchedule(expr); err != nil || got != want {
			t.Errorf("%q: %v, %v", expr, got, err)
		}
	}
	for _, expr := range []string{"adaptive x", "adaptive 1m", "adaptive 1h..1m", "adaptive 1ms..1h", "adaptive 1m..", "adaptive 1m..2m..3m", "adaptively"} {
		if _, err := ParseSchedule(expr); !errors.As(err, new(*dewline.SyntaxError)) {
			t.Errorf("%q: %v, want a syntax error", expr, err)
		}
	}
}

// Whatever was learned and whatever the feed asks for, the next poll is within the bounds; and its window never fills up
// before, at the greatest rate that was seen.
func TestAdaptiveStaysWithinItsBounds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := adaptive{least: time.Duration(rapid.IntRange(1, 600).Draw(t, "least")) * time.Second}
		a.most = a.least + time.Duration(rapid.IntRange(0, 86400).Draw(t, "more"))*time.Second
		st := dewline.FeedState{Key: dewline.FeedKey("x"), Items: rapid.IntRange(0, 100).Draw(t, "window")}
		at := first
		for range rapid.IntRange(0, 30).Draw(t, "polls") {
			at = at.Add(time.Duration(rapid.Int64Range(-1e5, 1e6).Draw(t, "seconds")) * time.Second)
			st.LastOK = at
			st.Rhythm = learn(st.Rhythm, at, rapid.IntRange(0, 100).Draw(t, "items"), nil)
		}
		plain := a.interval(&st, 0, at)
		if plain < a.least || plain > a.most {
			t.Fatalf("%s is not within %s and %s", plain, a.least, a.most)
		}
		if full := max(untilFull(&st), a.least); plain > full {
			t.Fatalf("%s, and the window is full after %s", plain, full)
		}
		st.Hints.Every = time.Duration(rapid.Int64Range(0, 1e6).Draw(t, "ttl")) * time.Second
		fresh := time.Duration(rapid.Int64Range(0, 1e6).Draw(t, "max-age")) * time.Second
		asked := a.interval(&st, fresh, at)
		st.Hints.SkipHours = rapid.Uint32Range(0, 1<<24-1).Draw(t, "hours to skip")
		st.Hints.SkipDays = rapid.Uint8Range(0, 1<<7-1).Draw(t, "days to skip")
		if skips := a.interval(&st, fresh, at); skips < a.least || skips > a.most {
			t.Fatalf("%s is not within %s and %s, with hours to skip", skips, a.least, a.most)
		}
		if wish := min(max(st.Hints.Every, fresh), maxHint, a.most, max(untilFull(&st), a.least)); asked < wish || asked > a.most {
			t.Fatalf("%s, asked for %s, bounds %s and %s", asked, wish, a.least, a.most)
		}
	})
}

// A feed that overflows within minutes is asked after half the time, for an hour, and within the bounds.
func TestAdaptiveAfterAGap(t *testing.T) {
	a := adaptive{least: 30 * time.Second, most: 6 * time.Hour}
	plain := dewline.FeedState{Key: dewline.FeedKey("x"), Items: 10}
	plain.Rhythm.Peak = peak(10, 10, 4*time.Minute, true)
	usually := a.interval(&plain, 0, noon)
	if usually < 5*time.Minute {
		t.Fatalf("%s without a gap: nothing is tested", usually)
	}
	for _, c := range []struct{ overflowed, ago, want time.Duration }{
		{4 * time.Minute, 0, 2 * time.Minute},
		{2 * time.Minute, 0, time.Minute},
		{4 * time.Minute, 50 * time.Minute, 2 * time.Minute},
		{40 * time.Second, 0, a.least},
		{4 * time.Minute, time.Hour, usually},
		{8 * time.Hour, 0, usually},
		{4 * time.Minute, -time.Minute, usually}, // the clock was set back
	} {
		st := plain
		st.Gap = &dewline.Gap{From: noon.Add(-c.ago - c.overflowed), To: noon.Add(-c.ago)}
		if got := a.interval(&st, 0, noon); got != c.want {
			t.Errorf("overflowed in %s, %s ago: %s, want %s", c.overflowed, c.ago, got, c.want)
		}
	}
}

// What a feed asks of its readers is kept by a schedule that follows it, and not by one that the administrator chose.
func TestHintsAreKept(t *testing.T) {
	hours := func(from, to int) (bits uint32) {
		for h := from; h < to; h++ {
			bits |= 1 << h
		}
		return bits
	}
	quarter, err := ParseSchedule("@every 15m")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name     string
		hints    dewline.Hints
		fresh    time.Duration
		min, max time.Duration
	}{
		{"nothing asked", dewline.Hints{}, 0, 15 * time.Minute, 30 * time.Minute},
		{"ttl", dewline.Hints{Every: time.Hour}, 0, time.Hour, time.Hour},
		{"max-age", dewline.Hints{}, 2 * time.Hour, 2 * time.Hour, 2 * time.Hour},
		{"a ttl of a year", dewline.Hints{Every: 365 * 24 * time.Hour}, 0, maxHint, maxHint},
		{"hours to skip", dewline.Hints{SkipHours: hours(12, 15)}, 0, 3 * time.Hour, 3 * time.Hour},
		{"days to skip", dewline.Hints{SkipDays: 1 << time.Monday}, 0, usual.most, usual.most},
		{"hours beyond the bound", dewline.Hints{SkipHours: hours(0, 23)}, 0, usual.most, usual.most},
	} {
		r := resp(dewline.StatusOK)
		r.Fresh = c.fresh
		st := dewline.FeedState{Key: dewline.FeedKey("x"), Hints: c.hints}
		if d := next(usual, &st, &r, noon, noon).Sub(noon); d < c.min || d > c.max {
			t.Errorf("%s: %s, want %s to %s", c.name, d, c.min, c.max)
		}
		if d := next(quarter, &st, &r, noon, noon).Sub(noon); d != 15*time.Minute {
			t.Errorf("%s: a fixed schedule waits %s", c.name, d)
		}
	}
}

// What it costs to schedule one poll beside the poll itself: a place at its site, what is learned, the next due time, and
// what the rhythm adds to reading and writing the state.
func BenchmarkScheduling(b *testing.B) {
	st := dewline.FeedState{Key: dewline.FeedKey("x"), Items: 20}
	at := first
	for i := range 5000 {
		at = at.Add(15 * time.Minute)
		st.LastOK = at
		st.Rhythm = learn(st.Rhythm, at, i%7/6*3, nil)
	}
	r := resp(dewline.StatusOK)
	var places sites
	for b.Loop() {
		places.enter("example.org", st.Key, at)
		raw, err := json.Marshal(st.Rhythm)
		if err != nil {
			b.Fatal(err)
		}
		var read dewline.Rhythm
		if err := json.Unmarshal(raw, &read); err != nil {
			b.Fatal(err)
		}
		st.Rhythm = learn(read, at, 1, nil)
		next(usual, &st, &r, at, at)
		places.leave("example.org", at)
	}
	// A hundred thousand feeds, each once in a quarter of an hour.
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)*100_000/(15*60*1e9)*100, "%core/100k")
}
