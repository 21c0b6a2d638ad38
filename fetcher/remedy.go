package fetcher

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
)

// unauthorized says what to do about a 401: which account is wanted, and whether
// one was sent.
func (f *fetch) unauthorized(from *url.URL, h http.Header) string {
	schemes := challenges(h)
	switch {
	case f.away && f.feed.Account != nil:
		return fmt.Sprintf("%s asks for an account, and that of this feed is sent to %s only; if both are the same publisher's, configure the address that the redirect leads to", from.Host, f.home.Host)
	case !f.away && f.sends("Authorization"):
		return "the server does not take the header Authorization that is configured; correct it in headers"
	case f.feed.Account != nil && basic(schemes):
		return fmt.Sprintf("the server does not take the username %q with its password; correct basic_auth", f.feed.Account.Username)
	case basic(schemes):
		return "the server asks for a username and password; configure basic_auth for this feed"
	}
	return fmt.Sprintf("the server asks for an account by %s, which basic_auth is not; if it takes a token, send it in headers", strings.Join(schemes, ", "))
}

// sends reports whether a header is configured for the feed.
func (f *fetch) sends(name string) bool {
	for have := range f.feed.Headers {
		if strings.EqualFold(have, name) {
			return true
		}
	}
	return false
}

// challenges are the kinds of account that a server asks for (RFC 9110 §11.6.1):
// the first word of each header, which is all that can be told without a full
// parser, and enough for a remedy.
func challenges(h http.Header) []string {
	var all []string
	for _, line := range h.Values("WWW-Authenticate") {
		if scheme, _, _ := strings.Cut(strings.TrimSpace(line), " "); scheme != "" && len(scheme) <= 20 {
			all = append(all, scheme)
		}
	}
	return all
}

// basic reports whether an account of name and password will do. A server that
// does not say what it wants mostly means this one.
func basic(schemes []string) bool {
	for _, s := range schemes {
		if strings.EqualFold(s, "Basic") {
			return true
		}
	}
	return len(schemes) == 0
}

// tlsRemedy says what to do about a connection that could not be made secure.
func (f *fetch) tlsRemedy(err error) string {
	var failed *tls.CertificateVerificationError
	if !errors.As(err, &failed) || !errors.As(err, new(x509.UnknownAuthorityError)) || len(failed.UnverifiedCertificates) == 0 {
		return "tell its publisher, or check this machine's clock and certificates"
	}
	if len(f.route.weak) > 0 {
		return "of its ca_file, " + strings.Join(f.route.weak, "; ")
	}
	last := failed.UnverifiedCertificates[len(failed.UnverifiedCertificates)-1]
	remedy := "its chain of certificates does not end with one that this system trusts: name a ca_file with the certificate of " + shown(last.Issuer.String())
	if len(last.IssuingCertificateURL) > 0 {
		remedy += ", which is published at " + shown(last.IssuingCertificateURL[0])
	}
	return remedy
}

// shown is what a server says, in quotes and not too long.
func shown(s string) string {
	const longest = 200
	if r := []rune(s); len(r) > longest {
		s = string(r[:longest]) + "…"
	}
	return strconv.Quote(s)
}
