package config

import (
	"net/netip"
	"net/url"
	"strings"
)

// The words of websub.
const (
	websubAuto = "auto" // where hubs can reach us
	websubOn   = "on"
	websubOff  = "off"
)

// websub is one of the words. true and false mean on and off, for so some read them
// anyway.
func (l *loader) websub(s choice) string {
	switch s.value {
	case "true":
		return websubOn
	case "false":
		return websubOff
	}
	return l.oneOf(text(s), websubAuto, websubOn, websubOff)
}

// Pushes reports whether the hubs of a feed that says nothing of it are subscribed at.
func (c *Config) Pushes() bool {
	return c.Fetch.WebSub == websubOn || c.Fetch.WebSub == websubAuto && c.HTTP.Public
}

// push tells whether a feed's hubs are subscribed at.
func (l *loader) push(s choice, usual *Fetch) bool {
	word := usual.WebSub
	if s.tried() {
		word = l.websub(s)
	}
	return word == websubOn || word == websubAuto && l.public
}

// public reports whether a base URL that was written leads to us from outside, as far
// as that can be told without asking anybody.
func public(s text) bool {
	u, err := url.Parse(s.value)
	if !s.set || err != nil {
		return false
	}
	host := strings.ToLower(strings.TrimSuffix(u.Hostname(), "."))
	if ip, err := netip.ParseAddr(host); err == nil {
		ip = ip.Unmap()
		return ip.IsGlobalUnicast() && !ip.IsPrivate() && !carrier.Contains(ip)
	}
	if !strings.Contains(host, ".") {
		return false
	}
	for _, own := range ownNames {
		if strings.HasSuffix(host, "."+own) {
			return false
		}
	}
	return true
}

// carrier is the space behind the translation of a provider (RFC 6598).
var carrier = netip.MustParsePrefix("100.64.0.0/10")

// ownNames are top-level names that mean something only at home, or nothing (RFC
// 6761, RFC 6762, RFC 8375 and what ICANN keeps free).
var ownNames = []string{"localhost", "local", "internal", "home.arpa", "lan", "home", "corp", "mail", "intranet", "test", "invalid"}
