package web

import (
	"context"
	"maps"
	"slices"

	"dewline"
)

// receivers are the names that the rules alert, sorted. A receiver that no rule
// names any more is told nothing, so its state troubles nobody.
func (s *site) receivers() []string {
	names := make(map[string]bool)
	for _, r := range s.Rules {
		for _, name := range r.Alert {
			names[name] = true
		}
	}
	return slices.Sorted(maps.Keys(names))
}

// disabled are the receivers that said that they are gone.
func (s *site) disabled(ctx context.Context) (list []dewline.ReceiverState, err error) {
	for _, name := range s.receivers() {
		st, err := s.store.Receiver(ctx, name)
		if err != nil {
			return nil, err
		}
		if st.Disabled {
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
