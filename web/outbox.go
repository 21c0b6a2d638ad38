package web

import (
	"context"
	"errors"
	"io/fs"
	"strings"
	"time"

	"dewline"
)

// outboxView is what of the outbox stands on the overview: what waits and what
// was given up, then the latest that arrived.
type outboxView struct {
	Parts []outboxPart
}

type outboxPart struct {
	Title string
	List  []deliveryView
}

// Any reports whether there is any delivery.
func (v outboxView) Any() bool { return len(v.Parts) > 0 }

// deliveryView is one delivery with every attempt.
type deliveryView struct {
	dewline.Delivery
	About  string         // the rule's title, or the event of a feed or a receiver
	Place  string         // the page of what is told, from the root
	Title  []dewline.Span // the item's, or what happened
	Lang   string
	Queued *stamp
	Next   *stamp
	Until  *stamp // the end of what it waits for
	Tries  []attemptView
}

type attemptView struct {
	At     *stamp
	Took   string
	Failed bool
	Answer string
}

// answer is what came of an attempt, in one text: the fault mostly repeats what
// the receiver said.
func answer(a dewline.Attempt) string {
	switch {
	case a.Error == "" || a.Answer == "":
		return a.Answer + a.Error
	case strings.Contains(a.Error, a.Answer):
		return a.Error
	}
	return a.Answer + "; " + a.Error
}

// outbox reads the top of each state. A state of which the sums know none is
// not looked for: finding nothing takes a walk over everything.
func (s *site) outbox(ctx context.Context, h health, now time.Time) (v outboxView, err error) {
	for _, part := range []struct {
		title string
		state dewline.DeliveryState
		sum   uint64
	}{
		{"Given up", dewline.DeliveryDead, h.Dead},
		{"Waiting", dewline.DeliveryPending, h.Pending + h.Held}, // summaries wait, of alerts that are held
		{"Held back", dewline.DeliveryHeld, h.Held},
		{"Latest delivered", dewline.DeliveryDelivered, h.Delivered},
	} {
		if part.sum == 0 {
			continue
		}
		list, err := s.store.Deliveries(ctx, dewline.DeliveryFilter{State: part.state, Limit: int(min(part.sum, deliveriesShown))})
		if err != nil {
			return v, err
		}
		views, err := s.deliveryViews(ctx, list, now)
		if err != nil {
			return v, err
		}
		v.Parts = append(v.Parts, outboxPart{part.title, views})
	}
	return v, nil
}

func (s *site) deliveryViews(ctx context.Context, list []dewline.Delivery, now time.Time) ([]deliveryView, error) {
	views := make([]deliveryView, 0, len(list))
	for i := range list {
		v, err := s.deliveryView(ctx, &list[i], now)
		if err != nil {
			return nil, err
		}
		views = append(views, v)
	}
	return views, nil
}

func (s *site) deliveryView(ctx context.Context, d *dewline.Delivery, now time.Time) (deliveryView, error) {
	v := deliveryView{Delivery: *d, Queued: at(d.Queued, now), Next: at(d.Next, now), Place: "items/" + d.Match.Item.String()}
	if until, due := d.Due(); due && d.State != dewline.DeliveryPending {
		v.Until = at(until, now)
	}
	for _, a := range d.Attempts {
		v.Tries = append(v.Tries, attemptView{At: at(a.At, now), Took: took(a.Took), Failed: a.Error != "", Answer: answer(a)})
	}
	if d.Feed != nil {
		v.Title, v.About, v.Place = []dewline.Span{{Text: d.Feed.Headline(d.Event)}}, string(d.Event), strings.TrimPrefix(d.Feed.Link(""), "/")
		return v, nil
	}
	if d.Peer != nil {
		v.Title, v.About, v.Place = []dewline.Span{{Text: d.Peer.Headline()}}, string(d.Event), strings.TrimPrefix(d.Peer.Link(""), "/")
		return v, nil
	}
	if d.Summary != nil {
		v.Title, v.About = []dewline.Span{{Text: d.Summary.Headline(len(d.Parts))}}, string(d.Event)
		v.Place = strings.TrimPrefix(dewline.DeliveriesLink("", d.Receiver), "/")
		return v, nil
	}
	v.About = s.named(d.Match.Rule).Title
	it, err := s.store.Item(ctx, d.Match.Item)
	switch {
	case errors.Is(err, fs.ErrNotExist): // it was pruned; the delivery remembers the snippet
		v.Title = dewline.MarkWords(d.Match.Snippet, d.Match.Hits)
		return v, nil
	case err != nil:
		return v, err
	}
	v.Title, v.Lang = mark(it.Title, dewline.FieldTitle, d.Match.Hits), language(it.Language)
	return v, nil
}
