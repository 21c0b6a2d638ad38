package fetcher

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
	"strings"
	"testing"
	"time"

	"dewline"
)

// authority is a certificate that can issue others.
type authority struct {
	cert *x509.Certificate
	key  *ecdsa.PrivateKey
}

// pem is the certificate as a ca_file holds it.
func (a *authority) pem() string {
	return string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: a.cert.Raw}))
}

// issue makes a certificate, by itself where there is no issuer.
func issue(t *testing.T, by *authority, name string, change func(*x509.Certificate)) *authority {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	c := &x509.Certificate{
		SerialNumber: big.NewInt(time.Now().UnixNano()), Subject: pkix.Name{CommonName: name},
		NotBefore: time.Now().Add(-24 * time.Hour), NotAfter: time.Now().Add(24 * time.Hour),
		BasicConstraintsValid: true, IsCA: true, KeyUsage: x509.KeyUsageCertSign | x509.KeyUsageDigitalSignature,
	}
	if change != nil {
		change(c)
	}
	parent, signer := c, key
	if by != nil {
		parent, signer = by.cert, by.key
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

// server is a change that makes a server's certificate, for 127.0.0.1.
func server(c *x509.Certificate) {
	c.IsCA, c.KeyUsage = false, x509.KeyUsageDigitalSignature
	c.IPAddresses = []net.IP{net.IPv4(127, 0, 0, 1)}
	c.IssuingCertificateURL = []string{"http://issuer.example/link.crt"}
}

func ended(c *x509.Certificate) { c.NotAfter = time.Now().Add(-time.Hour) }

// serveTLS serves with this certificate, followed by more of the chain.
func serveTLS(t *testing.T, h http.HandlerFunc, own *authority, chain ...*authority) *httptest.Server {
	t.Helper()
	s := httptest.NewUnstartedServer(h)
	cert := tls.Certificate{PrivateKey: own.key, Certificate: [][]byte{own.cert.Raw}}
	for _, a := range chain {
		cert.Certificate = append(cert.Certificate, a.cert.Raw)
	}
	s.TLS = &tls.Config{Certificates: []tls.Certificate{cert}}
	s.EnableHTTP2 = true
	s.Config.ErrorLog = log.New(io.Discard, "", 0)
	s.StartTLS()
	t.Cleanup(func() { s.CloseClientConnections(); s.Close() })
	return s
}

func feedOf(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, sample) }

func fetchVia(t *testing.T, c *Client, url string, r dewline.Route) dewline.Response {
	t.Helper()
	return c.Fetch(t.Context(), dewline.Feed{Name: "f", URL: url, Route: r}, dewline.FeedState{})
}

// Certificates of a feed's own repair its chain, and nothing else: neither another
// name, nor a certificate that ended, nor another issuer.
func TestCertificates(t *testing.T) {
	root := issue(t, nil, "Root", nil)
	link := issue(t, root, "Link", nil)
	other := issue(t, nil, "Other", nil)
	pinned := issue(t, nil, "Pinned", server)
	good := issue(t, link, "Good", server)
	direct := issue(t, root, "Direct", server)
	late := issue(t, root, "Late", func(c *x509.Certificate) { server(c); ended(c) })
	foreign := issue(t, root, "Foreign", func(c *x509.Certificate) { server(c); c.IPAddresses = nil; c.DNSNames = []string{"b.example"} })
	old := issue(t, root, "Old", ended)
	afterOld := issue(t, old, "AfterOld", server)
	for _, c := range []struct {
		name   string
		own    *authority
		sent   []*authority
		file   []*authority
		detail string // empty: trusted
	}{
		{"a private root", direct, nil, []*authority{root}, ""},
		{"a private root, the whole chain sent", good, []*authority{link}, []*authority{root}, ""},
		{"a missing link", good, nil, []*authority{root, link}, ""},
		{"a missing link, in the other order", good, nil, []*authority{link, root}, ""},
		{"a server that signs itself", pinned, nil, []*authority{pinned}, ""},
		{"one of several", direct, nil, []*authority{other, root}, ""},

		{"no file", good, nil, nil, `the certificate of "CN=Link", which is published at "http://issuer.example/link.crt"`},
		{"another root", direct, nil, []*authority{other}, `the certificate of "CN=Root"`},
		{"a link without its root", good, nil, []*authority{link}, `the certificate of "CN=Link" was issued by "CN=Root", which is neither`},
		{"another name", foreign, nil, []*authority{root}, "cannot validate certificate for 127.0.0.1"},
		{"a certificate that ended", late, nil, []*authority{root}, "expired"},
		{"a link that ended", afterOld, nil, []*authority{root, old}, `the certificate of "CN=Old" is valid from`},
		{"another's link", good, nil, []*authority{other, link}, `"CN=Link" was issued by "CN=Root"`},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := serveTLS(t, feedOf, c.own, c.sent...)
			var file strings.Builder
			for _, a := range c.file {
				file.WriteString("a comment\n" + a.pem())
			}
			client := newClient(t)
			r := fetchVia(t, client, s.URL, dewline.Route{CA: file.String()})
			if c.detail == "" {
				if r.Status != dewline.StatusOK {
					t.Fatalf("%s: %s", r.Status, r.Detail)
				}
				// Only this feed trusts them.
				if r := fetchVia(t, client, s.URL, dewline.Route{}); r.Status != dewline.StatusTLS {
					t.Fatalf("another feed: %s: %s", r.Status, r.Detail)
				}
				return
			}
			if r.Status != dewline.StatusTLS || !strings.Contains(r.Detail, c.detail) {
				t.Fatalf("%s: %s; want %s", r.Status, r.Detail, c.detail)
			}
		})
	}
}

