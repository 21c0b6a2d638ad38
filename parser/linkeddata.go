package parser

import (
	"encoding/json"
	"html"
	"slices"
	"strings"
)

const (
	maxLinkedData = 1 << 20
	maxLinkedDeep = 16
)

// linkedData reads what a page says of itself in JSON-LD (schema.org): body, date
// of publication, authors. What is no JSON is left out.
func (p *webPage) linkedData(script string) {
	var doc any
	if len(script) > maxLinkedData || json.Unmarshal([]byte(script), &doc) != nil {
		return
	}
	p.linked(doc, maxLinkedDeep)
}

func (p *webPage) linked(v any, deep int) {
	if deep == 0 {
		return
	}
	switch v := v.(type) {
	case []any:
		for _, x := range v {
			p.linked(x, deep-1)
		}
	case map[string]any:
		if isArticle(v["@type"]) {
			p.linkedArticle(v)
		}
		p.linked(v["@graph"], deep-1)
		p.linked(v["mainEntity"], deep-1)
	}
}

func isArticle(kind any) bool {
	switch kind := kind.(type) {
	case string:
		return strings.HasSuffix(kind, "Article") || strings.HasSuffix(kind, "Posting") || kind == "Report"
	case []any:
		return slices.ContainsFunc(kind, isArticle)
	}
	return false
}

func (p *webPage) linkedArticle(v map[string]any) {
	if s, ok := v["articleBody"].(string); ok {
		if !hasElement(s) { // lines are its paragraphs
			s = "<p>" + strings.ReplaceAll(html.EscapeString(html.UnescapeString(s)), "\n", "</p><p>") + "</p>"
		}
		p.bodies = append(p.bodies, s)
	}
	if s, ok := v["datePublished"].(string); ok {
		p.dates = append([]string{s}, p.dates...)
	}
	if s, ok := v["headline"].(string); ok {
		p.call(byHeadline, s)
	}
	p.linkedAuthors(v["author"])
}

func (p *webPage) linkedAuthors(v any) {
	switch v := v.(type) {
	case string:
		p.authors = append(p.authors, v)
	case []any:
		for _, x := range v {
			if _, again := x.([]any); !again {
				p.linkedAuthors(x)
			}
		}
	case map[string]any:
		if name, ok := v["name"].(string); ok {
			p.authors = append(p.authors, name)
		}
	}
}
