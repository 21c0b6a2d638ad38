package notify

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"dewline"
)

// receiver is a channel that is down until a time, and counts.
type receiver struct {
	up  time.Time
	err error

	mu    sync.Mutex
	tried []time.Time // guarded by mu
}

func down(d time.Duration) *receiver {
	return &receiver{up: time.Now().Add(d), err: errors.New("503 Service Unavailable")}
}

func (r *receiver) send(_ context.Context, _ *message) (string, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.tried = append(r.tried, time.Now())
	if time.Now().Before(r.up) {
		return "", r.err
	}
	return "200 OK", nil
}

// attempts are when it was tried.
func (r *receiver) attempts() []time.Time {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.Clone(r.tried)
}

// A receiver that is down is asked less and less, whatever waits for it; when it is back, all arrives at once.
func TestADeadReceiverCostsNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o, r, began := newOutbox("r", 200), down(10*time.Hour), time.Now()
		_, stop := start(t, o, r.send)
		time.Sleep(9*time.Hour + 59*time.Minute)
		synctest.Wait()
		tried := r.attempts()
		if n := len(tried); n < 110 || n > 150 { // every 5 minutes, ±10 %
			t.Errorf("%d attempts in ten hours", n)
		}
		for i := trip; i < len(tried)-1; i++ {
			want := min(shortestBreak<<min(i-trip, 10), longestBreak)
			if wait := tried[i+1].Sub(tried[i]); i > trip+8 && (wait < want*8/10 || wait > want*12/10) {
				t.Errorf("break %d took %s", i-trip, wait)
			}
		}
		time.Sleep(7 * time.Minute)
		synctest.Wait()
		stop()
		if got := o.states(); got[dewline.DeliveryDelivered] != 200 {
			t.Errorf("%s after the beginning: %v", time.Since(began), got)
		}
	})
}

// Failures that are for good open nothing: the receiver answers.
func TestRefusalsOpenNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o, r := newOutbox("r", 50), down(time.Hour)
		r.err = &failure{err: errors.New("400 Bad Request"), final: true}
		_, stop := start(t, o, r.send)
		time.Sleep(time.Second)
		stop()
		if o.states()[dewline.DeliveryDead] != 50 {
			t.Errorf("%v", o.states())
		}
	})
}

// Retry-After is for the receiver, not for one alert; and a restart does not forget it, unless there is
// another address.
func TestRetryAfterPausesTheReceiver(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o, r := newOutbox("r", 5), down(time.Minute)
		r.err = &failure{err: errors.New("429 Too Many Requests"), after: 10 * time.Minute}
		_, stop := start(t, o, r.send)
		time.Sleep(time.Minute)
		stop()
		_, stop = start(t, o, r.send)
		time.Sleep(8 * time.Minute)
		stop()
		if len(r.attempts()) != 1 {
			t.Errorf("%d attempts in the time that it asked for", len(r.attempts()))
		}
		_, stop = start(t, o, r.send)
		time.Sleep(time.Minute + time.Second)
		stop()
		if len(r.attempts()) != 6 || o.states()[dewline.DeliveryDelivered] != 5 || o.receivers["r"].Outage != nil {
			t.Errorf("%d attempts, %v, %+v", len(r.attempts()), o.states(), o.receivers["r"].Outage)
		}
	})
	synctest.Test(t, func(t *testing.T) {
		o, r := newOutbox("r", 1), down(0)
		o.receivers["r"] = dewline.ReceiverState{
			Name: "r", Address: dewline.Key{99}, Outage: &dewline.Outage{Since: time.Now(), Until: time.Now().Add(time.Hour)},
		}
		_, stop := start(t, o, r.send)
		synctest.Wait()
		stop()
		if len(r.attempts()) != 1 {
			t.Error("what another address asked for is heeded")
		}
	})
}

// The others are told once of a receiver that fails for an hour, and once when it is back, whatever restarts.
func TestOthersAreToldOfAnOutage(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o, r, began := newOutbox("r", 1), down(5*time.Hour), time.Now()
		_, stop := start(t, o, r.send)
		time.Sleep(59 * time.Minute)
		stop()
		if len(o.notices) != 0 {
			t.Fatalf("told early: %+v", o.notices)
		}
		_, stop = start(t, o, r.send)
		time.Sleep(time.Minute + time.Second)
		synctest.Wait()
		if len(o.notices) != 1 {
			t.Fatalf("not told after an hour: %+v", o.notices)
		}
		n := o.notices[0]
		if h := n.About.Health; n.Event != dewline.EventReceiverFailing || n.About.Receiver != "r" || !slices.Equal(n.Alert, []string{"other"}) ||
			h.State != dewline.HealthFailing || !h.Since.Equal(began) || h.Detail != "503 Service Unavailable" || h.Remedy == "" {
			t.Errorf("%+v", n)
		}
		stop()
		_, stop = start(t, o, r.send)
		time.Sleep(10 * time.Hour)
		synctest.Wait()
		stop()
		if len(o.notices) != 2 || o.notices[1].Event != dewline.EventReceiverRecovered || o.notices[1].About.Health.State != dewline.HealthOK {
			t.Errorf("%+v", o.notices)
		}
		if st := o.receivers["r"]; st.Outage != nil {
			t.Errorf("%+v", st)
		}
	})
}

