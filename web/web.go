package web

import (
	"log/slog"
	"net/http"

	"dewline"
)

// Options are what the page shows beside the store, and who may see it.
type Options struct {
	BaseURL string // where links in the API lead; without a slash at its end
	Version string // of dewline
	Rules   []dewline.Rule
	Feeds   []dewline.Feed
	// Feed answers /feeds/ and /feeds.opml.
	Feed http.Handler
	// Ready says why the daemon cannot do its work at present, or nil.
	Ready func() error
	Log   *slog.Logger
	// Auth is the account that everything but the health checks asks for; nil:
	// nobody is asked.
	Auth *Auth
}

// Auth is the account of HTTP's basic authentication.
type Auth struct {
	Username string
	Password dewline.Secret
}

// site serves one configuration; a reload makes another.
type site struct {
	Options
	store Store
}

// New returns the handler of everything that dewline serves.
func New(store Store, opts Options) http.Handler {
	s := &site{Options: opts, store: store}
	return s.routes()
}

func (s *site) routes() http.Handler {
	mux := http.NewServeMux()
	mux.Handle("/feeds/", s.Feed)
	mux.Handle("/feeds.opml", s.Feed)
	mux.HandleFunc("/healthz", func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("ok\n")) })
	return mux
}
