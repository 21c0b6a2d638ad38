// Package notify tells people: it claims deliveries from the outbox, sends each by
// its receiver's channel, and settles what came of it.
//
// It knows receivers and how they answer. It does not know rules, feeds or what
// deserves an alert: a delivery was born with its match, and its key, the
// receiver's idempotency key, is the same over every attempt. Whoever sends
// decides whether a failure may pass (try again) or not (a dead letter); the
// dispatcher only waits and acts. One file for each channel.
package notify
