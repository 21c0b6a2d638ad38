package store

import (
	"encoding/binary"
	"encoding/json"
	"fmt"
	"time"

	"dewline"

	"github.com/klauspost/compress/zstd"
)

// codec writes values: JSON, so that a field may be added without a migration,
// compressed where it is long. bbolt wastes half a page on values over about
// 1.3 kB, and a report compresses to that or less.
type codec struct {
	enc *zstd.Encoder
	dec *zstd.Decoder
}

func newCodec() (*codec, error) {
	enc, err := zstd.NewWriter(nil, zstd.WithEncoderConcurrency(2), zstd.WithEncoderCRC(true), zstd.WithWindowSize(128<<10))
	if err != nil {
		return nil, err
	}
	dec, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(2), zstd.WithDecoderMaxMemory(256<<20))
	if err != nil {
		return nil, err
	}
	return &codec{enc: enc, dec: dec}, nil
}

func (c *codec) close() {
	if c != nil {
		_ = c.enc.Close()
		c.dec.Close()
	}
}

func (c *codec) pack(v any) ([]byte, error) {
	raw, err := json.Marshal(v)
	if err != nil {
		return nil, err
	}
	return c.enc.EncodeAll(raw, nil), nil
}

func (c *codec) unpack(b []byte, v any) error {
	raw, err := c.dec.DecodeAll(b, nil)
	if err != nil {
		return fmt.Errorf("a stored value is damaged: %w", err)
	}
	return json.Unmarshal(raw, v)
}

// An item's value begins with what export chooses by, uncompressed: the time of
// first sight and the feed. First sight and order are the item's, not the
// version's, so they are not in the compressed part.
const itemHead = 8 + shortLen

func itemValue(firstSeen time.Time, feed []byte, packed []byte) []byte {
	b := make([]byte, 0, itemHead+len(packed))
	b = binary.BigEndian.AppendUint64(b, uint64(firstSeen.UnixNano()))
	b = append(b, feed...)
	return append(b, packed...)
}

func firstSeen(value []byte) time.Time {
	return time.Unix(0, int64(binary.BigEndian.Uint64(value))).UTC()
}

func (c *codec) packItem(it dewline.Item) ([]byte, error) {
	it.FirstSeen, it.Seq = time.Time{}, 0
	return c.pack(it)
}

func (c *codec) unpackItem(seq uint64, value []byte) (it dewline.Item, err error) {
	if len(value) < itemHead {
		return it, fmt.Errorf("item %d: a stored value is damaged", seq)
	}
	err = c.unpack(value[itemHead:], &it)
	it.FirstSeen, it.Seq = firstSeen(value), seq
	return it, err
}
