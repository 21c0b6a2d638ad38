package notify

import (
	"testing"
	"time"

	"dewline"

	"pgregory.net/rapid"
)

func zone(t testing.TB, name string) *time.Location {
	t.Helper()
	z, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return z
}

func TestQuietUntil(t *testing.T) {
	berlin := zone(t, "Europe/Berlin")
	night := &dewline.Quiet{From: 22 * time.Hour, To: 6 * time.Hour, Zone: berlin}
	gap := &dewline.Quiet{From: 22 * time.Hour, To: 2*time.Hour + 30*time.Minute, Zone: berlin}
	noon := &dewline.Quiet{From: 12 * time.Hour, To: 13 * time.Hour, Zone: time.UTC}
	for _, c := range []struct {
		q         *dewline.Quiet
		now, want string // RFC 3339; empty: not quiet
	}{
		{night, "2026-11-23T21:59:59+01:00", ""},
		{night, "2026-11-23T22:00:00+01:00", "2026-11-24T06:00:00+01:00"},
		{night, "2026-11-24T05:59:59+01:00", "2026-11-24T06:00:00+01:00"},
		{night, "2026-11-24T06:00:00+01:00", ""},
		{night, "2026-11-23T23:30:00Z", "2026-11-24T05:00:00Z"}, // the clock of the zone counts
		{night, "2026-12-31T23:00:00+01:00", "2027-01-01T06:00:00+01:00"},
		{night, "2026-03-28T23:00:00+01:00", "2026-03-29T06:00:00+02:00"}, // the night that is an hour shorter
		{night, "2026-10-24T23:00:00+02:00", "2026-10-25T06:00:00+01:00"}, // and the one that is longer
		{gap, "2026-03-28T23:00:00+01:00", "2026-03-29T03:00:00+02:00"},   // 02:30 is left out
		{gap, "2026-10-24T23:00:00+02:00", "2026-10-25T02:30:00+02:00"},   // 02:30 comes twice
		{noon, "2026-11-23T12:30:00Z", "2026-11-23T13:00:00Z"},
		{noon, "2026-11-23T13:00:00Z", ""},
		{nil, "2026-11-23T12:30:00Z", ""},
	} {
		now, err := time.Parse(time.RFC3339, c.now)
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		if end, quiet := quietUntil(c.q, now); quiet {
			got = end.In(now.Location()).Format(time.RFC3339)
		}
		want, _ := time.Parse(time.RFC3339, c.want)
		if c.want == "" && got != "" || c.want != "" && got != want.In(now.Location()).Format(time.RFC3339) {
			t.Errorf("%s: quiet until %q, want %q", c.now, got, c.want)
		}
	}
}

// drawControls are settings as config.yaml may have them.
func drawControls(t *rapid.T) controls {
	var set dewline.Controls
	zones := []string{"UTC", "Europe/Berlin", "America/Sao_Paulo", "Asia/Kathmandu", "Australia/Lord_Howe", "Africa/Casablanca", "Pacific/Apia"}
	z, err := time.LoadLocation(rapid.SampledFrom(zones).Draw(t, "zone"))
	if err != nil {
		t.Fatal(err)
	}
	if rapid.Bool().Draw(t, "quiet") {
		from, to := rapid.IntRange(0, 1439).Draw(t, "from"), rapid.IntRange(0, 1438).Draw(t, "to")
		if to >= from {
			to++
		}
		set.Quiet = &dewline.Quiet{From: time.Duration(from) * time.Minute, To: time.Duration(to) * time.Minute, Zone: z}
	}
	if rapid.Bool().Draw(t, "budget") {
		set.Budget = &dewline.Budget{Most: rapid.IntRange(1, 5).Draw(t, "most"), Per: rapid.SampledFrom([]time.Duration{time.Minute, time.Hour, 24 * time.Hour}).Draw(t, "per")}
	}
	set.Group = rapid.SampledFrom([]time.Duration{0, time.Second, 2 * time.Minute}).Draw(t, "group")
	set.Digest = rapid.SampledFrom([]string{"", "", "0 7 * * *", "CRON_TZ=Europe/Berlin 30 2 * * *", "@every 2s", "@daily"}).Draw(t, "digest")
	c, err := newControls(set)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// drawInstant is a time, often near one at which some clock is changed.
func drawInstant(t *rapid.T) time.Time {
	base := rapid.SampledFrom([]time.Time{
		time.Date(2026, 3, 29, 1, 0, 0, 0, time.UTC), time.Date(2026, 10, 25, 1, 0, 0, 0, time.UTC), time.Date(2018, 11, 4, 3, 0, 0, 0, time.UTC),
		time.Date(2011, 12, 30, 10, 0, 0, 0, time.UTC), time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC),
	}).Draw(t, "near")
	return base.Add(time.Duration(rapid.Int64Range(int64(-36*time.Hour), int64(36*time.Hour)).Draw(t, "off")))
}

