package main

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"dewline"
	"dewline/monitor"
	"dewline/parser"
	"dewline/store"

	"pgregory.net/rapid"
)

// document is a source that serves one document after another, read by the real parser.
type document struct{ body string }

func (d *document) Fetch(_ context.Context, f dewline.Feed, _ dewline.FeedState) dewline.Response {
	return dewline.Response{HTTPStatus: 200, Parsed: parser.Parse(dewline.Document{Body: []byte(d.body), URL: f.URL, Feed: f})}
}

// tellAll matches every item.
type tellAll struct{}

func (tellAll) Match(it *dewline.Item) []dewline.Match {
	return []dewline.Match{{Rule: dewline.RuleRef{Name: "all"}, Item: it.Key, Version: it.Version, Alert: []string{"desk"}}}
}

// served is the n-th statement as a publisher may serve it: with its GUID, another one, none, or one that
// others have too, at an address in one of its forms.
func served(t *rapid.T, n int, fresh *int, shared string) string {
	link := rapid.SampledFrom([]string{
		"http://mod.example/%d", "https://mod.example/%d", "https://www.mod.example/%d/", "http://www.mod.example:80/%d;jsessionid=1?utm_source=x",
	}).Draw(t, "link")
	guid := ""
	switch rapid.SampledFrom([]string{"its own", "another", "none", "shared"}).Draw(t, "guid") {
	case "its own":
		guid = fmt.Sprintf(`<guid isPermaLink="false">own-%d</guid>`, n)
	case "another":
		*fresh++
		guid = fmt.Sprintf(`<guid isPermaLink="false">fresh-%d</guid>`, *fresh)
	case "shared":
		guid = `<guid isPermaLink="false">` + shared + `</guid>`
	}
	return fmt.Sprintf(`<item>%s<title>Statement %d</title><link>%s</link><description>Text</description></item>`, guid, n, fmt.Sprintf(link, n))
}

// Whatever becomes of GUIDs and addresses, every statement is stored once and told once, over polls and
// restarts, and none is taken for another one.
func TestStatementsOutliveTheirGUIDs(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		dir, err := os.MkdirTemp(memory(), "identity") //nolint:usetesting // rapid's T has no TempDir
		if err != nil {
			t.Fatal(err)
		}
		defer os.RemoveAll(dir)
		feed := dewline.Feed{Name: "x", URL: "http://mod.example/feed", Schedule: "@hourly", FirstPoll: dewline.FirstPollAlert}
		var src document
		shown, fresh := make(map[int]bool), 0
		ctx := context.Background()
		open := func() (*store.DB, *monitor.Monitor) {
			db, err := store.Open(filepath.Join(dir, "dewline.db"), store.Options{})
			if err != nil {
				t.Fatal(err)
			}
			if err := db.Register(ctx, []dewline.Feed{feed}, time.Now()); err != nil {
				t.Fatal(err)
			}
			m, err := monitor.New(monitor.Options{Store: db, Fetcher: &src, Judge: tellAll{}, Feeds: []dewline.Feed{feed}, Log: slog.New(slog.DiscardHandler)})
			if err != nil {
				t.Fatal(err)
			}
			return db, m
		}
		db, m := open()
		for poll := range rapid.IntRange(2, 6).Draw(t, "polls") {
			if rapid.IntRange(0, 3).Draw(t, "restart") == 0 {
				if err := db.Close(); err != nil {
					t.Fatal(err)
				}
				db, m = open()
			}
			var items []string
			from := rapid.IntRange(0, 4).Draw(t, "from")
			for n := from; n < from+rapid.IntRange(2, 5).Draw(t, "window"); n++ {
				items = append(items, served(t, n, &fresh, fmt.Sprint("shared-", poll)))
				shown[n] = true
			}
			src.body = `<rss version="2.0"><channel><title>x</title>` + strings.Join(items, "") + `</channel></rss>`
			if _, err := m.Poll(ctx, feed.Key()); err != nil {
				t.Fatal(err)
			}
		}
		compareStatements(t, db, len(shown))
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
	})
}

func compareStatements(t *rapid.T, db *store.DB, statements int) {
	var titles []string
	for it, err := range db.Items(context.Background(), time.Time{}, "") {
		if err != nil {
			t.Fatal(err)
		}
		titles = append(titles, it.Title)
		if it.Version > 1 {
			t.Fatalf("%q is version %d of another statement", it.Title, it.Version)
		}
	}
	slices.Sort(titles)
	told, err := db.Deliveries(context.Background(), dewline.DeliveryFilter{})
	if err != nil || len(titles) != statements || len(slices.Compact(titles)) != statements || len(told) != statements {
		t.Fatalf("%d statements, %d alerts, stored are %q (%v)", statements, len(told), titles, err)
	}
	if err := db.Check(context.Background()); err != nil {
		t.Fatal(err)
	}
}
