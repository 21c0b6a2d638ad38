package config

import (
	"unicode"

	"github.com/goccy/go-yaml/ast"
)

// line is the text of a line of the file, counted from 1.
func (d *document) line(n int) string {
	if n < 1 || n > len(d.lines) {
		return ""
	}
	return d.lines[n-1]
}

// start is where a node begins.
func (d *document) start(n ast.Node) place {
	switch n := n.(type) {
	case *ast.MappingNode:
		if !n.IsFlowStyle && len(n.Values) > 0 {
			return d.start(n.Values[0].Key)
		}
	case *ast.MappingValueNode:
		return d.start(n.Key)
	}
	pos := n.GetToken().Position
	line := min(max(pos.Line, 1), len(d.lines))
	return place{line, min(max(pos.Column, 1), d.lengths[line-1]+1), d}
}

// inside is where the byte at this offset of a scalar's value was written. YAML
// folds, indents, quotes and escapes, so value and source are read side by
// side; where they cannot be matched the scalar's start is the answer.
func (d *document) inside(s scalar, offset int) place {
	value := s.written
	c := cursor{doc: d, place: s.place}
	switch c.style = c.here(); c.style {
	case '"', '\'':
		c.next()
	case '|', '>':
		c.place = place{s.line + 1, 1, s.in}
	}
	for at, r := range value {
		if !unicode.IsSpace(r) {
			c.skipSpace()
		}
		if at >= offset {
			return c.place
		}
		if !c.take(r) {
			return s.place
		}
	}
	return c.place
}

// cursor walks over the characters of the file.
type cursor struct {
	doc *document
	place
	style   rune   // of the scalar: a quote, a block sign, or its first character
	current []rune // the line under the cursor, once it was read
	read    int    // which line that is
}

// rest is the line from the cursor on.
func (c *cursor) rest() []rune {
	if c.read != c.line {
		c.current, c.read = []rune(c.doc.line(c.line)), c.line
	}
	return c.current[min(c.column-1, len(c.current)):]
}

// here is the character under the cursor, 0 behind the end of the file.
func (c *cursor) here() rune {
	if rest := c.rest(); len(rest) > 0 {
		return rest[0]
	}
	if c.line >= len(c.doc.lines) {
		return 0
	}
	return '\n'
}

func (c *cursor) next() {
	if len(c.rest()) == 0 {
		c.place = place{c.line + 1, 1, c.in}
		return
	}
	c.column++
}

// skipSpace goes to the next character that is not space, over folded lines.
func (c *cursor) skipSpace() {
	for {
		r := c.here()
		folded := c.style == '"' && r == '\\' && len(c.rest()) == 1
		if r == 0 || !folded && !unicode.IsSpace(r) {
			return
		}
		c.next()
	}
}

// take moves over the source of one character of the value.
func (c *cursor) take(r rune) bool {
	if c.style == '"' && c.here() == '\\' {
		for range escapeLength(c.rest()) {
			c.next()
		}
		return true
	}
	if unicode.IsSpace(r) {
		// Several lines fold into fewer characters, never into more.
		if unicode.IsSpace(c.here()) {
			c.next()
		}
		return true
	}
	if c.here() != r {
		return false
	}
	if c.style == '\'' && r == '\'' {
		c.next()
	}
	c.next()
	return true
}

// escapeLength is the length of the escape that s begins with: \n, \x41, \u0041.
func escapeLength(s []rune) int {
	digits := map[rune]int{'x': 2, 'u': 4, 'U': 8}
	if len(s) < 2 {
		return 2
	}
	return 2 + digits[s[1]]
}