// Quiet hours end, soon, and then it is not quiet.
func TestQuietHoursEnd(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c, now := drawControls(t), drawInstant(t)
		end, quiet := quietUntil(c.quiet, now)
		if quiet && (!end.After(now) || end.Sub(now) > 49*time.Hour || isQuiet(c.quiet, end)) {
			t.Fatalf("%s: quiet (%s) until %s", now, c.quiet, end)
		}
	})
}

// Whatever is set and whatever happened before, an alert that is put off has an end in the future, is put off a few
// times at most, and then goes out, by itself or in a summary. What is critical goes out at once.
func TestEveryAlertGoesOut(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c, now := drawControls(t), drawInstant(t)
		w := dewline.Window{
			Begin: now.Add(-time.Duration(rapid.Int64Range(int64(-time.Hour), int64(25*time.Hour)).Draw(t, "begin"))), Sent: rapid.IntRange(0, 6).Draw(t, "sent"),
			Last: now.Add(-time.Duration(rapid.Int64Range(int64(-time.Hour), int64(time.Hour)).Draw(t, "last"))),
		}
		d := dewline.Delivery{
			State: dewline.DeliveryPending, Critical: rapid.Bool().Draw(t, "critical"),
			Event: rapid.SampledFrom([]dewline.Event{dewline.EventMatched, dewline.EventFailing, dewline.EventReceiverFailing, dewline.EventSummary}).Draw(t, "event"),
		}
		if rapid.Bool().Draw(t, "tried") {
			d.Attempts = []dewline.Attempt{{}}
		}
		if rapid.Bool().Draw(t, "story") {
			d.State, d.Hold = dewline.DeliveryHeld, &dewline.Hold{Reason: dewline.HoldStory, Until: now}
		}
		for range 6 {
			v, hold := c.judge(&d, w, now)
			if v != toHold {
				return
			}
			if d.Critical && d.Hold == nil {
				t.Fatalf("what is critical is held: %+v", hold)
			}
			if !hold.Until.After(now) || hold.Until.Sub(now) > 50*time.Hour || hold.Since != now {
				t.Fatalf("at %s held for %s until %s", now, hold.Reason, hold.Until)
			}
			d.State, d.Hold, now = dewline.DeliveryHeld, &hold, hold.Until
		}
		t.Fatalf("still held: %+v", d.Hold)
	})
}

func TestJudge(t *testing.T) {
	now := time.Date(2026, 11, 23, 23, 0, 0, 0, time.UTC)
	night := dewline.Controls{Quiet: &dewline.Quiet{From: 22 * time.Hour, To: 6 * time.Hour, Zone: time.UTC}}
	morning := dewline.Controls{Digest: "0 7 * * *"}
	few := dewline.Controls{Budget: &dewline.Budget{Most: 2, Per: time.Hour}}
	burst := dewline.Controls{Group: 2 * time.Minute}
	both := dewline.Controls{Budget: few.Budget, Group: burst.Group}
	all := dewline.Controls{Quiet: night.Quiet, Digest: morning.Digest, Budget: few.Budget, Group: burst.Group}
	spent := dewline.Window{Begin: now.Add(-time.Minute), Sent: 2, Last: now.Add(-time.Minute)}
	tried := []dewline.Attempt{{At: now.Add(-time.Minute), Error: "503"}}
	held := func(reason dewline.HoldReason) dewline.Delivery {
		return dewline.Delivery{State: dewline.DeliveryHeld, Hold: &dewline.Hold{Reason: reason, Until: now}}
	}
	pending := func(d dewline.Delivery) dewline.Delivery {
		d.State = dewline.DeliveryPending
		return d
	}
	for what, c := range map[string]struct {
		set  dewline.Controls
		d    dewline.Delivery
		w    dewline.Window
		want string
	}{
		"nothing set":                    {dewline.Controls{}, pending(dewline.Delivery{}), spent, "send"},
		"quiet":                          {night, pending(dewline.Delivery{}), spent, "quiet 7h0m0s"},
		"quiet: health":                  {night, pending(dewline.Delivery{Event: dewline.EventFailing}), spent, "quiet 7h0m0s"},
		"quiet: tried":                   {night, pending(dewline.Delivery{Attempts: tried}), spent, "quiet 7h0m0s"},
		"quiet: a summary":               {night, pending(dewline.Delivery{Event: dewline.EventSummary}), spent, "quiet 7h0m0s"},
		"quiet is over: judged anew":     {few, held(dewline.HoldQuiet), spent, "budget 59m0s"},
		"digest":                         {morning, pending(dewline.Delivery{}), spent, "digest 8h0m0s"},
		"digest: health":                 {morning, pending(dewline.Delivery{Event: dewline.EventSilent}), spent, "send"},
		"digest: another receiver":       {morning, pending(dewline.Delivery{Event: dewline.EventReceiverFailing}), spent, "send"},
		"digest: tried":                  {morning, pending(dewline.Delivery{Attempts: tried}), spent, "send"},
		"digest is due":                  {morning, held(dewline.HoldDigest), spent, "bundle"},
		"digest: what a story holds":     {morning, held(dewline.HoldStory), spent, "digest 8h0m0s"},
		"a silence ended":                {morning, dewline.Delivery{State: dewline.DeliverySilenced, Hold: &dewline.Hold{Reason: dewline.HoldSilence}}, spent, "bundle"},
		"digest is due when it is quiet": {all, held(dewline.HoldDigest), spent, "bundle"}, // and the summary is held
		"budget is spent":                {few, pending(dewline.Delivery{}), spent, "budget 59m0s"},
		"budget: health":                 {few, pending(dewline.Delivery{Event: dewline.EventFailing}), spent, "budget 59m0s"},
		"budget is left":                 {few, pending(dewline.Delivery{}), dewline.Window{Begin: now.Add(-time.Minute), Sent: 1}, "send"},
		"budget: another hour":           {few, pending(dewline.Delivery{}), dewline.Window{Begin: now.Add(-time.Hour), Sent: 9}, "send"},
		"budget: the clock was set back": {few, pending(dewline.Delivery{}), dewline.Window{Begin: now.Add(time.Second), Sent: 9}, "send"},
		"group":                          {burst, pending(dewline.Delivery{}), spent, "group 1m0s"},
		"group: long ago":                {burst, pending(dewline.Delivery{}), dewline.Window{Last: now.Add(-2 * time.Minute)}, "send"},
		"group: the clock was set back":  {burst, pending(dewline.Delivery{}), dewline.Window{Last: now.Add(time.Hour)}, "send"},
		"group is due":                   {burst, held(dewline.HoldGroup), spent, "bundle"},
		"group is due, budget is spent":  {both, held(dewline.HoldGroup), spent, "budget 59m0s"},
		"critical":                       {all, pending(dewline.Delivery{Critical: true}), spent, "send"},
		"all":                            {all, pending(dewline.Delivery{}), spent, "quiet 7h0m0s"},
	} {
		controls, err := newControls(c.set)
		if err != nil {
			t.Fatal(err)
		}
		v, hold := controls.judge(&c.d, c.w, now)
		got := map[verdict]string{toSend: "send", toBundle: "bundle", toHold: string(hold.Reason) + " " + hold.Until.Sub(now).String()}[v]
		if got != c.want {
			t.Errorf("%s: %s, want %s", what, got, c.want)
		}
	}
}

