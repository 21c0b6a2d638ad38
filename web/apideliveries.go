package web

import (
	"context"
	"net/http"
	"slices"
	"time"

	"dewline"
)

type deliveryList struct {
	Deliveries []dewline.DeliveryDocument `json:"deliveries"`
	Sums       []dewline.Sums             `json:"sums"` // of the receiver that was asked for, or of each
	NextCursor string                     `json:"next_cursor,omitempty"`
}

func (s *site) apiDeliveries(r *http.Request) (any, error) {
	p, err := readParams(r, "state", "receiver", "since", "limit", "cursor")
	if err != nil {
		return nil, err
	}
	limit, err := p.limit()
	if err != nil {
		return nil, err
	}
	f := dewline.DeliveryFilter{Receiver: p.get("receiver"), Limit: limit + 1}
	if f.State, err = deliveryState(p.get("state")); err != nil {
		return nil, err
	}
	if f.Before, f.Since, err = p.page(time.Now()); err != nil {
		return nil, err
	}
	if err := s.knownReceiver(r.Context(), f.Receiver); err != nil {
		return nil, err
	}
	list, err := s.store.Deliveries(r.Context(), f)
	if err != nil {
		return nil, err
	}
	sums, err := s.store.Counts(r.Context())
	if err != nil {
		return nil, err
	}
	answer := deliveryList{Deliveries: []dewline.DeliveryDocument{}, Sums: sums.Sums(f.Receiver)}
	if len(list) > limit {
		list = list[:limit]
		answer.NextCursor = writeCursor(list[limit-1].Seq, f.Since)
	}
	for i := range list {
		answer.Deliveries = append(answer.Deliveries, list[i].Document(s.BaseURL))
	}
	return answer, nil
}

// knownReceiver refuses a name that nobody has: an empty list would say that all
// is well.
func (s *site) knownReceiver(ctx context.Context, name string) error {
	if name == "" {
		return nil
	}
	sums, err := s.store.Counts(ctx)
	if err != nil {
		return err
	}
	if known := s.told(sums); !slices.Contains(known, name) {
		return notFound("no receiver is called " + quoted(name) + "; " + meant(name, known, "none is configured"))
	}
	return nil
}

// deliveryState reads a state; "" is any.
func deliveryState(s string) (dewline.DeliveryState, error) {
	if s == "" {
		return "", nil
	}
	var known []string
	for _, state := range dewline.DeliveryStates {
		if string(state) == s {
			return state, nil
		}
		known = append(known, string(state))
	}
	return "", badRequest("there is no state " + quoted(s) + "; " + meant(s, known, ""))
}
