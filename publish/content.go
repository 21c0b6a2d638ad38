package publish

import (
	"html"
	"slices"
	"strings"
	"unicode/utf8"

	"dewline"
)

// excerptHTML says why an item is there: for each rule the snippet with the
// words marked, and which terms were found where.
func excerptHTML(all []why) string {
	var b strings.Builder
	for i, y := range all {
		// Two rules that look for much the same find the same passage.
		shown := slices.ContainsFunc(all[:i], func(o why) bool { return slices.Equal(o.snippet, y.snippet) })
		if len(y.snippet) > 0 && !shown {
			b.WriteString(`<p dir="auto">`)
			for _, s := range y.snippet {
				if s.Marked {
					b.WriteString("<mark>" + html.EscapeString(s.Text) + "</mark>")
				} else {
					b.WriteString(html.EscapeString(s.Text))
				}
			}
			b.WriteString("</p>")
		}
		b.WriteString(`<p><small><bdi>` + html.EscapeString(y.rule.Title) + `</bdi>`)
		for i, t := range termsFound(y.hits) {
			b.WriteString([]string{": ", "; "}[min(i, 1)])
			b.WriteString(`<bdi>` + html.EscapeString(t.Term) + `</bdi> in the ` + html.EscapeString(t.Field))
			if t.Text != t.Term {
				b.WriteString(` (<bdi>` + html.EscapeString(t.Text) + `</bdi>)`)
			}
		}
		b.WriteString("</small></p>")
	}
	return b.String()
}

// termsFound are the hits that say something new: each term once in each field.
func termsFound(hits []dewline.Hit) []dewline.Hit {
	var out []dewline.Hit
	seen := make(map[[2]string]bool)
	for _, h := range hits {
		if at := [2]string{h.Term, h.Field}; !seen[at] {
			seen[at] = true
			h.Text = line(h.Text)
			out = append(out, h)
		}
	}
	return out
}

// maxArticle is how many bytes of an article an entry has: more than twice the
// longest of 5,500 real items (105 kB). A page has a hundred entries, and one must
// not make it useless for the other ninety-nine.
const maxArticle = 256 << 10

// articleHTML is the item's text: as served, made safe, or as paragraphs.
func articleHTML(it *dewline.Item, lang, page string) string {
	body := ""
	if len(it.HTML) <= maxArticle {
		body = clean(it.HTML.Sanitise())
	}
	if strings.TrimSpace(body) == "" {
		text := it.Content
		if strings.TrimSpace(text) == "" {
			text = it.Summary
		}
		body = paragraphs(text, page)
	}
	if body == "" {
		return ""
	}
	if lang != "" {
		return `<hr><div dir="auto" lang="` + lang + `">` + body + `</div>`
	}
	return `<hr><div dir="auto">` + body + `</div>`
}

// paragraphs is plain text as HTML; of a text that is too long its beginning.
func paragraphs(text, page string) string {
	rest := ""
	if len(text) > maxArticle {
		text = strings.ToValidUTF8(text, "\uFFFD")
		end := min(maxArticle, len(text))
		for end > 0 && end < len(text) && !utf8.RuneStart(text[end]) {
			end--
		}
		text = text[:end] + " …"
		rest = `<p><a href="` + html.EscapeString(page) + `">The whole text</a></p>`
	}
	var b strings.Builder
	for block := range strings.SplitSeq(clean(text), "\n\n") {
		if block = strings.TrimSpace(block); block != "" {
			b.WriteString(`<p dir="auto">` + strings.ReplaceAll(html.EscapeString(block), "\n", "<br>") + "</p>")
		}
	}
	return b.String() + rest
}
