package notify

import (
	"encoding/json"
	"errors"
	"testing"
	"time"

	"dewline"
)

// A template that was written for items hides neither what a summary holds nor why a source fails.
func TestATemplateIsNotAskedForWhatItSaysNothingOf(t *testing.T) {
	for _, c := range []struct {
		text                string
		summary, feed, item bool
	}{
		{"{{.Rule.Name}}: {{.Item.Title}} ({{.Feed.Name}})", false, false, true},
		{"{{.Title}} {{.Link}}", false, true, true},
		{"{{with .Health.Detail}}{{.}}{{end}}{{.Item.Title}}", false, true, true},
		{"{{range .Alerts}}{{.Item.Title}}{{end}}{{.Item.Title}}", true, false, true},
		{"{{if .Rule.Name}}{{.Item.Title}}{{else}}{{len (slice .Alerts 0)}}{{$.Health.State}}{{end}}", true, true, true},
		{"{{json .}}", true, true, true},
		{"{{range .Terms}}{{.}}{{end}}", false, false, true},
		{`{{define "x"}}{{(index .Alerts 0).Title}}{{end}}{{template "x" .}}`, true, false, true},
	} {
		f, err := newForm(c.text, false)
		if err != nil {
			t.Fatalf("%s: %v", c.text, err)
		}
		for _, m := range samples() {
			want := c.item
			switch {
			case m.summary != nil:
				want = c.summary
			case m.feed != nil || m.peer != nil:
				want = c.feed
			}
			if got := f.tells(m.telling("https://watch.example.org")); got != want {
				t.Errorf("%s tells %s: %t, want %t", c.text, m.event, got, want)
			}
		}
	}
}

func TestWhatATemplateSaysNothingOfGoesAsBuiltIn(t *testing.T) {
	own := dewline.Template{Subject: "{{.Rule.Name}}: {{.Item.Title}}", Body: "{{.Item.Title}}", HTML: "<p>{{.Item.Title}}</p>"}
	forms, err := newForms(own)
	if err != nil {
		t.Fatal(err)
	}
	box := newMail(dewline.Email{To: []string{"desk@example.org"}, From: "dewline@example.org"}, dewline.SMTP{}, "https://watch.example.org")
	usual, mine := box, newMail(dewline.Email{To: box.to, From: box.from}, dewline.SMTP{}, box.baseURL).with(forms)
	for _, m := range samples() {
		m.at = time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC)
		ofItem := m.summary == nil && m.feed == nil && m.peer == nil
		body, isOwn, err := m.body(box.baseURL, forms.body)
		if err != nil || isOwn != ofItem || !isOwn && !json.Valid(body) {
			t.Errorf("the hook of %s: own %t, %s, %v", m.event, isOwn, body, err)
		}
		if ofItem {
			continue
		}
		a, err := usual.compose(m, box.to)
		if err != nil {
			t.Fatal(err)
		}
		b, err := mine.compose(m, box.to)
		if err != nil {
			t.Fatal(err)
		}
		for i, part := range a.GetParts() {
			x, errA := part.GetContent()
			y, errB := b.GetParts()[i].GetContent()
			if err := errors.Join(errA, errB); err != nil || len(x) == 0 || string(x) != string(y) {
				t.Errorf("%s is told as\n%s\nwant\n%s (%v)", m.event, y, x, err)
			}
		}
		if x, y := a.GetGenHeader("Subject"), b.GetGenHeader("Subject"); x[0] != y[0] {
			t.Errorf("%s has the subject %q, want %q", m.event, y, x)
		}
	}
}
