package web

import (
	"net/url"
	"regexp"
	"strings"

	"dewline"
)

// language is a tag that may stand in an attribute, or nothing.
func language(s string) string {
	if languageTag.MatchString(s) {
		return s
	}
	return ""
}

var languageTag = regexp.MustCompile(`^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8}){0,4}$`)

// link is an address that a reader may follow, with the host for the eye. An
// address of any other kind is shown as text and never linked.
type link struct {
	URL  string // as written
	Host string // empty: not to be linked
}

func linkTo(s string) link {
	u, err := url.Parse(s)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" {
		return link{URL: s}
	}
	return link{URL: s, Host: strings.TrimPrefix(u.Host, "www.")}
}

// mark marks what the hits found in one field of an item. Where none of them
// stands where it says, because they were found in another version, their words
// are marked wherever they stand.
func mark(text, field string, hits []dewline.Hit) []dewline.Span {
	spans := dewline.Mark(text, field, hits)
	if len(spans) != 1 || spans[0].Marked {
		return spans
	}
	var here []dewline.Hit
	for _, h := range hits {
		if h.Field == field {
			here = append(here, h)
		}
	}
	return dewline.MarkWords(text, here)
}

// blocks cuts marked text into its paragraphs.
func blocks(text []dewline.Span) [][]dewline.Span {
	var all [][]dewline.Span
	var block []dewline.Span
	end := func() {
		if strings.TrimSpace(dewline.Plain(block)) != "" {
			all = append(all, block)
		}
		block = nil
	}
	for _, s := range text {
		for i, part := range strings.Split(s.Text, "\n\n") {
			if i > 0 {
				end()
			}
			if part != "" {
				block = append(block, dewline.Span{Text: part, Marked: s.Marked})
			}
		}
	}
	end()
	return all
}
