package store

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
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
	silences atomic.Uint64 // moves when a silence was made or ended

	feeds feedQueue // has its own lock

	leaseMu sync.Mutex
	leases  map[dewline.Key]time.Time // of deliveries; guarded by leaseMu
	// textLeases are of feeds of which a text is being fetched; guarded by leaseMu.
	textLeases map[dewline.Key]time.Time
	// watchLeases are of feeds of which a page is being looked at; guarded by leaseMu.
	watchLeases map[dewline.Key]time.Time

	writes     writer     // has its own lock
	publishers publishers // belongs to the goroutine that writes
}

// format marks the file as ours; schema is the version of its layout.
const (
	format = "dewline store"
	schema = 10
)

// Open opens the store, or makes it where there is none. The errors are
// ErrInUse, ErrForeign, ErrNewer, ErrDamaged, and what the file system says.
func Open(path string, opts Options) (*DB, error) {
	if opts.Timeout <= 0 {
		opts.Timeout = time.Second
	}
	db, err := open(path, opts)
	if err != nil {
		return nil, fmt.Errorf("store %s: %w", path, err)
	}
	return db, nil
}

func open(path string, opts Options) (*DB, error) {
	if err := create(path); err != nil {
		return nil, named(err)
	}
	if err := inspect(path, opts.Timeout); err != nil {
		return nil, err
	}
	b, err := openBolt(path, &bolt.Options{
		Timeout: opts.Timeout, MaxSize: int(opts.MaxSize), FreelistType: bolt.FreelistMapType,
	})
	if err != nil {
		return nil, err
	}
	db := &DB{
		bolt: b, leases: make(map[dewline.Key]time.Time), publishers: make(publishers),
		textLeases: make(map[dewline.Key]time.Time), watchLeases: make(map[dewline.Key]time.Time),
	}
	if err := db.prepare(); err != nil {
		return nil, errors.Join(err, b.Close())
	}
	return db, nil
}

// inspect looks whose file it is without a chance to change it. bbolt would
// write to any file of its format that it opens for writing, and does not ask
// whether the file is as long as it says.
func inspect(path string, timeout time.Duration) error {
	b, err := openBolt(path, &bolt.Options{Timeout: timeout, ReadOnly: true})
	if err != nil {
		return err
	}
	info, err := os.Stat(path)
	if err == nil {
		err = guarded(func() error {
			return b.View(func(tx *bolt.Tx) error {
				if info.Size() < tx.Size() {
					return fmt.Errorf("%w (it has %d of its %d bytes)", ErrDamaged, info.Size(), tx.Size())
				}
				_, err := identify(tx)
				return err
			})
		})
	}
	return errors.Join(err, b.Close())
}

func openBolt(path string, opts *bolt.Options) (b *bolt.DB, err error) {
	err = guarded(func() (err error) {
		b, err = bolt.Open(path, 0o600, opts)
		return err
	})
	return b, openError(err)
}

// guarded turns a panic of bbolt on pages that hold something else, also a
// fault on memory that the file does not reach, into an error.
func guarded(f func() error) (err error) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("%w (%v)", ErrDamaged, r)
		}
	}()
	return f()
}

func openError(err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, berrors.ErrTimeout):
		return ErrInUse
	case errors.Is(err, berrors.ErrInvalid), errors.Is(err, berrors.ErrVersionMismatch), errors.Is(err, berrors.ErrChecksum),
		strings.HasPrefix(err.Error(), "file size too small"):
		return fmt.Errorf("%w, or it is damaged: name another file in `store:`, or put a backup in its place (%w)", ErrForeign, err)
	case errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.EROFS):
		return fmt.Errorf("%w; dewline must be able to write the store and its folder", err)
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
	case err == nil && info.Size() == 0:
		return errEmpty
	case err == nil:
		return nil
	case !errors.Is(err, fs.ErrNotExist):
		return err
	}
	tmp, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".new*")
	if errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("there is no folder %s: create it, or correct `store:`", filepath.Dir(path))
	}
	if err != nil {
		return openError(err)
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
	if err := os.Link(tmp, path); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	dir, err := os.Open(filepath.Dir(path))
	if err != nil {
		return err
	}
	defer dir.Close()
	return dir.Sync()
}

// prepare brings the layout up to date, and loads what is kept in memory.
func (db *DB) prepare() error {
	var version uint32
	err := db.bolt.View(func(tx *bolt.Tx) (err error) {
		version, err = identify(tx)
		return err
	})
	if err != nil {
		return err
	}
	if err := db.migrate(version, migrations); err != nil {
		return named(err)
	}
	db.codec, err = newCodec()
	return err
}

// identify returns the schema version of a store of ours that we can read.
func identify(tx *bolt.Tx) (version uint32, err error) {
	meta := tx.Bucket(metaBucket)
	if meta == nil || string(meta.Get(formatKey)) != format || len(meta.Get(schemaKey)) != 4 {
		return 0, fmt.Errorf("%w: it belongs to another program; name another file in `store:`", ErrForeign)
	}
	version = binary.BigEndian.Uint32(meta.Get(schemaKey))
	if version > schema {
		return 0, fmt.Errorf("%w (schema %d, this one knows %d): install the newer version, or go back to a backup", ErrNewer, version, schema)
	}
	return version, nil
}

// migration carries the layout from one schema version to the next.
type migration func(*bolt.Tx) error

// migrations[v] leads from schema v to v+1.
var migrations = map[uint32]migration{1: indexDead, 2: addNames, 3: addTexts, 4: addNames, 5: noChange, 6: addSubscriptions, 7: addTold, 8: addWatches, 9: addStories}

// noChange leads to schema 6, whose deliveries may be of feeds, and whose poll records may stand for several
// polls: values that a version before would misread.
func noChange(*bolt.Tx) error { return nil }

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
