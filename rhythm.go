package dewline

import (
	"encoding/base64"
	"encoding/binary"
	"errors"
	"time"
)

// Rhythm is what was learned of when a source publishes, from the times at which its items were first seen.
// It is part of every feed's state, so it is small: under 1 kB as it is stored. What it means is the monitor's.
type Rhythm struct {
	Until   time.Time  `json:"until,omitzero"`   // learned up to this poll
	Found   time.Time  `json:"found,omitzero"`   // the last poll that brought something
	Halved  time.Time  `json:"halved,omitzero"`  // when the sums were last halved: what is old counts less
	Hours   float32    `json:"hours,omitempty"`  // watched; a sum
	Finds   float32    `json:"finds,omitempty"`  // polls that brought something; a sum
	Follow  float32    `json:"follow,omitempty"` // the share of finds that came within an hour of another
	Recent  float32    `json:"recent,omitempty"` // items of about the last hour before Until
	Peak    float32    `json:"peak,omitempty"`   // the most items of an hour
	Longest [2]Minutes `json:"longest,omitzero"` // the longest time between two finds: since Halved, and in the period before
	Week    Week       `json:"week,omitzero"`    // items by the hour; sums
}

// IsZero reports whether nothing was learned.
func (r *Rhythm) IsZero() bool { return r.Until.IsZero() }

// Minutes is a time span to the minute.
type Minutes int32

// Duration is the span.
func (m Minutes) Duration() time.Duration { return time.Duration(m) * time.Minute }

// Week counts by the hours of a week in UTC, the first of Sunday first, in parts of WeekUnit.
type Week [7 * 24]uint16

// WeekUnit is what one item counts.
const WeekUnit = 32

// IsZero reports whether nothing was counted.
func (w *Week) IsZero() bool { return *w == Week{} }

// HourOfWeek is the place of a time in a Week.
func HourOfWeek(t time.Time) int {
	t = t.UTC()
	return int(t.Weekday())*24 + t.Hour()
}

// MarshalText writes the counts as variable-length integers in base64: most are small.
func (w Week) MarshalText() ([]byte, error) {
	raw := make([]byte, 0, 2*len(w))
	for _, n := range w {
		raw = binary.AppendUvarint(raw, uint64(n))
	}
	return base64.RawStdEncoding.AppendEncode(nil, raw), nil
}

var errWeek = errors.New("the counts of a week are damaged")

// UnmarshalText reads them.
func (w *Week) UnmarshalText(text []byte) error {
	raw, err := base64.RawStdEncoding.AppendDecode(nil, text)
	if err != nil {
		return errWeek
	}
	for i := range w {
		n, size := binary.Uvarint(raw)
		if size <= 0 || n > 1<<16-1 {
			return errWeek
		}
		w[i], raw = uint16(n), raw[size:]
	}
	return nil
}
