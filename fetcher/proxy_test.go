package fetcher

import (
	"bufio"
	"encoding/binary"
	"errors"
	"io"
	"maps"
	"net"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"testing"

	"dewline"
)

// forward is a forward proxy: it connects for CONNECT, and asks for what else it
// is asked. It notes what it was asked for, and may want an account.
type forward struct {
	account string // name:password; empty: everybody may
	refuses int    // a status for every CONNECT; 0: it connects

	mu    sync.Mutex
	asked []string // guarded by mu
}

func (p *forward) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	p.mu.Lock()
	p.asked = append(p.asked, r.Method+" "+r.RequestURI)
	p.mu.Unlock()
	if p.account != "" {
		name, pass, _ := (&http.Request{Header: http.Header{"Authorization": r.Header["Proxy-Authorization"]}}).BasicAuth()
		if name+":"+pass != p.account {
			w.Header().Set("Proxy-Authenticate", "Basic")
			w.WriteHeader(http.StatusProxyAuthRequired)
			return
		}
	}
	switch {
	case r.Method != http.MethodConnect:
		ask(w, r)
	case p.refuses != 0:
		w.WriteHeader(p.refuses)
	default:
		tunnel(w, r.Host)
	}
}

func ask(w http.ResponseWriter, r *http.Request) {
	out := r.Clone(r.Context())
	out.RequestURI = ""
	out.Header.Del("Proxy-Authorization")
	resp, err := http.DefaultTransport.RoundTrip(out)
	if err != nil {
		w.WriteHeader(http.StatusBadGateway)
		return
	}
	defer resp.Body.Close()
	maps.Copy(w.Header(), resp.Header)
	w.WriteHeader(resp.StatusCode)
	io.Copy(w, resp.Body)
}

func tunnel(w http.ResponseWriter, to string) {
	up, err := net.Dial("tcp", to)
	if err != nil {
		w.WriteHeader(http.StatusBadGateway)
		return
	}
	down, rest, err := http.NewResponseController(w).Hijack()
	if err != nil {
		panic(err)
	}
	io.WriteString(down, "HTTP/1.1 200 Connected\r\n\r\n")
	join(down, rest, up)
}

// join carries bytes both ways until one side ends.
func join(down net.Conn, rest io.Reader, up net.Conn) {
	go func() {
		defer up.Close()
		io.Copy(up, rest)
	}()
	defer down.Close()
	io.Copy(down, up)
}

// socks serves SOCKS 5 (RFC 1928, RFC 1929), for one account or for everybody.
type socks struct {
	account string
	mu      sync.Mutex
	asked   []string // guarded by mu
}

func (s *socks) serve(t *testing.T) string {
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { ln.Close() })
	go func() {
		for {
			c, err := ln.Accept()
			if err != nil {
				return
			}
			go func() {
				defer c.Close()
				_ = s.talk(c)
			}()
		}
	}()
	return ln.Addr().String()
}

func (s *socks) talk(c net.Conn) error {
	in := bufio.NewReader(c)
	methods, err := field(in, 1)
	if err != nil {
		return err
	}
	method := byte(0)
	if s.account != "" {
		method = 2
	}
	if !strings.Contains(methods, string([]byte{method})) {
		_, err = c.Write([]byte{5, 0xff})
		return err
	}
	c.Write([]byte{5, method})
	if method == 2 {
		name, err := field(in, 1)
		if err != nil {
			return err
		}
		pass, err := field(in, 0)
		if err != nil {
			return err
		}
		if name+":"+pass != s.account {
			c.Write([]byte{1, 1})
			return errors.New("who are you?")
		}
		c.Write([]byte{1, 0})
	}
	to, err := destination(in)
	if err != nil {
		return err
	}
	s.mu.Lock()
	s.asked = append(s.asked, to)
	s.mu.Unlock()
	up, err := net.Dial("tcp", strings.Replace(to, "feed.example", "127.0.0.1", 1))
	if err != nil {
		c.Write([]byte{5, 5, 0, 1, 0, 0, 0, 0, 0, 0})
		return err
	}
	c.Write([]byte{5, 0, 0, 1, 0, 0, 0, 0, 0, 0})
	join(c, in, up)
	return nil
}

