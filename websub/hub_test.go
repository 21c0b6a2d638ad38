package websub

import (
	"context"
	"crypto/hmac"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"errors"
	"fmt"
	"hash"
	"log/slog"
	"maps"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"dewline"
)

// fakeHub is a hub as the specification has it, written for these tests. It asks and
// pushes by real HTTP, over pipes, so that it can live in a synctest bubble.
type fakeHub struct {
	t     *testing.T
	reach http.Handler // the subscriber

	raw http.HandlerFunc // where set, all that it does

	mu      sync.Mutex
	answer  func(form url.Values) int // where set, the answer in place of 202; 0: none of it, go on
	lease   string                    // what it gives
	silent  bool                      // takes requests and never verifies
	during  bool                      // verifies before it answers
	forms   []url.Values
	member  map[string]url.Values // by callback
	refusal []int                 // answers to verifications that were not well
}

func (h *fakeHub) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if err := r.ParseForm(); err != nil || r.Method != http.MethodPost {
		http.Error(w, "no form", http.StatusBadRequest)
		return
	}
	if h.raw != nil {
		h.raw(w, r)
		return
	}
	form := r.PostForm
	h.mu.Lock()
	h.forms = append(h.forms, form)
	answer, silent, during := h.answer, h.silent, h.during
	h.mu.Unlock()
	if answer != nil {
		if code := answer(form); code != 0 {
			http.Error(w, "the hub's own words\n", code)
			return
		}
	}
	if during && !silent {
		h.verify(form)
		w.WriteHeader(http.StatusNoContent)
		return
	}
	w.WriteHeader(http.StatusAccepted)
	if !silent {
		go h.verify(form)
	}
}

// verify asks whether a request was meant.
func (h *fakeHub) verify(form url.Values) {
	h.mu.Lock()
	given := form.Get("hub.lease_seconds")
	if h.lease != "" {
		given = h.lease
	}
	h.mu.Unlock()
	q := url.Values{"hub.mode": {form.Get("hub.mode")}, "hub.topic": {form.Get("hub.topic")}, "hub.challenge": {"a <b> challenge"}, "hub.lease_seconds": {given}}
	code, body := h.ask(http.MethodGet, form.Get("hub.callback")+"?"+q.Encode(), "", nil)
	h.mu.Lock()
	defer h.mu.Unlock()
	switch {
	case code != 200 || body != "a <b> challenge":
		h.refusal = append(h.refusal, code)
	case form.Get("hub.mode") == "unsubscribe":
		delete(h.member, form.Get("hub.callback"))
	default:
		h.member[form.Get("hub.callback")] = form
	}
}

// ask calls the subscriber.
func (h *fakeHub) ask(method, to, body string, header http.Header) (int, string) {
	r := httptest.NewRequest(method, to, strings.NewReader(body))
	maps.Copy(r.Header, header)
	w := httptest.NewRecorder()
	h.reach.ServeHTTP(w, r)
	return w.Code, w.Body.String()
}

var signers = map[string]func() hash.Hash{"sha1": sha1.New, "sha256": sha256.New, "sha384": sha512.New384, "sha512": sha512.New}

func sign(method, secret, body string) http.Header {
	mac := hmac.New(signers[method], []byte(secret))
	mac.Write([]byte(body))
	return http.Header{"X-Hub-Signature": {fmt.Sprintf("%s=%x", method, mac.Sum(nil))}, "Content-Type": {"application/atom+xml"}}
}

// push sends a body to every member.
func (h *fakeHub) push(method, body string) {
	h.t.Helper()
	for callback, form := range h.members() {
		if code, words := h.ask(http.MethodPost, callback, body, sign(method, form.Get("hub.secret"), body)); code/100 != 2 {
			h.t.Errorf("a push was answered %d %s", code, words)
		}
	}
}

func (h *fakeHub) members() map[string]url.Values {
	h.mu.Lock()
	defer h.mu.Unlock()
	return maps.Clone(h.member)
}

func (h *fakeHub) set(change func(*fakeHub)) {
	h.mu.Lock()
	defer h.mu.Unlock()
	change(h)
}

func (h *fakeHub) modes() (all []string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, f := range h.forms {
		all = append(all, f.Get("hub.mode"))
	}
	return all
}

// memory is a store in a map.
type memory struct {
	mu   sync.Mutex
	subs map[dewline.Key]dewline.Subscription
	fail error
	hold chan struct{} // where set, PutSubscription waits for it
}

func (m *memory) Subscriptions(context.Context) (list []dewline.Subscription, _ error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, s := range m.subs {
		list = append(list, s)
	}
	return list, nil
}

func (m *memory) PutSubscription(_ context.Context, s dewline.Subscription) error {
	m.mu.Lock()
	hold := m.hold
	m.mu.Unlock()
	if hold != nil {
		<-hold
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.fail == nil {
		m.subs[s.Key()] = s
	}
	return m.fail
}

func (m *memory) DropSubscription(_ context.Context, key dewline.Key) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.subs, key)
	return m.fail
}

// sink keeps what it was given.
type sink struct {
	mu     sync.Mutex
	took   []string
	hasted []time.Time
	busy   int // so often
	fail   error
	hold   chan struct{} // where set, Push waits for it
}

