package publish

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/klauspost/compress/gzip"
)

// document is a rendered answer. Only its compressed form is kept: most clients
// ask for it, and it is a fifth of the size. It is never changed.
type document struct {
	mime   string
	source uint64 // fingerprint of what it was made from
	packed []byte // gzip
	size   int    // unpacked

	tag, packedTag string // strong entity tags, with their quotes

	// made is the second in which the document was first served; zero for one
	// that is made for each request, which has no Last-Modified.
	made int64
}

// newDocument packs a body. Where old has the same body, it is the document.
func newDocument(mime string, body []byte, source uint64, old *document, dated bool, now time.Time) (*document, error) {
	d := &document{mime: mime, source: source, size: len(body), tag: entityTag(body)}
	if dated {
		d.made = now.Unix()
	}
	if old != nil {
		if old.tag == d.tag {
			same := *old
			same.source = source
			return &same, nil
		}
		if d.made < old.made { // the clock was set back
			d.made = old.made + 1
		}
	}
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	if _, err := z.Write(body); err != nil {
		return nil, err
	}
	if err := z.Close(); err != nil {
		return nil, err
	}
	d.packed = b.Bytes()
	d.packedTag = entityTag(d.packed)
	return d, nil
}

// entityTag is a strong tag: the bytes that are sent decide it, so each encoding
// has its own, and it outlives a restart (RFC 9110, section 8.8.3).
func entityTag(sent []byte) string {
	sum := sha256.Sum256(sent)
	return `"` + hex.EncodeToString(sum[:16]) + `"`
}

// Last-Modified counts in seconds, and a feed can change twice in one. The dates
// of the items do not help: a poll commits under the time at which it began, so
// of two commits the later can bear the earlier time. So a document is dated by
// when it was first served, and by the second after that one: whatever was
// served before it was served earlier than that date, and no client can have got
// another document since. In its first second it bears that second as date,
// which stands for nothing and is never taken for an answer: the next poll gets
// the document again, with the date that counts. After a restart the same holds
// for all documents.

// modified is the date that a client may come back with for a 304.
func (d *document) modified() time.Time { return time.Unix(d.made+1, 0).UTC() }

// shown is the date that the client is told.
func (d *document) shown(now time.Time) time.Time {
	if t := d.modified(); !t.After(now) {
		return t
	}
	return time.Unix(min(d.made, now.Unix()), 0).UTC()
}

// serve answers with the document, or that the client has it.
func (d *document) serve(w http.ResponseWriter, r *http.Request, now time.Time) {
	packed := takesGzip(r.Header.Values("Accept-Encoding"))
	tag, size := d.tag, d.size
	if packed {
		tag, size = d.packedTag, len(d.packed)
	}
	h := w.Header()
	h.Set("ETag", tag)
	h.Set("Vary", "Accept-Encoding")
	// A reader asks each time, which costs little; an alert is not kept back.
	h.Set("Cache-Control", "no-cache")
	if d.made != 0 {
		h.Set("Last-Modified", d.shown(now).Format(http.TimeFormat))
	}
	if d.unchanged(r.Header, tag) {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	h.Set("Content-Type", d.mime+"; charset=utf-8")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Content-Length", strconv.Itoa(size))
	if packed {
		h.Set("Content-Encoding", "gzip")
	}
	if r.Method != http.MethodHead {
		d.write(w, packed)
	}
}

// unchanged reports whether the client has what has this tag (RFC 9110, section
// 13.2.2: a tag counts for more than a date).
func (d *document) unchanged(h http.Header, tag string) bool {
	if tags := h.Values("If-None-Match"); len(tags) > 0 {
		known := strings.Join(tags, ",")
		// Our tag in its quotes cannot be a part of another one: a tag holds
		// no quotes. That also finds it as W/"…", which is as good here.
		return strings.TrimSpace(known) == "*" || strings.Contains(known, tag)
	}
	since, err := http.ParseTime(h.Get("If-Modified-Since"))
	return err == nil && d.made != 0 && !d.modified().After(since)
}

// write sends the body. A client that has gone is none of our business.
func (d *document) write(w io.Writer, packed bool) {
	if packed {
		_, _ = w.Write(d.packed)
		return
	}
	z, err := gzip.NewReader(bytes.NewReader(d.packed))
	if err == nil {
		_, _ = io.Copy(w, z)
	}
}
