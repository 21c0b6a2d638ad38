package dewline

// Difference is a fact that stands in one of two texts, or stands otherwise in each.
type Difference struct {
	Kind FactKind `json:"kind"`
	Old  string   `json:"old"` // as the older text writes it; empty where it has none
	New  string   `json:"new"` // the same of the newer text
	// Where they stand: bytes [Start, End) of each text. Of what is not there, both zero.
	OldStart, OldEnd int
	NewStart, NewEnd int
}

// FactKind says what kind of fact it is.
type FactKind string

// The kinds of facts.
const (
	FactNumber  FactKind = "number"
	FactDate    FactKind = "date"
	FactName    FactKind = "name"
	FactVerdict FactKind = "verdict" // not, denies, confirms
)
