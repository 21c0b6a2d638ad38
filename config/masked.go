package config

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// A fault is shown with its line, and a line may hold a secret: one that was read as such, or one that only looks so,
// in a file that could not be read.

// hide keeps a secret from being printed with its line, unless it is written as
// ${VARIABLE}.
func (d *decoder) hide(s scalar) {
	if !s.set || strings.Contains(s.written, "${") {
		return
	}
	doc := d.of(s.place)
	if doc.hidden == nil {
		doc.hidden = map[int][2]int{}
	}
	end := doc.inside(s, len(s.written))
	for line := s.line; line <= end.line; line++ {
		from, to := 1, doc.lengths[line-1]+1
		if line == s.line {
			from = s.column
		}
		if line == end.line && end.column > from {
			to = end.column
		}
		doc.hidden[line] = [2]int{from, to}
	}
}

// shown is a line without the secrets that were read from it, as long as before.
func (d *document) shown(n int) string {
	line := []rune(d.line(n))
	if at, ok := d.hidden[n]; ok {
		for i := max(at[0], 1) - 1; i < min(at[1]-1, len(line)); i++ {
			line[i] = '*'
		}
	}
	return string(line)
}

// secretText finds what must not be printed in a line of the file: the second
// group of each.
var secretText = []*regexp.Regexp{
	regexp.MustCompile(`(?i)(\bproxy["']?\s*:\s*)(.*@)`),
	regexp.MustCompile(`(?i)((?:password|secret|token|authorization|key|cookie)["']?\s*:\s*)("(?:[^"\\]|\\.)*"?|'(?:[^']|'')*'?|[^,}\s]+(?: [^,}]*)?)`),
	regexp.MustCompile(`(://)([^/\s@"']*)@`),
	// The address of a service holds tokens anywhere; a test of cmd/dewline has a token for each service that notify knows.
	regexp.MustCompile(`(?i)(\b(?:bark|discord|generic|googlechat|gotify|hangouts|ifttt|join|lark|matrix|mattermost|notifiarr|ntfy|opsgenie|pagerduty|` +
		`pushbullet|pushover|rocketchat|signal|slack|teams|telegram|wecom|zulip)(?:\+https?)?://)([^\s"']+)`),
}

// masked is the line without its secrets, as long as before.
func masked(line string) string {
	for _, m := range secretText {
		var b strings.Builder
		end := 0
		for _, at := range m.FindAllStringSubmatchIndex(line, -1) {
			hidden := line[at[4]:at[5]]
			b.WriteString(line[end:at[4]])
			if strings.Contains(hidden, "${") {
				b.WriteString(hidden)
			} else {
				b.WriteString(strings.Repeat("*", utf8.RuneCountInString(hidden)))
			}
			end = at[5]
		}
		line = b.String() + line[end:]
	}
	return line
}
