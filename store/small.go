package store

import (
	"encoding/json"
	"fmt"

	bolt "go.etcd.io/bbolt"
)

// Small values are JSON as it stands: to compress them would cost more than it saves.

func putSmall(tx *bolt.Tx, bucket, key []byte, value any) error {
	v, err := json.Marshal(value)
	if err != nil {
		return err
	}
	return tx.Bucket(bucket).Put(key, v)
}

// readSmall reads a value that may not be there.
func readSmall[T any](tx *bolt.Tx, bucket, key []byte) (value T, ok bool, err error) {
	v := tx.Bucket(bucket).Get(key)
	if v == nil {
		return value, false, nil
	}
	value, err = unpackSmall[T](v)
	if err != nil {
		return value, false, fmt.Errorf("%s %x: %w", bucket, key, err)
	}
	return value, true, nil
}

func unpackSmall[T any](v []byte) (value T, err error) {
	if err := json.Unmarshal(v, &value); err != nil {
		return value, fmt.Errorf("a stored value is damaged: %w", err)
	}
	return value, nil
}
