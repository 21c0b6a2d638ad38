package parser

// guardJSON walks a JSON text once, before it is decoded: it bounds nesting and the number of
// values, makes spaces of raw control characters in strings, and ends a text that was cut after
// the last whole item. A text that needs no repair is not copied. The error is a hostile one.
func guardJSON(body []byte) (out []byte, cut bool, err error) {
	g := jsonGuard{body: body}
	for g.pos = 0; g.pos < len(body); g.pos++ {
		if err := g.step(body[g.pos]); err != nil {
			return body, false, err
		}
		if len(g.stack) == 0 && g.values > 0 {
			return g.body[:g.pos+1], false, nil
		}
	}
	if len(g.stack) == 0 || g.lastItem == 0 {
		return g.body, len(g.stack) > 0, nil
	}
	return append(append([]byte{}, g.body[:g.lastItem]...), "]}"...), true, nil
}

type jsonGuard struct {
	body     []byte
	pos      int
	stack    []byte // open braces and brackets
	values   int
	quoted   bool
	copied   bool
	lastItem int // where the last item of a list of the root's ended
}

func (g *jsonGuard) step(c byte) error {
	if g.quoted {
		g.inString(c)
		return nil
	}
	switch c {
	case '"':
		g.quoted = true
	case ',':
		g.values++
	case '{', '[':
		g.stack = append(g.stack, c)
		g.values++
	case '}', ']':
		if len(g.stack) > 0 {
			g.stack = g.stack[:len(g.stack)-1]
		}
		if string(g.stack) == "{[" && c == '}' {
			g.lastItem = g.pos + 1
		}
	}
	if len(g.stack) > maxDepth {
		return hostile("values nested deeper than any feed's")
	}
	if g.values > 4*maxElements {
		return hostile("more values than any feed has")
	}
	return nil
}

// inString passes one character of a string.
func (g *jsonGuard) inString(c byte) {
	switch {
	case c == '\\':
		g.pos++
	case c == '"':
		g.quoted = false
	case c < ' ':
		if !g.copied {
			g.body = append([]byte{}, g.body...)
			g.copied = true
		}
		g.body[g.pos] = ' '
	}
}
