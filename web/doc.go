// Package web shows what the store holds: the page, one page for every item, the
// JSON API, health and metrics.
//
// It reads; the few orders that it takes (orders.go) it hands on. It knows nouns and how to show them, and treats every text and
// address that came from a feed as hostile. It must not know how anything is
// fetched, judged or sent, and it keeps no books of its own: what it says is read
// from the store when it is asked.
package web
