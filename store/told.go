package store

import (
	"context"
	"time"

	"dewline"

	bolt "go.etcd.io/bbolt"
)

// Tell makes a bulletin durable as a whole: what receivers know of feeds, and the deliveries that tell them.
// It reports false, and does nothing, where they know something else meanwhile than it was made for. It does
// not disturb a poll that is under way.
func (db *DB) Tell(ctx context.Context, b dewline.Bulletin, now time.Time) (told bool, err error) {
	err = db.commit(ctx, nil, func(tx *bolt.Tx) error {
		r := recorder{codec: db.codec, at: now.UTC()}
		r.begin()
		told, err = r.tell(tx, b)
		return err
	})
	return told, err
}

// tell is Tell in a transaction.
func (p *recorder) tell(tx *bolt.Tx, b dewline.Bulletin) (bool, error) {
	for _, c := range b.Changes {
		was, err := readTold(tx, c.Feed)
		if err != nil {
			return false, err
		}
		if !sameTold(was, c.Was) {
			return false, nil
		}
	}
	for _, c := range b.Changes {
		if err := putSmall(tx, toldBucket, c.Feed[:], c.Now); err != nil {
			return false, err
		}
	}
	for _, n := range b.Notices {
		if err := p.announce(tx, n); err != nil {
			return false, err
		}
	}
	return true, nil
}

// sameTold compares two states of knowledge, whose times may have been through JSON.
func sameTold(a, b dewline.Told) bool {
	times := a.Since.Equal(b.Since) && a.At.Equal(b.At) && a.Group.Equal(b.Group) && a.Gaps.At.Equal(b.Gaps.At)
	a.Since, a.At, a.Group, a.Gaps.At = b.Since, b.At, b.Group, b.Gaps.At
	return times && a == b
}

// announce queues a change of health for its receivers.
func (p *recorder) announce(tx *bolt.Tx, n dewline.Notice) error {
	for _, receiver := range n.Alert {
		err := p.queue(tx, dewline.Delivery{
			Key:      dewline.FeedDeliveryKey(receiver, n.Event, n.About.Feed.Name, n.About.Health.Since),
			Receiver: receiver, Event: n.Event, Feed: &n.About,
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// readTold is what receivers know of a feed.
func readTold(tx *bolt.Tx, feed dewline.Key) (dewline.Told, error) {
	t, _, err := readSmall[dewline.Told](tx, toldBucket, feed[:])
	return t, err
}

// addTold leads to schema 8: there is room for what receivers know of feeds.
func addTold(tx *bolt.Tx) error {
	return makeBuckets(tx, toldBucket)
}
