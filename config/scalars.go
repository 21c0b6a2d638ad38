package config

import (
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
)

// required reports a key that is missing or empty. at is where its section
// begins.
func (l *loader) required(s text, at place, what, hint string) bool {
	switch {
	case s.failed:
		return false
	case !s.set:
		l.report(at, 1, what+" has no `"+s.key+":`", hint)
	case strings.TrimSpace(s.value) == "":
		l.wrong(s.scalar, "`"+s.key+":` is empty", hint)
	default:
		return true
	}
	return false
}

// duration reads a duration above 0 and up to most.
func (l *loader) duration(s amount, most time.Duration) time.Duration {
	if s.failed {
		return 0
	}
	d, err := ParseDuration(s.value)
	switch {
	case err != nil:
		l.wrong(s.scalar, err.Error(), "")
	case d <= 0 || d > most:
		l.wrong(s.scalar, fmt.Sprintf("`%s:` must be more than 0s and at most %s", s.key, shortDuration(most)), "")
	}
	return d
}

func shortDuration(d time.Duration) string {
	return strings.TrimSuffix(strings.TrimSuffix(d.String(), "0s"), "0m")
}

// bytes reads a size from 1 up to most.
func (l *loader) bytes(s amount, most int64) int64 {
	if s.failed {
		return 0
	}
	n, err := parseSize(s.value)
	switch {
	case err != nil:
		l.wrong(s.scalar, err.Error(), "")
	case n < 1 || n > most:
		l.wrong(s.scalar, fmt.Sprintf("`%s:` must be more than 0 and at most %dMiB", s.key, most>>20), "")
	}
	return n
}

// number reads a whole number between least and most.
func (l *loader) number(s number, least, most int) int {
	if s.failed {
		return 0
	}
	n, err := strconv.ParseInt(strings.ReplaceAll(s.value, "_", ""), 0, 64)
	if err != nil || n < int64(least) || n > int64(most) {
		l.wrong(s.scalar, fmt.Sprintf("`%s:` must be a whole number from %d to %d", s.key, least, most), "")
		return least
	}
	return int(n)
}

// flag reads true or false. A variable may stand for them, so they are text here.
func (l *loader) flag(s flag) bool {
	if !s.failed && !strings.EqualFold(s.value, "true") && !strings.EqualFold(s.value, "false") {
		l.wrong(s.scalar, fmt.Sprintf("`%s:` must be true or false", s.key), "")
	}
	return strings.EqualFold(s.value, "true")
}

// oneOf reads a word of a list.
func (l *loader) oneOf(s text, allowed ...string) string {
	if !s.failed && !slices.Contains(allowed, s.value) {
		l.wrong(s.scalar, fmt.Sprintf("`%s:` cannot be %q", s.key, s.value), didYouMean(s.value, allowed, ""))
	}
	return s.value
}

// address reads an http or https URL.
func (l *loader) address(s text) *url.URL {
	u, err := url.Parse(s.value)
	hint := "write a whole address, such as https://example.org/feed"
	switch {
	case err != nil || strings.ContainsFunc(s.value, unicode.IsSpace):
		l.wrong(s.scalar, fmt.Sprintf("`%s:` is not an address", s.key), hint)
		return nil
	case u.Scheme != "http" && u.Scheme != "https":
		l.wrong(s.scalar, fmt.Sprintf("`%s:` must begin with http:// or https://", s.key), hint)
		return nil
	case u.Hostname() == "":
		l.wrong(s.scalar, fmt.Sprintf("`%s:` names no host", s.key), hint)
		return nil
	}
	if port := u.Port(); port != "" {
		if n, err := strconv.Atoi(port); err != nil || n < 1 || n > 65535 {
			l.wrong(s.scalar, fmt.Sprintf("`%s:` has a port that does not exist", s.key), "a port is 1 to 65535")
			return nil
		}
	}
	return u
}

// name reads a name that people and other keys will use.
func (l *loader) name(s text) bool {
	const longest = 200
	fault := ""
	switch {
	case strings.TrimSpace(s.value) != s.value:
		fault = "begins or ends with a space"
	case strings.ContainsFunc(s.value, func(r rune) bool { return !unicode.IsPrint(r) }):
		fault = "holds a line break or another character that cannot be seen"
	case len([]rune(s.value)) > longest:
		fault = fmt.Sprintf("is longer than %d characters", longest)
	}
	if fault != "" {
		l.wrong(s.scalar, "this name "+fault, "")
	}
	return fault == ""
}
