package parser

import (
	"bytes"
	"html"
	"strings"

	xhtml "golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// swallows reports whether another tag begins within the current one, outside a quoted value: this
// one was never finished, and the ">" is the other's.
func (t *textMaker) swallows() bool {
	for more := true; more; {
		var key []byte
		key, _, more = t.tokens.TagAttr()
		if strings.IndexByte(string(key), '<') >= 0 {
			return true
		}
	}
	return false
}

// comment passes a comment, and what HTML takes for one. Behind a comment that was never closed the text
// goes on after the next ">"; there is no "-->" to be looked for any more.
func (t *textMaker) comment(raw []byte) {
	proper := bytes.HasPrefix(raw, []byte("<!--"))
	switch {
	case closed(raw) && (proper || bytes.LastIndexByte(raw, '<') == 0):
	case proper && t.hidden == 0:
		rest := t.piece(string(raw))
		t.tokens = xhtml.NewTokenizer(strings.NewReader(strings.ReplaceAll(rest, "<!--", "<! ")))
	default:
		t.unfinished(string(raw))
	}
}

// unfinished takes in what begins with a tag, an end tag or a comment that was never finished: by
// the rules of HTML it reaches to the end of the text, and all of it is lost. Here it reaches to the
// next "<" or ">". Without a ">" it is text: "range <THAAD launchers in Korea".
func (t *textMaker) unfinished(s string) {
	for s != "" && t.hidden == 0 {
		s = t.piece(s)
		next := strings.IndexByte(s, '<')
		if next < 0 {
			next = len(s)
		}
		t.write(html.UnescapeString(s[:next]))
		s = s[next:]
	}
}

// piece takes in the piece that s begins with, up to the next "<" or ">"; it returns the rest.
func (t *textMaker) piece(s string) string {
	end := len(s)
	if i := strings.IndexAny(s[1:], "<>"); i >= 0 {
		end = 1 + i
	}
	if end < len(s) && s[end] == '>' && begun(s) {
		a := atom.Lookup([]byte(tagName(s)))
		if t.owe(gapSpace); block(a) {
			t.owe(gapBlock)
		}
		end++
	} else if !cutTag(s[:end]) {
		t.write(html.UnescapeString(s[:end]))
	}
	return s[end:]
}

// closed reports whether a comment, or what HTML takes for one, has its end.
func closed(raw []byte) bool {
	if bytes.HasPrefix(raw, []byte("<!--")) {
		return bytes.HasSuffix(raw, []byte("-->")) || bytes.HasSuffix(raw, []byte("--!>")) || string(raw) == "<!-->"
	}
	return bytes.HasSuffix(raw, []byte(">"))
}

// begun reports whether mark-up begins here: a comment, or the tag of an HTML element.
func begun(s string) bool {
	if strings.HasPrefix(s, "<!") || strings.HasPrefix(s, "<?") {
		return true
	}
	return tagName(s) != "" && element([]byte("<"+tagName(s)+">"))
}

// tagName is the name, in lower case, of the start or end tag that s begins with.
func tagName(s string) string {
	s = strings.TrimPrefix(s[1:], "/")
	end := strings.IndexAny(s, " \t\r\n/<>")
	if end < 0 {
		end = len(s)
	}
	return strings.ToLower(s[:min(end, 64)])
}

// cutTag reports whether s, which begins with "<" and has no end, is the tag of an HTML element that was
// cut, as in a summary of so many characters, and no text: after the name stand attributes alone,
// the last one perhaps not whole. "<a href="http://x.exa" is one, "<b THAAD" is not.
func cutTag(s string) bool {
	if !begun(s) || s[1] == '!' || s[1] == '?' {
		return false
	}
	name := tagName(s)
	rest := strings.TrimPrefix(s[1:], "/")
	if len(rest) < len(name) {
		return false
	}
	for rest = strings.TrimSpace(rest[len(name):]); rest != ""; rest = strings.TrimSpace(rest) {
		_, value, ok := strings.Cut(rest, "=")
		if !ok || strings.ContainsAny(rest[:len(rest)-len(value)], " \t\r\n") {
			return rest == "/"
		}
		rest = pastValue(value)
	}
	return true
}

// pastValue is what stands behind an attribute's value. A quoted value without an end reaches to the first
// white space.
func pastValue(s string) string {
	if s == "" {
		return ""
	}
	if s[0] == '"' || s[0] == '\'' {
		if i := strings.IndexByte(s[1:], s[0]); i >= 0 {
			return s[i+2:]
		}
	}
	if i := strings.IndexAny(s, " \t\r\n"); i >= 0 {
		return s[i:]
	}
	return ""
}

// openEnd is HTML in which a "<" that is text at the end is written as a character, so that nobody takes
// what follows for a tag.
func openEnd(s string) string {
	i := strings.LastIndexByte(s, '<')
	if i < 0 || strings.IndexByte(s[i:], '>') >= 0 || cutTag(s[i:]) {
		return s
	}
	return s[:i] + "&lt;" + s[i+1:]
}

// hasElement reports whether there is an element of HTML in s: an end tag of one, or an element that has none.
func hasElement(s string) bool {
	for {
		i := strings.IndexByte(s, '<')
		if i < 0 {
			return false
		}
		s = s[i:]
		end := strings.IndexAny(s[1:], "<>")
		if end < 0 {
			return false
		}
		if tag := s[:1+end]; s[1+end] == '>' && begun(s) && (tag[1] == '/' || tag[1] == '!' || empty(tagName(s))) {
			return true
		}
		s = s[1+end:]
	}
}

// empty reports whether the element has no end tag, or is often written without one.
func empty(name string) bool {
	switch atom.Lookup([]byte(name)) {
	case atom.P, atom.Br, atom.Hr, atom.Img, atom.Li, atom.Wbr:
		return true
	}
	return false
}
