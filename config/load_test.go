package config

import (
	"errors"
	"fmt"
	"net/netip"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"dewline"

	"github.com/google/go-cmp/cmp"
)

// badWord refuses queries and schedules that hold BAD, and says where.
func badWord(s string) error {
	if i := strings.Index(s, "BAD"); i >= 0 {
		return fmt.Errorf("refused: %w", &dewline.SyntaxError{Offset: i, End: i + 3, Msg: "bad word", Hint: "use a good one"})
	}
	return nil
}

var testChecks = Checks{Queries: queriesBy(badWord), Schedule: badWord, Selector: badWord,
	Template: func(text string, _ bool) error { return badWord(text) },
	Service: func(address string) error {
		if strings.HasPrefix(address, "bad:") {
			return &dewline.SyntaxError{Msg: "no such service", Hint: "choose another"}
		}
		return nil
	},
}

// queriesBy is a query language of one judgement, for terms and queries alike,
// that warns of ODD words.
func queriesBy(check func(string) error) func([]dewline.Concept) Queries {
	return func(concepts []dewline.Concept) Queries {
		q := Queries{Check: func(query string) (warnings []*dewline.SyntaxError, err error) {
			if i := strings.Index(query, "ODD"); i >= 0 {
				warnings = append(warnings, &dewline.SyntaxError{Offset: i, End: i + 3, Msg: "odd word"})
			}
			return warnings, check(query)
		}}
		for i, c := range concepts {
			if len(c.Terms) == 0 {
				q.Faults = append(q.Faults, ConceptFault{i, -1, errors.New("no terms")})
			}
			for k, t := range c.Terms {
				if err := check(t.Query); err != nil {
					q.Faults = append(q.Faults, ConceptFault{i, k, err})
				}
			}
		}
		return q
	}
}

// faultsOf reads a file that stands alone and lists its faults as line:column message.
func faultsOf(src string) []string {
	_, err := load("config.yaml", []byte(src), testChecks)
	var all Errors
	if !errors.As(err, &all) {
		return nil
	}
	var got []string
	for _, p := range all {
		got = append(got, fmt.Sprintf("%d:%d %s", p.Line, p.Column, p.Msg))
	}
	return got
}

const oneFeed = "feeds: [{url: 'https://a.example/f', name: A, tags: [uk]}]\n"

// Receivers, up to what holds their alerts.
const (
	digested   = oneFeed + "smtp: {host: m}\nreceivers: [{name: a, email: {to: [a@b.c], from: a@b.c, digest: "
	controlled = oneFeed + "receivers: [{name: a, exec: {command: [x]}, "
)

