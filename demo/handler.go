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
	if src.delay > 0 {
		select {
		case <-time.After(src.delay):
		case <-r.Context().Done():
			return
		}
	}
	body, err := src.wire(s.moment(r))
	if err != nil {
		fail(w, src.file, err)
		return
	}
	h := w.Header()
	h.Set("Content-Type", src.mediaType())
	var tag string
	if src.etag {
		sum := sha256.Sum256(body)
		tag = fmt.Sprintf("%x", sum[:8])
	}
	if src.compress != "" {
		h.Set("Vary", "Accept-Encoding")
		if accepts(r.Header.Get("Accept-Encoding"), src.compress) {
			if body, err = compress(body, src.compress); err != nil {
				fail(w, src.file, err)
				return
			}
			h.Set("Content-Encoding", src.compress)
			tag += src.compress // other bytes, another tag
		}
	}
	if src.etag {
		h.Set("ETag", `"`+tag+`"`)
	}
	var modified time.Time
	if src.dated {
		modified = s.start
	}
	// It judges the conditions, and answers HEAD.
	http.ServeContent(w, r, "", modified, bytes.NewReader(body))
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
