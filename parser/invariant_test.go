package parser

import (
	"fmt"
	"net/url"
	"strings"
	"unicode/utf8"
)

// foul says what a field holds that it must not; empty if nothing. Text is valid UTF-8 without control
// characters, in which two newlines divide blocks and only they; a link is an absolute one.
func foul(field, s string) string {
	if !utf8.ValidString(s) {
		return "invalid UTF-8"
	}
	for _, r := range s {
		if r != '\n' && (r < ' ' || r >= 0x7f && r < 0xa0) {
			return fmt.Sprintf("the control character %U", r)
		}
	}
	long := field == "summary" || field == "content"
	switch {
	case strings.TrimSpace(s) != s:
		return "white space around it"
	case long && strings.Contains(s, "\n\n\n") || long && strings.Count(s, "\n") != 2*strings.Count(s, "\n\n"):
		return "newlines that divide no blocks"
	case !long && strings.Contains(s, "\n"):
		return "a newline"
	case field == "url" && s != "":
		if u, err := url.Parse(s); err != nil || u.Scheme == "" {
			return "no absolute address"
		}
	}
	return ""
}
