package store

import (
	"context"
	"io"

	bolt "go.etcd.io/bbolt"
)

// Backup writes a consistent copy of the store while it is in use, and returns
// its size in bytes.
func (db *DB) Backup(ctx context.Context, w io.Writer) (n int64, err error) {
	err = db.bolt.View(func(tx *bolt.Tx) (err error) {
		n, err = tx.WriteTo(contextWriter{ctx, w})
		return err
	})
	return n, err
}

// contextWriter stops a long copy when nobody wants it any more.
type contextWriter struct {
	ctx context.Context
	w   io.Writer
}

func (c contextWriter) Write(b []byte) (int, error) {
	if err := c.ctx.Err(); err != nil {
		return 0, err
	}
	return c.w.Write(b)
}
