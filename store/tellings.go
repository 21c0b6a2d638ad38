package store

import (
	"bytes"
	"errors"
	"slices"
	"time"

	"dewline"

	bolt "go.etcd.io/bbolt"
)

// What a rule told of one Of stands under the Of, the rule and the receiver that was told.

// telling is what a receiver was told under a rule of items that are copies of each other.
type telling struct {
	Said []told    `json:"said"`           // the newest last
	Word time.Time `json:"word,omitzero"`  // when the last word on it went out, or goes out
	More bool      `json:"more,omitempty"` // that word is an update
}

type told struct {
	dewline.Said
	Delivery dewline.Key `json:"delivery"`
}

// mostSaid is how much of what was told is remembered of each: what differs is another Of.
const mostSaid = 8

func tellingKey(of dewline.Key, rule, receiver string) []byte {
	return join(of[:], ruleKey(rule), receiverKey(receiver))
}

func readTelling(tx *bolt.Tx, of dewline.Key, rule, receiver string) (telling, error) {
	t, _, err := readSmall[telling](tx, tellingBucket, tellingKey(of, rule, receiver))
	return t, err
}

// eachTelling gives what was told of an Of, by any rule to anybody.
func eachTelling(tx *bolt.Tx, of dewline.Key, f func(telling) error) error {
	nobody, c := receiverKey(""), tx.Bucket(tellingBucket).Cursor()
	for k, v := c.Seek(of[:]); bytes.HasPrefix(k, of[:]); k, v = c.Next() {
		if bytes.HasSuffix(k, nobody) {
			continue
		}
		t, err := unpackSmall[telling](v)
		if err != nil {
			return err
		}
		if err := f(t); err != nil {
			return err
		}
	}
	return nil
}

// heard reports whether a receiver was told, under a rule and of another item, all that an item says.
func (p *recorder) heard(tx *bolt.Tx, rule, receiver string, at *dewline.Placed) (bool, error) {
	asked := make(map[dewline.Key]bool)
	for _, same := range at.Same {
		other, placed, err := readPlace(tx, same.Item)
		if err != nil {
			return false, err
		}
		if !placed || asked[other.Of] {
			continue
		}
		asked[other.Of] = true
		t, err := readTelling(tx, other.Of, rule, receiver)
		if err != nil {
			return false, err
		}
		for _, s := range t.Said {
			if !slices.Contains(at.Same, s.Said) {
				continue
			}
			if holds, err := p.tells(tx, s.Delivery); holds || err != nil {
				return holds, err
			}
		}
	}
	return false, nil
}

// tells reports whether a delivery tells what it is to tell. What could not be delivered is not told; nor is what a
// silence holds, and held: who is told of it when the silence has ended is alerted to what comes then.
func (p *recorder) tells(tx *bolt.Tx, delivery dewline.Key) (bool, error) {
	_, d, err := readDelivery(tx, p.codec, delivery[:])
	if errors.Is(err, ErrNotFound) { // it is long past
		return true, nil
	}
	silenced := d.Hold != nil && d.Hold.Reason == dewline.HoldSilence
	return !silenced && d.State != dewline.DeliveryDead, err
}

// knows reports whether a receiver was told of a match before.
func (p *recorder) knows(tx *bolt.Tx, receiver string, m *dewline.Match) (bool, error) {
	key := dewline.DeliveryKey(receiver, dewline.EventMatched, m.Rule.Name, m.Item, 0)
	_, d, err := readDelivery(tx, p.codec, key[:])
	if errors.Is(err, ErrNotFound) {
		return false, nil
	}
	silent := d.State == dewline.DeliverySilenced || d.State == dewline.DeliveryDead
	return !silent && (d.Hold == nil || d.Hold.Reason != dewline.HoldStory), err
}

// storyOf is what alerts of a rule say of the story that an item is in.
func (p *recorder) storyOf(tx *bolt.Tx, rule string, item dewline.Key) (*dewline.StoryRef, error) {
	if p.placed[item] == nil || p.rules[rule].Stories == "" {
		return nil, nil
	}
	return storyRef(tx, item)
}

