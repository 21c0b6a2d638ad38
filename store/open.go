package store

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"

	"dewline"

	bolt "go.etcd.io/bbolt"
	berrors "go.etcd.io/bbolt/errors"
)

// Options of a store. The zero value is good.
type Options struct {
	Timeout time.Duration // how long to wait for a file in use; default 1 s
	MaxSize int64         // bytes the file may grow to; 0: as the disk allows
}

// DB is a store. All methods may be called at the same time; readers do not
// wait for writers.
type DB struct {
	bolt  *bolt.DB
	codec *codec

	revision atomic.Uint64 // moves when a match or a matched item did

	feeds feedQueue // has its own lock

	leaseMu sync.Mutex
	leases  map[dewline.Key]time.Time // of deliveries; guarded by leaseMu

	writes writer // has its own lock
}

// format marks the file as ours; schema is the version of its layout.
const (
	format = "dewline store"
	schema = 1
)

// Open opens the store, or makes it where there is none. The errors are
// ErrInUse, ErrForeign, ErrNewer, and what the file system says.
func Open(path string, opts Options) (*DB, error) {
	if err := create(path); err != nil {
		return nil, fmt.Errorf("store %s: %w", path, named(err))
	}
	if opts.Timeout <= 0 {
		opts.Timeout = time.Second
	}
	b, err := bolt.Open(path, 0o600, &bolt.Options{
		Timeout: opts.Timeout, MaxSize: int(opts.MaxSize), FreelistType: bolt.FreelistMapType,
	})
	if err != nil {
		return nil, fmt.Errorf("store %s: %w", path, openError(err))
	}
	db := &DB{bolt: b, leases: make(map[dewline.Key]time.Time)}
	if err := db.prepare(); err != nil {
		return nil, errors.Join(fmt.Errorf("store %s: %w", path, err), b.Close())
	}
	return db, nil
}

func openError(err error) error {
	switch {
	case errors.Is(err, berrors.ErrTimeout):
		return ErrInUse
	case errors.Is(err, berrors.ErrInvalid), errors.Is(err, berrors.ErrVersionMismatch), errors.Is(err, berrors.ErrChecksum):
		return fmt.Errorf("%w, or it is damaged: name another file in `store:`, or put a backup in its place (%w)", ErrForeign, err)
	}
	return named(err)
}

// create makes an empty store under another name and moves it into place, so
// that a crash never leaves half a file where the store is looked for.
func create(path string) error {
	info, err := os.Stat(path)
	switch {
	case err == nil && info.IsDir():
		return fmt.Errorf("%w: it is a folder", ErrForeign)
	case err == nil && info.Size() > 0:
		return nil
	case err != nil && !errors.Is(err, fs.ErrNotExist):
		return err
	}
	tmp, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".new*")
	if err != nil {
		return err
	}
	defer os.Remove(tmp.Name())
	if err := tmp.Close(); err != nil {
		return err
	}
	b, err := bolt.Open(tmp.Name(), 0o600, &bolt.Options{Timeout: time.Second})
	if err != nil {
		return err
	}
	if err := errors.Join(b.Update(layOut), b.Sync(), b.Close()); err != nil {
		return err
	}
	return install(tmp.Name(), path)
}

// install puts a finished file in place, unless another process did so first.
func install(tmp, path string) error {
	if info, err := os.Stat(path); err == nil && info.Size() == 0 {
		if err := os.Rename(tmp, path); err != nil {
			return err
		}
	} else if err := os.Link(tmp, path); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	dir, err := os.Open(filepath.Dir(path))
	if err != nil {
		return err
	}
	defer dir.Close()
	return dir.Sync()
}

// prepare checks whose file it is, brings its layout up to date, and loads what
// is kept in memory.
func (db *DB) prepare() error {
	version, err := db.identify()
	if err != nil {
		return err
	}
	if err := db.migrate(version, migrations); err != nil {
		return named(err)
	}
	if db.codec, err = newCodec(); err != nil {
		return err
	}
	return nil
}

func (db *DB) identify() (version uint32, err error) {
	err = db.bolt.View(func(tx *bolt.Tx) error {
		meta := tx.Bucket(metaBucket)
		if meta == nil || string(meta.Get(formatKey)) != format || len(meta.Get(schemaKey)) != 4 {
			return fmt.Errorf("%w: it belongs to another program; name another file in `store:`", ErrForeign)
		}
		version = binary.BigEndian.Uint32(meta.Get(schemaKey))
		if version > schema {
			return fmt.Errorf("%w (schema %d, this one knows %d): install the newer version, or go back to a backup", ErrNewer, version, schema)
		}
		return nil
	})
	return version, err
}

// migration carries the layout from one schema version to the next.
type migration func(*bolt.Tx) error

// migrations[v] leads from schema v to v+1. There is none yet: version 1 is the
// first.
var migrations = map[uint32]migration{}

func (db *DB) migrate(from uint32, steps map[uint32]migration) error {
	for v := from; steps[v] != nil; v++ {
		err := db.bolt.Update(func(tx *bolt.Tx) error {
			if err := steps[v](tx); err != nil {
				return fmt.Errorf("migration from schema %d: %w", v, err)
			}
			return tx.Bucket(metaBucket).Put(schemaKey, binary.BigEndian.AppendUint32(nil, v+1))
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// Close waits for writes under way and closes the file.
func (db *DB) Close() error {
	db.writes.wait()
	db.codec.close()
	return db.bolt.Close()
}