func TestFaults(t *testing.T) {
	tests := []struct{ name, src, want string }{
		{"empty", "", "0:0 the configuration is empty"},
		{"only comments", "# nothing\n", "0:0 the configuration is empty"},
		{"no feeds", "rules: []\n", "0:0 there are no feeds"},
		{"no feeds below feeds", "feeds:\nrules:\n", "0:0 there are no feeds"},
		{"not a mapping", "- a\n", "1:1 the file must be a mapping, not a list"},
		{"not text", "feeds: \x00\n", "1:8 this character is not UTF-8 text"},
		{"bytes of another encoding", "#\nfeeds: \xcf\n", "2:8 this character is not UTF-8 text"},
		{"two documents", oneFeed + "---\nstore: x\n", "3:1 a second document"},
		{"tag", "store: !x y\n", "1:8 YAML tags"},
		{"no anchor", "feeds: *missing\n", "1:8 *missing refers to an anchor"},
		{"unquoted @", "fetch:\n  schedule: @every 5m\n", "2:13 this is not YAML"},
		{"half quoted", `rules: [{name: x, query: "a b" OR c}]`, "1:"},
		{"tab", "feeds:\n\t- url: x\n", "2:1 this is not YAML"},

		{"unknown key", oneFeed + "htpp: {}\n", "2:1 unknown key `htpp`"},
		{"unknown key within", oneFeed + "http: {lsten: x}\n", "2:8 unknown key `lsten`"},
		{"key twice", oneFeed + "store: a\nstore: b\n", "3:1 the key `store` stands here twice"},
		{"number for text", oneFeed + "store: 5\n", "2:8 `store:` must be text, not a whole number"},
		{"flag for text", oneFeed + "store: true\n", "2:8 `store:` must be text, not true or false"},
		{"nothing for text", oneFeed + "store:\n", "2:1 `store:` must be text, not empty"},
		{"list for text", oneFeed + "store: [a]\n", "2:8 `store:` must be text, not a list"},
		{"text for number", oneFeed + `fetch: {per_site: "2"}`, "2:19 `per_site:` must be a whole number, not text"},
		{"fraction for number", oneFeed + "fetch: {per_site: 1.5}", "2:19 `per_site:` must be a whole number, not a fraction"},
		{"text for list", "feeds: x\n", "1:8 `feeds:` must be a list, not text"},
		{"text for mapping", oneFeed + "fetch: fast\n", "2:8 `fetch:` must be a mapping, not text"},
		{"number for a mapping of one key", oneFeed + "health: 1\n", "2:9 `health:` must be a mapping, not a whole number"},
		{"list for a mapping of one key", "feeds: [{url: 'https://a.example/', health: []}]", "1:45 `health:` must be a mapping, not a list"},
		{"number for another", "feeds: [{url: 'https://a.example/', sitemap: 1}]", "1:46 `sitemap:` must be a mapping, not a whole number"},
		{"text for words", "feeds: [{url: 'https://a.example/', tags: uk}]", "1:43 `tags:` must be a list, not text"},
		{"number in words", "feeds: [{url: 'https://a.example/', tags: [81]}]", "1:44 this entry must be text, not a whole number"},
		{"text for flag", "feeds: [{url: 'https://a.example/', full_text: yes}]", "1:48 `full_text:` must be true or false, not text"},
		{"empty entry", "feeds:\n  -\n  - url: https://a.example/\n", "2:"},

		{"health for nobody", oneFeed + "health: {}\n", "2:9 `health:` has no `alert:`"},
		{"health word", oneFeed + "health: on\n", "2:9 `health:` cannot be \"on\""},
		{"health receiver", oneFeed + "health: {alert: [ops]}\n", "2:18 there is no receiver named `ops`"},
		{"health of a feed", "feeds: [{url: 'https://a.example/f', health: {alert: [ops]}}]\n", "1:55 there is no receiver named `ops`"},
		{"postgres", oneFeed + "store: postgres://u@h/d\n", "2:8 `store: postgres://` is not supported yet"},
		{"open to all", oneFeed + "http: {listen: ':8423'}\n", "2:16 listening beyond loopback needs `auth:`"},
		{"open by a name", oneFeed + "http: {listen: 'host:1'}\n", "2:16 listening beyond loopback needs `auth:`"},
		{"no port", oneFeed + "http: {listen: localhost}\n", "2:16 `listen:` is not host:port"},
		{"bad port", oneFeed + "http: {listen: 'localhost:99999'}\n", "2:16 `listen:` has a port that does not exist"},
		{"bad auth word", oneFeed + "http: {auth: off}\n", "2:14 `auth:` cannot be \"off\""},
		{"auth without password", oneFeed + "http: {auth: {username: a}}\n", "2:14 `auth:` has no password"},
		{"auth without name", oneFeed + "http: {auth: {password: a}}\n", "2:14 `auth:` has no `username:`"},
		{"base with query", oneFeed + "http: {base_url: 'https://x.example/?a=b'}\n", "2:18 `base_url:` is more than"},
		{"base without host", oneFeed + "http: {base_url: watch.example}\n", "2:18 `base_url:` must begin with http"},

		{"no unit", oneFeed + "fetch: {timeout: 30}\n", `2:18 "30" is not a duration`},
		{"bad unit", oneFeed + "fetch: {timeout: 30 seconds}\n", `2:18 "30 seconds" is not a duration`},
		{"no time", oneFeed + "fetch: {timeout: 0s}\n", "2:18 `timeout:` must be more than 0s and at most 1h"},
		{"bad size", oneFeed + "fetch: {max_body: 16 elephants}\n", `2:19 "16 elephants" is not a size`},
		{"too large", oneFeed + "fetch: {max_body: 20GiB}\n", "2:19 `max_body:` must be"},
		{"out of range", oneFeed + "fetch: {concurrency: 0}\n", "2:22 `concurrency:` must be a whole number from 1 to 10000"},
		{"bad network", oneFeed + "fetch: {allow_private: [10.0.0.0/8, localhost]}\n", `2:37 "localhost" is not a network`},
		{"bad schedule", oneFeed + "fetch: {schedule: '* BAD *'}\n", "2:22 bad word"},

		{"no url", "feeds: [{name: x}]", "1:9 this feed has no `url:`"},
		{"relative url", "feeds: [{url: /feed}]", "1:15 `url:` must begin with http"},
		{"ftp", "feeds: [{url: 'ftp://a.example/'}]", "1:15 `url:` must begin with http"},
		{"no host", "feeds: [{url: 'https:///x'}]", "1:15 `url:` names no host"},
		{"password in url", "feeds: [{url: 'https://me:pw@a.example/'}]", "1:15 this address holds a username or password"},
		{"same address", oneFeed + "# \n", ""},
		{"address twice", "feeds: [{url: 'https://a.example'}, {url: 'HTTPS://A.example:443/', name: b}]", "1:43 this address is used already, in line 1"},
		{"name twice", "feeds: [{url: 'https://a.example/?1'},\n {url: 'https://a.example/?2'}]", "2:8 the feed name `a.example/` is used already, in line 1"},
		{"bad language", "feeds: [{url: 'https://a.example/', language: klingonisch}]", `1:47 "klingonisch" is not a language`},
		{"bad first poll", "feeds: [{url: 'https://a.example/', first_poll: alrt}]", "1:49 `first_poll:` cannot be \"alrt\""},
		{"page", "feeds: [{url: 'https://a.example/', page: {item: li}}]", ""},
		{"page of a word", "feeds: [{url: 'https://a.example/', page: li}]", "1:43 `page:` is auto or selectors, not \"li\""},
		{"page found by itself", "feeds: [{url: 'https://a.example/', page: auto}]", ""},
		{"page without item", "feeds: [{url: 'https://a.example/', page: {title: h3}}]", "1:43 `page:` has no `item:`"},
		{"page with an empty title", "feeds: [{url: 'https://a.example/', page: {item: li, title: ''}}]", "1:61 `title:` is empty"},
		{"bad selector", "feeds: [{url: 'https://a.example/', page: {item: 'li BAD'}}]", "1:54 bad word"},
		{"page and sitemap", "feeds: [{url: 'https://a.example/', page: {item: li}, sitemap: true}]", "1:64 `sitemap:` stands beside `page:`"},
		{"sitemap", "feeds: [{sitemap: 'https://a.example/'}, {url: 'https://b.example/', sitemap: true}, {url: 'https://c.example/', sitemap: {match: /news/}}]", ""},
		{"sitemap and url", "feeds: [{sitemap: 'https://a.example/', url: 'https://b.example/'}]", "1:19 `sitemap:` and `url:` are both addresses"},
		{"sitemap of no address", "feeds: [{sitemap: a.xml}]", "1:19 `sitemap:` must begin with http"},
		{"sitemap twice", "feeds: [{sitemap: 'https://a.example/'}, {url: 'https://a.example/', name: b}]", "1:48 this address is used already"},
		{"sitemap matching all", "feeds: [{url: 'https://a.example/', sitemap: {match: '*'}}]", "1:54 `match:` holds no text"},
		{"sitemap without url", "feeds: [{sitemap: true}]", "1:9 this feed has no `url:`"},
		{"bad header", "feeds: [{url: 'https://a.example/', headers: {'a b': c}}]", "1:47 `a b` is not the name of a header"},
		{"own header", "feeds: [{url: 'https://a.example/', headers: {Host: c}}]", "1:47 dewline sets the header Host itself"},
		{"opml missing", "feeds: [{opml: not-there.opml}]", "1:16 cannot read the feeds of \"not-there.opml\""},

		{"rule without query", oneFeed + "rules: [{name: x}]", "2:9 this rule has no `query:`"},
		{"rule without name", oneFeed + "rules: [{query: x}]", "2:9 this rule has no `name:`"},
		{"empty query", oneFeed + "rules: [{name: x, query: ' '}]", "2:26 `query:` is empty"},
		{"rule named all", oneFeed + "rules: [{name: all, query: x}]", "2:16 a rule cannot be named `all`"},
		{"rule with a slash", oneFeed + "rules: [{name: a/b, query: x}]", "2:16 `a/b` cannot be a rule's name"},
		{"rule with a dot", oneFeed + "rules: [{name: .., query: x}]", "2:16 `..` cannot be a rule's name"},
		{"rule twice", oneFeed + "rules:\n- {name: x, query: a}\n- {name: x, query: b}", "4:10 the rule name `x` is used already, in line 3"},
		{"unknown tag", oneFeed + "rules: [{name: x, query: x, tags: [ukk]}]", "2:36 no feed has the tag `ukk`"},
		{"unknown feed", oneFeed + "rules: [{name: x, query: x, feeds: [B]}]", "2:37 there is no feed named `B`"},
		{"unknown receiver", oneFeed + "rules: [{name: x, query: x, alert: [desk]}]", "2:37 there is no receiver named `desk`"},
		{"on what", oneFeed + "rules: [{name: x, query: x, on: [removed, edited]}]", "2:43 `on:` cannot be `edited`"},
		{"on twice", oneFeed + "rules: [{name: x, query: x, on: [changed, changed]}]", "2:43 `changed` stands here twice"},
		{"on nothing", oneFeed + "rules: [{name: x, query: x, on: []}]", "2:33 `on:` is empty"},
		{"stories", oneFeed + "rules: [{name: x, query: x, stories: once}]", "2:38 `stories:` cannot be \"once\""},
		{"story updates beside each", oneFeed + "rules: [{name: x, query: x, stories: each, story_updates: 1h}]", "2:59 `story_updates:` stands beside `stories: each`, by which every item alerts"},
		{"story updates too often", oneFeed + "rules: [{name: x, query: x, story_updates: 1s}]", "2:44 `story_updates:` must be at least 1m"},
		{"priority", oneFeed + "rules: [{name: x, query: x, priority: high}]", "2:39 `priority:` cannot be \"high\""},

		{"no way", oneFeed + "receivers: [{name: a}]", "2:13 this receiver has no way to be told"},
		{"two ways", oneFeed + "receivers: [{name: a, exec: {command: [x]}, webhook: {url: 'https://a.example/'}}]", "2:13 this receiver has webhook and exec"},
		{"shoutrrr without address", oneFeed + "receivers: [{name: a, shoutrrr: {}}]", "2:33 `shoutrrr:` has no address"},
		{"no address file", oneFeed + "receivers: [{name: a, shoutrrr: {url_file: x}}]", "2:44 cannot read the secret in x"},
		{"bad service", oneFeed + "receivers: [{name: a, shoutrrr: {url: 'bad://t0ken'}}]", "2:39 no such service"},
		{"template for nothing", oneFeed + "receivers: [{name: a, exec: {command: [x]}, template: {subject: x}}]", "2:65 `subject:` tells nothing here: exec has no subject"},
		{"template twice", oneFeed + "receivers: [{name: a, exec: {command: [x]}, template: {body: x, body_file: x}}]", "2:76 `body_file:` stands beside `body:`"},
		{"no template file", oneFeed + "receivers: [{name: a, exec: {command: [x]}, template: {body_file: x}}]", "2:67 cannot read the template in x"},
		{"bad template", oneFeed + "receivers: [{name: a, exec: {command: [x]}, template: {body: 'so BAD'}}]", "2:66 bad word"},
		{"digest", digested + "'* BAD *'}}]", "3:65 bad word"},
		{"digest of nothing", digested + "' '}}]", "3:65 `digest:` is empty"},
		{"adaptive digest", digested + "adaptive}}]", "3:65 a digest has fixed times"},
		{"digest of days", digested + "'@every 1d'}}]", ""},
		{"digest of a service", oneFeed + "receivers: [{name: a, shoutrrr: {url: 'ntfy://t', digest: '* BAD *'}}]", "2:59 bad word"},
		{"digest elsewhere", oneFeed + "receivers: [{name: a, exec: {command: [x], digest: '@daily'}}]", "2:44 `digest:` does not belong here"},
		{"digest of a receiver", oneFeed + "receivers: [{name: a, exec: {command: [x]}, digest: '@daily'}]", "2:45 `digest:` does not belong here"},
		{"quiet hours", controlled + "quiet: {from: '22:00', to: '06:00', zone: Europe/Berlin}}]", ""},
		{"quiet for ever", controlled + "quiet: {from: '22:00', to: '22:00'}}]", "2:72 quiet hours that end when they begin"},
		{"quiet of a number", controlled + "quiet: {from: 2200, to: '06:00'}}]", "2:59 `from:` must be text"},
		{"quiet at no time", controlled + "quiet: {from: '25:00', to: '06:00'}}]", "2:59 \"25:00\" is not a time of the day"},
		{"quiet without end", controlled + "quiet: {from: '22:00'}}]", "2:52 `quiet:` has no `to:`"},
		{"quiet nowhere", controlled + "quiet: {from: '22:00', to: '06:00', zone: Mars}}]", "2:87 there is no time zone \"Mars\""},
		{"quiet rule", oneFeed + "rules: [{name: x, query: x, quiet: {from: '22:00', to: '06:00'}}]", "2:29 `quiet:` does not belong here"},
		{"budget", controlled + "budget: 20/h, group: 2m}]", ""},
		{"budget of no time", controlled + "budget: 20}]", "2:53 "},
		{"budget of a week", controlled + "budget: 20/w}]", "2:53 \"20/w\" is not a budget: it names no time"},
		{"budget of nothing", controlled + "budget: 0/h}]", "2:53 \"0/h\" is not a budget: its number"},
		{"long group", controlled + "group: 2d}]", "2:52 `group:` must be more than 0s and at most 24h"},
		{"no smtp", oneFeed + "receivers: [{name: a, email: {to: [a@b.c], from: a@b.c}}]", "2:30 an email receiver needs a mail server"},
		{"bad mail", oneFeed + "smtp: {host: m}\nreceivers: [{name: a, email: {to: [a@], from: a@b.c}}]", `3:36 "a@" is not a mail address`},
		{"no to", oneFeed + "smtp: {host: m}\nreceivers: [{name: a, email: {from: a@b.c}}]", "3:30 `email:` has no `to:`"},
		{"bad hook", oneFeed + "receivers: [{name: a, webhook: {url: x}}]", "2:38 `url:` must begin with http"},
		{"bad secret", oneFeed + "receivers: [{name: a, webhook: {url: 'https://a.example/', secret: whsec_!}}]", "2:68 this secret begins with whsec_"},
		{"bad previous secret", oneFeed + "receivers: [{name: a, webhook: {url: 'https://a.example/', secret: x, previous_secret: whsec_!}}]", "2:88 this secret begins with whsec_"},
		{"previous secret alone", oneFeed + "receivers: [{name: a, webhook: {url: 'https://a.example/', previous_secret: x}}]", "2:77 `previous_secret:` stands alone"},
		{"the same secret", oneFeed + "receivers: [{name: a, webhook: {url: 'https://a.example/', secret: x, previous_secret: x}}]", "2:88 the previous secret is the same"},
		{"no command", oneFeed + "receivers: [{name: a, exec: {}}]", "2:29 `exec:` has no `command:`"},
		{"tls", oneFeed + "smtp: {host: m, tls: ssl}", "2:22 `tls:` cannot be \"ssl\""},
		{"smtp host", oneFeed + "smtp: {tls: none}", "2:7 `smtp:` has no `host:`"},
		{"smtp port", oneFeed + "smtp: {host: m, port: 0}", "2:23 `port:` must be"},
		{"smtp user", oneFeed + "smtp: {host: m, username: u}", "2:27 `username:` has no password"},

		{"variable", oneFeed + "http: {base_url: 'https://${DEWLINE_UNSET}/'}", "2:27 the environment variable DEWLINE_UNSET is not set"},
		{"bad variable", oneFeed + "fetch: {user_agent: 'a ${b c}'}", "2:24 `${b c}` is not a variable"},
		{"open variable", oneFeed + "fetch: {user_agent: 'a ${b'}", "2:24 `${b` is not a variable"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := faultsOf(tt.src)
			switch {
			case tt.want == "" && len(got) > 0:
				t.Errorf("faults %q, want none", got)
			case tt.want != "" && (len(got) != 1 || !strings.HasPrefix(got[0], tt.want)):
				t.Errorf("faults\n  %s\nwant the one\n  %s", strings.Join(got, "\n  "), tt.want)
			}
		})
	}
}

