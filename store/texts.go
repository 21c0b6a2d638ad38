package store

import (
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
	"time"

	"dewline"

	bolt "go.etcd.io/bbolt"
)

// A text to fetch is stored under its item, and stands in the index of its feed
// under its due time. Texts that may alert stand before the quiet ones, which are
// the backlog of a first poll.

const (
	loud  = 0
	quiet = 1
)

func textDueKey(t dewline.TextTask) []byte {
	class := byte(loud)
	if t.Quiet {
		class = quiet
	}
	return join(short(t.Feed), []byte{class}, instant(t.Due), t.Item[:])
}

func readText(tx *bolt.Tx, item []byte) (dewline.TextTask, bool, error) {
	return readSmall[dewline.TextTask](tx, textBucket, item)
}

func putText(tx *bolt.Tx, t dewline.TextTask) error {
	if err := putSmall(tx, textBucket, t.Item[:], t); err != nil {
		return err
	}
	if err := tx.Bucket(textDueBucket).Put(textDueKey(t), nil); err != nil {
		return err
	}
	return countText(tx, t.Feed, dewline.TextPending, 1)
}

func dropText(tx *bolt.Tx, t dewline.TextTask) error {
	if err := tx.Bucket(textBucket).Delete(t.Item[:]); err != nil {
		return err
	}
	if err := tx.Bucket(textDueBucket).Delete(textDueKey(t)); err != nil {
		return err
	}
	return countText(tx, t.Feed, dewline.TextPending, -1)
}

// supersedeText takes the text of a replaced version out of the queue. It
// reports whether that text was owed quietly: a statement that nobody was told
// of because it was there before us stays so when it is edited.
func supersedeText(tx *bolt.Tx, was dewline.Item) (stillQuiet bool, err error) {
	t, ok, err := readText(tx, was.Key[:])
	if err != nil {
		return false, err
	}
	if ok {
		err = dropText(tx, t)
	}
	return t.Quiet || was.FullText.Quiet && was.FullText.State != dewline.TextFetched, err
}

// countText keeps the sums of a feed's texts.
func countText(tx *bolt.Tx, feed dewline.Key, state dewline.TextState, by int) error {
	sums := readTextSums(tx, feed)
	*sums.Of(state) += uint64(by) // minus one is added as its complement
	v := make([]byte, 0, 8*len(dewline.TextStates))
	for _, s := range dewline.TextStates {
		v = binary.BigEndian.AppendUint64(v, *sums.Of(s))
	}
	return tx.Bucket(textSumBucket).Put(feed[:], v)
}

func readTextSums(tx *bolt.Tx, feed dewline.Key) (sums dewline.TextSums) {
	v := tx.Bucket(textSumBucket).Get(feed[:])
	for i, s := range dewline.TextStates {
		if len(v) >= 8*(i+1) {
			*sums.Of(s) = binary.BigEndian.Uint64(v[8*i:])
		}
	}
	return sums
}

// ClaimTexts leases, until the given time, the first text that is due of each
// of the feeds of which none is leased: a feed's articles are fetched one after
// another.
func (db *DB) ClaimTexts(ctx context.Context, feeds []dewline.Key, now, until time.Time) ([]dewline.TextJob, error) {
	first := func(tx *bolt.Tx, feed dewline.Key) []byte { return firstText(tx, feed, now) }
	return claimErrands(ctx, db, db.textLeases, feeds, now, until, first, db.textJob)
}

// firstText is the item whose text is first in turn, nil where none is due.
func firstText(tx *bolt.Tx, feed dewline.Key, now time.Time) []byte {
	for _, class := range []byte{loud, quiet} {
		if k := nextText(tx, feed, class); k != nil && !readInstant(k[shortLen+1:]).After(now) {
			return k[shortLen+9:]
		}
	}
	return nil
}

// nextText is the key of the earliest text of a class.
func nextText(tx *bolt.Tx, feed dewline.Key, class byte) []byte {
	prefix := join(short(feed), []byte{class})
	k, _ := tx.Bucket(textDueBucket).Cursor().Seek(prefix)
	if !bytes.HasPrefix(k, prefix) {
		return nil
	}
	return k
}

