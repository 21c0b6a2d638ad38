package fetcher

import (
	"context"
	"net"
	"net/http/httptrace"
	"net/url"
	"strings"
	"sync"
	"time"
)

// turns limits the requests at one time: to each site, to each address of the
// network, and in all. A request waits for its site first and for the common
// places last, so that a slow site's queue holds none of those.
type turns struct {
	all       chan struct{}
	sites     queues
	addresses queues
	rest      time.Duration // for which a place at a site is left empty after a request
}

// sitesAtAddress is how many times as many requests an address gets as a site: many sites are at the address of one
// machine, which feels them all, but as many are at that of a network for content, which does not.
const sitesAtAddress = 4

func newTurns(all, perSite int) *turns {
	return &turns{all: make(chan struct{}, all), sites: newQueues(perSite), addresses: newQueues(sitesAtAddress * perSite)}
}

// take waits for a turn to ask this site, which is at this address; empty: nobody knows where. The returned
// function ends the turn.
func (t *turns) take(ctx context.Context, site, address string) (done func(), err error) {
	leaveSite, err := t.sites.take(ctx, site)
	if err != nil {
		return nil, err
	}
	leaveAddress := func() {}
	if address != "" {
		if leaveAddress, err = t.addresses.take(ctx, address); err != nil {
			leaveSite()
			return nil, err
		}
	}
	if err := enter(ctx, t.all); err != nil {
		leaveAddress()
		leaveSite()
		return nil, err
	}
	return func() {
		<-t.all
		leaveAddress()
		if t.rest == 0 || strings.Contains(site, ":") { // this machine, or an address of one's own network
			leaveSite()
			return
		}
		time.AfterFunc(t.rest, leaveSite)
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

// queues are places, so many for each name. Only those are remembered that somebody uses.
type queues struct {
	places int
	mu     sync.Mutex
	of     map[string]*queue // guarded by mu
}

type queue struct {
	places chan struct{}
	users  int // waiting or served; guarded by queues.mu
}

func newQueues(places int) queues { return queues{places: places, of: make(map[string]*queue)} }

func (q *queues) take(ctx context.Context, name string) (leave func(), err error) {
	mine := q.join(name)
	if err := enter(ctx, mine.places); err != nil {
		q.leave(name, mine)
		return nil, err
	}
	return func() {
		<-mine.places
		q.leave(name, mine)
	}, nil
}

func (q *queues) join(name string) *queue {
	q.mu.Lock()
	defer q.mu.Unlock()
	one := q.of[name]
	if one == nil {
		one = &queue{places: make(chan struct{}, q.places)}
		q.of[name] = one
	}
	one.users++
	return one
}

func (q *queues) leave(name string, one *queue) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if one.users--; one.users == 0 {
		delete(q.of, name)
	}
}

// addresses remembers where hosts are: from the last connection to each, for a name is resolved only when it is
// dialled.
type addresses struct {
	mu sync.Mutex
	of map[string]string // guarded by mu
}

// maxAddresses bounds what is remembered. Beyond it all is forgotten, and learned anew.
const maxAddresses = 100_000

func (a *addresses) at(host string) string {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.of[host]
}

func (a *addresses) learn(host string, conn httptrace.GotConnInfo) {
	at, _, err := net.SplitHostPort(conn.Conn.RemoteAddr().String())
	if err != nil {
		return
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.of == nil || len(a.of) >= maxAddresses {
		a.of = make(map[string]string)
	}
	a.of[host] = at
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
