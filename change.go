package dewline

import "fmt"

// Change is what an edit of an item did to what a rule asks for.
type Change struct {
	From    int         `json:"from_version"`
	To      int         `json:"to_version"`
	Reasons []Reason    `json:"reasons"`
	Diff    []FieldDiff `json:"diff"` // shortened
}

// Reason is why a change is told.
type Reason struct {
	Kind ReasonKind `json:"kind"`
	Old  string     `json:"old"` // what stood in the older version; may be empty
	New  string     `json:"new"`
}

// ReasonKind is a kind of fact that differs near a match, or one of these.
type ReasonKind string

// What may have become of a match.
const (
	ReasonAppears    ReasonKind = "appears"    // New is a term that the older version has not
	ReasonDisappears ReasonKind = "disappears" // Old is a term that the newer version has not
)

// String is the reason in words.
func (r Reason) String() string {
	switch {
	case r.Kind == ReasonAppears:
		return fmt.Sprintf("“%s” appears", r.New)
	case r.Kind == ReasonDisappears:
		return fmt.Sprintf("“%s” disappears", r.Old)
	case r.Old == "":
		return fmt.Sprintf("%s “%s” is new", r.Kind, r.New)
	case r.New == "":
		return fmt.Sprintf("%s “%s” is gone", r.Kind, r.Old)
	}
	return fmt.Sprintf("%s “%s” is now “%s”", r.Kind, r.Old, r.New)
}

// Rewritten is a change that the receivers of a rule are to be told. Where the rule
// matches the item for the first time and tells that, it is not told as well.
type Rewritten struct {
	Match  Match // as the rule matches now; without hits where it does not
	Change Change
	Alert  []string
}

// ShortenDiff leaves out what is far from any change, and what is beyond so many bytes.
func ShortenDiff(all []FieldDiff, words, bytes int) []FieldDiff {
	short := []FieldDiff{}
	for _, d := range all {
		edits := ShortenEdits(d.Edits, words)
		for i, e := range edits {
			if bytes -= len(e.Text); bytes < 0 {
				edits = append(edits[:i:i], Edit{Op: EditSkip})
				break
			}
		}
		short = append(short, FieldDiff{d.Field, edits})
		if bytes < 0 {
			break
		}
	}
	return short
}
