package dewline

import (
	"fmt"
	"maps"
	"slices"
)

// Counts are the store's sums, for metrics and the page.
type Counts struct {
	Items      uint64
	Matches    uint64
	Deliveries map[string]map[DeliveryState]uint64 // alerts by receiver; what is in a summary is counted, and it is not
	FileBytes  int64
}

// Sums are the sums of one receiver's alerts. Each of those that were due is in one state.
type Sums struct {
	Receiver  string `json:"receiver"`
	Due       uint64 `json:"due"` // ever
	Delivered uint64 `json:"delivered"`
	Pending   uint64 `json:"pending"`
	Dead      uint64 `json:"dead"`
	Held      uint64 `json:"held"`
	Silenced  uint64 `json:"silenced"`
}

// Sums are the sums of the receiver of this name, or of every receiver by name where it is empty.
func (c *Counts) Sums(receiver string) []Sums {
	all := []Sums{}
	for _, name := range slices.Sorted(maps.Keys(c.Deliveries)) {
		if receiver != "" && name != receiver {
			continue
		}
		by := c.Deliveries[name]
		s := Sums{
			Receiver: name, Delivered: by[DeliveryDelivered], Pending: by[DeliveryPending], Dead: by[DeliveryDead],
			Held: by[DeliveryHeld], Silenced: by[DeliverySilenced],
		}
		for _, n := range by {
			s.Due += n
		}
		all = append(all, s)
	}
	return all
}

// Counted is a number of things, as a sentence says it.
func Counted(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return fmt.Sprintf("%d %ss", n, thing)
}
