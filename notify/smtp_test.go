package notify

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"dewline"

	"github.com/emersion/go-smtp"
)

// mailboxOn is a mailbox before a real server.
func mailboxOn(t *testing.T, e dewline.Email) (*mailServer, *mailbox) {
	t.Helper()
	s, server, trust := startMail(t, false)
	server.TLS = dewline.TLSStart
	if e.From == "" {
		e = dewline.Email{To: []string{"Desk <desk@example.org>"}, From: "Dewline Watch <dewline@watch.example.org>"}
	}
	box := newMail(e, server, "https://watch.example.org")
	box.line.tls = trust
	t.Cleanup(func() { box.Close() })
	return s, box
}

func numbered(i int) *message {
	m := sampleMessage()
	m.key[15] = byte(i)
	return m
}

// A burst goes over few connections, in its order; one that is no longer needed is closed.
func TestABurstOfMailsIsOneConnection(t *testing.T) {
	s, box := mailboxOn(t, dewline.Email{})
	const burst = 2*mailsALine + 10
	for i := range burst {
		if _, err := box.send(t.Context(), numbered(i)); err != nil {
			t.Fatal(err)
		}
	}
	if len(s.mails) != burst || len(s.logins) != 3 {
		t.Errorf("%d mails with %d logins", len(s.mails), len(s.logins))
	}
	for i, m := range s.mails {
		if id := numbered(i).key.String(); !strings.Contains(headers(t, m).Get("Message-Id"), id) {
			t.Fatalf("mail %d is not %s", i, id)
		}
	}
	box.line.keep = time.Millisecond
	if _, err := box.send(t.Context(), numbered(200)); err != nil {
		t.Fatal(err)
	}
	for range 3 {
		<-s.ended // hangs where the last connection is not closed
	}
}

// A server that closed the connection meanwhile, or has had enough of it, is dialled again for the same mail.
func TestAKeptConnectionThatIsNoMore(t *testing.T) {
	s, box := mailboxOn(t, dewline.Email{})
	send := func(i int) {
		t.Helper()
		if _, err := box.send(t.Context(), numbered(i)); err != nil {
			t.Fatal(err)
		}
	}
	send(0)
	s.mu.Lock()
	s.conns[len(s.conns)-1].Close()
	s.mu.Unlock()
	send(1)
	if len(s.mails) != 2 || len(s.logins) != 2 {
		t.Errorf("%d mails with %d logins", len(s.mails), len(s.logins))
	}
	s.mu.Lock()
	s.refuse["mail"] = &smtp.SMTPError{Code: 421, Message: "too many mails on this connection"}
	s.mu.Unlock()
	if _, err := box.send(t.Context(), numbered(2)); err == nil || asFailure(err).final || len(s.logins) != 3 {
		t.Errorf("%v after %d logins", err, len(s.logins))
	}
}

// A server that takes a mail and does not say so has it, perhaps: it gets the same one again, by its Message-ID.
func TestAnAnswerThatIsLostAfterTheMail(t *testing.T) {
	s, box := mailboxOn(t, dewline.Email{})
	s.swallow = make(chan struct{})
	box.line.timeout = 200 * time.Millisecond
	_, err := box.send(t.Context(), sampleMessage())
	if err == nil || asFailure(err).final {
		t.Fatal(err)
	}
	s.mu.Lock()
	close(s.swallow)
	s.swallow = nil
	s.mu.Unlock()
	box.line.timeout = mailTimeout
	if _, err := box.send(t.Context(), sampleMessage()); err != nil {
		t.Fatal(err)
	}
	if len(s.mails) != 2 || headers(t, s.mails[0]).Get("Message-Id") != headers(t, s.mails[1]).Get("Message-Id") || headers(t, s.mails[0]).Get("Message-Id") == "" {
		t.Errorf("%d mails: %v", len(s.mails), s.mails)
	}
}

// A stop does not wait for a server that is silent.
func TestAStopEndsAMail(t *testing.T) {
	s, box := mailboxOn(t, dewline.Email{})
	s.swallow = make(chan struct{})
	defer close(s.swallow)
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error)
	go func() {
		_, err := box.send(ctx, sampleMessage())
		done <- err
	}()
	for got := 0; got == 0; { // until the server has it
		s.mu.Lock()
		got = len(s.mails)
		s.mu.Unlock()
	}
	cancel()
	if err := <-done; err == nil { // else it takes two minutes, and the test fails by its time limit
		t.Error("it was delivered")
	}
}

// The envelope has bare addresses, and asks for no more of a bounce than the headers.
func TestEnvelope(t *testing.T) {
	s, box := mailboxOn(t, dewline.Email{})
	if _, err := box.send(t.Context(), sampleMessage()); err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(s.from, []string{"dewline@watch.example.org HDRS"}) || !slices.Equal(s.rcpts, []string{"desk@example.org"}) ||
		!slices.Equal(s.notify, []smtp.DSNNotify{smtp.DSNNotifyFailure}) {
		t.Errorf("from %v to %v, notify %v", s.from, s.rcpts, s.notify)
	}
}

// All mails on one story hang together; without one, those on one item.
func TestAThreadForEachStory(t *testing.T) {
	story := &dewline.StoryRef{ID: dewline.Key{5}, Items: 2}
	one, two, alone := sampleMessage(), sampleMessage(), sampleMessage()
	one.story, two.story = story, story
	two.item.Key = dewline.Key{8}
	if one.thread() != two.thread() || one.thread() == alone.thread() || alone.thread() != "item."+alone.item.Key.String() {
		t.Errorf("%s, %s, %s", one.thread(), two.thread(), alone.thread())
	}
	alert := dewline.Alert{Delivery: dewline.Delivery{Story: story}}
	if newMessage(&alert).thread() != one.thread() {
		t.Error("a delivery's story is not its message's")
	}
}

func TestUnsubscribe(t *testing.T) {
	for _, c := range []struct {
		email dewline.Email
		want  string
	}{
		{dewline.Email{From: "a@example.org"}, "<mailto:a@example.org?subject=unsubscribe>"},
		{dewline.Email{From: "The Watch <a+b@example.org>"}, "<mailto:a+b@example.org?subject=unsubscribe>"},
		{dewline.Email{From: "a@example.org", Unsubscribe: "https://example.org/leave"}, "<https://example.org/leave>"},
	} {
		if got := unsubscribe(c.email); got != c.want {
			t.Errorf("%+v: %s, want %s", c.email, got, c.want)
		}
	}
}

// Where there is no server, the fault says which, and the next mail dials again.
func TestLineToNobody(t *testing.T) {
	l := newLine(dewline.SMTP{Host: "127.0.0.1", Port: 1, TLS: dewline.TLSNone})
	for range 2 {
		err := l.send(t.Context(), nil)
		if err == nil || !strings.Contains(fmt.Sprint(err), "127.0.0.1:1") || errors.Is(err, context.Canceled) {
			t.Error(err)
		}
	}
}
