package web

import (
	"context"
	"time"

	"dewline"
)

// health is the status line: all is well, or what is not, by name.
type health struct {
	Healthy, Fresh, Troubled int // feeds; fresh ones were never polled
	NotReady                 string
	Receivers                []receiverView // those that are gone, or fail
	Dead, Pending, Delivered uint64         // deliveries
	Held, Silenced           uint64         // deliveries that wait for the end of something
	Troubles                 []feedView     // the worst feeds, at most troublesNamed
	More                     int            // feeds in trouble that are not named
	Items, Matches           uint64
}

type receiverView struct {
	dewline.Health
	Name  string
	Since *stamp
	Pause *stamp // until when it asked to be left alone; nil: it did not
}

// troublesNamed is how many feeds in trouble the status line names.
const troublesNamed = 12

// Well reports whether nobody need look at anything.
func (h health) Well() bool {
	return h.NotReady == "" && h.Troubled == 0 && h.Dead == 0 && len(h.Receivers) == 0
}

// health is read from the sums and from the feeds, which come worst first.
func (s *site) health(ctx context.Context, states []dewline.FeedState, now time.Time) (h health, err error) {
	if err := s.Ready(); err != nil {
		h.NotReady = err.Error()
	}
	sums, err := s.store.Counts(ctx)
	if err != nil {
		return h, err
	}
	h.Items, h.Matches = sums.Items, sums.Matches
	for _, by := range sums.Deliveries {
		h.Dead += by[dewline.DeliveryDead]
		h.Pending += by[dewline.DeliveryPending]
		h.Delivered += by[dewline.DeliveryDelivered]
		h.Held += by[dewline.DeliveryHeld]
		h.Silenced += by[dewline.DeliverySilenced]
	}
	ailing, err := s.ailing(ctx)
	for _, st := range ailing {
		v := receiverView{Health: st.Health(), Name: st.Name}
		v.Since = at(v.Health.Since, now)
		if st.Outage != nil && st.Outage.Until.After(now) {
			v.Pause = at(st.Outage.Until, now)
		}
		h.Receivers = append(h.Receivers, v)
	}
	h.feeds(s, states, now)
	return h, err
}

func (h *health) feeds(s *site, states []dewline.FeedState, now time.Time) {
	for i := range states {
		switch l := level(&states[i], now); {
		case troubled(l):
			h.Troubled++
		case l == "new":
			h.Fresh++
		default:
			h.Healthy++
		}
	}
	h.Troubles = s.feedViews(states[:min(h.Troubled, troublesNamed)], now)
	h.More = h.Troubled - len(h.Troubles)
}
