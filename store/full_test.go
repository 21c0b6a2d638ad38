package store_test

import (
	"errors"
	"path/filepath"
	"testing"
	"time"

	"dewline/store"
)

// fill commits from item n on until a commit is refused, which must be for want
// of space, and returns the number of the item that was refused.
func fill(t *testing.T, db *store.DB, n int) int {
	t.Helper()
	for last := n + 5000; n < last; n++ {
		err := db.Commit(ctx, fat(t, db, n))
		if err == nil {
			continue
		}
		if !errors.Is(err, store.ErrFull) {
			t.Fatalf("after %d commits: %v, want ErrFull", n, err)
		}
		return n
	}
	t.Fatalf("%d commits, and the disk is not full", n)
	return 0
}

// holds checks that reading finds what was acknowledged, and nothing else.
func holds(t *testing.T, db *store.DB, acknowledged int) {
	t.Helper()
	n := 0
	for it, err := range db.Items(ctx, time.Time{}, "") {
		if err != nil {
			t.Fatal(err)
		}
		if len(it.Content) != 500*32 {
			t.Errorf("item %s has %d bytes", it.Key, len(it.Content))
		}
		n++
	}
	if n != acknowledged {
		t.Errorf("%d items can be read, %d were acknowledged", n, acknowledged)
	}
	if err := db.Check(ctx); err != nil {
		t.Error(err)
	}
}

// A full store refuses commits whole, again and again, and leaves reading alone.
// Once there is space, work goes on.
func refusesAndResumes(t *testing.T, path string, db *store.DB, giveSpace func()) {
	t.Helper()
	n := fill(t, db, 0)
	if n == 0 {
		t.Fatal("not one commit was taken")
	}
	for range 3 {
		if again := fill(t, db, n); again != n {
			n = again // a smaller commit may have found a free page
		}
		holds(t, db, n)
	}
	giveSpace()
	for range 20 {
		if err := db.Commit(ctx, fat(t, db, n)); err != nil {
			t.Fatalf("with space again: %v", err)
		}
		n++
	}
	holds(t, db, n)
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	db = open(t, path)
	defer db.Close()
	holds(t, db, n)
}

func TestMaxSize(t *testing.T) {
	path := filepath.Join(t.TempDir(), "dewline.db")
	db, err := store.Open(path, store.Options{MaxSize: 1 << 20})
	if err != nil {
		t.Fatal(err)
	}
	register(t, db)
	n := fill(t, db, 0)
	holds(t, db, n)
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	db = opened(t, path)
	defer db.Close()
	if err := db.Commit(ctx, fat(t, db, n)); err != nil {
		t.Errorf("with space again: %v", err)
	}
	holds(t, db, n+1)
}
