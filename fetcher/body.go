package fetcher

import (
	"bufio"
	"bytes"
	"compress/zlib"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/flate"
	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

// acceptEncoding are the content encodings that readBody undoes (RFC 9110 §8.4,
// RFC 7932, RFC 8878).
const acceptEncoding = "gzip, br, zstd, deflate"

var (
	errTooLarge = errors.New("body over the limit")
	errCut      = errors.New("body cut off")
	errEncoding = errors.New("body not encoded as announced")
)

// counter counts what comes over the wire and remembers how it ended.
type counter struct {
	r   io.Reader
	n   int64
	err error // the transfer's own fault, as opposed to the encoding's
}

func (c *counter) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n += int64(n)
	if err != nil && !errors.Is(err, io.EOF) {
		c.err = err
	}
	return n, err
}

// readBody reads and decodes a body of at most limit bytes. Where it breaks off, it
// returns what came before together with the error: a transport's, or errCut.
func readBody(wire *counter, encodings []string, limit int64) ([]byte, error) {
	// A compressed body is hardly ever larger than what it holds: one that is
	// feeds us nothing for ever.
	bounded := &io.LimitedReader{R: wire, N: limit + 64<<10}
	r, done, err := decoder(bounded, encodings)
	if err != nil {
		return nil, errors.Join(wire.err, err)
	}
	defer done()
	all, err := readUpTo(r, limit)
	switch {
	case errors.Is(err, errTooLarge) || bounded.N <= 0:
		return nil, errTooLarge
	case wire.err != nil && !errors.Is(wire.err, io.ErrUnexpectedEOF):
		return all, wire.err
	case wire.err != nil || errors.Is(err, io.ErrUnexpectedEOF):
		return all, errCut
	case err != nil:
		return nil, fmt.Errorf("%w: %w", errEncoding, err)
	}
	return all, nil
}

// readUpTo reads all, in pieces, so that a body over the limit never takes more
// memory than the limit. With an error it returns what came before.
func readUpTo(r io.Reader, limit int64) ([]byte, error) {
	var (
		pieces [][]byte
		piece  = make([]byte, 0, 32<<10)
		total  int64
	)
	for {
		n, err := r.Read(piece[len(piece):cap(piece)])
		piece, total = piece[:len(piece)+n], total+int64(n)
		if total > limit {
			return nil, errTooLarge
		}
		if err != nil {
			if errors.Is(err, io.EOF) {
				err = nil
			}
			return bytes.Join(append(pieces, piece), nil), err
		}
		if len(piece) == cap(piece) {
			pieces = append(pieces, piece)
			piece = make([]byte, 0, min(2*cap(piece), 1<<20))
		}
	}
}

// decoder undoes the content encodings, the last applied first. A body that is
// compressed although nothing announces it (a .gz file at the feed's address) is
// recognised by its first bytes.
func decoder(r io.Reader, encodings []string) (out io.Reader, done func(), err error) {
	var closers []func()
	done = func() {
		for _, c := range closers {
			c()
		}
	}
	names := strings.Split(strings.Join(encodings, ","), ",")
	for len(names) > 0 {
		name := strings.ToLower(strings.TrimSpace(names[len(names)-1]))
		names = names[:len(names)-1]
		if len(closers) == maxEncodings {
			done()
			return nil, nil, fmt.Errorf("%w: more than %d encodings on top of one another", errEncoding, maxEncodings)
		}
		if r, err = decode(r, name, &closers); err != nil {
			done()
			return nil, nil, fmt.Errorf("%w: %w", errEncoding, err)
		}
	}
	return r, done, nil
}

// maxEncodings bounds how many encodings a body may have.
const maxEncodings = 3

func decode(r io.Reader, name string, closers *[]func()) (io.Reader, error) {
	buffered := bufio.NewReaderSize(r, 4<<10)
	head, _ := buffered.Peek(4)
	compressed := bytes.HasPrefix(head, gzipMagic)
	switch name {
	case "", "identity", "utf-8", "none": // the latter two are mistakes that servers make
		if !compressed {
			return buffered, nil
		}
	case "gzip", "x-gzip":
		if !compressed { // announced and not done, which is common behind proxies
			return buffered, nil
		}
	case "br":
		return brotli.NewReader(buffered), nil
	case "zstd":
		z, err := zstd.NewReader(buffered, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxWindow(8<<20), zstd.WithDecoderLowmem(true))
		if err == nil {
			*closers = append(*closers, z.Close)
		}
		return z, err
	case "deflate": // meant is zlib; some send it bare
		if len(head) >= 2 && head[0]&0x0f == 8 && (int(head[0])<<8|int(head[1]))%31 == 0 {
			return zlib.NewReader(buffered)
		}
		return flate.NewReader(buffered), nil
	default:
		return nil, fmt.Errorf("the encoding %q is unknown", name)
	}
	z := gzips.Get().(*gzip.Reader)
	*closers = append(*closers, func() { gzips.Put(z) })
	return z, z.Reset(buffered)
}

var (
	gzipMagic = []byte{0x1f, 0x8b, 8}
	// gzips spares each fetch the 40 kB of a decoder.
	gzips = sync.Pool{New: func() any { return new(gzip.Reader) }}
)
