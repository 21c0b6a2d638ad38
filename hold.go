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

// SummaryKey is the key of the summary that begins with this alert.
func SummaryKey(receiver string, reason HoldReason, first Key, until time.Time) Key {
	return hash("summary", receiver, string(reason), string(first[:]), until.UTC().Format(time.RFC3339Nano))
}
