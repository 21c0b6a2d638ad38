package monitor

import (
	"fmt"
	"strings"
	"time"

	"dewline"

	"github.com/robfig/cron/v3"
)

// minInterval is the shortest schedule that is accepted. robfig/cron would
// quietly round anything shorter up to it.
const minInterval = time.Second

// ParseSchedule reads a schedule: five cron fields, optionally after
// CRON_TZ=Zone, a descriptor such as @hourly, @every DURATION, or adaptive, with bounds or
// without. The error is a *dewline.SyntaxError.
func ParseSchedule(expr string) (sched cron.Schedule, err error) {
	// The parser panics on a few forms, such as "TZ=UTC" alone.
	defer func() {
		if r := recover(); r != nil {
			sched, err = nil, badSchedule(expr, "not a schedule")
		}
	}()
	if word, _, _ := strings.Cut(strings.TrimSpace(expr), " "); word == "adaptive" {
		return parseAdaptive(expr)
	}
	if every, ok := strings.CutPrefix(strings.TrimSpace(expr), "@every"); ok {
		return parseEvery(expr, every)
	}
	if zone, _, ok := strings.Cut(strings.TrimSpace(expr), " "); ok && (zone == "TZ=" || zone == "CRON_TZ=") {
		return nil, badSchedule(expr, zone+" names no time zone")
	}
	sched, err = cron.ParseStandard(expr)
	if err != nil {
		return nil, badSchedule(expr, err.Error())
	}
	// The parser takes 30 February; Next then gives the zero time for ever.
	if sched.Next(time.Unix(0, 0)).IsZero() {
		return nil, badSchedule(expr, "this schedule never comes due")
	}
	return sched, nil
}

func parseEvery(expr, every string) (cron.Schedule, error) {
	d, err := time.ParseDuration(strings.TrimSpace(every))
	if err != nil {
		return nil, badSchedule(expr, "@every needs a duration such as 15m or 1h30m")
	}
	if d < minInterval {
		return nil, badSchedule(expr, fmt.Sprintf("@every %s is too often: the shortest interval is %s", d, minInterval))
	}
	return cron.Every(d), nil
}

func badSchedule(expr, msg string) error {
	return &dewline.SyntaxError{
		End: len(expr), Msg: strings.TrimPrefix(msg, "failed to parse: "),
		Hint: `write adaptive, "@every 15m", "@hourly", or five cron fields such as "*/10 6-22 * * *", optionally after CRON_TZ=Europe/Berlin`,
	}
}