func (db *DB) textJob(tx *bolt.Tx, item []byte) (job dewline.TextJob, err error) {
	task, ok, err := readText(tx, item)
	if err == nil && !ok {
		err = ErrNotFound
	}
	if err != nil {
		return job, fmt.Errorf("text of item %x: %w", item, err)
	}
	job.Task = task
	job.Item, err = db.item(tx, task.Item)
	return job, err
}

// NextText is when the next text of one of the feeds can be claimed: when it is
// due or, where one of its feed is leased, when that lease ends.
func (db *DB) NextText(ctx context.Context, feeds []dewline.Key) (time.Time, bool, error) {
	return nextErrand(ctx, db, db.textLeases, feeds, textDue)
}

// textDue is when the earliest text of a feed, of either class, is due.
func textDue(tx *bolt.Tx, feed dewline.Key) (due time.Time, ok bool) {
	for _, class := range []byte{loud, quiet} {
		if k := nextText(tx, feed, class); k != nil {
			if at := readInstant(k[shortLen+1:]); !ok || at.Before(due) {
				due, ok = at, true
			}
		}
	}
	return due, ok
}

// ReleaseText ends a feed's claim without a commit.
func (db *DB) ReleaseText(feed dewline.Key) { db.endErrand(db.textLeases, feed) }

// CommitText makes durable what one try to fetch a text came to: the item as it
// stands now, its matches with a delivery for every receiver of one that was
// never recorded, and when to try again. It returns ErrStale, a
// dewline.ErrRefused, where the item or its task is not as it was claimed, and a dewline.ErrOvertaken where a copy
// came since it was looked for. On success the claim ends.
func (db *DB) CommitText(ctx context.Context, c *dewline.TextCommit) error {
	p, err := db.prepareText(c)
	if err != nil {
		return refused{err}
	}
	check := func(tx *bolt.Tx) error {
		if err := p.check(tx, db); err != nil {
			return refused{err}
		}
		return nil
	}
	if err := db.commit(ctx, check, p.apply); err != nil {
		return err
	}
	if p.touched {
		db.revision.Add(1)
	}
	db.ReleaseText(c.Task.Feed)
	return nil
}

// pendingText is a text's commit, written out.
type pendingText struct {
	*dewline.TextCommit
	packed  []byte
	matches []packedMatch
	recorder
}

func (db *DB) prepareText(c *dewline.TextCommit) (*pendingText, error) {
	p := &pendingText{TextCommit: c, recorder: recorder{codec: db.codec, at: c.At.UTC()}}
	it := c.Item
	if c.Replaced {
		it.Changed = p.at
	}
	var err error
	if p.packed, err = db.codec.packItem(it); err != nil {
		return nil, fmt.Errorf("item %s: %w", it.Key, err)
	}
	p.matches, err = p.packMatches(c.Matches)
	return p, err
}

func (p *pendingText) check(tx *bolt.Tx, db *DB) error {
	task, ok, err := readText(tx, p.Task.Item[:])
	if err != nil {
		return err
	}
	it, err := db.item(tx, p.Task.Item)
	if err != nil {
		return err
	}
	same := ok && task.Version == p.Task.Version && task.Tries == p.Task.Tries && task.Due.Equal(p.Task.Due)
	if !same || len(it.Also) != len(p.Item.Also) || it.Version != p.Item.Version || it.TextHash() != p.Was {
		return fmt.Errorf("text of item %s: %w", p.Task.Item, ErrStale)
	}
	return outrun(tx, &p.Joins)
}

