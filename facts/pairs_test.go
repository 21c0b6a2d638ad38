package facts_test

import (
	"os"
	"strings"
	"testing"

	"dewline"
	"dewline/facts"
)

// pair is two versions of a statement, and what must be told of them.
type pair struct {
	line           int
	language, name string
	old, new       string
	told           bool
	want           []string // "kind old > new"; nil where told does not say what
}

func readPairs(t *testing.T) (all []pair) {
	t.Helper()
	b, err := os.ReadFile("testdata/pairs.txt")
	if err != nil {
		t.Fatal(err)
	}
	unblock := func(s string) string { return strings.ReplaceAll(strings.TrimSpace(s), " ¶ ", "\n\n") }
	line := 1
	for i, part := range strings.Split(string(b), "\n== ") {
		if i > 0 {
			head, body, _ := strings.Cut(part, "\n")
			old, fresh, ok := strings.Cut(body, "\n--\n")
			language, rest, _ := strings.Cut(head, " ")
			verdict, what, colon := strings.Cut(rest, ": ")
			if !ok || !colon || verdict != "same" && verdict != "told" {
				t.Fatalf("line %d: not a pair: %q", line, head)
			}
			p := pair{line: line, language: language, name: head, old: unblock(old), new: unblock(fresh), told: verdict == "told"}
			if p.told && strings.Contains(what, ">") {
				p.want = strings.Split(what, ", ")
			}
			all = append(all, p)
		}
		line += strings.Count(part, "\n") + 1
	}
	return all
}

func said(list []dewline.Difference) (all []string) {
	for _, d := range list {
		all = append(all, strings.Join(strings.Fields(string(d.Kind)+" "+d.Old+" > "+d.New), " "))
	}
	return all
}

// Every change of fact is told, and no cosmetic change is.
func TestPairs(t *testing.T) {
	languages, same := make(map[string]bool), 0
	all := readPairs(t)
	for _, p := range all {
		languages[p.language] = true
		got := said(facts.Differ(p.old, p.new, p.language))
		switch {
		case !p.told && len(got) > 0:
			t.Errorf("line %d: %s: told %q", p.line, p.name, got)
		case p.told && len(got) == 0:
			t.Errorf("line %d: %s: not told", p.line, p.name)
		}
		if !p.told {
			same++
		}
		for _, want := range p.want {
			if !contains(got, want) {
				t.Errorf("line %d: %s: told %q, want %q", p.line, p.name, got, want)
			}
		}
	}
	if told := len(all) - same; len(languages) < 10 || same < 30 || told < 30 {
		t.Errorf("%d languages, %d pairs of one meaning, %d of two", len(languages), same, told)
	}
}

func contains(got []string, want string) bool {
	want = strings.Replace(want, "n't", "didn't", 1) // a word is told whole
	for _, g := range got {
		if g == strings.TrimSpace(want) {
			return true
		}
	}
	return false
}
