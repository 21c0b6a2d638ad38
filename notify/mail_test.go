package notify

import (
	"bytes"
	"crypto/tls"
	"errors"
	"io"
	"maps"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net"
	"net/http"
	"net/http/httptest"
	netmail "net/mail"
	"strconv"
	"strings"
	"sync"
	"testing"

	"dewline"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"
)

// mailServer is a real SMTP server on loopback.
type mailServer struct {
	mu     sync.Mutex
	logins []string
	rcpts  []string
	mails  []string
	from   []string // senders of the envelopes, with what is to come back
	notify []smtp.DSNNotify
	refuse map[string]*smtp.SMTPError // by recipient, or "mail" or "data"

	swallow chan struct{} // once a mail is there, the answer waits for it to be closed
	conns   []net.Conn
	ended   chan struct{} // one for each session that ended
}

type mailSession struct {
	s *mailServer

	to []string
}

func (m *mailSession) AuthMechanisms() []string { return []string{sasl.Plain} }

func (m *mailSession) Auth(string) (sasl.Server, error) {
	return sasl.NewPlainServer(func(_, user, pass string) error {
		m.s.mu.Lock()
		defer m.s.mu.Unlock()
		m.s.logins = append(m.s.logins, user)
		if pass != "word" {
			return errors.New("wrong password")
		}
		return nil
	}), nil
}

func (m *mailSession) Mail(from string, opts *smtp.MailOptions) error {
	m.s.mu.Lock()
	defer m.s.mu.Unlock()
	m.s.from = append(m.s.from, from+" "+string(opts.Return))
	if err := m.s.refuse["mail"]; err != nil {
		return err
	}
	return nil
}

func (m *mailSession) Rcpt(to string, opts *smtp.RcptOptions) error {
	m.s.mu.Lock()
	defer m.s.mu.Unlock()
	m.s.notify = append(m.s.notify, opts.Notify...)
	if err := m.s.refuse[to]; err != nil {
		return err
	}
	m.to = append(m.to, to)
	return nil
}

func (m *mailSession) Data(r io.Reader) error {
	b, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	m.s.mu.Lock()
	defer m.s.mu.Unlock()
	if err := m.s.refuse["data"]; err != nil {
		return err
	}
	if swallow := m.s.swallow; swallow != nil {
		m.s.mails = append(m.s.mails, string(b))
		m.s.mu.Unlock()
		<-swallow
		m.s.mu.Lock()
		return nil
	}
	m.s.rcpts, m.s.mails = append(m.s.rcpts, m.to...), append(m.s.mails, string(b))
	return nil
}

func (m *mailSession) Reset() { m.to = nil }

func (m *mailSession) Logout() error {
	if m.s.ended != nil {
		m.s.ended <- struct{}{}
	}
	return nil
}

// startMail serves mail; implicit says whether TLS comes first.
func startMail(t *testing.T, implicit bool) (*mailServer, dewline.SMTP, *tls.Config) {
	t.Helper()
	web := httptest.NewTLSServer(nil) // for its certificate
	cert, client := web.TLS.Certificates[0], web.Client()
	web.Close()
	s := &mailServer{refuse: make(map[string]*smtp.SMTPError), ended: make(chan struct{}, 1000)}
	server := smtp.NewServer(smtp.BackendFunc(func(c *smtp.Conn) (smtp.Session, error) {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.conns = append(s.conns, c.Conn())
		return &mailSession{s: s}, nil
	}))
	server.EnableDSN = true
	server.AllowInsecureAuth = true
	server.TLSConfig = &tls.Config{Certificates: []tls.Certificate{cert}}
	server.Domain = "mail.example"
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	if implicit {
		ln = tls.NewListener(ln, server.TLSConfig)
	}
	go server.Serve(ln)
	t.Cleanup(func() { server.Close() })
	host, port, _ := net.SplitHostPort(ln.Addr().String())
	n, _ := strconv.Atoi(port)
	trust := client.Transport.(*http.Transport).TLSClientConfig.Clone()
	trust.ServerName = "example.com"
	return s, dewline.SMTP{Host: host, Port: n, Username: "desk", Password: "word"}, trust
}

