package config

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/rivo/uniseg"
)

// Problem is one fault of the configuration.
type Problem struct {
	File   string
	Line   int    // from 1; 0 where the fault is the file itself
	Column int    // from 1, in characters
	Msg    string // what is wrong
	Hint   string // what to do; may be empty
	Source string // the line, with secrets masked

	width int       // characters to underline
	doc   *document // nil where the fault is the file itself
}

// String is the problem as a compiler would print it: the place, what is
// wrong, the line, a caret, the remedy.
func (p Problem) String() string {
	var b strings.Builder
	b.WriteString(p.File)
	if p.Line > 0 {
		fmt.Fprintf(&b, ":%d:%d", p.Line, p.Column)
	}
	fmt.Fprintf(&b, ": %s", p.Msg)
	if p.Line > 0 {
		number := fmt.Sprintf("%5d", p.Line)
		before, marked, after := p.excerpt()
		fmt.Fprintf(&b, "\n%s | %s%s%s", number, before, marked, after)
		fmt.Fprintf(&b, "\n%s | %s^", strings.Repeat(" ", len(number)), blank(before))
		b.WriteString(strings.Repeat("~", max(uniseg.StringWidth(marked), 1)-1))
	}
	if p.Hint != "" {
		fmt.Fprintf(&b, "\n      = %s", p.Hint)
	}
	return b.String()
}

// Brief is the problem in one line.
func (p Problem) Brief() string {
	s := p.Msg
	if p.Line > 0 {
		s = fmt.Sprintf("%s:%d:%d: %s", p.File, p.Line, p.Column, p.Msg)
	}
	if p.Hint != "" {
		s += " (" + p.Hint + ")"
	}
	return s
}

// excerpt is the part of the line that is shown: what is marked, and what
// stands around it.
func (p Problem) excerpt() (before, marked, after string) {
	const around, longest = 80, 60
	line := []rune(p.Source)
	at := min(p.Column-1, len(line))
	end := min(at+max(p.width, 1), len(line))
	before, marked, after = string(line[max(0, at-around):at]), string(line[at:min(end, at+longest)]), string(line[min(end, at+longest):min(end+around, len(line))])
	if at > around {
		before = "…" + before
	}
	if end+around < len(line) {
		after += "…"
	}
	return before, marked, after
}

// blank is the space that a text takes. Tabs are kept, and wide characters are
// given the two cells that a terminal gives them.
func blank(s string) string {
	var b strings.Builder
	for _, r := range s {
		if r == '\t' {
			b.WriteRune('\t')
			continue
		}
		b.WriteString(strings.Repeat(" ", uniseg.StringWidth(string(r))))
	}
	return b.String()
}

// Errors are all faults of a configuration, in the order of the file.
type Errors []Problem

func (e Errors) Error() string {
	all := make([]string, 0, len(e)+1)
	for _, p := range e {
		all = append(all, p.String())
	}
	if len(e) > 1 {
		all = append(all, fmt.Sprintf("%d faults", len(e)))
	}
	return strings.Join(all, "\n")
}

// inOrder puts the problems in the order of the files, with their lines, and
// drops repetitions: a part that is used twice by an alias is wrong once.
func (d *decoder) inOrder(all []Problem) Errors {
	most := len(all) == maxProblems
	slices.SortStableFunc(all, func(a, b Problem) int {
		return cmp.Or(cmp.Compare(a.order(), b.order()), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column), cmp.Compare(a.Msg, b.Msg))
	})
	all = slices.CompactFunc(all, func(a, b Problem) bool {
		return a.doc == b.doc && a.Line == b.Line && a.Column == b.Column && a.Msg == b.Msg
	})
	for i := range all {
		if i > 0 && all[i].doc == all[i-1].doc && all[i].Line == all[i-1].Line {
			all[i].Source = all[i-1].Source
			continue
		}
		if all[i].doc != nil {
			all[i].Source = masked(all[i].doc.shown(all[i].Line))
		}
	}
	if most {
		all = append(all, Problem{File: d.file, Msg: fmt.Sprintf("only the first %d faults are shown", maxProblems)})
	}
	return all
}

// order is the place of the problem's file among those of the configuration.
func (p Problem) order() int {
	if p.doc == nil {
		return 0
	}
	return p.doc.order
}
