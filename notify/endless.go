package notify

import (
	"maps"
	"slices"
	"text/template/parse"

	"dewline"
)

// endless refuses what could run without an end: nothing stops a template that writes
// nothing. What is repeated for each part of the data ends with the data; so a template
// may neither repeat for a number nor call itself, by way of others or not.
func endless(trees map[string]*parse.Tree) error {
	calls := map[string][]*parse.TemplateNode{}
	for _, name := range slices.Sorted(maps.Keys(trees)) {
		t := trees[name]
		if t == nil || t.Root == nil {
			continue
		}
		for n := range nodes(t.Root) {
			switch x := n.(type) {
			case *parse.RangeNode:
				if isNumber(x.Pipe) {
					return faultAt(x.Pipe.Pos, "a template may not repeat for a number", "range over a list of the data")
				}
			case *parse.TemplateNode:
				calls[name] = append(calls[name], x)
			}
		}
	}
	for _, name := range slices.Sorted(maps.Keys(calls)) {
		for _, call := range calls[name] {
			if reaches(calls, call.Name, name, map[string]bool{}) {
				return faultAt(call.Pos, "a template may not call itself", "range over a list of the data")
			}
		}
	}
	return nil
}

func faultAt(at parse.Pos, msg, hint string) error {
	return &dewline.SyntaxError{Offset: int(at), End: int(at), Msg: msg, Hint: hint}
}

// reaches reports whether a template is, or calls, another one.
func reaches(calls map[string][]*parse.TemplateNode, from, to string, been map[string]bool) bool {
	if from == to || been[from] {
		return from == to
	}
	been[from] = true
	return slices.ContainsFunc(calls[from], func(c *parse.TemplateNode) bool { return reaches(calls, c.Name, to, been) })
}

// nodes are all nodes of a list and of the lists inside it.
func nodes(list *parse.ListNode) func(yield func(parse.Node) bool) {
	return func(yield func(parse.Node) bool) { eachNode(list, yield) }
}

func eachNode(list *parse.ListNode, yield func(parse.Node) bool) bool {
	if list == nil {
		return true
	}
	for _, n := range list.Nodes {
		var b parse.BranchNode
		switch x := n.(type) {
		case *parse.IfNode:
			b = x.BranchNode
		case *parse.WithNode:
			b = x.BranchNode
		case *parse.RangeNode:
			b = x.BranchNode
		}
		if !yield(n) || !eachNode(b.List, yield) || !eachNode(b.ElseList, yield) {
			return false
		}
	}
	return true
}

// isNumber reports a pipeline that is a number.
func isNumber(p *parse.PipeNode) bool {
	return p != nil && len(p.Cmds) == 1 && len(p.Cmds[0].Args) == 1 && p.Cmds[0].Args[0].Type() == parse.NodeNumber
}
