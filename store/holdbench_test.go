package store_test

import (
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"dewline"
	"dewline/store"
)

// BenchmarkBundle makes a summary of ten thousand held alerts.
func BenchmarkBundle(b *testing.B) {
	const alerts = 10_000
	for b.Loop() {
		b.StopTimer()
		db := opened(b, filepath.Join(b.TempDir(), "dewline.db"))
		hold(b, db, alerts)
		b.StartTimer()
		n, err := db.Bundle(ctx, dewline.Together{Receiver: "desk", Reason: dewline.HoldDigest}, noon)
		if err != nil || n != alerts {
			b.Fatal(n, err)
		}
		b.StopTimer()
		if err := db.Close(); err != nil {
			b.Fatal(err)
		}
		b.StartTimer()
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/alerts, "ns/alert")
}

// hold queues so many alerts and holds them until noon.
func hold(b *testing.B, db *store.DB, n int) {
	b.Helper()
	st, _, err := db.ClaimFeed(ctx, feed.Key(), noon, noon.Add(time.Hour))
	if err != nil {
		b.Fatal(err)
	}
	c := &dewline.Commit{State: st, Known: make(map[dewline.Key]dewline.Known), Poll: dewline.Poll{Feed: st.Key, At: noon, Entries: n, New: n}}
	for i := range n {
		it := dewline.Item{Key: dewline.FeedKey(fmt.Sprint(i)), Title: fmt.Sprint("Statement ", i), Version: 1}
		c.New, c.Known[it.Key] = append(c.New, it), dewline.Known{Text: it.TextHash(), Version: 1}
		c.Matches = append(c.Matches, dewline.Match{
			Rule: dewline.RuleRef{Name: "r", Title: "R"}, Item: it.Key, Version: 1, Alert: []string{"desk"},
			Snippet: "a passage of some two hundred characters around what was found, as it is in most of the alerts that a desk of this kind gets over a day, and a little more than that",
		})
	}
	if err := db.Commit(ctx, c); err != nil {
		b.Fatal(err)
	}
	due, err := db.ClaimDeliveries(ctx, "desk", noon, noon, n)
	if err != nil {
		b.Fatal(err)
	}
	var all []dewline.Holding
	for _, a := range due {
		all = append(all, dewline.Holding{Key: a.Delivery.Key, Hold: dewline.Hold{Reason: dewline.HoldDigest, Since: noon, Until: noon}})
	}
	if err := db.Hold(ctx, all); err != nil {
		b.Fatal(err)
	}
}
