package websub

import (
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"time"

	"dewline"
)

// maxChallenge bounds what is echoed.
const maxChallenge = 4 << 10

// ServeHTTP answers hubs at Path and a token. Who knows no token learns nothing.
func (s *Subscriber) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("X-Content-Type-Options", "nosniff")
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	token := strings.TrimPrefix(r.URL.Path, Path)
	switch r.Method {
	case http.MethodGet:
		s.verify(w, r, token)
	case http.MethodPost:
		s.receive(w, r, token)
	default:
		w.Header().Set("Allow", "GET, POST")
		http.Error(w, "a hub asks by GET and pushes by POST", http.StatusMethodNotAllowed)
	}
}

// verify answers whether what a hub was asked was meant (WebSub, section 5.3): only
// for what was asked, and for the topic that was asked for.
func (s *Subscriber) verify(w http.ResponseWriter, r *http.Request, token string) {
	if !s.expects(w, token) { // and so strangers wait for no disk
		return
	}
	q := r.URL.Query()
	s.saving.Lock()
	defer s.saving.Unlock()
	s.mu.Lock()
	defer s.mu.Unlock()
	e := s.tokens[token]
	if e == nil || q.Get("hub.topic") != e.Topic {
		http.Error(w, "nothing of this kind was asked for", http.StatusNotFound)
		return
	}
	now, challenge := time.Now(), q.Get("hub.challenge")
	mode := q.Get("hub.mode")
	if mode == "denied" {
		s.denied(e, q.Get("hub.reason"), now)
		return
	}
	if challenge == "" || len(challenge) > maxChallenge {
		http.Error(w, "hub.challenge is missing or too long", http.StatusBadRequest)
		return
	}
	switch {
	case mode == "subscribe" && e.Live():
		if !s.confirm(r.Context(), e, q.Get("hub.lease_seconds"), now) {
			again(w)
			return
		}
	case mode == "unsubscribe" && e.State == dewline.PushLeaving:
		s.forget(e)
		signal(s.wake)
	default:
		http.Error(w, "this was not asked for", http.StatusNotFound)
		return
	}
	_, _ = io.WriteString(w, challenge)
}

// expects reports whether there is a subscription with a token, and else answers.
func (s *Subscriber) expects(w http.ResponseWriter, token string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case !s.open:
		again(w)
	case s.tokens[token] == nil:
		s.counts.unknown.Add(1)
		http.Error(w, "nothing of this kind was asked for", http.StatusNotFound)
	default:
		return true
	}
	return false
}

// again asks to come again soon.
func again(w http.ResponseWriter) {
	w.Header().Set("Retry-After", "5")
	http.Error(w, "not ready; come again", http.StatusServiceUnavailable)
}

// confirm makes a subscription active for its lease. It is in the store before the
// hub is told. The caller holds both locks; the books are free while the disk is
// written, so that pushes and polls do not wait for it.
func (s *Subscriber) confirm(ctx context.Context, e *sub, seconds string, now time.Time) bool {
	given := lease
	if d := inSeconds(seconds, longestLease); d > 0 {
		given = d
	}
	was := e.Subscription
	next := was
	if next.State != dewline.PushActive {
		next.State, next.Since = dewline.PushActive, now
	}
	next.Detail, next.Tries, next.LeaseEnd, next.Next = "", 0, now.Add(given), renewal(e.Key(), given, now)
	s.mu.Unlock()
	err := s.Store.PutSubscription(context.WithoutCancel(ctx), next)
	s.mu.Lock()
	if err != nil {
		s.Log.Error("a subscription cannot be stored, so the hub is asked to verify it later", "feed", next.Name, "err", err)
		return false
	}
	if s.tokens[next.Token] != e || e.State != was.State { // it was given up meanwhile
		e.dirty = true
		return false
	}
	next.LastPush, next.LastBad, next.Missed = e.LastPush, e.LastBad, e.Missed
	e.Subscription, e.waiting = next, false
	if was.State != dewline.PushActive {
		s.Log.Info("a hub pushes the news of a feed from now on", "feed", e.Name, "hub", e.Hub, "lease_end", e.LeaseEnd.UTC())
	}
	signal(s.wake)
	return true
}

