package main

import (
	"fmt"
	"net/http"
	"runtime"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"dewline"
)

// A week of receivers that fail, hang, ask to be left alone, say that they are gone, vanish and come back. At its end
// everybody has everything that was due, but for what was refused for good; none was sent twice with different
// content; each wait was that of the schedule; and who is well was never kept waiting by who is not.
func TestAWeekOfOutages(t *testing.T) {
	t.Parallel() // beside those that wait
	synctest.Test(t, func(t *testing.T) {
		c := newTown(t, []string{"ops"}, map[string]answering{
			"well":  well,
			"ops":   well,
			"fails": during(10*hour, 20*hour, 503, during(30*hour, 30*hour+50*time.Minute, 0, during(50*hour, 50*hour+time.Minute, 500, well))),
			"hangs": during(20*hour, 40*hour, hang, well),
			"flaky": func(at time.Duration, h *hooked) (int, time.Duration) {
				if at < 6*day && chance(30, at, h) {
					return 500, 0
				}
				return 204, 0
			},
			"limits": func(at time.Duration, h *hooked) (int, time.Duration) {
				if chance(20, at, h) {
					return 429, 2 * time.Minute
				}
				return 204, 0
			},
			"gone":    during(3*day, 4*day, 410, well),
			"vanish":  during(1*day, 5*day, 0, well),
			"never":   during(0, 7*day, 503, well),
			"refuses": func(_ time.Duration, h *hooked) (int, time.Duration) { return refused(h), 0 },
		})
		everybody := []string{"well", "fails", "hangs", "flaky", "limits", "gone", "vanish", "never", "refuses"}
		for time.Since(c.began) < 7*day {
			n := 2
			if time.Since(c.began)%day == 12*hour {
				n = 40
			}
			c.publish(n, everybody...)
			time.Sleep(30 * time.Minute)
			if at := time.Since(c.began); at == 4*day+hour {
				c.retry("gone")
			}
		}
		c.budgetOfTheDead("never")
		for _, receiver := range []string{"vanish", "never"} {
			if c.sums(receiver)[dewline.DeliveryDead] == 0 {
				t.Errorf("nothing was given up of what waited for three days for %s", receiver)
			}
			c.retry(receiver)
		}
		time.Sleep(2 * hour)
		synctest.Wait()

		outbox := c.outbox()
		for _, receiver := range everybody {
			want := map[dewline.DeliveryState]uint64{dewline.DeliveryDelivered: uint64(c.items)}
			if receiver == "refuses" {
				want[dewline.DeliveryDead] = uint64((c.items + 49) / 50)
				want[dewline.DeliveryDelivered] -= want[dewline.DeliveryDead]
			}
			got := c.sums(receiver)
			for state, n := range got {
				if n != want[state] {
					t.Errorf("%s: %v, want %v", receiver, got, want)
					break
				}
			}
			c.schedule(receiver, outbox[receiver])
		}
		c.atOnce("well", outbox["well"])
		c.reports(outbox["ops"], map[string]int{"fails": 1, "hangs": 1, "gone": 1, "vanish": 1, "never": 1})
	})
}

// refused is an answer for good to every fiftieth item.
func refused(h *hooked) int {
	var n int
	_, _ = fmt.Sscan(h.Data.Item.GUID, &n)
	if n%50 == 0 {
		return http.StatusBadRequest
	}
	return http.StatusNoContent
}

// budgetOfTheDead checks that a receiver that never answered was asked no more than once in a break.
func (c *town) budgetOfTheDead(receiver string) {
	c.Helper()
	c.mu.Lock()
	defer c.mu.Unlock()
	if n, most := len(c.tried[receiver]), int(7*day/(4*time.Minute)); n == 0 || n > most {
		c.Errorf("%s was asked %d times in a week, want at most %d", receiver, n, most)
	}
}

// waits are those of the Standard Webhooks specification.
var waits = []time.Duration{5 * time.Second, 5 * time.Minute, 30 * time.Minute, 2 * hour, 5 * hour, 10 * hour, 14 * hour, 20 * hour, 24 * hour}

// schedule checks every wait between two attempts of one alert. One is shorter only where an outage of the receiver ended
// in between, and longer only where the attempt of another alert before it failed, so that
// the breaker was open or a Retry-After ran, or was on its way.
func (c *town) schedule(receiver string, list []dewline.Delivery) {
	c.Helper()
	all := c.tried[receiver]
	for _, d := range list {
		tries := 0
		for i := 1; i < len(d.Attempts); i++ {
			from, to := d.Attempts[i-1], d.Attempts[i]
			began, ended := to.At, from.At.Add(from.Took)
			if strings.HasPrefix(to.Error, "not sent") || c.byHand(receiver, from.At, began) {
				tries = -1
			}
			tries++
			if tries == 0 || strings.HasPrefix(from.Error, "not sent") {
				continue
			}
			wait, want := began.Sub(ended), waits[min(tries, len(waits))-1]
			at, _ := slices.BinarySearchFunc(all, began, func(t tryOf, at time.Time) int { return t.At.Compare(at) })
			before := all[max(at-1, 0)]
			switch {
			case wait < want*8/10:
				if last := d.Since.Add(3 * day); !outageEnds(all, ended, began) && began.Before(last) {
					c.Fatalf("%s: attempt %d of %s came after %s, want %s", receiver, i+1, d.Key, wait, want)
				}
			case wait > want*12/10:
				if before.ok && began.Sub(before.ended) > time.Minute {
					c.Fatalf("%s: attempt %d of %s came after %s, want %s, and nothing held it up", receiver, i+1, d.Key, wait, want)
				}
			}
		}
	}
}

