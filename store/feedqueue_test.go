package store

import (
	"fmt"
	"testing"
	"time"

	"dewline"
)

// What the order of the due times costs with a hundred thousand feeds, each once in a quarter of an hour.
func BenchmarkFeedQueue(b *testing.B) {
	const feeds = 100_000
	now := time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	due := make(map[dewline.Key]time.Time, feeds)
	for i := range feeds {
		due[dewline.FeedKey(fmt.Sprint(i))] = now.Add(time.Duration(i) * 9 * time.Millisecond)
	}
	var q feedQueue
	q.set(due)
	for b.Loop() {
		at, _ := q.next()
		for _, key := range q.claim(at, at.Add(time.Hour), 1) {
			q.release(key, at.Add(15*time.Minute))
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)*feeds/(15*60*1e9)*100, "%core/100k")
}
