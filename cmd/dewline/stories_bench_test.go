package main

import (
	"context"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"dewline"
	"dewline/facts"
	"dewline/store"
	"dewline/stories"
)

// What a matched item costs by its story: keys, copies, comparisons, places. The archive holds reports of one kind,
// which share their boilerplate and so their keys; the cost is to be the same however many there are.
func BenchmarkStory(b *testing.B) {
	for _, stored := range []int{1_000, 100_000} {
		b.Run(fmt.Sprint(stored), func(b *testing.B) { benchmarkStory(b, stored) })
	}
}

func benchmarkStory(b *testing.B, stored int) {
	ctx, now := context.Background(), time.Now()
	db, err := store.Open(filepath.Join(b.TempDir(), "dewline.db"), store.Options{})
	if err != nil {
		b.Fatal(err)
	}
	defer db.Close()
	feed := dewline.Feed{Name: "x", URL: "http://x.test/", Schedule: "@hourly"}
	if err := db.Register(ctx, []dewline.Feed{feed}, now); err != nil {
		b.Fatal(err)
	}
	judge := stories.New(facts.Differ)
	commit := func(from, n int, place func(*dewline.Item) dewline.Placed) {
		st, ok, err := db.ClaimFeed(ctx, feed.Key(), now, now.Add(time.Hour))
		if err != nil || !ok {
			b.Fatal(ok, err)
		}
		c := dewline.Commit{State: st, Poll: dewline.Poll{Feed: st.Key, At: now, Entries: n, New: n}}
		c.Joins = dewline.Joins{Since: ^uint64(0), Rules: map[string]dewline.StoryRule{"r": {Stories: dewline.StoriesFirst}}} // nobody else commits
		for i := range n {
			it := ofKind(from + i)
			c.New = append(c.New, it)
			c.Joins.Placed = append(c.Joins.Placed, place(&it))
			c.Matches = append(c.Matches, dewline.Match{Rule: dewline.RuleRef{Name: "r"}, Item: it.Key, Version: 1, Alert: []string{"desk"}})
		}
		if err := db.Commit(ctx, &c); err != nil {
			b.Fatal(err)
		}
	}
	alone := func(it *dewline.Item, keys []uint64) dewline.Placed {
		return dewline.Placed{Item: it.Key, Story: dewline.StoryKey(it.Key), Of: it.Key, Keys: keys}
	}
	for at := 0; at < stored; at += 1000 {
		commit(at, 1000, func(it *dewline.Item) dewline.Placed { return alone(it, judge.Keys(it)) })
	}
	looked := 0
	var looking time.Duration
	next := stored
	for b.Loop() {
		commit(next, 1, func(it *dewline.Item) dewline.Placed {
			began := time.Now()
			keys, compare := judge.Read(it)
			p := alone(it, keys)
			found, err := db.Copies(ctx, it.Key, p.Keys, now.Add(-time.Hour))
			if err != nil {
				b.Fatal(err)
			}
			for i := range found.Items {
				if compare(&found.Items[i].As).Copy() {
					b.Fatalf("%q is a copy of %q", it.Title, found.Items[i].As.Title)
				}
			}
			looked += len(found.Items)
			looking += time.Since(began)
			return p
		})
		next++
	}
	b.ReportMetric(float64(looked)/float64(b.N), "compared/op")
	b.ReportMetric(float64(looking.Microseconds())/float64(b.N), "µs-looking/op")
}

// ofKind is the n-th report of a kind.
func ofKind(n int) dewline.Item {
	return dewline.Item{
		Key: dewline.ItemKey(dewline.Key{}, dewline.Identity{Kind: dewline.IdentityGUID, Value: fmt.Sprint(n)}), Version: 1, Language: "en",
		Feed: dewline.FeedRef{Name: "x"}, Title: fmt.Sprintf("Contract %d for the Ministry of Defence of Examplia announced", n),
		Content: fmt.Sprintf(`Example Works No. %d, of Hafen, is awarded a contract over %d,000 crowns for parts of the anti-missile system.

The work will be performed in Hafen and is expected to be completed within %d days of the award.

The Ministry of Defence of Examplia is the contracting body. The contract was put out to open tender, and offers were received by the day that the notice named.

Funds of the current year in the full amount are obligated at the time of the award, and none of them will expire at the end of the year.`, n, n*7%9000+100, n%700+20),
	}
}
