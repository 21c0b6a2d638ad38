package web

import (
	"context"
	"regexp"
	"strings"
	"time"

	"dewline"
)

// health is the status line: all is well, or what is not, by name.
type health struct {
	Healthy, Fresh, Troubled int // feeds; fresh ones were never polled
	NotReady                 string
	Disabled                 []receiverView
	Dead, Pending, Delivered uint64     // deliveries
	Troubles                 []feedView // the worst feeds, at most troublesNamed
	More                     int        // feeds in trouble that are not named
	Items, Matches           uint64
}

type receiverView struct {
	Name, Reason string
	Since        *stamp
	Remedy       string // a command
}

// shellWord is a name as it is typed in a shell.
func shellWord(s string) string {
	if plainWord.MatchString(s) {
		return s
	}
	return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'"
}

var plainWord = regexp.MustCompile(`^[A-Za-z0-9_.@-]+$`)

// troublesNamed is how many feeds in trouble the status line names.
const troublesNamed = 12

// Well reports whether nobody need look at anything.
func (h health) Well() bool {
	return h.NotReady == "" && h.Troubled == 0 && h.Dead == 0 && len(h.Disabled) == 0
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
	}
	gone, err := s.disabled(ctx)
	for _, st := range gone {
		h.Disabled = append(h.Disabled, receiverView{
			Name: st.Name, Reason: st.Reason, Since: at(st.Since, now), Remedy: "dewline deliveries retry --receiver " + shellWord(st.Name),
		})
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
