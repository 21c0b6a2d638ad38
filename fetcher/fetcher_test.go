package fetcher

import (
	"bytes"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"dewline"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/zstd"
)

const sample = `<rss version="2.0"><channel><item><title>One</title></item><item><title>Two</title></item></channel></rss>`

var loopback = []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}

// countItems stands for the parser: what it makes of a body is not the
// fetcher's business.
func countItems(doc dewline.Document) dewline.Parsed {
	n := bytes.Count(doc.Body, []byte("</item>"))
	if n == 0 {
		return dewline.Parsed{Status: dewline.StatusNotFeed, Detail: "no items"}
	}
	return dewline.Parsed{Status: dewline.StatusOK, Entries: make([]dewline.Entry, n)}
}

func newClient(t *testing.T, change ...func(*Options)) *Client {
	t.Helper()
	opts := Options{
		Timeout: 10 * time.Second, MaxBody: 1 << 20, Concurrency: 8, PerSite: 8, UserAgent: "test/1",
		AllowPrivate: loopback, Parse: countItems,
	}
	for _, c := range change {
		c(&opts)
	}
	c := New(opts)
	t.Cleanup(c.Close)
	return c
}

func serve(t *testing.T, h http.HandlerFunc) string {
	t.Helper()
	s := httptest.NewServer(h)
	t.Cleanup(func() { s.CloseClientConnections(); s.Close() })
	return s.URL
}

func get(t *testing.T, c *Client, url string) dewline.Response {
	t.Helper()
	return c.Fetch(t.Context(), dewline.Feed{Name: "f", URL: url}, dewline.FeedState{})
}

func TestFetch(t *testing.T) {
	url := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.UserAgent() != "test/1" {
			t.Errorf("user agent %q", r.UserAgent())
		}
		w.Header().Set("Content-Type", "application/rss+xml; charset=utf-8")
		w.Header().Set("ETag", `"1"`)
		w.Header().Set("Last-Modified", "Mon, 23 Nov 2026 10:00:00 GMT")
		io.WriteString(w, sample)
	})
	r := get(t, newClient(t), url)
	if r.Status != dewline.StatusOK || len(r.Entries) != 2 || r.HTTPStatus != 200 || r.ETag != `"1"` ||
		r.LastModified == "" || r.BodyBytes != int64(len(sample)) || r.URL != url || r.BodyHash.IsZero() {
		t.Fatalf("%+v", r)
	}
}

// An answer "as before" is not parsed; the validators are sent only to the
// address that gave them.
func TestConditional(t *testing.T) {
	url := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("If-None-Match") == `"1"` && r.Header.Get("If-Modified-Since") == "yesterday" {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		io.WriteString(w, sample)
	})
	var parsed atomic.Int32
	c := newClient(t, func(o *Options) {
		o.Parse = func(d dewline.Document) dewline.Parsed { parsed.Add(1); return countItems(d) }
	})
	feed := dewline.Feed{URL: url}
	r := c.Fetch(t.Context(), feed, dewline.FeedState{URL: url, ETag: `"1"`, LastModified: "yesterday"})
	if !r.NotModified || !r.Conditional || r.Status != dewline.StatusOK || parsed.Load() != 0 {
		t.Fatalf("not modified: %+v", r)
	}
	r = c.Fetch(t.Context(), feed, dewline.FeedState{URL: url + "/old", ETag: `"1"`, LastModified: "yesterday"})
	if r.NotModified || r.Conditional || len(r.Entries) != 2 {
		t.Fatalf("validators of another address were sent: %+v", r)
	}
	r = c.Fetch(t.Context(), feed, dewline.FeedState{URL: url, BodyHash: r.BodyHash})
	if !r.Identical || r.Conditional || parsed.Load() != 1 {
		t.Fatalf("identical bytes were parsed again: %+v", r)
	}
}

