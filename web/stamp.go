package web

import (
	"fmt"
	"time"
)

// stamp is a time as the page shows it: in UTC, and how long ago.
type stamp struct {
	ISO  string // for machines
	Text string // for people; without what the present day makes plain
	Age  string
}

// at is the stamp of a time, nil for what never happened.
func at(t, now time.Time) *stamp {
	if t.IsZero() {
		return nil
	}
	t, now = t.UTC(), now.UTC()
	layout := "2 Jan 2006 15:04 UTC"
	switch {
	case t.Format(time.DateOnly) == now.Format(time.DateOnly):
		layout = "15:04 UTC"
	case t.Year() == now.Year():
		layout = "2 Jan 15:04 UTC"
	}
	return &stamp{ISO: t.Format("2006-01-02T15:04:05Z"), Text: t.Format(layout), Age: age(now.Sub(t))}
}

// age is a duration in its one largest unit, as people say it.
func age(d time.Duration) string {
	form := "%s ago"
	if d < 0 {
		d, form = -d, "in %s"
	}
	const day = 24 * time.Hour
	for _, u := range []struct {
		below, unit time.Duration
		name        string
	}{
		{time.Minute, 0, ""},
		{time.Hour, time.Minute, "min"},
		{2 * day, time.Hour, "h"},
		{60 * day, day, "days"},
		{2 * 365 * day, 30 * day, "months"},
	} {
		switch {
		case d >= u.below:
		case u.unit == 0:
			return "just now"
		default:
			return fmt.Sprintf(form, fmt.Sprintf("%d %s", d/u.unit, u.name))
		}
	}
	return fmt.Sprintf(form, fmt.Sprintf("%d years", d/(365*day)))
}

// took is how long something lasted, to a precision that one can read.
func took(d time.Duration) string {
	switch {
	case d < time.Second:
		return d.Round(time.Millisecond).String()
	case d < time.Minute:
		return d.Round(100 * time.Millisecond).String()
	}
	return d.Round(time.Second).String()
}
