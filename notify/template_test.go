package notify

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"reflect"
	"regexp"
	"strings"
	"testing"
	"time"

	"dewline"

	"github.com/google/go-cmp/cmp"
)

func render(t *testing.T, text string, isHTML bool, m *message) string {
	t.Helper()
	f, err := newForm(text, isHTML)
	if err != nil {
		t.Fatal(err)
	}
	out, err := f.render(m.telling("https://watch.example.org"))
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestTemplates(t *testing.T) {
	for _, c := range []struct {
		text   string
		isHTML bool
		want   string
	}{
		{"{{.Event}} {{.Rule.Name}} {{.Item.ID}} {{.Feed.Name}}", false, "item.matched anti-missile 07000000000000000000000000000000 UK MOD"},
		{`{{date "2006-01-02 15:04 MST" "Europe/Berlin" .FirstSeen}}`, false, "2026-11-23 11:00 CET"},
		{`{{date "" "UTC" .Item.Published}}|{{date "" "UTC" .Item.Updated}}`, false, "23 November 2026, 09:00 UTC|"},
		{`{{truncate 6 .Title}} {{truncate 6 "Ракета"}} {{truncate 5 "Ракета"}}`, false, "Joint… Ракета Раке…"},
		{`{{join ", " .Feed.Tags | upper}} {{lower "ПРО"}}`, false, "UK про"},
		{`{{mark .Marked}} / {{mark .Marked "[" "]"}}`, false, "Joint briefing on <*anti-missile*> issue / Joint briefing on <[anti-missile]> issue"},
		{`<p>{{mark .Marked}}</p>`, true, "<p>Joint briefing on &lt;<mark>anti-missile</mark>&gt; issue</p>"},
		{`<a href="{{.URL}}" title="{{.Title}}">`, true, `<a href="https://mod.example/1" title="Joint briefing on &lt;anti-missile&gt; issue">`},
		{`{"text": {{json .Title}}}`, false, `{"text": "Joint briefing on \u003canti-missile\u003e issue"}`},
		{`{{range .Matches}}{{.Term}} {{.Field}} {{.Start}}{{end}}`, false, "anti-missile title 19"},
		{`{{if not .Published.IsZero}}{{.Published.Year}}{{end}}`, false, "2026"},
	} {
		if err := CheckTemplate(c.text, c.isHTML); err != nil {
			t.Errorf("%s: %v", c.text, err)
			continue
		}
		if got := render(t, c.text, c.isHTML, sampleMessage()); got != c.want {
			t.Errorf("%s:\n got %s\nwant %s", c.text, got, c.want)
		}
	}
}

// A fault is found at start, where it stands, also in what only some events tell.
func TestTemplateFaults(t *testing.T) {
	for _, c := range []struct {
		text   string
		isHTML bool
		at     int
		want   string
	}{
		{"a\n{{.Titel}}", false, 4, "can't evaluate field Titel"},
		{"a\n{{.Titel}}", true, 4, "can't evaluate field Titel"},
		{"{{with .Removal}}{{.Gone}}{{end}}", false, 19, "can't evaluate field Gone in type *dewline.Removal (of item.removed)"},
		{"{{if .Changes}}{{.Health.Stat}}{{end}}", false, 24, "can't evaluate field Stat"},
		{"{{range .Diff}}{{range .Edits}}{{.Was}}{{end}}{{end}}", false, 33, "can't evaluate field Was"},
		{"a {{shout .Title}}", false, 4, `function "shout" not defined`},
		{"{{if .Title}}", false, 0, "unexpected EOF"},
		{"{{.Title", false, 0, "unclosed action"},
		{`{{date "" "Mars/Olympus" .At}}`, false, 2, "there is no time zone"},
		{`{{date "" "UTC" .Title}}`, false, 2, "string is no time"},
		{"{{range 1000000000000}}{{end}}", false, 8, "may not repeat for a number"},
		{"{{range .Feed.Tags}}{{range 9}}{{end}}{{end}}", false, 28, "may not repeat for a number"},
		{"{{define \"x\"}}{{if .Title}}{{else}}{{range 9}}{{end}}{{end}}{{end}}", false, 43, "may not repeat for a number"},
		{`{{printf "%999999999d" 1}}`, false, 2, "too wide"},
		{`{{template "x"}}`, false, 11, `"x" not defined`},
		{`{{define "x"}}{{template "x"}}{{end}}{{template "x"}}`, false, 25, "may not call itself"},
		{`{{define "x"}}{{template "y"}}{{end}}{{define "y"}}{{if .Title}}{{template "x"}}{{end}}{{end}}{{template "x"}}`, true, 25, "may not call itself"},
		{`<script>{{.Title}}`, true, -1, "ends in a non-text context"},
	} {
		err := CheckTemplate(c.text, c.isHTML)
		faults := dewline.SyntaxFaults(err)
		if len(faults) != 1 || !strings.Contains(faults[0].Msg, c.want) || c.at >= 0 && faults[0].Offset != c.at {
			t.Errorf("%s: %+v, want %q at %d", c.text, err, c.want, c.at)
			continue
		}
		if strings.Contains(c.want, "field") && !strings.Contains(faults[0].Hint, "there is ") {
			t.Errorf("%s: the fields are not listed: %q", c.text, faults[0].Hint)
		}
	}
}

// What a template gives is bounded, and its fault is a failure of the attempt that may pass.
func TestTemplateBounds(t *testing.T) {
	m := sampleMessage()
	m.match.Snippet = strings.Repeat("x", 2000)
	f, err := newForm(strings.Repeat("{{.Snippet}}", 200), false)
	if err != nil {
		t.Fatal(err)
	}
	if _, err = f.render(m.telling("")); err == nil || !strings.Contains(err.Error(), "gives more than") || asFailure(err).final {
		t.Fatal(err)
	}
	w := &bounded{until: time.Now().Add(-time.Second)}
	if _, err := w.Write([]byte("x")); err == nil {
		t.Error("time does not end it")
	}
}

// A webhook's body by a template is signed as it is sent, and called JSON where it is always that.
func TestWebhookTemplate(t *testing.T) {
	for _, c := range []struct{ template, kind, want string }{
		{`{"text": {{json .Title}}, "at": {{json .At}}}`, "application/json", `{"text": "Joint briefing on \u003canti-missile\u003e issue", "at": "2026-11-23T10:00:00Z"}`},
		{`{{.Title}}`, "text/plain; charset=utf-8", "Joint briefing on <anti-missile> issue"},
		{`{"text": "{{.Title}}"}`, "text/plain; charset=utf-8", `{"text": "Joint briefing on <anti-missile> issue"}`}, // a title with a quotation mark breaks it
	} {
		var body, kind, signature string
		s := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
			b, _ := io.ReadAll(r.Body)
			body, kind = string(b), r.Header.Get("Content-Type")
			signature = r.Header.Get("webhook-signature")
			if want := (&webhook{keys: [][]byte{[]byte("word")}}).sign(r.Header.Get("webhook-id"), r.Header.Get("webhook-timestamp"), b); signature != want {
				t.Errorf("signature %q, want %q", signature, want)
			}
		}))
		ch, err := newChannel(dewline.Receiver{Webhook: &dewline.Webhook{URL: s.URL, Secret: "word"}, Template: dewline.Template{Body: c.template}}, Options{Transport: http.DefaultTransport})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := ch.send(t.Context(), sampleMessage()); err != nil || body != c.want || kind != c.kind {
			t.Errorf("%q, %q, %v", kind, body, err)
		}
		s.Close()
	}
}

