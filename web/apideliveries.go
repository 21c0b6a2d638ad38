package web

import (
	"context"
	"net/http"
	"slices"
	"time"

	"dewline"
)

type (
	deliveryList struct {
		Deliveries []deliveryDoc `json:"deliveries"`
		NextCursor string        `json:"next_cursor,omitempty"`
	}
	deliveryDoc struct {
		ID       dewline.Key           `json:"id"` // the webhook-id
		Receiver string                `json:"receiver"`
		Event    dewline.Event         `json:"event"`
		State    dewline.DeliveryState `json:"state"`
		Queued   time.Time             `json:"queued"`
		Next     *time.Time            `json:"next"` // null unless pending
		Since    time.Time             `json:"since"`
		Tries    int                   `json:"tries"`
		Rule     dewline.RuleRef       `json:"rule"`
		Item     dewline.Key           `json:"item"`
		Version  int                   `json:"version"`
		Link     string                `json:"link"`
		Snippet  string                `json:"snippet"`
		Matches  []dewline.Hit         `json:"matches"`
		Attempts []attemptDoc          `json:"attempts"`
	}
	attemptDoc struct {
		At     time.Time `json:"at"`
		Took   float64   `json:"took_seconds"`
		Answer string    `json:"answer"`
		Error  string    `json:"error"` // empty: delivered
	}
)

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
	answer := deliveryList{Deliveries: []deliveryDoc{}}
	if len(list) > limit {
		list = list[:limit]
		answer.NextCursor = writeCursor(list[limit-1].Seq, f.Since)
	}
	for i := range list {
		answer.Deliveries = append(answer.Deliveries, s.deliveryDoc(&list[i]))
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
	known := []string{string(dewline.DeliveryPending), string(dewline.DeliveryDelivered), string(dewline.DeliveryDead)}
	switch state := dewline.DeliveryState(s); state {
	case "", dewline.DeliveryPending, dewline.DeliveryDelivered, dewline.DeliveryDead:
		return state, nil
	}
	return "", badRequest("there is no state " + quoted(s) + "; " + meant(s, known, ""))
}

func (s *site) deliveryDoc(d *dewline.Delivery) deliveryDoc {
	doc := deliveryDoc{
		ID: d.Key, Receiver: d.Receiver, Event: d.Event, State: d.State, Queued: d.Queued.UTC(), Next: orNull(d.Next),
		Since: d.Since.UTC(), Tries: d.Tries, Rule: d.Match.Rule, Item: d.Match.Item, Version: d.Match.Version,
		Link: s.itemLink(d.Match.Item), Snippet: d.Match.Snippet, Matches: hits(d.Match), Attempts: []attemptDoc{},
	}
	for _, a := range d.Attempts {
		doc.Attempts = append(doc.Attempts, attemptDoc{At: a.At.UTC(), Took: a.Took.Seconds(), Answer: a.Answer, Error: a.Error})
	}
	return doc
}
