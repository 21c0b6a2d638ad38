package demo

import (
	"bytes"
	"compress/gzip"
	"io"
	"testing"
	"time"

	"github.com/andybalholm/brotli"
)

func TestCompressionForThoseWhoAcceptIt(t *testing.T) {
	h := Handler(time.Now)
	for path, expand := range map[string]func(io.Reader) (io.Reader, error){
		"/exemplie/atom.xml": func(r io.Reader) (io.Reader, error) { return gzip.NewReader(r) },
		"/ejemplia/rss.xml":  func(r io.Reader) (io.Reader, error) { return brotli.NewReader(r), nil },
	} {
		coding := find(t, path).compress
		plain, header := get(t, h, path)
		if header.Get("Content-Encoding") != "" || header.Get("Vary") != "Accept-Encoding" {
			t.Errorf("%s, nothing accepted: %v", path, header)
		}
		small, header := get(t, h, path, "Accept-Encoding", "deflate, br, gzip")
		if header.Get("Content-Encoding") != coding {
			t.Errorf("%s: Content-Encoding %q, want %q", path, header.Get("Content-Encoding"), coding)
		}
		r, err := expand(bytes.NewReader(small))
		if err != nil {
			t.Fatal(err)
		}
		if b, err := io.ReadAll(r); err != nil || !bytes.Equal(b, plain) || len(small) >= len(plain) {
			t.Errorf("%s: %d of %d bytes, expanded to %d: %v", path, len(small), len(plain), len(b), err)
		}
	}
}

func TestAcceptEncoding(t *testing.T) {
	for header, want := range map[string]bool{
		"": false, "gzip": true, "GZIP": true, "br, gzip;q=0.5": true, "gzip;q=0": false, "gzip; q=0.0": false, "*": true, "*;q=0": false,
		"gzip;q=0, *": false, "*, gzip;q=0": false, "*;q=0, gzip": true, "xgzip": false, "gzip;q=x": false, "identity": false,
	} {
		if got := accepts(header, "gzip"); got != want {
			t.Errorf("%q accepts gzip: %v", header, got)
		}
	}
}
