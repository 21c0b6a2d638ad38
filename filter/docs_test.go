package filter

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"dewline"

	"github.com/goccy/go-yaml"
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

// The concepts of the page's example.
func docConcepts(t *testing.T) *Concepts {
	t.Helper()
	_, rest, found := strings.Cut(readFile(t, "../docs/query-language.md"), "```yaml\nconcepts:\n")
	block, _, ends := strings.Cut(rest, "```")
	if !found || !ends {
		t.Fatal("there is no example of concepts")
	}
	var file map[string][]string
	if err := yaml.Unmarshal([]byte(block), &file); err != nil {
		t.Fatal(err)
	}
	var concepts []dewline.Concept
	for name, terms := range file {
		concepts = append(concepts, concept(name, terms...))
	}
	c, err := Define(concepts)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestDocumentedConcepts(t *testing.T) {
	c := docConcepts(t)
	for _, row := range docRows(t, "| query with concepts | text | finds |") {
		rules, err := c.Compile([]dewline.Rule{{Query: docQuery(row[0])}})
		if err != nil {
			t.Fatalf("%s: %v", row[0], err)
		}
		got := "–"
		for _, m := range rules.Match(&dewline.Item{Content: row[1]}) {
			var words []string
			for _, h := range m.Hits {
				words = append(words, h.Text)
			}
			got = strings.Join(words, " · ")
		}
		if got != row[2] {
			t.Errorf("%s in %q: found %s, documented %s", row[0], row[1], got, row[2])
		}
	}
}

func TestDocumentedWarnings(t *testing.T) {
	for _, row := range docRows(t, "| query | warning |") {
		q, err := Parse(docQuery(row[0]))
		if err != nil {
			t.Errorf("%s: %v", row[0], err)
			continue
		}
		if w := q.Warnings(); len(w) != 1 || w[0].Msg != row[1] {
			t.Errorf("%s: warned of %v, documented %s", row[0], w, row[1])
		}
	}
}

// The explanation on the page is what is printed there.
func TestDocumentedExplanation(t *testing.T) {
	_, rest, found := strings.Cut(readFile(t, "../docs/query-language.md"), "    $ echo '")
	text, rest, _ := strings.Cut(rest, "' | dewline explain '")
	query, rest, ends := strings.Cut(rest, "' -\n")
	want, _, _ := strings.Cut(rest, "\n\n")
	if !found || !ends {
		t.Fatal("there is no example")
	}
	q, err := Parse(query)
	if err != nil {
		t.Fatal(err)
	}
	got := q.Explain(&dewline.Item{Content: text + "\n"}).String()
	for line := range strings.Lines(want) {
		if line = strings.TrimSpace(line); !strings.Contains(got, line) {
			t.Errorf("not printed: %s\nbut\n%s", line, got)
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
