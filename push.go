package dewline

import "slices"

// PushOffer is what a source says of how its news may be had without polling
// (WebSub): the hubs to subscribe at, and the address to name to them.
type PushOffer struct {
	Hubs  []string `json:"hubs,omitempty"`  // absolute addresses, in the order of the source
	Topic string   `json:"topic,omitempty"` // absolute; empty: the source names none
}

// IsZero reports whether the source offers nothing.
func (o PushOffer) IsZero() bool { return len(o.Hubs) == 0 }

// maxHubs is how many hubs of one source are considered.
const maxHubs = 8

// AddHub adds a hub, once; an empty address is none.
func (o *PushOffer) AddHub(address string) {
	if address != "" && len(address) <= maxAddress && len(o.Hubs) < maxHubs && !slices.Contains(o.Hubs, address) {
		o.Hubs = append(o.Hubs, address)
	}
}

// SetTopic takes the first address that the source calls its own.
func (o *PushOffer) SetTopic(address string) {
	if o.Topic == "" && len(address) <= maxAddress {
		o.Topic = address
	}
}

// maxAddress is how long a hub's or a topic's address may be: it is kept with
// the feed's state, which every poll reads.
const maxAddress = 2 << 10
