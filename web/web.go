package web

import (
	"context"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"dewline"

	"github.com/klauspost/compress/gzhttp"
)

// Options are what the page shows beside the store, and who may see it.
type Options struct {
	BaseURL string // where links that leave the page lead: the API's
	Version string // of dewline
	Rules   []dewline.Rule
	Feeds   []dewline.Feed
	// Search makes a query ready. The error is a *dewline.SyntaxError.
	Search func(query string) (*Search, error)
	// Silences are those that hold, or all there ever were, the newest first; nil: there are none.
	Silences func(ctx context.Context, now time.Time, all bool) ([]dewline.SilenceDocument, error)
	// Feed answers /feeds/ and /feeds.opml.
	Feed http.Handler
	// Push answers hubs below /websub/, which know no account; nil: none is answered.
	Push http.Handler
	// Pushes are what hubs sent since the start, by what became of it; nil: nothing.
	Pushes func() map[string]uint64
	// Retry puts dead letters back into the outbox: these, or all of a receiver, or all there are. It returns
	// how many; nil: nobody is offered it.
	Retry func(ctx context.Context, keys []dewline.Key, receiver string) (int, error)
	// Waiting says what keeps a feed from being polled, or nil; nil: it is not known of any.
	Waiting func(feed dewline.Key, now time.Time) *dewline.Wait
	// Ready says why the daemon cannot do its work at present, or nil.
	Ready func() error
	Log   *slog.Logger
	// Auth is the account that everything but the health checks asks for; nil:
	// nobody is asked.
	Auth *Auth
	// Local says that only this machine can connect and nobody is asked:
	// requests under a name that is not ours are then refused.
	Local bool
}

// site serves one configuration. A reload makes another; nothing of it is ever
// changed, so requests share it without a lock.
type site struct {
	Options
	store Store
	rules map[string]dewline.Rule
	feeds map[dewline.Key]dewline.Feed

	posted   *http.ServeMux // of the orders
	origins  *http.CrossOriginProtection
	searches chan struct{} // one for each search that is under way
}

// New returns the handler of everything that dewline serves.
func New(store Store, opts Options) http.Handler {
	opts.BaseURL = strings.TrimRight(opts.BaseURL, "/")
	s := &site{
		Options: opts, store: store, rules: make(map[string]dewline.Rule), feeds: make(map[dewline.Key]dewline.Feed),
		origins: ownOrigins(opts.BaseURL), searches: make(chan struct{}, searchesAtOnce),
	}
	s.posted = s.orderRoutes()
	for _, r := range opts.Rules {
		s.rules[r.Name] = r
	}
	for _, f := range opts.Feeds {
		s.feeds[f.Key()] = f
	}
	return s.guarded(s.routes())
}

// hubPath is where hubs call. Each knows an address there that nobody can guess,
// and may post to it.
const hubPath = "/websub/"

// routes is the map of the site. Health is for machines that have no account, as
// hubs are; everything else is behind the account. The output feeds compress themselves,
// and so do the metrics.
func (s *site) routes() http.Handler {
	own := http.NewServeMux()
	s.pageRoutes(own)
	s.apiRoutes(own)
	for path, take := range s.orders() {
		own.HandleFunc("POST "+path, take)
	}
	own.HandleFunc("/opml", s.opml)
	own.Handle("/static/", static)

	private := http.NewServeMux()
	private.Handle("/", gzhttp.GzipHandler(own))
	private.Handle("/feeds/", s.Feed)
	private.Handle("/feeds.opml", s.Feed)
	private.Handle("/metrics", s.metrics())

	all := http.NewServeMux()
	all.Handle("/", s.ownName(s.Auth.required(s, private)))
	if s.Push != nil {
		all.Handle(hubPath, s.Push)
	}
	all.HandleFunc("/healthz", s.healthz)
	all.HandleFunc("/readyz", s.readyz)
	return all
}