func (p *pendingText) apply(tx *bolt.Tx) error {
	p.begin()
	if err := p.putItem(tx); err != nil {
		return err
	}
	if err := p.join(tx, &p.Joins); err != nil {
		return err
	}
	for _, m := range p.matches {
		if err := p.putMatch(tx, m); err != nil {
			return err
		}
	}
	for _, r := range p.Rewritten {
		if err := p.rewrite(tx, r); err != nil {
			return err
		}
	}
	if err := beginWatches(tx, p.Watches); err != nil {
		return err
	}
	if err := dropText(tx, p.Task); err != nil {
		return err
	}
	if p.Retry.IsZero() {
		return countText(tx, p.Task.Feed, p.Item.FullText.State, 1)
	}
	again := p.Task
	again.Tries, again.Due = again.Tries+1, p.Retry.UTC()
	return putText(tx, again)
}

// putItem writes the item in its place. Where the article takes the place of
// what the feed said, that is kept beside it: alerts under way repeat it, and a
// poll is compared with it.
func (p *pendingText) putItem(tx *bolt.Tx) error {
	items := tx.Bucket(itemBucket)
	seq := bytes.Clone(tx.Bucket(itemKeyBucket).Get(p.Item.Key[:]))
	old := bytes.Clone(items.Get(seq))
	if p.Replaced {
		if err := keepServed(tx, p.Item.Key, p.Item.Version, old); err != nil {
			return err
		}
		if hasPrefix(tx, matchBucket, p.Item.Key[:]) {
			p.touched = true
		}
	}
	return items.Put(seq, itemValue(firstSeen(old), old[8:itemHead], p.packed))
}

// keepServed keeps what the feed gave for a version, unless it was kept before.
func keepServed(tx *bolt.Tx, item dewline.Key, version int, value []byte) error {
	teasers, key := tx.Bucket(teaserBucket), versionKey(item, version)
	if teasers.Get(key) != nil {
		return nil
	}
	return teasers.Put(key, value)
}

// asServed is an item's current version as its feed gave it.
func (db *DB) asServed(tx *bolt.Tx, it dewline.Item) (dewline.Item, error) {
	if v := tx.Bucket(teaserBucket).Get(versionKey(it.Key, it.Version)); v != nil {
		return db.codec.unpackItem(it.Seq, v)
	}
	return it, nil
}

// judged is the item that a match was made of: in its version, and with the
// text that it had then.
func (db *DB) judged(tx *bolt.Tx, m *dewline.Match) (dewline.Item, error) {
	it, err := db.itemVersion(tx, m.Item, m.Version)
	if err != nil || m.FullText {
		return it, err
	}
	return db.asServed(tx, it)
}

// addTexts brings a store to schema 4: there is room for texts to fetch.
func addTexts(tx *bolt.Tx) error {
	return makeBuckets(tx, textBucket, textDueBucket, textSumBucket, teaserBucket)
}

// checkTexts finds texts that would never be fetched, and sums that are wrong.
func (db *DB) checkTexts(tx *bolt.Tx) error {
	waiting := make(map[dewline.Key]uint64)
	err := tx.Bucket(textBucket).ForEach(func(k, _ []byte) error {
		t, _, err := readText(tx, k)
		if err != nil {
			return err
		}
		waiting[t.Feed]++
		if c, _ := tx.Bucket(textDueBucket).Cursor().Seek(textDueKey(t)); !bytes.Equal(c, textDueKey(t)) {
			return fmt.Errorf("the text of item %x waits, but is never due", k)
		}
		it, err := db.item(tx, t.Item)
		if err == nil && it.Version != t.Version {
			err = fmt.Errorf("the text of item %x waits in version %d, the item is version %d", k, t.Version, it.Version)
		}
		return err
	})
	if due, all := tx.Bucket(textDueBucket).Stats().KeyN, tx.Bucket(textBucket).Stats().KeyN; err == nil && due != all {
		err = fmt.Errorf("%d texts are due, %d wait", due, all)
	}
	if err != nil {
		return err
	}
	return tx.Bucket(textSumBucket).ForEach(func(k, _ []byte) error {
		feed := dewline.Key(k)
		if n := readTextSums(tx, feed).Pending; n != waiting[feed] {
			return fmt.Errorf("the sum of texts that wait of feed %x is %d, there are %d", k, n, waiting[feed])
		}
		return nil
	})
}
