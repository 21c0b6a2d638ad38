package config

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestAliasesAndMergeKeys(t *testing.T) {
	cfg, err := load("c", []byte(`
feeds:
  - &a
    url: &u https://a.example/
    tags: &t [one]
  - <<: *a
    url: https://b.example/
  - <<: [{language: en, tags: [two]}, *a]
    url: https://c.example/
  - {url: https://d.example/, tags: *t}
rules:
  - {name: x, query: *u}
`), testChecks)
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []string{"[one]", "[one]", "[two]", "[one]"} {
		if got := fmt.Sprint(cfg.Feeds[i].Tags); got != want {
			t.Errorf("feed %d has the tags %s, want %s", i, got, want)
		}
	}
	if cfg.Feeds[2].Language != "en" || cfg.Rules[0].Query != "https://a.example/" {
		t.Errorf("feed %+v, rule %+v", cfg.Feeds[2], cfg.Rules[0])
	}
}

// Files that are made to exhaust a reader are refused.
func TestHostileFiles(t *testing.T) {
	lol := "a0: &a0 [x]\n"
	for i := range 40 {
		lol += fmt.Sprintf("a%d: &a%d [*a%d, *a%d, *a%d]\n", i+1, i+1, i, i, i)
	}
	merges := "m0: &m0 {x: 1}\n"
	for i := range 40 {
		merges += fmt.Sprintf("m%d: &m%d {<<: [*m%d, *m%d]}\n", i+1, i+1, i, i)
	}
	many := strings.TrimSuffix(strings.Repeat("x, ", 20000), ", ")
	for name, src := range map[string]string{
		"brackets without end":    strings.Repeat("[", 1<<20),
		"braces without end":      strings.Repeat("{a: ", 1<<16),
		"dashes without end":      strings.Repeat("- ", 1<<19),
		"question marks":          strings.Repeat("? ", 1<<19),
		"indentation without end": stairs(2000),
		"tags without end":        strings.Repeat("!a ", 1<<18),
		"anchors without end":     strings.Repeat("&a ", 1<<18),
		"billion laughs":          lol + "feeds: *a40\n",
		"billion merges":          merges + "feeds: [*m40]\n",
		"merges of itself":        "feeds: [&a {<<: *a, url: x}]",
		"list of itself":          "feeds: &a [*a, *a]",
		"one list many times":     "x: &t [" + many + "]\nfeeds: [" + strings.Repeat("{tags: *t}, ", 20000) + "]",
		"one line of faults":      "feeds: [" + strings.Repeat("{a: b}, ", 50000) + "]",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			// What is read without end is ended by the time limit of go test.
			if _, err := load("c", []byte(src), testChecks); !errors.As(err, new(Errors)) {
				t.Errorf("error %v", err)
			}
		})
	}
}

// stairs nests mappings by indentation.
func stairs(depth int) string {
	var b strings.Builder
	for i := range depth {
		b.WriteString(strings.Repeat(" ", i) + "a:\n")
	}
	return b.String()
}

// A file of many feeds is no burden.
func TestManyFeeds(t *testing.T) {
	var b strings.Builder
	b.WriteString("feeds:\n")
	for i := range 10000 {
		fmt.Fprintf(&b, "  - url: https://example.org/%d\n    name: Feed %d\n    tags: [uk, ministry]\n", i, i)
	}
	cfg, err := load("c", []byte(b.String()), testChecks)
	if err != nil || len(cfg.Feeds) != 10000 {
		t.Fatal(err)
	}
}

func FuzzLoad(f *testing.F) {
	shipped, err := os.ReadFile(filepath.Join("..", "config.yaml"))
	if err != nil {
		f.Fatal(err)
	}
	for _, seed := range []string{
		string(shipped), oneFeed, oneFeed + "http: {auth: none}", "feeds: &a [*a]", "a: &a {<<: *a}", "? a\n: b", "%YAML 1.2\n---\nfeeds: []\n...\n",
		"feeds:\n  - url: \"https://a.example/\\u00e9\"\n    headers: {a: ${X}}\nrules:\n  - name: x\n    query: >-\n      a\n      BAD\n",
		"feeds: [{url: 'it''s BAD'}]\nrules: [{name: a, query: \"\\x41\\\n BAD\"}]", "<<: {}\n", "feeds: [&a]\n", "- &a *a", "\ufefffeeds:\r\n- url: x\r",
		oneFeed + "receivers: [{name: d, email: {to: [a@b.c], from: a@b.c}}]\nsmtp: {host: m, port: 0x19}\n", "a: |\n  x\n b", "store: !!str 5",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		cfg, err := load(filepath.Join("none", "c"), src, testChecks)
		var all Errors
		if (err == nil) == (cfg == nil) || err != nil && !errors.As(err, &all) {
			t.Fatalf("configuration %v with error %v", cfg, err)
		}
		for i, p := range all {
			if p.Msg == "" || p.Line < 0 || p.Line > 0 && p.Column < 1 || p.Line > len(src)+1 {
				t.Errorf("impossible fault %+v", p)
			}
			if i > 0 && p.Line > 0 && p.Line < all[i-1].Line {
				t.Errorf("faults out of order: %v", err)
			}
		}
		if _, again := load(filepath.Join("none", "c"), src, testChecks); fmt.Sprint(again) != fmt.Sprint(err) {
			t.Errorf("read twice, it says\n%v\nand\n%v", err, again)
		}
	})
}
