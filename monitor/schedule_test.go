package monitor

import (
	"errors"
	"strings"
	"testing"
	"time"

	"dewline"
)

func TestSchedulesThatAreAccepted(t *testing.T) {
	at := time.Date(2026, 11, 23, 10, 7, 30, 0, time.UTC)
	for expr, want := range map[string]time.Time{
		"@every 15m":                      at.Add(15 * time.Minute),
		"@every 1s":                       at.Add(time.Second),
		"@every 1h30m":                    at.Add(90 * time.Minute),
		"@hourly":                         time.Date(2026, 11, 23, 11, 0, 0, 0, time.UTC),
		"*/10 * * * *":                    time.Date(2026, 11, 23, 10, 10, 0, 0, time.UTC),
		"CRON_TZ=Europe/Berlin 0 7 * * *": time.Date(2026, 11, 24, 6, 0, 0, 0, time.UTC),
	} {
		sched, err := ParseSchedule(expr)
		if err != nil {
			t.Errorf("%q: %v", expr, err)
			continue
		}
		if got := sched.Next(at); !got.Equal(want) {
			t.Errorf("%q after %s: %s, want %s", expr, at, got, want)
		}
	}
}

// The forms that make robfig/cron panic, round or wait for ever are refused as
// what they are: a fault of the person who wrote them.
func TestSchedulesThatAreRefused(t *testing.T) {
	for _, expr := range []string{
		"", " ", "TZ= * * * * *", "CRON_TZ= 0 7 * * *", "every 5m", "@every", "@every x", "@every 0s", "@every -5m", "@every 999ms", "TZ=", "TZ=UTC", "CRON_TZ=0",
		"CRON_TZ=Nowhere/Land 0 0 * * *", "* * * *", "0 0 30 2 *", "61 * * * *", "@fortnightly",
	} {
		_, err := ParseSchedule(expr)
		var syntax *dewline.SyntaxError
		if !errors.As(err, &syntax) {
			t.Errorf("%q: %v, want a syntax error", expr, err)
			continue
		}
		if !strings.Contains(syntax.Hint, "@every 15m") {
			t.Errorf("%q: the error names no remedy: %v", expr, err)
		}
	}
}

func FuzzParseSchedule(f *testing.F) {
	for _, s := range []string{"@every 5m", "TZ=UTC", "CRON_TZ=0", "*/5 * * * *", "0 0 30 2 *", "@daily"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, expr string) {
		sched, err := ParseSchedule(expr)
		if err == nil && !sched.Next(time.Unix(1e9, 0)).After(time.Unix(1e9, 0)) {
			t.Errorf("%q: the next time is not later", expr)
		}
	})
}
