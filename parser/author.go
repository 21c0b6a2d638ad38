package parser

import (
	"slices"
	"strings"
)

// author is a person's name from what feeds write: "mail (Name)", "Name <mail>", "mail", and
// Atom's <name> in RSS's author.
func author(s string) string {
	if _, atom, ok := strings.Cut(s, "<name>"); ok {
		s, _, _ = strings.Cut(atom, "</name>")
	}
	s = line(pointed.Replace(s))
	open, shut := strings.IndexByte(s, '('), strings.LastIndexByte(s, ')')
	if open < 0 || shut < open {
		return s
	}
	outside := strings.TrimSpace(s[:open] + s[shut+1:])
	inside := strings.TrimSpace(strings.Trim(s[open:shut+1], "() "))
	switch {
	case inside == "":
		return outside
	case outside == "" || strings.Contains(outside, "@"):
		return inside
	case strings.Contains(inside, "@"):
		return outside
	}
	return s
}

var pointed = strings.NewReplacer("<", " (", ">", ") ")

// maxNames is how many authors, and how many categories, of an entry are kept. Each is compared
// with those before it, and no feed gives as many.
const maxNames = 100

// maxShared is how many bytes of authors an entry takes over from the feed: each of very many
// entries does.
const maxShared = 1 << 10

// shared are the feed's authors, for the entries that name none.
func shared(names []string) []string {
	size := 0
	for i, name := range names {
		if size += len(name); size > maxShared || i == maxNames {
			return names[:i]
		}
	}
	return names
}

// tidy makes a list of single lines: no blank one, no one twice, maxNames at most.
func tidy(list []string, make func(string) string) []string {
	var out []string
	for _, s := range list {
		if len(out) == maxNames {
			break
		}
		if s = make(s); s != "" && !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return out
}
