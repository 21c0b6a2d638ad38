package store_test

import (
	"fmt"
	"path/filepath"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"dewline"
	"dewline/store"
)

// What a start costs with ten thousand feeds, of which none changed.
func BenchmarkRegisterUnchanged(b *testing.B) {
	db := open(b, filepath.Join(b.TempDir(), "dewline.db"))
	defer db.Close()
	var feeds []dewline.Feed
	for i := range 10_000 {
		feeds = append(feeds, dewline.Feed{Name: fmt.Sprint(i), URL: fmt.Sprintf("http://%d.test/", i), Schedule: "@hourly"})
	}
	for b.Loop() {
		if err := db.Register(ctx, feeds, noon); err != nil {
			b.Fatal(err)
		}
	}
}

// Polls of 20 new items each, committed one after another and by many pollers at
// once: those that wait for the disk share one sync.
func BenchmarkCommit(b *testing.B) {
	for _, pollers := range []int{1, 16, 64} {
		b.Run(fmt.Sprintf("%d pollers", pollers), func(b *testing.B) {
			db := open(b, filepath.Join(b.TempDir(), "dewline.db"))
			defer db.Close()
			var feeds []dewline.Feed
			for i := range b.N {
				feeds = append(feeds, dewline.Feed{Name: fmt.Sprint(i), URL: fmt.Sprintf("http://%d.test/", i), Schedule: "@hourly"})
			}
			if err := db.Register(ctx, feeds, noon); err != nil {
				b.Fatal(err)
			}
			var next atomic.Int64
			b.SetParallelism(max(1, pollers/2))
			b.ResetTimer()
			if pollers == 1 {
				for i := range feeds {
					first(b, db, feeds[i])
				}
			} else {
				b.RunParallel(func(pb *testing.PB) {
					for pb.Next() {
						first(b, db, feeds[next.Add(1)-1])
					}
				})
			}
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "feeds/s")
		})
	}
}

// first is the first poll of a feed of 20 items.
func first(b *testing.B, db *store.DB, f dewline.Feed) {
	st, ok, err := db.ClaimFeed(ctx, f.Key(), noon, noon.Add(time.Hour))
	if err != nil || !ok {
		b.Error(ok, err)
		return
	}
	c := &dewline.Commit{State: st, Known: make(map[dewline.Key]dewline.Known), Poll: dewline.Poll{Feed: st.Key, At: noon, Entries: 20, New: 20}}
	c.State.Due = noon.Add(time.Hour)
	for i := range 20 {
		it := dewline.Item{
			Key:  dewline.ItemKey(f.Key(), dewline.Identity{Kind: dewline.IdentityGUID, Value: strconv.Itoa(i)}),
			Feed: f.Ref(), Title: fmt.Sprintf("Exercise report No. %d", i), Version: 1,
			Content: strings.Repeat(fmt.Sprintf("The joint exercise No. %d tests the air defence of the northern region. ", i), 20),
		}
		c.Known[it.Key] = dewline.Known{Text: it.TextHash(), Version: 1}
		c.New = append(c.New, it)
	}
	if err := db.Commit(ctx, c); err != nil {
		b.Error(err)
	}
}
