package monitor

import (
	"context"
	"fmt"
	"log/slog"
	"slices"
	"testing"

	"dewline"

	"pgregory.net/rapid"
)

// servedPage is a source that serves the entries it is given.
type servedPage struct{ entries []dewline.Entry }

func (p *servedPage) Fetch(context.Context, dewline.Feed, dewline.FeedState) dewline.Response {
	return dewline.Response{HTTPStatus: 200, Parsed: dewline.Parsed{Status: dewline.StatusOK, Entries: p.entries}}
}

// statement is an entry of one feed: guid makes its key, and says is all that a reader sees.
func statement(guid, says string, looked *int) dewline.Entry {
	key := dewline.ItemKey(dewline.FeedKey("0"), dewline.Identity{Kind: dewline.IdentityGUID, Value: guid})
	return dewline.Entry{
		Key: key, Fingerprint: uint64(key[0])<<8 | uint64(key[1]),
		Likeness: func() dewline.Likeness {
			if looked != nil {
				*looked++
			}
			return dewline.Likeness{Page: dewline.PageKey("x.test", "/"+says)}
		},
		Make: func() dewline.Item { return dewline.Item{Key: key, GUID: guid, Title: says} },
	}
}

// reader is a monitor of one feed over a store in memory.
type reader struct {
	page    servedPage
	store   *memory
	monitor *Monitor
}

