package demo

import (
	"encoding/xml"
	"fmt"
	"html"
	"strings"
	texttemplate "text/template"
	"time"
)

// moment is what a document is made from.
type moment struct {
	start, now time.Time
	base       string // http://HOST:PORT of this server
	Statements []statement
}

// render makes a sample's document, in UTF-8 and whole.
func (s *source) render(m moment) (string, error) {
	text, err := files.ReadFile("feeds/" + s.file)
	if err != nil {
		return "", err
	}
	t, err := texttemplate.New(s.file).Funcs(m.funcs()).Parse(string(text))
	if err != nil {
		return "", err
	}
	var b strings.Builder
	err = t.Execute(&b, m)
	return b.String(), err
}

func (m moment) funcs() texttemplate.FuncMap {
	before := func(layout string) func(string) (string, error) {
		return func(s string) (string, error) {
			d, err := time.ParseDuration(s)
			return m.start.Add(-d).UTC().Format(layout), err
		}
	}
	return texttemplate.FuncMap{
		"base": func() string { return html.EscapeString(m.base) },
		"rss":  before(time.RFC1123Z),
		"iso":  before(time.RFC3339),
		"after": func(s string) (bool, error) {
			d, err := time.ParseDuration(s)
			return !m.now.Before(m.start.Add(d)), err
		},
		"rfc3339": func(t time.Time) string { return t.UTC().Format(time.RFC3339) },
		"xml":     escapeXML,
	}
}

func escapeXML(s string) (string, error) {
	var b strings.Builder
	err := xml.EscapeText(&b, []byte(s))
	return b.String(), err
}

// cutMark is where a document that is cut in the middle ends.
const cutMark = "<!-- cut -->"

// wire is the document's bytes as they are served, before compression.
func (s *source) wire(m moment) ([]byte, error) {
	doc, err := s.render(m)
	if err != nil {
		return nil, err
	}
	doc, _, _ = strings.Cut(doc, cutMark)
	charset := s.charset
	if charset == "" {
		charset = "utf-8"
	}
	if s.declaresXML() {
		doc = fmt.Sprintf("<?xml version=\"1.0\" encoding=%q?>\n", charset) + doc
	}
	return encode(doc, charset)
}
