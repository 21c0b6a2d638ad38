package web

import (
	"errors"
	"fmt"
	"net/http"
	"runtime/debug"
	"strings"
	"time"
)

// policy lets the browser load nothing but our own style sheet and icon, and
// run nothing.
const policy = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// guarded is what every request passes: it is a question, but for a hub's and for the few orders, the answer
// carries what the browser must do, and a panic is one request's own.
func (s *site) guarded(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		began := time.Now()
		seen := &witness{ResponseWriter: w}
		defer func() {
			s.contain(seen, r, recover())
			s.Log.Debug("request", "method", r.Method, "path", shown(r.URL.Path), "status", seen.status, "from", r.RemoteAddr, "took", time.Since(began))
		}()
		order(w.Header())
		if f := s.refusal(r); f != nil {
			if f.status == http.StatusMethodNotAllowed {
				w.Header().Set("Allow", s.allowed(r.URL.Path))
			}
			s.refuse(seen, r, f)
			return
		}
		next.ServeHTTP(seen, r)
	})
}

// isHub reports a request that is for hubs, who may post.
func (s *site) isHub(r *http.Request) bool {
	return s.Push != nil && strings.HasPrefix(r.URL.Path, hubPath)
}

// shown is a path for the log: what only a hub may know is left out.
func shown(path string) string {
	if strings.HasPrefix(path, hubPath) {
		return hubPath + "…"
	}
	return path
}

func order(h http.Header) {
	h.Set("Content-Security-Policy", policy)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Cross-Origin-Embedder-Policy", "require-corp")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
}

// contain answers for a handler that panicked. http.ErrAbortHandler is no fault
// but the way to drop a connection.
func (s *site) contain(w *witness, r *http.Request, reason any) {
	if reason == nil {
		return
	}
	if err, ok := reason.(error); ok && errors.Is(err, http.ErrAbortHandler) {
		panic(reason)
	}
	s.Log.Error("a request set off a fault of dewline's own; the others go on",
		"path", shown(r.URL.Path), "query", r.URL.RawQuery, "panic", fmt.Sprint(reason), "stack", string(debug.Stack()))
	if w.status != 0 { // too late to answer otherwise: at least do not look complete
		panic(http.ErrAbortHandler)
	}
	for _, name := range []string{"Content-Encoding", "Content-Length", "Cache-Control", "Etag", "Last-Modified"} {
		w.Header().Del(name)
	}
	s.refuse(w, r, internal)
}

// witness remembers the status that was answered.
type witness struct {
	http.ResponseWriter
	status int
}

// WriteHeader notes the first final status.
func (w *witness) WriteHeader(status int) {
	if w.status == 0 && status >= http.StatusOK {
		w.status = status
	}
	w.ResponseWriter.WriteHeader(status)
}

// Write means 200 where nothing else was said.
func (w *witness) Write(b []byte) (int, error) {
	if w.status == 0 {
		w.status = http.StatusOK
	}
	return w.ResponseWriter.Write(b)
}

// Unwrap lets http.ResponseController reach the connection.
func (w *witness) Unwrap() http.ResponseWriter { return w.ResponseWriter }
