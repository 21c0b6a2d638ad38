package main

import (
	"encoding/json"
	"encoding/xml"
	"fmt"
	"hash/fnv"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/mail"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/emersion/go-smtp"
	"github.com/klauspost/compress/gzip"
)

// source is a publisher whose feeds a test changes.
type source struct {
	*httptest.Server
	mu    sync.Mutex
	feeds map[string]http.Handler // by path
}

func newSource(t testing.TB) *source {
	s := &source{feeds: make(map[string]http.Handler)}
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.mu.Lock()
		h := s.feeds[r.URL.Path]
		s.mu.Unlock()
		if h == nil {
			http.NotFound(w, r)
			return
		}
		h.ServeHTTP(w, r)
	}))
	t.Cleanup(s.close)
	return s
}

// close ends also what hangs.
func (s *source) close() {
	s.CloseClientConnections()
	s.Close()
}

func (s *source) handle(path string, h http.HandlerFunc) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.feeds[path] = h
}

// serve publishes a document.
func (s *source) serve(path, contentType string, body []byte) {
	s.handle(path, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", contentType)
		_, _ = w.Write(body)
	})
}

// publish publishes an RSS feed of these entries.
func (s *source) publish(path string, entries ...entry) {
	s.serve(path, "application/rss+xml", rss(path, entries...))
}

// entry is an entry of an RSS feed.
type entry struct{ guid, title, text string }

func rss(title string, entries ...entry) []byte {
	var b strings.Builder
	fmt.Fprintf(&b, `<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>%s</title><link>http://mod.test/</link><description>d</description>`, escape(title))
	for _, e := range entries {
		fmt.Fprintf(&b, "<item><guid isPermaLink=\"false\">%s</guid><link>http://mod.test/%s</link><title>%s</title><description>%s</description></item>\n",
			escape(e.guid), escape(e.guid), escape(e.title), escape(e.text))
	}
	b.WriteString("</channel></rss>")
	return []byte(b.String())
}

func escape(s string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(s))
	return b.String()
}

func gzipped(t testing.TB, b []byte) []byte {
	var out strings.Builder
	w := gzip.NewWriter(&out)
	if _, err := w.Write(b); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return []byte(out.String())
}

// told is one alert that a sink took.
type told struct {
	id   string // webhook-id or Message-ID
	rule string
	guid string // of the item
	body string
}

// sink is a receiver that sometimes fails, and keeps what it was told.
type sink struct {
	// mood says what to do with an alert that comes for the first time under
	// its id; nil takes all.
	mood func(id string) mood

	mu    sync.Mutex
	seen  map[string]int // attempts by id; guarded by mu, as what follows
	taken []told
	news  *sync.Cond
}

// mood is what a sink does with an alert.
type mood int

const (
	takes   mood = iota
	fails        // and says so
	hangs        // says nothing for a while, and takes nothing
	forgets      // takes it, and the answer is lost
)

func newSink() *sink {
	s := &sink{seen: make(map[string]int)}
	s.news = sync.NewCond(&s.mu)
	return s
}

// moody gives each id a mood, a fourth of them each.
func moody(id string) mood {
	h := fnv.New32a()
	_, _ = io.WriteString(h, id)
	return mood(h.Sum32() >> 8 % 4)
}

// temper is moody until it is calm: in the end, what is counted is alerts and not patience.
type temper struct{ calm atomic.Bool }

func (t *temper) mood(id string) mood {
	if t.calm.Load() {
		return takes
	}
	return moody(id)
}

// offer decides about an attempt; what is taken is kept.
func (s *sink) offer(x told) mood {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.seen[x.id]++
	m := takes
	if s.mood != nil && s.seen[x.id] == 1 {
		m = s.mood(x.id)
	}
	if m == takes || m == forgets {
		s.taken = append(s.taken, x)
		s.news.Broadcast()
	}
	return m
}

