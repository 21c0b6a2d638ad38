package monitor

import (
	"encoding/binary"
	"encoding/json"
	"fmt"
	"strconv"
	"testing"
	"time"

	"dewline"

	"pgregory.net/rapid"
)

// first is a Monday.
var first = time.Date(2026, 9, 7, 0, 0, 0, 0, time.UTC)

// publisher says when a source publishes: how many items appear in the minute that begins at t. The same
// source does the same in every run.
type publisher struct {
	name string
	rate func(t time.Time) float64 // posts an hour
	size int                       // items of a post
}

// chance is a number from 0 to 1 that a hash makes of its subject.
func chance(subject string, n int64) float64 {
	key := dewline.ItemKey(dewline.FeedKey(subject), dewline.Identity{Value: strconv.FormatInt(n, 10)})
	return float64(binary.BigEndian.Uint32(key[:])) / (1 << 32)
}

func (p publisher) items(t time.Time) int {
	if chance(p.name, t.Unix()/60) >= p.rate(t)/60 {
		return 0
	}
	return p.size
}

func always(rate float64) func(time.Time) float64 { return func(time.Time) float64 { return rate } }

// office is a rate on working days from 8 to 17 hours.
func office(rate float64, zone string) func(time.Time) float64 {
	there, err := time.LoadLocation(zone)
	if err != nil {
		panic(err)
	}
	return func(t time.Time) float64 {
		t = t.In(there)
		if t.Weekday() == time.Saturday || t.Weekday() == time.Sunday || t.Hour() < 8 || t.Hour() >= 17 {
			return 0
		}
		return rate
	}
}

// restsOn leaves a day out.
func restsOn(day time.Weekday, rate float64) func(time.Time) float64 {
	return func(t time.Time) float64 {
		if t.Weekday() == day {
			return 0
		}
		return rate
	}
}

// bursts are hours of twenty items, and little between.
func bursts(t time.Time) float64 {
	if chance("burst hour", t.Unix()/3600) < 0.02 {
		return 20
	}
	return 0.02
}

// weekly is sure to come on Fridays at 12:17.
func weekly(t time.Time) float64 {
	if t.Weekday() == time.Friday && t.Hour() == 12 && t.Minute() == 17 {
		return 60
	}
	return 0
}

var publishers = []publisher{
	{"agency", always(4), 1}, {"hourly", always(1), 1}, {"daily", always(1. / 24), 1}, {"twice a week", always(2. / 168), 1},
	{"office", office(1, "Europe/Berlin"), 1}, {"ministry", office(0.3, "Europe/Berlin"), 1}, {"weekly bulletin", weekly, 8},
	{"rests on Sundays", restsOn(time.Sunday, 0.5), 1}, {"rests on Sundays, seldom", restsOn(time.Sunday, 0.1), 2},
	{"bursts", bursts, 1},
}

// watch polls a publisher for some days, and then for some days after its death, and calls each with every state.
func watch(p publisher, start time.Time, every time.Duration, alive, dead int, each func(st dewline.FeedState, now time.Time)) {
	st := dewline.FeedState{}
	death, end := start.AddDate(0, 0, alive), start.AddDate(0, 0, alive+dead)
	items := 0
	for t := start; t.Before(end); t = t.Add(time.Minute) {
		if t.Before(death) {
			items += p.items(t)
		}
		if t.Sub(start)%every == 0 {
			st.LastOK = t
			st.Rhythm = learn(st.Rhythm, t, items, nil)
			items = 0
			each(st, t)
		}
	}
}

