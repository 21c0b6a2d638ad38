package filter

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"dewline"
)

// docRows are the rows of the tables of docs/query-language.md that have this head.
func docRows(t *testing.T, head string) [][]string {
	t.Helper()
	var rows [][]string
	inside := false
	for line := range strings.Lines(readFile(t, "../docs/query-language.md")) {
		line = strings.TrimSpace(line)
		switch {
		case line == head:
			inside = true
		case !strings.HasPrefix(line, "|"):
			inside = false
		case inside && !strings.HasPrefix(line, "| ---"):
			cells := strings.Split(strings.Trim(line, "|"), " | ")
			for i := range cells {
				cells[i] = strings.TrimSpace(cells[i])
			}
			rows = append(rows, cells)
		}
	}
	if len(rows) < 5 {
		t.Fatalf("%d rows under %s", len(rows), head)
	}
	return rows
}

func docQuery(cell string) string { return strings.TrimSuffix(strings.TrimPrefix(cell, "`"), "`") }

func TestDocumentedFinds(t *testing.T) {
	for _, row := range docRows(t, "| query | text | finds |") {
		var want []string
		if row[2] != "–" {
			want = strings.Split(row[2], " · ")
		}
		if got := found(t, docQuery(row[0]), row[1]); !slices.Equal(got, want) {
			t.Errorf("%s in %q: found %q, documented %q", row[0], row[1], got, want)
		}
	}
}

func TestDocumentedFaults(t *testing.T) {
	for _, row := range docRows(t, "| query | answer |") {
		_, err := Parse(docQuery(row[0]))
		var bad *dewline.SyntaxError
		if !errors.As(err, &bad) || bad.Msg != row[1] {
			t.Errorf("%s: answered %v, documented %s", row[0], err, row[1])
		}
	}
}
