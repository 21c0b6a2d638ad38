package dewline

import (
	"net/netip"
	"net/url"
	"strings"
	"time"

	"golang.org/x/net/publicsuffix"
)

// Site is what counts as one publisher's: the registrable domain by the Public Suffix
// List. An address, or a name without a domain such as localhost, is a site
// with each of its ports.
func Site(u *url.URL) string {
	host := strings.ToLower(strings.TrimSuffix(u.Hostname(), "."))
	if _, err := netip.ParseAddr(host); err != nil {
		if domain, err := publicsuffix.EffectiveTLDPlusOne(host); err == nil {
			return domain
		}
	}
	port := u.Port()
	switch {
	case port != "":
	case u.Scheme == "https":
		port = "443"
	default:
		port = "80"
	}
	if strings.Contains(host, ":") {
		host = "[" + host + "]"
	}
	return host + ":" + port
}

// Wait is why a feed is not polled although it may be due: its site wants to be left alone. The site's other feeds wait
// as well.
type Wait struct {
	Until time.Time `json:"until"`
	Why   string    `json:"why"`
}
