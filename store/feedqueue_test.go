package store

import (
	"fmt"
	"testing"
	"time"

	"dewline"
)

// Times in the queue are those of the clock on the wall, wherever they come from: else setting it back would make all due at
// once.
func TestTheQueueKeepsTimesOfTheWall(t *testing.T) {
	var q feedQueue
	key, now := dewline.FeedKey("x"), time.Now()
	at := func(what string) {
		t.Helper()
		if next, _ := q.next(); next != next.Round(0) {
			t.Errorf("%s: %s", what, next)
		}
	}
	q.set(map[dewline.Key]time.Time{key: now})
	at("registered")
	q.claim(now, now.Add(time.Hour), 1)
	at("leased")
	q.release(key, now.Add(time.Minute))
	at("released")
	q.hasten(key, now)
	at("hastened")
}

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
