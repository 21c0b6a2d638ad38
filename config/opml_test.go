package config

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"dewline"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

const someOPML = `<opml version="2.0"><body>
<outline text="Folder">
<outline text="News" xmlUrl="https://a.example/one" category="/mod"/>
<outline text="News" xmlUrl="https://b.example/two?x=1"/>
<outline text="News" xmlUrl="https://b.example/two?x=2"/>
</outline>
<outline text="Taken" xmlUrl="https://c.example/"/>
<outline text="" xmlUrl="https://d.example/feed"/>
<outline text="Again" xmlUrl="https://D.example:443/feed"/>
</body></opml>`

func TestFeedsOfOPML(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "some.opml", someOPML)
	src := "feeds:\n- {opml: some.opml, tags: [all], schedule: '@hourly', first_poll: alert}\n- {url: 'https://x.example/', name: Taken}\n" +
		"rules: [{name: x, query: x, tags: [MOD, folder, all], feeds: [Taken (c.example/)]}]\n"
	cfg, err := load(filepath.Join(dir, "c"), []byte(src), testChecks)
	if err != nil {
		t.Fatal(err)
	}
	var got [][2]string
	for _, f := range cfg.Feeds {
		got = append(got, [2]string{f.Name, strings.Join(f.Tags, " ")})
	}
	want := [][2]string{
		{"News (a.example/one)", "all Folder mod"},
		{"News (b.example/two)", "all Folder"},
		{"News (b.example/two?x=2)", "all Folder"},
		{"Taken (c.example/)", "all"},
		{"d.example/feed", "all"},
		{"Taken", ""},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("feeds differ (-want +got):\n%s", diff)
	}
	if f := cfg.Feeds[0]; f.Schedule != "@hourly" || f.FirstPoll != dewline.FirstPollAlert {
		t.Errorf("the entry's keys do not hold for its feeds: %+v", f)
	}
}

func TestFaultyOPML(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "cut.opml", "<opml>\n<outline text='a' xmlUrl")
	write(t, dir, "none.opml", "<opml><outline text='a'/></opml>")
	write(t, dir, "some.opml", someOPML)
	for _, tt := range []struct{ feeds, want string }{
		{"{opml: cut.opml}", `c:1:16: cannot read the feeds of "cut.opml": line 2: `},
		{"{opml: none.opml}", `c:1:16: cannot read the feeds of "none.opml": no feed in it`},
		{"{opml: ''}", `c:1:16: cannot read the feeds of "": no file is named`},
		{"{opml: some.opml, name: x}", "c:1:33: `name:` stands beside `opml:`"},
		{"{opml: some.opml, url: 'https://z.example/'}", "c:1:32: `url:` stands beside `opml:`"},
		{"{opml: some.opml}, {url: 'https://c.example'}", `c:1:16: "some.opml" holds https://c.example/ (its line 7), which is watched already by line 1`},
		{"{opml: cut.opml}], rules: [{name: a, query: b, tags: [unknown]}", "c:1:16"},
	} {
		src := "feeds: [" + tt.feeds + "]"
		if strings.Contains(tt.feeds, "rules:") {
			src = "{" + src + "}"
			tt.want = "c:1:17"
		}
		_, err := load(filepath.Join(dir, "c"), []byte(src), testChecks)
		all, _ := err.(Errors)
		if len(all) != 1 || !strings.HasPrefix(strings.TrimPrefix(err.Error(), dir+"/"), tt.want) {
			t.Errorf("%s: %v\nwant the one %s", tt.feeds, err, tt.want)
		}
	}
}

// What import prints can be pasted below feeds: and is the same feeds.
func TestImportOPML(t *testing.T) {
	var out bytes.Buffer
	done, err := ImportOPML(&out, strings.NewReader(someOPML))
	if err != nil || done.Feeds != 5 || len(done.Skipped) != 1 || done.Skipped[0] != "line 9, Again: its address stands in line 8 already" {
		t.Fatalf("%+v, error %v", done, err)
	}
	if want := "  - url: https://a.example/one\n    name: News (a.example/one)\n    tags: [Folder, mod]\n"; !strings.HasPrefix(out.String(), want) {
		t.Errorf("printed\n%s\nwant first\n%s", out.String(), want)
	}
}