// field reads bytes behind their number, which stands behind skip others.
func field(in *bufio.Reader, skip int) (string, error) {
	head := make([]byte, skip+1)
	if _, err := io.ReadFull(in, head); err != nil {
		return "", err
	}
	b := make([]byte, head[skip])
	_, err := io.ReadFull(in, b)
	return string(b), err
}

func destination(in *bufio.Reader) (string, error) {
	head := make([]byte, 4)
	if _, err := io.ReadFull(in, head); err != nil {
		return "", err
	}
	var host string
	var err error
	if head[3] == 3 {
		host, err = field(in, 0)
	} else {
		ip := make([]byte, 4)
		_, err = io.ReadFull(in, ip)
		host = net.IP(ip).String()
	}
	if err != nil {
		return "", err
	}
	port := make([]byte, 2)
	_, err = io.ReadFull(in, port)
	return net.JoinHostPort(host, strconv.Itoa(int(binary.BigEndian.Uint16(port)))), err
}

// Through every kind of proxy, to plain and to secure servers; the proxy itself
// need not be public, and what it needs to know is not told to the source.
func TestProxy(t *testing.T) {
	root := issue(t, nil, "Root", nil)
	own := issue(t, root, "Server", server)
	var seen http.Header
	answer := func(w http.ResponseWriter, r *http.Request) { seen = r.Header; io.WriteString(w, sample) }
	plain, secure := serve(t, answer), serveTLS(t, answer, own).URL
	account := "desk:s3 cret/@"
	written := "desk:s3%20cret%2F%40@"
	for _, scheme := range []string{"http", "https", "socks5"} {
		for _, target := range []string{plain, secure} {
			t.Run(scheme+" to "+target[:5], func(t *testing.T) {
				var address string
				p, s := &forward{account: account}, &socks{account: account}
				switch scheme {
				case "http":
					address = strings.TrimPrefix(serve(t, p.ServeHTTP), "http://")
				case "https": // it would speak HTTP/2 if it were asked
					address = strings.TrimPrefix(serveTLS(t, p.ServeHTTP, own).URL, "https://")
				default:
					address = s.serve(t)
				}
				c := newClient(t)
				r := fetchVia(t, c, target, dewline.Route{Proxy: dewline.Secret(scheme + "://" + written + address), CA: root.pem()})
				if r.Status != dewline.StatusOK || len(p.asked)+len(s.asked) != 1 {
					t.Fatalf("%s: %s; asked %q %q", r.Status, r.Detail, p.asked, s.asked)
				}
				if seen.Get("Proxy-Authorization") != "" {
					t.Error("the proxy's password reached the source")
				}
				for wrong, remedy := range map[string]string{"": "write proxy: with a username", "desk:s3cretive@": "it was given a username"} {
					r = fetchVia(t, c, target, dewline.Route{Proxy: dewline.Secret(scheme + "://" + wrong + address), CA: root.pem()})
					if r.Status != dewline.StatusConnection || !strings.Contains(r.Detail, address) || strings.Contains(r.Detail, "s3cret") || !strings.Contains(r.Detail, remedy) {
						t.Errorf("with %q: %s: %s", wrong, r.Status, r.Detail)
					}
				}
			})
		}
	}
}

// What fails behind the proxy is the source's fault, not the proxy's.
func TestBehindProxy(t *testing.T) {
	far := serveTLS(t, feedOf, issue(t, nil, "Unknown", server)).URL
	proxy := dewline.Secret(serve(t, (&forward{}).ServeHTTP))
	if r := fetchVia(t, newClient(t), far, dewline.Route{Proxy: proxy}); r.Status != dewline.StatusTLS {
		t.Errorf("%s: %s", r.Status, r.Detail)
	}
	lost := serve(t, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNotFound) })
	if r := fetchVia(t, newClient(t), lost, dewline.Route{Proxy: proxy}); r.Status != dewline.StatusNotFound {
		t.Errorf("%s: %s", r.Status, r.Detail)
	}
}

