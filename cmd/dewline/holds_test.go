package main

import (
	"fmt"
	"math/rand/v2"
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"dewline"
)

var budget = &dewline.Budget{Most: 2, Per: time.Hour}

// The first are told one by one, the rest in one summary when the hour is over, also over a restart. What is critical
// is told at once, and is not counted.
func TestBudget(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newSendroom(t)
		r.start(dewline.Controls{Budget: budget})
		r.publish(5, false)
		r.pass(0)
		r.expect("at once", "0", "1")
		r.publish(1, true)
		r.pass(0)
		r.expect("critical", "5")
		r.balance("held", map[dewline.DeliveryState]uint64{dewline.DeliveryDelivered: 3, dewline.DeliveryHeld: 3})
		r.close()
		r.open()
		r.start(dewline.Controls{Budget: budget})
		r.trouble("UK MOD")
		r.publish(1, false)
		r.pass(50 * time.Minute)
		r.expect("after a restart")
		r.pass(10 * time.Minute)
		r.expect("when the hour is over", "budget of 5")
		r.publish(3, false)
		r.pass(0)
		r.expect("another hour", "7", "8")
		r.pass(time.Hour)
		r.expect("another summary", "budget of 1")
		r.balance("at the end", map[dewline.DeliveryState]uint64{dewline.DeliveryDelivered: 11})
		r.close()
	})
}

// Thousands at once: so many as the budget lets through, in the order of first sight, and one summary of the rest.
func TestThousandsAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newSendroom(t)
		r.start(dewline.Controls{Budget: &dewline.Budget{Most: 20, Per: time.Hour}})
		for range 10 {
			r.publish(300, false)
			time.Sleep(time.Second)
			r.must(r.db.Register(t.Context(), []dewline.Feed{press01}, time.Now()))
		}
		r.pass(0)
		told := r.heard()
		for i, h := range told {
			if h.what() != fmt.Sprint(i) {
				t.Errorf("%d: told %s", i, h.what())
			}
		}
		if len(told) != 20 {
			t.Errorf("%d were told one by one", len(told))
		}
		r.balance("held", map[dewline.DeliveryState]uint64{dewline.DeliveryDelivered: 20, dewline.DeliveryHeld: 2980})
		r.pass(time.Hour)
		if told = r.heard(); len(told) != 1 {
			t.Fatalf("%d hooks after the hour", len(told))
		}
		data := told[0].Data
		if data.Count != 2980 || len(data.Alerts) != dewline.PartsTold || data.More != 2780 || data.Rules[0].Count != 2980 {
			t.Errorf("a summary of %d with %d alerts and %d more", data.Count, len(data.Alerts), data.More)
		}
		for i, a := range data.Alerts {
			if a.what() != fmt.Sprint(i+20) || a.Type != dewline.EventMatched {
				t.Errorf("%d: %s of %s", i, a.Type, a.what())
			}
		}
		r.balance("at the end", map[dewline.DeliveryState]uint64{dewline.DeliveryDelivered: 3000})
		r.close()
	})
}

// The first of a burst is told at once, and what follows close behind in one.
func TestGroup(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newSendroom(t)
		r.start(dewline.Controls{Group: 10 * time.Minute})
		r.publish(3, false)
		r.trouble("UK MOD")
		r.pass(0)
		r.expect("at once", "0", "UK MOD")
		r.publish(1, false)
		r.pass(10 * time.Minute)
		r.expect("behind it", "group of 3")
		r.publish(1, false)
		r.pass(11 * time.Minute)
		r.expect("behind the summary", "group of 1")
		r.pass(11 * time.Minute)
		r.publish(1, false)
		r.pass(0)
		r.expect("long after", "5")
		r.close()
	})
}

// A digest waits for its time, and is told after it when the daemon did not run.
func TestDigest(t *testing.T) {
	synctest.Test(t, func(t *testing.T) { // begins at midnight UTC
		r := newSendroom(t)
		set := dewline.Controls{Digest: "0 7 * * *"}
		r.start(set)
		r.publish(2, false)
		r.publishAgain(1, true)
		r.pass(6 * time.Hour)
		r.expect("in the night", "2")
		r.pass(time.Hour)
		r.expect("in the morning", "digest of 2")
		r.pass(24 * time.Hour)
		r.expect("a day without news")
		r.publishAgain(2, false)
		r.pass(0)
		r.close()
		time.Sleep(48 * time.Hour)
		r.open()
		r.start(set)
		r.pass(0)
		r.expect("after two days", "digest of 2")
		r.balance("at the end", map[dewline.DeliveryState]uint64{dewline.DeliveryDelivered: 5})
		r.close()
	})
}

