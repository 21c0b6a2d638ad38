package notify

import (
	"strings"
	"testing"
	"time"

	"dewline"

	"github.com/google/go-cmp/cmp"
)

func removalMessage() *message {
	m := sampleMessage()
	m.event = dewline.EventRemoved
	m.removal = &dewline.Removal{
		Present: time.Date(2026, 11, 24, 14, 5, 0, 0, time.UTC), Absent: time.Date(2026, 11, 24, 14, 35, 0, 0, time.UTC), Checks: 4, Answer: "404 Not Found",
	}
	return m
}

// The hook of a removal is that of a match, and says between what it lies.
func TestRemovedHook(t *testing.T) {
	hook := hookOf(t, removalMessage())
	want := map[string]any{"present": "2026-11-24T14:05:00Z", "absent": "2026-11-24T14:35:00Z", "checks": 4.0, "answer": "404 Not Found"}
	if d := cmp.Diff(any(want), hook.Data["removal"]); d != "" || hook.Type != "item.removed" || hook.Data["rule"] == nil || hook.Data["item"] == nil {
		t.Error(hook.Type, d)
	}
}

// The mail says so in both of its forms.
func TestRemovedMail(t *testing.T) {
	mail := mailOf(t, removalMessage())
	says := "The page is gone: present 2026-11-24 14:05 UTC, absent 2026-11-24 14:35 UTC; 4 checks found it gone: 404 Not Found."
	if !strings.Contains(mail, "Subject: [Anti-missile issue] removed: Joint briefing") || strings.Count(mail, says) != 2 {
		t.Errorf("%s", mail)
	}
}
