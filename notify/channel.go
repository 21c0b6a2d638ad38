package notify

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/netip"
	"os/exec"
	"time"

	"dewline"
)

// message is one event on its way to one receiver.
type message struct {
	key     dewline.Key // the idempotency key
	tries   int         // attempts before this one
	event   dewline.Event
	at      time.Time // when the event happened
	match   dewline.Match
	item    dewline.Item
	change  *dewline.Change        // of an edit
	removal *dewline.Removal       // of a page that is gone
	story   *dewline.StoryRef      // of an item that is in one
	feed    *dewline.FeedEvent     // of an event of a feed; then there is no match and no item
	peer    *dewline.ReceiverEvent // of an event of another receiver, likewise

	// Of a summary, which tells of its parts alone.
	summary  *dewline.Summary
	receiver string
	count    int        // of its alerts
	parts    []*message // the first of them
}

// newMessage is what an alert tells.
func newMessage(a *dewline.Alert) *message {
	d, item := &a.Delivery, a.Item
	item.Story = d.Story // as of when it was queued
	m := &message{
		key: d.Key, tries: d.Tries, event: d.Event, at: d.Happened(), match: d.Match, item: item, change: d.Change, removal: d.Removal, feed: d.Feed, peer: d.Peer,
		story: d.Story, receiver: d.Receiver, summary: d.Summary, count: len(d.Parts),
	}
	for i := range a.Parts {
		m.parts = append(m.parts, newMessage(&a.Parts[i]))
	}
	return m
}

// channel is one way to tell one receiver. send is called for one message at a
// time. It returns the receiver's answer; where it failed, the error is a
// failure, and any other error is one that may pass.
type channel interface {
	send(ctx context.Context, m *message) (answer string, err error)
}

// failure is why a message was not delivered, judged by the one who sent it.
type failure struct {
	err   error
	final bool          // will not pass: a dead letter
	gone  bool          // the receiver wants nothing ever again
	after time.Duration // how long the receiver asks to wait
}

func (f *failure) Error() string { return f.err.Error() }
func (f *failure) Unwrap() error { return f.err }

// asFailure reads the judgement from an error.
func asFailure(err error) *failure {
	var f *failure
	if errors.As(err, &f) {
		return f
	}
	return &failure{err: err}
}

// newChannel makes the channel of a receiver. Another way to tell somebody is one
// file, and one line here.
func newChannel(r dewline.Receiver, opts Options) (channel, error) {
	forms, err := newForms(r.Template)
	if err != nil {
		return nil, err
	}
	switch {
	case r.Webhook != nil:
		w, err := newWebhook(*r.Webhook, opts.BaseURL, opts.Transport)
		if err != nil {
			return nil, err
		}
		return w.with(forms.body), nil
	case r.Email != nil && opts.SMTP == nil:
		return nil, errors.New("an email receiver needs smtp:")
	case r.Email != nil:
		return newMail(*r.Email, *opts.SMTP, opts.BaseURL).with(forms), nil
	case r.Exec != nil:
		return &program{exec: *r.Exec, baseURL: opts.BaseURL, form: forms.body}, nil
	case r.Service != nil:
		return newChat(*r.Service, forms, opts)
	}
	return nil, errors.New("it has no way to be told")
}

// address is what a receiver is reached at, for telling whether it changed.
func address(r dewline.Receiver) dewline.Key {
	var s string
	switch {
	case r.Webhook != nil:
		s = r.Webhook.URL
	case r.Email != nil:
		s = fmt.Sprint(r.Email.To)
	case r.Exec != nil:
		s = fmt.Sprint(r.Exec.Command)
	case r.Service != nil:
		s = r.Service.URL.Reveal()
	}
	return dewline.BodyKey([]byte(s))
}

// Options are what a dispatcher works with.
type Options struct {
	Receivers []dewline.Receiver
	SMTP      *dewline.SMTP
	Health    []string                            // receivers that are told of another one that fails; none: all others
	BaseURL   string                              // what links in alerts start with
	Transport http.RoundTripper                   // for webhooks; guarded
	Courier   func(ctx context.Context) *exec.Cmd // a process that runs Courier and nothing else, for services
	Allow     []netip.Prefix                      // networks that it may reach although not public
	Log       Logger
}
