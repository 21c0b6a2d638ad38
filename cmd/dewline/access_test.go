package main

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"io"
	"log"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"
)

// The examples of docs/sources.md on how a source is reached, as written there
// but for the addresses.

// local is what the examples lack: leave to ask this machine, a store, a page.
const local = "\nstore: x.db\nhttp: {listen: \"127.0.0.1:0\"}\n"

// allowed puts leave to ask this machine into a configuration, which may have a
// fetch section of its own.
func allowed(yaml string) string {
	const leave = "fetch:\n  allow_private: [127.0.0.0/8]\n  schedule: \"@every 1s\"\n"
	if strings.Contains(yaml, "fetch:\n") {
		return strings.Replace(yaml, "fetch:\n", leave, 1) + local
	}
	return leave + yaml + local
}

// A consent is given once, and holds from poll to poll.
func TestExampleCookieWall(t *testing.T) {
	var agreed atomic.Int32
	src := newSource(t)
	src.handle("/rss.xml", func(w http.ResponseWriter, r *http.Request) {
		if _, err := r.Cookie("consent"); err != nil {
			agreed.Add(1)
			http.SetCookie(w, &http.Cookie{Name: "consent", Value: "given", Path: "/"})
			http.Redirect(w, r, r.URL.Path, http.StatusFound)
			return
		}
		_, _ = w.Write(rss("wall", statement))
	})
	p := launch(t, configure(t, t.TempDir(), allowed(example(t, "A source behind a cookie wall", "https://www.mod.example", src.URL))))
	next := 0
	for range 3 {
		var l logLine
		if l, next = p.polled(next, "MOD"); l["status"] != "ok" {
			t.Fatalf("polled: %v", l)
		}
	}
	if n := agreed.Load(); n != 1 {
		t.Errorf("agreed to the cookies %d times", n)
	}
	p.stop()
}

// An account is sent to its server, a wrong one is told, and neither is shown.
func TestExampleAccount(t *testing.T) {
	dir := t.TempDir()
	src := newSource(t)
	src.handle("/wire.xml", func(w http.ResponseWriter, r *http.Request) {
		if _, pass, _ := r.BasicAuth(); pass != "c0rrect" {
			w.Header().Set("WWW-Authenticate", "Basic")
			w.WriteHeader(http.StatusUnauthorized)
			return
		}
		_, _ = w.Write(rss("wire", statement))
	})
	config := configure(t, dir, allowed(example(t, "A source that wants an account", "https://press.mod.example", src.URL)))
	write(t, dir, "wire-password", "c0rrect\n")
	if out := do(t, "poll", "-c", config); !strings.Contains(out, "Wire: ok, 1 items: 1 new") {
		t.Errorf("polled: %s", out)
	}
	if out := do(t, "feeds", "check", "-c", config, src.URL+"/wire.xml"); !strings.Contains(out, "status      ok") {
		t.Errorf("check does not use the account: %s", out)
	}
	write(t, dir, "wire-password", "wr0ng\n")
	out, errs, code := command(t, "dewline", "poll", "-c", config)
	if code != 1 || !strings.Contains(out, `Wire: forbidden – HTTP 401 Unauthorized; the server does not take the username "desk" with its password; correct basic_auth`) {
		t.Errorf("with a wrong password: %d %s%s", code, out, errs)
	}
}

// authority is a certificate that can issue others.
type authority struct {
	cert *x509.Certificate
	key  *ecdsa.PrivateKey
}

func (a *authority) pem() string {
	return string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: a.cert.Raw}))
}

// issue makes a certificate for this machine, by itself where there is no issuer.
func issue(t *testing.T, by *authority, name string, serial int64) *authority {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	c := &x509.Certificate{
		SerialNumber: big.NewInt(serial), Subject: pkix.Name{CommonName: name},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		BasicConstraintsValid: true, IsCA: name != "server", KeyUsage: x509.KeyUsageCertSign | x509.KeyUsageDigitalSignature,
		IssuingCertificateURL: []string{"http://ca.example/link.crt"},
	}
	parent, signer := c, key
	if by != nil {
		parent, signer = by.cert, by.key
	}
	if name == "server" {
		c.KeyUsage, c.IPAddresses = x509.KeyUsageDigitalSignature, []net.IP{net.IPv4(127, 0, 0, 1)}
	}
	der, err := x509.CreateCertificate(rand.Reader, c, parent, &key.PublicKey, signer)
	if err != nil {
		t.Fatal(err)
	}
	if c, err = x509.ParseCertificate(der); err != nil {
		t.Fatal(err)
	}
	return &authority{c, key}
}

// secured serves a feed with this certificate alone.
func secured(t *testing.T, own *authority) string {
	s := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(rss("secure", statement)) }))
	s.TLS = &tls.Config{Certificates: []tls.Certificate{{PrivateKey: own.key, Certificate: [][]byte{own.cert.Raw}}}}
	s.Config.ErrorLog = log.New(io.Discard, "", 0)
	s.StartTLS()
	t.Cleanup(func() { s.CloseClientConnections(); s.Close() })
	return s.URL
}

