package store_test

import (
	"context"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"dewline"
	"dewline/store"
	"dewline/store/storetest"
)

func TestContract(t *testing.T) {
	storetest.Run(t, storetest.Engine{
		Stale: store.ErrStale,
		Open: func(t *testing.T, dir string) storetest.Store {
			t.Helper()
			return open(t, filepath.Join(dir, "dewline.db"))
		},
	})
}

func open(t testing.TB, path string) *store.DB {
	t.Helper()
	db, err := store.Open(path, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return db
}

var (
	ctx  = context.Background()
	noon = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	feed = dewline.Feed{Name: "x", URL: "http://x.test/", Schedule: "@hourly"}
)

// opened is a store with the one feed registered.
func opened(t testing.TB, path string) *store.DB {
	t.Helper()
	db := open(t, path)
	register(t, db)
	return db
}

func register(t testing.TB, db *store.DB) {
	t.Helper()
	if err := db.Register(ctx, []dewline.Feed{feed}, noon); err != nil {
		t.Fatal(err)
	}
}

// fat is a commit with an item that does not compress.
func fat(t testing.TB, db *store.DB, n int) *dewline.Commit {
	t.Helper()
	db.ReleaseFeed(feed.Key())
	st, ok, err := db.ClaimFeed(ctx, feed.Key(), noon, noon.Add(time.Hour))
	if err != nil || !ok {
		t.Fatal(ok, err)
	}
	var text []byte
	for i := range 500 {
		text = append(text, dewline.FeedKey(strconv.Itoa(n*1000+i)).String()...)
	}
	it := dewline.Item{
		Key:     dewline.ItemKey(feed.Key(), dewline.Identity{Kind: dewline.IdentityGUID, Value: strconv.Itoa(n)}),
		Content: string(text), Version: 1,
	}
	return &dewline.Commit{
		State: st, New: []dewline.Item{it}, Known: map[dewline.Key]dewline.Known{it.Key: {Text: it.TextHash(), Version: 1}},
		Poll: dewline.Poll{Feed: st.Key, At: noon.Add(time.Duration(n) * time.Second), Entries: 1, New: 1},
	}
}
