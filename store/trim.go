package store

import bolt "go.etcd.io/bbolt"

// trimEvery is after how many writes the pages of the file that were read or
// written are given back to the kernel.
const trimEvery = 100

// trim takes the file's pages out of this process's memory; the kernel keeps
// them in its cache as long as it has room, and hands them out again on the next
// read. Without it a daemon that has touched its whole file once counts all of
// it as its own for ever. The transaction keeps the mapping where it is.
func (db *DB) trim() error {
	return db.bolt.View(func(tx *bolt.Tx) error { return forget(db.bolt.Info().Data, uintptr(tx.Size())) })
}
