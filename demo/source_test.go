package demo

import (
	"io/fs"
	"net/url"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"dewline"

	"github.com/robfig/cron/v3"
)

func TestFeedsAreWhatAConfigurationMayHold(t *testing.T) {
	const base = "http://127.0.0.1:8080"
	names, urls := map[string]bool{}, map[string]bool{}
	feeds := Feeds(base + "/")
	if len(feeds) != len(sources) {
		t.Fatalf("%d feeds of %d sources", len(feeds), len(sources))
	}
	for _, f := range feeds {
		u, err := url.Parse(f.URL)
		if err != nil || !strings.HasPrefix(f.URL, base+"/") || strings.HasPrefix(u.Path, "//") {
			t.Errorf("%s: address %q", f.Name, f.URL)
		}
		if names[f.Name] || urls[f.URL] || f.Name == "" {
			t.Errorf("%q at %s is not unique", f.Name, f.URL)
		}
		names[f.Name], urls[f.URL] = true, true
		sched, err := cron.ParseStandard(f.Schedule)
		if err != nil {
			t.Errorf("%s: %v", f.Name, err)
			continue
		}
		at := time.Unix(0, 0)
		if wait := sched.Next(at).Sub(at); wait < time.Second || wait > 30*time.Second {
			t.Errorf("%s is polled every %s: a demo shows each within half a minute", f.Name, wait)
		}
		if len(f.Tags) == 0 {
			t.Errorf("%s has no tags", f.Name)
		}
	}
}

// The first alerts come at once: from the report and from the live feed, and from
// no other, since a wall of alerts shows nothing.
func TestTwoFeedsAlertAtTheirFirstPoll(t *testing.T) {
	var alert []string
	for _, f := range Feeds("http://x") {
		if f.FirstPoll == dewline.FirstPollAlert {
			alert = append(alert, f.URL)
		} else if f.FirstPoll != dewline.FirstPollPublish {
			t.Errorf("%s: first poll %q", f.Name, f.FirstPoll)
		}
	}
	if want := []string{"http://x/bulletin/feed.atom", "http://x/examplia/feed.xml"}; !slices.Equal(alert, want) {
		t.Errorf("%v alert, want %v", alert, want)
	}
}

func TestEverySourceHasItsOwnFolderAndFile(t *testing.T) {
	folders, used := map[string]bool{}, map[string]bool{}
	for _, s := range sources {
		if folders[s.folder()] || used[s.file] {
			t.Errorf("%s shares its folder or file", s.path)
		}
		folders[s.folder()], used[s.file] = true, true
	}
	entries, err := files.ReadDir("feeds")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if !used[e.Name()] {
			t.Errorf("feeds/%s is served nowhere", e.Name())
		}
	}
	pages, err := files.ReadDir("pages")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range pages {
		if !folders[e.Name()] {
			t.Errorf("pages/%s belongs to no source", e.Name())
		}
	}
}

func TestRulesNameWhatIsThere(t *testing.T) {
	names := map[string]bool{}
	for i, r := range Rules() {
		if names[r.Name] || r.Title == "" || r.Query == "" {
			t.Errorf("rule %q", r.Name)
		}
		names[r.Name] = true
		if alerts := slices.Equal(r.Alert, []string{"terminal"}); alerts != (i == 0) {
			t.Errorf("%s alerts %v", r.Name, r.Alert)
		}
		covered := slices.ContainsFunc(Feeds("http://x"), func(f dewline.Feed) bool { return r.Covers(f.Ref()) })
		if !covered {
			t.Errorf("%s asks no feed", r.Name)
		}
	}
	if !names["anti-missile"] {
		t.Error("no rule anti-missile")
	}
}

// address finds the host of an address, or of a tag: URI.
var address = regexp.MustCompile(`(?:https?://|tag:)([\w.-]+)`)

// Everything is invented: no file names a host that is not ours to name, nor a publisher that
// the shipped configuration watches.
func TestNoRealPublisherIsNamed(t *testing.T) {
	config, err := os.ReadFile("../config.yaml")
	if err != nil {
		t.Fatal(err)
	}
	real := []string{"china military", "tass", "xinhua", "nato", "pentagon", "reuters", "kremlin", "bundeswehr", "thaad"}
	for _, m := range regexp.MustCompile(`(?m)^  - url: "?https?://([^/"\s]+)|^    name: (.+)$`).FindAllStringSubmatch(string(config), -1) {
		real = append(real, strings.ToLower(m[1]+m[2]))
	}
	if len(real) < 50 {
		t.Fatalf("only %d publishers were found in config.yaml", len(real))
	}
	vocabulary := []string{"www.w3.org", "purl.org", "jsonfeed.org"} // of the formats
	err = fs.WalkDir(files, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := files.ReadFile(path)
		if err != nil {
			return err
		}
		text := strings.ToLower(string(b))
		for _, m := range address.FindAllStringSubmatch(text, -1) {
			if !slices.Contains(vocabulary, m[1]) && !strings.HasSuffix(m[1], ".example") {
				t.Errorf("%s names the host %s", path, m[1])
			}
		}
		for _, name := range real {
			if regexp.MustCompile(`(^|\PL)` + regexp.QuoteMeta(name) + `(\PL|$)`).MatchString(text) {
				t.Errorf("%s names %q", path, name)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
