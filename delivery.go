package dewline

import (
	"net/url"
	"time"
)

// Event is the type of what a receiver is told.
type Event string

// The events, as the webhook's type spells them.
const (
	EventMatched   Event = "item.matched"
	EventChanged   Event = "item.changed"
	EventRemoved   Event = "item.removed"
	EventFailing   Event = "feed.failing"
	EventSilent    Event = "feed.silent"
	EventRecovered Event = "feed.recovered"
	EventTest      Event = "test"

	// Beyond the contract: several alerts in one, and what becomes of receivers.
	EventSummary           Event = "summary"
	EventReceiverFailing   Event = "receiver.failing"
	EventReceiverRecovered Event = "receiver.recovered"
)

// OfFeed reports whether the event is about a feed, and not about an item.
func (e Event) OfFeed() bool { return e == EventFailing || e == EventSilent || e == EventRecovered }

// OfReceiver reports whether the event is about a receiver.
func (e Event) OfReceiver() bool { return e == EventReceiverFailing || e == EventReceiverRecovered }

// Delivery is one event on its way to one receiver. It is queued by the commit
// of what it tells, and it stays in the books when it has ended.
type Delivery struct {
	Key      Key    `json:"key"` // the receiver's idempotency key, the same over every attempt
	Receiver string `json:"receiver"`
	Event    Event  `json:"event"`
	// What is told, frozen when it was queued: an edit of the item does not change
	// what an attempt repeats. Match is set for an event of an item, Feed for one of
	// a feed, Peer for one of another receiver.
	Match Match          `json:"match,omitzero"`
	Feed  *FeedEvent     `json:"feed,omitempty"`
	Peer  *ReceiverEvent `json:"peer,omitempty"`
	// Change is what an edit changed.
	Change   *Change   `json:"change,omitempty"`
	Removal  *Removal  `json:"removal,omitempty"` // of a page that is gone
	Story    *StoryRef `json:"story,omitempty"`   // of an item that is in one
	Critical bool      `json:"critical,omitempty"`
	Hold     *Hold     `json:"hold,omitempty"` // why it waits or waited
	In       Key       `json:"in,omitzero"`    // the summary in which it went out
	// Parts are the alerts of a summary, whose own event is EventSummary.
	Parts    []Key         `json:"parts,omitempty"`
	Summary  *Summary      `json:"summary,omitempty"` // of a summary
	Queued   time.Time     `json:"queued"`
	State    DeliveryState `json:"state"`
	Next     time.Time     `json:"next,omitzero"` // the next attempt, while pending
	Attempts []Attempt     `json:"attempts,omitempty"`
	// Since is when the present run of attempts began: Queued, or the time
	// of a manual retry. The retry schedule counts from here.
	Since time.Time `json:"since"`
	// Tries counts the attempts since Since.
	Tries int    `json:"tries"`
	Seq   uint64 `json:"-"` // order of queueing; the store's own
}

// Happened is when what is told happened: the same over every attempt.
func (d *Delivery) Happened() time.Time {
	if d.Event == EventSummary {
		return d.Queued
	}
	if d.Feed != nil {
		return d.Feed.At
	}
	if d.Peer != nil {
		return d.Peer.At
	}
	return d.Match.At
}

// DeliveriesLink is the page of what was queued for a receiver.
func DeliveriesLink(baseURL, receiver string) string {
	return baseURL + "/deliveries?receiver=" + url.QueryEscape(receiver)
}

// DeliveryState says where a delivery is.
type DeliveryState string

// The states of a delivery.
const (
	DeliveryPending   DeliveryState = "pending"   // an attempt is due at Next
	DeliveryDelivered DeliveryState = "delivered" // the receiver has it
	DeliveryDead      DeliveryState = "dead"      // given up; a dead letter, can be retried
	DeliveryHeld      DeliveryState = "held"      // waits as its Hold says, or for the summary that it is in
	DeliverySilenced  DeliveryState = "silenced"  // held by a silence
)

// DeliveryStates lists every state, for metrics and documentation.
var DeliveryStates = []DeliveryState{DeliveryPending, DeliveryDelivered, DeliveryDead, DeliveryHeld, DeliverySilenced}

// Due is when the delivery is to be taken up: at its next attempt, or at the end of what it waits for. It is
// false of one that has ended, and of one that goes out in a summary, which is due in its place.
func (d *Delivery) Due() (at time.Time, ok bool) {
	switch {
	case d.State == DeliveryPending:
		return d.Next, true
	case (d.State == DeliveryHeld || d.State == DeliverySilenced) && d.Hold != nil && d.In.IsZero():
		return d.Hold.Until, true
	}
	return time.Time{}, false
}

// Attempt is one try to deliver, with the receiver's answer.
type Attempt struct {
	At     time.Time     `json:"at"`
	Took   time.Duration `json:"took"`
	Answer string        `json:"answer,omitempty"` // "204 No Content", "250 2.0.0 Ok: queued", "exit status 0"
	Error  string        `json:"error,omitempty"`  // why it failed; empty: delivered
}

// Alert is a claimed delivery with what is needed to tell it.
type Alert struct {
	Delivery Delivery
	Item     Item // in the version that was judged; of an event of a feed none
	// Parts are the first alerts of a summary, at most PartsTold.
	Parts []Alert
}

// Settlement is what an attempt came to.
type Settlement struct {
	Key     Key
	Attempt Attempt
	State   DeliveryState // delivered, dead, or pending again
	Next    time.Time     // while pending
	Window  *Window       // of its receiver, to be kept with it; nil: it is as before
}

// DeliveryFilter chooses deliveries for a list. A zero field chooses all.
type DeliveryFilter struct {
	State    DeliveryState
	Receiver string
	Item     Key       // of events of this item
	Since    time.Time // queued at or after
	Before   uint64    // queued before the delivery with this Seq
	Limit    int       // newest first; 0: no limit
}

// ReceiverState is what is known of a receiver between two alerts.
type ReceiverState struct {
	Name string `json:"name"`
	// Disabled is set when the receiver said that it is gone (410). Its
	// deliveries go to the dead letters until it is enabled again: by a
	// retry, or by another address in the configuration.
	Disabled bool      `json:"disabled,omitempty"`
	Reason   string    `json:"reason,omitempty"`
	Since    time.Time `json:"since,omitzero"`
	Address  Key       `json:"address,omitzero"` // a hash of the address that was disabled or fails
	// Outage is set while the receiver takes nothing; nil: it took the last alert, or was sent none.
	Outage *Outage `json:"outage,omitempty"`
	// Window moves with settlements alone.
	Window Window `json:"window,omitzero"`
}
