package store_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"sync"
	"testing"
)

// A copy that is made while commits go on is a store of one moment: it has
// what was acknowledged before the copy began, and contradicts itself nowhere.
func TestBackupIsAStore(t *testing.T) {
	dir := t.TempDir()
	db := opened(t, filepath.Join(dir, "dewline.db"))
	defer db.Close()
	var group sync.WaitGroup
	before := make(chan struct{})
	group.Go(func() {
		for n := range 60 {
			if n == 20 {
				close(before)
			}
			if err := db.Commit(ctx, fat(t, db, n)); err != nil {
				t.Error(err)
			}
		}
	})
	<-before
	for range 5 {
		var copied bytes.Buffer
		if n, err := db.Backup(ctx, &copied); err != nil || n != int64(copied.Len()) {
			t.Fatal(n, err)
		}
		path := filepath.Join(dir, "copy.db")
		if err := os.WriteFile(path, copied.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
		second := open(t, path)
		if c, err := second.Counts(ctx); err != nil || c.Items < 20 {
			t.Errorf("the copy has %d items, 20 were acknowledged before it (%v)", c.Items, err)
		}
		if err := errors.Join(second.Check(ctx), second.Close()); err != nil {
			t.Error(err)
		}
	}
	group.Wait()
}

// A copy that nobody wants any more ends, and one that cannot be written says
// why.
func TestBackupThatFails(t *testing.T) {
	db := opened(t, filepath.Join(t.TempDir(), "dewline.db"))
	defer db.Close()
	canceled, cancel := context.WithCancel(ctx)
	cancel()
	if _, err := db.Backup(canceled, new(bytes.Buffer)); err == nil {
		t.Error("a canceled copy was finished")
	}
	full := errors.New("no space left")
	if _, err := db.Backup(ctx, refusing{full}); err == nil {
		t.Error("a copy that could not be written was reported as made")
	}
	if err := db.Commit(ctx, fat(t, db, 1)); err != nil {
		t.Errorf("after failed copies: %v", err)
	}
}

type refusing struct{ err error }

func (r refusing) Write([]byte) (int, error) { return 0, r.err }