// What came in quiet hours is told one by one when they end; a digest that is due in them, too.
func TestQuiet(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newSendroom(t)
		quiet := &dewline.Quiet{From: 22 * time.Hour, To: 6 * time.Hour, Zone: time.UTC}
		r.start(dewline.Controls{Quiet: quiet, Budget: budget})
		r.publish(3, false)
		r.trouble("UK MOD")
		r.pass(5 * time.Hour)
		r.expect("at night")
		r.pass(time.Hour)
		r.expect("in the morning", "0", "1")
		r.pass(time.Hour)
		r.expect("the rest", "budget of 2")
		r.stop()
		r.start(dewline.Controls{Quiet: quiet, Digest: "0 3 * * *"})
		r.publishAgain(2, false)
		r.pass(20 * time.Hour) // past three in the morning
		r.expect("a digest that is due at night")
		r.balance("in a digest", map[dewline.DeliveryState]uint64{dewline.DeliveryDelivered: 4, dewline.DeliveryHeld: 2})
		r.pass(4 * time.Hour)
		r.expect("in the morning", "digest of 2")
		r.close()
	})
}

// A control that is removed or changed hides nothing: what it held is told at once.
func TestHoldsEndWithTheirControl(t *testing.T) {
	quiet := func(from, to time.Duration) *dewline.Quiet { return &dewline.Quiet{From: from, To: to, Zone: time.UTC} }
	for what, c := range map[string]struct {
		before, after dewline.Controls
		want          []string
	}{
		"digest":         {dewline.Controls{Digest: "0 7 * * *"}, dewline.Controls{}, []string{"digest of 3"}},
		"digest sooner":  {dewline.Controls{Digest: "0 7 1 1 *"}, dewline.Controls{Digest: "5 * * * *"}, []string{"digest of 3"}},
		"digest later":   {dewline.Controls{Digest: "5 * * * *"}, dewline.Controls{Digest: "0 7 * * *"}, []string{"digest of 3"}},
		"quiet":          {dewline.Controls{Quiet: quiet(0, 6*time.Hour)}, dewline.Controls{}, []string{"0", "1", "2"}},
		"quiet at day":   {dewline.Controls{Quiet: quiet(0, 6*time.Hour)}, dewline.Controls{Quiet: quiet(12*time.Hour, 13*time.Hour)}, []string{"0", "1", "2"}},
		"quiet to group": {dewline.Controls{Quiet: quiet(0, 6*time.Hour)}, dewline.Controls{Group: time.Minute}, []string{"0", "group of 2"}},
		"budget":         {dewline.Controls{Budget: budget}, dewline.Controls{}, []string{"0", "1", "budget of 1"}},
		"group":          {dewline.Controls{Group: 24 * time.Hour}, dewline.Controls{}, []string{"0", "group of 2"}},
		"to quiet": {
			dewline.Controls{Group: 24 * time.Hour}, dewline.Controls{Quiet: quiet(0, 10*time.Minute), Digest: "0 1 * * *"}, []string{"0", "group of 2"},
		},
	} {
		t.Run(what, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				r := newSendroom(t)
				r.start(c.before)
				r.publish(3, false)
				r.pass(0)
				r.stop()
				r.start(c.after)
				r.pass(14 * time.Minute)
				r.expect("after a reload", c.want...)
				r.close()
			})
		})
	}
}

// What is held for a receiver that is no longer configured stays on record, and goes out when it is there again.
func TestHeldForNobody(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newSendroom(t)
		r.start(dewline.Controls{Digest: "0 1 * * *"})
		r.publish(2, false)
		r.pass(0)
		r.stop()
		time.Sleep(100 * time.Hour)
		list, err := r.db.Deliveries(t.Context(), dewline.DeliveryFilter{State: dewline.DeliveryHeld})
		r.must(err)
		if len(list) != 2 || list[0].Hold.Reason != dewline.HoldDigest {
			t.Errorf("held: %+v", list)
		}
		r.start(dewline.Controls{})
		r.pass(0)
		r.expect("when it is there again", "digest of 2")
		r.close()
	})
}

