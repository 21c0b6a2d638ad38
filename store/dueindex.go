package store

import (
	"bytes"
	"encoding/binary"
	"iter"
	"time"

	"dewline"

	bolt "go.etcd.io/bbolt"
)

// The due index holds each delivery that is due at some time under its receiver and that time, with a mark of what it
// is: so those of a state are found without being read.

func dueKey(receiver string, at time.Time, seq uint64) []byte {
	return join(receiverKey(receiver), instant(at), number(seq))
}

// The marks. An alert that is pending has none.
const (
	heldMark        = 'h'
	silencedMark    = 's'
	summaryMark     = 'S' // a summary that is pending
	heldSummaryMark = 'H' // one that is held
)

// dueValue is a delivery's key and its mark.
func dueValue(d *dewline.Delivery) []byte {
	summary := d.Event == dewline.EventSummary
	switch {
	case summary && d.State == dewline.DeliveryPending:
		return append(d.Key[:], summaryMark)
	case summary:
		return append(d.Key[:], heldSummaryMark)
	case d.State == dewline.DeliveryHeld:
		return append(d.Key[:], heldMark)
	case d.State == dewline.DeliverySilenced:
		return append(d.Key[:], silencedMark)
	}
	return d.Key[:]
}

// place is where a delivery stands in the queue.
type place struct {
	seq uint64
	key []byte
}

// dueEntry is an entry of the index.
type dueEntry struct {
	place
	at   time.Time
	mark byte
}

// state is the state that the mark stands for.
func (e dueEntry) state() dewline.DeliveryState {
	switch e.mark {
	case 0, summaryMark:
		return dewline.DeliveryPending
	case silencedMark:
		return dewline.DeliverySilenced
	}
	return dewline.DeliveryHeld
}

func (e dueEntry) isSummary() bool { return e.mark == summaryMark || e.mark == heldSummaryMark }

// eachDue walks a receiver's entries by time, from a time on (zero: all); or, with neither receiver nor time, those of
// one receiver after another. An entry's key is the file's own, and good until something is written.
func eachDue(tx *bolt.Tx, receiver string, from time.Time) iter.Seq[dueEntry] {
	var prefix []byte
	if receiver != "" {
		prefix = receiverKey(receiver)
	}
	begin := prefix
	if !from.IsZero() {
		begin = join(prefix, instant(from))
	}
	return func(yield func(dueEntry) bool) {
		c := tx.Bucket(dueBucket).Cursor()
		for k, v := c.Seek(begin); len(k) == shortLen+16 && bytes.HasPrefix(k, prefix); k, v = c.Next() {
			e := dueEntry{place: place{binary.BigEndian.Uint64(k[shortLen+8:]), v[:keyLen]}, at: readInstant(k[shortLen:])}
			if len(v) > keyLen {
				e.mark = v[keyLen]
			}
			if !yield(e) {
				return
			}
		}
	}
}

// waiting are the places in the index, of one receiver or of all, of one state or of all.
func waiting(tx *bolt.Tx, receiver string, state dewline.DeliveryState) (places []place) {
	for e := range eachDue(tx, receiver, time.Time{}) {
		if state == "" || e.state() == state {
			places = append(places, e.place)
		}
	}
	return places
}
