package config

import (
	"errors"
	"path/filepath"
	"strings"
	"testing"

	"dewline"

	"github.com/google/go-cmp/cmp"
)

// certChecks reads certificates as words: BAD are none, ODD do not help.
var certChecks = Checks{Queries: testChecks.Queries, Schedule: testChecks.Schedule, Certificates: func(pem string) ([]string, error) {
	if strings.Contains(pem, "BAD") {
		return nil, errors.New("they are bad")
	}
	if strings.Contains(pem, "ODD") {
		return []string{"one is odd"}, nil
	}
	return nil, nil
}}

// What holds for all feeds holds for each, until it says otherwise.
func TestAccess(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("KEY", "k3y")
	t.Setenv("YES", "true")
	write(t, dir, "all.pem", "ALL")
	write(t, dir, "own.pem", "ODD")
	write(t, dir, "feed-password", "s3cret\n")
	write(t, dir, "gate", "socks5://me:s3cret@gate.example:1080\n")
	cfg, err := load(filepath.Join(dir, "c"), []byte(`
fetch: {proxy: "http://me:${KEY}@proxy.example:3128", ca_file: all.pem, user_agent: all}
feeds:
- {url: "https://a.example/"}
- url: https://b.example/
  user_agent: own
  headers: {X-Key: "${KEY}"}
  cookies: true
  basic_auth: {username: desk, password_file: feed-password}
  proxy_file: gate
  ca_file: own.pem
  http1: ${YES}
- {url: "http://c.example/", proxy: none, basic_auth: {username: desk, password: "${KEY}"}}
- {url: "http://localhost/", basic_auth: {username: desk, password: "${KEY}"}}
`), certChecks)
	if err != nil {
		t.Fatal(err)
	}
	all := dewline.Route{Proxy: "http://me:k3y@proxy.example:3128", CA: "ALL\n"}
	desk := func(password dewline.Secret) *dewline.Account {
		return &dewline.Account{Username: "desk", Password: password}
	}
	plain := dewline.Feed{Schedule: "@every 15m", FirstPoll: dewline.FirstPollPublish}
	want := []dewline.Feed{plain, plain, plain, plain}
	want[0].Name, want[0].URL, want[0].Route = "a.example/", "https://a.example/", all
	want[1].Name, want[1].URL = "b.example/", "https://b.example/"
	want[1].UserAgent, want[1].Cookies, want[1].Headers = "own", true, map[string]string{"X-Key": "k3y"}
	want[1].Account = desk("s3cret")
	want[1].Route = dewline.Route{Proxy: "socks5://me:s3cret@gate.example:1080", CA: "ODD\nALL\n", HTTP1: true}
	want[2].Name, want[2].URL, want[2].Account, want[2].Route.CA = "c.example/", "http://c.example/", desk("k3y"), "ALL\n"
	want[3].Name, want[3].URL, want[3].Account, want[3].Route = "localhost/", "http://localhost/", desk("k3y"), all
	reveal := cmp.Transformer("reveal", dewline.Secret.Reveal)
	if diff := cmp.Diff(want, cfg.Feeds, reveal); diff != "" {
		t.Errorf("feeds differ (-want +got):\n%s", diff)
	}
	if cfg.Fetch.Route != all {
		t.Errorf("for all: %+v", cfg.Fetch.Route)
	}
	var warnings []string
	for _, w := range cfg.Warnings {
		warnings = append(warnings, strings.TrimPrefix(w.Brief(), dir+"/"))
	}
	for i, part := range []string{"c:11:12: in " + filepath.Join(dir, "own.pem") + ", one is odd", "c:13:9: the password of `basic_auth:` is sent to this address unencrypted"} {
		if i >= len(warnings) || !strings.HasPrefix(warnings[i], part) {
			t.Errorf("warnings %q, want %q", warnings, part)
		}
	}
	if len(warnings) != 2 {
		t.Errorf("warnings %q", warnings)
	}
}