// A summary is tried again with the same id and the same bytes, whatever is edited or configured meanwhile; given up it
// is a dead letter with its alerts, and retried with them.
func TestSummaryIsRepeated(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newSendroom(t)
		tried := make(map[string]map[string]int) // id → body → times
		saying := func(status int) func(hooked) int {
			return func(h hooked) int {
				if tried[h.ID] == nil {
					tried[h.ID] = make(map[string]int)
				}
				tried[h.ID][h.Body]++
				return status
			}
		}
		r.answer(saying(http.StatusServiceUnavailable))
		r.start(dewline.Controls{Digest: "0 1 * * *"})
		r.publish(3, false)
		r.pass(2 * time.Hour)
		r.stop()
		r.start(dewline.Controls{Digest: "0 4 * * *", Quiet: &dewline.Quiet{From: 20 * time.Hour, To: 4 * time.Hour, Zone: time.UTC}})
		r.pass(24 * time.Hour)
		r.balance("while it fails", map[dewline.DeliveryState]uint64{dewline.DeliveryHeld: 3})
		r.answer(saying(http.StatusBadRequest))
		r.pass(48 * time.Hour)
		r.balance("when it is refused", map[dewline.DeliveryState]uint64{dewline.DeliveryDead: 3})
		list, err := r.db.Deliveries(t.Context(), dewline.DeliveryFilter{State: dewline.DeliveryDead})
		r.must(err)
		if len(list) != 4 {
			t.Fatalf("%d dead letters", len(list))
		}
		n, err := r.db.Retry(t.Context(), []dewline.Key{list[3].Key}, time.Now())
		r.must(err)
		r.answer(saying(0))
		r.pass(24 * time.Hour)
		r.expect("at last", "digest of 3")
		r.balance("at the end", map[dewline.DeliveryState]uint64{dewline.DeliveryDelivered: 3})
		if len(tried) != 1 || n != 3 {
			t.Errorf("%d ids, %d retried", len(tried), n)
		}
		for id, bodies := range tried {
			if len(bodies) != 1 {
				t.Errorf("%s came with %d contents", id, len(bodies))
			}
		}
		r.close()
	})
}

// What a silence held is told at its end in one summary, whatever holds the rest, and the summary says which silence.
func TestSilenceEndsInASummary(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newSendroom(t)
		silence := dewline.Silence{Key: dewline.SilenceKey("missile", "", time.Now()), Rule: "missile", Comment: "exercise", Begin: time.Now(), End: time.Now().Add(4 * time.Hour)}
		r.must(r.db.BeginSilence(t.Context(), silence))
		r.start(dewline.Controls{Digest: "0 7 * * *", Budget: budget})
		r.silences = []dewline.Key{silence.Key}
		r.publish(3, false)
		r.silences = nil
		r.publishAgain(1, false)
		r.pass(0)
		r.balance("held", map[dewline.DeliveryState]uint64{dewline.DeliverySilenced: 3, dewline.DeliveryHeld: 1})
		r.pass(4 * time.Hour)
		if told := r.heard(); len(told) != 1 || told[0].what() != "silence of 3" || told[0].Data.Silence == nil || told[0].Data.Silence.Comment != "exercise" {
			t.Errorf("at the end of the silence: %+v", told)
		}
		r.pass(4 * time.Hour)
		r.expect("in the morning", "digest of 1")
		r.close()
	})
}

