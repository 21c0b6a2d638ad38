// Package concepts holds the concepts that dewline brings along: named sets of
// terms in many languages, each term with the place where it is used so.
//
// It knows data, never how a term is matched. To extend a concept, add a line to
// its file; to add one, add a file. A concept of the same name in config.yaml
// takes the place of the one here.
package concepts
