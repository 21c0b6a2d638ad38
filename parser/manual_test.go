package parser

import (
	"os"
	"strings"
	"testing"

	"dewline"
)

// The administrators' page explains every state that a feed can be in, and every reason why an
// entry is no item.
func TestEveryStateIsInTheManual(t *testing.T) {
	page, err := os.ReadFile("../docs/sources.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range dewline.Statuses {
		if !strings.Contains(string(page), "\n| `"+string(s)+"` | ") {
			t.Errorf("docs/sources.md does not explain the state %q", s)
		}
	}
	for _, r := range []dewline.Rejection{dewline.RejectedBlank, dewline.RejectedDuplicate, dewline.RejectedInternal} {
		if !strings.Contains(string(page), "`"+string(r)+"` (") {
			t.Errorf("docs/sources.md does not explain the rejection %q", r)
		}
	}
}
