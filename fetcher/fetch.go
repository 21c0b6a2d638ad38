package fetcher

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"dewline"
)

// maxRedirects is how many redirects are followed.
const maxRedirects = 10

// fetch is one feed being fetched, from its address through the redirects to a
// body.
type fetch struct {
	client *Client
	feed   dewline.Feed
	start  string // the address to ask: the feed's, or that of one of its articles
	accept string
	state  dewline.FeedState
	isPart bool          // it is a sitemap that the feed, an index, names
	budget time.Duration // what is left of the time limit

	home    *url.URL
	away    bool // a redirect led to another server: nothing configured is sent any more
	cookies *jar
	route   *route
	offered dewline.PushOffer      // in the answer's headers
	stage   atomic.Pointer[string] // what is being waited for, for the report of a time-out

	resp dewline.Response
}

// run follows the redirects. It returns a body to parse, or the fault, or
// neither where the answer was "as before".
func (f *fetch) run(ctx context.Context) (*body, *fault) {
	home, err := url.Parse(f.feed.URL)
	if err != nil || !fetchable(home) {
		return nil, &fault{dewline.StatusConnection, "the feed's address is not an http or https address; correct its url"}
	}
	f.home, f.resp.Conditional = home, conditional(f.state)
	if f.route, err = f.client.routes.of(f.feed.Route); err != nil {
		return nil, &fault{dewline.StatusConnection, fmt.Sprintf("not asked: %v; correct the feed's configuration", err)}
	}
	f.cookies = f.client.jars.of(&f.feed)
	to, wrong := f.address()
	if wrong != nil {
		return nil, wrong
	}
	f.away = !sameServer(home, to)
	permanent := true
	for {
		f.resp.URL = to.Redacted()
		body, next, wrong := f.hop(ctx, to)
		if wrong != nil || next == nil {
			return body, wrong
		}
		if len(f.resp.Redirects) > maxRedirects {
			return nil, &fault{dewline.StatusRedirects, fmt.Sprintf("more than %d redirects, the last one to %s; open the address in a browser and configure where it ends",
				maxRedirects, next.Redacted())}
		}
		code := f.resp.Redirects[len(f.resp.Redirects)-1].HTTPStatus
		permanent = permanent && (code == http.StatusMovedPermanently || code == http.StatusPermanentRedirect)
		if permanent {
			f.resp.MovedTo = next.Redacted()
		}
		f.away = f.away || !sameServer(home, next)
		to = next
	}
}

// address is where the fetch begins.
func (f *fetch) address() (*url.URL, *fault) {
	to, err := url.Parse(f.start)
	if err != nil || !fetchable(to) {
		return nil, &fault{dewline.StatusConnection, "the link is not an http or https address"}
	}
	return to, nil
}

// hop makes one request. It returns where a redirect leads, or what came.
func (f *fetch) hop(ctx context.Context, to *url.URL) (*body, *url.URL, *fault) {
	done, err := f.client.turns.take(ctx, dewline.Site(to), f.addressOf(to))
	if err != nil {
		return nil, nil, f.canceled(err)
	}
	defer done()
	began := time.Now()
	defer func() { f.budget -= time.Since(began) }()
	ctx, cancel := context.WithTimeoutCause(ctx, max(f.budget, 0), errBudget)
	defer cancel()

	f.waitFor("a connection to " + to.Host + f.route.via())
	req := f.request(httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
		GotConn: func(conn httptrace.GotConnInfo) {
			f.waitFor("the answer's first line and headers")
			if f.route.proxy == nil {
				f.client.hosts.learn(to.Host, conn)
			}
		},
	}), to)
	answer, err := f.route.RoundTrip(req)
	if err != nil {
		return nil, nil, f.failed(ctx, to, err)
	}
	defer answer.Body.Close()
	f.cookies.set(req.URL, answer.Cookies())
	f.resp.HTTPStatus = answer.StatusCode
	if next, fault := f.redirect(to, answer); next != nil || fault != nil {
		return nil, next, fault
	}
	body, fault := f.answer(ctx, to, answer)
	return body, nil, fault
}

// addressOf is where a host is, as far as is known; a proxy asks for us wherever it is.
func (f *fetch) addressOf(to *url.URL) string {
	if f.route.proxy != nil {
		return ""
	}
	return f.client.hosts.at(to.Host)
}

func (f *fetch) waitFor(what string) { f.stage.Store(&what) }

