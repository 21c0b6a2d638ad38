package dewline

// Concept is a named set of terms that any query can use as @name: what holds of
// one of the terms holds of the concept.
type Concept struct {
	Name        string // unique; letters, digits and hyphens
	Title       string // for people
	Description string // what belongs to it, and what does not; may be empty
	Terms       []ConceptTerm
}

// ConceptTerm is one term of a concept.
type ConceptTerm struct {
	Query  string // as in a query; may name other concepts
	Lang   string // BCP 47: the language that the term is of; may be empty
	Source string // where the term is used so; may be empty
}