func TestMail(t *testing.T) {
	for _, mode := range []dewline.TLSMode{dewline.TLSStart, dewline.TLSImplicit, dewline.TLSNone} {
		t.Run(string(mode), func(t *testing.T) {
			s, server, trust := startMail(t, mode == dewline.TLSImplicit)
			server.TLS = mode
			box := newMail(dewline.Email{To: []string{"Desk <desk@example.org>", "two@example.org"}, From: "dewline@watch.example.org"}, server, "https://watch.example.org")
			box.line.tls = trust
			for range 2 {
				if answer, err := box.send(t.Context(), sampleMessage()); err != nil || !strings.Contains(answer, "250") && !strings.Contains(answer, "OK") {
					t.Fatalf("%q, %v", answer, err)
				}
			}
			if len(s.mails) != 2 || len(s.logins) != 1 || len(s.rcpts) != 4 {
				t.Fatalf("%d mails, logins %v, recipients %v", len(s.mails), s.logins, s.rcpts)
			}
			checkLetter(t, s.mails[0])
			one, two := headers(t, s.mails[0]), headers(t, s.mails[1])
			if one.Get("Message-Id") != two.Get("Message-Id") || one.Get("Date") != two.Get("Date") {
				t.Error("a repetition is not the same mail")
			}
		})
	}
}

