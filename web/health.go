package web

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"time"
)

// healthz says that the process answers, and nothing more: a restart would not
// mend a full disk.
func (s *site) healthz(w http.ResponseWriter, _ *http.Request) { plain(w, http.StatusOK, "ok") }

// readyz says whether the daemon does its work, and why not.
func (s *site) readyz(w http.ResponseWriter, r *http.Request) {
	if err := s.ready(r.Context()); err != nil {
		plain(w, http.StatusServiceUnavailable, "not ready: "+brief(err.Error()))
		return
	}
	plain(w, http.StatusOK, "ready")
}

// ready is why work cannot be done, or nil.
func (s *site) ready(ctx context.Context) error {
	if err := s.Ready(); err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	if _, err := s.store.Counts(ctx); err != nil {
		return fmt.Errorf("the store cannot be read: %w", err)
	}
	return nil
}

func plain(w http.ResponseWriter, status int, text string) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_, _ = w.Write([]byte(text + "\n"))
}

// brief is the first line of a reason, of a length that fits a probe's report.
func brief(s string) string { return shortened(s, 200) }

// shortened is the first line of a text, of at most so many bytes.
func shortened(s string, longest int) string {
	s, _, _ = strings.Cut(s, "\n")
	if len(s) > longest {
		s = strings.ToValidUTF8(s[:longest], "") + "…"
	}
	return s
}
