package store

import (
	"encoding/binary"
	"errors"
	"path/filepath"
	"testing"

	bolt "go.etcd.io/bbolt"
)

// The chain of migrations is taken step by step; a step that fails leaves the
// version before it.
func TestMigrationsAreAChain(t *testing.T) {
	db, err := Open(filepath.Join(t.TempDir(), "dewline.db"), Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	var ran []int
	fault := errors.New("no")
	steps := map[uint32]migration{
		1: func(*bolt.Tx) error { ran = append(ran, 1); return nil },
		2: func(*bolt.Tx) error { ran = append(ran, 2); return nil },
		3: func(*bolt.Tx) error { return fault },
	}
	if err := db.migrate(1, steps); !errors.Is(err, fault) {
		t.Errorf("%v, want the fault of step 3", err)
	}
	if len(ran) != 2 || ran[0] != 1 || ran[1] != 2 {
		t.Errorf("steps taken: %v", ran)
	}
	if v := storedSchema(t, db); v != 3 {
		t.Errorf("schema %d after two steps, want 3", v)
	}
}

func storedSchema(t *testing.T, db *DB) (v uint32) {
	t.Helper()
	err := db.bolt.View(func(tx *bolt.Tx) error {
		v = binary.BigEndian.Uint32(tx.Bucket(metaBucket).Get(schemaKey))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// older is the store as it was at a schema that knew nothing of some buckets, opened again.
func older(t *testing.T, db *DB, schema byte, unknown ...[]byte) *DB {
	t.Helper()
	err := db.bolt.Update(func(tx *bolt.Tx) error {
		for _, name := range unknown {
			if err := tx.DeleteBucket(name); err != nil {
				return err
			}
		}
		return tx.Bucket(metaBucket).Put(schemaKey, []byte{0, 0, 0, schema})
	})
	if err != nil {
		t.Fatal(err)
	}
	path := db.bolt.Path()
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	if db, err = Open(path, Options{}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}
