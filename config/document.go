package config

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/lexer"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"
)

// Bounds on a file, so that no file can exhaust the program. An honest file of
// 10,000 feeds has 2 MB.
const (
	maxFile  = 16 << 20
	maxDepth = 64      // mappings and lists inside one another
	maxNodes = 1 << 18 // values that aliases may repeat, beside those of the file
)

// document is a parsed file: its text and its tree.
type document struct {
	file    string // as it was named
	dir     string // what relative paths in it are relative to
	order   int    // among the files of the configuration
	lines   []string
	lengths []int    // of the lines, in characters
	root    ast.Node // nil where the file says nothing
	aliases map[*ast.AliasNode]ast.Node
	hidden  map[int][2]int // of lines with a secret: the columns that are not shown
}

// fault is what is wrong with the text before it is a tree.
type fault struct {
	place
	width     int
	msg, hint string
}

// parse reads YAML. The faults, if any, are all that can be said of it: there
// is no tree then.
func parse(src []byte) (doc *document, faults []fault) {
	src = bytes.TrimPrefix(src, []byte("\ufeff"))
	src = bytes.ReplaceAll(bytes.ReplaceAll(src, []byte("\r\n"), []byte("\n")), []byte("\r"), []byte("\n"))
	doc = &document{lines: strings.Split(string(src), "\n"), aliases: map[*ast.AliasNode]ast.Node{}}
	for _, line := range doc.lines {
		doc.lengths = append(doc.lengths, utf8.RuneCountInString(line))
	}
	if at, ok := doc.notText(); !ok {
		return doc, []fault{{place: at, msg: "this character is not UTF-8 text", hint: "save the file as UTF-8, and without control characters"}}
	}
	// The parser is not ours, and a file that breaks it is a faulty file.
	defer func() {
		if r := recover(); r != nil {
			faults = []fault{{place: place{line: 1, column: 1}, msg: fmt.Sprintf("the YAML parser gives up on this file: %v", r)}}
		}
	}()
	tokens := lexer.Tokenize(string(src))
	if faults = doc.refuse(tokens); faults != nil {
		return doc, faults
	}
	tree, err := parser.Parse(tokens, 0, parser.AllowDuplicateMapKey())
	if err != nil {
		return doc, []fault{doc.syntax(err)}
	}
	return doc, doc.plant(tree)
}

// notText finds the first character that is not UTF-8 text.
func (d *document) notText() (at place, ok bool) {
	for i, line := range d.lines {
		column := 0
		for j, r := range line {
			column++
			_, size := utf8.DecodeRuneInString(line[j:])
			if r == utf8.RuneError && size == 1 || r < ' ' && r != '\t' || r == 0x7f {
				return place{line: i + 1, column: column}, false
			}
		}
	}
	return place{}, true
}

// refuse looks at the tokens for what the parser must not see: nesting without
// end, which would exhaust its stack, and tags, which mean nothing here.
func (d *document) refuse(tokens token.Tokens) []fault {
	depth := 0 // of brackets
	for _, t := range tokens {
		at := place{line: t.Position.Line, column: t.Position.Column}
		switch t.Type {
		case token.MappingStartType, token.SequenceStartType:
			depth++
		case token.MappingEndType, token.SequenceEndType:
			depth--
		case token.SequenceEntryType, token.MappingKeyType, token.MappingValueType:
			// Outside brackets every level stands further to the right.
			if depth <= 0 && indent(t) > 4*maxDepth {
				return []fault{{place: at, msg: "nested too deep"}}
			}
		case token.TagType:
			return []fault{{place: at, width: len(t.Value), msg: "YAML tags such as " + quoted(t.Value) + " are not used here",
				hint: "put a value that begins with ! in quotes"}}
		}
		if depth > maxDepth {
			return []fault{{place: at, msg: "nested too deep"}}
		}
	}
	return nil
}

// indent is the column at which the level begins that this token opens.
func indent(t *token.Token) int {
	if t.Type == token.MappingValueType && t.Prev != nil {
		return t.Prev.Position.Column
	}
	return t.Position.Column
}

// plant makes the parsed file the document's tree.
func (d *document) plant(tree *ast.File) []fault {
	for _, doc := range tree.Docs {
		if _, ok := doc.Body.(*ast.DirectiveNode); ok || doc.Body == nil {
			continue
		}
		if d.root != nil {
			return []fault{{place: d.start(doc.Body), msg: "a second document begins here", hint: "remove the line ---: the configuration is one document"}}
		}
		d.root = doc.Body
	}
	if d.root == nil {
		return nil
	}
	r := resolver{doc: d, anchors: map[string]ast.Node{}}
	ast.Walk(&r, d.root)
	return r.faults
}

// resolver finds what every alias stands for: the last anchor of its name
// before it.
type resolver struct {
	doc     *document
	anchors map[string]ast.Node
	faults  []fault
}

func (r *resolver) Visit(n ast.Node) ast.Visitor {
	switch n := n.(type) {
	case *ast.AnchorNode:
		r.anchors[n.Name.GetToken().Value] = n.Value
	case *ast.AliasNode:
		name := n.Value.GetToken().Value
		target, ok := r.anchors[name]
		if !ok {
			r.faults = append(r.faults, fault{place: r.doc.start(n), width: len(name) + 1,
				msg: fmt.Sprintf("*%s refers to an anchor &%s that is not there", name, name), hint: "put a value that begins with * in quotes"})
		}
		r.doc.aliases[n] = target
	}
	return r
}

// syntax says a fault that the YAML parser found, with the remedies of the
// usual causes.
func (d *document) syntax(err error) fault {
	var bad yaml.Error
	if !errors.As(err, &bad) || bad.GetToken() == nil {
		return fault{place: place{line: 1, column: 1}, msg: "this is not YAML: " + err.Error()}
	}
	pos := bad.GetToken().Position
	at := place{line: pos.Line, column: max(pos.Column, 1)}
	return fault{place: at, msg: "this is not YAML: " + bad.GetMessage(), hint: d.syntaxHint(at, bad.GetMessage())}
}

func (d *document) syntaxHint(at place, msg string) string {
	line := d.line(at.line)
	_, value, _ := strings.Cut(strings.TrimLeft(line, " -"), ": ")
	value = strings.TrimSpace(value)
	switch {
	case strings.Contains(msg, "end character of"):
		return "close the quotation mark"
	case strings.Contains(msg, "reserved character"):
		return "put a value that begins with @ or ` in quotes, such as \"@every 15m\""
	case strings.Contains(msg, "tab") || strings.HasPrefix(line, "\t") || strings.Contains(msg, "character '\t'"):
		return "indent with spaces: YAML allows no tab there"
	case strings.HasPrefix(value, `"`):
		return `put the whole value in single quotes: '"missile defence" OR THAAD'`
	case strings.HasPrefix(value, `'`):
		return `put the whole value in double quotes, or write it below as a block: key: >-`
	case strings.Contains(value, ": "):
		return "put a value with a colon and a space in it in quotes"
	}
	return "check the indentation and the quotes here and in the line above"
}