// outageEnds reports that a receiver took something between two times, after three failures in a row or a wish to be left
// alone.
func outageEnds(all []tryOf, from, to time.Time) bool {
	failures, outage := 0, false
	for _, t := range all {
		if !t.ok {
			failures++
			outage = outage || failures >= 3 || t.alone
			continue
		}
		if outage && !t.ended.Before(from) && !t.At.After(to) {
			return true
		}
		failures, outage = 0, false
	}
	return false
}

// byHand reports that somebody retried between two times.
func (c *town) byHand(receiver string, from, to time.Time) bool {
	return slices.ContainsFunc(c.manual[receiver], func(at time.Time) bool { return !at.Before(from) && !at.After(to) })
}

// atOnce checks that a receiver had each alert when it was queued, in the order of first sight.
func (c *town) atOnce(receiver string, list []dewline.Delivery) {
	c.Helper()
	for _, d := range list {
		if len(d.Attempts) != 1 || d.Attempts[0].At.Sub(d.Queued) > time.Second {
			c.Errorf("%s: %s came late: queued %s, %+v", receiver, d.Key, d.Queued, d.Attempts)
		}
	}
	c.inOrder(receiver)
}

// inOrder checks that a receiver got all, once and in the order of first sight.
func (c *town) inOrder(receiver string) {
	c.Helper()
	for i, t := range c.tried[receiver] {
		if t.Data.Item.GUID != fmt.Sprint(i) {
			c.Fatalf("%s: hook %d tells item %s", receiver, i, t.Data.Item.GUID)
		}
	}
	if n := len(c.tried[receiver]); n != c.items {
		c.Errorf("%s was told %d times of %d items", receiver, n, c.items)
	}
}

// reports checks that ops was told of these receivers' outages, so many times each, and of their ends.
func (c *town) reports(list []dewline.Delivery, want map[string]int) {
	c.Helper()
	for _, e := range []dewline.Event{dewline.EventReceiverFailing, dewline.EventReceiverRecovered} {
		got := make(map[string]int)
		for _, d := range list {
			if d.Event == e && d.State == dewline.DeliveryDelivered {
				got[d.Peer.Receiver]++
			}
		}
		if fmt.Sprint(got) != fmt.Sprint(want) {
			c.Errorf("%s: %v, want %v", e, got, want)
		}
	}
}

// Ten thousand alerts at once, for four receivers: each gets all of its own, in the order of first sight, and one that hangs holds
// up none of the others. What waits is not in memory.
func TestTenThousandForFour(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		answers := map[string]answering{"a": well, "b": well, "c": well, "d": during(0, 20*hour, hang, well)}
		c := newTown(t, nil, answers)
		everybody := []string{"a", "b", "c", "d"}
		before := heap()
		for range 10 {
			c.publish(250, everybody...)
		}
		synctest.Wait()
		if took := time.Since(c.began); took > time.Minute {
			t.Errorf("those that are well waited %s for the one that is not", took)
		}
		for _, receiver := range everybody[:3] {
			c.inOrder(receiver)
		}
		c.forget(everybody[:3]...)
		if more := heap() - before; more > 8<<20 {
			t.Errorf("%d MiB are held for what waits for one receiver", more>>20)
		}
		time.Sleep(20*hour + 10*time.Minute)
		synctest.Wait()
		if got := c.sums("d"); got[dewline.DeliveryDelivered] != uint64(c.items) {
			t.Errorf("when it is back: %v", got)
		}
		c.tried["d"] = slices.DeleteFunc(c.tried["d"], func(t tryOf) bool { return !t.ok })
		c.afterTheFirst("d")
	})
}

// forget gives up what was noted of these receivers and of what was sent.
func (c *town) forget(receivers ...string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, receiver := range receivers {
		c.tried[receiver] = nil
	}
	clear(c.bodies)
}

// afterTheFirst checks the order of what came at the end of an outage: but for the one alert that showed it was over.
func (c *town) afterTheFirst(receiver string) {
	c.Helper()
	got := c.tried[receiver][1:]
	probe := c.tried[receiver][0].Data.Item.GUID
	i := 0
	for _, t := range got {
		if fmt.Sprint(i) == probe {
			i++
		}
		if t.Data.Item.GUID != fmt.Sprint(i) {
			c.Fatalf("%s: item %s in the place of %d", receiver, t.Data.Item.GUID, i)
		}
		i++
	}
}

// heap is the memory in use.
func heap() int64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}