// Every key of a later version is refused by its name, wherever it belongs.
func TestLaterKeys(t *testing.T) {
	for _, tt := range []struct {
		src  string
		keys []string
	}{
		{oneFeed + "http: {%s: x}", []string{"hub"}},
	} {
		for _, key := range tt.keys {
			got := faultsOf(fmt.Sprintf(tt.src, key))
			if len(got) != 1 || !strings.HasSuffix(got[0], " `"+key+":` is not supported yet") {
				t.Errorf("%s: faults %q, want one that says it is not supported yet", key, got)
			}
		}
	}
}

func TestWholeFile(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("STATE_DIRECTORY", "")
	t.Setenv("HOOK_TOKEN", "t0ken")
	write(t, dir, "page-password", "p4ge\r\n")
	path := write(t, dir, "config.yaml", `
store: data/x.db
http: {listen: "0.0.0.0:80", base_url: "https://watch.example.org/dew/", auth: {username: desk, password_file: page-password}}
fetch: {schedule: "@every 1d", timeout: 1m30s, max_body: 2MB, concurrency: 8, per_site: 1, user_agent: me, allow_private: [127.0.0.1/8]}
feeds:
  - &base
    url: https://a.example/f?x=1
    tags: [uk, ministry]
  - <<: *base
    url: https://b.example/
    name: B
    schedule: "*/5 * * * *"
    language: zh-Hans
    full_text: true
    first_poll: alert
    headers: {Accept-Language: en, X-Key: "${HOOK_TOKEN}"}
rules:
  - {name: one, query: "a\nb "}
  - {name: two, title: The second, query: 'cost $${x}', tags: [uk], feeds: [B], alert: [hook, desk], on: [new, changed], stories: off, priority: critical}
receivers:
  - name: hook
    webhook: {url: "https://h.example/${HOOK_TOKEN}", secret: "whsec_dDBrZW4="}
  - name: desk
    email: {to: [a@example.org, "B <b@example.org>"], from: d@example.org}
  - name: run
    exec: {command: [bin/x, -v]}
smtp: {host: m.example, tls: implicit, username: u, password: "${HOOK_TOKEN}"}
`)
	got, err := Load(path, testChecks)
	if err != nil {
		t.Fatal(err)
	}
	want := &Config{
		Path: path, Store: filepath.Join(dir, "data/x.db"),
		HTTP: HTTP{Listen: "0.0.0.0:80", BaseURL: "https://watch.example.org/dew", Public: true, Auth: &Auth{Username: "desk", Password: "p4ge"}},
		Fetch: Fetch{WebSub: "auto", Schedule: "@every 24h0m0s", Timeout: 90 * time.Second, MaxBody: 2e6, Concurrency: 8, PerSite: 1, UserAgent: "me",
			AllowPrivate: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}},
		Feeds: []dewline.Feed{
			{Name: "a.example/f", URL: "https://a.example/f?x=1", Tags: []string{"uk", "ministry"}, Schedule: "@every 24h0m0s", FirstPoll: dewline.FirstPollPublish, Push: true},
			{Name: "B", URL: "https://b.example/", Tags: []string{"uk", "ministry"}, Schedule: "*/5 * * * *", Language: "zh-Hans",
				FirstPoll: dewline.FirstPollAlert, Push: true, FullText: true, Headers: map[string]string{"Accept-Language": "en", "X-Key": "t0ken"}},
		},
		Rules: []dewline.Rule{
			{Name: "one", Title: "one", Query: "a\nb", On: []dewline.Event{dewline.EventMatched}, Stories: dewline.StoriesFirst, Updates: time.Hour},
			{Name: "two", Title: "The second", Query: "cost ${x}", Tags: []string{"uk"}, Feeds: []string{"B"}, Alert: []string{"hook", "desk"}, On: []dewline.Event{dewline.EventMatched, dewline.EventChanged}, Stories: dewline.StoriesOff, Critical: true},
		},
		Receivers: []dewline.Receiver{
			{Name: "hook", Webhook: &dewline.Webhook{URL: "https://h.example/t0ken", Secret: "whsec_dDBrZW4="}},
			{Name: "desk", Email: &dewline.Email{To: []string{"a@example.org", "B <b@example.org>"}, From: "d@example.org"}},
			{Name: "run", Exec: &dewline.Exec{Command: []string{filepath.Join(dir, "bin/x"), "-v"}, Timeout: 10 * time.Second}},
		},
		SMTP: &dewline.SMTP{Host: "m.example", Port: 465, TLS: dewline.TLSImplicit, Username: "u", Password: "t0ken"},
	}
	if diff := cmp.Diff(want, got, cmp.Comparer(func(a, b netip.Prefix) bool { return a == b })); diff != "" {
		t.Errorf("configuration differs (-want +got):\n%s", diff)
	}
}

