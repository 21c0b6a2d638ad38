package websub

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"dewline"
)

const (
	// lease is what is asked for. Hubs give what they like.
	lease = 10 * 24 * time.Hour
	// longestLease is what we believe: a hub that gives more is asked again sooner.
	longestLease = 30 * 24 * time.Hour
	// shortestRenewal is how soon a hub is asked again at the earliest, however
	// short its leases are.
	shortestRenewal = time.Minute
	// patience is how long a hub may take from the request to the verification.
	patience = 10 * time.Minute

	firstRetry = 5 * time.Minute
	maxRetry   = 24 * time.Hour

	askTimeout = 30 * time.Second
	maxHops    = 5
	maxWords   = 300 // of a hub's own words that are kept
)

// ask sends a hub one request, and notes what it said. What hub and secret are is
// in the store before.
func (s *Subscriber) ask(ctx context.Context, e *sub) {
	s.mu.Lock()
	asked := e.Subscription
	s.mu.Unlock()
	after, err := s.request(ctx, &asked)
	now := time.Now()
	s.mu.Lock()
	defer s.mu.Unlock()
	e.asking = false
	if ctx.Err() != nil { // we were stopped: it is asked again
		e.Tries = max(0, e.Tries-1)
		return
	}
	if err != nil {
		s.failed(e, err.Error(), after, now)
		return
	}
	if e.Tries > 0 { // else it was verified while we asked
		e.waiting, e.Next, e.dirty = true, now.Add(patience), true
	}
}

// failed notes that a hub did not do what it was asked. An active subscription stays
// so until its lease ends.
func (s *Subscriber) failed(e *sub, why string, after time.Duration, now time.Time) {
	e.waiting, e.dirty = false, true
	wait := backOff(e.Key(), e.Tries)
	if e.State == dewline.PushActive { // there is time for another try while the lease lasts, however short it is
		wait = min(wait, max(e.LeaseEnd.Sub(now)/2, shortestRenewal))
	}
	e.Next = now.Add(max(wait, after))
	s.Log.Info("a hub did not do what it was asked", "feed", e.Name, "hub", e.Hub, "state", e.State, "why", why, "next", e.Next.UTC())
	if e.State == dewline.PushAsking {
		e.become(dewline.PushFailed, why, now)
		return
	}
	e.Detail = why
}

// backOff doubles with every try, and is shortened by a hash so that what failed
// together does not return together.
func backOff(key dewline.Key, tries int) time.Duration {
	wait := firstRetry
	for range tries - 1 {
		if wait >= maxRetry {
			break
		}
		wait = min(2*wait, maxRetry)
	}
	return wait - part(wait/5, key, tries)
}

// part is a part of d that depends on what it is for.
func part(d time.Duration, key dewline.Key, n int) time.Duration {
	h := fnv.New32a()
	h.Write(key[:])
	var b [8]byte
	binary.BigEndian.PutUint64(b[:], uint64(n)) //nolint:gosec // a count
	h.Write(b[:])
	return time.Duration(float64(d) * float64(h.Sum32()) / float64(1<<32))
}

// renewal is when a lease is to be renewed: when a fifth to a third of it is left,
// so that there is time for several tries.
func renewal(key dewline.Key, lease time.Duration, now time.Time) time.Time {
	return now.Add(max(lease*2/3+part(lease*2/15, key, 0), shortestRenewal))
}

// request sends the form. A redirect that keeps the method is followed (RFC 9110,
// section 15.4); any other would turn the request into another one.
func (s *Subscriber) request(ctx context.Context, e *dewline.Subscription) (after time.Duration, err error) {
	form := url.Values{"hub.mode": {"subscribe"}, "hub.topic": {e.Topic}, "hub.callback": {callback(e)}}
	if e.State == dewline.PushLeaving {
		form.Set("hub.mode", "unsubscribe")
	} else {
		form.Set("hub.lease_seconds", strconv.Itoa(int(lease/time.Second)))
		form.Set("hub.secret", string(e.Secret))
	}
	ctx, cancel := context.WithTimeout(ctx, askTimeout)
	defer cancel()
	to := e.Hub
	for range maxHops {
		answer, err := s.post(ctx, to, form.Encode())
		if err != nil {
			return 0, fmt.Errorf("the hub cannot be reached: %w", err)
		}
		next, after, err := judge(answer)
		answer.Body.Close()
		if next == "" {
			return after, err
		}
		u, wrong := url.Parse(next)
		if wrong != nil || u.Scheme != "https" && (u.Scheme != "http" || s.Own == nil || !s.Own(u)) {
			return 0, fmt.Errorf("the hub redirects to %s, to which the secret is not sent: it is neither https nor on a network of your own (fetch.allow_private)", next)
		}
		to = next
	}
	return 0, fmt.Errorf("the hub redirects more than %d times", maxHops-1)
}

// callback is where the hub reaches us for this subscription.
func callback(e *dewline.Subscription) string { return e.Base + Path + e.Token }

// Path is where the addresses begin that hubs call.
const Path = "/websub/"

func (s *Subscriber) post(ctx context.Context, to, form string) (*http.Response, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, to, strings.NewReader(form))
	if err != nil {
		return nil, err
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	req.Header.Set("User-Agent", s.UserAgent)
	return s.Transport.RoundTrip(req)
}

// judge tells what a hub's answer means: where it redirects to, or the fault. The
// specification asks for 202; hubs that verify at once say 204.
func judge(answer *http.Response) (next string, after time.Duration, err error) {
	switch code := answer.StatusCode; {
	case code >= 200 && code < 300:
		return "", 0, nil
	case code == http.StatusTemporaryRedirect || code == http.StatusPermanentRedirect:
		if to, err := answer.Location(); err == nil {
			return to.String(), 0, nil
		}
	}
	after = inSeconds(answer.Header.Get("Retry-After"), maxRetry)
	words, _ := io.ReadAll(io.LimitReader(answer.Body, maxWords))
	return "", after, fmt.Errorf("the hub answered %s: %s", answer.Status, tidy(string(words)))
}

// inSeconds reads a hub's number of seconds, up to the most that is believed; 0 where it is none.
func inSeconds(s string, most time.Duration) time.Duration {
	n, err := strconv.ParseInt(strings.TrimSpace(s), 10, 64)
	if err != nil && !errors.Is(err, strconv.ErrRange) || n < 0 {
		return 0
	}
	return time.Duration(min(n, int64(most/time.Second))) * time.Second
}

// tidy makes a hub's words fit for a line of ours.
func tidy(s string) string {
	s = strings.Join(strings.Fields(strings.ToValidUTF8(s, "")), " ")
	s = strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f {
			return -1
		}
		return r
	}, s)
	if len(s) > maxWords {
		s = strings.ToValidUTF8(s[:maxWords], "")
	}
	return s
}