// redirect notes a redirect and resolves its target.
func (f *fetch) redirect(from *url.URL, answer *http.Response) (*url.URL, *fault) {
	switch answer.StatusCode {
	case http.StatusMovedPermanently, http.StatusFound, http.StatusSeeOther,
		http.StatusTemporaryRedirect, http.StatusPermanentRedirect:
	default:
		return nil, nil
	}
	target := answer.Header.Get("Location")
	to, err := from.Parse(target)
	if target == "" || err != nil || !fetchable(to) {
		return nil, &fault{dewline.StatusRedirects, fmt.Sprintf("HTTP %d redirects to %q, which is not an http or https address; look for the feed's new address",
			answer.StatusCode, target)}
	}
	f.resp.Redirects = append(f.resp.Redirects, dewline.Redirect{HTTPStatus: answer.StatusCode, To: to.Redacted()})
	return to, nil
}

func fetchable(u *url.URL) bool {
	return (u.Scheme == "http" || u.Scheme == "https") && u.Hostname() != ""
}

// answer reads an answer that is no redirect.
func (f *fetch) answer(ctx context.Context, from *url.URL, answer *http.Response) (*body, *fault) {
	h := answer.Header
	f.resp.Fresh = freshness(h, time.Now())
	f.resp.ETag, f.resp.LastModified = validator(h.Get("ETag")), validator(h.Get("Last-Modified"))
	f.resp.ContentType = h.Get("Content-Type")
	f.offered = offered(h, from)
	switch {
	case answer.StatusCode == http.StatusNotModified && conditional(f.state):
		f.resp.NotModified, f.resp.Status = true, dewline.StatusOK
		return nil, nil
	case answer.StatusCode == http.StatusOK, answer.StatusCode == http.StatusNonAuthoritativeInfo:
		return f.receive(ctx, from, answer)
	}
	f.resp.RetryAfter = retryAfter(h.Get("Retry-After"), time.Now()) // who gives what was asked for cannot ask to be left alone
	if wall := f.walled(answer); wall != nil {
		return nil, wall
	}
	return nil, f.refused(from, answer)
}

// maxValidator is how long a validator may be: it is kept with the feed's state, which every poll reads, and sent back to
// servers, most of which refuse a request whose headers are over 8 KiB.
const maxValidator = 1 << 10

// validator is one that is kept; one that is too long is none.
func validator(s string) string {
	if len(s) > maxValidator {
		return ""
	}
	return s
}

// wallBytes is how much is read of a page that came with a refusal: bot walls' pages are smaller.
const wallBytes = 256 << 10

// walled recognises a bot wall that answers with a refusal, as most of them do. A server that says when it may
// be asked again is taken at its word instead.
func (f *fetch) walled(answer *http.Response) *fault {
	if f.accept == acceptArticle || f.resp.RetryAfter > 0 || !strings.Contains(f.resp.ContentType, "html") {
		return nil
	}
	switch answer.StatusCode {
	case http.StatusAccepted, http.StatusForbidden, http.StatusMethodNotAllowed, http.StatusServiceUnavailable:
	default:
		return nil
	}
	f.waitFor("the page that came with the refusal")
	wire := &counter{r: answer.Body}
	page, err := readBody(wire, answer.Header.Values("Content-Encoding"), wallBytes)
	f.resp.WireBytes, f.resp.BodyBytes = wire.n, int64(len(page))
	if err != nil {
		return nil
	}
	p := f.client.opts.Parse(dewline.Document{Body: page, ContentType: f.resp.ContentType, URL: f.resp.URL, At: time.Now()})
	if p.Status != dewline.StatusChallenge {
		return nil
	}
	return &fault{p.Status, "HTTP " + strconv.Itoa(answer.StatusCode) + ": " + p.Detail}
}

// receive takes the body in. One that is the very one of the last poll is not
// parsed again.
func (f *fetch) receive(ctx context.Context, from *url.URL, answer *http.Response) (*body, *fault) {
	f.waitFor("the body")
	wire := &counter{r: answer.Body}
	all, err := readBody(wire, answer.Header.Values("Content-Encoding"), f.client.opts.MaxBody)
	f.resp.WireBytes, f.resp.BodyBytes = wire.n, int64(len(all))
	if err != nil {
		wrong := f.failed(ctx, from, err)
		if len(all) == 0 {
			return nil, wrong
		}
		return &body{bytes: all, broken: wrong}, nil
	}
	f.resp.BodyHash = dewline.BodyKey(all)
	if f.resp.BodyHash == f.state.BodyHash {
		f.resp.Identical, f.resp.Status = true, dewline.StatusOK
		return nil, nil
	}
	return &body{bytes: all}, nil
}

// body is what a server sent, decoded.
type body struct {
	bytes  []byte
	broken *fault // why the transfer broke off; bytes is what came before
}