func TestImportedIsRead(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var feeds []dewline.Feed
		for i := range rapid.IntRange(1, 6).Draw(t, "feeds") {
			feeds = append(feeds, dewline.Feed{
				Name: rapid.StringOfN(rapid.RuneFrom([]rune("aB1 :#'\"${}[],&*!@`-?|>%\\n反🚀é\n\t")), 0, 12, -1).Draw(t, "name"),
				URL:  "https://x.example/" + strings.Repeat("a", i) + rapid.SampledFrom([]string{"", "?a=b&c=d", "#x", "?q={}", "?${x}"}).Draw(t, "tail"),
				Tags: rapid.SliceOfN(rapid.SampledFrom([]string{"no", "yes", "12", "a b", "ключ", "~", "x: y"}), 0, 2).Draw(t, "tags"),
			})
		}
		var file, out bytes.Buffer
		if err := dewline.WriteOPML(&file, "t", feeds); err != nil {
			t.Fatal(err)
		}
		if _, err := ImportOPML(&out, &file); err != nil {
			t.Fatal(err)
		}
		cfg, err := load("c", append([]byte("feeds:\n"), out.Bytes()...), testChecks)
		if err != nil {
			t.Fatalf("%v in\n%s", err, out.String())
		}
		if len(cfg.Feeds) != len(feeds) {
			t.Fatalf("%d feeds, want %d in\n%s", len(cfg.Feeds), len(feeds), out.String())
		}
		for i, f := range cfg.Feeds {
			if f.URL != feeds[i].URL || !strings.HasPrefix(f.Name, printable(feeds[i].Name)) || len(f.Tags) > len(feeds[i].Tags) {
				t.Fatalf("feed %d is %+v, was %+v", i, f, feeds[i])
			}
		}
	})
}

func TestImportRealOPML(t *testing.T) {
	dir := os.Getenv("DEWLINE_SHARED_DATA")
	if dir == "" {
		dir = filepath.Join("..", "..", "shared", "data")
	}
	src, err := os.ReadFile(filepath.Join(dir, "defence-feeds.opml"))
	if err != nil {
		t.Skipf("no test data: %v", err)
	}
	var out bytes.Buffer
	if _, err := ImportOPML(&out, bytes.NewReader(src)); err != nil {
		t.Fatal(err)
	}
	cfg, err := load("c", append([]byte("feeds:\n"), out.Bytes()...), testChecks)
	if err != nil || len(cfg.Feeds) != 133 {
		t.Fatalf("%v", err)
	}
}

// An outline that cannot be watched is said, and the others are watched.
func TestOutlinesThatAreNotWatched(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "some.opml", `<opml version="2.0"><body>
<outline text="Good" xmlUrl="https://a.example/one" language="ru"/>
<outline text="Scheme" xmlUrl="www.b.example/rss"/>
<outline text="Account" xmlUrl="https://u:p@c.example/rss"/>
<outline text="Attribute" url="https://d.example/rss"/>
</body></opml>`)
	cfg, err := load(filepath.Join(dir, "c"), []byte("feeds:\n- opml: some.opml\n"), testChecks)
	if err != nil {
		t.Fatal(err)
	}
	if len(cfg.Feeds) != 1 || cfg.Feeds[0].Language != "ru" {
		t.Errorf("feeds: %+v", cfg.Feeds)
	}
	if len(cfg.Warnings) != 3 {
		t.Fatalf("warnings: %v", cfg.Warnings)
	}
	for i, says := range []string{"Scheme", "Account", "Attribute"} {
		if w := cfg.Warnings[i].Brief(); !strings.Contains(w, "c:2:9: an outline of") || !strings.Contains(w, says) {
			t.Errorf("%s: %s", says, w)
		}
	}
}