func TestCheckCertificates(t *testing.T) {
	root := issue(t, nil, "Root", nil)
	link := issue(t, root, "Link", nil)
	old := issue(t, nil, "Old", ended)
	for _, c := range []struct{ name, file, warning, err string }{
		{"good", link.pem() + root.pem(), "", ""},
		{"a root that ended", root.pem() + old.pem(), `"CN=Old" is valid from`, ""},
		{"a link alone", link.pem(), `issued by "CN=Root"`, ""},
		{"nothing", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n", "", "no certificate in it"},
		{"garbage", root.pem() + "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", "", "certificate 2 cannot be read"},
	} {
		warnings, err := CheckCertificates(c.file)
		if got := strings.Join(warnings, "; "); (got == "") != (c.warning == "") || !strings.Contains(got, c.warning) {
			t.Errorf("%s: warnings %q, want %q", c.name, got, c.warning)
		}
		if (err == nil) != (c.err == "") || err != nil && !strings.Contains(err.Error(), c.err) {
			t.Errorf("%s: %v, want %q", c.name, err, c.err)
		}
	}
}

// http1 keeps to HTTP/1.1 where HTTP/2 is spoken otherwise.
func TestHTTP1(t *testing.T) {
	root := issue(t, nil, "Root", nil)
	var proto, alpn string
	s := serveTLS(t, func(w http.ResponseWriter, r *http.Request) {
		proto = r.Proto
		io.WriteString(w, sample)
	}, issue(t, root, "Server", server))
	s.TLS.GetConfigForClient = func(hello *tls.ClientHelloInfo) (*tls.Config, error) {
		alpn = strings.Join(hello.SupportedProtos, " ")
		return nil, nil
	}
	client := newClient(t)
	for _, c := range []struct {
		http1       bool
		proto, alpn string
	}{{false, "HTTP/2.0", "h2 http/1.1"}, {true, "HTTP/1.1", "http/1.1"}} {
		r := fetchVia(t, client, s.URL, dewline.Route{CA: root.pem(), HTTP1: c.http1})
		if r.Status != dewline.StatusOK || proto != c.proto || alpn != c.alpn {
			t.Errorf("http1 %v: %s (%s), %s, offered %q", c.http1, r.Status, r.Detail, proto, alpn)
		}
	}
}

// Feeds of one route share its connections, which close with the client; a
// plain feed takes the one that all take.
func TestRoutesAreShared(t *testing.T) {
	c := newClient(t)
	route := func(r dewline.Route) *route {
		t.Helper()
		got, err := c.routes.of(r)
		if err != nil {
			t.Fatal(err)
		}
		return got
	}
	if first := route(dewline.Route{HTTP1: true}); route(dewline.Route{HTTP1: true}) != first {
		t.Error("two feeds of one route do not share it")
	}
	if route(dewline.Route{}) != c.routes.plain || len(c.routes.others) != 1 {
		t.Error("a plain feed has a route of its own")
	}
	conns := map[string]bool{}
	idle := make(chan struct{}, 10)
	s := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		conns[r.RemoteAddr] = true
		io.WriteString(w, sample)
	}))
	s.Config.ConnState = func(_ net.Conn, state http.ConnState) {
		if state == http.StateClosed {
			idle <- struct{}{}
		}
	}
	s.Start()
	t.Cleanup(s.Close)
	for range 3 {
		if r := fetchVia(t, c, s.URL, dewline.Route{HTTP1: true}); r.Status != dewline.StatusOK {
			t.Fatalf("%s: %s", r.Status, r.Detail)
		}
	}
	if len(conns) != 1 {
		t.Errorf("%d connections for one after another", len(conns))
	}
	c.Close()
	select {
	case <-idle:
	case <-time.After(30 * time.Second):
		t.Error("the connection stays open after the client is closed")
	}
}

func TestRouteThatCannotBe(t *testing.T) {
	for _, r := range []dewline.Route{{CA: "nonsense"}, {Proxy: "ftp://me:s3cret@x.example"}, {Proxy: "http://me:s3cret@%zz"}} {
		got := fetchVia(t, newClient(t), "http://127.0.0.1:1/", r)
		if got.Status != dewline.StatusConnection || !strings.Contains(got.Detail, "not asked") || strings.Contains(got.Detail, "s3cret") {
			t.Errorf("%+v: %s: %s", r, got.Status, got.Detail)
		}
	}
}