func TestAccessFaults(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("DIR", "dir")
	write(t, dir, "bad.pem", "BAD")
	write(t, dir, "gate", "ftp://me:s3cret@gate.example")
	write(t, dir, "some.opml", someOPML)
	for _, c := range []struct{ keys, want string }{
		{"proxy: 'ftp://me:s3cret@h'", "1:44 this is not the address of a proxy: it does not begin with"},
		{"proxy: 'h:3128'", "1:44 this is not the address of a proxy: it does not begin with"},
		{"proxy: 'http://me:s3c/ret@h'", "1:44 this is not the address of a proxy: it cannot be read"},
		{"proxy: 'http://me:s3%cret@h'", "1:44 this is not the address of a proxy: it cannot be read"},
		{"proxy: 'http://'", "1:44 this is not the address of a proxy: it names no host"},
		{"proxy: 'http://h:99999'", "1:44 this is not the address of a proxy: its port"},
		{"proxy: 'http://h/x'", "1:44 this is not the address of a proxy: there is more"},
		{"proxy: ''", "1:44 `proxy:` is empty"},
		{"proxy: none, proxy_file: gate", "1:62 `proxy_file:` stands beside `proxy:`"},
		{"proxy_file: gate", "1:49 this is not the address of a proxy: it does not begin with"},
		{"proxy_file: nowhere", "1:49 cannot read the secret in "},
		{"ca_file: nowhere.pem", "1:46 cannot read the certificates in " + filepath.Join(dir, "nowhere.pem") + ": no such file"},
		{"ca_file: bad.pem", "1:46 cannot use the certificates in " + filepath.Join(dir, "bad.pem") + ": they are bad"},
		{"ca_file: .", "1:46 cannot read the certificates in " + dir + ": it is not a plain file"},
		{"basic_auth: {username: a}", "1:49 `basic_auth:` has no password"},
		{"basic_auth: {password: s3cret}", "1:49 `basic_auth:` has no `username:`"},
		{"basic_auth: {username: 'a:b', password: s3cret}", "1:60 a username cannot contain a colon"},
		{"basic_auth: desk", "1:49 `basic_auth:` must be a mapping"},
		{"basic_auth: {username: a, password: s3cret}, headers: {authorization: x}", "1:92 the header authorization stands beside `basic_auth:`"},
		{"user_agent: a, headers: {User-Agent: x}", "1:62 the header User-Agent stands beside `user_agent:`"},
		{"user_agent: ''", "1:49 `user_agent:` is empty"},
		{"headers: {Proxy-Authorization: x}", "1:47 dewline sets the header Proxy-Authorization itself"},
		{"cookies: maybe", "1:46 `cookies:` must be true or false"},
		{"http1: '${DIR}'", "1:44 `http1:` must be true or false"},
	} {
		_, err := load(filepath.Join(dir, "c"), []byte("feeds: [{url: 'https://a.example/', "+c.keys+"}]"), certChecks)
		var all Errors
		errors.As(err, &all)
		if len(all) != 1 || !strings.HasPrefix(strings.TrimPrefix(all[0].Brief(), dir+"/"), "c:"+strings.Replace(c.want, " ", ": ", 1)) {
			t.Errorf("%s: %v\nwant the one %s", c.keys, err, c.want)
		}
		if err != nil && strings.Contains(err.Error(), "s3c") {
			t.Errorf("%s: the error shows the secret: %v", c.keys, err)
		}
	}
	_, err := load(filepath.Join(dir, "c"), []byte("feeds: [{opml: some.opml, basic_auth: {username: a, password: b}}]"), certChecks)
	if err == nil || !strings.Contains(err.Error(), "c:1:39: `basic_auth:` stands beside `opml:`") {
		t.Errorf("an account for a whole file: %v", err)
	}
	if got := faultsOf("fetch: {proxy: x, ca_file: nowhere}\n" + oneFeed); len(got) != 2 {
		t.Errorf("faults %q, want two", got)
	}
}

