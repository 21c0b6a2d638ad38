package parser

import (
	"net/url"
	"strings"

	"golang.org/x/net/html"
)

// linkAttrs are the attributes of HTML that hold an address.
var linkAttrs = map[string]bool{
	"href": true, "src": true, "poster": true, "cite": true, "action": true, "background": true, "data": true, "longdesc": true,
	"formaction": true, "srcset": true,
}

// maxGrowth is how many times as long HTML may become by making its links absolute, beside
// 16 kB. What stands behind that keeps its links as they are.
const maxGrowth = 8

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
		case (kind == html.StartTagToken || kind == html.SelfClosingTagToken) && b.Len() <= maxGrowth*len(s)+16<<10 && relativeLinks(raw):
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

// maxScheme is more than the longest scheme of an address.
const maxScheme = 64

// relativeLinks reports whether there is an attribute whose link depends on a base. It may take
// text for an attribute; then the work is in vain and the result is the same.
func relativeLinks(s string) bool {
	for at := 0; ; {
		i := strings.IndexByte(s[at:], '=')
		if i < 0 {
			return false
		}
		name, value := s[:at+i], s[at+i+1:]
		at += i + 1
		if !linkAttrs[lastWord(name)] {
			continue
		}
		value = strings.TrimLeft(value, " \t\r\n\"'")
		value = value[:min(len(value), maxScheme)] // enough to tell, and a bound to the work
		if end := strings.IndexAny(value, " \t\r\n\"'>"); end >= 0 {
			value = value[:end]
		}
		if value != "" && !hasScheme(value) {
			return true
		}
	}
}

// lastWord is the word of letters that s ends with, in lower case; empty if it is longer than
// any attribute that holds a link.
func lastWord(s string) string {
	s = strings.TrimRight(s, " \t\r\n")
	start := len(s)
	for start > 0 && 'a' <= s[start-1]|0x20 && s[start-1]|0x20 <= 'z' {
		if start--; len(s)-start > len("formaction") {
			return ""
		}
	}
	return strings.ToLower(s[start:])
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