// No source that lives is called silent, whatever it rests on; one that died is, within twice its longest rest.
func TestSilent(t *testing.T) {
	for _, p := range publishers {
		for i := range 2 {
			q := p
			q.name = fmt.Sprint(p.name, i)
			start := first.Add(time.Duration(i) * 31 * time.Hour)
			death := start.AddDate(0, 0, 35)
			var longest, after time.Duration
			var alarm time.Time
			watch(q, start, 30*time.Minute, 35, 45, func(st dewline.FeedState, now time.Time) {
				longest = longestRest(&st.Rhythm)
				since, limit, silent := fellSilent(st, now)
				if silent && now.Before(death) {
					t.Errorf("%s: called silent on %s, since %s, although it lives; limit %s", q.name, now, since, limit)
				}
				if silent && alarm.IsZero() {
					alarm, after = now, now.Sub(since)
				}
				if !silent && !alarm.IsZero() {
					t.Errorf("%s: the dead source is not called silent any more on %s", q.name, now)
				}
			})
			if alarm.IsZero() || after > max(2*longest, leastSilence)+30*time.Minute {
				t.Errorf("%s: silent after %s, its longest rest was %s", q.name, after, longest)
			}
			t.Logf("%-26s longest rest %-8s silent after %s", q.name, longest, after)
		}
	}
}

// What was not watched says nothing: neither a feed that cannot be read, nor one that nobody asked.
func TestSilentIsNotUnread(t *testing.T) {
	var last dewline.FeedState
	watch(publishers[1], first, 30*time.Minute, 35, 0, func(st dewline.FeedState, _ time.Time) { last = st })
	if _, limit, silent := fellSilent(last, last.LastOK.AddDate(0, 0, 30)); silent || limit == 0 {
		t.Errorf("silent %v, limit %s", silent, limit)
	}
	if _, limit, silent := fellSilent(dewline.FeedState{}, first); silent || limit != 0 {
		t.Errorf("never polled: silent %v, limit %s", silent, limit)
	}
}

// A clock that was set back leaves a find in the future. A source that dies then is called silent all the same.
func TestSilentAfterTheClockWasSetBack(t *testing.T) {
	var st dewline.FeedState
	watch(publishers[1], first, 30*time.Minute, 35, 0, func(now dewline.FeedState, _ time.Time) { st = now })
	at := first.AddDate(-1, 0, 0)
	for range 48 * 7 {
		at = at.Add(30 * time.Minute)
		st.LastOK, st.Rhythm = at, learn(st.Rhythm, at, 0, nil)
	}
	if since, limit, silent := fellSilent(st, at); !silent {
		t.Errorf("not silent after a week: since %s, limit %s", since, limit)
	}
}

// The dates of a first body are a first guess, and no time of watching: nothing is called silent by them alone.
func TestSilentIsNotWhatWasNotWatched(t *testing.T) {
	var dates []time.Time
	for i := range 27 {
		dates = append(dates, first.AddDate(0, 0, -i).Add(-time.Hour))
	}
	st := dewline.FeedState{Rhythm: seed(learn(dewline.Rhythm{}, first, 0, nil), dates, first)}
	at := first
	poll := func(items int) {
		at = at.Add(time.Hour)
		st.LastOK, st.Rhythm = at, learn(st.Rhythm, at, items, nil)
	}
	poll(1)
	for range 24 * 12 {
		if poll(0); silent(st, at) {
			t.Fatalf("silent after %s", at.Sub(first))
		}
	}
	for range 24 * 12 {
		poll(0)
	}
	if !silent(st, at) {
		t.Error("not silent after 24 days")
	}
}

func silent(st dewline.FeedState, now time.Time) bool {
	_, _, is := fellSilent(st, now)
	return is
}

// The state of a feed is small, however much it publishes.
func TestRhythmIsSmall(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var r dewline.Rhythm
		at := first
		for range rapid.IntRange(0, 60).Draw(t, "polls") {
			at = at.Add(time.Duration(rapid.Int64Range(-1e5, 1e6).Draw(t, "seconds")) * time.Second)
			r = learn(r, at, rapid.IntRange(0, 1000).Draw(t, "items"), nil)
		}
		raw, err := json.Marshal(r)
		if err != nil || len(raw) >= 1000 {
			t.Fatalf("%d bytes, %v", len(raw), err)
		}
		var back dewline.Rhythm
		if err := json.Unmarshal(raw, &back); err != nil || back != r {
			t.Fatalf("%+v\n%+v %v", r, back, err)
		}
	})
}
