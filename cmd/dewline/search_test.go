package main

import (
	"encoding/json"
	"fmt"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"dewline"
	"dewline/demo"
)

// searchRules are rules of every form of query, for the sample feeds.
func searchRules() []dewline.Rule {
	rules := demo.Rules()
	for i := range rules {
		rules[i].Alert, rules[i].Tags = nil, nil
	}
	for i, query := range []string{
		"@missile-defence", "@air-defence OR @hypersonic", "missile -exercise", `"missile defence" OR =ПРО`, "missile NEAR/8 defence",
		"противоракет* OR ракета", `title:(missile OR missiles)`, `/s-?[34]\d0/ OR /missil\w*/`, "tag:ministry defence", "反导 OR ミサイル OR 미사일",
		"lang:de", "zebra", "feed:ministry",
	} {
		rules = append(rules, dewline.Rule{Name: fmt.Sprint("r", i), Query: query})
	}
	return rules
}

// samplesPolled is a daemon that read every sample feed once, with these rules.
func samplesPolled(t *testing.T, rules []dewline.Rule) (p *process, config string) {
	t.Helper()
	src := httptest.NewServer(demo.Handler(time.Now))
	t.Cleanup(src.Close)
	var b strings.Builder
	b.WriteString("store: dewline.db\nhttp: {listen: \"127.0.0.1:0\", base_url: \"https://watch.example.org\"}\n" +
		"fetch: {schedule: \"@every 10h\", per_site: 16, timeout: 10s, allow_private: [127.0.0.0/8]}\nfeeds:\n")
	feeds := demo.Feeds(src.URL)
	for _, f := range feeds {
		fmt.Fprintf(&b, "  - {name: %q, url: %q, tags: [%s]}\n", f.Name, f.URL, strings.Join(f.Tags, ", "))
	}
	b.WriteString("rules:\n")
	for _, r := range rules {
		quoted, err := json.Marshal(r.Query)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&b, "  - {name: %q, query: %s}\n", r.Name, quoted)
	}
	config = configure(t, t.TempDir(), b.String())
	p = launch(t, config)
	for _, f := range feeds {
		p.polled(0, f.Name)
	}
	return p, config
}

// apiFound is an item of the API with what rules and the query found in it.
type apiFound struct {
	dewline.ItemDocument
	Matches []struct {
		Rule    dewline.RuleRef
		Snippet string
		Matches []dewline.Hit
	}
	Found *struct {
		Snippet string
		Matches []dewline.Hit
	}
}

// itemsOf walks the API's list of items to its end.
func itemsOf(t *testing.T, p *process, values url.Values) (all []apiFound) {
	t.Helper()
	for {
		var page struct {
			Items      []apiFound
			NextCursor string `json:"next_cursor"`
		}
		if err := json.Unmarshal([]byte(p.ok("/api/v1/items?"+values.Encode())), &page); err != nil {
			t.Fatal(err)
		}
		all = append(all, page.Items...)
		if page.NextCursor == "" {
			return all
		}
		values.Set("cursor", page.NextCursor)
	}
}

// A search finds exactly what a rule of the same query matched when the items came
// in, by the same words in the same places: on the command line, beside the daemon
// and without it, and in the API.
func TestSearchFindsWhatARuleMatches(t *testing.T) {
	rules := searchRules()
	p, config := samplesPolled(t, rules)
	stored := itemsOf(t, p, url.Values{})
	if len(stored) < 30 {
		t.Fatalf("%d items are stored", len(stored))
	}
	beside := make(map[string]string)
	hits := 0
	for _, r := range rules {
		var want []dewline.FoundDocument
		for _, it := range stored {
			for _, m := range it.Matches {
				if m.Rule.Name == r.Name {
					want = append(want, foundDocument(it, m.Snippet, m.Matches))
				}
			}
		}
		hits += len(want)
		var api []dewline.FoundDocument
		for _, it := range itemsOf(t, p, url.Values{"query": {r.Query}, "limit": {"3"}}) {
			api = append(api, foundDocument(it, it.Found.Snippet, it.Found.Matches))
		}
		sameFound(t, "the API", r.Query, api, want)
		beside[r.Query] = do(t, "search", "-c", config, "--json", "--limit", "0", "--", r.Query)
		sameFound(t, "dewline search", r.Query, foundLines(t, beside[r.Query]), want)
	}
	if hits < 50 {
		t.Errorf("the rules matched %d items in all: too few to tell", hits)
	}
	p.stop()
	for query, want := range beside {
		if got := do(t, "search", "-c", config, "--json", "--limit", "0", "--", query); got != want {
			t.Errorf("%s: without the daemon\n%s, with it\n%s", query, got, want)
		}
	}
}

func foundDocument(it apiFound, snippet string, hits []dewline.Hit) dewline.FoundDocument {
	doc := dewline.FoundDocument{Item: it.ItemDocument, Matches: hits, Snippet: snippet, Link: "https://watch.example.org/items/" + it.ID.String()}
	doc.Item.Content = nil // the webhook has none
	return doc
}

func foundLines(t *testing.T, out string) (list []dewline.FoundDocument) {
	t.Helper()
	for line := range strings.Lines(out) {
		var doc dewline.FoundDocument
		if err := json.Unmarshal([]byte(line), &doc); err != nil {
			t.Fatal(err)
		}
		list = append(list, doc)
	}
	return list
}

func sameFound(t *testing.T, where, query string, got, want []dewline.FoundDocument) {
	t.Helper()
	text := func(list []dewline.FoundDocument) (lines []string) {
		for _, doc := range list {
			b, err := json.Marshal(doc)
			if err != nil {
				t.Fatal(err)
			}
			lines = append(lines, string(b))
		}
		return lines
	}
	if g, w := text(got), text(want); !slices.Equal(g, w) {
		t.Errorf("%s, %s: %d items, the rule matched %d:\n%s\nwant\n%s", where, query, len(g), len(w), strings.Join(g, "\n"), strings.Join(w, "\n"))
	}
}

// Whatever is typed into the search box is answered, and the daemon goes on.
func TestHostileQueries(t *testing.T) {
	p, config := samplesPolled(t, nil)
	many := func(n int, s string) string { return strings.TrimSpace(strings.Repeat(s, n)) }
	for _, query := range []string{
		many(10_000, "("), many(3_000, "a OR "), many(2_000, "missile NEAR/500 ") + " defence", many(40_000, "x"), "/(a*)*b/", "/(((((a{1,30}){1,30}){1,30}){1,30}){1,30})/",
		"/" + many(500, "(x|y|z)?") + "missile/", "*a*", "??", "\x00", "\xff\xfe", many(300, "@missile-defence OR ") + " x", "=" + many(2_000, "missile "),
		`"` + many(5_000, "missile ") + `"`, "-" + many(2_000, "-"), "title:" + many(50, "summary:") + "x", many(5_000, "語"),
	} {
		for _, path := range []string{"/search?query=", "/api/v1/items?query="} {
			status, body := p.get(path + url.QueryEscape(query))
			if status != 200 && status != 400 || len(body) > 1<<20 {
				t.Errorf("%s%.40q (%d bytes): %d, %d bytes", path, query, len(query), status, len(body))
			}
		}
		if strings.ContainsRune(query, 0) {
			continue // cannot be typed
		}
		if _, errs, code := command(t, "dewline", "search", "-c", config, "--", query); code != 0 && code != 2 {
			t.Errorf("%.40q: exit status %d: %.300s", query, code, errs)
		}
	}
	p.ok("/healthz")
	if len(itemsOf(t, p, url.Values{"query": {"missile"}})) == 0 {
		t.Error("nothing is found any more")
	}
}
