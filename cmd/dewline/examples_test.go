package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// example is the configuration that stands below a heading of docs/sources.md,
// with other addresses in place of those there: old, new, old, new.
func example(t testing.TB, heading string, addresses ...string) string {
	t.Helper()
	page, err := os.ReadFile(filepath.Join("..", "..", "docs", "sources.md"))
	if err != nil {
		t.Fatal(err)
	}
	_, section, found := strings.Cut(string(page), "\n### "+heading+"\n")
	section, _, _ = strings.Cut(section, "\n### ")
	_, yaml, fenced := strings.Cut(section, "\n```yaml\n")
	yaml, _, closed := strings.Cut(yaml, "\n```")
	if !found || !fenced || !closed {
		t.Fatalf("docs/sources.md has no example %q", heading)
	}
	for i := 0; i < len(addresses); i += 2 {
		if !strings.Contains(yaml, addresses[i]) {
			t.Fatalf("the example %q does not name %s", heading, addresses[i])
		}
		yaml = strings.ReplaceAll(yaml, addresses[i], addresses[i+1])
	}
	return yaml + "\n"
}
