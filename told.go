package dewline

import "time"

// Told is what receivers know of a feed's health. The zero value: nothing, or that it is well.
type Told struct {
	State  HealthState `json:"state,omitempty"` // failing or silent as it was told; empty: well
	Reason string      `json:"reason,omitempty"`
	Since  time.Time   `json:"since,omitzero"` // when that state began
	At     time.Time   `json:"at,omitzero"`    // when it was told
	// Times counts the failures told that followed each other closely: a feed that comes and goes is
	// believed to be well ever more slowly.
	Times int `json:"times,omitempty"`
	// Group is set where one alert told of many feeds: when that failure began, and the site whose feeds
	// they are, empty for all of them.
	Group time.Time `json:"group,omitzero"`
	Site  string    `json:"site,omitempty"`

	Gaps ToldGaps `json:"gaps,omitzero"`
}

// ToldGaps is what receivers know of a feed's open gaps. They stand beside its health: a gap has no recovery.
type ToldGaps struct {
	At   time.Time `json:"at,omitzero"`    // when one was told last
	Open uint32    `json:"open,omitempty"` // how many the feed had then
}

// Bulletin is a change of what receivers know, and what tells it to them. It is made durable as a whole, and
// only while what they know is what it was: two who noticed the same tell it once.
type Bulletin struct {
	Changes []Telling
	Notices []Notice
}

// Telling is the change of one feed.
type Telling struct {
	Feed     Key
	Was, Now Told
}

// Notice is a change of health with those who are to be told, on its way into the outbox.
type Notice struct {
	Event Event
	About FeedEvent
	Alert []string // names of receivers
}
