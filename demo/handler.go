package demo

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"mime"
	"net/http"
	"time"
)

// site serves the samples.
type site struct {
	now   func() time.Time
	start time.Time
}

// Handler serves the sample feeds and the article pages that they link to. The
// demo begins at the time of this call.
func Handler(now func() time.Time) http.Handler {
	s := &site{now: now, start: now()}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", s.index)
	for i := range sources {
		src := &sources[i]
		mux.HandleFunc("GET "+src.path, func(w http.ResponseWriter, r *http.Request) { s.feed(w, r, src) })
		mux.HandleFunc("GET /"+src.folder()+"/", func(w http.ResponseWriter, r *http.Request) { s.page(w, r, src) })
	}
	return mux
}

func (s *site) moment(r *http.Request) moment {
	now := s.now()
	return moment{start: s.start, now: now, base: "http://" + r.Host, Statements: statements(s.start, now)}
}

// feed answers a request for a sample as its line in the table says.
func (s *site) feed(w http.ResponseWriter, r *http.Request, src *source) {
	if src.file == "" {
		http.NotFound(w, r)
		return
	}
	if !wait(r, src.delay) {
		return
	}
	body, err := src.wire(s.moment(r))
	if err != nil {
		fail(w, src.file, err)
		return
	}
	coding := src.coding(r)
	sent := body
	if coding != "" {
		if sent, err = compress(body, coding); err != nil {
			fail(w, src.file, err)
			return
		}
	}
	src.describe(w.Header(), body, coding)
	var modified time.Time
	if src.dated {
		modified = s.start
	}
	// It judges the conditions, and answers HEAD.
	http.ServeContent(w, r, "", modified, bytes.NewReader(sent))
}

// wait reports whether the client is still there after the delay.
func wait(r *http.Request, d time.Duration) bool {
	if d == 0 {
		return true
	}
	select {
	case <-time.After(d):
		return true
	case <-r.Context().Done():
		return false
	}
}

// coding is how the answer is compressed; empty where it is not.
func (s *source) coding(r *http.Request) string {
	if s.compress == "" || !accepts(r.Header.Get("Accept-Encoding"), s.compress) {
		return ""
	}
	return s.compress
}

// describe sets the headers that say what the body is.
func (s *source) describe(h http.Header, body []byte, coding string) {
	h.Set("Content-Type", s.mediaType())
	if s.compress != "" {
		h.Set("Vary", "Accept-Encoding")
	}
	if coding != "" {
		h.Set("Content-Encoding", coding)
	}
	if s.etag {
		sum := sha256.Sum256(body)
		h.Set("ETag", fmt.Sprintf(`"%x%s"`, sum[:8], coding)) // other bytes, another tag
	}
}

// mediaType is the Content-Type header. XML says its charset itself.
func (s *source) mediaType() string {
	if !s.inHeader {
		return s.contentType
	}
	return mime.FormatMediaType(s.contentType, map[string]string{"charset": s.charset})
}

func fail(w http.ResponseWriter, what string, err error) {
	http.Error(w, fmt.Sprintf("the sample %s cannot be served: %v", what, err), http.StatusInternalServerError)
}