func headers(t *testing.T, raw string) netmail.Header {
	t.Helper()
	m, err := netmail.ReadMessage(strings.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	return m.Header
}

func checkLetter(t *testing.T, raw string) {
	t.Helper()
	m, err := netmail.ReadMessage(strings.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{
		"Message-Id":     "<01020300000000000000000000000000@watch.example.org>",
		"References":     "<item.07000000000000000000000000000000@watch.example.org>",
		"List-Id":        "<anti-missile.dewline.watch.example.org>",
		"Auto-Submitted": "auto-generated",

		"List-Unsubscribe": "<mailto:dewline@watch.example.org?subject=unsubscribe>",
		"Subject":          "[Anti-missile issue] Joint briefing on <anti-missile> issue",
	} {
		if got := m.Header.Get(name); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
	kind, params, err := mime.ParseMediaType(m.Header.Get("Content-Type"))
	if err != nil || kind != "multipart/alternative" {
		t.Fatal(kind, err)
	}
	parts := multipart.NewReader(m.Body, params["boundary"])
	for _, want := range []struct{ kind, holds string }{
		{"text/plain", "https://watch.example.org/items/07000000000000000000000000000000"},
		{"text/html", "&lt;<mark style=\"background: #ffe58a\">anti-missile</mark>&gt;"},
	} {
		p, err := parts.NextRawPart()
		if err != nil {
			t.Fatal(err)
		}
		var r io.Reader = p
		if p.Header.Get("Content-Transfer-Encoding") == "quoted-printable" {
			r = quotedprintable.NewReader(p)
		}
		b, _ := io.ReadAll(r)
		if !strings.HasPrefix(p.Header.Get("Content-Type"), want.kind) || !bytes.Contains(b, []byte(want.holds)) {
			t.Errorf("%s: %s", p.Header.Get("Content-Type"), b)
		}
	}
}

// A server that cannot do STARTTLS is not spoken to in clear.
func TestMailWithoutTLSIsRefused(t *testing.T) {
	s := &mailServer{}
	server := smtp.NewServer(smtp.BackendFunc(func(*smtp.Conn) (smtp.Session, error) { return &mailSession{s: s}, nil }))
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	go server.Serve(ln)
	defer server.Close()
	box := newMail(dewline.Email{To: []string{"a@example.org"}, From: "b@example.org"},
		dewline.SMTP{Host: "127.0.0.1", Port: ln.Addr().(*net.TCPAddr).Port, TLS: dewline.TLSStart}, "")
	if _, err := box.send(t.Context(), sampleMessage()); err == nil || len(s.mails) != 0 {
		t.Fatal(err)
	}
}

func TestMailRefusals(t *testing.T) {
	permanent, temporary := &smtp.SMTPError{Code: 550, Message: "no such user"}, &smtp.SMTPError{Code: 450, Message: "greylisted"}
	for _, c := range []struct {
		name   string
		refuse map[string]*smtp.SMTPError
		pass   string
		tries  int
		ok     bool
		final  bool
		rcpts  string
	}{
		{name: "one recipient for good", refuse: map[string]*smtp.SMTPError{"a@example.org": permanent}, ok: true, rcpts: "b@example.org"},
		{name: "one recipient for now", refuse: map[string]*smtp.SMTPError{"a@example.org": temporary}},
		{name: "one recipient for now, again", tries: 1, refuse: map[string]*smtp.SMTPError{"a@example.org": temporary}},
		{name: "one recipient time and again", tries: 2, refuse: map[string]*smtp.SMTPError{"a@example.org": temporary}, ok: true, rcpts: "b@example.org"},
		{name: "one for good, one time and again", tries: 2, refuse: map[string]*smtp.SMTPError{"a@example.org": temporary, "b@example.org": permanent}},
		{name: "one for good, one for now", refuse: map[string]*smtp.SMTPError{"a@example.org": temporary, "b@example.org": permanent}},
		{name: "all for good", refuse: map[string]*smtp.SMTPError{"a@example.org": permanent, "b@example.org": permanent}, final: true},
		{name: "the mail for now", refuse: map[string]*smtp.SMTPError{"data": {Code: 451, Message: "try later"}}},
		{name: "the mail for good", refuse: map[string]*smtp.SMTPError{"data": {Code: 554, Message: "spam"}}, final: true},
		{name: "wrong password", pass: "wrong"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s, server, trust := startMail(t, false)
			server.TLS = dewline.TLSStart
			if c.pass != "" {
				server.Password = dewline.Secret(c.pass)
			}
			maps.Copy(s.refuse, c.refuse)
			box := newMail(dewline.Email{To: []string{"a@example.org", "b@example.org"}, From: "c@example.org"}, server, "")
			box.line.tls = trust
			m := sampleMessage()
			m.tries = c.tries
			answer, err := box.send(t.Context(), m)
			if c.ok {
				if err != nil || strings.Join(s.rcpts, " ") != c.rcpts || !strings.Contains(answer, "refused: ") || !strings.Contains(answer, "a@example.org") {
					t.Fatalf("%q, %v, recipients %v", answer, err, s.rcpts)
				}
				return
			}
			if err == nil || asFailure(err).final != c.final || len(s.mails) != 0 {
				t.Fatalf("%q, %v, final %v", answer, err, err != nil && asFailure(err).final)
			}
		})
	}
}

func TestMailServerDown(t *testing.T) {
	box := newMail(dewline.Email{To: []string{"a@example.org"}, From: "b@example.org"},
		dewline.SMTP{Host: "127.0.0.1", Port: 1, TLS: dewline.TLSNone}, "")
	_, err := box.send(t.Context(), sampleMessage())
	if err == nil || asFailure(err).final || !strings.Contains(err.Error(), "127.0.0.1:1") {
		t.Fatal(err)
	}
}

// Two rules whose names differ only in what a list id cannot hold are two lists.
func TestListID(t *testing.T) {
	if a, b := listID("противоракетная", "x.org"), listID("反导", "x.org"); a == b || !strings.HasSuffix(a, ".dewline.x.org>") {
		t.Error(a, b)
	}
	if got := listID("anti-missile", "x.org"); got != "<anti-missile.dewline.x.org>" {
		t.Error(got)
	}
}

// A source writes the title; the header is ours.
func TestSubject(t *testing.T) {
	for title, want := range map[string]string{
		"On the issue":                      "[r] On the issue",
		"a\r\nBcc: x@example.org":           "[r] a Bcc: x@example.org",
		"anti-missile =?utf-8?b?ZXZpbA==?=": "[r] anti-missile = ?utf-8?b?ZXZpbA== ?=",
		"safe \u202etxe.exe":                "[r] safe txe.exe",
		strings.Repeat("противоракетная ", 10000): "[r] " + string([]rune(strings.Repeat("противоракетная ", 100))[:longestSubject-5]) + "…",
	} {
		if got := headline("[r] " + title); got != want {
			t.Errorf("%.60q: %q, want %q", title, got, want)
		}
	}
}

// A letter says where the statement itself says that it comes from.
func TestLettersNameTheStatementsSource(t *testing.T) {
	m := sampleMessage()
	m.item.Source = dewline.Source{Name: "China Military", Place: "Geneva"}
	text := func(m *message) string {
		text, err := letter.body.render(m.telling("https://watch.example.org"))
		if err != nil {
			t.Fatal(err)
		}
		return text
	}
	if text := text(m); !strings.Contains(text, "Issued by:  China Military, Geneva\n") {
		t.Error(text)
	}
	if text := text(sampleMessage()); strings.Contains(text, "Issued by") {
		t.Errorf("a source where the text names none:\n%s", text)
	}
}
