package fetcher

import (
	"crypto/tls"
	"fmt"
	"net/http"
	"net/netip"
	"net/url"
	"sync"
	"time"

	"dewline"

	"code.dny.dev/ssrf"
)

// routes are the ways by which feeds are reached, each made when the first feed
// needs it. Almost every feed takes the plain one.
type routes struct {
	allow   []netip.Prefix
	perSite int
	plain   *route

	mu     sync.Mutex
	others map[dewline.Route]*route // guarded by mu
}

// route is one way, with its connections.
type route struct {
	transport *http.Transport
	proxy     *url.URL       // nil: none
	guard     *ssrf.Guardian // of what a proxy is asked for; nil without one
	weak      []string       // what is wrong with the configured certificates
}

func newRoutes(allow []netip.Prefix, perSite int) *routes {
	r := &routes{allow: allow, perSite: perSite, others: make(map[dewline.Route]*route)}
	r.plain = &route{transport: r.tuned(NewTransport(allow))}
	return r
}

// tuned is a transport for feeds.
func (r *routes) tuned(t *http.Transport) *http.Transport {
	t.DisableCompression = true         // the encodings are decoded here, with a limit
	t.MaxIdleConnsPerHost = r.perSite   // as many as a site is asked over, or each answer ends one
	t.OnProxyConnectResponse = tunneled // only a proxy of ours is ever asked
	return t
}

// of is the route with this configuration.
func (r *routes) of(want dewline.Route) (*route, error) {
	if want == (dewline.Route{}) {
		return r.plain, nil
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if have := r.others[want]; have != nil {
		return have, nil
	}
	made, err := r.build(want)
	if err != nil {
		return nil, err
	}
	r.others[want] = made
	return made, nil
}

func (r *routes) build(want dewline.Route) (*route, error) {
	made := &route{transport: NewTransport(r.allow)}
	secure := &tls.Config{}
	if want.CA != "" {
		var err error
		if secure.RootCAs, made.weak, err = trust(want.CA, time.Now()); err != nil {
			return nil, err
		}
	}
	if want.Proxy != "" {
		proxy, err := proxyAddress(want.Proxy)
		if err != nil {
			return nil, err
		}
		made.proxy, made.guard = proxy, newGuard(r.allow)
		made.transport = proxyTransport(proxy, secure.RootCAs)
	}
	r.tuned(made.transport)
	made.transport.TLSClientConfig = secure
	if made.proxy != nil { // to it, all sites may be one
		made.transport.MaxIdleConnsPerHost = made.transport.MaxIdleConns
	}
	if want.HTTP1 {
		made.transport.ForceAttemptHTTP2 = false
		made.transport.Protocols = new(http.Protocols)
		made.transport.Protocols.SetHTTP1(true)
		secure.NextProtos = []string{"http/1.1"}
	}
	return made, nil
}

// closeIdle gives back the connections that nobody uses.
func (r *routes) closeIdle() {
	r.plain.transport.CloseIdleConnections()
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, each := range r.others {
		each.transport.CloseIdleConnections()
	}
}

// RoundTrip asks over this route. What a proxy would be asked for is judged
// here, as far as that can be seen without resolving names.
func (r *route) RoundTrip(req *http.Request) (*http.Response, error) {
	if r.proxy != nil {
		if err := judgeTarget(r.guard, req.URL.Hostname()); err != nil {
			return nil, err
		}
	}
	return r.transport.RoundTrip(req)
}

// via says for a report which way a request takes.
func (r *route) via() string {
	if r.proxy == nil {
		return ""
	}
	return fmt.Sprintf(" through the proxy %s", r.proxy.Host)
}
