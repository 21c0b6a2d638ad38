package fetcher

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"

	"dewline"

	"code.dny.dev/ssrf"
	"golang.org/x/net/idna"
)

// proxyAddress reads the address of a proxy. Its errors do not show it: it may
// hold a password.
func proxyAddress(s dewline.Secret) (*url.URL, error) {
	u, err := url.Parse(s.Reveal())
	if err != nil || u.Hostname() == "" {
		return nil, errors.New("the proxy's address cannot be read")
	}
	switch u.Scheme {
	case "http", "https", "socks5", "socks5h":
		return u, nil
	}
	return nil, errors.New("the proxy's address does not begin with http://, https:// or socks5://")
}

// proxyTransport connects through a proxy and to nothing else; the proxy is allowed
// by being named.
func proxyTransport(proxy *url.URL, roots *x509.CertPool) *http.Transport {
	dialer := newDialer()
	t := newTransport(dialer)
	t.Proxy = http.ProxyURL(proxy)
	if proxy.Scheme == "https" {
		t.DialTLSContext = tlsDialer(dialer, roots)
	}
	return t
}

// judgeTarget refuses to have a proxy connect to what is not public. Names are
// resolved by the proxy, so only an address, or a name for this machine, can be
// judged here.
func judgeTarget(guard *ssrf.Guardian, host string) error {
	ip, is, err := literal(host)
	if err != nil || !is {
		return err
	}
	return guard.SafeAddr(ip)
}

// literal is the address that a host is written as. A resolver may read numbers
// in other notations as an address (0x7f.1, 2130706433); as none of them can be
// a name, they are refused instead of guessed at.
func literal(host string) (ip netip.Addr, is bool, err error) {
	if ascii, err := idna.Lookup.ToASCII(host); err == nil { // full width digits are digits
		host = ascii
	}
	host = strings.ToLower(strings.TrimSuffix(host, "."))
	if host == "localhost" || strings.HasSuffix(host, ".localhost") { // RFC 6761
		return netip.AddrFrom4([4]byte{127, 0, 0, 1}), true, nil
	}
	if ip, err := netip.ParseAddr(host); err == nil {
		return ip.WithZone("").Unmap(), true, nil
	}
	last := host[strings.LastIndexByte(host, '.')+1:]
	if strings.Trim(last, "0123456789") == "" || strings.HasPrefix(last, "0x") {
		return ip, false, fmt.Errorf("%w: %s is an address in an unusual notation", ssrf.ErrProhibitedIP, host)
	}
	return ip, false, nil
}

// proxyError is a proxy's refusal to connect us.
type proxyError struct{ code int }

func (e *proxyError) Error() string {
	return strings.TrimSpace(fmt.Sprintf("HTTP %d %s", e.code, http.StatusText(e.code)))
}

// tunneled keeps the number of a proxy's refusal, which the transport forgets.
func tunneled(_ context.Context, _ *url.URL, _ *http.Request, answer *http.Response) error {
	if answer.StatusCode != http.StatusOK {
		return &proxyError{answer.StatusCode}
	}
	return nil
}

// tlsDialer dials a proxy that is spoken to over TLS. The transport by itself
// would offer it HTTP/2, which it does not speak to proxies.
func tlsDialer(dialer *net.Dialer, roots *x509.CertPool) func(ctx context.Context, network, address string) (net.Conn, error) {
	return func(ctx context.Context, network, address string) (net.Conn, error) {
		ctx, cancel := context.WithTimeout(ctx, dialer.Timeout+handshakeTimeout)
		defer cancel()
		config := &tls.Config{RootCAs: roots, NextProtos: []string{"http/1.1"}}
		return (&tls.Dialer{NetDialer: dialer, Config: config}).DialContext(ctx, network, address)
	}
}

// proxied recognises what happened between us and the proxy, or what the proxy
// says of its way on.
func proxied(err error) bool {
	var op *net.OpError
	return errors.As(err, new(*proxyError)) ||
		errors.As(err, &op) && (op.Op == "proxyconnect" || strings.HasPrefix(op.Op, "socks"))
}

// proxyFault names a fault of the proxy, in words without its password.
func (r *route) proxyFault(to *url.URL, err error) *fault {
	remedy := "check the proxy, and proxy: in the configuration"
	var refused *proxyError
	switch {
	case errors.As(err, &refused) && refused.code == http.StatusProxyAuthRequired, socksAccount(err):
		return r.proxyAccount(err)
	case errors.As(err, &refused):
		return &fault{dewline.StatusConnection, fmt.Sprintf("the proxy %s does not connect us to %s (%v); %s", r.proxy.Host, to.Host, refused, remedy)}
	}
	return &fault{dewline.StatusConnection, fmt.Sprintf("no way to %s through the proxy %s (%v); %s", to.Host, r.proxy.Host, innermost(err), remedy)}
}

// socksAccount recognises that a SOCKS proxy asks who we are, or does not take our
// answer: errors of net/http without a type of their own.
func socksAccount(err error) bool {
	text := err.Error()
	return strings.Contains(text, "username/password") || strings.Contains(text, "no acceptable authentication methods")
}

// proxyAccount is the fault of a proxy that wants to know who we are.
func (r *route) proxyAccount(err error) *fault {
	remedy := "write proxy: with a username and password, or name a proxy_file"
	if r.proxy.User != nil {
		remedy = "it was given a username and password: check them"
	}
	return &fault{dewline.StatusConnection, fmt.Sprintf("the proxy %s does not let us through (%v); %s", r.proxy.Host, innermost(err), remedy)}
}

// innermost is reason, through the wrapping of a proxy's errors.
func innermost(err error) error {
	for {
		var op *net.OpError
		if !errors.As(err, &op) || op.Err == nil {
			return reason(err)
		}
		err = op.Err
	}
}
