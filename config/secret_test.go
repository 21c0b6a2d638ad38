package config

import (
	"path/filepath"
	"strings"
	"testing"

	"dewline"
)

const hookWith = oneFeed + "receivers: [{name: x, webhook: {url: 'https://a.example/', %s}}]"

func TestSecretFiles(t *testing.T) {
	here, given := t.TempDir(), t.TempDir()
	write(t, here, "beside", "from beside\n")
	write(t, here, "both", "from beside\n")
	write(t, given, "both", "from systemd")
	write(t, here, "lines", "two\nlines\n\n")
	write(t, here, "empty", "\n")
	write(t, here, "long", strings.Repeat("x", maxSecret+1))
	absolute := write(t, given, "absolute", "absolute")
	t.Setenv("CREDENTIALS_DIRECTORY", given)
	for _, tt := range []struct{ keys, want, fault string }{
		{"secret_file: beside", "from beside", ""},
		{"secret_file: both", "from systemd", ""},
		{"secret_file: ./both", "from systemd", ""},
		{"secret_file: lines", "two\nlines", ""},
		{"secret_file: " + absolute, "absolute", ""},
		{"secret: here", "here", ""},
		{"secret_file: empty", "", "is empty"},
		{"secret: ''", "", "`secret:` is empty"},
		{"secret_file: none", "", "cannot read the secret in " + filepath.Join(here, "none") + ": no such file"},
		{"secret_file: .", "", "it is not a plain file"},
		{"secret_file: long", "", "it is longer than"},
		{"secret: a, secret_file: beside", "", "`secret_file:` stands beside `secret:`"},
	} {
		t.Run(tt.keys, func(t *testing.T) {
			cfg, err := load(filepath.Join(here, "c"), []byte(strings.Replace(hookWith, "%s", tt.keys, 1)), testChecks)
			switch {
			case tt.fault != "":
				if err == nil || !strings.Contains(err.Error(), tt.fault) || strings.Count(err.Error(), "c:2:") != 1 {
					t.Errorf("error %v, want the one %q", err, tt.fault)
				}
			case err != nil:
				t.Error(err)
			case cfg.Receivers[0].Webhook.Secret != dewline.Secret(tt.want):
				t.Errorf("secret %q, want %q", cfg.Receivers[0].Webhook.Secret.Reveal(), tt.want)
			}
		})
	}
}

// No line that is printed shows a secret, however it is written.
func TestSecretsAreNotShown(t *testing.T) {
	for _, src := range []string{
		"receivers: [{name: x, shoutrrr: {url: 'bad://s3cret'}}]",
		"receivers: [{name: x, shoutrrr: {url: bad://a/s3cret?b=s3cret, nope: 1}}]",
		"receivers:\n- {name: x, shoutrrr: {url: \"bad://a\\x2fs3cret\", nope: 1}}",
		"receivers:\n- name: x\n  shoutrrr:\n    url: >-\n      bad://s3cret\n    nope: 1",
		"receivers:\n- name: x\n  shoutrrr: {url: telegram://s3cret@telegram?chats=s3cret, : }",
		"receivers: [{name: x, webhook: {url: 'https://a.example/', secret: whsec_!s3cret, previous_secret: whsec_!s3cret, nope: 1}}]",
	} {
		_, err := load("c", []byte(oneFeed+src+"\n"), testChecks)
		if err == nil || strings.Contains(err.Error(), "s3cret") {
			t.Errorf("%s\n%v", src, err)
		}
	}
}

func TestFind(t *testing.T) {
	dir := t.TempDir()
	there, none := write(t, dir, "there", ""), filepath.Join(dir, "none")
	for _, tt := range []struct{ name, flag, env, usual, want string }{
		{"the flag before all", none, "env", there, none},
		{"then the environment", "", none, there, none},
		{"then where it usually is", "", "", there, there},
	} {
		if got, err := find(tt.flag, tt.env, filepath.Join(dir, "no"), tt.usual); got != tt.want || err != nil {
			t.Errorf("%s: %q, %v; want %q", tt.name, got, err, tt.want)
		}
	}
	_, err := find("", "", none, "/etc/none/config.yaml")
	if err == nil || !strings.Contains(err.Error(), none) || !strings.Contains(err.Error(), "/etc/none/config.yaml") {
		t.Errorf("the error does not say where was looked: %v", err)
	}
	t.Setenv("DEWLINE_CONFIG", "")
	t.Chdir(dir)
	write(t, dir, "config.yaml", "")
	if got, err := Find(""); got != "config.yaml" || err != nil {
		t.Errorf("found %q, %v", got, err)
	}
}