func TestExecTemplate(t *testing.T) {
	file := t.TempDir() + "/got"
	ch, err := newChannel(dewline.Receiver{
		Exec:     &dewline.Exec{Command: []string{"/bin/sh", "-c", "cat >" + file}, Timeout: 10 * time.Second},
		Template: dewline.Template{Body: "{{.Rule.Title}}\n{{.URL}}\n"},
	}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := ch.send(t.Context(), sampleMessage()); err != nil {
		t.Fatal(err)
	}
	if got, _ := os.ReadFile(file); string(got) != "Anti-missile issue\nhttps://mod.example/1\n" {
		t.Errorf("%q", got)
	}
}

// A mail's three parts are written by their templates; the subject is one line whatever the template
// gives, and what has no template is as built in.
func TestMailTemplate(t *testing.T) {
	f, err := newForms(dewline.Template{
		Subject: "{{.Rule.Title}}\r\nBcc: everybody@example.org\n{{.Title}}", Body: "Plain: {{.Title}}", HTML: "<p>{{.Title}}: {{mark .Marked}}</p>",
	})
	if err != nil {
		t.Fatal(err)
	}
	box := newMail(dewline.Email{To: []string{"desk@example.org"}, From: "dewline@example.org"}, dewline.SMTP{Host: "mail.test"}, "https://watch.example.org")
	whole := func(f forms) string {
		msg, err := box.with(f).compose(sampleMessage(), box.to)
		if err != nil {
			t.Fatal(err)
		}
		var b strings.Builder
		if _, err := msg.WriteTo(&b); err != nil {
			t.Fatal(err)
		}
		return strings.NewReplacer("=\r\n", "", "=3D", "=").Replace(b.String())
	}
	got := whole(f)
	for _, want := range []string{
		"Subject: Anti-missile issue Bcc: everybody@example.org Joint briefing on", "Plain: Joint briefing on <anti-missile> issue",
		"<p>Joint briefing on &lt;anti-missile&gt; issue: Joint briefing on &lt;<mark>anti-missile</mark>&gt; issue</p>",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is not in\n%s", want, got)
		}
	}
	if strings.Contains(got, "\nBcc:") {
		t.Error("a template wrote a header")
	}
	f.html, f.subject = nil, nil
	if got = whole(f); !strings.Contains(got, "Plain: Joint") || !strings.Contains(got, "Subject: [Anti-missile issue] Joint briefing") || !strings.Contains(got, "<!doctype html>") {
		t.Errorf("what has no template is not as built in:\n%s", got)
	}
}