func TestEncodings(t *testing.T) {
	gz := func(b []byte) []byte {
		return pack(t, b, func(w io.Writer) io.WriteCloser { return gzip.NewWriter(w) })
	}
	bare := func(b []byte) []byte {
		return pack(t, b, func(w io.Writer) io.WriteCloser { f, _ := flate.NewWriter(w, 9); return f })
	}
	br := func(b []byte) []byte {
		return pack(t, b, func(w io.Writer) io.WriteCloser { return brotli.NewWriter(w) })
	}
	zs := func(b []byte) []byte {
		return pack(t, b, func(w io.Writer) io.WriteCloser { z, _ := zstd.NewWriter(w); return z })
	}
	zl := func(b []byte) []byte {
		return pack(t, b, func(w io.Writer) io.WriteCloser { return zlib.NewWriter(w) })
	}
	plain := []byte(sample)
	for _, c := range []struct {
		name, encoding string
		body           []byte
		want           dewline.Status
	}{
		{"none", "", plain, dewline.StatusOK},
		{"identity", "identity", plain, dewline.StatusOK},
		{"gzip", "gzip", gz(plain), dewline.StatusOK},
		{"x-gzip", "X-GZIP", gz(plain), dewline.StatusOK},
		{"zlib", "deflate", zl(plain), dewline.StatusOK},
		{"bare deflate", "deflate", bare(plain), dewline.StatusOK},
		{"br", "br", br(plain), dewline.StatusOK},
		{"zstd", "zstd", zs(plain), dewline.StatusOK},
		{"br of gzip", "gzip, br", br(gz(plain)), dewline.StatusOK},
		{"gzip unannounced", "", gz(plain), dewline.StatusOK},
		{"gzip announced, plain sent", "gzip", plain, dewline.StatusOK},
		{"unknown", "rot13", plain, dewline.StatusEncoding},
		{"not br", "br", []byte("\xff\xff\xff\xff not brotli at all, whatever it says"), dewline.StatusEncoding},
		{"too many", "gzip,gzip,gzip,gzip", gz(gz(gz(gz(plain)))), dewline.StatusEncoding},
		{"gzip broken inside", "gzip", broken(gz(bytes.Repeat(plain, 300))), dewline.StatusEncoding},
		{"gzip cut", "gzip", cutOff(gz(bytes.Repeat(plain, 3000))), dewline.StatusCut},
	} {
		t.Run(c.name, func(t *testing.T) {
			url := serve(t, func(w http.ResponseWriter, r *http.Request) {
				w.Header().Set("Content-Type", "text/xml")
				if c.encoding != "" {
					w.Header().Set("Content-Encoding", c.encoding)
				}
				w.Write(c.body)
			})
			r := get(t, newClient(t), url)
			if r.Status != c.want {
				t.Fatalf("status %s (%s), want %s", r.Status, r.Detail, c.want)
			}
			if c.want == dewline.StatusOK && (len(r.Entries) != 2 || r.WireBytes != int64(len(c.body))) {
				t.Fatalf("%d entries, %d bytes", len(r.Entries), r.WireBytes)
			}
			if c.want == dewline.StatusCut && (len(r.Entries) == 0 || !r.BodyHash.IsZero()) {
				t.Fatalf("what came before the cut is lost, or its fingerprint kept: %+v", r)
			}
		})
	}
}

