package store_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"dewline"
	"dewline/store"
	"dewline/store/storetest"

	bolt "go.etcd.io/bbolt"
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

func TestFilesThatAreNotOurs(t *testing.T) {
	dir := t.TempDir()
	text := filepath.Join(dir, "text")
	if err := os.WriteFile(text, bytes.Repeat([]byte("not a database\n"), 1000), 0o600); err != nil {
		t.Fatal(err)
	}
	foreign := filepath.Join(dir, "foreign.db")
	makeBolt(t, foreign, "somebody", "else", "here")
	newer := filepath.Join(dir, "newer.db")
	makeBolt(t, newer, "meta", "format", "dewline store", "schema", "\x00\x00\x00\x63")
	for path, want := range map[string]error{text: store.ErrForeign, foreign: store.ErrForeign, newer: store.ErrNewer, dir: store.ErrForeign} {
		before, _ := os.ReadFile(path)
		if _, err := store.Open(path, store.Options{}); !errors.Is(err, want) {
			t.Errorf("%s: %v, want %v", path, err, want)
		}
		if after, _ := os.ReadFile(path); !bytes.Equal(before, after) {
			t.Errorf("%s was changed", path)
		}
	}
}

func makeBolt(t *testing.T, path, bucket string, pairs ...string) {
	t.Helper()
	db, err := bolt.Open(path, 0o600, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	err = db.Update(func(tx *bolt.Tx) error {
		b, err := tx.CreateBucket([]byte(bucket))
		for i := 0; err == nil && i+1 < len(pairs); i += 2 {
			err = b.Put([]byte(pairs[i]), []byte(pairs[i+1]))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestAFileInUse(t *testing.T) {
	path := filepath.Join(t.TempDir(), "dewline.db")
	db := open(t, path)
	defer db.Close()
	if _, err := store.Open(path, store.Options{Timeout: 10 * time.Millisecond}); !errors.Is(err, store.ErrInUse) {
		t.Errorf("%v, want ErrInUse", err)
	}
}

// A full disk refuses commits whole, leaves reading alone, and is over when
// there is space.
func TestNoSpace(t *testing.T) {
	path := filepath.Join(t.TempDir(), "dewline.db")
	db, err := store.Open(path, store.Options{MaxSize: 1 << 20})
	if err != nil {
		t.Fatal(err)
	}
	ctx, now := context.Background(), time.Now()
	feed := dewline.Feed{Name: "x", URL: "http://x.test/", Schedule: "@hourly"}
	if err := db.Register(ctx, []dewline.Feed{feed}, now); err != nil {
		t.Fatal(err)
	}
	acknowledged := 0
	for range 2000 {
		if err = db.Commit(ctx, fat(t, db, feed, acknowledged, now)); err != nil {
			break
		}
		acknowledged++
	}
	if !errors.Is(err, store.ErrFull) || acknowledged == 0 {
		t.Fatalf("after %d commits: %v, want ErrFull", acknowledged, err)
	}
	n := 0
	for _, err := range db.Items(ctx, time.Time{}, "") {
		if err != nil {
			t.Fatal(err)
		}
		n++
	}
	if n != acknowledged {
		t.Errorf("%d items can be read, %d were acknowledged", n, acknowledged)
	}
	if err := errors.Join(db.Check(ctx), db.Close()); err != nil {
		t.Fatal(err)
	}
	db = open(t, path)
	defer db.Close()
	if err := db.Register(ctx, []dewline.Feed{feed}, now); err != nil {
		t.Fatal(err)
	}
	if err := db.Commit(ctx, fat(t, db, feed, acknowledged, now)); err != nil {
		t.Errorf("with space again: %v", err)
	}
}

// fat is a commit with an item that does not compress.
func fat(t testing.TB, db *store.DB, feed dewline.Feed, n int, now time.Time) *dewline.Commit {
	t.Helper()
	db.ReleaseFeed(feed.Key())
	st, ok, err := db.ClaimFeed(context.Background(), feed.Key(), now, now.Add(time.Hour))
	if err != nil || !ok {
		t.Fatal(ok, err)
	}
	var text []byte
	for i := range 500 {
		text = append(text, dewline.FeedKey(string(rune(n*1000+i))).String()...)
	}
	it := dewline.Item{
		Key:     dewline.ItemKey(feed.Key(), dewline.Identity{Kind: dewline.IdentityGUID, Value: string(rune(n))}),
		Content: string(text), Version: 1,
	}
	return &dewline.Commit{
		State: st, New: []dewline.Item{it}, Known: map[dewline.Key]dewline.Known{it.Key: {Text: it.TextHash(), Version: 1}},
		Poll: dewline.Poll{Feed: st.Key, At: now, Entries: 1, New: 1},
	}
}

func TestBackupIsAStore(t *testing.T) {
	dir := t.TempDir()
	db := open(t, filepath.Join(dir, "dewline.db"))
	defer db.Close()
	ctx, now := context.Background(), time.Now()
	feed := dewline.Feed{Name: "x", URL: "http://x.test/", Schedule: "@hourly"}
	if err := db.Register(ctx, []dewline.Feed{feed}, now); err != nil {
		t.Fatal(err)
	}
	if err := db.Commit(ctx, fat(t, db, feed, 1, now)); err != nil {
		t.Fatal(err)
	}
	var copied bytes.Buffer
	if n, err := db.Backup(ctx, &copied); err != nil || n != int64(copied.Len()) {
		t.Fatal(n, err)
	}
	path := filepath.Join(dir, "copy.db")
	if err := os.WriteFile(path, copied.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	second := open(t, path)
	defer second.Close()
	if c, err := second.Counts(ctx); err != nil || c.Items != 1 {
		t.Errorf("the copy has %d items (%v)", c.Items, err)
	}
	if err := second.Check(ctx); err != nil {
		t.Error(err)
	}
}
