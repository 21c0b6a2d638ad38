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
