package notify

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"html/template"
	"io"
	"maps"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	texttemplate "text/template"
	"text/template/parse"
	"time"

	"dewline"
)

const (
	// longestTelling is how many bytes a template may give.
	longestTelling = 256 << 10
	// templateTime is how long it may take.
	templateTime = 5 * time.Second
)

// form is a template, of text or of HTML.
type form struct {
	execute func(w io.Writer, data any) error
}

// newForm reads a template. The error is a *dewline.SyntaxError.
func newForm(text string, isHTML bool) (*form, error) {
	const name = "template"
	if isHTML {
		t, err := template.New(name).Funcs(htmlFuncs).Option("missingkey=error").Parse(text)
		if err != nil {
			return nil, formFault(text, err)
		}
		trees := map[string]*parse.Tree{}
		for _, each := range t.Templates() {
			trees[each.Name()] = each.Tree
		}
		return &form{t.Execute}, endless(trees)
	}
	t, err := texttemplate.New(name).Funcs(textFuncs).Option("missingkey=error").Parse(text)
	if err != nil {
		return nil, formFault(text, err)
	}
	trees := map[string]*parse.Tree{}
	for _, each := range t.Templates() {
		trees[each.Name()] = each.Tree
	}
	return &form{t.Execute}, endless(trees)
}

// render is what the template makes of a telling. The error is a *formError.
func (f *form) render(t *Telling) (string, error) {
	w := &bounded{until: time.Now().Add(templateTime)}
	if err := f.execute(w, t); err != nil {
		return "", &formError{err}
	}
	return w.b.String(), nil
}

// of is render, to be done later.
func (f *form) of(t *Telling) func() (string, error) {
	return func() (string, error) { return f.render(t) }
}

// formError is a fault of a template. The message is tried again: a reload may bring a better one.
type formError struct{ err error }

func (e *formError) Error() string { return "the receiver's template: " + oneLine(e.err.Error()) }
func (e *formError) Unwrap() error { return e.err }

// bounded is what a template writes to.
type bounded struct {
	b     bytes.Buffer
	until time.Time
}

func (w *bounded) Write(p []byte) (int, error) {
	if w.b.Len()+len(p) > longestTelling {
		return 0, fmt.Errorf("it gives more than %d bytes", longestTelling)
	}
	if time.Now().After(w.until) {
		return 0, fmt.Errorf("it takes longer than %s", templateTime)
	}
	return w.b.Write(p)
}

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
	"json": func(v any) (string, error) {
		b, err := json.Marshal(v)
		return string(b), err
	},
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
	"json": func(v any) (string, error) {
		b, err := json.Marshal(v)
		return string(b), err
	},
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

// CheckTemplate judges a template by telling samples of every event with it. The error is
// a *dewline.SyntaxError.
func CheckTemplate(text string, isHTML bool) error {
	f, err := newForm(text, isHTML)
	if err != nil {
		return err
	}
	for _, m := range samples() {
		if _, err := f.render(m.telling("https://dewline.example")); err != nil {
			fault := formFault(text, errors.Unwrap(err))
			fault.Msg += " (of " + string(m.event) + ")"
			return fault
		}
	}
	return nil
}

// where finds the place that Go names in an error of a template: its line, and perhaps
// the byte in it.
var where = regexp.MustCompile(`(?s)template: ?template:(\d+)(?::(\d+))?: (.*)$`)

// executing is what it puts before an error in a run.
var executing = regexp.MustCompile(`^executing "[^"]*" at <.*?>: `)

// formFault is an error of a template with its place.
func formFault(text string, err error) *dewline.SyntaxError {
	fault := &dewline.SyntaxError{Msg: oneLine(err.Error())}
	m := where.FindStringSubmatch(err.Error())
	if m == nil {
		return fault
	}
	fault.Msg = "the template: " + oneLine(executing.ReplaceAllString(m[3], ""))
	fault.Hint = fieldsHint(m[3])
	line, _ := strconv.Atoi(m[1])
	column, _ := strconv.Atoi(m[2])
	for n := 1; n < line; n++ {
		next := strings.IndexByte(text[fault.Offset:], '\n')
		if next < 0 {
			break
		}
		fault.Offset += next + 1
	}
	if name := named.FindStringSubmatch(m[3]); m[2] == "" && name != nil {
		rest, _, _ := strings.Cut(text[fault.Offset:], "\n")
		column = max(strings.Index(rest, name[1]), 0)
	}
	fault.Offset = min(fault.Offset+column, len(text))
	fault.End = fault.Offset
	return fault
}

// named finds what an error is about that does not say where in the line it is.
var named = regexp.MustCompile(`^(?:function|unexpected|undefined variable|template)\s"([^"]+)"`)

var noField = regexp.MustCompile(`can't evaluate field (\w+) in type (\S+)`)

// fieldsHint lists the fields where one was named that there is not.
func fieldsHint(msg string) string {
	m := noField.FindStringSubmatch(msg)
	if m == nil {
		return ""
	}
	t, ok := tellingTypes[strings.TrimPrefix(m[2], "*")]
	if !ok {
		return "docs/alerts.md lists what a template can name"
	}
	var names []string
	for i := range t.NumField() {
		names = append(names, t.Field(i).Name)
	}
	return "there is " + strings.Join(names, ", ")
}

// tellingTypes are the types that a template can look into, by their names in errors.
var tellingTypes = func() map[string]reflect.Type {
	all := map[string]reflect.Type{}
	var add func(reflect.Type)
	add = func(t reflect.Type) {
		for t.Kind() == reflect.Pointer || t.Kind() == reflect.Slice {
			t = t.Elem()
		}
		if t.Kind() != reflect.Struct || all[t.String()] != nil || t == reflect.TypeFor[time.Time]() {
			return
		}
		all[t.String()] = t
		for i := range t.NumField() {
			add(t.Field(i).Type)
		}
	}
	add(reflect.TypeFor[Telling]())
	return all
}()

// forms are the templates of one receiver; nil where it has none of its own.
type forms struct {
	subject, body, html *form
}

// subjectOf is the headline of a telling; a template that gives nothing is none.
func (f forms) subjectOf(t *Telling, builtIn string) (string, error) {
	if f.subject == nil {
		return builtIn, nil
	}
	own, err := f.subject.render(t)
	if own = headline(own); own != "" || err != nil {
		return own, err
	}
	return builtIn, nil
}

func newForms(t dewline.Template) (f forms, err error) {
	for _, part := range []struct {
		text   string
		isHTML bool
		to     **form
	}{{t.Subject, false, &f.subject}, {t.Body, false, &f.body}, {t.HTML, true, &f.html}} {
		if part.text == "" {
			continue
		}
		if *part.to, err = newForm(part.text, part.isHTML); err != nil {
			return f, err
		}
	}
	return f, nil
}

// isJSON reports whether the template gives JSON whatever it tells.
func (f *form) isJSON() bool {
	return !slices.ContainsFunc(samples(), func(m *message) bool {
		text, err := f.render(m.telling("https://dewline.example"))
		return err != nil || !json.Valid([]byte(text))
	})
}