func newReader() *reader {
	feeds := feedsOf(1, "@hourly")
	r := &reader{store: newMemory(feeds)}
	var err error
	r.monitor, err = New(Options{Store: r.store, Fetcher: &r.page, Judge: judgeEach{}, Feeds: feeds, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		panic(err)
	}
	return r
}

func (r *reader) poll(entries ...dewline.Entry) (dewline.Poll, error) {
	r.page.entries = entries
	out, err := r.monitor.Poll(context.Background(), r.monitor.Feeds[0].Key())
	return out.Poll, err
}

// The sums of one poll after another.
func TestEntriesAreKnownByTheirLikeness(t *testing.T) {
	type poll struct {
		what           string
		entries        []dewline.Entry
		new, seen, chg int
	}
	s := func(guid, says string) dewline.Entry { return statement(guid, says, nil) }
	for name, polls := range map[string][]poll{
		"GUIDs that churn": {
			{"first", []dewline.Entry{s("1", "a"), s("2", "b")}, 2, 0, 0},
			{"others", []dewline.Entry{s("3", "a"), s("4", "b")}, 0, 2, 0},
			{"others, and news", []dewline.Entry{s("5", "c"), s("6", "a"), s("7", "b")}, 1, 2, 0},
			{"others", []dewline.Entry{s("8", "c"), s("9", "a"), s("10", "b")}, 0, 3, 0},
			{"the first again", []dewline.Entry{s("1", "a"), s("2", "b"), s("5", "c")}, 0, 3, 0},
		},
		"an edit": {
			{"first", []dewline.Entry{s("1", "a")}, 1, 0, 0},
			{"edited", []dewline.Entry{{Key: s("1", "").Key, Fingerprint: 1, Likeness: s("1", "b").Likeness, Make: s("1", "b").Make}}, 0, 0, 1},
			{"moved", []dewline.Entry{s("2", "b")}, 0, 1, 0},
			{"moved, and its old text", []dewline.Entry{s("2", "b"), s("3", "a")}, 1, 1, 0},
		},
		"twins": {
			{"two at once", []dewline.Entry{s("1", "a"), s("2", "a")}, 2, 0, 0},
			{"other GUIDs", []dewline.Entry{s("3", "a"), s("4", "a")}, 0, 2, 0},
			{"one more", []dewline.Entry{s("5", "a"), s("6", "a"), s("7", "a")}, 1, 2, 0},
			{"less", []dewline.Entry{s("8", "a"), s("9", "a")}, 0, 2, 0},
			{"one beside the first", []dewline.Entry{s("1", "a"), s("10", "a")}, 0, 2, 0},
			{"many", []dewline.Entry{s("1", "a"), s("2", "a"), s("11", "a"), s("12", "a"), s("13", "a")}, 2, 3, 0},
		},
		"one beside a known one": {
			{"first", []dewline.Entry{s("1", "a")}, 1, 0, 0},
			{"and its twin", []dewline.Entry{s("1", "a"), s("2", "a")}, 1, 1, 0},
			{"other GUIDs", []dewline.Entry{s("3", "a"), s("4", "a")}, 0, 2, 0},
		},
	} {
		r := newReader()
		for _, p := range polls {
			got, err := r.poll(p.entries...)
			if err != nil || got.New != p.new || got.Seen != p.seen || got.Changed != p.chg {
				t.Errorf("%s, %s: %d new, %d seen, %d changed (%v); want %d, %d, %d", name, p.what, got.New, got.Seen, got.Changed, err, p.new, p.seen, p.chg)
			}
		}
	}
}

// Nothing of an entry that is known by its likeness is written, and no likeness is asked for of what is as it was.
func TestLikenessesCostOnlyWhereTheyHelp(t *testing.T) {
	r, looked := newReader(), 0
	for range 2 {
		if _, err := r.poll(statement("1", "a", &looked), statement("2", "b", &looked)); err != nil {
			t.Fatal(err)
		}
	}
	if looked != 2 || r.store.asked != 2 {
		t.Errorf("%d likenesses computed and %d looked up in a first poll of 2 entries and one without news", looked, r.store.asked)
	}
	for i := range 20 {
		if _, err := r.poll(statement(fmt.Sprint("churn", i), "a", nil)); err != nil {
			t.Fatal(err)
		}
		c := r.store.commits[len(r.store.commits)-1]
		if len(c.Known)+len(c.Names)+len(c.New)+len(c.Changed) > 0 {
			t.Fatalf("to be written of a churned GUID: %+v", c)
		}
	}
}

// Very many twins are looked up a number of times that is in proportion to their number.
func TestManyTwins(t *testing.T) {
	const n = 20_000
	r := newReader()
	entries := func(from int) (list []dewline.Entry) {
		for i := range n {
			list = append(list, statement(fmt.Sprint(from+i), "a", nil))
		}
		return list
	}
	first, err := r.poll(entries(0)...)
	then, err2 := r.poll(entries(n)...)
	half, err3 := r.poll(append(entries(0)[:n/2], entries(2 * n)[:n/2]...)...)
	if err != nil || err2 != nil || err3 != nil || first.New != n || then.Seen != n || half.Seen != n {
		t.Errorf("%d new, then %d seen, then %d seen of %d (%v, %v, %v)", first.New, then.Seen, half.Seen, n, err, err2, err3)
	}
	if r.store.asked > 6*n {
		t.Errorf("%d look-ups for three times %d entries", r.store.asked, n)
	}
}

// A fault of ours in a likeness is the entry's own: it is told, and the entry is taken in without.
func TestAPanicInALikeness(t *testing.T) {
	bad := statement("1", "a", nil)
	bad.Likeness = func() dewline.Likeness { panic("boom") }
	r := newReader()
	got, err := r.poll(bad, statement("2", "b", nil))
	if err != nil || got.New != 2 || got.Status != dewline.StatusInternal {
		t.Errorf("%+v, %v", got, err)
	}
}

// Whatever becomes of GUIDs, statements that differ are all stored, each once: GUIDs stay, churn, vanish
// (the link is the key then) and come back, and the window moves. Nothing is told twice.
func TestNoStatementIsLostOrToldTwice(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r, fresh, shown := newReader(), 0, make(map[int]bool)
		for range rapid.IntRange(2, 12).Draw(t, "polls") {
			var entries []dewline.Entry
			from := rapid.IntRange(0, 5).Draw(t, "from")
			for i := from; i < from+rapid.IntRange(1, 6).Draw(t, "window"); i++ {
				guid := fmt.Sprint("guid", i)
				switch rapid.SampledFrom([]string{"stays", "churns", "vanishes"}).Draw(t, "guid") {
				case "churns":
					fresh++
					guid = fmt.Sprint("fresh", fresh)
				case "vanishes":
					guid = fmt.Sprint("link", i)
				}
				shown[i] = true
				entries = append(entries, statement(guid, fmt.Sprint(i), nil))
			}
			if _, err := r.poll(entries...); err != nil {
				t.Fatal(err)
			}
		}
		var stored []string
		for _, c := range r.store.commits {
			for _, it := range c.New {
				stored = append(stored, it.Title)
			}
			if len(c.Changed) > 0 {
				t.Fatalf("one statement is taken for a version of another: %+v", c.Changed)
			}
		}
		if slices.Sort(stored); len(stored) != len(shown) || len(slices.Compact(stored)) != len(shown) {
			t.Fatalf("of %d statements are stored: %v", len(shown), stored)
		}
	})
}
