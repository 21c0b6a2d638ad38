package dewline

import "time"

// HoldReason says why an alert waits.
type HoldReason string

// Why an alert may wait. It goes out at the end of it, by itself or in a summary.
const (
	HoldDigest  HoldReason = "digest"  // for the receiver's next digest
	HoldQuiet   HoldReason = "quiet"   // for the end of its quiet hours
	HoldBudget  HoldReason = "budget"  // for the next hour: as many were sent as it wants
	HoldGroup   HoldReason = "group"   // for what comes right behind an alert
	HoldSilence HoldReason = "silence" // for the end of a silence
	HoldStory   HoldReason = "story"   // for the next word on a story that was told
)

// Hold is that an alert waits, and until when.
type Hold struct {
	Reason  HoldReason `json:"reason"`
	Since   time.Time  `json:"since"`
	Until   time.Time  `json:"until"`
	Silence Key        `json:"silence,omitzero"` // which one, of HoldSilence
}

// State is the state of an alert that waits for this reason.
func (r HoldReason) State() DeliveryState {
	if r == HoldSilence {
		return DeliverySilenced
	}
	return DeliveryHeld
}

// Holding is that one delivery is to wait.
type Holding struct {
	Key  Key
	Hold Hold
}

// Together says which held alerts go out in one summary: those of one receiver for one reason; of silences, for
// one of them; of stories, of one rule and one story.
type Together struct {
	Receiver string
	Reason   HoldReason
	Silence  Key
	Rule     string
	Story    Key
}

// Together is what a held alert goes out with.
func (d *Delivery) Together() Together {
	t := Together{Receiver: d.Receiver}
	if d.Hold == nil {
		return t
	}
	switch t.Reason = d.Hold.Reason; t.Reason {
	case HoldSilence:
		t.Silence = d.Hold.Silence
	case HoldStory:
		if t.Rule = d.Match.Rule.Name; d.Story != nil {
			t.Story = d.Story.ID
		}
	}
	return t
}

// PartsTold is how many alerts a summary tells in full. Of the rest it gives the numbers.
const PartsTold = 200

// Summary is what a summary says of all its alerts. It is frozen with them.
type Summary struct {
	Reason  HoldReason `json:"reason"`
	Silence *Silence   `json:"silence,omitempty"` // that held them, as it ended
	From    time.Time  `json:"from"`              // when the first of them was due
	Until   time.Time  `json:"until"`             // when the summary was made
	Sums    []RuleSum  `json:"sums"`              // in the order of the first of each
}

// Headline is a summary of so many alerts in a line.
func (s *Summary) Headline(count int) string {
	switch s.Reason {
	case HoldDigest:
		return "Digest: " + Counted(count, "alert")
	case HoldBudget:
		return Counted(count, "more alert") + " beyond the budget"
	case HoldGroup:
		return Counted(count, "more alert") + " close behind"
	case HoldSilence:
		return Counted(count, "alert") + " held by a silence"
	case HoldStory:
		return Counted(count, "more report") + " of a story"
	}
	return Counted(count, "alert")
}

// RuleSum is how many alerts of a summary are of one rule; without a rule, of the health of sources and receivers.
type RuleSum struct {
	Rule  RuleRef `json:"rule,omitzero"`
	Count int     `json:"count"`
}

// Window is what a receiver got lately, for its budget and the grouping of what comes close together.
type Window struct {
	Begin time.Time `json:"begin,omitzero"` // of the time that the budget is for
	Sent  int       `json:"sent,omitempty"` // in it
	Last  time.Time `json:"last,omitzero"`  // when it got the last alert or summary
}

// SummaryKey is the key of the summary that begins with this alert.
func SummaryKey(receiver string, reason HoldReason, first Key, until time.Time) Key {
	return hash("summary", receiver, string(reason), string(first[:]), until.UTC().Format(time.RFC3339Nano))
}
