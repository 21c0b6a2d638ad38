package notify

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"html/template"
	"io"
	"slices"
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
	fields  map[string]bool // that it names
}

// newForm reads a template. The error is a *dewline.SyntaxError.
func newForm(text string, isHTML bool) (*form, error) {
	const name, strict = "template", "missingkey=error"
	trees := map[string]*parse.Tree{}
	if isHTML {
		t, err := template.New(name).Funcs(htmlFuncs).Option(strict).Parse(text)
		if err != nil {
			return nil, formFault(text, err)
		}
		for _, each := range t.Templates() {
			trees[each.Name()] = each.Tree
		}
		return &form{t.Execute, mentioned(trees)}, endless(trees)
	}
	t, err := texttemplate.New(name).Funcs(textFuncs).Option(strict).Parse(text)
	if err != nil {
		return nil, formFault(text, err)
	}
	for _, each := range t.Templates() {
		trees[each.Name()] = each.Tree
	}
	return &form{t.Execute, mentioned(trees)}, endless(trees)
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

// forms are the templates of one receiver; nil where it has none of its own.
type forms struct {
	subject, body, html *form
}

// subjectOf is the headline of a telling; a template that gives nothing is none.
func (f forms) subjectOf(t *Telling, builtIn string) (string, error) {
	if !f.subject.heads(t) {
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
		t := m.telling("https://dewline.example")
		text, err := f.render(t)
		return f.tells(t) && (err != nil || !json.Valid([]byte(text)))
	})
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
