package notify

import (
	"encoding/json"
	"errors"
	"fmt"
	"html/template"
	"maps"
	"regexp"
	"strings"
	"time"

	"dewline"
)

// funcs are what the templates of both kinds can do beside what is built into Go.
var funcs = map[string]any{
	"date": func(layout, zone string, at any) (string, error) {
		t, ok := at.(time.Time)
		if p, isPointer := at.(*time.Time); isPointer && p != nil {
			t, ok = *p, true
		} else if isPointer || at == nil {
			return "", nil
		}
		if !ok {
			return "", fmt.Errorf("date: %T is no time", at)
		}
		if t.IsZero() {
			return "", nil
		}
		in, err := time.LoadLocation(zone)
		if err != nil {
			return "", fmt.Errorf("date: there is no time zone %q", zone)
		}
		if layout == "" {
			layout = "2 January 2006, 15:04 MST"
		}
		return t.In(in).Format(layout), nil
	},
	"truncate": func(most int, s string) string {
		if all := []rune(s); most > 0 && len(all) > most {
			return string(all[:most-1]) + "…"
		}
		return s
	},
	"join":  func(by string, list []string) string { return strings.Join(list, by) },
	"upper": strings.ToUpper,
	"lower": strings.ToLower,
	"json": func(v any) (string, error) {
		b, err := json.Marshal(v)
		return string(b), err
	},
	"printf": func(format string, args ...any) (string, error) {
		if wide.MatchString(format) {
			return "", errors.New("printf: that is too wide")
		}
		return fmt.Sprintf(format, args...), nil
	},
}

// wide is a width that could take all memory.
var wide = regexp.MustCompile(`%[^a-zA-Z%]*(?:\d{4}|\*)`)

var textFuncs = with(funcs, map[string]any{
	"mark": func(spans []dewline.Span, around ...string) (string, error) {
		before, after := "*", "*"
		switch len(around) {
		case 0:
		case 2:
			before, after = around[0], around[1]
		default:
			return "", errors.New("mark: write what stands before and behind, or nothing")
		}
		var b strings.Builder
		for _, s := range spans {
			if s.Marked {
				b.WriteString(before + s.Text + after)
			} else {
				b.WriteString(s.Text)
			}
		}
		return b.String(), nil
	},
})

var htmlFuncs = with(funcs, map[string]any{
	"mark": func(spans []dewline.Span) template.HTML {
		var b strings.Builder
		for _, s := range spans {
			if s.Marked {
				b.WriteString("<mark>" + template.HTMLEscapeString(s.Text) + "</mark>")
			} else {
				b.WriteString(template.HTMLEscapeString(s.Text))
			}
		}
		return template.HTML(b.String()) //nolint:gosec // every part is escaped
	},
})

func with(base, more map[string]any) map[string]any {
	all := maps.Clone(base)
	maps.Copy(all, more)
	return all
}
