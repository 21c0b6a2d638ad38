package web

import (
	"context"
	"errors"
	"net/http"
	"strings"
)

// fault is an answer that is not what was asked for, in words for who asked.
type fault struct {
	status int
	title  string    // a heading
	detail string    // what happened and what to do
	place  *position // in the query that is at fault; nil where no query is
	retry  string    // seconds to wait before asking again; empty: that would not help
}

func (f *fault) Error() string { return f.detail }

var internal = &fault{status: http.StatusInternalServerError, title: "Something went wrong", detail: "dewline could not answer; its log says why"}

func badRequest(detail string) *fault {
	return &fault{status: http.StatusBadRequest, title: "Not understood", detail: detail}
}

func notFound(detail string) *fault {
	return &fault{status: http.StatusNotFound, title: "Not found", detail: detail}
}

// faultOf is what is told about an error. What the store or the program got
// wrong goes to the log and is not told to the asker in detail.
func (s *site) faultOf(r *http.Request, err error) *fault {
	var f *fault
	if errors.As(err, &f) {
		return f
	}
	if errors.Is(err, context.Canceled) && r.Context().Err() != nil {
		return &fault{status: 499, title: "Gone", detail: "the asker went away"} // nobody reads it
	}
	s.Log.Error("a request could not be answered", "path", r.URL.Path, "query", r.URL.RawQuery, "err", err)
	return internal
}

// refuse answers a fault in the form that belongs to the path.
func (s *site) refuse(w http.ResponseWriter, r *http.Request, f *fault) {
	w.Header().Set("Cache-Control", "no-store")
	if f.retry != "" {
		w.Header().Set("Retry-After", f.retry)
	}
	switch path := r.URL.Path; {
	case strings.HasPrefix(path, "/api/"):
		writeProblem(w, f)
	case isPage(path):
		s.faultPage(w, r, f)
	default:
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		w.WriteHeader(f.status)
		_, _ = w.Write([]byte(f.detail + "\n"))
	}
}

// isPage tells what a person looks at from what a program reads.
func isPage(path string) bool {
	for _, p := range []string{"/feeds/", "/feeds.opml", "/opml", "/metrics", "/static/", "/healthz", "/readyz"} {
		if path == p || strings.HasSuffix(p, "/") && strings.HasPrefix(path, p) {
			return false
		}
	}
	return true
}