// ids are the ids under which each alert (rule and item) was taken.
func (s *sink) ids() map[string]map[string]bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	all := make(map[string]map[string]bool)
	for _, x := range s.taken {
		key := x.rule + " " + x.guid
		if all[key] == nil {
			all[key] = make(map[string]bool)
		}
		all[key][x.id] = true
	}
	return all
}

// alerts waits until n different alerts were taken, and returns all.
func (s *sink) alerts(t testing.TB, n int) []told {
	t.Helper()
	late := false
	timer := time.AfterFunc(patience, func() {
		s.mu.Lock()
		late = true
		s.mu.Unlock()
		s.news.Broadcast()
	})
	defer timer.Stop()
	s.mu.Lock()
	defer s.mu.Unlock()
	for {
		ids := make(map[string]bool)
		for _, x := range s.taken {
			ids[x.id] = true
		}
		if len(ids) >= n {
			return append([]told(nil), s.taken...)
		}
		if late {
			t.Fatalf("waited for %d alerts, %d came", n, len(ids))
		}
		s.news.Wait()
	}
}

// hook serves the sink as a webhook.
func (s *sink) hook(t testing.TB) string {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			return // the daemon was killed while it spoke
		}
		var event struct {
			Data struct {
				Rule struct{ Name string }
				Item struct{ GUID string }
			}
		}
		if err := json.Unmarshal(body, &event); err != nil {
			t.Errorf("a hook that is not JSON: %v\n%s", err, body)
		}
		switch s.offer(told{r.Header.Get("webhook-id"), event.Data.Rule.Name, event.Data.Item.GUID, string(body)}) {
		case takes:
			w.WriteHeader(http.StatusNoContent)
		case fails:
			http.Error(w, "not today", http.StatusServiceUnavailable)
		case hangs:
			pause(r)
			panic(http.ErrAbortHandler)
		case forgets:
			panic(http.ErrAbortHandler) // the connection breaks
		}
	}))
	server.Config.ErrorLog = nil
	t.Cleanup(func() {
		server.CloseClientConnections()
		server.Close()
	})
	return server.URL
}

// hangTime is how long a hanging sink says nothing.
const hangTime = 2 * time.Second

func pause(r *http.Request) {
	select {
	case <-r.Context().Done():
	case <-time.After(hangTime):
	}
}

// post serves the sink as a mail server and returns its port.
func (s *sink) post(t testing.TB) int {
	server := smtp.NewServer(smtp.BackendFunc(func(*smtp.Conn) (smtp.Session, error) { return &letterbox{s}, nil }))
	server.Domain = "localhost"
	server.ErrorLog = quiet{}
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	go server.Serve(ln)
	t.Cleanup(func() { _ = server.Close() })
	return ln.Addr().(*net.TCPAddr).Port
}

type quiet struct{}

func (quiet) Printf(string, ...any) {}
func (quiet) Println(...any)        {}

// letterbox is a session of the mail server.
type letterbox struct{ sink *sink }

func (l *letterbox) Mail(string, *smtp.MailOptions) error { return nil }
func (l *letterbox) Rcpt(string, *smtp.RcptOptions) error { return nil }
func (l *letterbox) Reset()                               {}
func (l *letterbox) Logout() error                        { return nil }

var shuttingDown = &smtp.SMTPError{Code: 421, EnhancedCode: smtp.EnhancedCode{4, 3, 2}, Message: "shutting down"}

func (l *letterbox) Data(r io.Reader) error {
	m, err := mail.ReadMessage(r)
	if err != nil {
		return err
	}
	body, err := io.ReadAll(m.Body)
	if err != nil {
		return err
	}
	x := told{id: m.Header.Get("Message-ID"), rule: m.Header.Get("List-Id"), guid: m.Header.Get("Subject"), body: string(body)}
	switch l.sink.offer(x) {
	case fails:
		return &smtp.SMTPError{Code: 451, EnhancedCode: smtp.EnhancedCode{4, 3, 0}, Message: "not today"}
	case hangs:
		<-time.After(hangTime)
		return shuttingDown
	case forgets: // it has the mail, and the daemon cannot know
		return shuttingDown
	}
	return nil
}
