package notify

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"dewline"
)

func TestExec(t *testing.T) {
	out := filepath.Join(t.TempDir(), "out")
	p := &program{baseURL: "http://x", exec: dewline.Exec{
		Command: []string{"/bin/sh", "-c", `cat > "$0"; echo "$DEWLINE_DELIVERY $DEWLINE_EVENT"`, out}, Timeout: 10 * time.Second,
	}}
	answer, err := p.send(t.Context(), sampleMessage())
	if err != nil || answer != "exit status 0: 01020300000000000000000000000000 item.matched" {
		t.Fatal(answer, err)
	}
	b, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	var hook map[string]any
	if err := json.Unmarshal(b, &hook); err != nil || hook["type"] != "item.matched" {
		t.Fatal(err, hook)
	}
}

func TestExecFails(t *testing.T) {
	for _, c := range []struct {
		name, script, want string
		timeout            time.Duration
	}{
		{"status", "echo no such desk >&2; exit 3", "exit status 3: no such desk", 10 * time.Second},
		{"hangs, with a child", "sleep 1000 & sleep 1000", "not done within 100ms", 100 * time.Millisecond},
		{"endless output", "yes", "not done within 100ms", 100 * time.Millisecond},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := &program{exec: dewline.Exec{Command: []string{"/bin/sh", "-c", c.script}, Timeout: c.timeout}}
			_, err := p.send(t.Context(), sampleMessage())
			if err == nil || !strings.Contains(err.Error(), c.want) || asFailure(err).final {
				t.Fatal(err)
			}
		})
	}
	p := &program{exec: dewline.Exec{Command: []string{"/no/such/program"}, Timeout: time.Second}}
	if _, err := p.send(t.Context(), sampleMessage()); err == nil {
		t.Fatal("a missing program delivered")
	}
}

// At the time limit everything ends that the program has started.
func TestExecEndsItsChildren(t *testing.T) {
	held := t.TempDir() + "/held"
	if err := syscall.Mkfifo(held, 0o600); err != nil {
		t.Fatal(err)
	}
	p := &program{exec: dewline.Exec{Command: []string{"/bin/sh", "-c", "sleep 1000 >" + held + " & wait"}, Timeout: 500 * time.Millisecond}}
	ended := make(chan error, 1)
	go func() { // until the last that holds it has ended
		_, err := os.ReadFile(held)
		ended <- err
	}()
	if _, err := p.send(t.Context(), sampleMessage()); err == nil {
		t.Fatal("it ended by itself")
	}
	if err := <-ended; err != nil {
		t.Error(err)
	}
}
