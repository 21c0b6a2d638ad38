package config

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"dewline"
)

// controls reads what keeps a receiver from being told too often.
func (l *loader) controls(e *receiverSection) dewline.Controls {
	c := dewline.Controls{Quiet: l.quiet(e.Quiet), Budget: l.budget(e.Budget)}
	switch {
	case e.Email != nil:
		c.Digest = l.digest(e.Email.Digest)
	case e.Shoutrrr != nil:
		c.Digest = l.digest(e.Shoutrrr.Digest)
	}
	if e.Group.set {
		c.Group = l.duration(e.Group, day)
	}
	return c
}

// digest reads when digests are due, as schedule does.
func (l *loader) digest(s text) string {
	const hint = `write five cron fields, such as "0 7 * * *", optionally after CRON_TZ=Europe/Berlin, or "@every 6h"`
	value := strings.TrimSpace(s.value)
	switch {
	case !s.set:
		return ""
	case value == "":
		l.wrong(s.scalar, "`digest:` is empty", hint)
		return ""
	case strings.HasPrefix(value, "adaptive"):
		l.wrong(s.scalar, "a digest has fixed times", hint)
		return ""
	}
	value = inHours(value)
	if err := l.checkSchedule(value); err != nil {
		msg := err.Error()
		if faults := dewline.SyntaxFaults(err); len(faults) > 0 { // its remedy names schedules that no digest has
			msg = faults[0].Msg
		}
		l.wrong(s.scalar, msg, hint)
	}
	return value
}

func (l *loader) quiet(s *quietSection) *dewline.Quiet {
	if s == nil || !s.set {
		return nil
	}
	const hint = `write quiet: {from: "22:00", to: "06:00", zone: Europe/Berlin}`
	if !l.required(s.From, s.place, "`quiet:`", hint) || !l.required(s.To, s.place, "`quiet:`", hint) {
		return nil
	}
	q := &dewline.Quiet{From: l.timeOfDay(s.From), To: l.timeOfDay(s.To), Zone: l.zone(s.Zone)}
	if q.From == q.To && q.From >= 0 {
		l.wrong(s.To.scalar, "quiet hours that end when they begin are none, or all", "write two times, or remove `quiet:`")
	}
	return q
}

// timeOfDay reads 22:00; what is at fault is -1.
func (l *loader) timeOfDay(s text) time.Duration {
	t, err := time.Parse("15:04", strings.TrimSpace(s.value))
	if err != nil {
		l.wrong(s.scalar, fmt.Sprintf("%q is not a time of the day", s.value), `write "22:00", in quotes`)
		return -1
	}
	return time.Duration(t.Hour())*time.Hour + time.Duration(t.Minute())*time.Minute
}

// zone reads a time zone of the IANA database.
func (l *loader) zone(s text) *time.Location {
	if !s.set {
		return time.Local
	}
	zone, err := time.LoadLocation(strings.TrimSpace(s.value))
	if err != nil || strings.TrimSpace(s.value) == "" {
		l.wrong(s.scalar, fmt.Sprintf("there is no time zone %q", s.value), "write a name such as Europe/Berlin or UTC")
		return time.UTC
	}
	return zone
}

// budgets are the times that a budget may be for.
var budgets = map[string]time.Duration{"m": time.Minute, "h": time.Hour, "d": day}

func (l *loader) budget(s text) *dewline.Budget {
	if !s.set {
		return nil
	}
	b, err := parseBudget(strings.TrimSpace(s.value))
	if err != nil {
		l.wrong(s.scalar, fmt.Sprintf("%q is not a budget: %v", s.value, err), "write a number and a time, such as 20/h, 5/m or 100/d")
	}
	return b
}

func parseBudget(s string) (*dewline.Budget, error) {
	number, unit, _ := strings.Cut(s, "/")
	per, known := budgets[unit]
	if !known {
		return nil, errors.New("it names no time")
	}
	n, err := strconv.Atoi(number)
	if err != nil || n < 1 || n > 1_000_000 {
		return nil, errors.New("its number is not one from 1 to 1000000")
	}
	return &dewline.Budget{Most: n, Per: per}, nil
}
