package config

import (
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"dewline"

	"github.com/google/go-cmp/cmp"
	"github.com/robfig/cron/v3"
)

// manual is what the shape says of a key.
type manual struct {
	Default   string
	Supported bool
}

// The reference for users names every key of the shape with its default, and no
// other key.
func TestDocumentationMatchesShape(t *testing.T) {
	want := map[string]manual{}
	keysBelow(shapeType, "", want)
	src, err := os.ReadFile(filepath.Join("..", "docs", "configuration.md"))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, documented(string(src))); diff != "" {
		t.Errorf("docs/configuration.md and shape.go differ (-shape +docs):\n%s", diff)
	}
}

func keysBelow(t reflect.Type, prefix string, all map[string]manual) {
	for i := range t.NumField() {
		f := t.Field(i)
		key := f.Tag.Get("yaml")
		if key == "" {
			continue
		}
		key = prefix + key
		all[key] = manual{Default: f.Tag.Get("default"), Supported: f.Type != reflect.TypeFor[later]()}
		switch inner := f.Type; {
		case inner.Kind() == reflect.Slice:
			keysBelow(inner.Elem(), key+"[].", all)
		case inner.Kind() == reflect.Pointer:
			keysBelow(inner.Elem(), key+".", all)
		case strings.HasSuffix(inner.Name(), "Section"):
			keysBelow(inner, key+".", all)
		}
	}
}

// documented reads the tables of the reference.
func documented(src string) map[string]manual {
	all := map[string]manual{}
	code := regexp.MustCompile("`([^`]+)`")
	row := regexp.MustCompile("^\\| `([a-z0-9_.\\[\\]]+)` \\| (?:`([^`]+)`)? *\\|")
	supported, later, _ := strings.Cut(src, "## Not supported yet")
	_, supported, _ = strings.Cut(supported, "## Top level")
	for line := range strings.Lines(supported) {
		if m := row.FindStringSubmatch(line); m != nil {
			all[m[1]] = manual{Default: m[2], Supported: true}
		}
	}
	for line := range strings.Lines(later) {
		if cells := strings.Split(line, "|"); len(cells) == 4 {
			for _, m := range code.FindAllStringSubmatch(cells[2], -1) {
				all[m[1]] = manual{}
			}
		}
	}
	return all
}

// Every field of the shape is explained where it stands.
func TestShapeIsCommented(t *testing.T) {
	src, err := os.ReadFile("shape.go")
	if err != nil {
		t.Fatal(err)
	}
	before := ""
	for i, line := range strings.Split(string(src), "\n") {
		field := regexp.MustCompile(`^\t(\w+) +(\*?\[?\]?\w+)`).FindStringSubmatch(line)
		// A section says what it is at its own type.
		if field != nil && field[2] != "later" && !strings.HasSuffix(field[2], "Section") &&
			!strings.Contains(before, "//") && !strings.Contains(line, "`yaml:\"name\"`") {
			t.Errorf("shape.go:%d: %s has no comment", i+1, field[1])
		}
		before = line
	}
}

// The file that comes with dewline is valid, and is what it promises to be.
func TestShippedConfig(t *testing.T) {
	t.Setenv("STATE_DIRECTORY", "")
	cfg, err := Load(filepath.Join("..", "config.yaml"), Checks{Queries: queriesBy(plainQuery), Schedule: cronSchedule})
	if err != nil {
		t.Fatal(err)
	}
	countries := map[string]bool{}
	kinds := map[string]int{}
	for _, f := range cfg.Feeds {
		for _, tag := range f.Tags {
			kinds[tag]++
		}
		if f.Tags[len(f.Tags)-1] == "ministry" {
			countries[f.Tags[0]] = true
		}
	}
	if len(countries) < 15 {
		t.Errorf("ministries of %d countries, want at least 15", len(countries))
	}
	for _, kind := range []string{"forces", "io", "press"} {
		if kinds[kind] == 0 {
			t.Errorf("no feed has the tag %s", kind)
		}
	}
	if cfg.HTTP.Listen != "127.0.0.1:8423" || len(cfg.Receivers) != 0 || cfg.SMTP != nil {
		t.Errorf("the shipped file does more than it says: %+v", cfg)
	}
}

// The lines that are off in the shipped file are right when they are put on.
func TestShippedConfigWithEverythingOn(t *testing.T) {
	src, err := os.ReadFile(filepath.Join("..", "config.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	off := regexp.MustCompile(`(?m)^( *)# (base_url: |auth: |- \{url: |alert: |- name: |  (?:email|webhook|shoutrrr|exec|host|tls|username|password_file): |smtp:$)`)
	if n := len(off.FindAll(src, -1)); n != 18 {
		t.Fatalf("%d lines are off, want 18: this test no longer knows them all", n)
	}
	on := off.ReplaceAll(src, []byte("$1$2"))
	dir := t.TempDir()
	for _, secret := range []string{"page-password", "hook-secret", "smtp-password", "ntfy-address"} {
		if err := os.WriteFile(filepath.Join(dir, secret), []byte("s3cret\n"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	path := filepath.Join(dir, "config.yaml")
	if err := os.WriteFile(path, on, 0o600); err != nil {
		t.Fatal(err)
	}
	cfg, err := Load(path, Checks{Queries: queriesBy(plainQuery), Schedule: cronSchedule})
	if err != nil {
		t.Fatal(err)
	}
	if len(cfg.Receivers) != 4 || cfg.SMTP == nil || cfg.HTTP.Auth == nil || cfg.HTTP.BaseURL == "" || len(cfg.Rules[0].Alert) != 1 {
		t.Errorf("not everything was put on: %+v", cfg)
	}
}

// plainQuery refuses what is no query at first sight; cmd, which knows the query
// language, checks the shipped file with it.
func plainQuery(q string) error {
	if strings.Count(q, "(") != strings.Count(q, ")") || strings.Count(q, `"`)%2 != 0 {
		return &dewline.SyntaxError{Msg: "not closed"}
	}
	return nil
}

func cronSchedule(s string) error {
	_, err := cron.ParseStandard(s)
	return err
}
