package notify

import (
	"encoding/json"
	"strings"
	"testing"

	"dewline"

	"github.com/google/go-cmp/cmp"
)

func changeMessage() *message {
	m := sampleMessage()
	m.event = dewline.EventChanged
	m.change = &dewline.Change{
		From: 1, To: 2, Reasons: []dewline.Reason{{Kind: dewline.ReasonKind(dewline.FactNumber), Old: "3", New: "<5>"}, {Kind: dewline.ReasonAppears, New: "THAAD"}},
		Diff: []dewline.FieldDiff{{Field: dewline.FieldSummary, Edits: []dewline.Edit{
			{Op: dewline.EditEqual, Text: "They launched "}, {Op: dewline.EditDelete, Text: "3"}, {Op: dewline.EditInsert, Text: "<5>"}, {Op: dewline.EditSkip},
		}}},
	}
	return m
}

// The hook of an edit is that of a match, and says what changed.
func TestChangedHook(t *testing.T) {
	hook := hookOf(t, changeMessage())
	var want any
	_ = json.Unmarshal([]byte(`{"from_version": 1, "to_version": 2,
		"reasons": [{"kind": "number", "old": "3", "new": "<5>"}, {"kind": "appears", "old": "", "new": "THAAD"}],
		"diff": [{"field": "summary", "edits": [{"op": "equal", "text": "They launched "}, {"op": "delete", "text": "3"},
			{"op": "insert", "text": "<5>"}, {"op": "skip", "text": ""}]}]}`), &want)
	if d := cmp.Diff(want, hook.Data["change"]); d != "" || hook.Type != "item.changed" || hook.Data["rule"] == nil || hook.Data["item"] == nil {
		t.Error(hook.Type, d)
	}
}

// Both forms of the mail show the difference, and what a source wrote is no mark-up.
func TestChangedMail(t *testing.T) {
	mail := mailOf(t, changeMessage())
	for _, want := range []string{
		"Subject: [Anti-missile issue] changed: Joint briefing", "They launched [-3-]{+<5>+}", "<ins style=\"font-weight: bold\">&lt;5&gt;</ins>",
		"<del style=\"color: #a40000\">3</del>", "appears",
	} {
		if !strings.Contains(mail, want) {
			t.Errorf("the mail has no %q:\n%s", want, mail)
		}
	}
}

// hook is what a webhook gets.
type hook struct {
	Type string
	Data map[string]any
}

func hookOf(t *testing.T, m *message) (h hook) {
	t.Helper()
	body, err := m.payload("https://watch.example.org")
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(body, &h); err != nil {
		t.Fatal(err)
	}
	return h
}

// mailOf is a mail as it is sent, with its lines joined.
func mailOf(t *testing.T, m *message) string {
	t.Helper()
	b := &mailbox{baseURL: "https://watch.example.org", domain: "example.org", from: "dewline@example.org"}
	msg, err := b.compose(m, []string{"desk@example.org"})
	if err != nil {
		t.Fatal(err)
	}
	var raw strings.Builder
	if _, err := msg.WriteTo(&raw); err != nil {
		t.Fatal(err)
	}
	return strings.NewReplacer("=\r\n", "", "=3D", "=").Replace(raw.String())
}
