package fetcher

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"dewline"

	"code.dny.dev/ssrf"
)

// fault is why a fetch brought nothing, as the feed's health shows it.
type fault struct {
	status dewline.Status
	detail string
}

// errBudget marks our own time limit among the reasons why a context ends.
var errBudget = errors.New("the time limit of the fetch")

func (f *fetch) canceled(err error) *fault {
	return &fault{dewline.StatusTimeout, "stopped before it was asked: " + err.Error()}
}

// failed names the fault behind an error of the transport or of the body.
func (f *fetch) failed(ctx context.Context, to *url.URL, err error) *fault {
	limit := f.client.opts
	switch {
	case errors.Is(err, errTooLarge):
		return &fault{dewline.StatusTooLarge, fmt.Sprintf("the body is larger than %d bytes; raise fetch.max_body if the feed is worth it", limit.MaxBody)}
	case errors.Is(context.Cause(ctx), errBudget), isTimeout(err):
		return &fault{dewline.StatusTimeout, fmt.Sprintf("not done within %s, waiting for %s; raise fetch.timeout if the source is that slow", limit.Timeout, *f.stage.Load())}
	case f.route.proxy != nil && proxied(err):
		return f.route.proxyFault(to, err)
	case errors.Is(err, ssrf.ErrProhibitedIP), errors.Is(err, ssrf.ErrProhibitedNetwork), errors.Is(err, ssrf.ErrInvalidHostPort):
		return &fault{dewline.StatusBlocked, fmt.Sprintf("%s is at an address that is not public, and was not asked (%v); if it is meant, add its network to fetch.allow_private", to.Host, reason(err))}
	case isDNS(err):
		return &fault{dewline.StatusDNS, fmt.Sprintf("the name %s does not resolve (%v); check the address, or this machine's resolver", to.Hostname(), reason(err))}
	case isTLS(err):
		return &fault{dewline.StatusTLS, fmt.Sprintf("no secure connection to %s (%v); %s", to.Host, reason(err), f.tlsRemedy(err))}
	case errors.Is(err, errEncoding):
		return &fault{dewline.StatusEncoding, fmt.Sprintf("the body is not what its Content-Encoding announces (%v); tell its publisher", err)}
	case errors.Is(err, errCut):
		return &fault{dewline.StatusConnection, fmt.Sprintf("the transfer broke off after %d bytes", f.resp.WireBytes)}
	}
	return &fault{dewline.StatusConnection, fmt.Sprintf("no answer from %s (%v); it will be tried again", to.Host, reason(err))}
}

func isTimeout(err error) bool {
	var dns *net.DNSError
	var timeout interface{ Timeout() bool }
	return !errors.As(err, &dns) && errors.As(err, &timeout) && timeout.Timeout()
}

func isDNS(err error) bool {
	var dns *net.DNSError
	return errors.As(err, &dns)
}

func isTLS(err error) bool {
	return errors.As(err, new(*tls.CertificateVerificationError)) || errors.As(err, new(tls.RecordHeaderError)) ||
		errors.As(err, new(tls.AlertError)) || errors.As(err, new(*tls.ECHRejectionError)) ||
		errors.As(err, new(x509.UnknownAuthorityError)) || errors.As(err, new(x509.HostnameError)) ||
		errors.As(err, new(x509.CertificateInvalidError)) || remoteAlert(err)
}

// remoteAlert recognises that the other side broke off the handshake: an error
// of crypto/tls without a type of its own.
func remoteAlert(err error) bool {
	var op *net.OpError
	return errors.As(err, &op) && op.Op == "remote error"
}

// reason is the heart of an error of the net packages, without the wrapping
// that repeats addresses.
func reason(err error) error {
	var op *net.OpError
	var dns *net.DNSError
	switch {
	case errors.As(err, &dns):
		return errors.New(dns.Err)
	case errors.As(err, &op):
		return op.Err
	case errors.Is(err, io.EOF):
		return errors.New("the connection was closed without an answer")
	}
	return err
}

// refused names the answer of a server, or of the proxy, that gave no feed.
func (f *fetch) refused(from *url.URL, answer *http.Response) *fault {
	code := answer.StatusCode
	said := "HTTP " + strconv.Itoa(code)
	if text := http.StatusText(code); text != "" {
		said += " " + text
	}
	status, remedy := meaning(code)
	switch {
	case code == http.StatusProxyAuthRequired && f.route.proxy != nil:
		return f.route.proxyAccount(&proxyError{code})
	case code == http.StatusUnauthorized:
		remedy = f.unauthorized(from, answer.Header)
	}
	if f.resp.RetryAfter > 0 {
		remedy = fmt.Sprintf("the server asks to wait %s", f.resp.RetryAfter)
	}
	return &fault{status, said + "; " + remedy}
}

// meaning is the state that a status code stands for, and what to do about it.
func meaning(code int) (dewline.Status, string) {
	switch code {
	case http.StatusNotFound:
		return dewline.StatusNotFound, "look for the feed's new address: `dewline feeds check` of the site's page names what it advertises"
	case http.StatusGone:
		return dewline.StatusGone, "the publisher has ended this feed; look for its successor"
	case http.StatusUnauthorized, http.StatusForbidden, http.StatusUnavailableForLegalReasons:
		return dewline.StatusForbidden, "the server refuses us; another user_agent, or its publisher, may help"
	case http.StatusTooManyRequests:
		return dewline.StatusRateLimited, "asked too often; poll more rarely, or lower fetch.per_site"
	case http.StatusServiceUnavailable:
		return dewline.StatusUnavailable, "out of service for now"
	case http.StatusNotModified:
		return dewline.StatusHTTPError, "the server says \"not modified\" to a request that did not ask; tell its publisher"
	}
	if code >= 500 {
		return dewline.StatusServerError, "a fault of the server; it will be tried again"
	}
	return dewline.StatusHTTPError, "an answer that a feed should not give; check the address in a browser"
}

// maxRetryAfter keeps a header from overflowing; how long a server may keep us
// away is the monitor's judgement.
const maxRetryAfter = 366 * 24 * time.Hour

// retryAfter reads a Retry-After header: seconds, or a date (RFC 9110 §10.2.3).
func retryAfter(header string, now time.Time) time.Duration {
	if d, ok := seconds(header); ok {
		return d
	}
	if at, err := http.ParseTime(header); err == nil && at.After(now) {
		return min(at.Sub(now).Round(time.Second), maxRetryAfter)
	}
	return 0
}
