package dewline

// Resemblance is what a later item is to an earlier one.
type Resemblance struct {
	// Same: it carries the same statement.
	Same bool
	// Differ are the facts in which it differs from it, if it is the same. None: it is
	// a copy, of which nobody needs to be told. Where they stand is not said: two
	// outlets have no text in common.
	Differ []Difference
}

// Copy reports an item that says nothing that the earlier one did not say.
func (r Resemblance) Copy() bool { return r.Same && len(r.Differ) == 0 }