// docs/alerts.md names each field of the data, and no other.
func TestTellingIsDocumented(t *testing.T) {
	src, err := os.ReadFile("../docs/alerts.md")
	if err != nil {
		t.Fatal(err)
	}
	_, table, _ := strings.Cut(string(src), "### What a template can name")
	table, _, _ = strings.Cut(table, "### ")
	documented := map[string]bool{}
	for line := range strings.Lines(table) {
		if cells := strings.Split(line, "|"); len(cells) == 4 {
			for _, m := range regexp.MustCompile("`\\.(\\w+)").FindAllStringSubmatch(cells[1], -1) {
				documented[m[1]] = true
			}
		}
	}
	want := map[string]bool{}
	for i := range reflect.TypeFor[Telling]().NumField() {
		want[reflect.TypeFor[Telling]().Field(i).Name] = true
	}
	if d := cmp.Diff(want, documented); d != "" {
		t.Errorf("Telling and docs/alerts.md differ (-struct +docs):\n%s", d)
	}
}

// The examples of templates in docs/alerts.md are valid.
func TestDocumentedTemplates(t *testing.T) {
	src, err := os.ReadFile("../docs/alerts.md")
	if err != nil {
		t.Fatal(err)
	}
	blocks := regexp.MustCompile("(?s)```gotemplate\n(.*?)```").FindAllStringSubmatch(string(src), -1)
	if len(blocks) < 2 {
		t.Fatalf("%d examples", len(blocks))
	}
	for _, b := range blocks {
		if err := CheckTemplate(b[1], strings.HasPrefix(b[1], "<")); err != nil {
			t.Errorf("%v\n%s", err, b[1])
		}
	}
}

// No template panics or runs on, and whatever is accepted tells every event.
func FuzzTemplate(f *testing.F) {
	for _, s := range []string{chatText, "{{.Title}}", "{{range .Matches}}{{.Term}}{{end}}", `{{mark .Marked "a" "b"}}`} {
		f.Add(s, false)
		f.Add(s, true)
	}
	f.Fuzz(func(t *testing.T, text string, isHTML bool) {
		if err := CheckTemplate(text, isHTML); err != nil {
			for _, fault := range dewline.SyntaxFaults(err) {
				if fault.Offset < 0 || fault.Offset > len(text) {
					t.Errorf("offset %d of %d: %v", fault.Offset, len(text), err)
				}
			}
			return
		}
		if fs, err := newForms(dewline.Template{Subject: text}); err == nil && !isHTML && fs.subject != nil {
			s, err := fs.subjectOf(sampleMessage().telling(""), "x")
			if err != nil || strings.ContainsAny(s, "\r\n") {
				t.Errorf("%q, %v", s, err)
			}
		}
	})
}

func TestTellingIsJSON(t *testing.T) {
	for _, m := range samples() {
		if _, err := json.Marshal(m.telling("")); err != nil {
			t.Error(err)
		}
	}
}