// Who is told of a feed's health: as for all, or as the feed says, or nobody.
func TestHealth(t *testing.T) {
	cfg, err := load("config.yaml", []byte(`
health: {alert: [ops]}
receivers: [{name: ops, exec: {command: [x]}}, {name: desk, exec: {command: [x]}}]
feeds:
  - url: https://a.example/
  - {url: https://b.example/, health: {alert: [desk, ops]}}
  - {url: https://c.example/, health: off}
  - {url: https://d.example/, health: {alert: []}}
`), testChecks)
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range [][]string{{"ops"}, {"desk", "ops"}, nil, nil} {
		if got := cfg.Feeds[i].Health; !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", cfg.Feeds[i].Name, got, want)
		}
	}
}

func TestDefaults(t *testing.T) {
	t.Setenv("STATE_DIRECTORY", "/var/lib/dewline:/other")
	got, err := load("/etc/dewline/config.yaml", []byte(oneFeed), testChecks)
	if err != nil {
		t.Fatal(err)
	}
	if got.Store != "/var/lib/dewline/dewline.db" {
		t.Errorf("store %s, want it in the state directory", got.Store)
	}
	byDefault := Default()
	if diff := cmp.Diff(byDefault.HTTP, got.HTTP); diff != "" || got.HTTP.BaseURL != "http://127.0.0.1:8423" {
		t.Errorf("http: %+v, %s", got.HTTP, diff)
	}
	if diff := cmp.Diff(byDefault.Fetch, got.Fetch); diff != "" || got.Fetch.Schedule != "@every 15m" || got.Feeds[0].Schedule != "@every 15m" {
		t.Errorf("fetch: %+v, %s", got.Fetch, diff)
	}
}

