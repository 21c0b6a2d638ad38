package store

import (
	"errors"
	"fmt"
	"io/fs"
	"syscall"

	berrors "go.etcd.io/bbolt/errors"
)

// The failures that callers tell apart.
var (
	// ErrInUse: another process holds the file.
	ErrInUse = errors.New("the store is in use by another process")
	// ErrForeign: the file is not a dewline store. It was not touched.
	ErrForeign = errors.New("this file is not a dewline store")
	// ErrNewer: the file was written by a newer dewline.
	ErrNewer = errors.New("the store was written by a newer version of dewline")
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

// named gives a failed write the name that callers know it by.
func named(err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EFBIG), errors.Is(err, syscall.EDQUOT),
		errors.Is(err, berrors.ErrMaxSizeReached):
		return fmt.Errorf("%w: %w", ErrFull, err)
	}
	return err
}
