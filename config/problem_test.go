package config

import (
	"strings"
	"testing"
)

func TestHowFaultsArePrinted(t *testing.T) {
	_, err := load("etc/config.yaml", []byte(`feeds:
  - url: https://a.example/feed
    shedule: "@every 5m"
rules:
  - {name: x, query: 反导 OR BAD}
	`), testChecks)
	if err == nil || !strings.HasPrefix(err.Error(), "etc/config.yaml:6:") {
		t.Errorf("a tab at the end: %v", err)
	}
	_, err = load("etc/config.yaml", []byte(`feeds:
  - url: https://a.example/feed
    shedule: "@every 5m"
rules:
  - {name: x, query: 反导 OR BAD}
`), testChecks)
	want := "etc/config.yaml:3:5: unknown key `shedule`\n" +
		"    3 |     shedule: \"@every 5m\"\n" +
		"      |     ^~~~~~~\n" +
		"      = did you mean `schedule`?\n" +
		"etc/config.yaml:5:28: bad word\n" +
		"    5 |   - {name: x, query: 反导 OR BAD}\n" +
		"      |                              ^~~\n" + // two wide characters are four cells
		"      = use a good one\n" +
		"2 faults"
	if err == nil || err.Error() != want {
		t.Errorf("printed\n%v\nwant\n%s", err, want)
	}
}

// A long line is shown around the fault only.
func TestLongLine(t *testing.T) {
	_, err := load("c", []byte("feeds: ["+strings.Repeat("{url: 'https://a.example/'}, ", 1000)+"]"), Checks{})
	for line := range strings.Lines(err.Error()) {
		if len([]rune(line)) > 260 {
			t.Fatalf("a line of %d characters: %s", len(line), line)
		}
	}
}

func TestSecretsAreMasked(t *testing.T) {
	for _, tt := range []struct{ line, want string }{
		{`smtp: {password: hunter2, tls: ssl}`, `smtp: {password: *******, tls: ssl}`},
		{`  password: "a \" b"  # x`, `  password: ********  # x`},
		{`  secret: 'it''s'`, `  secret: *******`},
		{`headers: {Authorization: Bearer a b, X-Api-Key: c}`, `headers: {Authorization: **********, X-Api-Key: *}`},
		{`fetch: {proxy: 'http://me:a/b c@h:1'}`, `fetch: {proxy: *****************h:1'}`},
		{`  proxy: http://h:1`, `  proxy: http://h:1`},
		{`  password: ${SMTP}`, `  password: ${SMTP}`},
		{`  password_file: smtp`, `  password_file: smtp`},
		{`  - url: https://me:pw@a.example/`, `  - url: https://*****@a.example/`},
	} {
		if got := masked(tt.line); got != tt.want {
			t.Errorf("%s is shown as %s, want %s", tt.line, got, tt.want)
		}
	}
}

// No secret is printed, whatever else is wrong with its line.
func TestErrorsKeepSecrets(t *testing.T) {
	for _, src := range []string{
		oneFeed + "smtp: {password: hunter2, tls: ssl}",
		oneFeed + "receivers: [{name: x, webhook: {url: x, secret: hunter2}}]",
		oneFeed + "receivers: [{name: x, webhook: {url: x, secret: whsec_hunter2!}}]",
		oneFeed + "http: {auth: {password: hunter2}}",
		oneFeed + "smtp:\n  password: hunter2\n   tls: x",
		"feeds: [{url: 'https://me:hunter2@a.example/'}]",
		"feeds: [{url: 'https://me:hunter2@/'}]",
		"feeds: [{url: 'https://a.example/', headers: {Authorization: hunter2, Host: x}}]",
	} {
		_, err := load("c", []byte(src), testChecks)
		if err == nil || strings.Contains(err.Error(), "hunter2") {
			t.Errorf("%s: %v", src, err)
		}
	}
}

func TestFaultsAreBounded(t *testing.T) {
	_, err := load("c", []byte("feeds:\n"+strings.Repeat("  - {nam: x}\n", 5000)), testChecks)
	all, ok := err.(Errors)
	if !ok || len(all) > maxProblems+1 || !strings.Contains(all[len(all)-1].Msg, "only the first") {
		t.Errorf("%d faults", len(all))
	}
}
