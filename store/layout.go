package store

import (
	"encoding/binary"
	"time"

	"dewline"

	bolt "go.etcd.io/bbolt"
)

// The buckets. Numbers in keys are big-endian, so that their order is the order
// of keys; a short key is the first 8 bytes of a hash, enough to keep things
// together that are looked up together.
var (
	metaBucket         = []byte("meta")          // format, schema
	feedBucket         = []byte("feeds")         // feed key → revision, state
	seenBucket         = []byte("seen")          // short feed key, entry key → fingerprint, text hash, version, item key if it is another
	nameBucket         = []byte("names")         // page, title, text, short feed key, item key → query, date
	itemBucket         = []byte("items")         // seq → first seen, short feed key, current version
	itemKeyBucket      = []byte("itemkeys")      // item key → seq
	versionBucket      = []byte("versions")      // item key, version → superseded version, as in items
	matchBucket        = []byte("matches")       // item key, match seq → match
	ruleBucket         = []byte("byrule")        // short rule key, match seq → item key
	allBucket          = []byte("all")           // seq of an item's first match → item key
	deliveryBucket     = []byte("outbox")        // delivery key → queue seq, delivery
	queueBucket        = []byte("queue")         // queue seq → delivery key
	deadBucket         = []byte("dead")          // queue seq → delivery key, of dead letters alone
	dueBucket          = []byte("due")           // short receiver key, next attempt or end of hold, queue seq → delivery key, mark of what is held
	receiverBucket     = []byte("receivers")     // name → state
	pollBucket         = []byte("polls")         // short feed key, time → record
	countBucket        = []byte("counts")        // receiver, NUL, delivery state → number
	textBucket         = []byte("texts")         // item key → text to fetch
	textDueBucket      = []byte("textdue")       // short feed key, class, due, item key → nothing
	textSumBucket      = []byte("textsums")      // feed key → number of texts in each state
	teaserBucket       = []byte("teasers")       // item key, version → the item as its feed gave it, where its text is the article's
	toldBucket         = []byte("told")          // feed key → what receivers know of its health
	subscriptionBucket = []byte("subscriptions") // subscription key → subscription
	watchBucket        = []byte("watches")       // item key → what is known of its page
	watchDueBucket     = []byte("watchdue")      // short feed key, due, item key → nothing
	storyBucket        = []byte("stories")       // story key → story
	storyItemBucket    = []byte("storyitems")    // story key, item seq → item key
	placeBucket        = []byte("places")        // item key → where it stands in its story
	copyBucket         = []byte("copies")        // key by which copies are found, order of placing → item key
	tellingBucket      = []byte("tellings")      // first of its copies, short rule key, short receiver key → what was told; of no receiver the entry of the feed
	silenceBucket      = []byte("silences")      // silence key → silence
	formatKey          = []byte("format")
	schemaKey          = []byte("schema")
	everyBucket        = [][]byte{
		metaBucket, feedBucket, seenBucket, nameBucket, itemBucket, itemKeyBucket, versionBucket, matchBucket, ruleBucket, allBucket,
		deliveryBucket, queueBucket, deadBucket, dueBucket, receiverBucket, pollBucket, countBucket,
		textBucket, textDueBucket, textSumBucket, teaserBucket, subscriptionBucket, toldBucket,
		watchBucket, watchDueBucket, storyBucket, storyItemBucket, placeBucket, copyBucket, tellingBucket, silenceBucket,
	}
)

// layOut makes the buckets of a new file.
func layOut(tx *bolt.Tx) error {
	if err := makeBuckets(tx, everyBucket...); err != nil {
		return err
	}
	meta := tx.Bucket(metaBucket)
	if err := meta.Put(formatKey, []byte(format)); err != nil {
		return err
	}
	return meta.Put(schemaKey, binary.BigEndian.AppendUint32(nil, schema))
}

// makeBuckets makes the buckets that are not there.
func makeBuckets(tx *bolt.Tx, names ...[]byte) error {
	for _, name := range names {
		if _, err := tx.CreateBucketIfNotExists(name); err != nil {
			return err
		}
	}
	return nil
}

const (
	keyLen   = len(dewline.Key{})
	shortLen = 8
)

func short(k dewline.Key) []byte { return k[:shortLen] }

// ruleKey and receiverKey are short keys of names.
func ruleKey(name string) []byte     { return short(dewline.MatchKey(name, dewline.Key{})) }
func receiverKey(name string) []byte { return short(dewline.FeedKey("receiver\x00" + name)) }

func join(parts ...[]byte) []byte {
	var key []byte
	for _, p := range parts {
		key = append(key, p...)
	}
	return key
}

func number(n uint64) []byte { return binary.BigEndian.AppendUint64(nil, n) }

// instant orders times before 1970 wrongly; there are none in keys.
func instant(t time.Time) []byte { return number(uint64(t.UnixNano())) }

func readInstant(b []byte) time.Time { return time.Unix(0, int64(binary.BigEndian.Uint64(b))).UTC() }

func seenKey(feed, item dewline.Key) []byte { return join(short(feed), item[:]) }

// knownLen is the length of what is remembered of an entry that is its own item.
const knownLen = 20

func knownValue(k dewline.Known) []byte {
	b := make([]byte, 0, knownLen)
	b = binary.BigEndian.AppendUint64(b, k.Fingerprint)
	b = binary.BigEndian.AppendUint64(b, k.Text)
	b = binary.BigEndian.AppendUint32(b, uint32(k.Version))
	if !k.Item.IsZero() {
		b = append(b, k.Item[:]...)
	}
	return b
}

func readKnown(b []byte) dewline.Known {
	k := dewline.Known{
		Fingerprint: binary.BigEndian.Uint64(b), Text: binary.BigEndian.Uint64(b[8:]), Version: int(binary.BigEndian.Uint32(b[16:])),
	}
	copy(k.Item[:], b[knownLen:])
	return k
}
