package parser

import (
	"bufio"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

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

// minConformance is the part of the checks on fields that we keep which must hold.
const minConformance = 0.97

// Every conformance document must end in a status that fits a document, and the values of the fields
// that a feed or an item of ours has must be as expected. Mark-up is compared as text.
func TestConformanceDocuments(t *testing.T) {
	dir := sharedData(t, "feedparser-tests")
	held, checked := 0, 0
	for _, e := range expectations(t, dir) {
		body, err := os.ReadFile(filepath.Join(dir, e.File))
		if err != nil {
			t.Fatal(err)
		}
		doc := dewline.Document{Body: body, ContentType: header(e, "content-type"), URL: "http://127.0.0.1:8097/" + e.File}
		p := Parse(doc)
		checkParsed(t, e.File, p)
		differs := false
		for _, c := range e.Checks {
			want, isText := wanted(c.Path, c.Value)
			got, ours := lookUp(p, doc.URL, c.Path)
			if !ours || !isText {
				continue
			}
			if checked++; agree(got, want) {
				held++
				continue
			}
			differs = true
			t.Logf("%s: %v is %q, want %q; status %s; %s", e.File, c.Path, got, want, p.Status, otherChecks[e.File])
		}
		if !reasoned(t, otherChecks, e.File, differs) && differs {
			t.Logf("%s differs without a reason", e.File)
		}
	}
	part := float64(held) / float64(checked)
	t.Logf("%d of %d checks (%.1f %%) hold", held, checked, 100*part)
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
// that no item or feed of this program has. An entry that was not read has none of its values.
func lookUp(p dewline.Parsed, address string, path []any) (got []string, ours bool) {
	if len(path) > 1 && path[0] == "feed" {
		return feedValue(p, path[1], path[len(path)-1])
	}
	if len(path) < 3 || path[0] != "entries" {
		return nil, false
	}
	var it dewline.Item
	if n, _ := path[1].(float64); int(n) < len(p.Entries) {
		it = p.Entries[int(n)].Make()
	}
	got, ours = itemValue(it, path[2], path[len(path)-1])
	if path[2] == "id" || path[2] == "guid" { // kept as served; feedparser resolves it like a link
		got = append(got, absolute(parseBase(address), it.GUID))
	}
	return got, ours
}

// feedValue is what a feed says of itself. Of a field in parts (feedparser's title_detail, tags) only
// the parts count that are text; an author is a name, or an address where there is none.
func feedValue(p dewline.Parsed, field, last any) (got []string, ours bool) {
	switch field {
	case "title":
		return []string{p.Title}, true
	case "title_detail":
		return []string{p.Title}, last == "value"
	case "link":
		return []string{p.Link}, true
	case "id", "guid":
		return []string{p.ID}, true
	case "language":
		return []string{p.Language}, true
	case "description", "subtitle", "tagline":
		return []string{p.Description}, true
	case "subtitle_detail", "tagline_detail":
		return []string{p.Description}, last == "value"
	case "author":
		return p.Authors, true
	case "author_detail", "authors":
		return p.Authors, last == "name"
	case "tags":
		return p.Categories, last == "term" || last == "label"
	case "category":
		return p.Categories, true
	case "published", "published_parsed", "created", "created_parsed", "updated", "updated_parsed":
		return dates(p.Published, p.Updated), true
	}
	return nil, false
}

func itemValue(it dewline.Item, field, last any) (got []string, ours bool) {
	switch field {
	case "title":
		return []string{it.Title}, true
	case "title_detail":
		return textOrLanguage(it, last, it.Title)
	case "description", "summary":
		return []string{it.Summary, it.Content}, true
	case "summary_detail", "content":
		return textOrLanguage(it, last, it.Content, it.Summary)
	case "link":
		return []string{it.URL}, true
	case "id", "guid":
		return []string{it.GUID, it.URL}, true
	case "author":
		return it.Authors, true
	case "author_detail", "authors":
		return it.Authors, last == "name"
	case "tags":
		return it.Categories, last == "term" || last == "label"
	case "category":
		return it.Categories, true
	case "language":
		return []string{it.Language}, true
	case "published", "published_parsed", "created", "created_parsed", "updated", "updated_parsed":
		return dates(it.Published, it.Updated), true
	}
	return nil, false
}

func textOrLanguage(it dewline.Item, last any, texts ...string) (got []string, ours bool) {
	if last == "language" {
		return []string{it.Language}, true
	}
	return texts, last == "value"
}

// dates are dates as the tests write them.
func dates(all ...time.Time) (got []string) {
	for _, t := range all {
		got = append(got, t.UTC().Format(time.RFC3339))
	}
	return got
}

// wanted is the expected value as text: dates in one form.
func wanted(path []any, value any) (want string, ok bool) {
	if parts, isTime := value.([]any); isTime && len(parts) == 9 {
		n := make([]int, len(parts))
		for i, part := range parts {
			v, _ := part.(float64)
			n[i] = int(v)
		}
		return dates(time.Date(n[0], time.Month(n[1]), n[2], n[3], n[4], n[5], 0, time.UTC))[0], true
	}
	want, ok = value.(string)
	if slices.Contains([]any{"published", "created", "updated"}, path[len(path)-1]) {
		if t, isDate := date(want); isDate {
			want = dates(t)[0]
		}
	}
	return want, ok
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
