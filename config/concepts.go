package config

import (
	"fmt"
	"io"
	"strings"

	"dewline"
)

// concepts reads the configured concepts, and from then on queries may name them.
func (l *loader) concepts(s *lists) []dewline.Concept {
	var all []dewline.Concept
	for _, c := range s.items {
		concept := dewline.Concept{Name: c.name.value, Title: c.name.value}
		for _, t := range c.words.items {
			concept.Terms = append(concept.Terms, dewline.ConceptTerm{Query: t.value, Source: l.of(c.name.place).file})
		}
		all = append(all, concept)
	}
	if l.checks.Queries == nil {
		return all
	}
	l.queries = l.checks.Queries(all)
	for _, f := range l.queries.Faults {
		l.conceptFault(s, f)
	}
	for _, w := range l.queries.Warnings {
		l.warned(func() { l.conceptFault(s, w) })
	}
	return all
}

func (l *loader) conceptFault(s *lists, f ConceptFault) {
	switch {
	case f.Concept >= len(s.items): // a built-in one, because of one that is configured
		l.report(s.place, 1, fmt.Sprintf("with these concepts, a built-in one has a fault: %v", f.Err), "")
	case f.Term < 0 && s.items[f.Concept].words.failed: // was reported
	case f.Term < 0:
		l.blame(s.items[f.Concept].name.scalar, f.Err)
	default:
		l.blame(s.items[f.Concept].words.items[f.Term].scalar, f.Err)
	}
}

// query judges a rule's query.
func (l *loader) query(s scalar, value string) {
	if l.queries.Check == nil {
		return
	}
	warnings, err := l.queries.Check(value)
	l.blame(s, err)
	for _, w := range warnings {
		l.warned(func() { l.blame(s, w) })
	}
}

// WriteConcept writes a concept as an entry of concepts:, to be pasted into
// config.yaml.
func WriteConcept(w io.Writer, c dewline.Concept) error {
	var b strings.Builder
	fmt.Fprintf(&b, "concepts:\n  %s:\n", c.Name)
	for _, t := range c.Terms {
		fmt.Fprintf(&b, "    - %s", quote(t.Query))
		if note := strings.TrimSpace(strings.Join([]string{t.Lang, printable(t.Source)}, " ")); note != "" {
			b.WriteString("  # " + note)
		}
		b.WriteByte('\n')
	}
	_, err := io.WriteString(w, b.String())
	return err
}
