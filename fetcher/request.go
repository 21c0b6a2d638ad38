package fetcher

import (
	"cmp"
	"context"
	"net/http"
	"net/url"
	"strings"

	"dewline"
)

// accept asks for a feed where a server offers several forms of a resource.
const accept = "application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml;q=0.9, " +
	"application/xml;q=0.8, text/xml;q=0.8, application/json;q=0.8, */*;q=0.5"

// request makes the request of one hop. What the administrator configured for the
// feed, and the password in its address, goes to the feed's own server only.
func (f *fetch) request(ctx context.Context, to *url.URL) *http.Request {
	bare := *to
	bare.User, bare.Fragment, bare.RawFragment = nil, "", ""
	h := http.Header{
		"User-Agent":      {cmp.Or(f.feed.UserAgent, f.client.opts.UserAgent)},
		"Accept":          {f.accept},
		"Accept-Encoding": {acceptEncoding},
	}
	setIf(h, "If-None-Match", f.state.ETag)
	setIf(h, "If-Modified-Since", f.state.LastModified)
	req := (&http.Request{
		Method: http.MethodGet, URL: &bare, Host: bare.Host, Header: h,
		Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
	}).WithContext(ctx)
	for _, c := range f.cookies.cookies(&bare) {
		req.AddCookie(c)
	}
	if f.away {
		return req
	}
	if pass, ok := f.home.User.Password(); ok || f.home.User != nil {
		req.SetBasicAuth(f.home.User.Username(), pass)
	}
	if a := f.feed.Account; a != nil {
		req.SetBasicAuth(a.Username, a.Password.Reveal())
	}
	for name, value := range f.feed.Headers {
		switch have := h.Get(name); {
		case strings.EqualFold(name, "Host"):
			req.Host = value
			continue
		case strings.EqualFold(name, "Cookie") && have != "": // beside those of the jar
			value += "; " + have
		}
		h.Set(name, value)
	}
	return req
}

func setIf(h http.Header, name, value string) {
	if value != "" {
		h.Set(name, value)
	}
}

// sameServer reports whether what is meant for one address may be sent to the
// other: the same host on the same port, or its move from plain HTTP to TLS.
func sameServer(home, to *url.URL) bool {
	if !strings.EqualFold(home.Hostname(), to.Hostname()) {
		return false
	}
	if home.Scheme == to.Scheme {
		return port(home) == port(to)
	}
	return home.Scheme == "http" && to.Scheme == "https" && port(home) == "80" && port(to) == "443"
}

// conditional reports whether the request asked for changes only.
func conditional(st dewline.FeedState) bool { return st.ETag != "" || st.LastModified != "" }
