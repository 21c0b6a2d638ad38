package parser

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"html"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"dewline"
)

// sharedData is a folder of real documents that is not part of the project; tests that
// read it skip where it is absent.
func sharedData(t *testing.T, name string) string {
	t.Helper()
	dir := os.Getenv("DEWLINE_SHARED_DATA")
	if dir == "" {
		dir = filepath.Join("..", "..", "shared", "data")
	}
	dir = filepath.Join(dir, name)
	if _, err := os.Stat(dir); err != nil {
		t.Skipf("no real documents to read: %v (DEWLINE_SHARED_DATA names their folder)", err)
	}
	return dir
}

// oracle is what another reader, Python's feedparser, read from a document. It keeps the
// number of entries, and of the entries the first ones.
type oracle struct {
	File    string  `json:"file"`
	Version string  `json:"version"`
	Count   int     `json:"n_entries"`
	Entries []entry `json:"entries"`
}

type entry struct {
	Title string `json:"title"`
	Link  string `json:"link"`
	ID    string `json:"id"`
	Text  string `json:"summary"`

	Published string `json:"published_utc"`
	Updated   string `json:"updated_utc"`
	Author    string `json:"author"`
}

// minAgreement is the part of the real documents that must yield the items of the reference.
const minAgreement = 0.98

// Real documents must yield what the reference read: as many items, and in the same order
// the same titles and links. For the JSON feeds, which the reference's reader does not know, a
// plain reading of the JSON takes its place. A document of which less is read must say so in
// its status.
func TestRealDocuments(t *testing.T) {
	dir := sharedData(t, "feeds")
	agree, total := 0, 0
	for _, ref := range references(t, dir) {
		body, err := os.ReadFile(filepath.Join(dir, ref.File))
		if err != nil {
			t.Fatal(err)
		}
		total++
		p := Parse(document(ref.File, body))
		checkParsed(t, ref.File, p)
		if !p.Status.Read() {
			t.Errorf("%s: a feed was lost: %s: %s", ref.File, p.Status, p.Detail)
		}
		reason := disagreement(ref, p)
		if !reasoned(t, otherDocuments, ref.File, reason != "") && reason != "" {
			t.Logf("%s (%s): %s; status %s: %s", ref.File, ref.Version, reason, p.Status, p.Detail)
			continue
		}
		agree++
	}
	part := float64(agree) / float64(total)
	t.Logf("%d of %d real documents (%.1f %%) yield the items of the reference", agree, total, 100*part)
	if part < minAgreement {
		t.Errorf("less than %.0f %% agree", 100*minAgreement)
	}
}

// document is a body as a server might serve it that gets the type right and says nothing of
// the charset.
func document(name string, body []byte) dewline.Document {
	kind := "application/xml"
	switch filepath.Ext(name) {
	case ".json":
		kind = "application/feed+json"
	case ".rss":
		kind = "application/rss+xml"
	case ".atom":
		kind = "application/atom+xml"
	}
	return dewline.Document{Body: body, ContentType: kind, URL: "https://feeds.example/dir/feed", Feed: dewline.Feed{Name: name}}
}