func TestAuthNone(t *testing.T) {
	got, err := load("config.yaml", []byte(oneFeed+"http: {listen: '[::]:8423', auth: none}\n"), testChecks)
	if err != nil {
		t.Fatal(err)
	}
	if got.HTTP.Auth != nil || !got.HTTP.AuthNone || strings.Contains(got.HTTP.BaseURL, "::") {
		t.Errorf("http: %+v, want no account and an address that leads here", got.HTTP)
	}
}

func TestMissingFile(t *testing.T) {
	_, err := Load(filepath.Join(t.TempDir(), "none.yaml"), testChecks)
	if !errors.As(err, new(Errors)) || !strings.Contains(err.Error(), "none.yaml: cannot read the configuration: no such file") {
		t.Errorf("error %v", err)
	}
}

func write(t testing.TB, dir, name, text string) string {
	t.Helper()
	path := filepath.Join(dir, name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// Concepts are lists of queries; their faults and warnings have their places.
func TestConcepts(t *testing.T) {
	cfg, err := load("c", []byte(oneFeed+"concepts:\n  md: [THAAD, '\"missile defence\"']\nrules: [{name: a, query: '@md ODD'}]\n"), testChecks)
	if err != nil {
		t.Fatal(err)
	}
	if len(cfg.Concepts) != 1 || cfg.Concepts[0].Name != "md" || len(cfg.Concepts[0].Terms) != 2 || cfg.Concepts[0].Terms[1].Query != `"missile defence"` {
		t.Errorf("concepts: %+v", cfg.Concepts)
	}
	if len(cfg.Warnings) != 1 || !strings.HasPrefix(cfg.Warnings[0].Brief(), "c:4:31: odd word") {
		t.Errorf("warnings: %v", cfg.Warnings)
	}
	for src, want := range map[string]string{
		"concepts: {md: [a, b BAD]}":   "2:22 bad word",
		"concepts: {md: []}":           "2:12 no terms",
		"concepts: {md: THAAD}":        "2:16 `md:` must be a list, not text",
		"concepts: [THAAD]":            "2:11 `concepts:` must be a mapping, not a list",
		"concepts: {md: [a], md: [b]}": "2:21 ",
	} {
		if got := faultsOf(oneFeed + src + "\n"); len(got) != 1 || !strings.HasPrefix(got[0], want) {
			t.Errorf("%s: %q, want %q", src, got, want)
		}
	}
}

// Where a reader leaves the list is an address that a header can hold.
func TestUnsubscribe(t *testing.T) {
	for value, good := range map[string]bool{
		"https://example.org/leave": true, "mailto:desk@example.org": true, "mailto:desk@example.org?subject=leave": true,
		"desk@example.org": false, "mailto:desk": false, "mailto:": false, "ftp://example.org": false, "https://example.org/>,<x": false, "https://example.org/a b": false,
	} {
		yaml := "feeds: [{url: http://a.test/}]\nsmtp: {host: mail.example.org}\nreceivers:\n  - {name: desk, email: {to: [a@example.org], from: b@example.org, unsubscribe: \"" + value + "\"}}\n"
		if faults := faultsOf(yaml); (len(faults) == 0) != good {
			t.Errorf("%s: %v", value, faults)
		}
	}
}
