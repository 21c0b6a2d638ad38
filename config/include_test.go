package config

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// tree writes files into a new folder, and loads config.yaml of it.
func loadTree(t *testing.T, files map[string]string) (*Config, []string, string) {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		write(t, filepath.Dir(path), filepath.Base(path), text)
	}
	cfg, err := Load(filepath.Join(dir, "config.yaml"), testChecks)
	var all Errors
	errors.As(err, &all)
	var faults []string
	for _, p := range all {
		faults = append(faults, strings.ReplaceAll(p.Brief(), dir+string(filepath.Separator), ""))
	}
	return cfg, faults, dir
}

func TestInclude(t *testing.T) {
	cfg, faults, dir := loadTree(t, map[string]string{
		"config.yaml":       "include: [sources/*.yaml, rules.yaml, sources/a.yaml]\nconcepts: {x: [a]}\nfeeds: [{url: 'https://main.example/', tags: [main]}]\n",
		"sources/b.yaml":    "feeds: [{url: 'https://b.example/', tags: [b]}]\n",
		"sources/a.yaml":    "feeds:\n- {url: 'https://a.example/', ca_file: ca.pem}\n- opml: more.opml\n",
		"sources/ca.pem":    "a certificate",
		"sources/more.opml": `<opml version="2.0"><body><outline text="More" xmlUrl="https://more.example/"/></body></opml>`,
		"sources/note.yaml": "# nothing yet\n",
		"rules.yaml":        "rules: [{name: r, query: '@x', tags: [b], alert: [desk]}]\nconcepts: {y: [b]}\nreceivers: [{name: desk, exec: {command: [./tell]}}]\n",
	})
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	var urls []string
	for _, f := range cfg.Feeds {
		urls = append(urls, f.URL)
	}
	if got := strings.Join(urls, " "); got != "https://main.example/ https://a.example/ https://more.example/ https://b.example/" {
		t.Errorf("feeds: %s", got)
	}
	if len(cfg.Included) != 4 || len(cfg.Rules) != 1 || len(cfg.Concepts) != 2 || len(cfg.Receivers) != 1 {
		t.Errorf("%d files, %d rules, %d concepts, %d receivers", len(cfg.Included), len(cfg.Rules), len(cfg.Concepts), len(cfg.Receivers))
	}
	if tell := cfg.Receivers[0].Exec.Command[0]; tell != filepath.Join(dir, "tell") {
		t.Errorf("the program is %s", tell)
	}
}

// Faults of an included file are shown where they stand in it.
func TestFaultsOfIncludedFiles(t *testing.T) {
	main := "include: [part.yaml]\n" + oneFeed
	for name, c := range map[string]struct {
		config, part string
		want         []string // beginnings
	}{
		"missing":         {"include: [lost.yaml]\n" + oneFeed, "", []string{"config.yaml:1:11: cannot read lost.yaml: no such file"}},
		"no match":        {"include: ['x*.yaml']\n" + oneFeed, "", []string{"config.yaml:1:11: there is no file `x*.yaml`"}},
		"bad pattern":     {"include: ['[']\n" + oneFeed, "", []string{"config.yaml:1:11: `[` is no pattern"}},
		"itself":          {"include: ['*.yaml']\n" + oneFeed, "", []string{"config.yaml:1:11: this file would include itself"}},
		"not a list":      {"include: part.yaml\n" + oneFeed, "", []string{"config.yaml:1:10: `include:` must be a list"}},
		"another key":     {main, "feeds: []\nstore: x.db\n", []string{"part.yaml:2:1: `store:` may not stand in an included file (an included file holds feeds, rules, concepts, receivers only"}},
		"a misspelt key":  {main, "feds: []\n", []string{"part.yaml:1:1: unknown key `feds` (did you mean `feeds`"}},
		"an include":      {main, "include: [a.yaml]\n", []string{"part.yaml:1:1: `include:` may not stand in an included file"}},
		"no YAML":         {main, "feeds: [\n", []string{"part.yaml:"}},
		"a list":          {main, "- a\n", []string{"part.yaml:1:1: the file must be a mapping"}},
		"a bad value":     {main, "\n\nfeeds: [{url: 'https://b.example/', first_poll: never}]\n", []string{"part.yaml:3:49: `first_poll:` cannot be"}},
		"a bad selector":  {main, "feeds:\n- url: https://b.example/\n  page: {item: 'li BAD'}\n", []string{"part.yaml:3:20: bad word"}},
		"a bad query":     {main, "rules:\n- name: x\n  query: >-\n    good\n    BAD\n", []string{"part.yaml:5:5: bad word"}},
		"an address":      {"include: [part.yaml]\nfeeds: [{url: 'https://a.example/'}]\n", "feeds: [{url: 'https://a.example/', name: b}]\n", []string{"part.yaml:1:15: this address is used already, in line 2 of config.yaml"}},
		"a concept":       {main + "concepts: {x: [a]}\n", "concepts: {x: [b]}\n", []string{"part.yaml:1:12: the concept name `x` is used already, in line 3 of config.yaml"}},
		"an unset secret": {main, "feeds: [{url: 'https://b.example/', headers: {A: '${DEWLINE_UNSET}'}}]\n", []string{"part.yaml:1:51: the environment variable DEWLINE_UNSET is not set"}},
		"in both":         {"include: [part.yaml]\nfeeds: [{url: a}]\n", "feeds: [{url: b}]\n", []string{"config.yaml:2:15: `url:` must begin", "part.yaml:1:15: `url:` must begin"}},
	} {
		t.Run(name, func(t *testing.T) {
			_, faults, _ := loadTree(t, map[string]string{"config.yaml": c.config, "part.yaml": c.part})
			if len(faults) != len(c.want) {
				t.Fatalf("faults %q, want %q", faults, c.want)
			}
			for i := range faults {
				if !strings.HasPrefix(faults[i], c.want[i]) {
					t.Errorf("fault %q, want %q", faults[i], c.want[i])
				}
			}
		})
	}
}

// The line that is shown is that of the included file.
func TestSourceOfIncludedFiles(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "config.yaml", "include: [part.yaml]\n"+oneFeed)
	write(t, dir, "part.yaml", "# a comment\nfeeds: [{url: ftp://x.example/}]\n")
	_, err := Load(filepath.Join(dir, "config.yaml"), testChecks)
	if err == nil || !strings.Contains(err.Error(), "    2 | feeds: [{url: ftp://x.example/}]\n") {
		t.Errorf("%v", err)
	}
}
