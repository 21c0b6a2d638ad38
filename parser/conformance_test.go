package parser

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"dewline"
)

// expectation is what a conformance document of Python's feedparser must yield, as far as it was
// written down as a value at a path.
type expectation struct {
	File    string            `json:"file"`
	Headers map[string]string `json:"headers"`
	Checks  []struct {
		Path  []any `json:"path"`
		Value any   `json:"value"`
	} `json:"checks"`
}

// minConformance is the part of the checks on fields that an item has which must hold. The
// rest are odd forms that this parser reads otherwise or not at all.
const minConformance = 0.93

// Every conformance document must end in a status that fits a document, and most of the
// values that an item can hold must be as expected. Mark-up is compared as text.
func TestConformanceDocuments(t *testing.T) {
	dir := sharedData(t, "feedparser-tests")
	held, checked := 0, 0
	statuses := map[dewline.Status]int{}
	for _, e := range expectations(t, dir) {
		body, err := os.ReadFile(filepath.Join(dir, e.File))
		if err != nil {
			t.Fatal(err)
		}
		p := Parse(dewline.Document{Body: body, ContentType: header(e, "content-type"), URL: "http://127.0.0.1:8097/" + e.File})
		checkParsed(t, e.File, p)
		statuses[p.Status]++
		for _, c := range e.Checks {
			want, isText := c.Value.(string)
			got, ours := lookUp(p, c.Path)
			if !ours || !isText {
				continue
			}
			checked++
			if agree(got, want) {
				held++
			} else {
				t.Logf("%s: %v is %q, want %q; status %s", e.File, c.Path, got, want, p.Status)
			}
		}
	}
	part := float64(held) / float64(checked)
	t.Logf("%d of %d checks (%.1f %%) hold; statuses %v", held, checked, 100*part, statuses)
	if part < minConformance {
		t.Errorf("less than %.0f %% hold", 100*minConformance)
	}
}

func expectations(t *testing.T, dir string) []expectation {
	t.Helper()
	f, err := os.Open(filepath.Join(dir, "expectations.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var all []expectation
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<24)
	for lines.Scan() {
		var e expectation
		if err := json.Unmarshal(lines.Bytes(), &e); err != nil {
			t.Fatal(err)
		}
		all = append(all, e)
	}
	if err := lines.Err(); err != nil || len(all) == 0 {
		t.Fatalf("%d expectations read: %v", len(all), err)
	}
	return all
}

func header(e expectation, name string) string {
	for k, v := range e.Headers {
		if strings.EqualFold(k, name) {
			return v
		}
	}
	return "application/xml"
}

// lookUp finds the values that stand for a path of feedparser's result; ours is false for a path
// that no item or feed of this program has.
func lookUp(p dewline.Parsed, path []any) (got []string, ours bool) {
	name := strings.TrimSuffix(strings.ReplaceAll(fmt.Sprint(path...), " ", "."), "_detailvalue")
	switch name {
	case "feedtitle":
		return []string{p.Title}, true
	case "feedlink":
		return []string{p.Link}, true
	case "feedlanguage":
		return []string{p.Language}, true
	}
	if len(path) < 3 || path[0] != "entries" {
		return nil, false
	}
	n, _ := path[1].(float64)
	if int(n) >= len(p.Entries) {
		return nil, slices.Contains([]any{"title", "description", "summary", "content", "link", "id"}, path[2])
	}
	it := p.Entries[int(n)].Make()
	last := path[len(path)-1]
	switch path[2] {
	case "title":
		return []string{it.Title}, true
	case "title_detail":
		return []string{it.Title}, last == "value"
	case "description", "summary":
		return []string{it.Summary, it.Content}, true
	case "summary_detail", "content":
		return []string{it.Content, it.Summary}, last == "value"
	case "link":
		return []string{it.URL}, true
	case "id", "guid":
		return []string{it.GUID, it.URL}, true
	case "author":
		return it.Authors, true
	case "author_detail":
		return it.Authors, last == "name"
	case "tags":
		return it.Categories, last == "term" || last == "label"
	case "category":
		return it.Categories, true
	case "language":
		return []string{it.Language}, true
	}
	return nil, false
}

// agree reports whether one of the values is the wanted one, without its mark-up; of
// "a (b@c)" the name is enough.
func agree(got []string, want string) bool {
	want = evenTitle(want)
	return slices.ContainsFunc(got, func(s string) bool {
		s = evenTitle(s)
		return s == want || evenLink(s) == evenLink(want) || strings.HasPrefix(want, s+"(") && strings.HasSuffix(want, ")")
	}) || want == "" && len(got) == 0
}
