package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"html"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"dewline"
)

// The built program polls several hundred real documents in one run: nothing
// crashes, no feed is lost, nearly all yield the titles that another reader,
// Python's feedparser, reads, and each of the rest says why. What an item must
// hold in detail is tested in parser.
func TestRealFeeds(t *testing.T) {
	dir := shared(t, "feeds")
	src := httptest.NewServer(http.FileServer(http.Dir(dir)))
	defer src.Close()
	files, err := filepath.Glob(filepath.Join(dir, "*"))
	if err != nil {
		t.Fatal(err)
	}
	var feeds strings.Builder
	want := 0
	for _, f := range files {
		if name := filepath.Base(f); !strings.HasPrefix(name, "INDEX") && !strings.HasPrefix(name, "REFERENCE") {
			fmt.Fprintf(&feeds, "  - {url: %q, name: %q}\n", src.URL+"/"+name, name)
			want++
		}
	}
	cfg := configure(t, t.TempDir(), fmt.Sprintf(`
fetch: {allow_private: [127.0.0.0/8], per_site: 16}
rules: [{name: anti-missile, query: anti-missile OR missile-defence OR missile-defense OR противоракетная}]
feeds:
%s`, feeds.String()))
	polls := pollDocuments(t, doAs(t, shipped(t), "poll", "--json", "-c", cfg))
	if len(polls) != want {
		t.Fatalf("%d of %d feeds were polled", len(polls), want)
	}
	titles := exportedTitles(t, cfg)
	agree := 0
	for name, ref := range titlesOf(t, filepath.Join(dir, "REFERENCE.feedparser.jsonl")) {
		got := polls[name]
		if !got.Poll.Status.Read() {
			t.Errorf("%s is lost: %s: %s", name, got.Poll.Status, got.Poll.Detail)
		}
		if sum := got.Poll.New + got.Poll.Changed + got.Poll.Seen + sumOf(got.Poll.Rejected); sum != got.Poll.Entries {
			t.Errorf("%s: the sums do not balance: %+v", name, got.Poll)
		}
		missing := missingTitles(ref, titles[name])
		if missing == "" {
			agree++
			continue
		}
		if got.Poll.Status == "ok" && len(got.Poll.Rejected) == 0 {
			t.Logf("%s: without a reason in its state, %q is missing", name, missing)
		}
	}
	t.Logf("%d of %d real feeds yield every title of the reference", agree, want)
	if float64(agree) < 0.95*float64(want) {
		t.Error("less than 95 %")
	}
	states := do(t, "feeds", "list", "--json", "-c", cfg)
	if n := strings.Count(states, "\n"); n != want {
		t.Errorf("%d of %d feeds have a state", n, want)
	}
}

func pollDocuments(t *testing.T, lines string) map[string]pollDocument {
	t.Helper()
	all := make(map[string]pollDocument)
	dec := json.NewDecoder(strings.NewReader(lines))
	for dec.More() {
		var doc pollDocument
		if err := dec.Decode(&doc); err != nil {
			t.Fatal(err)
		}
		all[doc.Poll.Feed] = doc
	}
	return all
}

func sumOf(rejected map[dewline.Rejection]int) (sum int) {
	for _, n := range rejected {
		sum += n
	}
	return sum
}

// titlesOf are the titles that the reference reads of each document. It knows no
// JSON Feed, of which it reads none.
func titlesOf(t *testing.T, path string) map[string][]string {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	all := make(map[string][]string)
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<26)
	for lines.Scan() {
		var ref struct {
			File    string
			Entries []struct{ Title string }
		}
		if err := json.Unmarshal(lines.Bytes(), &ref); err != nil {
			t.Fatal(err)
		}
		all[ref.File] = nil
		for _, e := range ref.Entries {
			all[ref.File] = append(all[ref.File], e.Title)
		}
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
	return all
}

// exportedTitles are the titles of each feed's items. Feeds of one publisher share
// items (here all are of one host, and several are one document in several encodings):
// those stand under each of them.
func exportedTitles(t *testing.T, cfg string) map[string]map[string]bool {
	t.Helper()
	all := make(map[string]map[string]bool)
	for line := range strings.Lines(do(t, "export", "-c", cfg)) {
		var doc dewline.ItemDocument
		if err := json.Unmarshal([]byte(line), &doc); err != nil {
			t.Fatal(err)
		}
		if all[doc.Feed.Name] == nil {
			all[doc.Feed.Name] = make(map[string]bool)
		}
		all[doc.Feed.Name][even(doc.Title)] = true
	}
	return all
}

// missingTitles is a title of the reference that was not read.
func missingTitles(ref []string, have map[string]bool) string {
	for _, title := range ref {
		if title = even(title); title != "" && !have[title] {
			return title
		}
	}
	return ""
}

var markup = regexp.MustCompile(`<[a-zA-Z/!][^>]*>`)

// even leaves out of a title what two readers may do differently: mark-up,
// entities and white space.
func even(s string) string {
	for range 2 {
		s = html.UnescapeString(markup.ReplaceAllString(s, ""))
	}
	return strings.Join(strings.Fields(s), "")
}
