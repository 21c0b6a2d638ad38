package dewline

// Counts are the store's sums, for metrics and the page.
type Counts struct {
	Items      uint64
	Matches    uint64
	Deliveries map[string]map[DeliveryState]uint64 // by receiver
	FileBytes  int64
}