// Tags that differ in nothing but case are one, spelled as where they come first;
// feeds by their url come before those of a file.
func TestTagsAreOneInAnyCase(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "some.opml", `<opml version="2.0"><body>
<outline text=" Defence,  Ministries ">
<outline text="a" xmlUrl="https://a.example/"/>
<outline text="b" xmlUrl="https://b.example/" category="PRESS,/de"/>
</outline>
<outline text="Europe"><outline text="a again" xmlUrl="https://a.example/"/><outline text="press"/></outline>
</body></opml>`)
	cfg, err := load(filepath.Join(dir, "c"), []byte(`feeds:
- opml: some.opml
- {url: "https://c.example/", tags: [Press]}
- {url: "https://d.example/", tags: [press]}
rules: [{name: r, query: x, tags: [press, "defence ministries", EUROPE]}]
`), testChecks)
	if err != nil {
		t.Fatal(err)
	}
	var got [][]string
	for _, f := range cfg.Feeds {
		got = append(got, f.Tags)
	}
	want := [][]string{{"Defence Ministries", "Europe"}, {"Defence Ministries", "Press", "de"}, {"Press"}, {"Press"}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("tags differ (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"Press", "Defence Ministries", "Europe"}, cfg.Rules[0].Tags); diff != "" {
		t.Errorf("the rule's tags differ (-want +got):\n%s", diff)
	}
	for _, f := range cfg.Feeds {
		if !cfg.Rules[0].Covers(f.Ref()) {
			t.Errorf("the rule does not ask %s", f.Name)
		}
	}
	for _, src := range []string{"feeds: [{url: 'https://a.example/', tags: [UK, uk]}]", oneFeed + "rules: [{name: x, query: x, tags: [uk, UK]}]"} {
		if got := faultsOf(src); len(got) != 1 || !strings.Contains(got[0], "stands here twice") {
			t.Errorf("%s: %q", src, got)
		}
	}
}

// What is left out of a file is said, with its line and the reason; what came
// before the end of a broken file is imported.
func TestImportReports(t *testing.T) {
	for _, c := range []struct {
		name, file string
		feeds      int
		skipped    []string
		err        string
	}{
		{"everything", `<opml><body>
<outline text="Folder">
<outline text="Good" xmlUrl="https://a.example/one"/>
<outline text="Good" xmlUrl="https://A.example/one#x"/>
<outline text="Not http" xmlUrl="ftp://a.example/two"/>
<outline text="No address"/>
<outline xmlUrl=""/>
</outline>
<outline text="Elsewhere"><outline text="Good" xmlUrl="https://a.example/one"/></outline>
</body></opml>`, 1, []string{
			`line 5, Not http: "ftp://a.example/two" is not an http or https address`,
			"line 6, No address: it has no xmlUrl and holds no outlines",
			`line 7, an outline without a title: "" is not an http or https address`,
			"line 4, Good: its address stands in line 3 already",
		}, ""},
		{"cut", "<opml><body>\n<outline text='a' xmlUrl='https://a.example/'/>\n<outline text='b' xmlU", 1, nil, "line 3: "},
		{"nothing", "<opml><body><outline text='a'/></body></opml>", 0, []string{"line 1, a: it has no xmlUrl and holds no outlines"}, "no feed in it"},
		{"a page", "<html></html>", 0, nil, "this is not OPML"},
	} {
		var out strings.Builder
		done, err := ImportOPML(&out, strings.NewReader(c.file))
		if done.Feeds != c.feeds || strings.Count(out.String(), "- url:") != c.feeds {
			t.Errorf("%s: %d feeds, want %d:\n%s", c.name, done.Feeds, c.feeds, out.String())
		}
		if diff := cmp.Diff(c.skipped, done.Skipped); diff != "" {
			t.Errorf("%s: skipped (-want +got):\n%s", c.name, diff)
		}
		if (err == nil) != (c.err == "") || err != nil && !strings.Contains(err.Error(), c.err) {
			t.Errorf("%s: %v, want %q", c.name, err, c.err)
		}
	}
}