func pack(t *testing.T, b []byte, with func(io.Writer) io.WriteCloser) []byte {
	t.Helper()
	var buf bytes.Buffer
	w := with(&buf)
	if _, err := w.Write(b); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

func broken(b []byte) []byte {
	b = bytes.Clone(b)
	b[len(b)-8] ^= 0xff // the checksum
	return b
}

func cutOff(b []byte) []byte { return b[:len(b)*3/4] }

// Each fault of a source is a state of its own, in words that say what to do.
func TestFaults(t *testing.T) {
	status := func(code int, header ...string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			for i := 0; i < len(header); i += 2 {
				w.Header().Set(header[i], header[i+1])
			}
			w.WriteHeader(code)
		}
	}
	hang := func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }
	for _, c := range []struct {
		name   string
		h      http.HandlerFunc
		want   dewline.Status
		detail string
	}{
		{"400", status(400), dewline.StatusHTTPError, "HTTP 400 Bad Request"},
		{"401", status(401), dewline.StatusForbidden, "password"},
		{"403", status(403), dewline.StatusForbidden, "HTTP 403"},
		{"404", status(404), dewline.StatusNotFound, "new address"},
		{"410", status(410), dewline.StatusGone, "successor"},
		{"429", status(429, "Retry-After", "120"), dewline.StatusRateLimited, "wait 2m0s"},
		{"500", status(500), dewline.StatusServerError, "HTTP 500"},
		{"503", status(503, "Retry-After", "7"), dewline.StatusUnavailable, "wait 7s"},
		{"304 unasked", status(304), dewline.StatusHTTPError, "did not ask"},
		{"206", status(206), dewline.StatusHTTPError, "206"},
		{"hangs", hang, dewline.StatusTimeout, "first line and headers"},
		{"slow body", func(w http.ResponseWriter, r *http.Request) {
			io.WriteString(w, "<rss>")
			w.(http.Flusher).Flush()
			<-r.Context().Done()
		}, dewline.StatusTimeout, "waiting for the body"},
		{"endless body", func(w http.ResponseWriter, _ *http.Request) {
			for junk := []byte(strings.Repeat("<item/>", 1000)); ; {
				if _, err := w.Write(junk); err != nil {
					return
				}
			}
		}, dewline.StatusTooLarge, "max_body"},
		{"gzip bomb", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Encoding", "gzip")
			z := gzip.NewWriter(w)
			for zeros := make([]byte, 1<<20); ; {
				if _, err := z.Write(zeros); err != nil {
					return
				}
			}
		}, dewline.StatusTooLarge, "max_body"},
		{"gzip of nothing, for ever", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Encoding", "gzip")
			var empty bytes.Buffer
			gzip.NewWriter(&empty).Close()
			for members := bytes.Repeat(empty.Bytes(), 1000); ; {
				if _, err := w.Write(members); err != nil {
					return
				}
			}
		}, dewline.StatusTooLarge, "max_body"},
		{"closed without an answer", func(w http.ResponseWriter, _ *http.Request) {
			c, _, _ := w.(http.Hijacker).Hijack()
			c.Close()
		}, dewline.StatusConnection, "without an answer"},
		{"no HTTP", func(w http.ResponseWriter, _ *http.Request) {
			c, _, _ := w.(http.Hijacker).Hijack()
			io.WriteString(c, "220 mail.example.org ESMTP\r\n")
			c.Close()
		}, dewline.StatusConnection, "no answer"},
		{"cut body", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "1000")
			io.WriteString(w, sample)
		}, dewline.StatusCut, "2 entries"},
		{"cut before any item", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "1000")
			io.WriteString(w, "<rss>")
		}, dewline.StatusConnection, "broke off after 5 bytes"},
		{"parser panics", nil, dewline.StatusInternal, "report"},
	} {
		t.Run(c.name, func(t *testing.T) {
			parse, h := countItems, c.h
			if h == nil {
				parse = func(dewline.Document) dewline.Parsed { panic("boom") }
				h = func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, sample) }
			}
			limit := 10 * time.Second
			if c.want == dewline.StatusTimeout {
				limit = 200 * time.Millisecond
			}
			client := newClient(t, func(o *Options) { o.Timeout, o.Parse = limit, parse })
			r := get(t, client, serve(t, h))
			if r.Status != c.want || !strings.Contains(r.Detail, c.detail) {
				t.Fatalf("%s: %q, want %s: …%s…", r.Status, r.Detail, c.want, c.detail)
			}
			if !r.BodyHash.IsZero() && r.Status != dewline.StatusInternal {
				t.Error("the fingerprint of a body that was not taken in is kept")
			}
		})
	}
}

