// Package store is the only writer to disk: one bbolt file that holds feed
// states, items and their versions, matches, deliveries and poll records.
//
// It knows keys, transactions and leases. It must not know how anything is
// fetched, judged or sent: a commit brings all that was decided, and makes it
// durable together or not at all.
//
// A bbolt file has one owner, so leases and the order of due feeds live in
// memory: a process that dies loses its leases with it, and the due times on
// disk remain.
package store
