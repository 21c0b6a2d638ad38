package dewline

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"strconv"
	"time"
)

// Key identifies a feed, an item, a match or a delivery. It is a hash of what
// the thing means (the first 128 bits of a SHA-256), so the same thing seen
// twice, by another process or after a restart has the same key.
type Key [16]byte

// String is the key's public form: 32 lower-case hexadecimal digits.
func (k Key) String() string { return hex.EncodeToString(k[:]) }

// IsZero reports whether the key was never set.
func (k Key) IsZero() bool { return k == Key{} }

// MarshalText writes the public form.
func (k Key) MarshalText() ([]byte, error) { return []byte(k.String()), nil }

// UnmarshalText reads the public form.
func (k *Key) UnmarshalText(text []byte) error {
	parsed, err := ParseKey(string(text))
	if err != nil {
		return err
	}
	*k = parsed
	return nil
}

// ParseKey reads the public form of a key.
func ParseKey(s string) (Key, error) {
	var k Key
	if len(s) != hex.EncodedLen(len(k)) {
		return k, fmt.Errorf("an id has %d hexadecimal digits, %q has %d characters", hex.EncodedLen(len(k)), s, len(s))
	}
	if _, err := hex.Decode(k[:], []byte(s)); err != nil {
		return Key{}, fmt.Errorf("%q is not an id: %w", s, err)
	}
	return k, nil
}

// FeedKey is the key of the feed with this name. The name and not the address
// is a feed's identity: an address moves, and what was seen must stay seen.
func FeedKey(name string) Key { return hash("feed", name) }

// Identity is what makes an entry the same entry when it is served again.
type Identity struct {
	Kind  IdentityKind
	Value string
}

// IdentityKind says what an entry's identity was taken from.
type IdentityKind string

// The identities, best first.
const (
	IdentityGUID  IdentityKind = "guid"  // guid, atom:id, rdf:about, JSON Feed id
	IdentityLink  IdentityKind = "link"  // the canonical link
	IdentityTitle IdentityKind = "title" // title and date; the last resort
)

// ItemKey is the key of the item that a feed identifies so.
func ItemKey(feed Key, id Identity) Key {
	return hash("item", string(feed[:]), string(id.Kind), id.Value)
}

// PageKey is the key of a page among those of a publisher, whose pages have the
// first half of it in common.
func PageKey(site, page string) (k Key) {
	s, p := hash("site", site), hash("page", page)
	copy(k[:], s[:len(k)/2])
	copy(k[len(k)/2:], p[:len(k)/2])
	return k
}

// ReusedKey is the key of an item whose entry has a key that was another item's
// before.
func ReusedKey(entry Key, it *Item) Key {
	return hash("reused", string(entry[:]), it.URL, strconv.FormatUint(it.TextHash(), 16))
}

// MatchKey is the key of the fact that a rule matched an item.
func MatchKey(rule string, item Key) Key { return hash("match", rule, string(item[:])) }

// DeliveryKey is the key of one event told to one receiver: the receiver's
// idempotency key (webhook-id, Message-ID).
func DeliveryKey(receiver string, event Event, rule string, item Key, version int) Key {
	return hash("delivery", receiver, string(event), rule, string(item[:]), strconv.Itoa(version))
}

// ChangeDeliveryKey is the key of an edit told to one receiver. An edit of the feed's words and one of the
// article behind them may be told of one version.
func ChangeDeliveryKey(receiver string, m *Match) Key {
	event := string(EventChanged)
	if m.FullText {
		event += " of the full text"
	}
	return DeliveryKey(receiver, Event(event), m.Rule.Name, m.Item, m.Version)
}

// FeedDeliveryKey is the key of one change of a feed's health, told to one receiver. A change is
// known by its event and by when the state began.
func FeedDeliveryKey(receiver string, event Event, feed string, since time.Time) Key {
	return hash("delivery", receiver, string(event), feed, strconv.FormatInt(since.UnixNano(), 10))
}

// ReceiverDeliveryKey is the key of one change of another receiver's health, told to one receiver.
func ReceiverDeliveryKey(receiver string, event Event, about string, since time.Time) Key {
	return hash("delivery", receiver, string(event), "receiver", about, strconv.FormatInt(since.UnixNano(), 10))
}

// hash joins the parts with their lengths, so that no two lists of parts are
// written alike.
func hash(kind string, parts ...string) Key {
	buf := make([]byte, 0, 128)
	buf = append(buf, kind...)
	for _, p := range parts {
		buf = binary.AppendUvarint(append(buf, 0), uint64(len(p)))
		buf = append(buf, p...)
	}
	sum := sha256.Sum256(buf)
	return Key(sum[:16])
}

// BodyKey is the fingerprint of a body.
func BodyKey(body []byte) Key {
	sum := sha256.Sum256(body)
	return Key(sum[:16])
}
