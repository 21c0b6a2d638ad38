package store

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"syscall"

	"dewline"

	berrors "go.etcd.io/bbolt/errors"
)

// The failures that callers tell apart.
var (
	// ErrInUse: another process holds the file.
	ErrInUse = errors.New("the store is in use by another process")
	// ErrForeign: the file is not a dewline store. It was not touched.
	ErrForeign = errors.New("this file is not a dewline store")
	// ErrNewer: the file was written by a newer dewline. It was not touched.
	ErrNewer = errors.New("the store was written by a newer version of dewline")
	// ErrDamaged: the file is a store that was cut or written over.
	ErrDamaged = errors.New("the store is damaged: put a backup in its place, or move it away to begin anew")
	// ErrStale: the feed was committed by somebody else since it was claimed.
	// Nothing was written; the poll is to be repeated.
	ErrStale = errors.New("the feed was committed by somebody else meanwhile")
	// ErrFull: there is no space. Nothing of the refused write remains, reads
	// go on, and a later write succeeds once there is space.
	ErrFull = errors.New("no space left for the store; free some on its disk, and work resumes by itself")
	// ErrNotFound: there is no such item or delivery.
	// It is an fs.ErrNotExist.
	ErrNotFound = fmt.Errorf("not in the store: %w", fs.ErrNotExist)
)

// damage is a kind of ErrDamaged that asks for words of its own.
type damage string

func (d damage) Error() string      { return string(d) }
func (damage) Is(target error) bool { return target == ErrDamaged }

// errEmpty: a store is never empty, also while it is made. Who begins anew unasked would read every
// feed for the first time again, quietly, and miss what came since.
const errEmpty = damage("the file is empty: a store was cut off here, or somebody made it; remove it to begin anew, or put a backup in its place")

// refused marks the fault of one commit alone, as dewline.ErrRefused.
type refused struct{ error }

func (refused) Is(target error) bool { return target == dewline.ErrRefused }
func (r refused) Unwrap() error      { return r.error }

// named gives a failed write the name that callers know it by.
func named(err error) error {
	if err != nil && full(err) {
		return fmt.Errorf("%w: %w", ErrFull, err)
	}
	return err
}

// full reports whether a write failed for want of space. Where the file could
// not be made to grow, bbolt passes on what the system said in words only.
func full(err error) bool {
	for _, no := range []syscall.Errno{syscall.ENOSPC, syscall.EFBIG, syscall.EDQUOT} {
		if errors.Is(err, no) || strings.HasSuffix(err.Error(), ": "+no.Error()) {
			return true
		}
	}
	return errors.Is(err, berrors.ErrMaxSizeReached)
}
