package web

import (
	"context"
	"maps"
	"slices"

	"dewline"
)

// receivers are the names that rules and health alerts tell, sorted. A receiver that
// nothing names any more is told nothing, so its state troubles nobody.
func (s *site) receivers() []string {
	names := make(map[string]bool)
	for _, r := range s.Rules {
		for _, name := range r.Alert {
			names[name] = true
		}
	}
	for _, f := range s.Feeds {
		for _, name := range f.Health {
			names[name] = true
		}
	}
	return slices.Sorted(maps.Keys(names))
}

// ailing are the receivers that said that they are gone, and those that take nothing.
func (s *site) ailing(ctx context.Context) (list []dewline.ReceiverState, err error) {
	for _, name := range s.receivers() {
		st, err := s.store.Receiver(ctx, name)
		if err != nil {
			return nil, err
		}
		if st.Disabled || st.Outage != nil {
			list = append(list, st)
		}
	}
	return list, nil
}

// told are the receivers of which deliveries are on record, and those that the
// rules alert.
func (s *site) told(sums dewline.Counts) []string {
	list := slices.AppendSeq(s.receivers(), maps.Keys(sums.Deliveries))
	slices.Sort(list)
	return slices.Compact(list)
}
