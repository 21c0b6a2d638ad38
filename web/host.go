package web

import (
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
)

// ownName lets through requests for an address or name that is ours. A page that
// asks nobody who they are would otherwise be open to any web site: one whose
// name resolves to this machine's loopback address (DNS rebinding) may read, in
// the browser of somebody here, what is served under its name.
func (s *site) ownName(next http.Handler) http.Handler {
	if !s.Local {
		return next
	}
	base, err := url.Parse(s.BaseURL)
	if err != nil {
		base = &url.URL{}
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if name := hostname(r.Host); local(name) || strings.EqualFold(name, base.Hostname()) {
			next.ServeHTTP(w, r)
			return
		}
		s.refuse(w, r, &fault{status: http.StatusMisdirectedRequest, title: "Not known by this name", detail: "this page is not called " + quoted(hostname(r.Host)) + "; where it is, set http.base_url to the address that readers use"})
	})
}

// hostname is a Host header without the port.
func hostname(host string) string {
	if name, _, err := net.SplitHostPort(host); err == nil {
		return name
	}
	return strings.Trim(host, "[]")
}

// local reports whether a name cannot be somebody's on the web: an address, or
// localhost (RFC 6761).
func local(name string) bool {
	_, err := netip.ParseAddr(name)
	name = strings.ToLower(strings.TrimSuffix(name, "."))
	return err == nil || name == "localhost" || strings.HasSuffix(name, ".localhost")
}