// An outage that is over within the hour is told to nobody.
func TestAShortOutageIsNotTold(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o, r := newOutbox("r", 30), down(50*time.Minute)
		_, stop := start(t, o, r.send)
		time.Sleep(3 * time.Hour)
		stop()
		if len(o.notices) != 0 || o.states()[dewline.DeliveryDelivered] != 30 {
			t.Errorf("%+v, %v", o.notices, o.states())
		}
	})
}

func TestOthersAreToldThatOneIsGone(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o, r := newOutbox("r", 3), down(time.Hour)
		r.err = &failure{err: errors.New("410 Gone"), gone: true}
		_, stop := start(t, o, r.send)
		synctest.Wait()
		stop()
		if len(o.notices) != 1 || o.notices[0].About.Health.State != dewline.HealthGone || !strings.Contains(o.notices[0].About.Health.Remedy, "retry --receiver r") {
			t.Errorf("%+v", o.notices)
		}
	})
}

// What waits behind an outage for three days is given up, and says why.
func TestWhatIsTooOldIsGivenUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o, r := newOutbox("r", 250), down(100*24*time.Hour)
		_, stop := start(t, o, r.send)
		time.Sleep(giveUp + 2*time.Hour)
		synctest.Wait()
		stop()
		if o.states()[dewline.DeliveryDead] != 250 {
			t.Fatalf("%v", o.states())
		}
		swept := 0
		for _, d := range o.deliveries {
			if last := d.Attempts[len(d.Attempts)-1].Error; strings.HasPrefix(last, "not sent: for three days") && strings.Contains(last, "503") {
				swept++
			}
		}
		if swept < 100 || len(r.attempts()) > 1000 {
			t.Errorf("%d given up unsent, %d attempts", swept, len(r.attempts()))
		}
	})
}

// A retry by hand does not wait for the end of a break.
func TestEnableEndsABreak(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o, r := newOutbox("r", 20), down(time.Hour)
		r.err = &failure{err: errors.New("429"), after: 5 * time.Hour}
		d, stop := start(t, o, r.send)
		time.Sleep(time.Hour)
		if err := d.Enable(t.Context(), "r"); err != nil {
			t.Fatal(err)
		}
		synctest.Wait()
		stop()
		if o.states()[dewline.DeliveryDelivered] != 20 {
			t.Errorf("%v", o.states())
		}
	})
}

// An alert that is itself the fault does not come back at once for ever.
func TestAPoisonedAlertIsTriedNoMoreThanOthers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := newOutbox("r", 60)
		poison := make(map[dewline.Key]int)
		for key, d := range o.deliveries {
			if len(poison) < trip {
				poison[key] = 0
			} else {
				d.Next = d.Next.Add(time.Duration(d.Match.Item[0]) * time.Hour) // something good comes in now and then
				d.Since = d.Next
			}
		}
		_, stop := start(t, o, func(_ context.Context, m *message) (string, error) {
			if _, bad := poison[m.key]; bad {
				poison[m.key]++
				return "", errors.New("500")
			}
			return "200 OK", nil
		})
		time.Sleep(giveUp + time.Hour)
		stop()
		for key, n := range poison {
			if n > 2*mostTries {
				t.Errorf("%s was tried %d times", key, n)
			}
		}
		if got := o.states(); got[dewline.DeliveryDead] != trip || got[dewline.DeliveryDelivered] != 60-trip {
			t.Errorf("%v", got)
		}
	})
}

func TestOthersOf(t *testing.T) {
	for _, c := range []struct{ health, all, want []string }{
		{nil, []string{"a"}, nil},
		{nil, []string{"a", "b", "c"}, []string{"b", "c"}},
		{[]string{"a"}, []string{"a", "b"}, []string{"b"}},
		{[]string{"c", "a"}, []string{"a", "b", "c"}, []string{"c"}},
	} {
		if got := othersOf("a", c.health, c.all); !slices.Equal(got, c.want) {
			t.Errorf("health %v, all %v: %v", c.health, c.all, got)
		}
	}
}