// What the receiver got uses the budget up, but for what passes it.
func TestWindow(t *testing.T) {
	now := time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	c := controls{budget: &dewline.Budget{Most: 3, Per: time.Hour}}
	w := dewline.Window{}
	for i, step := range []struct {
		d     dewline.Delivery
		after time.Duration
		sent  int
	}{
		{dewline.Delivery{}, 0, 1},
		{dewline.Delivery{Critical: true}, time.Minute, 1},
		{dewline.Delivery{Summary: &dewline.Summary{Reason: dewline.HoldGroup}}, 2 * time.Minute, 2},
		{dewline.Delivery{Summary: &dewline.Summary{Reason: dewline.HoldBudget}}, 3 * time.Minute, 2},
		{dewline.Delivery{}, time.Hour, 1},
	} {
		at := now.Add(step.after)
		w = *c.got(w, &step.d, at)
		if w.Sent != step.sent || !w.Last.Equal(at) {
			t.Errorf("%d: %+v, want %d sent", i, w, step.sent)
		}
	}
	if (&controls{}).got(w, &dewline.Delivery{}, now) != nil {
		t.Error("a window is kept for nobody")
	}
}

func TestDigestTimes(t *testing.T) {
	for _, c := range []struct{ expr, now, want string }{
		{"0 7 * * *", "2026-11-23T07:00:00Z", "2026-11-24T07:00:00Z"},
		{"CRON_TZ=Europe/Berlin 0 7 * * *", "2026-03-28T20:00:00Z", "2026-03-29T05:00:00Z"},
		{"@every 6h", "2026-11-23T07:00:00Z", "2026-11-23T12:00:00Z"},
		{"@every 2s", "2026-11-23T07:00:01Z", "2026-11-23T07:00:02Z"},
	} {
		sched, err := parseDigest(c.expr)
		if err != nil {
			t.Fatal(err)
		}
		now, _ := time.Parse(time.RFC3339, c.now)
		if got := sched.Next(now).UTC().Format(time.RFC3339); got != c.want {
			t.Errorf("%s after %s: %s, want %s", c.expr, c.now, got, c.want)
		}
	}
	for _, bad := range []string{"x", "0 7 30 2 *", "@every", "@every 0s", "@every x", "TZ=UTC"} {
		if _, err := parseDigest(bad); err == nil {
			t.Errorf("%q is taken for a schedule", bad)
		}
	}
}
