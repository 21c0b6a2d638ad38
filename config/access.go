package config

import (
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"dewline"

	"golang.org/x/net/http/httpguts"
)

// access is what an entry says of how its servers are reached and what they are
// sent.
func (l *loader) access(e *feedSection, usual *Fetch, f *dewline.Feed) {
	f.Headers = l.headers(e.Headers)
	f.UserAgent = l.userAgent(e.UserAgent)
	f.Cookies = l.flag(e.Cookies)
	f.Account = l.basicAuth(e)
	f.Route = usual.Route
	f.Route.HTTP1 = l.flag(e.HTTP1)
	if e.Proxy.tried() || e.ProxyFile.tried() {
		f.Route.Proxy = l.proxy(e.Proxy, e.ProxyFile)
	}
	if own := l.certificates(e.CAFile); own != "" {
		f.Route.CA = own + usual.Route.CA
	}
	l.sentTwice(e)
}

// sentTwice reports what is written as a header and by its own key: one would
// silently give way to the other.
func (l *loader) sentTwice(e *feedSection) {
	for _, h := range e.Headers.items {
		switch name := h.name.value; {
		case strings.EqualFold(name, "Authorization") && e.BasicAuth != nil:
			l.wrong(h.name.scalar, "the header "+name+" stands beside `basic_auth:`", "remove one of them")
		case strings.EqualFold(name, "User-Agent") && e.UserAgent.tried():
			l.wrong(h.name.scalar, "the header "+name+" stands beside `user_agent:`", "remove one of them")
		}
	}
}

// basicAuth is the feed's account, nil for none.
func (l *loader) basicAuth(e *feedSection) *dewline.Account {
	s := e.BasicAuth
	if s == nil || !s.set {
		return nil
	}
	a := &dewline.Account{
		Username: s.Username.value,
		Password: l.account("basic_auth", s.place, s.Username, s.Password, s.PasswordFile),
	}
	switch {
	case e.OPML.tried():
		l.report(s.place, 1, "`basic_auth:` stands beside `opml:`, and every server that the file names would be sent the password",
			"write the feeds that need it with their url:")
	case strings.HasPrefix(strings.ToLower(e.URL.value), "http://") && !loopbackAddress(e.URL.value):
		l.warn(e.URL.scalar, "the password of `basic_auth:` is sent to this address unencrypted", "write https:// if its server speaks it")
	}
	return a
}

func loopbackAddress(s string) bool {
	u, err := url.Parse(s)
	return err == nil && loopback(u.Hostname())
}

// account checks a username, and gives its password.
func (l *loader) account(key string, at place, name text, here secret, file text) dewline.Secret {
	if l.required(name, at, "`"+key+":`", "add username:") && strings.Contains(name.value, ":") {
		l.wrong(name.scalar, "a username cannot contain a colon", "HTTP ends the username there")
	}
	password, given := l.secret(here, file)
	if !given && !here.tried() && !file.tried() {
		l.report(at, 1, "`"+key+":` has no password", "add password_file: FILE, or password: ${VARIABLE}")
	}
	return password
}

// proxy is the address of a proxy, written here or in a file of its own; empty
// for none. What is wrong with it is said without showing it.
func (l *loader) proxy(here secret, file text) dewline.Secret {
	address, given := l.secret(here, file)
	if !given || here.set && here.value == "none" {
		return ""
	}
	at := here.scalar
	if !here.set {
		at = file.scalar
	}
	if fault, hint := proxyFault(strings.TrimSpace(address.Reveal())); fault != "" {
		l.wrong(at, "this is not the address of a proxy: "+fault, hint)
	}
	return dewline.Secret(strings.TrimSpace(address.Reveal()))
}

// proxySchemes are what proxies speak. With both of the last names are resolved
// by the proxy.
var proxySchemes = []string{"http", "https", "socks5", "socks5h"}

func proxyFault(address string) (fault, hint string) {
	const form = "write http://HOST:PORT, https://HOST:PORT or socks5://HOST:PORT"
	u, err := url.Parse(address)
	switch {
	case err != nil:
		return "it cannot be read", form + "; in a username or password, write %40 for @, %2F for /, %3A for : and %25 for %"
	case !slices.Contains(proxySchemes, u.Scheme):
		return "it does not begin with http://, https:// or socks5://", form
	case u.Hostname() == "":
		return "it names no host", form
	case strings.Trim(u.Path, "/") != "" || u.RawQuery != "" || u.Fragment != "":
		return "there is more behind the host and port", form
	}
	if port := u.Port(); port != "" {
		if n, err := strconv.Atoi(port); err != nil || n < 1 || n > 65535 {
			return "its port does not exist", "a port is 1 to 65535"
		}
	}
	return "", ""
}

// maxCertificates bounds a file of certificates, in bytes.
const maxCertificates = 4 << 20

// certificates reads a file of certificates that are trusted beside the
// system's.
func (l *loader) certificates(file text) string {
	if !file.set {
		return ""
	}
	path := resolve(l.of(file.place).dir, file.value)
	have, read := l.cas[path]
	if !read {
		have = l.judged(path)
		if l.cas == nil {
			l.cas = map[string]certificateFile{}
		}
		l.cas[path] = have
	}
	if have.fault != "" {
		l.wrong(file.scalar, have.fault, "a relative path is looked for beside this file")
	}
	for _, w := range have.warnings {
		l.warn(file.scalar, fmt.Sprintf("in %s, %s", path, w), "")
	}
	return have.text
}

// certificateFile is a file of certificates as it was read. Many feeds may name
// one.
type certificateFile struct {
	text     string
	fault    string
	warnings []string
}

func (l *loader) judged(path string) certificateFile {
	src, err := readRegular(path, maxCertificates)
	if err != nil {
		return certificateFile{fault: fmt.Sprintf("cannot read the certificates in %s: %v", path, reason(err))}
	}
	have := certificateFile{text: string(src) + "\n"} // another file may follow
	if l.checks.Certificates == nil {
		return have
	}
	if have.warnings, err = l.checks.Certificates(have.text); err != nil {
		have.fault = fmt.Sprintf("cannot use the certificates in %s: %v", path, err)
	}
	return have
}

// ownHeaders are the request headers that dewline sets itself.
var ownHeaders = []string{
	"accept-encoding", "connection", "content-length", "host", "if-modified-since", "if-none-match",
	"proxy-authorization", "proxy-connection", "range", "te", "trailer", "transfer-encoding", "upgrade",
}

func (l *loader) headers(list pairs) map[string]string {
	if len(list.items) == 0 {
		return nil
	}
	all := map[string]string{}
	for _, h := range list.items {
		name := h.name.value
		switch {
		case !httpguts.ValidHeaderFieldName(name):
			l.wrong(h.name.scalar, quoted(name)+" is not the name of a header", "a header's name has letters, digits and hyphens")
		case slices.Contains(ownHeaders, strings.ToLower(name)):
			l.wrong(h.name.scalar, "dewline sets the header "+name+" itself", "remove it")
		case !httpguts.ValidHeaderFieldValue(h.value.value):
			l.wrong(h.value.scalar, "this header holds a line break or a control character", "")
		}
		all[name] = h.value.value
	}
	return all
}