func (s *sink) Push(_ context.Context, _ dewline.Key, _ string, body []byte) error {
	s.mu.Lock()
	hold := s.hold
	s.mu.Unlock()
	if hold != nil {
		<-hold
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.busy > 0 {
		s.busy--
		return ErrBusy
	}
	if s.fail == nil {
		s.took = append(s.took, string(body))
	}
	return s.fail
}

func (s *sink) Hasten(_ dewline.Key, at time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.hasted = append(s.hasted, at)
}

func (s *sink) taken() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.took)
}

func (s *sink) hastes() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.hasted)
}

// house is a subscriber at work with hubs, in a bubble.
type house struct {
	*testing.T
	*Subscriber
	hubs  map[string]*fakeHub // by host
	store *memory
	sink  *sink
	stop  func()
}

var (
	uk    = dewline.Feed{Name: "UK MOD", URL: "https://mod.test/feed", Push: true}
	offer = dewline.PushOffer{Hubs: []string{"https://hub.test/hub"}, Topic: "https://mod.test/atom"}
)

// pipes are connections to handlers by the host's name, without a network.
type pipes map[string]*pipe

type pipe struct {
	conns chan net.Conn
	once  sync.Once
}

func (p *pipe) Accept() (net.Conn, error) {
	c, ok := <-p.conns
	if !ok {
		return nil, net.ErrClosed
	}
	return c, nil
}
func (p *pipe) Close() error   { p.once.Do(func() { close(p.conns) }); return nil }
func (p *pipe) Addr() net.Addr { return &net.UnixAddr{} }

// unencrypted makes requests of https to what serves http in the test.
type unencrypted struct{ next http.RoundTripper }

func (c unencrypted) RoundTrip(r *http.Request) (*http.Response, error) {
	r = r.Clone(r.Context())
	r.URL.Scheme = "http"
	return c.next.RoundTrip(r)
}

// start begins a subscriber over the store; hubs live at their hosts.
func start(t *testing.T, store *memory, hubs map[string]*fakeHub, feeds ...dewline.Feed) *house {
	t.Helper()
	h := &house{T: t, hubs: hubs, store: store, sink: &sink{}}
	lines := make(pipes)
	var servers []*http.Server
	for host, each := range hubs {
		lines[host] = &pipe{conns: make(chan net.Conn)}
		server := &http.Server{Handler: each}
		servers = append(servers, server)
		go server.Serve(lines[host])
	}
	transport := &http.Transport{DisableKeepAlives: true, DialContext: func(_ context.Context, _, addr string) (net.Conn, error) {
		host, _, _ := net.SplitHostPort(addr)
		line := lines[host]
		if line == nil {
			return nil, errors.New("no such host")
		}
		ours, theirs := net.Pipe()
		line.conns <- theirs
		return ours, nil
	}}
	h.Subscriber = New(Options{
		Store: store, Sink: h.sink, Transport: unencrypted{transport}, Base: "https://watch.test/", UserAgent: "dewline/test",
		Feeds: feeds, MaxBody: 1 << 10, Log: slog.New(slog.DiscardHandler),
	})
	for _, each := range hubs {
		each.set(func(x *fakeHub) { x.reach = h.Subscriber })
	}
	states := []dewline.FeedState{{Key: uk.Key(), Name: uk.Name, Offer: offer}}
	if err := h.Open(t.Context(), states); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- h.Subscriber.Run(ctx) }()
	h.stop = sync.OnceFunc(func() {
		cancel()
		if err := <-ended; err != nil {
			t.Error(err)
		}
		for _, s := range servers {
			s.Close()
		}
		synctest.Wait()
	})
	t.Cleanup(h.stop)
	synctest.Wait()
	return h
}

func newHub(t *testing.T) *fakeHub { return &fakeHub{t: t, member: make(map[string]url.Values)} }

func newMemory() *memory { return &memory{subs: make(map[dewline.Key]dewline.Subscription)} }

func (h *house) pass(d time.Duration) {
	time.Sleep(d)
	synctest.Wait()
}

// state is what the store says of the subscription at a hub.
func (h *house) state(hub string) (found dewline.Subscription) {
	h.Helper()
	h.store.mu.Lock()
	defer h.store.mu.Unlock()
	for _, s := range h.store.subs {
		if strings.Contains(s.Hub, hub) {
			return s
		}
	}
	return found
}

func (h *house) want(hub string, state dewline.PushState) dewline.Subscription {
	h.Helper()
	s := h.state(hub)
	if s.State != state {
		h.Errorf("%s: %q (%s), want %q", hub, s.State, s.Detail, state)
	}
	return s
}

// offers tells of a poll that read this offer.
func (h *house) offers(o dewline.PushOffer) {
	h.Polled(&dewline.FeedState{Key: uk.Key(), Name: uk.Name, Offer: o}, false, 0)
	synctest.Wait()
}

// polled tells of a poll that found so many news.
func (h *house) poll(news int) {
	h.Polled(&dewline.FeedState{Key: uk.Key(), Name: uk.Name, Offer: offer}, false, news)
	synctest.Wait()
}
