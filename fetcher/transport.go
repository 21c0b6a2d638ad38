package fetcher

import (
	"net"
	"net/http"
	"net/netip"
	"time"

	"code.dny.dev/ssrf"
)

// NewTransport returns an HTTP transport that connects to public addresses, and
// to those in allow. The address is judged when it is dialled, after the name was
// resolved, so neither a redirect nor a name that resolves anew gets around it.
// Proxies from the environment are not used: they would dial in our place.
func NewTransport(allow []netip.Prefix) *http.Transport {
	dialer := newDialer()
	dialer.Control = newGuard(allow).Safe
	return newTransport(dialer)
}

func newDialer() *net.Dialer {
	return &net.Dialer{Timeout: 30 * time.Second, KeepAlive: 30 * time.Second}
}

func newTransport(dialer *net.Dialer) *http.Transport {
	return &http.Transport{
		DialContext:            dialer.DialContext,
		ForceAttemptHTTP2:      true, // a dialer of one's own switches it off
		TLSHandshakeTimeout:    handshakeTimeout,
		IdleConnTimeout:        30 * time.Second, // shorter than most intervals: an idle connection is memory
		MaxIdleConns:           64,
		MaxIdleConnsPerHost:    2,
		MaxResponseHeaderBytes: 256 << 10,
	}
}

const handshakeTimeout = 30 * time.Second

// newGuard judges addresses by the registries of special-purpose networks
// (RFC 6890 and its successors).
func newGuard(allow []netip.Prefix) *ssrf.Guardian {
	var v4, v6 []netip.Prefix
	for _, p := range allow {
		if p.Addr().Is4() {
			v4 = append(v4, p)
		} else {
			v6 = append(v6, p)
		}
	}
	return ssrf.New(ssrf.WithAnyPort(), ssrf.WithAllowedV4Prefixes(v4...), ssrf.WithAllowedV6Prefixes(v6...))
}
