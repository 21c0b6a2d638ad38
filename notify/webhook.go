package notify

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
	"unicode"

	"dewline"
)

// webhookTimeout is how long a webhook may take to answer, as the Standard
// Webhooks specification advises (15 to 30 seconds).
const webhookTimeout = 20 * time.Second

const jsonType = "application/json"

// webhook tells by HTTP, as Standard Webhooks 1.0 describes
// (https://www.standardwebhooks.com).
type webhook struct {
	url     string
	keys    [][]byte // each signs; none: not signed
	baseURL string
	client  *http.Client
	form    *form  // of the body; nil: the event's JSON
	kind    string // the content type of what it gives
}

func newWebhook(w dewline.Webhook, baseURL string, transport http.RoundTripper) (*webhook, error) {
	keys, err := signingKeys(w.Secret, w.Previous)
	if err != nil {
		return nil, err
	}
	return &webhook{url: w.URL, keys: keys, baseURL: baseURL, kind: jsonType, client: &http.Client{
		Transport: transport,
		Timeout:   webhookTimeout,
		// A redirect would take the item to somebody who was not configured.
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}, nil
}

// with has the hook's body written by a template, where it is not nil.
func (w *webhook) with(f *form) *webhook {
	w.form = f
	if f != nil && !f.isJSON() {
		w.kind = "text/plain; charset=utf-8"
	}
	return w
}

// signingKeys are the keys of the secrets that are given.
func signingKeys(secrets ...dewline.Secret) ([][]byte, error) {
	var keys [][]byte
	for _, s := range secrets {
		key, err := signingKey(s)
		if err != nil {
			return nil, err
		}
		if key != nil {
			keys = append(keys, key)
		}
	}
	return keys, nil
}

// signingKey is the key that a secret stands for: what whsec_ encodes, or its
// own bytes.
func signingKey(s dewline.Secret) ([]byte, error) {
	encoded, ok := strings.CutPrefix(s.Reveal(), "whsec_")
	switch {
	case s == "":
		return nil, nil
	case !ok:
		return []byte(s.Reveal()), nil
	}
	key, err := base64.StdEncoding.DecodeString(encoded)
	if err != nil {
		return nil, errors.New("the secret begins with whsec_ and what follows is not base64")
	}
	return key, nil
}

func (w *webhook) send(ctx context.Context, m *message) (string, error) {
	body, own, err := m.body(w.baseURL, w.form)
	if err != nil {
		return "", err
	}
	kind := jsonType
	if own {
		kind = w.kind
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, w.url, bytes.NewReader(body))
	if err != nil {
		return "", &failure{err: err, final: true}
	}
	id, at := "msg_"+m.key.String(), strconv.FormatInt(time.Now().Unix(), 10)
	req.Header.Set("Content-Type", kind)
	req.Header.Set("User-Agent", "dewline")
	req.Header.Set("webhook-id", id)
	req.Header.Set("webhook-timestamp", at)
	if len(w.keys) > 0 {
		req.Header.Set("webhook-signature", w.sign(id, at, body))
	}
	resp, err := w.client.Do(req)
	if err != nil {
		return "", withoutURL(err)
	}
	defer resp.Body.Close()
	return judge(resp)
}

// sign is the signature of the three together, once with each key. A receiver
// accepts the hook by any of them.
func (w *webhook) sign(id, at string, body []byte) string {
	all := make([]string, len(w.keys))
	for i, key := range w.keys {
		mac := hmac.New(sha256.New, key)
		fmt.Fprintf(mac, "%s.%s.%s", id, at, body)
		all[i] = "v1," + base64.StdEncoding.EncodeToString(mac.Sum(nil))
	}
	return strings.Join(all, " ")
}

// judge reads a receiver's answer.
func judge(resp *http.Response) (string, error) {
	answer := resp.Status
	if said := excerpt(resp.Body); said != "" && resp.StatusCode >= 300 {
		answer += ": " + said
	}
	code := resp.StatusCode
	switch {
	case code >= 200 && code < 300:
		return answer, nil
	case code == http.StatusGone:
		return answer, &failure{err: errors.New(answer), gone: true}
	case code < 400:
		location := resp.Header.Get("Location")
		return answer, &failure{err: fmt.Errorf("%s: a redirect to %q is not followed; configure the receiver's address", answer, location)}
	case code >= 500, code == http.StatusRequestTimeout, code == http.StatusTooEarly, code == http.StatusTooManyRequests:
		return answer, &failure{err: errors.New(answer), after: retryAfter(resp.Header.Get("Retry-After"), time.Now())}
	}
	return answer, &failure{err: errors.New(answer), final: true}
}

// retryAfter reads seconds or a date (RFC 9110 §10.2.3).
func retryAfter(header string, now time.Time) time.Duration {
	if seconds, err := strconv.ParseInt(header, 10, 64); err == nil {
		return time.Duration(min(max(seconds, 0), int64(giveUp/time.Second))) * time.Second
	}
	if at, err := http.ParseTime(header); err == nil {
		return min(max(at.Sub(now), 0), giveUp)
	}
	return 0
}

// excerpt is the beginning of what an answer says, in one line.
func excerpt(r io.Reader) string {
	head, _ := io.ReadAll(io.LimitReader(r, 300))
	return oneLine(string(head))
}

// oneLine keeps text from outside from faking lines where it is shown.
func oneLine(s string) string {
	s = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(s, "\uFFFD"))
	return strings.Join(strings.Fields(s), " ")
}

// withoutURL leaves the address out of an error: it may hold a token.
func withoutURL(err error) error {
	var wrapped *url.Error
	if errors.As(err, &wrapped) {
		return wrapped.Err
	}
	return err
}
