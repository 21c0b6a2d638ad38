package main

import (
	"bufio"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"dewline"
	"dewline/config"
)

// sentence is a sentence that a concept must find, or must not.
type sentence struct {
	lang, concept string
	want          bool
	text          string
}

// sentences are written by hand, in every language of the concepts: inflections,
// spellings, and what only looks alike.
func sentences(t *testing.T) (all []sentence) {
	t.Helper()
	f, err := os.Open(filepath.Join("..", "..", "concepts", "testdata", "sentences.tsv"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	lines.Scan() // the heads
	for lines.Scan() {
		c := strings.Split(lines.Text(), "\t")
		if len(c) != 4 {
			t.Fatalf("a line of %d columns: %q", len(c), lines.Text())
		}
		all = append(all, sentence{c[0], c[1], c[2] == "yes", c[3]})
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
	return all
}

func TestConceptsFindWhatTheyMean(t *testing.T) {
	defined, err := language(nil)
	if err != nil {
		t.Fatal(err)
	}
	var rules []dewline.Rule
	for _, name := range defined.Names() {
		rules = append(rules, dewline.Rule{Name: name, Query: "@" + name})
	}
	judge, err := defined.Compile(rules)
	if err != nil {
		t.Fatal(err)
	}
	for _, w := range defined.Warnings() {
		t.Errorf("a built-in concept is warned of: %v", w)
	}
	all := sentences(t)
	only := make(map[string]int) // by language: what only looks alike
	for _, s := range all {
		if !s.want {
			only[s.lang]++
		}
		item := dewline.Item{Content: s.text, Language: s.lang}
		found := false
		for _, m := range judge.Match(&item) {
			found = found || m.Rule.Name == s.concept
		}
		if found != s.want {
			t.Errorf("%s @%s: found %v, want %v: %s", s.lang, s.concept, found, s.want, s.text)
		}
	}
	for lang, n := range only {
		if n < 12 || len(only) < 14 {
			t.Errorf("%s has only %d sentences that only look alike; %d languages have such", lang, n, len(only))
		}
	}
}

// The rules of the file that comes with dewline find what they are there for.
func TestShippedRules(t *testing.T) {
	cfg, err := config.Load(filepath.Join("..", "..", "config.yaml"), checks)
	if err != nil || len(cfg.Warnings) > 0 {
		t.Fatal(err, cfg.Warnings)
	}
	defined, err := language(cfg.Concepts)
	if err != nil {
		t.Fatal(err)
	}
	for i := range cfg.Rules {
		cfg.Rules[i].Tags = nil
	}
	judge, err := defined.Compile(cfg.Rules)
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]string{
		"Joint Briefing on Anti-Missile Issue":       "anti-missile",
		"The S‑400s arrived":                         "air-defence",
		"испытание комплекса ПРО":                    "anti-missile",
		"Рабочая группа про погоду":                  "",
		"中國反導系統試射彈道導彈":                               "anti-missile ballistic-missile-launch",
		"북한이 탄도미사일을 발사했다":                            "ballistic-missile-launch",
		"北朝鮮が弾道ミサイルを発射した":                            "ballistic-missile-launch",
		"Пуск баллистической ракеты":                 "ballistic-missile-launch",
		"A hypersonic glide vehicle":                 "hypersonic",
		"Гиперзвуковые ракеты Кинжал":                "hypersonic",
		"le désarmement nucléaire":                   "arms-control",
		"The minister visited a school in the north": "",
		"감사드립니다":                                     "",
	} {
		var got []string
		for _, m := range judge.Match(&dewline.Item{Content: text}) {
			got = append(got, m.Rule.Name)
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s: matches %q, want %q", text, got, want)
		}
	}
}
