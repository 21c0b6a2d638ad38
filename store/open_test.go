package store_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"dewline"
	"dewline/store"

	bolt "go.etcd.io/bbolt"
)

func TestFilesThatAreNotOurs(t *testing.T) {
	dir := t.TempDir()
	text := filepath.Join(dir, "text")
	if err := os.WriteFile(text, bytes.Repeat([]byte("not a database\n"), 1000), 0o600); err != nil {
		t.Fatal(err)
	}
	foreign := filepath.Join(dir, "foreign.db")
	makeBolt(t, foreign, nil, "somebody", "else", "here")
	// bbolt itself writes to such a file as soon as it opens it.
	etcd := filepath.Join(dir, "etcd.db")
	makeBolt(t, etcd, &bolt.Options{NoFreelistSync: true}, "key", "else", "here")
	newer := filepath.Join(dir, "newer.db")
	makeBolt(t, newer, nil, "meta", "format", "dewline store", "schema", "\x00\x00\x00\x63")
	for path, want := range map[string]error{
		text: store.ErrForeign, foreign: store.ErrForeign, etcd: store.ErrForeign, newer: store.ErrNewer, dir: store.ErrForeign,
	} {
		before, _ := os.ReadFile(path)
		if _, err := store.Open(path, store.Options{}); !errors.Is(err, want) {
			t.Errorf("%s: %v, want %v", path, err, want)
		}
		if after, _ := os.ReadFile(path); !bytes.Equal(before, after) {
			t.Errorf("%s was changed", path)
		}
	}
}

func makeBolt(t *testing.T, path string, opts *bolt.Options, bucket string, pairs ...string) {
	t.Helper()
	db, err := bolt.Open(path, 0o600, opts)
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

// A file of which the end is missing, as a full disk or a broken copy leaves
// it, is refused; it does not end the process.
func TestAFileThatWasCut(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "dewline.db")
	db := opened(t, path)
	for n := range 20 {
		if err := db.Commit(ctx, fat(t, db, n)); err != nil {
			t.Fatal(err)
		}
	}
	var whole bytes.Buffer // without the spare room at the end
	if _, err := db.Backup(ctx, &whole); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	for n := 1; n < whole.Len(); n += 1999 {
		cut := filepath.Join(dir, "cut.db")
		if err := os.WriteFile(cut, whole.Bytes()[:n], 0o600); err != nil {
			t.Fatal(err)
		}
		db, err := store.Open(cut, store.Options{})
		if err == nil {
			t.Errorf("cut to %d of %d bytes, the store opens", n, whole.Len())
			db.Close()
		} else if !errors.Is(err, store.ErrDamaged) && !errors.Is(err, store.ErrForeign) {
			t.Errorf("cut to %d bytes: %v", n, err)
		}
	}
}

// Pages that hold something else set off a panic, or a fault, within bbolt.
func TestAFileThatWasWrittenOver(t *testing.T) {
	path := filepath.Join(t.TempDir(), "dewline.db")
	db := opened(t, path)
	if err := errors.Join(db.Commit(ctx, fat(t, db, 1)), db.Close()); err != nil {
		t.Fatal(err)
	}
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	page := os.Getpagesize()
	// A leaf page whose first key lies beyond the end of memory.
	astray := make([]byte, page)
	copy(astray[8:], []byte{2, 0, 1, 0})
	copy(astray[20:], []byte{0, 0, 0, 0x70, 4, 0, 0, 0})
	for _, with := range [][]byte{bytes.Repeat([]byte{0xa5}, page), make([]byte, page), astray} {
		for i := 2; i < len(whole)/page; i++ { // all but the two meta pages
			copy(whole[i*page:], with)
			binary.NativeEndian.PutUint64(whole[i*page:], uint64(i))
		}
		if err := os.WriteFile(path, whole, 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := store.Open(path, store.Options{}); !errors.Is(err, store.ErrDamaged) && !errors.Is(err, store.ErrForeign) {
			t.Errorf("written over with %x…: %v, want ErrDamaged", with[8:32], err)
		}
	}
}

// An empty file is what is left of a store, or a mistake: it is no new store, which would read every
// feed for the first time, and tell nobody what came since.
func TestAnEmptyFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "dewline.db")
	if err := os.WriteFile(path, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := store.Open(path, store.Options{}); !errors.Is(err, store.ErrDamaged) || !strings.Contains(err.Error(), "remove it to begin anew") {
		t.Errorf("%v, want ErrDamaged", err)
	}
	if info, err := os.Stat(path); err != nil || info.Size() != 0 {
		t.Errorf("it was changed: %v, %v", info, err)
	}
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	db := opened(t, path)
	if err := errors.Join(db.Commit(ctx, fat(t, db, 1)), db.Check(ctx), db.Close()); err != nil {
		t.Fatal(err)
	}
}

func TestNoFolder(t *testing.T) {
	path := filepath.Join(t.TempDir(), "missing", "dewline.db")
	_, err := store.Open(path, store.Options{})
	if err == nil || !strings.Contains(err.Error(), "no folder "+filepath.Dir(path)) || !strings.Contains(err.Error(), "create it") {
		t.Errorf("%v", err)
	}
}

// Of many who make the same store at once, one gets it, the others are told
// that it is in use, and nobody finds half a file.
func TestManyMakeOneStore(t *testing.T) {
	path := filepath.Join(t.TempDir(), "dewline.db")
	var group sync.WaitGroup
	stores := make(chan *store.DB, 8)
	for range cap(stores) {
		group.Go(func() {
			db, err := store.Open(path, store.Options{Timeout: 300 * time.Millisecond})
			if err == nil {
				stores <- db
			} else if !errors.Is(err, store.ErrInUse) {
				t.Errorf("%v", err)
			}
		})
	}
	group.Wait()
	if len(stores) != 1 {
		t.Fatalf("%d have the store", len(stores))
	}
	db := <-stores
	if err := errors.Join(db.Check(ctx), db.Close()); err != nil {
		t.Error(err)
	}
	if left, _ := os.ReadDir(filepath.Dir(path)); len(left) != 1 {
		t.Errorf("left behind: %v", left)
	}
}

// A poll that is committed while feeds are registered is not undone by it.
func TestRegisterBesideCommits(t *testing.T) {
	db := opened(t, filepath.Join(t.TempDir(), "dewline.db"))
	defer db.Close()
	var group sync.WaitGroup
	group.Go(func() {
		for i := range 50 {
			other := feed
			other.Schedule = []string{"@hourly", "@daily"}[i%2]
			if err := db.Register(ctx, []dewline.Feed{other}, noon); err != nil {
				t.Error(err)
			}
		}
	})
	for n := range 50 {
		if err := db.Commit(ctx, fat(t, db, n)); err != nil {
			t.Error(err)
		}
	}
	group.Wait()
	states, err := db.Feeds(ctx)
	if err != nil || states[0].Revision != 50 {
		t.Errorf("revision %d after 50 commits (%v)", states[0].Revision, err)
	}
}
