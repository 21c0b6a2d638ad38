package web

import (
	"net/http"
	"time"

	"dewline"
)

const deliveriesOnSheet = 50

// deliveriesPage is the outbox, the newest first, by state and receiver.
type deliveriesPage struct {
	frame
	State     dewline.DeliveryState
	Receiver  string
	States    []dewline.DeliveryState // to choose from
	Receivers []string                // to choose from
	Sums      map[dewline.DeliveryState]uint64
	Silences  []silenceView // that hold
	List      []deliveryView
	Dead      uint64 // dead letters of the receiver, or of all
	Retry     bool   // dead letters can be retried from here
	Retried   uint64 // dead letters that just were
	Newest    bool   // this is the first page
	Older     uint64 // where the next page goes on; 0 for the last
}

func (s *site) deliveries(r *http.Request, now time.Time) (any, error) {
	state, err := deliveryState(r.FormValue("state"))
	if err != nil {
		return nil, err
	}
	page := &deliveriesPage{
		frame: s.frame(r, "Deliveries", "deliveries"), State: state, Receiver: r.FormValue("receiver"),
		States: dewline.DeliveryStates,
	}
	page.Retry, page.Orders = s.Retry != nil, s.Retry != nil
	if r.FormValue("retried") != "0" {
		if page.Retried, err = seqParam(r, "retried"); err != nil {
			return nil, err
		}
	}
	sums, err := s.store.Counts(r.Context())
	if err != nil {
		return nil, err
	}
	page.Receivers = s.told(sums)
	page.sum(sums)
	if page.Silences, err = s.silenceViews(r.Context(), now); err != nil {
		return nil, err
	}
	return page, s.fillOutbox(page, r, now)
}

// sum adds up the receivers that are shown.
func (p *deliveriesPage) sum(sums dewline.Counts) {
	p.Sums = make(map[dewline.DeliveryState]uint64)
	for receiver, by := range sums.Deliveries {
		if p.Receiver == "" || p.Receiver == receiver {
			for state, n := range by {
				p.Sums[state] += n
			}
		}
	}
	p.Dead = p.Sums[dewline.DeliveryDead]
}

// fillOutbox reads the list, unless the sums say that there is nothing to find.
func (s *site) fillOutbox(page *deliveriesPage, r *http.Request, now time.Time) error {
	before, err := seqParam(r, "before")
	if err != nil {
		return err
	}
	page.Newest = before == 0
	ended := page.State == dewline.DeliveryDelivered || page.State == dewline.DeliveryDead
	if ended && page.Sums[page.State] == 0 { // the others have an index, and summaries that no sum counts
		return nil
	}
	list, err := s.store.Deliveries(r.Context(), dewline.DeliveryFilter{
		State: page.State, Receiver: page.Receiver, Before: before, Limit: deliveriesOnSheet + 1,
	})
	if err != nil {
		return err
	}
	if len(list) > deliveriesOnSheet {
		list = list[:deliveriesOnSheet]
		page.Older = list[deliveriesOnSheet-1].Seq
	}
	page.List, err = s.deliveryViews(r.Context(), list, now)
	return err
}
