package parser

import (
	"bytes"
	"html"
	"regexp"
)

var (
	entityDecl = regexp.MustCompile(`<!ENTITY\s+([^%\s][^\s]*)\s+(?:"([^"]*)"|'([^']*)')`)
	entityRef  = regexp.MustCompile(`&[A-Za-z_]`)
)

// maxEntity is how long the text of an entity may be that is put in its place.
const maxEntity = 256

// declare reads the inner part of a DOCTYPE. A bomb in it is an error.
func (p *prolog) declare(subset []byte) error {
	switch {
	case bytes.Count(subset, []byte("<!ENTITY")) > maxEntities:
		return hostile("a DOCTYPE with more entities than any feed declares")
	case len(subset) > maxProlog:
		return hostile("a DOCTYPE larger than any feed's")
	}
	for _, d := range entityDecl.FindAllSubmatch(subset, -1) {
		value := bytes.Join(d[2:], nil)
		if len(entityRef.FindAllIndex(value, 2)) > 1 {
			return hostile("a DOCTYPE whose entities multiply each other (an entity bomb)")
		}
		if len(value) > maxEntity || entityRef.Match(value) {
			continue
		}
		if p.entities == nil {
			p.entities = map[string]string{}
		}
		if _, again := p.entities[string(d[1])]; !again { // XML: the first declaration counts
			p.entities[string(d[1])] = html.EscapeString(html.UnescapeString(string(value)))
		}
	}
	return nil
}

// expand puts their texts in the place of entities that the document declares, from a place on. They are
// text: mark-up in them is none. What grows too large keeps the rest as it is, and so does what
// the document did not declare: the reader knows HTML's.
func expand(src []byte, from int, entities map[string]string) []byte {
	if entities == nil || bytes.IndexByte(src[from:], '&') < 0 {
		return src
	}
	out := bytes.Clone(src[:from])
	for rest := src[from:]; ; {
		i := bytes.IndexByte(rest, '&')
		if i < 0 || len(out) > len(src)+maxRepairs {
			return append(out, rest...)
		}
		out, rest = append(out, rest[:i]...), rest[i:]
		name := rest[1 : 1+nameLen(rest[1:])]
		text, known := entities[string(name)]
		if end := 1 + len(name); known && len(name) > 0 && end < len(rest) && rest[end] == ';' {
			out, rest = append(out, text...), rest[end+1:]
			continue
		}
		out, rest = append(out, '&'), rest[1:]
	}
}
