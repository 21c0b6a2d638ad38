// Package fetcher asks a source for its feed: conditional requests over guarded
// connections, redirects, content encodings, limits of size, time and number.
//
// A feed may be reached in a way of its own (routes.go): over a proxy, with more
// certificates, with an account and cookies that are kept for it.
//
// An index of sitemaps is a source of many documents: its parts are asked for in the same poll, within the
// bounds that parts.go sets.
//
// It knows HTTP and nothing else: what a body means is the parser's business,
// which it is given as a function, and when to ask again is the monitor's. Every
// request ends in a Response with a Status; no fault is an error that somebody
// could forget. What a source does costs only that source: its time, its memory
// and its share of the connections are bounded.
package fetcher
