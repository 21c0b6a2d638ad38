package dewline

import (
	"fmt"
	"regexp"
	"strings"
	"time"
)

// Outage is a run of failures of a receiver that took nothing between them.
type Outage struct {
	Since time.Time `json:"since"`          // the first of them
	Error string    `json:"error"`          // why the latest that is on record failed
	Told  time.Time `json:"told,omitzero"`  // when the other receivers were told
	Until time.Time `json:"until,omitzero"` // what it asked to be left alone until (Retry-After)
}

// ReceiverEvent is that a receiver fails or takes alerts again, as others are told. It is frozen when it is
// queued.
type ReceiverEvent struct {
	Receiver string    `json:"receiver"`
	Health   Health    `json:"health"` // failing, gone or ok
	At       time.Time `json:"at"`     // when it was noticed
}

// Link is the page of what waits for the receiver.
func (e *ReceiverEvent) Link(baseURL string) string {
	return DeliveriesLink(baseURL, e.Receiver)
}

// Headline is what happened, in a line.
func (e *ReceiverEvent) Headline() string {
	switch e.Health.State {
	case HealthOK:
		return "the receiver " + e.Receiver + " takes alerts again"
	case HealthGone:
		return "the receiver " + e.Receiver + " says that it is gone: it is told nothing any more"
	}
	return fmt.Sprintf("the receiver %s takes no alerts since %s", e.Receiver, e.Health.Since.UTC().Format("2 January, 15:04 UTC"))
}

// ReceiverNotice is a ReceiverEvent with those who are to be told, on its way into the outbox.
type ReceiverNotice struct {
	Event Event
	About ReceiverEvent
	Alert []string // names of receivers
}

// Health is how a receiver is.
func (st *ReceiverState) Health() Health {
	enable := "`dewline deliveries retry --receiver " + shellWord(st.Name) + "`"
	switch {
	case st.Disabled:
		return Health{
			State: HealthGone, Reason: string(HealthGone), Since: st.Since, Detail: st.Reason,
			Remedy: "change its address, or enable it by " + enable,
		}
	case st.Outage != nil:
		return Health{
			State: HealthFailing, Reason: string(HealthFailing), Since: st.Outage.Since, Detail: st.Outage.Error,
			Remedy: "look at what it answers; what it missed is sent when it is back, and what was given up, by " + enable,
		}
	}
	return Health{State: HealthOK, Reason: string(HealthOK)}
}

// shellWord is a name as it is typed in a shell.
func shellWord(s string) string {
	if plainWord.MatchString(s) {
		return s
	}
	return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'"
}

var plainWord = regexp.MustCompile(`^[A-Za-z0-9_.@-]+$`)
