package facts_test

import (
	"os"
	"strings"
	"testing"

	"dewline/facts"
)

// outletCopy is a statement as an outlet carried it.
type outletCopy struct {
	line      int
	language  string
	how       string
	statement string
	text      string
	fact      bool // it says something else
}

func readCopies(t *testing.T) (all []outletCopy) {
	t.Helper()
	b, err := os.ReadFile("testdata/copies.txt")
	if err != nil {
		t.Fatal(err)
	}
	language, statement, want := "", "", false
	for i, line := range strings.Split(string(b), "\n") {
		switch {
		case strings.HasPrefix(line, "#"), line == "":
		case want:
			statement, want = line, false
		case strings.HasPrefix(line, "== "):
			language, want = line[3:], true
		default:
			c := outletCopy{line: i + 1, language: language, how: line, fact: line[0] == '!'}
			c.statement, c.text = blocks(statement), blocks(edited(statement, line[2:]))
			if c.text == c.statement {
				t.Fatalf("line %d: %q changes nothing", c.line, line)
			}
			all = append(all, c)
		}
	}
	return all
}

func blocks(s string) string { return strings.ReplaceAll(s, " ¶ ", "\n\n") }

// edited is a statement as a line of the set says.
func edited(statement, how string) string {
	if s, ok := strings.CutPrefix(how, "^ "); ok {
		title, rest, _ := strings.Cut(statement, " ¶ ")
		return title + " ¶ " + s + rest
	}
	if s, ok := strings.CutPrefix(how, "+ "); ok {
		return statement + " ¶ " + s
	}
	from, to, _ := strings.Cut(how, " => ")
	return strings.ReplaceAll(statement, from, to)
}

// A copy that says something else is told, whichever of the two came first, and one
// that says the same is not.
func TestCopies(t *testing.T) {
	var facted, told, same, silent int
	languages := make(map[string]bool)
	for _, c := range readCopies(t) {
		languages[c.language] = true
		there, back := facts.Differ(c.statement, c.text, c.language), facts.Differ(c.text, c.statement, c.language)
		if c.fact {
			facted++
			if len(there) > 0 && len(back) > 0 {
				told++
			} else {
				t.Errorf("line %d: %s: not told: %q, %q", c.line, c.how, said(there), said(back))
			}
			continue
		}
		same++
		if len(there) == 0 && len(back) == 0 {
			silent++
		} else {
			t.Logf("line %d: %s: told for nothing: %q, %q", c.line, c.how, said(there), said(back))
		}
	}
	t.Logf("of %d changes of fact %d are told; of %d copies that say the same %d are silent", facted, told, same, silent)
	if 100*silent < 95*same {
		t.Errorf("only %d of %d copies that say the same are silent", silent, same)
	}
	if facted < 200 || same < 150 || len(languages) < 12 {
		t.Errorf("%d changes of fact, %d copies, %d languages", facted, same, len(languages))
	}
}
