package config

import (
	"fmt"
	"path/filepath"
	"strings"
	"unicode/utf8"

	"dewline"
)

// maxTemplate bounds a template's file, in bytes.
const maxTemplate = 64 << 10

// template are the templates of a receiver that is told in this way.
func (l *loader) template(s *templateSection, way string) (t dewline.Template) {
	if s == nil || !s.set {
		return t
	}
	for _, part := range []struct {
		name       string
		here, path text
		isHTML     bool
		ways       string // those that have such a part
		to         *string
	}{
		{"subject", s.Subject, s.SubjectFile, false, "email shoutrrr", &t.Subject},
		{"body", s.Body, s.BodyFile, false, "email shoutrrr webhook exec", &t.Body},
		{"html", s.HTML, s.HTMLFile, true, "email", &t.HTML},
	} {
		from := part.here.scalar
		if part.path.set {
			from = part.path.scalar
		}
		switch {
		case !from.set:
		case way != "" && !strings.Contains(part.ways, way):
			l.wrong(from, fmt.Sprintf("`%s:` tells nothing here: %s has no %s", from.key, way, part.name), "remove it; docs/alerts.md says what can be written by a template")
		case part.here.set && part.path.set:
			l.wrong(from, fmt.Sprintf("`%s:` stands beside `%s:`", from.key, part.here.key), "remove one of them")
		case part.path.set:
			*part.to = l.templateFile(part.path, part.isHTML)
		case from.value == "":
			l.wrong(from, "`"+from.key+":` is empty", "write a template, or remove the key")
		default:
			*part.to = from.value
			if l.checks.Template != nil {
				l.blame(from, l.checks.Template(from.value, part.isHTML))
			}
		}
	}
	return t
}

// templateFile reads a template from a file of its own, in which its faults are shown.
func (l *loader) templateFile(s text, isHTML bool) string {
	path := resolve(l.of(s.place).dir, s.value)
	src, err := readRegular(path, maxTemplate)
	value := string(src)
	switch {
	case err != nil:
		l.wrong(s.scalar, fmt.Sprintf("cannot read the template in %s: %v", path, reason(err)), "a relative path is looked for beside this file")
		return ""
	case value == "" || !utf8.ValidString(value):
		l.wrong(s.scalar, "the template in "+path+" is empty or no UTF-8 text", "write a template into it")
		return ""
	case l.checks.Template == nil:
		return value
	}
	err = l.checks.Template(value, isHTML)
	faults := dewline.SyntaxFaults(err)
	if err != nil && len(faults) == 0 {
		l.wrong(s.scalar, err.Error(), "")
	}
	doc := &document{file: path, dir: filepath.Dir(path), order: l.of(s.place).order, lines: strings.Split(value, "\n")}
	for _, f := range faults {
		before := value[:min(f.Offset, len(value))]
		line := strings.Count(before, "\n")
		column := utf8.RuneCountInString(before[strings.LastIndexByte(before, '\n')+1:])
		l.report(place{line + 1, column + 1, doc}, 1, f.Msg, f.Hint)
	}
	return value
}