// A link that the server forgets is enough where the system trusts its root; a
// root is enough where the system does not know it; the state says what is missing.
func TestExampleBrokenChain(t *testing.T) {
	dir := t.TempDir()
	root := issue(t, nil, "root", 1)
	link := issue(t, root, "link", 2)
	url := secured(t, issue(t, link, "server", 3))
	yaml := allowed(example(t, "A broken certificate chain", "https://www.mod.example", url))
	config := configure(t, dir, strings.Replace(yaml, "    ca_file: mod-chain.pem\n", "", 1))
	system := write(t, dir, "system.pem", root.pem())
	for _, c := range []struct{ name, system, file, says string }{
		{"no file", system, "", `name a ca_file with the certificate of "CN=link", which is published at "http://ca.example/link.crt"`},
		{"the missing link", system, link.pem(), "MOD: ok"},
		{"link and root", filepath.Join(dir, "none"), link.pem() + root.pem(), "MOD: ok"},
		{"the link alone", filepath.Join(dir, "none"), link.pem(), `of its ca_file, the certificate of "CN=link" was issued by "CN=root", which is neither`},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Setenv("SSL_CERT_FILE", c.system)
			t.Setenv("SSL_CERT_DIR", t.TempDir())
			if c.file != "" {
				write(t, dir, "mod-chain.pem", c.file)
				configure(t, dir, yaml)
			}
			out, errs, _ := command(t, "dewline", "poll", "-c", config)
			if !strings.Contains(out, c.says) {
				t.Errorf("polled: %s%s\nwant %s", out, errs, c.says)
			}
			_, errs, code := command(t, "dewline", "check", "-c", config)
			if code != 0 || strings.Contains(errs, "warning") != (c.name == "the link alone") {
				t.Errorf("check: %d %s", code, errs)
			}
		})
	}
}

// gate is a forward proxy for one account.
type gate struct{ asked atomic.Int32 }

func (g *gate) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	name, pass, _ := (&http.Request{Header: http.Header{"Authorization": r.Header["Proxy-Authorization"]}}).BasicAuth()
	if name != "dewline" || pass != "g4te/pass" {
		w.WriteHeader(http.StatusProxyAuthRequired)
		return
	}
	g.asked.Add(1)
	up, err := net.Dial("tcp", r.Host)
	if err != nil {
		w.WriteHeader(http.StatusBadGateway)
		return
	}
	down, rest, err := http.NewResponseController(w).Hijack()
	if err != nil {
		panic(err)
	}
	if r.Method == http.MethodConnect {
		_, _ = io.WriteString(down, "HTTP/1.1 200 Connected\r\n\r\n")
	} else {
		r.Header.Del("Proxy-Authorization")
		r.Header.Set("Connection", "close")
		_ = r.Write(up)
	}
	go func() { defer up.Close(); _, _ = io.Copy(up, rest) }()
	defer down.Close()
	_, _ = io.Copy(down, up)
}

// One feed goes through the proxy, one past it; the proxy's password is in no
// place where somebody reads, right or wrong.
func TestExampleProxy(t *testing.T) {
	dir := t.TempDir()
	own := issue(t, nil, "server", 1)
	write(t, dir, "own.pem", own.pem())
	far, near := secured(t, own), newSource(t)
	near.publish("/feed.xml", statement)
	var g gate
	front := httptest.NewServer(&g)
	t.Cleanup(func() { front.CloseClientConnections(); front.Close() })
	yaml := allowed(example(t, "Through a proxy", "https://www.mod.example", far, "https://intranet.example", near.URL))
	yaml = strings.Replace(yaml, "fetch:\n", "fetch:\n  ca_file: own.pem\n", 1)

	write(t, dir, "proxy-address", strings.Replace(front.URL, "http://", "http://dewline:g4te%2Fpass@", 1)+"\n")
	config := configure(t, dir, yaml)
	p := launch(t, config)
	for _, feed := range []string{"MOD", "Intranet"} {
		if l, _ := p.polled(0, feed); l["status"] != "ok" {
			t.Errorf("%s: %v", feed, l)
		}
	}
	if g.asked.Load() == 0 {
		t.Error("the proxy was not asked")
	}

	// A reload with another password takes the new route, and leaves the old one.
	write(t, dir, "proxy-address", strings.Replace(front.URL, "http://", "http://dewline:wr0ng@", 1)+"\n")
	from := p.at()
	p.signal(syscall.SIGHUP)
	l, _ := p.waitFrom(from, "MOD to fail", func(l logLine) bool { return l["feed"] == "MOD" && l["status"] == "connection" })
	seen := p.ok("/") + p.ok("/api/v1/feeds") + p.ok("/opml") + p.ok("/metrics") + do(t, "feeds", "list", "-c", config) + do(t, "feeds", "list", "--json", "-c", config)
	out, errs, _ := command(t, "dewline", "feeds", "check", "-c", config, far)
	if !strings.Contains(seen, "does not let us through (HTTP 407 Proxy Authentication Required)") {
		t.Errorf("the state does not tell what the proxy said: %v", l)
	}
	for _, secret := range []string{"g4te", "wr0ng"} {
		for where, text := range map[string]string{"a page or list": seen, "feeds check": out + errs, "the log": p.tail(1 << 20)} {
			if strings.Contains(text, secret) {
				t.Errorf("%s shows the password %s", where, secret)
			}
		}
	}
	p.stop()
}