// Most bot walls answer with a refusal; the state names the wall, not the refusal. What is no wall's page stays
// what its status code means, and so does one that says when to come again.
func TestBotWallBehindARefusal(t *testing.T) {
	asks := func(d dewline.Document) dewline.Parsed {
		if strings.Contains(string(d.Body), "Just a moment") {
			return dewline.Parsed{Status: dewline.StatusChallenge, Detail: "a bot wall's page"}
		}
		return countItems(d)
	}
	for _, c := range []struct {
		code    int
		page    string
		kind    string
		after   string
		want    dewline.Status
		details string
	}{
		{403, "<title>Just a moment...</title>", "text/html; charset=UTF-8", "", dewline.StatusChallenge, "HTTP 403: a bot wall's page"},
		{503, "<title>Just a moment...</title>", "text/html", "", dewline.StatusChallenge, "HTTP 503"},
		{503, "<title>Just a moment...</title>", "text/html", "60", dewline.StatusUnavailable, "wait 1m0s"},
		{429, "<title>Just a moment...</title>", "text/html", "", dewline.StatusRateLimited, "HTTP 429"},
		{403, "<title>Forbidden</title>", "text/html", "", dewline.StatusForbidden, "HTTP 403"},
		{403, sample, "text/html", "", dewline.StatusForbidden, "HTTP 403"},
		{403, "<title>Just a moment...</title>" + strings.Repeat("x", wallBytes), "text/html", "", dewline.StatusForbidden, "HTTP 403"},
	} {
		url := serve(t, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", c.kind)
			if c.after != "" {
				w.Header().Set("Retry-After", c.after)
			}
			w.WriteHeader(c.code)
			io.WriteString(w, c.page)
		})
		r := get(t, newClient(t, func(o *Options) { o.Parse = asks }), url)
		if r.Status != c.want || !strings.Contains(r.Detail, c.details) || r.HTTPStatus != c.code || len(r.Entries) > 0 {
			t.Errorf("%d %.40s: %s %q with %d entries, want %s …%s…", c.code, c.page, r.Status, r.Detail, len(r.Entries), c.want, c.details)
		}
	}
}

// What came in time of a slow body is read; the state says that it was slow.
func TestSlowBodyIsSalvaged(t *testing.T) {
	url := serve(t, func(w http.ResponseWriter, r *http.Request) {
		io.WriteString(w, sample)
		w.(http.Flusher).Flush()
		<-r.Context().Done()
	})
	r := get(t, newClient(t, func(o *Options) { o.Timeout = 200 * time.Millisecond }), url)
	if r.Status != dewline.StatusTimeout || len(r.Entries) != 2 || !strings.Contains(r.Detail, "2 entries") {
		t.Fatalf("%+v", r)
	}
}

func TestConnectionFaults(t *testing.T) {
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	closed := ln.Addr().String()
	ln.Close()
	tlsServer := httptest.NewTLSServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
	tlsServer.Config.ErrorLog = nil
	defer tlsServer.Close()
	plain := serve(t, func(http.ResponseWriter, *http.Request) {})
	for _, c := range []struct {
		name, url string
		want      dewline.Status
	}{
		{"refused", "http://" + closed + "/", dewline.StatusConnection},
		{"unknown certificate", tlsServer.URL, dewline.StatusTLS},
		{"TLS to a plain server", strings.Replace(plain, "http:", "https:", 1), dewline.StatusTLS},
		{"no such name", "http://no-such-host.invalid/feed", dewline.StatusDNS},
		{"metadata address", "http://169.254.169.254/latest/meta-data", dewline.StatusBlocked},
		{"private", "http://10.0.0.1/", dewline.StatusBlocked},
		{"IPv6 loopback", "http://[::1]:1/", dewline.StatusBlocked},
		{"mapped", "http://[::ffff:10.0.0.1]/", dewline.StatusBlocked},
		{"unspecified", "http://0.0.0.0/", dewline.StatusBlocked},
		{"not http", "gopher://127.0.0.1/", dewline.StatusConnection},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := get(t, newClient(t), c.url)
			if r.Status != c.want || r.Detail == "" {
				t.Fatalf("%s: %s, want %s", r.Status, r.Detail, c.want)
			}
		})
	}
}

// Without allow_private, loopback itself is refused, also by the transport that
// the webhooks use.
func TestGuard(t *testing.T) {
	url := serve(t, func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, sample) })
	if r := get(t, newClient(t, func(o *Options) { o.AllowPrivate = nil }), url); r.Status != dewline.StatusBlocked {
		t.Fatalf("%s: %s", r.Status, r.Detail)
	}
	tr := NewTransport(nil)
	defer tr.CloseIdleConnections()
	req, _ := http.NewRequestWithContext(t.Context(), http.MethodPost, url, nil)
	if resp, err := tr.RoundTrip(req); err == nil {
		resp.Body.Close()
		t.Fatal("a webhook reached an address that is not public")
	}
}
