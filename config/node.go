package config

import (
	"fmt"
	"strings"

	"github.com/goccy/go-yaml/ast"
)

// kind is the type that YAML gives a value.
type kind int

const (
	kindText kind = 1 << iota
	kindNumber
	kindFlag
	kindNull
	kindList
	kindMapping
	kindFraction
)

func (k kind) String() string {
	names := map[kind]string{
		kindText: "text", kindNumber: "a whole number", kindFlag: "true or false", kindNull: "empty",
		kindList: "a list", kindMapping: "a mapping", kindFraction: "a fraction",
	}
	if name, ok := names[k]; ok {
		return name
	}
	return "text or a number"
}

func kindOf(n ast.Node) kind {
	switch n.(type) {
	case *ast.IntegerNode:
		return kindNumber
	case *ast.FloatNode, *ast.InfinityNode, *ast.NanNode:
		return kindFraction
	case *ast.BoolNode:
		return kindFlag
	case *ast.NullNode:
		return kindNull
	case *ast.SequenceNode:
		return kindList
	case *ast.MappingNode:
		return kindMapping
	}
	return kindText
}

// follow goes through anchors and aliases to the value; nil where there is none.
func (d *document) follow(n ast.Node) ast.Node {
	for range maxDepth {
		switch x := n.(type) {
		case *ast.AnchorNode:
			n = x.Value
		case *ast.AliasNode:
			n = d.aliases[x]
		default:
			return n
		}
	}
	return nil
}

// readScalar reads a value of one of the wanted kinds.
func (d *decoder) readScalar(n ast.Node, key scalar, want kind, s *scalar) {
	got := kindOf(n)
	fromText := got == kindText && strings.Contains(written(n), "${") // a number may come from a variable
	if got&want == 0 && !fromText {
		d.mistaken(n, key, want.String(), remedy(got, want, n))
		*s = scalar{place: key.place, key: key.key, failed: true}
		return
	}
	*s = scalar{place: d.start(n), key: key.key, set: true, written: written(n)}
	expand(s, func(from, to int, msg, hint string) {
		s.set, s.failed = false, true
		d.report(d.of(s.place).inside(*s, from), to-from, msg, hint)
	})
}

func remedy(got, want kind, n ast.Node) string {
	switch {
	case got == kindNull:
		return "give it a value, or remove the key"
	case want == kindText && got&(kindNumber|kindFlag|kindFraction) != 0:
		return fmt.Sprintf("put it in quotes: %q", written(n))
	case want == kindNumber && got == kindText:
		return "write a whole number without quotes"
	case want == kindFlag:
		return "write true or false"
	}
	return ""
}

// written is a scalar node's text, after YAML's quoting and folding.
func written(n ast.Node) string {
	switch n := n.(type) {
	case *ast.LiteralNode:
		return n.Value.Value
	case *ast.StringNode:
		return n.Value
	}
	return n.GetToken().Value
}

// entry is one key of a mapping with its value.
type entry struct {
	key   scalar
	value ast.Node
}

// entries are the keys of a mapping, its own first and then those that merge
// keys (<<) bring and that it does not have itself.
func (d *decoder) entries(n ast.Node, depth int) []entry {
	mapping, ok := n.(*ast.MappingNode)
	if !ok || depth > maxDepth {
		return nil
	}
	var own, merged []entry
	seen := map[string]place{}
	for _, v := range mapping.Values {
		if !d.spend(d.start(v.Key)) {
			break
		}
		if v.Key.IsMergeKey() {
			merged = append(merged, d.merged(v, depth)...)
			continue
		}
		key := d.keyOf(v.Key)
		if first, twice := seen[key.key]; twice {
			d.report(key.place, len([]rune(key.key)), fmt.Sprintf("the key %s stands here twice", quoted(key.key)),
				fmt.Sprintf("the first is in line %d: remove one", first.line))
			continue
		}
		seen[key.key] = key.place
		own = append(own, entry{key, v.Value})
	}
	for _, e := range merged {
		if _, has := seen[e.key.key]; !has {
			seen[e.key.key] = e.key.place
			own = append(own, e)
		}
	}
	return own
}

// merged are the entries that a merge key brings: of one mapping or of a list
// of them, the earlier before the later.
func (d *decoder) merged(v *ast.MappingValueNode, depth int) []entry {
	switch n := d.follow(v.Value).(type) {
	case *ast.MappingNode:
		return d.entries(n, depth+1)
	case *ast.SequenceNode:
		var all []entry
		for _, each := range n.Values {
			all = append(all, d.entries(d.follow(each), depth+1)...)
		}
		return all
	}
	d.report(d.start(v.Key), 2, "<< must be followed by a mapping", "write <<: *name, where &name marks a mapping")
	return nil
}

// keyOf is a key as text, whatever YAML thinks it is.
func (d *decoder) keyOf(n ast.Node) scalar {
	switch x := n.(type) {
	case *ast.MappingKeyNode:
		return d.keyOf(x.Value)
	case *ast.AnchorNode:
		return d.keyOf(x.Value)
	}
	name := written(n)
	return scalar{place: d.start(n), key: name, value: name, written: name, set: true}
}
