package notify

import "text/template/parse"

// mentioned are the fields of the data that a template names, whatever it does with them.
func mentioned(trees map[string]*parse.Tree) map[string]bool {
	names := make(map[string]bool)
	for _, t := range trees {
		if t == nil || t.Root == nil {
			continue
		}
		for n := range nodes(t.Root) {
			for _, p := range pipesOf(n) {
				mentionedIn(p, names)
			}
		}
	}
	return names
}

// all stands for every field, of a template that gives its data as JSON.
const all = "*"

func pipesOf(n parse.Node) []*parse.PipeNode {
	switch x := n.(type) {
	case *parse.ActionNode:
		return []*parse.PipeNode{x.Pipe}
	case *parse.IfNode:
		return []*parse.PipeNode{x.Pipe}
	case *parse.WithNode:
		return []*parse.PipeNode{x.Pipe}
	case *parse.RangeNode:
		return []*parse.PipeNode{x.Pipe}
	case *parse.TemplateNode:
		return []*parse.PipeNode{x.Pipe}
	}
	return nil
}

func mentionedIn(p *parse.PipeNode, names map[string]bool) {
	if p == nil {
		return
	}
	for _, cmd := range p.Cmds {
		for i, arg := range cmd.Args {
			switch x := arg.(type) {
			case *parse.FieldNode:
				names[x.Ident[0]] = true
			case *parse.VariableNode: // $.Title
				if len(x.Ident) > 1 {
					names[x.Ident[1]] = true
				}
			case *parse.ChainNode:
				if in, ok := x.Node.(*parse.PipeNode); ok {
					mentionedIn(in, names)
				}
			case *parse.PipeNode:
				mentionedIn(x, names)
			case *parse.DotNode:
				if f, ok := cmd.Args[0].(*parse.IdentifierNode); ok && i > 0 && f.Ident == "json" {
					names[all] = true
				}
			}
		}
	}
}

// names reports whether the template names one of the fields.
func (f *form) names(fields ...string) bool {
	for _, field := range fields {
		if f.fields[field] {
			return true
		}
	}
	return f.fields[all]
}

// tells reports whether a template of a text says anything of such an event. One that was written for items alone
// would hide what a summary holds, and why a source fails: these are told as built in.
func (f *form) tells(t *Telling) bool {
	switch {
	case f == nil:
		return false
	case t.Held != nil:
		return f.names("Alerts")
	case t.Item.ID.IsZero():
		return f.names("Title", "Health")
	}
	return true
}

// heads is the same of a template of a subject.
func (f *form) heads(t *Telling) bool {
	return f != nil && (!t.Item.ID.IsZero() || f.names("Title", "Held", "Health"))
}
