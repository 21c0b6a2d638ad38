package parser

import (
	"net/url"
	"regexp"
	"strings"

	"golang.org/x/net/html"
)

// linkAttrs are the attributes of HTML that hold an address.
var linkAttrs = map[string]bool{
	"href": true, "src": true, "poster": true, "cite": true, "action": true, "background": true, "data": true, "longdesc": true,
	"formaction": true, "srcset": true,
}

var linkAttr = regexp.MustCompile(`(?i)[\s"'/](?:href|src|poster|cite|action|background|data|longdesc|formaction|srcset)\s*=\s*["']?\s*([^\s"'>]*)`)

// absoluteHTML makes the links in HTML absolute. HTML whose links are absolute is not copied.
func absoluteHTML(s string, base *url.URL) string {
	if base == nil || !relativeLinks(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s) + 256)
	z := html.NewTokenizer(strings.NewReader(s))
	for {
		kind := z.Next()
		raw := string(z.Raw())
		switch {
		case kind == html.ErrorToken:
			b.WriteString(raw)
			return b.String()
		case (kind == html.StartTagToken || kind == html.SelfClosingTagToken) && relativeLinks(raw):
			tok := z.Token()
			resolveAttrs(tok.Attr, base)
			b.WriteString(tok.String())
		default:
			b.WriteString(raw)
		}
		if kind == html.SelfClosingTagToken {
			z.NextIsNotRawText()
		}
	}
}

// relativeLinks reports whether there is a link that depends on a base.
func relativeLinks(s string) bool {
	for at := 0; at < len(s); {
		m := linkAttr.FindStringSubmatchIndex(s[at:])
		if m == nil {
			return false
		}
		if link := s[at+m[2] : at+m[3]]; link != "" && !hasScheme(link) {
			return true
		}
		at += m[3]
	}
	return false
}

func resolveAttrs(attrs []html.Attribute, base *url.URL) {
	for i, a := range attrs {
		switch {
		case a.Key == "srcset":
			attrs[i].Val = resolveSet(a.Val, base)
		case linkAttrs[a.Key]:
			attrs[i].Val = absolute(base, a.Val)
		}
	}
}

// resolveSet resolves the addresses of a srcset: "a.jpg 1x, b.jpg 2x".
func resolveSet(set string, base *url.URL) string {
	images := strings.Split(set, ", ")
	for i, image := range images {
		link, width, _ := strings.Cut(strings.TrimSpace(image), " ")
		images[i] = strings.TrimSpace(absolute(base, link) + " " + width)
	}
	return strings.Join(images, ", ")
}
