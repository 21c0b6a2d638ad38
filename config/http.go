package config

import (
	"net"
	"net/netip"
	"net/url"
	"os"
	"strconv"
	"strings"
)

func (l *loader) http(s *httpSection) HTTP {
	h := HTTP{Listen: s.Listen.value, Auth: l.auth(s.Auth), AuthNone: s.Auth != nil && s.Auth.alone.value == "none"}
	host, port, ok := l.listen(s.Listen)
	if ok && s.Auth == nil && !loopback(host) {
		l.wrong(s.Listen.scalar, "listening beyond loopback needs `auth:`",
			"add auth: {username: …, password_file: …} below http:, or auth: none if everybody may read")
	}
	h.BaseURL = l.baseURL(s.BaseURL, host, port)
	h.Public = public(s.BaseURL)
	l.public = h.Public
	return h
}

// listen splits host:port.
func (l *loader) listen(s text) (host, port string, ok bool) {
	if s.failed {
		return "", "", false
	}
	host, port, err := net.SplitHostPort(s.value)
	if err != nil || strings.ContainsAny(host, "/ ") {
		l.wrong(s.scalar, "`listen:` is not host:port", "write 127.0.0.1:8423, or [::1]:8423")
		return "", "", false
	}
	if n, err := strconv.Atoi(port); err != nil || n < 0 || n > 65535 {
		l.wrong(s.scalar, "`listen:` has a port that does not exist", "a port is 0 to 65535; 0 takes any that is free")
		return "", "", false
	}
	return host, port, true
}

// loopback reports whether only this machine can connect to the host. A name
// other than localhost may mean anything.
func loopback(host string) bool {
	ip, err := netip.ParseAddr(host)
	return err == nil && ip.Unmap().IsLoopback() || strings.EqualFold(host, "localhost")
}

// baseURL is where links lead. By default where we listen; a listener on all
// addresses has none of its own, so this machine's name stands for it.
func (l *loader) baseURL(s text, host, port string) string {
	if s.failed {
		return ""
	}
	if !s.set {
		if ip, err := netip.ParseAddr(host); host == "" || err == nil && ip.IsUnspecified() {
			host = machine()
		}
		return "http://" + net.JoinHostPort(host, port)
	}
	u := l.address(s)
	if u != nil && (u.RawQuery != "" || u.Fragment != "" || u.User != nil) {
		l.wrong(s.scalar, "`base_url:` is more than an address and a path", "write it as in https://watch.example.org")
	}
	return strings.TrimRight(s.value, "/")
}

func machine() string {
	name, err := os.Hostname()
	if err != nil || name == "" {
		return "localhost"
	}
	return name
}

// auth is the account, nil for none and where none is configured.
func (l *loader) auth(s *authSection) *Auth {
	if s == nil {
		return nil
	}
	if alone := s.alone; alone.set || alone.failed {
		if alone.set && alone.value != "none" {
			l.wrong(alone.scalar, "`auth:` cannot be "+strconv.Quote(alone.value), "write auth: none, or auth: {username: …, password_file: …}")
		}
		return nil
	}
	if !s.set {
		return nil
	}
	return &Auth{
		Username: s.Username.value,
		Password: l.account("auth", s.place, s.Username, s.Password, s.PasswordFile),
	}
}

// tried reports whether the key was written, well or not.
func (s scalar) tried() bool { return s.set || s.failed }

// canonical is an address in the spelling by which two are compared.
func canonical(u *url.URL) string {
	c := *u
	c.Scheme, c.Host, c.Fragment = strings.ToLower(u.Scheme), strings.ToLower(u.Host), ""
	if c.Scheme == "http" && c.Port() == "80" || c.Scheme == "https" && c.Port() == "443" {
		c.Host = strings.TrimSuffix(c.Host, ":"+c.Port())
	}
	if c.Path == "" {
		c.Path = "/"
	}
	return c.String()
}