// A receiver that is gone (410) keeps nothing waiting: what is held for it becomes dead letters, which can be retried.
func TestHeldForTheGone(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newSendroom(t)
		r.answer(func(hooked) int { return http.StatusGone })
		r.start(dewline.Controls{Group: time.Hour, Digest: ""})
		r.publish(1, false)
		r.pass(0)
		r.publishAgain(2, true)
		r.pass(0)
		r.balance("gone", map[dewline.DeliveryState]uint64{dewline.DeliveryDead: 3})
		r.stop()
		r.start(dewline.Controls{Digest: "0 1 * * *"})
		r.publishAgain(2, false)
		r.pass(2 * time.Hour)
		r.balance("a digest for nobody", map[dewline.DeliveryState]uint64{dewline.DeliveryDead: 5})
		r.expect("nothing")
		r.answer(nil)
		dead, err := r.db.Deliveries(t.Context(), dewline.DeliveryFilter{State: dewline.DeliveryDead})
		r.must(err)
		var keys []dewline.Key
		for _, d := range dead {
			keys = append(keys, d.Key)
		}
		r.stop()
		r.must(r.db.ChangeReceiver(t.Context(), "hook", func(st *dewline.ReceiverState) { st.Disabled = false }))
		n, err := r.db.Retry(t.Context(), keys, time.Now())
		r.must(err)
		r.start(dewline.Controls{Digest: "0 1 * * *"})
		r.pass(0)
		if told := r.heard(); n != 5 || len(told) != 4 {
			t.Errorf("%d retried, %d told", n, len(told))
		}
		r.balance("at the end", map[dewline.DeliveryState]uint64{dewline.DeliveryDelivered: 5})
		r.close()
	})
}

// drawControls are settings by chance.
func drawControls(chance *rand.Rand) (c dewline.Controls) {
	if chance.IntN(3) == 0 {
		c.Digest = []string{"0 7 * * *", "CRON_TZ=Europe/Berlin 30 2 * * *", "@every 3h"}[chance.IntN(3)]
	}
	if chance.IntN(3) == 0 {
		from := time.Duration(chance.IntN(24)) * time.Hour
		c.Quiet = &dewline.Quiet{From: from, To: (from + time.Duration(1+chance.IntN(12))*time.Hour) % (24 * time.Hour), Zone: time.UTC}
	}
	if chance.IntN(2) == 0 {
		c.Budget = &dewline.Budget{Most: 1 + chance.IntN(5), Per: []time.Duration{time.Minute, time.Hour, 24 * time.Hour}[chance.IntN(3)]}
	}
	if chance.IntN(3) == 0 {
		c.Group = time.Duration(1+chance.IntN(90)) * time.Minute
	}
	return c
}

// Whatever the settings are and become, whatever the receiver answers, and whenever the daemon is restarted: at the end
// every alert was told under one id, and what came again under an id was the same.
func TestNothingIsHeldForGood(t *testing.T) {
	t.Parallel() // beside those that wait
	for seed := range uint64(15) {
		synctest.Test(t, func(t *testing.T) {
			chance, mood := rand.New(rand.NewPCG(seed, 6)), rand.New(rand.NewPCG(6, seed))
			r := newSendroom(t)
			bodies := make(map[string]string)
			fails := 0 // of ten
			r.answer(func(h hooked) int {
				if was, known := bodies[h.ID]; known && was != h.Body {
					t.Errorf("%s came with another content", h.ID)
				}
				bodies[h.ID] = h.Body
				if mood.IntN(10) < fails {
					return []int{http.StatusServiceUnavailable, http.StatusTooManyRequests, http.StatusInternalServerError}[mood.IntN(3)]
				}
				return 0
			})
			r.start(drawControls(chance))
			for range 40 {
				switch chance.IntN(5) {
				case 0, 1:
					r.publishAgain(1+chance.IntN(5), chance.IntN(4) == 0)
				case 2:
					r.stop()
					r.start(drawControls(chance))
				case 3:
					r.close()
					r.open()
					r.start(drawControls(chance))
				case 4:
					r.mu.Lock()
					fails = chance.IntN(8)
					r.mu.Unlock()
				}
				time.Sleep(time.Duration(chance.IntN(4*60)) * time.Minute)
			}
			r.mu.Lock()
			fails = 0
			r.mu.Unlock()
			r.stop()
			r.start(dewline.Controls{})
			r.pass(24 * time.Hour)
			r.balance(fmt.Sprint("seed ", seed), map[dewline.DeliveryState]uint64{dewline.DeliveryDelivered: uint64(r.items)})
			told := make(map[string]int)
			for _, h := range r.heard() {
				if h.Type != dewline.EventSummary {
					h.Data.Alerts = []hooked{h}
				}
				for _, a := range h.Data.Alerts {
					told[a.what()]++
				}
			}
			for i := range r.items {
				if n := told[fmt.Sprint(i)]; n != 1 {
					t.Errorf("seed %d: %d was told %d times", seed, i, n)
				}
			}
			r.close()
		})
	}
}
