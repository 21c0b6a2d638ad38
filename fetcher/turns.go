package fetcher

import (
	"context"
	"net/url"
	"sync"
)

// turns limits the requests at one time, to each site and in all. A request
// waits for its site first, so that a slow site's queue holds none of the
// places that all share.
type turns struct {
	all     chan struct{}
	perSite int

	mu    sync.Mutex
	sites map[string]*queue // guarded by mu; only those with requests
}

type queue struct {
	places chan struct{}
	users  int // waiting or served; guarded by turns.mu
}

func newTurns(all, perSite int) *turns {
	return &turns{all: make(chan struct{}, all), perSite: perSite, sites: make(map[string]*queue)}
}

// take waits for a turn to ask this site. The returned function ends it.
func (t *turns) take(ctx context.Context, site string) (done func(), err error) {
	q := t.join(site)
	if err := enter(ctx, q.places); err != nil {
		t.leave(site, q)
		return nil, err
	}
	if err := enter(ctx, t.all); err != nil {
		<-q.places
		t.leave(site, q)
		return nil, err
	}
	return func() {
		<-t.all
		<-q.places
		t.leave(site, q)
	}, nil
}

func enter(ctx context.Context, places chan<- struct{}) error {
	select {
	case places <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (t *turns) join(site string) *queue {
	t.mu.Lock()
	defer t.mu.Unlock()
	q := t.sites[site]
	if q == nil {
		q = &queue{places: make(chan struct{}, t.perSite)}
		t.sites[site] = q
	}
	q.users++
	return q
}

func (t *turns) leave(site string, q *queue) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if q.users--; q.users == 0 {
		delete(t.sites, site)
	}
}

// port is the port of an address, written or meant.
func port(u *url.URL) string {
	switch {
	case u.Port() != "":
		return u.Port()
	case u.Scheme == "https":
		return "443"
	}
	return "80"
}