// announceItem queues what is told of an item, and notes it. Who was told the same of another item gets at most an
// update.
func (p *recorder) announceItem(tx *bolt.Tx, d dewline.Delivery) (told bool, err error) {
	if d.Story, err = p.storyOf(tx, d.Match.Rule.Name, d.Match.Item); err != nil {
		return false, err
	}
	if at, first := p.first(d.Match.Rule.Name, d.Match.Item); first {
		heard, err := p.heard(tx, d.Match.Rule.Name, d.Receiver, at)
		if err != nil {
			return false, err
		}
		if heard {
			return false, p.update(tx, at, d)
		}
	}
	if err := p.queue(tx, d); err != nil {
		return false, err
	}
	return true, p.note(tx, &d)
}

// update queues a copy of what a receiver heard, for the next word on the story.
func (p *recorder) update(tx *bolt.Tx, at *dewline.Placed, d dewline.Delivery) error {
	rule := p.rules[d.Match.Rule.Name]
	if d.Event != dewline.EventMatched || rule.Updates <= 0 || !slices.Contains(rule.Updated, d.Receiver) {
		return nil
	}
	t, err := readTelling(tx, at.Of, d.Match.Rule.Name, d.Receiver)
	if err != nil {
		return err
	}
	if waits, err := p.waits(tx, &t); err != nil {
		return err
	} else if waits && slices.Contains(rule.Digests, d.Receiver) { // it goes into the digest of what it is a copy of
		d.Hold = &dewline.Hold{Reason: dewline.HoldStory, Since: p.at, Until: p.at}
		return p.queue(tx, d)
	}
	if !t.More || !t.Word.After(p.at) { // the last word is out, and the next one keeps a distance
		t.Word, t.More = t.Word.Add(rule.Updates), true
		if t.Word.Before(p.at) {
			t.Word = p.at
		}
	}
	d.Hold = &dewline.Hold{Reason: dewline.HoldStory, Since: p.at, Until: t.Word}
	if err := p.queue(tx, d); err != nil {
		return err
	}
	return putSmall(tx, tellingBucket, tellingKey(at.Of, d.Match.Rule.Name, d.Receiver), t)
}

// waits reports that none of the copies that tell a receiver went out yet.
func (p *recorder) waits(tx *bolt.Tx, t *telling) (bool, error) {
	for _, s := range t.Said {
		_, d, err := readDelivery(tx, p.codec, s.Delivery[:])
		if errors.Is(err, ErrNotFound) {
			return false, nil
		}
		if err != nil || d.State != dewline.DeliveryPending && d.State != dewline.DeliveryHeld {
			return false, err
		}
	}
	return true, nil
}

// note remembers that a delivery tells an item.
func (p *recorder) note(tx *bolt.Tx, d *dewline.Delivery) error {
	at := p.placed[d.Match.Item]
	if at == nil || p.rules[d.Match.Rule.Name].Stories == "" {
		return nil
	}
	t, err := readTelling(tx, at.Of, d.Match.Rule.Name, d.Receiver)
	if err != nil {
		return err
	}
	said := told{dewline.Said{Item: d.Match.Item, Version: d.Match.Version}, d.Key}
	if !slices.Contains(t.Said, said) {
		t.Said = append(t.Said, said)
	}
	t.Said = t.Said[max(0, len(t.Said)-mostSaid):]
	t.Word, t.More = p.at, false
	return putSmall(tx, tellingBucket, tellingKey(at.Of, d.Match.Rule.Name, d.Receiver), t)
}

// first reports whether a rule tells the first of several copies alone, and where an item of the commit stands then.
func (p *recorder) first(rule string, item dewline.Key) (*dewline.Placed, bool) {
	at := p.placed[item]
	return at, at != nil && p.rules[rule].Stories == dewline.StoriesFirst
}