func references(t *testing.T, dir string) []oracle {
	t.Helper()
	f, err := os.Open(filepath.Join(dir, "REFERENCE.feedparser.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var refs []oracle
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<26)
	for lines.Scan() {
		var ref oracle
		if err := json.Unmarshal(lines.Bytes(), &ref); err != nil {
			t.Fatal(err)
		}
		if filepath.Ext(ref.File) == ".json" {
			ref = jsonReference(t, dir, ref.File)
		}
		refs = append(refs, ref)
	}
	if err := lines.Err(); err != nil || len(refs) == 0 {
		t.Fatalf("%d references read: %v", len(refs), err)
	}
	return refs
}

// jsonReference reads a JSON Feed without any tolerance.
func jsonReference(t *testing.T, dir, file string) oracle {
	t.Helper()
	body, err := os.ReadFile(filepath.Join(dir, file))
	if err != nil {
		t.Fatal(err)
	}
	var feed struct {
		Items []struct {
			Title, URL, ID string
		}
	}
	if err := json.Unmarshal(body, &feed); err != nil {
		t.Fatalf("%s: %v", file, err)
	}
	ref := oracle{File: file, Version: "json", Count: len(feed.Items)}
	for _, item := range feed.Items {
		ref.Entries = append(ref.Entries, entry{Title: item.Title, Link: item.URL, ID: item.ID})
	}
	return ref
}

// disagreement says where the items differ from the reference; empty if nowhere.
func disagreement(ref oracle, p dewline.Parsed) string {
	want := ref.entries(strings.Contains(p.Charset, "twice"))
	n := ref.Count - len(ref.Entries) + len(want)
	if halfEntry(p, n) {
		n--
		want = want[:min(len(want), n)]
	}
	if got := entries(p) - p.Rejected[dewline.RejectedBlank]; got != n {
		return fmt.Sprintf("%d entries, the reference has %d", got, n)
	}
	if p.Rejected[dewline.RejectedDuplicate] > 0 {
		want = unrepeated(want)
	}
	for i, want := range want {
		if i >= len(p.Entries) {
			break
		}
		got := p.Entries[i].Make()
		if evenTitle(got.Title) != evenTitle(want.Title) {
			return fmt.Sprintf("item %d has the title %q, the reference %q", i, got.Title, want.Title)
		}
		if evenLink(got.URL) != evenLink(want.Link) && !want.idAsLink() {
			return fmt.Sprintf("item %d has the link %q, the reference %q", i, got.URL, want.Link)
		}
	}
	return ""
}

// entries are the reference's entries without two of its faults: it makes empty entries of items
// of which it read nothing, and of text that was encoded twice it repairs only some.
func (ref oracle) entries(twice bool) []entry {
	var out []entry
	for _, e := range ref.Entries {
		if e == (entry{}) {
			continue
		}
		if twice {
			e.Title = repaired(e.Title)
		}
		out = append(out, e)
	}
	return out
}

// idAsLink reports whether the reference took an id for a link that is no web address.
func (e entry) idAsLink() bool {
	return e.Link == e.ID && !strings.HasPrefix(e.Link, "http")
}

// repaired undoes double encoding in one title, however little there is of it.
func repaired(title string) string {
	many := strings.Repeat("Ã©", 1000)
	all, _ := undouble([]byte(title + many))
	return strings.TrimSuffix(strings.TrimSuffix(string(all), many), strings.Repeat("é", 1000))
}

// unrepeated leaves out entries that stand in the list already.
func unrepeated(all []entry) []entry {
	var out []entry
	for _, e := range all {
		if !slices.Contains(out, e) {
			out = append(out, e)
		}
	}
	return out
}

var tags = regexp.MustCompile(`<[a-zA-Z/!][^>]*>`)

// evenTitle takes away from a title what two good readers may do differently: the reference
// keeps a title's mark-up (and escapes what might be some), the parser makes text of
// it; so tags and white space do not count, and entities count as what they mean.
func evenTitle(s string) string {
	s = html.UnescapeString(tags.ReplaceAllString(s, ""))
	s = html.UnescapeString(tags.ReplaceAllString(s, ""))
	return evenJIS.Replace(strings.Join(strings.Fields(s), ""))
}

// evenLink resolves a link against the document's address, which the reference was not told, and
// writes escapes alike. Everything else counts.
func evenLink(s string) string {
	u, err := url.Parse(strings.TrimSpace(s))
	if err != nil || s == "" {
		return s
	}
	base, _ := url.Parse("https://feeds.example/dir/feed")
	u = base.ResolveReference(u)
	if u.Path == "/" {
		u.Path = ""
	}
	u.RawPath = ""
	return u.String()
}

// entries is the number of entries of the document, whatever became of them.
func entries(p dewline.Parsed) int {
	n := len(p.Entries)
	for _, rejected := range p.Rejected {
		n += rejected
	}
	return n
}

// checkParsed holds what the parser promises of every document.
func checkParsed(t *testing.T, name string, p dewline.Parsed) {
	t.Helper()
	switch p.Status {
	case dewline.StatusOK, dewline.StatusCut, dewline.StatusEmpty, dewline.StatusHTML, dewline.StatusChallenge,
		dewline.StatusNotFeed, dewline.StatusMalformed, dewline.StatusHostile, dewline.StatusBrokenList:
	default:
		t.Errorf("%s: status %q: %s", name, p.Status, p.Detail)
	}
	if p.Status != dewline.StatusOK && p.Detail == "" {
		t.Errorf("%s: status %s has no detail", name, p.Status)
	}
	if !p.Status.Read() && len(p.Entries) > 0 {
		t.Errorf("%s: status %s with %d entries", name, p.Status, len(p.Entries))
	}
	keys := map[dewline.Key]bool{}
	for i, e := range p.Entries {
		if keys[e.Key] {
			t.Errorf("%s: two entries have the key %s", name, e.Key)
		}
		keys[e.Key] = true
		checkItem(t, fmt.Sprintf("%s: item %d", name, i), e)
	}
}

func checkItem(t *testing.T, where string, e dewline.Entry) {
	t.Helper()
	it := e.Make()
	if it.Key != e.Key {
		t.Errorf("%s: the item has another key than its entry", where)
	}
	first, err := json.Marshal(it)
	if err != nil {
		t.Errorf("%s cannot be written: %v", where, err)
		return
	}
	if again, _ := json.Marshal(e.Make()); !bytes.Equal(first, again) {
		t.Errorf("%s is made differently the second time:\n%s\n%s", where, first, again)
	}
	for field, s := range map[string]string{
		"title": it.Title, "summary": it.Summary, "content": it.Content, "url": it.URL,
		"authors": strings.Join(it.Authors, ""), "categories": strings.Join(it.Categories, ""), "language": it.Language,
	} {
		if bad := foul(field, s); bad != "" {
			t.Errorf("%s: the %s has %s: %q", where, field, bad, s)
		}
	}
	if it.URL+it.GUID+it.Title+it.Summary+it.Content+string(it.HTML)+it.PublishedAs+it.UpdatedAs == "" &&
		it.Claimed().IsZero() && len(it.Authors)+len(it.Categories) == 0 {
		t.Errorf("%s says nothing", where)
	}
}

// A real document that is cut anywhere gives entries of the whole one, under the same keys, and is
// never worse than cut once its root has begun. Only where entries share a GUID or a link are
// they told apart by what stands beside them.
func TestRealDocumentsCut(t *testing.T) {
	dir := sharedData(t, "feeds")
	for _, ref := range references(t, dir) {
		body, err := os.ReadFile(filepath.Join(dir, ref.File))
		if err != nil {
			t.Fatal(err)
		}
		whole, shared := map[dewline.Key]bool{}, map[string]int{}
		for _, e := range Parse(document(ref.File, body)).Entries {
			it := e.Make()
			whole[e.Key] = true
			shared[it.GUID]++
			shared[it.URL]++
		}
		shared[""] = 0
		for _, part := range []int{2, 4, 7} {
			doc := document(ref.File, body[:len(body)*part/8])
			p := Parse(doc)
			if p.Status != dewline.StatusCut && (body[0] == '{' || feedRoot.Match(doc.Body)) {
				t.Errorf("%s cut at %d/8: status %s: %s", ref.File, part, p.Status, p.Detail)
			}
			for _, e := range p.Entries {
				it := e.Make()
				if !whole[e.Key] && shared[it.GUID] < 2 && shared[it.URL] < 2 {
					t.Errorf("%s cut at %d/8 has an entry that the whole document does not have: %+.200v", ref.File, part, it)
				}
			}
		}
		if again, _ := os.ReadFile(filepath.Join(dir, ref.File)); !bytes.Equal(again, body) {
			t.Errorf("%s: reading the document changed it", ref.File)
		}
	}
}
