package dewline

import "time"

// Subscription is what was asked of one hub for one feed, and what became of it.
// Who knows the token may speak to us as the hub; who knows the secret may say
// what the feed holds.
type Subscription struct {
	Feed  Key    `json:"feed"`
	Name  string `json:"name"` // of the feed
	Hub   string `json:"hub"`
	Topic string `json:"topic"`

	// Base and Token are the beginning and the end of the address that the hub calls.
	Base   string `json:"base"`
	Token  string `json:"token"`
	Secret []byte `json:"secret"` // what the hub signs with

	State    PushState `json:"state"`
	Detail   string    `json:"detail,omitempty"` // the state in words, or why it was not renewed
	Since    time.Time `json:"since"`            // of the state
	Tries    int       `json:"tries,omitempty"`  // requests since the hub last did what was asked
	Next     time.Time `json:"next"`             // when the hub is to be asked again
	LeaseEnd time.Time `json:"lease_end,omitzero"`

	LastPush time.Time `json:"last_push,omitzero"` // the last one that was signed as it should be
	LastBad  time.Time `json:"last_bad,omitzero"`  // the last one that was not
	// Missed is when a poll found news of which the hub had said nothing.
	Missed time.Time `json:"missed,omitzero"`
}

// Key is the subscription's key.
func (s *Subscription) Key() Key {
	return hash("subscription", string(s.Feed[:]), s.Hub, s.Topic, s.Base)
}

// PushState is what a subscription has come to.
type PushState string

// The states of a subscription.
const (
	PushAsking  PushState = "asking"  // asked for; the hub has not yet verified that it was us
	PushActive  PushState = "active"  // verified, until the end of its lease
	PushDenied  PushState = "denied"  // the hub said no
	PushFailed  PushState = "failed"  // the hub could not be asked, or never came to verify
	PushLapsed  PushState = "lapsed"  // its lease ended and was not renewed
	PushLeaving PushState = "leaving" // not wanted any more; the hub is to be told
)

// PushStates lists every state, the best first.
var PushStates = []PushState{PushActive, PushAsking, PushLapsed, PushDenied, PushFailed, PushLeaving}

// Live reports whether pushes of this subscription count.
func (s *Subscription) Live() bool { return s.State == PushActive || s.State == PushAsking }

// Distrusted is how long a hub is not relied upon after it left out news.
const Distrusted = 24 * time.Hour

// Trusted reports whether the hub may be relied upon for news, so that polls are
// only a safety net: it is subscribed at, it has pushed, and it left nothing out
// lately.
func (s *Subscription) Trusted(now time.Time) bool {
	return s.State == PushActive && now.Before(s.LeaseEnd) && s.LastPush.After(s.Missed) &&
		(s.Missed.IsZero() || now.Sub(s.Missed) >= Distrusted)
}

// PushDocument is a subscription's public JSON form. It holds no secret.
type PushDocument struct {
	State    PushState  `json:"state"`
	Hub      string     `json:"hub"`
	Topic    string     `json:"topic"`
	Detail   string     `json:"detail"`
	Since    *time.Time `json:"since"`
	LeaseEnd *time.Time `json:"lease_end"`
	LastPush *time.Time `json:"last_push"`
	LastBad  *time.Time `json:"last_bad"` // the last push that was not signed as it should be
	Missed   *time.Time `json:"missed"`
}

// Document is the public form of the subscription.
func (s *Subscription) Document() *PushDocument {
	if s == nil {
		return nil
	}
	return &PushDocument{
		State: s.State, Hub: s.Hub, Topic: s.Topic, Detail: s.Detail, Since: dateOrNil(s.Since),
		LeaseEnd: dateOrNil(s.LeaseEnd), LastPush: dateOrNil(s.LastPush), LastBad: dateOrNil(s.LastBad), Missed: dateOrNil(s.Missed),
	}
}
