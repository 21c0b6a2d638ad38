package dewline

import (
	"fmt"
	"time"
)

// Controls keep a receiver from being told too often. What they hold back is told later: nothing is left out.
// What is critical passes them all.
type Controls struct {
	Digest string // when what came since is told in one summary: cron fields or @every; empty: each alert by itself
	Quiet  *Quiet
	Budget *Budget
	Group  time.Duration // what follows an alert within this time is told in one summary; 0: nothing is gathered
}

// Quiet are the hours of a day in which nothing is told.
type Quiet struct {
	From, To time.Duration // after midnight; they may span it
	Zone     *time.Location
}

// String is the hours as they are written.
func (q *Quiet) String() string {
	return fmt.Sprintf("%s to %s, %s", clockTime(q.From), clockTime(q.To), q.Zone)
}

func clockTime(d time.Duration) string {
	return fmt.Sprintf("%02d:%02d", d/time.Hour, d%time.Hour/time.Minute)
}

// Budget is how many alerts are told by themselves in a time. The rest of them is one summary at its end.
type Budget struct {
	Most int
	Per  time.Duration
}

// String is the budget in words.
func (b *Budget) String() string {
	per := b.Per.String()
	switch b.Per {
	case time.Minute:
		per = "minute"
	case time.Hour:
		per = "hour"
	case 24 * time.Hour:
		per = "day"
	}
	return fmt.Sprintf("%d in one %s", b.Most, per)
}
