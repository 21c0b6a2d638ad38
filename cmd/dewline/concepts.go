package main

import (
	"errors"
	"fmt"
	"math"
	"slices"

	"dewline"
	"dewline/concepts"
	"dewline/config"
	"dewline/filter"

	"github.com/spf13/cobra"
)

// language is the query language with the built-in concepts and the configured
// ones, which take the place of those of their name.
func language(configured []dewline.Concept) (*filter.Concepts, error) {
	all, err := withBuiltin(configured)
	if err != nil {
		return nil, err
	}
	return filter.Define(all)
}

// withBuiltin puts the configured concepts first.
func withBuiltin(configured []dewline.Concept) ([]dewline.Concept, error) {
	builtin, err := concepts.Builtin()
	if err != nil {
		return nil, err
	}
	all := slices.Clone(configured)
	for _, b := range builtin {
		if !slices.ContainsFunc(configured, func(c dewline.Concept) bool { return c.Name == b.Name }) {
			all = append(all, b)
		}
	}
	return all, nil
}

// queries judges the concepts of a configuration, and then its queries.
func queries(configured []dewline.Concept) config.Queries {
	defined, err := language(configured)
	q := config.Queries{Faults: conceptFaults(err)}
	if err != nil {
		defined = named(configured)
	} else {
		q.Warnings = conceptWarnings(defined)
	}
	q.Check = func(query string) ([]*dewline.SyntaxError, error) {
		parsed, err := defined.Parse(query)
		if err != nil {
			return nil, err
		}
		return parsed.Warnings(), nil
	}
	return q
}

// conceptWarnings are the warnings of all concepts; the built-in ones have none, which
// a test keeps.
func conceptWarnings(defined *filter.Concepts) (all []config.ConceptFault) {
	for _, w := range defined.Warnings() {
		all = append(all, config.ConceptFault{Concept: w.Concept, Term: w.Term, Err: w.Err})
	}
	return all
}

func conceptFaults(err error) (all []config.ConceptFault) {
	var one *filter.ConceptError
	var several interface{ Unwrap() []error }
	switch {
	case err == nil:
	case errors.As(err, &one) && !errors.As(err, &several):
		all = append(all, config.ConceptFault{Concept: one.Concept, Term: one.Term, Err: one.Err})
	case errors.As(err, &several):
		for _, e := range several.Unwrap() {
			all = append(all, conceptFaults(e)...)
		}
	default: // of the build, not of a configured concept
		all = append(all, config.ConceptFault{Concept: math.MaxInt, Term: -1, Err: err})
	}
	return all
}

// named is the language in which the names of faulty concepts are known, so that
// the rules that use them are judged all the same.
func named(configured []dewline.Concept) *filter.Concepts {
	var known []dewline.Concept
	for _, c := range configured {
		known = append(known, dewline.Concept{Name: c.Name, Terms: []dewline.ConceptTerm{{Query: "word"}}})
	}
	defined, err := language(known)
	if err != nil { // a name is at fault
		defined = nil
	}
	return defined
}

func (p *program) conceptsCommand() *cobra.Command {
	var asYAML bool
	cmd := &cobra.Command{
		Use:   "concepts [NAME]",
		Short: "The built-in and configured concepts, which queries name as @name",
		Long: `Concepts lists the named sets of terms, or the terms of one with their languages
and sources. A concept of the same name in config.yaml takes a built-in one's
place; --yaml prints one to begin with.`,
		Example: `  dewline concepts
  dewline concepts missile-defence
  dewline concepts missile-defence --yaml`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			cfg, err := p.loadOrDefault()
			if err != nil {
				return err
			}
			all, err := withBuiltin(cfg.Concepts)
			if err != nil {
				return err
			}
			if len(args) == 0 && asYAML {
				return usagef("--yaml prints one concept; name it")
			}
			if len(args) == 0 {
				return p.listConcepts(all, len(cfg.Concepts))
			}
			return p.showConcept(all, args[0], asYAML)
		},
	}
	cmd.Flags().BoolVar(&asYAML, "yaml", false, "as an entry of concepts: in config.yaml")
	return cmd
}

// listConcepts prints a line a concept; the first ones are the configuration's.
func (p *program) listConcepts(all []dewline.Concept, configured int) error {
	t := newTable(p.stdout, "NAME", "TERMS", "FROM", "TITLE")
	for i, c := range all {
		from := "built in"
		if i < configured {
			from = "config.yaml"
		}
		t.row("@"+c.Name, fmt.Sprint(len(c.Terms)), from, c.Title)
	}
	return t.Flush()
}

func (p *program) showConcept(all []dewline.Concept, name string, asYAML bool) error {
	var names []string
	for _, c := range all {
		if "@"+c.Name == name || c.Name == name {
			if asYAML {
				return config.WriteConcept(p.stdout, c)
			}
			return p.printConcept(c)
		}
		names = append(names, c.Name)
	}
	return usagef("there is no concept %q; there are %q", name, names)
}

func (p *program) printConcept(c dewline.Concept) error {
	fmt.Fprintf(p.stdout, "@%s  %s\n", c.Name, c.Title)
	if c.Description != "" {
		fmt.Fprintln(p.stdout, c.Description)
	}
	fmt.Fprintln(p.stdout)
	t := newTable(p.stdout, "LANGUAGE", "TERM", "SOURCE")
	for _, term := range c.Terms {
		t.row(orDash(term.Lang), term.Query, term.Source)
	}
	return t.Flush()
}