// denied notes a hub's no (WebSub, section 5.2), which may come at any time.
func (s *Subscriber) denied(e *sub, reason string, now time.Time) {
	defer signal(s.wake)
	if e.State == dewline.PushLeaving {
		s.forget(e)
		return
	}
	why := "the hub said no"
	if reason = tidy(reason); reason != "" {
		why += ": " + reason
	}
	if e.State == dewline.PushActive {
		s.haste(e.Feed, now)
	}
	e.become(dewline.PushDenied, why, now)
	e.Next = now.Add(maxRetry - part(maxRetry/5, e.Key(), 0))
	s.Log.Warn("a hub denied a subscription", "feed", e.Name, "hub", e.Hub, "why", why)
}

// receive takes a push (WebSub, section 7). The answer does not wait for what it
// means; and whatever was not signed as it should be is answered alike, and ignored.
func (s *Subscriber) receive(w http.ResponseWriter, r *http.Request, token string) {
	s.mu.Lock()
	open, e := s.open, s.tokens[token]
	live := e != nil && e.Live()
	var secret []byte
	var feed dewline.Key
	if e != nil {
		secret, feed = e.Secret, e.Feed
	}
	s.mu.Unlock()
	switch {
	case !open:
		again(w)
	case !live:
		s.counts.unknown.Add(1)
		http.Error(w, "there is no such subscription", http.StatusGone)
	case !s.pushes.enter():
		s.unread(feed)
		again(w)
	default:
		defer s.pushes.leave()
		body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, s.MaxBody))
		if err != nil {
			s.broken(w, feed, err)
			return
		}
		if !plainly(r.Header.Get("Content-Encoding")) {
			s.unread(feed)
			http.Error(w, "send it without a content encoding", http.StatusUnsupportedMediaType)
			return
		}
		s.accept(e, push{feed: feed, contentType: r.Header.Get("Content-Type"), body: body}, signed(r.Header.Get("X-Hub-Signature"), secret, body))
		w.WriteHeader(http.StatusAccepted)
	}
}

func plainly(encoding string) bool { return encoding == "" || strings.EqualFold(encoding, "identity") }

// broken answers for a body that did not come, or is too large: a poll will bring
// what it held.
func (s *Subscriber) broken(w http.ResponseWriter, feed dewline.Key, err error) {
	s.unread(feed)
	status := http.StatusBadRequest
	if errors.As(err, new(*http.MaxBytesError)) {
		status = http.StatusRequestEntityTooLarge
	}
	http.Error(w, "the body cannot be taken: "+err.Error(), status)
}

// unread has a feed polled whose push was not read.
func (s *Subscriber) unread(feed dewline.Key) {
	s.counts.refused.Add(1)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.haste(feed, time.Now())
}

// accept hands on what is signed as it should be. The body of an earlier push would
// bring back what was edited since: it is not taken again, and a poll looks what is
// true.
func (s *Subscriber) accept(e *sub, p push, good bool) {
	now := time.Now()
	s.mu.Lock()
	defer s.mu.Unlock()
	if !good {
		s.counts.unsigned.Add(1)
		e.LastBad, e.dirty = now, true
		s.Log.Warn("a push was ignored: it is not signed as it should be", "feed", e.Name, "hub", e.Hub)
		return
	}
	if !e.dirty { // a push is in the books as soon as may be, and those that come meanwhile with it
		signal(s.wake)
	}
	e.LastPush, e.dirty = now, true
	delete(s.news, p.feed)
	switch e.recent.note(dewline.BodyKey(p.body)) {
	case latest: // the hub did not hear our answer
		s.counts.repeated.Add(1)
		return
	case earlier:
		s.counts.repeated.Add(1)
		s.haste(p.feed, now)
		return
	case fresh:
	}
	s.counts.taken.Add(1)
	if !s.pushes.add(p) {
		s.Log.Warn("a push was not taken, for too many wait or we are stopping; the feed is polled instead", "feed", e.Name)
		s.haste(p.feed, now)
	}
}

// recent are the last bodies of a subscription.
type recent struct {
	keys []dewline.Key
}

type novelty int

const (
	fresh novelty = iota
	latest
	earlier
)

const recentKept = 64

// note tells whether a body came before, and remembers it.
func (r *recent) note(key dewline.Key) novelty {
	for i, k := range r.keys {
		if k != key {
			continue
		}
		if i == len(r.keys)-1 {
			return latest
		}
		return earlier
	}
	if r.keys = append(r.keys, key); len(r.keys) > recentKept {
		r.keys = r.keys[1:]
	}
	return fresh
}
