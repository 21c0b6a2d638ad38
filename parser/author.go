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

// tidy makes a list of single lines: no blank one, no one twice.
func tidy(list []string, make func(string) string) []string {
	var out []string
	for _, s := range list {
		if s = make(s); s != "" && !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return out
}
