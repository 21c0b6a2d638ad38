package publish

import (
	"context"
	"net/http"
	"strings"
	"time"

	"dewline"
)

// Store is where the matches are. It is read from many goroutines at once.
type Store interface {
	// Matches lists what a rule matched, the newest first, with Seq below
	// before; 0 is from the newest. For rule "" it lists what any rule matched:
	// an item once, at its first match, with all its matches. Every Matched has
	// at least one match, and the first is the one whose Seq placed it.
	Matches(ctx context.Context, rule string, before uint64, limit int) ([]dewline.Matched, error)
	// Revision moves after every commit that added a match or changed a matched
	// item: as long as it stands, Matches answers the same.
	Revision() uint64
}

// Options is what a Publisher needs to know.
type Options struct {
	BaseURL string         // what every link starts with; absolute
	Rules   []dewline.Rule // those that have a feed
}

// Publisher serves the output feeds. It is safe for concurrent use.
type Publisher struct {
	store    Store
	base     string             // without a slash at its end
	channels map[string]channel // by name
	order    []string           // names of the channels, as they are listed
	cache    cache
}

// channel is one output feed, whatever its format.
type channel struct {
	name  string // as in its address
	rule  string // as the store knows it; "" for all
	title string
	about string // what it holds, in a sentence
}

// all is the name of the channel of all matches; no rule may have it.
const all = "all"

// New makes the feeds of the rules, and the one of all.
func New(store Store, opts Options) *Publisher {
	p := &Publisher{store: store, base: strings.TrimRight(opts.BaseURL, "/"), channels: make(map[string]channel)}
	p.add(channel{name: all, title: "All matches", about: "Statements that any rule of dewline found."})
	for _, r := range opts.Rules {
		title := line(r.Title)
		if title == "" {
			title = r.Name
		}
		p.add(channel{name: r.Name, rule: r.Name, title: title, about: "Statements that the rule " + r.Name + " of dewline found."})
	}
	return p
}

func (p *Publisher) add(c channel) {
	p.channels[c.name] = c
	p.order = append(p.order, c.name)
}

// ServeHTTP answers for /feeds/{rule}.atom, .rss and .json, and /feeds.opml.
func (p *Publisher) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		http.Error(w, "a feed can only be read: GET or HEAD", http.StatusMethodNotAllowed)
		return
	}
	want, fault := p.find(r.URL)
	if fault != nil {
		http.Error(w, fault.text, fault.status)
		return
	}
	now := time.Now()
	doc, err := p.document(r.Context(), want, now)
	if err != nil {
		http.Error(w, "the feed cannot be read from the store: "+err.Error(), http.StatusInternalServerError)
		return
	}
	doc.serve(w, r, now)
}

// document is what is served at an address. The newest pages are kept, since
// they are what is polled; an older one is made for whoever walks back to it.
func (p *Publisher) document(ctx context.Context, want address, now time.Time) (*document, error) {
	if want.before != 0 {
		return p.build(ctx, want, nil, now)
	}
	// The revision is read first: what is committed in between may already be
	// in the document, and then it is made once more than necessary.
	revision := p.store.Revision()
	return p.cache.get(want.path(), revision, func(old *document) (*document, error) {
		return p.build(ctx, want, old, now)
	})
}

// build renders what is at the address, or returns old where that holds the same.
func (p *Publisher) build(ctx context.Context, want address, old *document, now time.Time) (*document, error) {
	if want.format == nil {
		return p.outputs(old, now)
	}
	matched, err := p.store.Matches(ctx, want.channel.rule, want.before, pageSize+1)
	if err != nil {
		return nil, err
	}
	source := fingerprint(matched)
	if old != nil && old.source == source {
		return old, nil
	}
	body, err := want.format.render(p, p.page(want, matched))
	if err != nil {
		return nil, err
	}
	return newDocument(want.format.mime, body, source, old, want.before == 0, now)
}
