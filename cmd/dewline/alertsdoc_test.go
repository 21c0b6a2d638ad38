package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"dewline/config"
)

// Every complete example of docs/alerts.md is valid, with the files that it names.
func TestExamplesOfAlerts(t *testing.T) {
	page, err := os.ReadFile(filepath.Join("..", "..", "docs", "alerts.md"))
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	t.Setenv("TELEGRAM_TOKEN", "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsawx")
	for _, secret := range []string{"smtp-password", "hook-secret", "hook-new", "hook-old"} {
		write(t, dir, secret, secret)
	}
	for _, m := range regexp.MustCompile(`(?m)^([a-z]+-address) +(\S+)$`).FindAllStringSubmatch(string(page), -1) {
		write(t, dir, m[1], m[2]+"\n")
	}
	html := regexp.MustCompile("(?s)`desk.html`:\n\n```gotemplate\n(.*?)```").FindStringSubmatch(string(page))
	if html == nil {
		t.Fatal("there is no desk.html")
	}
	write(t, dir, "desk.html", html[1])
	told := map[string]int{}
	for _, m := range regexp.MustCompile("(?s)```yaml\n(.*?)```").FindAllStringSubmatch(string(page), -1) {
		if !strings.Contains(m[1], "receivers:") || !strings.Contains(m[1], "rules:") {
			continue
		}
		cfg, err := config.Load(configure(t, dir, m[1]), checks)
		if err != nil {
			t.Errorf("%v\n%s", err, m[1])
			continue
		}
		for _, r := range cfg.Receivers {
			switch {
			case r.Service != nil:
				name, _, _ := strings.Cut(r.Service.URL.Reveal(), ":")
				told[name]++
			case r.Email != nil:
				told["email"]++
			case r.Webhook != nil:
				told["webhook"]++
			case r.Exec != nil:
				told["exec"]++
			}
		}
	}
	for _, way := range strings.Fields("email webhook exec ntfy slack telegram matrix teams discord signal") {
		if told[way] == 0 {
			t.Errorf("there is no complete example of %s", way)
		}
	}
}
