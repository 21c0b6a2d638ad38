package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"sync/atomic"
	"time"
)

// server is the HTTP listener. Its handler is changed by a reload without
// dropping a connection; its address only where the configuration's changed.
type server struct {
	log     *slog.Logger
	handler atomic.Pointer[http.Handler]
	addr    string // as configured
	ln      net.Listener
	http    *http.Server
}

// listen opens the address and begins to serve; until handle is called it
// answers 503.
func listen(addr string, log *slog.Logger) (*server, error) {
	s := &server{log: log}
	return s, s.open(addr)
}

func (s *server) open(addr string) error {
	ln, err := net.Listen("tcp", addr)
	if err != nil {
		return fmt.Errorf("http.listen: %w; choose another address, or stop what holds it", err)
	}
	s.addr, s.ln = addr, ln
	s.http = &http.Server{
		Handler:           s,
		ReadHeaderTimeout: 10 * time.Second,
		ReadTimeout:       30 * time.Second,
		WriteTimeout:      2 * time.Minute,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    64 << 10,
		ErrorLog:          slog.NewLogLogger(s.log.Handler(), slog.LevelDebug),
	}
	go func(h *http.Server) {
		if err := h.Serve(ln); err != nil && !errors.Is(err, http.ErrServerClosed) {
			s.log.Error("the page stopped serving", "err", err)
		}
	}(s.http)
	return nil
}

func (s *server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if h := s.handler.Load(); h != nil {
		(*h).ServeHTTP(w, r)
		return
	}
	http.Error(w, "starting", http.StatusServiceUnavailable)
}

func (s *server) handle(h http.Handler) { s.handler.Store(&h) }

func (s *server) url() string { return "http://" + s.ln.Addr().String() }

// base is a base URL whose port 0 became the port that we were given.
func (s *server) base(configured string) string {
	_, port, err := net.SplitHostPort(s.ln.Addr().String())
	host, free := strings.CutSuffix(configured, ":0")
	if err != nil || !free {
		return configured
	}
	return host + ":" + port
}

// move listens on another address; where that fails, the old one stays.
func (s *server) move(addr string) error {
	if addr == s.addr {
		return nil
	}
	old := s.http
	if err := s.open(addr); err != nil {
		return err
	}
	go shutdown(old)
	return nil
}

func (s *server) close() { shutdown(s.http) }

// shutdown lets answers under way end, for a while.
func shutdown(h *http.Server) {
	ctx, cancel := context.WithTimeout(context.Background(), 3*time.Second)
	defer cancel()
	if h.Shutdown(ctx) != nil {
		_ = h.Close()
	}
}