// A name is resolved by the proxy, over SOCKS too.
func TestProxyResolvesNames(t *testing.T) {
	url := serve(t, feedOf)
	s := &socks{}
	named := strings.Replace(url, "127.0.0.1", "feed.example", 1)
	r := fetchVia(t, newClient(t), named, dewline.Route{Proxy: dewline.Secret("socks5://" + s.serve(t))})
	if r.Status != dewline.StatusOK || len(s.asked) != 1 || !strings.HasPrefix(s.asked[0], "feed.example:") {
		t.Fatalf("%s: %s; asked %q", r.Status, r.Detail, s.asked)
	}
}

func TestProxyFaults(t *testing.T) {
	gone := httptest.NewServer(http.NotFoundHandler())
	gone.Close()
	refusing := serve(t, (&forward{refuses: http.StatusForbidden}).ServeHTTP)
	reached := dewline.Secret("socks5://" + (&socks{}).serve(t))
	for _, c := range []struct{ name, proxy, to, detail string }{
		{"nobody there", gone.URL, "http://a.example/", "no way to a.example through the proxy " + gone.Listener.Addr().String() + " (connect: connection refused)"},
		{"a name that is none", "http://proxy.invalid:3128", "http://a.example/", "through the proxy proxy.invalid:3128"},
		{"does not connect", refusing, "https://a.example/", "does not connect us to a.example (HTTP 403 Forbidden)"},
		{"does not reach it", reached.Reveal(), gone.URL, "no way to " + gone.Listener.Addr().String() + " through the proxy"},
		{"not TLS", strings.Replace(refusing, "http:", "https:", 1), "https://a.example/", "no way to a.example through the proxy"},
	} {
		r := fetchVia(t, newClient(t), c.to, dewline.Route{Proxy: dewline.Secret(c.proxy)})
		if r.Status != dewline.StatusConnection || !strings.Contains(r.Detail, c.detail) {
			t.Errorf("%s: %s: %s\nwant %s", c.name, r.Status, r.Detail, c.detail)
		}
	}
}

// Behind a proxy nobody judges the address that is dialled. What can be seen to
// be private without resolving a name is not asked for, also after a redirect.
func TestProxyGuard(t *testing.T) {
	p := &forward{}
	proxy := dewline.Secret(serve(t, p.ServeHTTP))
	client := newClient(t, func(o *Options) { o.AllowPrivate = nil })
	for _, host := range []string{
		"127.0.0.1", "10.1.2.3", "[::1]", "[::ffff:10.0.0.1]", "[fe80::1%25eth0]", "169.254.169.254", "localhost", "LOCALHOST.", "a.localhost",
		"127.0.0.1.", "127.1", "2130706433", "0x7f000001", "0x7f.1", "0177.0.0.1", "１２７.0.0.1", "a.b.256", "[64:ff9b::a00:1]",
	} {
		for _, scheme := range []string{"http", "https"} {
			r := fetchVia(t, client, scheme+"://"+host+"/", dewline.Route{Proxy: proxy})
			if r.Status != dewline.StatusBlocked {
				t.Errorf("%s: %s: %s", host, r.Status, r.Detail)
			}
		}
	}
	if len(p.asked) > 0 {
		t.Fatalf("the proxy was asked for %q", p.asked)
	}
	away := serve(t, func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "http://10.0.0.1/", http.StatusFound)
	})
	open := newClient(t)
	if r := fetchVia(t, open, away, dewline.Route{Proxy: proxy}); r.Status != dewline.StatusBlocked || len(p.asked) != 1 {
		t.Errorf("after a redirect: %s: %s", r.Status, r.Detail)
	}
	// What is allowed is asked for, and what is not an address is left to the proxy.
	for host, want := range map[string]bool{"127.0.0.1": true, "localhost": true, "10.0.0.1": false, "a.example": true, "8.8.8.8": true, "x1.example0": true} {
		if err := judgeTarget(newGuard(loopback), host); (err == nil) != want {
			t.Errorf("%s: %v", host, err)
		}
	}
}
