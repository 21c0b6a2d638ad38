package store

import bolt "go.etcd.io/bbolt"

// addStories leads to schema 10: there is room for stories, and for silences.
func addStories(tx *bolt.Tx) error {
	return makeBuckets(tx, storyBucket, storyItemBucket, placeBucket, copyBucket, tellingBucket, silenceBucket)
}
